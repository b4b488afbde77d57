package org.hemei.evaluation.inspection;

import org.hemei.evaluation.campaign.Campaigns;
import org.hemei.evaluation.scheme.SchemeDesk;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.AttachmentGate;
import org.springframework.stereotype.Component;

/** What shows that an assessor is tied to a company is for whoever runs the campaign, and for that assessor. */
@Component
class TieGate implements AttachmentGate {

    private final Campaigns campaigns;

    TieGate(Campaigns campaigns) {
        this.campaigns = campaigns;
    }

    @Override
    public String ownerKind() {
        return LateTieDesk.KIND;
    }

    @Override
    public boolean may(Reader reader, int district, String ownerId) {
        var parts = ownerId.split("-", -1);
        return Long.parseLong(parts[1]) == reader.account()
                || campaigns
                        .find(Long.parseLong(parts[0]))
                        .filter(one -> SchemeDesk.keeper(reader).covers(one.area()))
                        .isPresent();
    }
}

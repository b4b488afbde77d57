package org.hemei.evaluation.objection;

import org.hemei.access.Role;
import org.hemei.evaluation.scheme.SchemeDesk;
import org.hemei.evaluation.score.Scores;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.AttachmentGate;
import org.springframework.stereotype.Component;

/** What a correction rests on that two decide: for those who run the campaign, and once it was done for the company as well. */
@Component
class AskedGate implements AttachmentGate {

    private final Scores scores;
    private final AskedCorrections corrections;

    AskedGate(Scores scores, AskedCorrections corrections) {
        this.scores = scores;
        this.corrections = corrections;
    }

    @Override
    public String ownerKind() {
        return AskedCorrections.KIND;
    }

    @Override
    public boolean may(Reader reader, int district, String ownerId) {
        var cut = ownerId.indexOf('-');
        return scores.latest(Long.parseLong(ownerId.substring(cut + 1)))
                .filter(score -> SchemeDesk.keeper(reader).covers(score.area())
                        || reader.scope(Role.MANAGER).covers(score.company(), score.estate())
                                && corrections.done(Long.parseLong(ownerId.substring(0, cut))))
                .isPresent();
    }
}

package org.hemei.evaluation.objection;

import org.hemei.access.Role;
import org.hemei.evaluation.scheme.SchemeDesk;
import org.hemei.evaluation.score.Scores;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.AttachmentGate;
import org.springframework.stereotype.Component;

/** What a correction rests on is for the company and for those who run the campaign; everybody reads its name and number. */
@Component
class CorrectionGate implements AttachmentGate {

    private final Scores scores;

    CorrectionGate(Scores scores) {
        this.scores = scores;
    }

    @Override
    public String ownerKind() {
        return Righting.KIND;
    }

    @Override
    public boolean may(Reader reader, int district, String ownerId) {
        return scores.find(Long.parseLong(ownerId))
                .filter(score -> SchemeDesk.keeper(reader).covers(score.area())
                        || reader.scope(Role.MANAGER).covers(score.company(), score.estate()))
                .isPresent();
    }
}

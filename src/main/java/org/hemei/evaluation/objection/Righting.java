package org.hemei.evaluation.objection;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hemei.evaluation.Interests;
import org.hemei.evaluation.score.Scores.Score;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.log.EventLog;
import org.springframework.stereotype.Component;

/**
 * What every change of a published score by its keeper needs, whatever it changes: somebody who gave no part of it, no objection that is
 * still to be answered, a basis, a reason that everybody reads, and the documents; and that its company, street and community are told.
 */
@Component
public class Righting {

    /** What the documents belong to: the version they made. */
    static final String KIND = "evaluation_score";

    private static final int LONGEST_BASIS = 100;
    private static final int LONGEST_WHY = 180;

    /** @param documents whether some came with it; wanted: whether it cannot be done without */
    public record Ground(String basis, String why, boolean documents, boolean wanted) {

        /** As every version tells it. */
        public String reason() {
            return "依据" + basis + "：" + why;
        }
    }

    private final Objections objections;
    private final Interests interests;
    private final Attachments attachments;
    private final EventLog events;

    Righting(Objections objections, Interests interests, Attachments attachments, EventLog events) {
        this.objections = objections;
        this.interests = interests;
        this.attachments = attachments;
        this.events = events;
    }

    /** What speaks against it; whoever changes something else than this adds their own. */
    List<Reason> against(Reader reader, long campaign, long estate, Ground ground) {
        var reasons = parties(reader, campaign, estate);
        reasons.addAll(basis(ground.basis));
        reasons.addAll(why("why", ground.why));
        if (ground.wanted && !ground.documents) {
            reasons.add(new Reason("documents", "异议期满以后的更正、点票作废，要附文书（PDF）：判决书、复核决定、合同或核对记录。"));
        }
        return reasons;
    }

    /** Whoever gave a part of it, or is tied to a company there, or has an objection to answer first, changes nothing. */
    public List<Reason> parties(Reader reader, long campaign, long estate) {
        List<Reason> reasons = new ArrayList<>();
        if (objections.scored(reader.account(), campaign, estate)) {
            reasons.add(new Reason(null, "您给这个项目打过分，不能再来更正。请换没打过分的同事。"));
        }
        if (interests.at(reader, campaign, estate)) {
            reasons.add(new Reason(null, Interests.WORDS));
        }
        if (objections.running(campaign, estate)) {
            reasons.add(new Reason(null, "这个小区有一件异议在等答复。先答复异议，成立的在那里改。"));
        }
        return reasons;
    }

    public static List<Reason> basis(String basis) {
        return basis.isBlank() || basis.length() > LONGEST_BASIS
                ? List.of(new Reason("basis", "请写依据，100 字以内：哪份文件、合同，哪次复核或判决。"))
                : List.of();
    }

    static List<Reason> why(String field, String why) {
        return why.isBlank() || why.length() > LONGEST_WHY
                ? List.of(new Reason(field, "请写原来错在哪里，180 字以内，谁都看得到。"))
                : List.of();
    }

    /** @param evidence documents that were stored for the district of the version */
    public void made(Reader reader, Score made, List<UUID> evidence) {
        attachments.attach(made.district(), evidence, KIND, String.valueOf(made.id()), reader);
        events.announce(
                made.district(),
                "evaluation.score.corrected",
                made.id(),
                Map.of("score", made.id(), "actor", reader.account()));
    }
}

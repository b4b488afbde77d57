package org.hemei.evaluation.objection;

import java.util.Comparator;
import java.util.List;
import org.hemei.ballot.Polls;
import org.hemei.evaluation.campaign.Campaigns;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.evaluation.score.Correctable;
import org.hemei.evaluation.score.ProjectInputs.Correction;
import org.hemei.evaluation.score.ScoreDesk;
import org.hemei.evaluation.score.Scores;
import org.hemei.evaluation.score.Scores.Score;
import org.hemei.platform.Reader;
import org.springframework.stereotype.Component;

/**
 * A published count that was wrong does not count: its ballots were destroyed and cannot be counted again, so the estate is not rated, by
 * a new version of the score of each company it was counted for. Households are not asked once more about a figure that everybody has
 * read (decision 63).
 */
@Component
class Annulment {

    private final Campaigns campaigns;
    private final Scores scores;
    private final ScoreDesk desk;
    private final Polls polls;

    Annulment(Campaigns campaigns, Scores scores, ScoreDesk desk, Polls polls) {
        this.campaigns = campaigns;
        this.scores = scores;
        this.desk = desk;
        this.polls = polls;
    }

    /**
     * In the transaction of the decision, which holds the scores of the estate.
     *
     * @param objection whose decision it is; 0 for none
     * @param reason what everybody reads
     * @return the new versions, that of the project it was decided for first; none where the ballots counted for nothing before
     */
    List<Score> annul(Reader reader, Score score, long objection, String reason) {
        var correction = new Correction(objection, Kind.SATISFACTION.code(), Correctable.VOID);
        var made = scores.ofCampaign(score.campaign(), score.estate()).stream()
                .filter(one -> !one.inputs().voided())
                .sorted(Comparator.comparing((Score one) -> one.project() != score.project()))
                .map(one -> desk.correct(reader, one.project(), List.of(correction), reason))
                .toList();
        var poll = campaigns.find(score.campaign()).orElseThrow().poll();
        if (poll != null && !made.isEmpty()) {
            polls.annul(reader, poll, score.estate(), reason);
        }
        return made;
    }

    /** Whether an objection is against the void of a count that was published: the company had no other score when it objected. */
    boolean against(Objection objection) {
        return objection.dimension() == Kind.SATISFACTION
                && scores.versions(objection.project()).stream()
                        .filter(one -> !one.madeAt().isAfter(objection.filedAt()))
                        .findFirst()
                        .map(Score::inputs)
                        .filter(inputs -> inputs.voided() && inputs.ballots() > 0)
                        .isPresent();
    }

    /** What was wrong, the count or its void, is put right; nothing where that was done before. @return the new versions */
    List<Score> uphold(Reader reader, Objection objection, String reason, String why) {
        var score = scores.latest(objection.project()).orElseThrow();
        return against(objection)
                ? lift(reader, score, objection.id(), reason + "，撤销点票作废：" + why)
                : annul(reader, score, objection.id(), reason + "，点票作废：" + why);
    }

    /** What was counted counts again, for each company of the estate: its figures were kept with every version. */
    private List<Score> lift(Reader reader, Score score, long objection, String reason) {
        var made = scores.ofCampaign(score.campaign(), score.estate()).stream()
                .filter(one -> one.inputs().voided())
                .map(one -> desk.restore(reader, one.project(), objection, reason))
                .toList();
        var poll = campaigns.find(score.campaign()).orElseThrow().poll();
        if (poll != null && !made.isEmpty()) {
            polls.reinstate(reader, poll, score.estate());
        }
        return made;
    }
}

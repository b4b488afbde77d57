package org.hemei.evaluation.objection;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hemei.evaluation.CasesOnYears;
import org.hemei.evaluation.campaign.Campaigns;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.evaluation.scheme.SchemeDesk;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.evaluation.score.Correctable;
import org.hemei.evaluation.score.ProjectInputs.Correction;
import org.hemei.evaluation.score.ScoreDesk;
import org.hemei.evaluation.score.Scores;
import org.hemei.evaluation.score.Scores.Score;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.log.LastChange;
import org.hemei.platform.time.CivilTime;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * A published score is put right by its keeper without anybody having objected: a ruling, an audit or the keeper's own books say so. The
 * old version stays, the company's year follows, and everybody concerned is told.
 */
@Service
public class CorrectionDesk {

    /** An objection that nobody made. */
    private static final long NONE = 0;

    /**
     * What the keeper asks for.
     *
     * @param item which input, and what it becomes
     * @param evidence documents that were stored, by project: a set of them for each new version
     */
    public record Wanted(
            Kind part, String item, String value, String basis, String why, Map<Long, List<UUID>> evidence) {

        private Righting.Ground ground(boolean wanted) {
            return new Righting.Ground(basis, why, evidence.values().stream().anyMatch(set -> !set.isEmpty()), wanted);
        }
    }

    private final Righting righting;
    private final Campaigns campaigns;
    private final Schemes schemes;
    private final Scores scores;
    private final ScoreDesk desk;
    private final Annulment annulment;
    private final CasesOnYears cases;
    private final InstantSource clock;
    private final LastChange lastChange;

    CorrectionDesk(
            Righting righting,
            Campaigns campaigns,
            Schemes schemes,
            Scores scores,
            ScoreDesk desk,
            Annulment annulment,
            CasesOnYears cases,
            InstantSource clock,
            LastChange lastChange) {
        this.righting = righting;
        this.campaigns = campaigns;
        this.schemes = schemes;
        this.scores = scores;
        this.desk = desk;
        this.annulment = annulment;
        this.cases = cases;
        this.clock = clock;
        this.lastChange = lastChange;
    }

    /** By one, where no case of the blacklist rests on it. @return the new version */
    @Transactional
    public Score correct(Reader reader, long scoreId, int version, Wanted wanted) {
        var newest = take(reader, scoreId, version, wanted);
        if (several(newest, wanted.part)) {
            throw Refusal.of("这一年的成绩是一件“黑名单”的依据，更正要两个人定。");
        }
        return put(reader, newest, wanted).getFirst();
    }

    /** The version to be put right, when nothing speaks against it; held until the transaction ends. */
    Score take(Reader reader, long scoreId, int version, Wanted wanted) {
        var seen = scores.find(scoreId)
                .filter(one -> one.published() && SchemeDesk.keeper(reader).covers(one.area()))
                .orElseThrow(() -> new Missing("没有这个得分，或不归您更正。"));
        scores.hold(seen.campaign(), seen.estate());
        var newest = scores.latest(seen.project()).orElseThrow();
        if (newest.version() != version) {
            throw lastChange.stale(reader, "evaluation_project", newest.project(), "更正了这个得分");
        }
        check(reader, newest, wanted, needsDocuments(newest, wanted.part));
        return newest;
    }

    /** Another than who asked for it does it: the documents came with the asking. */
    void agreed(Reader reader, Score newest, Wanted wanted) {
        check(reader, newest, wanted, false);
    }

    /** What speaks against somebody who is to judge it, whatever it is. */
    List<Reason> parties(Reader reader, Score score) {
        return righting.parties(reader, score.campaign(), score.estate());
    }

    /** The scores that a correction changes: a void count those of every company of the estate. */
    List<Score> concerned(Score score, Kind part) {
        return part == Kind.SATISFACTION ? scores.ofCampaign(score.campaign(), score.estate()) : List.of(score);
    }

    /** Whether a case of the blacklist rests on a year that it changes: one would undo what several decided. */
    boolean several(Score score, Kind part) {
        return concerned(score, part).stream().anyMatch(one -> cases.rest(one.company(), one.year()));
    }

    /** @return the new versions, that of the project it was decided for first */
    List<Score> put(Reader reader, Score newest, Wanted wanted) {
        var reason = wanted.ground(false).reason();
        var made = wanted.part == Kind.SATISFACTION
                ? annulment.annul(reader, newest, NONE, reason)
                : List.of(desk.correct(
                        reader, newest.project(), List.of(new Correction(NONE, wanted.item, wanted.value)), reason));
        for (var one : made) {
            righting.made(reader, one, wanted.evidence.getOrDefault(one.project(), List.of()));
        }
        return made;
    }

    /** What everybody has read and nobody can object to as a matter of course any more is not changed without a document. */
    boolean needsDocuments(Score score, Kind part) {
        var campaign = campaigns.find(score.campaign()).orElseThrow();
        return part == Kind.SATISFACTION || !campaign.takesObjections(CivilTime.date(clock.instant()));
    }

    private void check(Reader reader, Score score, Wanted wanted, boolean documents) {
        if (wanted.part == Kind.SATISFACTION && score.inputs().voided()) {
            throw Refusal.of("这个小区的票已经作废了，得分本来就不评定。");
        }
        var reasons = new ArrayList<Reason>(
                righting.against(reader, score.campaign(), score.estate(), wanted.ground(documents)));
        var scheme = schemes.find(score.scheme()).orElseThrow().content();
        if (Correctable.items(scheme, wanted.part).stream()
                .noneMatch(one -> one.code().equals(wanted.item))) {
            reasons.add(new Reason("item", "请选更正哪一项。住户投的票谁也不能改。"));
        } else if (!Correctable.fits(wanted.part, wanted.value)) {
            reasons.add(new Reason("value", Correctable.hint(wanted.part)));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
    }
}

package org.hemei.evaluation.objection;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
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
import org.hemei.platform.Stale;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.log.EventLog;
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

    private static final int LONGEST_BASIS = 100;
    private static final int LONGEST_WHY = 180;

    /** What its evidence belongs to: the version it made. */
    static final String KIND = "evaluation_score";

    /** What the keeper asks for. @param item which input, and what it becomes; evidence: documents that were stored */
    public record Wanted(Kind part, String item, String value, String basis, String why, List<UUID> evidence) {}

    private final Objections objections;
    private final Schemes schemes;
    private final Scores scores;
    private final ScoreDesk desk;
    private final Attachments attachments;
    private final EventLog events;
    private final InstantSource clock;

    CorrectionDesk(
            Objections objections,
            Schemes schemes,
            Scores scores,
            ScoreDesk desk,
            Attachments attachments,
            EventLog events,
            InstantSource clock) {
        this.objections = objections;
        this.schemes = schemes;
        this.scores = scores;
        this.desk = desk;
        this.attachments = attachments;
        this.events = events;
        this.clock = clock;
    }

    /** @return the new version */
    @Transactional
    public Score correct(Reader reader, long scoreId, int version, Wanted wanted) {
        var seen = scores.find(scoreId)
                .filter(one -> one.published() && SchemeDesk.keeper(reader).covers(one.area()))
                .orElseThrow(() -> new Missing("没有这个得分，或不归您更正。"));
        scores.hold(seen.project());
        var newest = scores.latest(seen.project()).orElseThrow();
        if (newest.version() != version) {
            throw new Stale("同事", "更正了这个得分", clock.instant());
        }
        check(reader, newest, wanted);
        var made = desk.correct(
                reader,
                newest.project(),
                new Correction(NONE, wanted.item, wanted.value),
                "依据" + wanted.basis + "：" + wanted.why);
        attachments.attach(made.district(), wanted.evidence, KIND, String.valueOf(made.id()), reader);
        events.announce(
                made.district(),
                "evaluation.score.corrected",
                made.id(),
                Map.of("score", made.id(), "actor", reader.account()));
        return made;
    }

    private void check(Reader reader, Score score, Wanted wanted) {
        List<Reason> reasons = new ArrayList<>();
        if (objections.scored(reader.account(), score.campaign(), score.estate())) {
            reasons.add(new Reason(null, "您给这个项目打过分，不能再来更正。请换没打过分的同事。"));
        }
        if (objections.running(score.project())) {
            reasons.add(new Reason(null, "这个项目有一件异议在等答复。先答复异议，成立的在那里改。"));
        }
        var scheme = schemes.find(score.scheme()).orElseThrow().content();
        if (Correctable.late(scheme, wanted.part).stream()
                .noneMatch(one -> one.code().equals(wanted.item))) {
            reasons.add(new Reason("item", "请选更正哪一项。住户投的票谁也不能改。"));
        } else if (!Correctable.fits(wanted.part, wanted.value)) {
            reasons.add(new Reason("value", Correctable.hint(wanted.part)));
        }
        if (wanted.basis.isBlank() || wanted.basis.length() > LONGEST_BASIS) {
            reasons.add(new Reason("basis", "请写依据，100 字以内：哪份文件、哪次复核、哪个判决。"));
        }
        if (wanted.evidence.isEmpty() && (score.isFinal() || wanted.part == Kind.SATISFACTION)) {
            reasons.add(new Reason("documents", "终评以后的更正、点票作废，要附判决书、复核决定或核对记录（PDF）。"));
        }
        if (wanted.why.isBlank() || wanted.why.length() > LONGEST_WHY) {
            reasons.add(new Reason("why", "请写原来错在哪里，180 字以内，谁都看得到。"));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
    }
}

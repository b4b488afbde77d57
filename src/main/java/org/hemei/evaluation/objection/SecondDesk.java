package org.hemei.evaluation.objection;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hemei.evaluation.CasesOnYears;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.evaluation.scheme.SchemeDesk;
import org.hemei.evaluation.score.Scores;
import org.hemei.evaluation.score.Scores.Score;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.log.LastChange;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 两个人定的更正: where a case of the blacklist rests on the year of a company, one keeper asks for a correction with its document, and another
 * does it, or does not agree. Neither took part in the decision on the case (decision 84).
 */
@Service
class SecondDesk {

    private static final int LONGEST = 180;
    private static final String VOTED = "您参加过这家企业“黑名单”的集体决定，这一年的得分由没参加的人更正。请换一位同事。";

    private final CorrectionDesk desk;
    private final AskedCorrections corrections;
    private final CasesOnYears cases;
    private final Scores scores;
    private final Attachments attachments;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;
    private final LastChange lastChange;

    SecondDesk(
            CorrectionDesk desk,
            AskedCorrections corrections,
            CasesOnYears cases,
            Scores scores,
            Attachments attachments,
            Audit audit,
            EventLog events,
            InstantSource clock,
            LastChange lastChange) {
        this.desk = desk;
        this.corrections = corrections;
        this.cases = cases;
        this.scores = scores;
        this.attachments = attachments;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
        this.lastChange = lastChange;
    }

    /** @return whether it waits for another; otherwise it was done */
    @Transactional
    boolean correct(Reader reader, long scoreId, int version, CorrectionDesk.Wanted wanted) {
        var newest = desk.take(reader, scoreId, version, wanted);
        if (!desk.several(newest, wanted.part())) {
            desk.put(reader, newest, wanted);
            return false;
        }
        var reasons = new ArrayList<>(against(reader, newest, wanted.part()));
        if (corrections.open(newest.project()).isPresent()) {
            reasons.add(new Reason(null, "已经有一件更正等另一位同事定。"));
        }
        if (wanted.evidence().values().stream().allMatch(List::isEmpty)) {
            reasons.add(new Reason("documents", "这一年的成绩是一件“黑名单”的依据，更正要附文书（PDF）。"));
        }
        need(reasons);
        var id = corrections.insert(newest, wanted, reader.account(), clock.instant());
        wanted.evidence()
                .forEach((project, files) -> attachments.attach(
                        newest.district(), files, AskedCorrections.KIND, id + "-" + project, reader));
        record(reader, newest, "asked", reader.account());
        return true;
    }

    /** Another does what was asked for. @param seen which one they read */
    @Transactional
    void agree(Reader reader, long scoreId, long seen) {
        var asked = asked(reader, scoreId, seen);
        var newest = scores.latest(asked.project()).orElseThrow();
        var reasons = new ArrayList<Reason>();
        if (asked.asker() == reader.account()) {
            reasons.add(new Reason(null, "是您提出更正的，请另一位同事来定。"));
        }
        if (newest.id() != asked.score()) {
            reasons.add(new Reason(null, "提出以后，得分又出了新的一版。请提出的人撤回，看过现在的再提。"));
        }
        reasons.addAll(against(reader, newest, asked.part()));
        need(reasons);
        var wanted = new CorrectionDesk.Wanted(
                asked.part(), asked.item(), asked.value(), asked.basis(), asked.why(), Map.of());
        desk.agreed(reader, newest, wanted);
        var made = desk.put(reader, newest, wanted);
        corrections.settle(asked.id(), "done", "", made, reader.account(), clock.instant());
        record(reader, made.getFirst(), "done", asked.asker());
    }

    /** Another does not agree, and says why; or whoever asked takes it back. */
    @Transactional
    void drop(Reader reader, long scoreId, long seen, String words) {
        var asked = asked(reader, scoreId, seen);
        var newest = scores.latest(asked.project()).orElseThrow();
        var own = asked.asker() == reader.account();
        if (!own) {
            var reasons = new ArrayList<>(desk.parties(reader, newest));
            reasons.addAll(against(reader, newest, asked.part()));
            if (words.isBlank() || words.length() > LONGEST) {
                reasons.add(new Reason("words", "请写为什么不同意，" + LONGEST + " 字以内。"));
            }
            need(reasons);
        }
        var state = own ? "withdrawn" : "denied";
        corrections.settle(asked.id(), state, own ? "" : words.strip(), List.of(), reader.account(), clock.instant());
        record(reader, newest, state, asked.asker());
    }

    /** The one that waits, when it is the one that was read: another may have been asked for since. */
    private AskedCorrections.Asked asked(Reader reader, long scoreId, long seen) {
        var score = scores.find(scoreId)
                .filter(one -> one.published() && SchemeDesk.keeper(reader).covers(one.area()))
                .orElseThrow(() -> new Missing("没有这个得分，或不归您更正。"));
        scores.hold(score.campaign(), score.estate());
        var asked = corrections.open(score.project()).orElseThrow(() -> Refusal.of("没有等您定的更正，或别人已经定了。"));
        if (asked.id() != seen) {
            throw lastChange.by(reader, asked.asker(), asked.at(), "另外提出更正");
        }
        return asked;
    }

    private List<Reason> against(Reader reader, Score score, Kind part) {
        return desk.concerned(score, part).stream()
                        .anyMatch(one -> cases.decided(one.company(), one.year(), reader.account()))
                ? List.of(new Reason(null, VOTED))
                : List.of();
    }

    private static void need(List<Reason> reasons) {
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
    }

    private void record(Reader reader, Score score, String what, long asker) {
        audit.record(
                reader,
                score.district(),
                "evaluation_correction." + what,
                "evaluation_project",
                score.project(),
                score.area(),
                Map.of("version", score.version()));
        events.announce(
                score.district(),
                "evaluation.correction." + what,
                score.id(),
                Map.of(
                        "campaign", score.campaign(),
                        "score", score.id(),
                        "asker", asker,
                        "actor", reader.account()));
    }
}

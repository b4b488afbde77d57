package org.hemei.evaluation.objection;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hemei.evaluation.scheme.SchemeDesk;
import org.hemei.evaluation.score.Hearings;
import org.hemei.evaluation.score.Scores;
import org.hemei.evaluation.score.Scores.Score;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.log.Audit;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** A score that became worse, or a company's, since it was published is served on paper where nobody of the company can sign in. */
@Service
class HearingDesk {

    private final Hearings hearings;
    private final Scores scores;
    private final Attachments attachments;
    private final Audit audit;
    private final InstantSource clock;

    HearingDesk(Hearings hearings, Scores scores, Attachments attachments, Audit audit, InstantSource clock) {
        this.hearings = hearings;
        this.scores = scores;
        this.attachments = attachments;
        this.audit = audit;
        this.clock = clock;
    }

    /** A published score of the reader's area. */
    Score mine(Reader reader, long id) {
        return scores.find(id)
                .filter(one -> one.published() && SchemeDesk.keeper(reader).covers(one.area()))
                .orElseThrow(() -> new Missing("没有这个得分，或不归您办。"));
    }

    /** @param receipts what shows on which day it arrived */
    @Transactional
    void served(Reader reader, long id, @Nullable LocalDate day, Collection<UUID> receipts) {
        var score = mine(reader, id);
        scores.hold(score.project());
        var hearing = hearings.running(score.campaign()).stream()
                .filter(one -> one.score() == id)
                .findFirst()
                .orElseThrow(() -> Refusal.of("这一版不用再送达：没有给新的异议期，后来改回去了，或已经定了终评。"));
        List<Reason> reasons = new ArrayList<>();
        if (day == null) {
            reasons.add(new Reason("servedOn", "请填哪天送达的。"));
        } else if (day.isAfter(CivilTime.date(clock.instant())) || day.isBefore(hearing.openedOn())) {
            reasons.add(new Reason("servedOn", "送达的日子在 " + CivilTime.day(hearing.openedOn()) + "（有这一版的那天）到今天之间。"));
        }
        if (receipts.isEmpty()) {
            reasons.add(new Reason("receipts", "请附送达回证或邮寄回单（PDF），看得出是哪天送达的。"));
        }
        if (day == null || !reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        hearings.served(id, day, reader.account(), clock.instant());
        attachments.attach(score.district(), receipts, Righting.KIND, String.valueOf(id), reader);
        audit.record(
                reader,
                score.district(),
                "evaluation_score.served",
                "evaluation_project",
                score.project(),
                score.area(),
                Map.of("version", score.version(), "on", day.toString()));
    }
}

package org.hemei.workorder.rates;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.Grant;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.measure.Rate;
import org.hemei.workorder.measure.RateRules;
import org.jspecify.annotations.Nullable;

/**
 * When an order's counting can be appealed and who decides: whoever the figure weighs on asks that it is left out, its
 * reporter that it counts; nobody decides on their own case (domain.md §2: an exclusion can be appealed). There is no
 * national rule for it; times and reasons are data ({@link RateRules}, rate_appeal_reason).
 */
final class AppealRule {

    private AppealRule() {}

    /** On which side the reader is; null for somebody to whom the order's counting is nothing. */
    static @Nullable Side side(Reader reader, Counted order) {
        if (order.endedOutside() && order.reporter() != null && order.reporter() == reader.account()) {
            return Side.REPORTER;
        }
        if (reader.scope(Role.MANAGER).covers(order.holder(), order.estate())) {
            return Side.HOLDER;
        }
        return reader.scope(Role.COMMUNITY).covers(order.community()) ? Side.COMMUNITY : null;
    }

    /** The rates that an appeal of this side can be about: what weighs on it, or what left its order out. */
    static List<Rate> rates(Counted order, Side side) {
        return side == Side.REPORTER
                ? List.of(Rate.RESPONSE)
                : Arrays.stream(Rate.values()).filter(order::weighs).toList();
    }

    /** Everything that stands against filing. */
    static List<Refusal.Reason> filing(
            Counted order,
            Side side,
            List<Rate> rates,
            Appeals.@Nullable Reason reason,
            String words,
            boolean evidence,
            @Nullable Instant until,
            Instant now) {
        var reasons = new ArrayList<Refusal.Reason>();
        if (rates.isEmpty()) {
            reasons.add(new Refusal.Reason("rate", "请选从哪个率里剔除。"));
        }
        for (var rate : rates) {
            if (!rates(order, side).contains(rate)) {
                reasons.add(new Refusal.Reason("rate", "这张单在" + rate.words() + "里没有不利，不用申诉。"));
            }
        }
        if (reason == null || reason.countIn() != (side == Side.REPORTER)) {
            reasons.add(new Refusal.Reason("reason", "请选一个理由。"));
        }
        if (words.isBlank() || words.codePointCount(0, words.length()) > 1000) {
            reasons.add(new Refusal.Reason("words", "请写清是怎么回事，1000 字以内。"));
        }
        if (reason != null && reason.evidence() && !evidence) {
            reasons.add(new Refusal.Reason("photos", "选“" + reason.words() + "”要附证据。请传照片或文件。"));
        }
        if (until != null && now.isAfter(until)) {
            reasons.add(new Refusal.Reason(null, "申诉期过了，到 " + CivilTime.full(until) + " 为止。"));
        }
        return reasons;
    }

    /** Everything that stands against this person deciding. */
    static List<Refusal.Reason> deciding(Reader reader, Appeal appeal, boolean touched) {
        var reasons = new ArrayList<Refusal.Reason>();
        var office = appeal.office();
        if (office != null && !reader.scope(office).covers(appeal.community())) {
            reasons.add(new Refusal.Reason(null, office == Role.STREET ? "这件申诉由街道定。" : "街道定过了，复核由区里定。"));
        }
        if (theirs(reader, appeal.filedBy()) || theirs(reader, appeal.secondBy())) {
            reasons.add(new Refusal.Reason(null, "申诉的人不能自己定。请换一位同事。"));
        }
        if (appeal.state() == AppealState.SECOND && theirs(reader, appeal.decidedBy())) {
            reasons.add(new Refusal.Reason(null, "第一次是您定的，复核要换一个人。"));
        }
        if (touched) {
            reasons.add(new Refusal.Reason(null, "您办过这张工单，不能由您来定。请换一位同事。"));
        }
        if (appeal.on(Side.HOLDER, reader) || appeal.on(Side.REPORTER, reader)) {
            reasons.add(new Refusal.Reason(null, "这张单和您有关，不能由您来定。请换一位同事。"));
        }
        return reasons;
    }

    /** The reader's own account, or that of somebody they stand in for. */
    private static boolean theirs(Reader reader, @Nullable Long account) {
        return account != null
                && (account == reader.account()
                        || reader.grants().stream().map(Grant::onBehalfOf).anyMatch(account::equals));
    }

    /** On which side the reader can ask for a second look; null when on none, or when the time is over. */
    static @Nullable Side second(Reader reader, Appeal appeal, Instant now) {
        if (appeal.state() != AppealState.DECIDED || appeal.dueAt() == null || now.isAfter(appeal.dueAt())) {
            return null;
        }
        return appeal.against().stream()
                .filter(side -> appeal.on(side, reader))
                .findFirst()
                .orElse(null);
    }
}

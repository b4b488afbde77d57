package org.hemei.workorder.resident;

import java.time.Instant;
import java.time.LocalDate;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Ui;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.jspecify.annotations.Nullable;

/**
 * One of a resident's orders in a list: where it stands, in one honest sentence.
 *
 * @param own false where the resident only joined a neighbour's order
 * @param holder short name of the body that answers for it
 * @param street whether a return is the street's to rule on
 * @param keptToRate whether it was merged into one whose result waits for this resident's word as well
 */
record OrderCard(
        OrderId id,
        OrderState state,
        String title,
        boolean own,
        Instant submittedAt,
        @Nullable Instant stateSince,
        @Nullable Instant dueAt,
        boolean contacted,
        @Nullable String holder,
        int round,
        boolean rated,
        @Nullable String waits,
        @Nullable LocalDate resumes,
        boolean street,
        boolean keptToRate) {

    String path() {
        return "/orders/" + id;
    }

    boolean toRate() {
        return own && (state == OrderState.AWAITING_RATING || keptToRate);
    }

    String chip() {
        return toRate() ? "等您评价" : state.words();
    }

    String day(Instant now) {
        return CivilTime.brief(submittedAt, now);
    }

    /** The clock beside the chip; null where nothing runs. */
    Ui.@Nullable Clock clock(Instant now) {
        if (waits != null && resumes != null) {
            return Ui.stopped(waits, resumes);
        }
        return dueAt == null || !state.open() ? null : Ui.clock(dueAt, stateSince, now);
    }

    String clockWords(Instant now) {
        var clock = clock(now);
        if (clock == null) {
            return "";
        }
        return toRate() ? clock.words().replace("还剩", "还可评") : clock.words();
    }

    String sentence() {
        var who = holder == null ? "处理单位" : holder;
        var you = own ? "您" : "点单人";
        var again = round > 1 ? you + "说没解决，正在重新办。" : "";
        return switch (state) {
            case SUBMITTED -> "社区还没受理。";
            case AWAITING_DISPATCH -> again + "社区受理了，还没派出去。";
            case DISPATCHED -> "派给了" + who + "，还没接单。";
            case IN_PROGRESS -> again + (contacted ? who + "联系过" + you + "，还没处理好。" : who + "接单了，还没联系" + you + "。");
            case RETURN_REQUESTED -> who + "说这事不归它办，" + (street ? "街道来裁定。" : "社区来定。");
            case EXTENSION_REQUESTED -> who + "申请晚几天办好，还没批。";
            case SUSPENSION_REQUESTED -> who + "说遇到障碍、申请暂停，还没批。";
            case SUSPENDED -> "遇到客观障碍，暂停计时，到日子接着办。";
            case TRANSFER_OFFERED -> "要转给更合适的一方办，等对方接收。";
            case RESOLVED -> who + "说处理好了，等核验。";
            case AWAITING_RATING -> who + "说处理好了，核验过。解决没有，" + (own ? "您来定。" : "点单人来定。");
            case CLOSED -> you + "说解决了。";
            case CLOSED_UNRATED -> "到期没评价，办结了。不算满意。";
            case REJECTED -> "社区不受理，写明了该去哪儿办。";
            case ANSWERED -> rated ? "社区答复了，您评过了。" : "社区直接答复了。";
            case MERGED -> keptToRate ? "合在一起的那张办好了，核验过。解决没有，您来定。" : "和另一张是同一件事，跟着那张办。";
            case WITHDRAWN -> you + "撤单了。";
            case TRANSFERRED -> "不在这里办，写明了去哪儿、怎么联系。";
        };
    }
}

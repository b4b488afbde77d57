package org.hemei.workorder.rates;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.measure.Rate;
import org.jspecify.annotations.Nullable;

/**
 * One appeal (申诉): that an order is left out of one or more rates, or counted in the response rate after all.
 *
 * @param countIn false: leave out
 * @param reporter account of the order's reporter; null for somebody without one
 * @param dueAt until when somebody has to decide; after the street's decision, until when a second look can be asked for
 * @param upheld what holds now; null before the first decision
 * @param secondSide who asked for the second look
 */
public record Appeal(
        AppealId id,
        int version,
        OrderId order,
        String community,
        long estate,
        @Nullable Long holder,
        @Nullable Long reporter,
        boolean countIn,
        List<Rate> rates,
        String reason,
        String reasonWords,
        Side side,
        long filedBy,
        Instant filedAt,
        AppealState state,
        @Nullable Instant dueAt,
        @Nullable Boolean upheld,
        @Nullable Long decidedBy,
        @Nullable Side secondSide,
        @Nullable Long secondBy,
        Instant orderAt,
        String title,
        String estateName) {

    /** What happened, oldest first; people by their side or office, never by name. */
    public record Step(
            Instant at,
            AppealVerb verb,
            String as,
            @Nullable String words) {}

    static Appeal filed(
            AppealId id,
            Counted order,
            Side side,
            List<Rate> rates,
            String reason,
            long by,
            Instant at,
            Instant dueAt) {
        return new Appeal(
                id,
                0,
                order.id(),
                order.community(),
                order.estate(),
                order.holder(),
                order.reporter(),
                side == Side.REPORTER,
                rates,
                reason,
                "",
                side,
                by,
                at,
                AppealState.FILED,
                dueAt,
                null,
                null,
                null,
                null,
                order.submittedAt(),
                "",
                "");
    }

    /** What it is about, in few words: 剔除：响应率、满意率. */
    public String what() {
        return (countIn ? "算进：" : "剔除：")
                + String.join("、", rates.stream().map(Rate::words).toList());
    }

    public String number() {
        return order.number(orderAt);
    }

    public String path() {
        return "/rates/appeals/" + id;
    }

    /** The outcome in a sentence. */
    public String outcome() {
        if (upheld == null) {
            return state == AppealState.WITHDRAWN ? "撤回了，照原来的算。" : "还没定，先照原来的算。";
        }
        return upheld ? (countIn ? "同意：这张单算进" : "同意：这张单不算进") + said() + "。" : "不同意：照原来的算。";
    }

    private String said() {
        return String.join("、", rates.stream().map(Rate::words).toList());
    }

    public boolean late(Instant now) {
        return state.waits() && dueAt != null && dueAt.isBefore(now);
    }

    /** Whether the reader stands on this side of it. */
    boolean on(Side one, Reader reader) {
        return switch (one) {
            case HOLDER -> reader.scope(Role.MANAGER).covers(holder, estate);
            case COMMUNITY -> reader.scope(Role.COMMUNITY).covers(community);
            case REPORTER -> reporter != null && reporter == reader.account();
        };
    }

    /** Whose turn it is to be unhappy: those against whom it was decided. */
    Set<Side> against() {
        if (upheld == null) {
            return Set.of();
        }
        if (!upheld) {
            return Set.of(side);
        }
        return countIn ? Set.of(Side.HOLDER, Side.COMMUNITY) : Set.of(Side.REPORTER);
    }

    /** The office that decides it now; null when nothing waits. */
    @Nullable
    Role office() {
        return switch (state) {
            case FILED -> Role.STREET;
            case SECOND -> Role.DISTRICT;
            default -> null;
        };
    }

    /** Whether the reader may look at it at all: the sides, and the offices above. */
    boolean mayRead(Reader reader) {
        return on(Side.HOLDER, reader)
                || on(Side.COMMUNITY, reader)
                || on(Side.REPORTER, reader)
                || reader.scope(Role.STREET, Role.DISTRICT, Role.CITY).covers(community);
    }
}

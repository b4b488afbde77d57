package org.hemei.workorder.list;

import java.time.Instant;
import java.time.LocalDate;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.Channel;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * One order in a list, as somebody on duty reads it.
 *
 * @param dueAt what falls due first; @param contactFirst whether that is the first contact
 */
public record OrderRow(
        OrderId id,
        Instant submittedAt,
        String title,
        String estate,
        @Nullable String building,
        String category,
        Urgency urgency,
        OrderState state,
        Channel channel,
        @Nullable String holder,
        @Nullable Instant dueAt,
        boolean contactFirst,
        @Nullable Instant contactedAt,
        @Nullable Instant resolvedAt,
        @Nullable Instant closedAt,
        @Nullable Boolean solved,
        @Nullable Integer satisfied,
        int joined,
        int urged,
        @Nullable LocalDate hotlineDue,
        @Nullable String waits) {

    public String number() {
        return id.number(submittedAt);
    }

    /** 梧桐苑 4 幢 */
    public String where() {
        return building == null ? estate : estate + " " + building;
    }

    /** The clock runs while somebody on duty owes a step. */
    boolean clockRuns() {
        return dueAt != null && state.open() && state != OrderState.AWAITING_RATING;
    }

    /** The hotline's own day, while it waits for the work. */
    @Nullable
    LocalDate hotlineDay() {
        return state.open() && resolvedAt == null ? hotlineDue : null;
    }

    boolean late(Instant now) {
        return clockRuns() && dueAt != null && dueAt.isBefore(now);
    }

    String submitted(Instant now) {
        return CivilTime.brief(submittedAt, now);
    }
}

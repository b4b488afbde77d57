package org.hemei.workorder;

import java.time.Instant;
import org.hemei.workorder.Deadlines.Timer;
import org.jspecify.annotations.Nullable;

/** Until when what has ended can be rated: as long as what was verified, so that a month that was reported stays as it is. */
public final class RatingTime {

    private RatingTime() {}

    /** An order that waits for its rating ends by its own clock; one that was merged goes by the order that was kept. */
    public static boolean over(WorkOrder order, Deadlines deadlines, Instant now) {
        return switch (order.state) {
            case CLOSED, CLOSED_UNRATED, ANSWERED -> over(order.about(), order.closedAt, deadlines, now);
            default -> false;
        };
    }

    public static boolean over(Deadlines.About about, @Nullable Instant ended, Deadlines deadlines, Instant now) {
        return ended != null && now.isAfter(deadlines.due(about, Timer.RATE, ended));
    }
}

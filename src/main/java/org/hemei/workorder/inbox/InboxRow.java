package org.hemei.workorder.inbox;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.Channel;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * One thing that waits for the reader.
 *
 * @param due when what the reader owes falls due
 * @param hotlineDue the hotline's own day, while it waits for the work
 * @param asked what a helper was asked to do
 */
public record InboxRow(
        OrderId id,
        Need need,
        Instant submittedAt,
        String title,
        long estateId,
        String estate,
        @Nullable String building,
        String category,
        Urgency urgency,
        OrderState state,
        Channel channel,
        @Nullable String holder,
        @Nullable Instant due,
        @Nullable String asked,
        int joined,
        int urged,
        int round,
        boolean contactDenied,
        @Nullable LocalDate hotlineDue) {

    static final Duration SOON = Duration.ofHours(2);

    /** Bands of the inbox, by the time left. */
    enum Band {
        LATE("已超时"),
        SOON("2 小时内"),
        TODAY("今天"),
        LATER("以后");

        private final String words;

        Band(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    public String number() {
        return id.number(submittedAt);
    }

    String where() {
        return building == null ? estate : estate + " " + building;
    }

    /** A new order is accepted and dispatched in one stroke; when the resident denies the contact, it is to be made again. */
    public String needWords() {
        return switch (need) {
            case DISPATCH -> state == OrderState.SUBMITTED ? "受理、派单" : need.words();
            case CONTACT -> contactDenied ? "重新联系居民" : need.words();
            default -> need.words();
        };
    }

    boolean late(Instant now) {
        return due != null && due.isBefore(now);
    }

    boolean dueToday(Instant now) {
        return due != null && !CivilTime.date(due).isAfter(CivilTime.date(now));
    }

    Band band(Instant now) {
        if (due == null) {
            return Band.LATER;
        }
        if (due.isBefore(now)) {
            return Band.LATE;
        }
        if (due.isBefore(now.plus(SOON))) {
            return Band.SOON;
        }
        return dueToday(now) ? Band.TODAY : Band.LATER;
    }
}

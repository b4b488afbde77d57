package org.hemei.evaluation.listing;

import java.time.Instant;
import java.time.LocalDate;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;

/** What follows when the day on which a paper was served is put right: the company never loses time by it (decision 72). */
final class ServiceDay {

    private ServiceDay() {}

    /**
     * When the company's time ends.
     *
     * @param right by the right day
     * @param anew when the whole time begins today
     */
    record Ends(Instant right, Instant anew) {

        /** A later day gives more time, and the whole of it anew where the time was over; an earlier one takes none away. */
        Instant after(Instant was, boolean later, Instant now) {
            if (!later) {
                return was;
            }
            var end = ServiceDay.later(was, right);
            return now.isAfter(was) ? ServiceDay.later(end, anew) : end;
        }
    }

    /** @param first the day before which it cannot have been served */
    static void check(LocalDate day, LocalDate was, LocalDate first, String what, LocalDate today) {
        if (day.equals(was)) {
            throw Refusal.of("servedOn", "和记的一样（" + CivilTime.day(was) + "），不用更正。");
        }
        if (day.isAfter(today)) {
            throw Refusal.of("servedOn", "送达日不能在今天以后。");
        }
        if (day.isBefore(first)) {
            throw Refusal.of("servedOn", "送达日不能早于" + what + "的那天（" + CivilTime.day(first) + "）。");
        }
    }

    static <T extends Comparable<? super T>> T earlier(T one, T other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    static <T extends Comparable<? super T>> T later(T one, T other) {
        return one.compareTo(other) < 0 ? other : one;
    }
}

package org.hemei.registry.people;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * The days somebody holds a post, in civil days of Asia/Shanghai. People say the first and the last day; both count.
 *
 * @param last the last day in office; null while no end is known
 */
public record Tenure(LocalDate first, @Nullable LocalDate last) {

    /** The day after the last, as a range [first, end) of the database has it. */
    public @Nullable LocalDate end() {
        return last == null ? null : last.plusDays(1);
    }

    static Tenure between(LocalDate first, @Nullable LocalDate end) {
        return new Tenure(first, end == null ? null : end.minusDays(1));
    }

    /** Who leaves today is still in office today. */
    public boolean covers(LocalDate day) {
        return !day.isBefore(first) && (last == null || !day.isAfter(last));
    }

    public boolean over(LocalDate today) {
        return last != null && last.isBefore(today);
    }
}

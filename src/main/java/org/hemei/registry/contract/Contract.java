package org.hemei.registry.contract;

import java.time.LocalDate;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;

/**
 * A company's contract with an estate: a project. Days are told as people tell them, the first and the last one of it; a
 * contract may begin the day after another one's last.
 *
 * @param community code of the community responsible for the estate
 * @param last null while it has no end
 */
public record Contract(
        long id,
        long estate,
        String estateName,
        int district,
        String community,
        long company,
        String companyName,
        LocalDate first,
        @Nullable LocalDate last,
        @Nullable Integer feeFen,
        @Nullable String endedReason,
        int version) {

    public boolean on(LocalDate day) {
        return !first.isAfter(day) && (last == null || !last.isBefore(day));
    }

    public boolean ahead(LocalDate day) {
        return first.isAfter(day);
    }

    /** 2026年1月1日—2027年12月31日 */
    public String days() {
        return CivilTime.day(first) + "—" + (last == null ? "没定到期日" : CivilTime.day(last));
    }

    /** Yuan for each square metre and month. */
    public @Nullable String fee() {
        return feeFen == null ? null : yuan(feeFen);
    }

    static String yuan(int fen) {
        return "%d.%02d".formatted(fen / 100, fen % 100);
    }
}

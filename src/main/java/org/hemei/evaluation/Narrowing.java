package org.hemei.evaluation;

import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Map;
import org.hemei.platform.db.Where;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Address;
import org.jspecify.annotations.Nullable;

/**
 * Where and when, as a list of evaluation is narrowed by its address. What makes no sense is left out.
 *
 * @param area code of an area; the list holds what lies in it
 * @param from first day, and {@code to} the last
 */
public record Narrowing(
        @Nullable String area,
        @Nullable LocalDate from,
        @Nullable LocalDate to) {

    /** An area that a list can be narrowed to. */
    public record Area(String code, String name) {}

    public static Narrowing of(Map<String, String> query) {
        var area = query.getOrDefault("area", "");
        return new Narrowing(area.matches("\\d{4,12}") ? area : null, day(query.get("from")), day(query.get("to")));
    }

    private static @Nullable LocalDate day(@Nullable String text) {
        try {
            return text == null || !text.matches("[12]\\d{3}-\\d{2}-\\d{2}") ? null : LocalDate.parse(text);
        } catch (DateTimeException e) {
            return null;
        }
    }

    public Address on(Address address) {
        return address.with("area", area).with("from", from).with("to", to);
    }

    public boolean any() {
        return area != null || from != null || to != null;
    }

    /** Adds the conditions, on the columns that hold the code of an area and the instant. */
    public Where limit(Where where, String areaColumn, String at) {
        if (area != null) {
            where.and("starts_with(" + areaColumn + ", :inArea)", "inArea", area);
        }
        if (from != null) {
            where.and(at + " >= :fromDay", "fromDay", Timestamp.from(CivilTime.startOf(from)));
        }
        if (to != null) {
            where.and(at + " < :toDay", "toDay", Timestamp.from(CivilTime.startOf(to.plusDays(1))));
        }
        return where;
    }
}

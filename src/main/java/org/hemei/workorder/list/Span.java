package org.hemei.workorder.list;

import java.sql.Timestamp;
import java.time.LocalDate;
import java.util.Map;
import org.hemei.platform.db.Where;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Address;
import org.jspecify.annotations.Nullable;

/**
 * Where and when, as a list beside the orders is narrowed. Read from the address: what makes no sense is left out.
 *
 * @param area code of an area; the list holds what lies in it
 * @param from first day, and {@code to} the last
 */
public record Span(
        @Nullable String area,
        @Nullable LocalDate from,
        @Nullable LocalDate to) {

    public static final Span ALL = new Span(null, null, null);

    public static Span of(Map<String, String> query) {
        return new Span(
                OrderFilter.area(query.get("area")),
                OrderFilter.day(query.get("from")),
                OrderFilter.day(query.get("to")));
    }

    public Address on(Address address) {
        return address.with("area", area).with("from", from).with("to", to);
    }

    public boolean any() {
        return area != null || from != null || to != null;
    }

    /** Adds the conditions, on the columns that hold the code of a community and the instant. */
    public void limit(Where where, String community, String at) {
        if (area != null) {
            where.and(community + " like :spanArea", "spanArea", area + "%");
        }
        if (from != null) {
            where.and(at + " >= :spanFrom", "spanFrom", Timestamp.from(CivilTime.startOf(from)));
        }
        if (to != null) {
            where.and(at + " < :spanTo", "spanTo", Timestamp.from(CivilTime.startOf(to.plusDays(1))));
        }
    }
}

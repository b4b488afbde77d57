package org.hemei.access.audit;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;

/**
 * Which part of the log is asked for; it lives in the address.
 *
 * @param who an account's name or number
 * @param thing the id of a thing
 * @param before the last entry of the page before, as time and id
 */
public record AuditFilter(
        String who,
        String kind,
        String thing,
        String action,
        String area,
        LocalDate from,
        LocalDate to,
        @Nullable Place before) {

    /** The log is read a month at a time unless somebody asks for more. */
    static final int DAYS = 30;

    private static final int LONGEST = 80;
    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2100, 1, 1);

    /** A place in the list. */
    public record Place(Instant at, long id) {}

    static AuditFilter of(Map<String, String> query, LocalDate today) {
        var to = day(query.get("to"), today);
        return new AuditFilter(
                text(query, "who"),
                text(query, "kind"),
                text(query, "thing"),
                text(query, "action"),
                text(query, "area"),
                day(query.get("from"), to.minusDays(DAYS)),
                to,
                place(query.get("before")));
    }

    private static String text(Map<String, String> query, String name) {
        var value = query.getOrDefault(name, "").strip();
        return value.substring(0, Math.min(LONGEST, value.length()));
    }

    private static LocalDate day(@Nullable String text, LocalDate otherwise) {
        try {
            var day = text == null || text.isBlank() ? otherwise : LocalDate.parse(text.strip());
            return day.isBefore(EARLIEST) || day.isAfter(LATEST) ? otherwise : day;
        } catch (DateTimeParseException notADay) {
            return otherwise;
        }
    }

    private static @Nullable Place place(@Nullable String text) {
        if (text == null || !text.matches("\\d{1,18}-\\d{1,18}")) {
            return null;
        }
        var parts = text.split("-", 2);
        var micros = Long.parseLong(parts[0]);
        return new Place(
                Instant.ofEpochSecond(micros / 1_000_000, micros % 1_000_000 * 1000), Long.parseLong(parts[1]));
    }

    Instant start() {
        return CivilTime.startOf(from);
    }

    Instant end() {
        return CivilTime.startOf(to.plusDays(1));
    }

    /** The filter as a query, without the place in the list; ends with &amp; unless it is empty. */
    public String query() {
        return fields().entrySet().stream()
                .filter(one -> !one.getValue().isEmpty())
                .map(one -> one.getKey() + "=" + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8) + "&")
                .collect(Collectors.joining());
    }

    /** The filter by its fields, without the place in the list. */
    public Map<String, String> fields() {
        Map<String, String> set = new LinkedHashMap<>();
        set.put("who", who);
        set.put("kind", kind);
        set.put("thing", thing);
        set.put("action", action);
        set.put("area", area);
        set.put("from", from.toString());
        set.put("to", to.toString());
        return set;
    }
}

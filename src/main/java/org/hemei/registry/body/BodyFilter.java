package org.hemei.registry.body;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Map;
import org.hemei.platform.web.Address;
import org.hemei.registry.BodyKind;
import org.jspecify.annotations.Nullable;

/** What a list of bodies is narrowed to, and the day it is seen on. Read from the address: what makes no sense is left out. */
record BodyFilter(
        @Nullable BodyKind kind, @Nullable String area, String q, State state, LocalDate on, LocalDate today) {

    enum State {
        STANDING("在的"),
        ENDED("已撤销的"),
        PLANNED("将成立的");

        final String words;

        State(String words) {
            this.words = words;
        }

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        String words() {
            return words;
        }
    }

    static BodyFilter of(Map<String, String> query, LocalDate today) {
        var area = query.getOrDefault("area", "");
        var state = State.STANDING;
        for (var one : State.values()) {
            if (one.code().equals(query.get("state"))) {
                state = one;
            }
        }
        return new BodyFilter(
                BodyKind.find(query.get("kind")),
                area.matches("\\d{4,12}") ? area : null,
                words(query.getOrDefault("q", "")),
                state,
                day(query.get("on"), today),
                today);
    }

    /** The day in an address; today when there is none, or none that can be. */
    static LocalDate day(@Nullable String text, LocalDate today) {
        if (text == null || text.length() != 10) {
            return today;
        }
        try {
            var day = LocalDate.parse(text);
            return day.getYear() < 1921 || day.isAfter(today.plusMonths(Body.AHEAD)) ? today : day;
        } catch (DateTimeException e) {
            return today;
        }
    }

    static String words(String text) {
        var clean = text.replaceAll("[\\p{Cntrl}\\p{Cs}]", " ").strip();
        return clean.length() > 40 ? clean.substring(0, 40) : clean;
    }

    Address at(String path) {
        return Address.of(path)
                .with("q", q)
                .with("kind", kind == null ? null : kind.code())
                .with("area", area)
                .with("state", state == State.STANDING ? null : state.code())
                .with("on", on.equals(today) ? null : on);
    }

    boolean asOf() {
        return !on.equals(today);
    }

    boolean narrows() {
        return kind != null || !q.isEmpty() || state != State.STANDING || asOf();
    }
}

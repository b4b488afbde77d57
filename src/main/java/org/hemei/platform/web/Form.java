package org.hemei.platform.web;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.jspecify.annotations.Nullable;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;

/**
 * What somebody typed into a form. It is read field by field, gathers everything that is wrong, and shows again what was
 * typed: {@code var name = form.text("name", 40, "请填名称。"); … form.check();}
 */
public final class Form {

    /** No day of a form lies before it or a thousand years on: such a day is a slip of the hand. */
    private static final LocalDate FIRST = LocalDate.of(1900, 1, 1);

    private static final LocalDate LAST = LocalDate.of(2200, 1, 1);

    private final MultiValueMap<String, String> values;
    private final List<Reason> reasons = new ArrayList<>();

    private Form(MultiValueMap<String, String> values) {
        this.values = values;
    }

    public static Form of(MultiValueMap<String, String> values) {
        return new Form(new LinkedMultiValueMap<>(values));
    }

    /** A form filled in beforehand, or an empty one. */
    public static Form with(Map<String, ?> values) {
        var form = new Form(new LinkedMultiValueMap<>());
        values.forEach((name, value) -> {
            if (value instanceof Iterable<?> many) {
                many.forEach(one -> form.values.add(name, String.valueOf(one)));
            } else {
                form.values.set(name, String.valueOf(value));
            }
        });
        return form;
    }

    /** Filled in as this one where nothing was typed: a page of several forms is shown again whole. */
    public Form under(Form typed) {
        var form = new Form(new LinkedMultiValueMap<>(values));
        form.values.putAll(typed.values);
        return form;
    }

    public static Form empty() {
        return new Form(new LinkedMultiValueMap<>());
    }

    /** As it was typed, without the blanks around it; empty when it was not there. */
    public String get(String name) {
        var value = values.getFirst(name);
        return value == null ? "" : value.strip();
    }

    /** All values of a field that can have several, such as boxes to tick. */
    public List<String> all(String name) {
        return values.getOrDefault(name, List.of());
    }

    public boolean has(String name, String value) {
        return all(name).contains(value);
    }

    public void wrong(@Nullable String field, String words) {
        reasons.add(new Reason(field, words));
    }

    /** Words that must be there. */
    public String text(String name, int most, String missing) {
        if (get(name).isEmpty()) {
            wrong(name, missing);
        }
        return words(name, most);
    }

    /** Words that may be missing. */
    public String words(String name, int most) {
        var text = get(name);
        if (text.codePointCount(0, text.length()) > most) {
            wrong(name, "太长了，最多 " + most + " 个字。请写短一点。");
        }
        return text;
    }

    /** The same, null when nothing was written. */
    public @Nullable String optional(String name, int most) {
        var text = words(name, most);
        return text.isEmpty() ? null : text;
    }

    /** A whole number that may be missing. */
    public @Nullable Integer number(String name, int least, int most) {
        var text = get(name);
        if (text.isEmpty()) {
            return null;
        }
        if (text.matches("\\d{1,9}") && Integer.parseInt(text) >= least && Integer.parseInt(text) <= most) {
            return Integer.valueOf(text);
        }
        wrong(place(name), "请填 " + least + " 到 " + most + " 的整数。");
        return null;
    }

    /** Where the words about a field stand; the version is hidden and has no place for them. */
    private static @Nullable String place(String name) {
        return name.equals("version") ? null : name;
    }

    /** A whole number that must be there; the least one stands in for a wrong one until {@link #check}. */
    public int needed(String name, int least, int most, String missing) {
        if (get(name).isEmpty()) {
            wrong(place(name), missing);
            return least;
        }
        var number = number(name, least, most);
        return number == null ? least : number;
    }

    /** The id of something chosen; 0 stands in for a wrong one until {@link #check}. */
    public long chosen(String name, String missing) {
        var text = get(name);
        if (text.matches("\\d{1,18}") && !text.matches("0+")) {
            return Long.parseLong(text);
        }
        wrong(name, missing);
        return 0;
    }

    /** A day that may be missing. */
    public @Nullable LocalDate day(String name) {
        var text = get(name);
        if (text.isEmpty()) {
            return null;
        }
        try {
            var day = LocalDate.parse(text);
            if (day.isAfter(FIRST) && day.isBefore(LAST)) {
                return day;
            }
        } catch (DateTimeException e) {
            // said below
        }
        wrong(name, "没有这一天。请像 2026-11-23 这样填。");
        return null;
    }

    /** A day that must be there; a day of long ago stands in for a wrong one until {@link #check}. */
    public LocalDate neededDay(String name, String missing) {
        if (get(name).isEmpty()) {
            wrong(name, missing);
        }
        var day = day(name);
        return day == null ? FIRST : day;
    }

    /** Whether something is wrong with a field already. */
    public boolean isWrong(@Nullable String field) {
        return reasons.stream().anyMatch(reason -> Objects.equals(reason.field(), field));
    }

    public boolean fine() {
        return reasons.isEmpty();
    }

    /** @throws Refusal with all that is wrong, when something is */
    public void check() {
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
    }

    /** What was typed, to tell a retry from another request. */
    @Override
    public String toString() {
        var said = new LinkedMultiValueMap<>(values);
        said.remove("_csrf");
        said.remove("_once");
        return said.toString();
    }
}

package org.hemei.registry.body;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What held from which day: spans one after another, never two at once, none of them empty. A day belongs to the span that
 * begins on it.
 */
final class Timeline<T> {

    /** @param until first day on which it no longer held; null while it does */
    record Span<T>(T value, LocalDate from, @Nullable LocalDate until) {

        boolean holds(LocalDate day) {
            return !from.isAfter(day) && (until == null || until.isAfter(day));
        }
    }

    private final List<Span<T>> spans;

    Timeline(List<Span<T>> spans) {
        this.spans = new ArrayList<>(spans);
    }

    static <T> Timeline<T> from(LocalDate day, T value) {
        return new Timeline<>(List.of(new Span<>(value, day, null)));
    }

    List<Span<T>> spans() {
        return List.copyOf(spans);
    }

    @Nullable
    T on(LocalDate day) {
        return spans.stream()
                .filter(span -> span.holds(day))
                .map(Span::value)
                .findFirst()
                .orElse(null);
    }

    /** What holds today, or what will hold first, or what held last. */
    @Nullable
    T nearest(LocalDate today) {
        var now = on(today);
        if (now != null || spans.isEmpty()) {
            return now;
        }
        return spans.getFirst().from().isAfter(today)
                ? spans.getFirst().value()
                : spans.getLast().value();
    }

    /** The day the last change took effect; null when there never was one. */
    @Nullable
    LocalDate lastStart() {
        return spans.isEmpty() ? null : spans.getLast().from();
    }

    /** Whether something is to begin on that very day, later than today. */
    boolean plannedFor(LocalDate day, LocalDate today) {
        return day.isAfter(today) && spans.stream().anyMatch(span -> span.from().equals(day));
    }

    /** From this day on it is this; the day lies after {@link #lastStart}. */
    void change(LocalDate day, T value) {
        var until = spans.isEmpty() ? null : spans.getLast().until();
        end(day);
        spans.add(new Span<>(value, day, until));
    }

    /** The last span ends; what had ended already stays as it is. */
    void end(LocalDate day) {
        if (spans.isEmpty()) {
            return;
        }
        var last = spans.getLast();
        if (!day.isAfter(last.from())) {
            throw new IllegalArgumentException("the last change was on " + last.from() + ", not before " + day);
        }
        spans.removeLast();
        spans.add(new Span<>(
                last.value(), last.from(), last.until() == null || last.until().isAfter(day) ? day : last.until()));
    }

    /** What holds on that day, or is {@link #nearest} to it, has another value, as if it had always had it. */
    void replace(LocalDate day, T value) {
        var at = 0;
        while (at < spans.size() - 1 && !spans.get(at + 1).from().isAfter(day)) {
            at++;
        }
        var span = spans.get(at);
        spans.set(at, new Span<>(value, span.from(), span.until()));
    }

    /** What ended on that day never did. */
    void reopen(LocalDate day) {
        if (!spans.isEmpty() && day.equals(spans.getLast().until())) {
            var last = spans.removeLast();
            spans.add(new Span<>(last.value(), last.from(), null));
        }
    }

    /** Whether a boundary can be put on another day without leaving a span empty. */
    boolean canShift(LocalDate from, LocalDate to) {
        return spans.stream().allMatch(span -> {
            var begin = span.from().equals(from) ? to : span.from();
            var end = from.equals(span.until()) ? to : span.until();
            return end == null || begin.isBefore(end);
        });
    }

    /** Every span that began or ended on one day now does so on another. */
    void shift(LocalDate from, LocalDate to) {
        spans.replaceAll(span -> new Span<>(
                span.value(),
                span.from().equals(from) ? to : span.from(),
                from.equals(span.until()) ? to : span.until()));
    }
}

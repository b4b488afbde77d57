package org.hemei.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.hemei.platform.time.ToldTime;

/** When the steps of one story happen: one after the other, by day, from its last known step on, and before now. */
final class Moments {

    private static final Duration LEAST = Duration.ofSeconds(40);

    private final Instant now;
    private final WorkHours hours;
    private final Dice dice;
    private Instant last;

    Moments(String story, Instant last, Instant now, WorkHours hours) {
        this.dice = new Dice("moments " + story);
        this.last = last;
        this.now = now;
        this.hours = hours;
    }

    /** Does something a part of the time that is left later. */
    void then(Consumer<Instant> act) {
        var left = Duration.between(last, now).toSeconds();
        happens(last.plusSeconds((long) (left * (0.2 + 0.25 * dice.fraction()))), act);
    }

    /** Does something so many office minutes later, give or take a third. */
    void after(long officeMinutes, Consumer<Instant> act) {
        happens(hours.plus(last, Math.round(officeMinutes * (0.67 + 0.66 * dice.fraction()))), act);
    }

    private void happens(Instant wanted, Consumer<Instant> act) {
        var byDay = hours.daytime(wanted);
        var at = byDay.isBefore(now.minus(LEAST)) ? byDay : wanted;
        if (!at.isAfter(last)) {
            at = last.plusSeconds(1);
        }
        last = (at.isAfter(now) ? now : at).truncatedTo(ChronoUnit.SECONDS);
        var moment = last;
        ToldTime.at(moment, () -> act.accept(moment));
    }
}

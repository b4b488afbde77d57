package org.hemei.workorder;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hemei.platform.time.WorkCalendar;

/**
 * When each step of an order falls due, by the rules in force on a day and the working-day calendar. Pure: the same
 * input gives the same instant.
 *
 * @param rules those valid today, at most one for each urgency and clock
 */
public record Deadlines(List<Rule> rules, WorkCalendar calendar) {

    /** The clocks of an order. */
    public enum Timer {
        ACCEPT,
        TAKE,
        CONTACT,
        RESOLVE,
        VERIFY,
        RATE
    }

    /** HOUR runs round the clock; WORKING_DAY ends at 17:30 of its last working day; DAY is a calendar day. */
    public enum Measure {
        HOUR("小时"),
        WORKING_DAY("个工作日"),
        DAY("天");

        private final String words;

        Measure(String words) {
            this.words = words;
        }
    }

    /** @param basis the document or practice the number comes from */
    public record Rule(Urgency urgency, Timer timer, int amount, Measure measure, String basis) {

        /** 2 小时, 5 个工作日 */
        public String words() {
            return amount + " " + measure.words;
        }
    }

    /** @throws IllegalStateException when no rule is in force: a gap in the data, not a fault of the person */
    public Rule rule(Urgency urgency, Timer timer) {
        return rules.stream()
                .filter(rule -> rule.urgency == urgency && rule.timer == timer)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("no deadline rule for " + urgency + " " + timer));
    }

    public Instant due(Urgency urgency, Timer timer, Instant start) {
        var rule = rule(urgency, timer);
        return switch (rule.measure) {
            case HOUR -> start.plus(Duration.ofHours(rule.amount));
            case DAY -> start.plus(Duration.ofDays(rule.amount));
            case WORKING_DAY -> calendar.after(start, rule.amount);
        };
    }
}

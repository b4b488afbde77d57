package org.hemei.workorder;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import org.hemei.platform.reference.ReferenceTable;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.WorkCalendar;
import org.hemei.platform.time.WorkCalendars;
import org.hemei.workorder.Deadlines.Measure;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How long and how often, where it is no clock of every order: the limit of a return, of a ruling, of an answer to
 * supervision. Data with a basis and a validity; the ones that come with the application stand until a place sets its own.
 */
@Component
public class HandlingRules implements SmartInitializingSingleton {

    /** What is limited. */
    public enum Name {
        RETURN_WITHIN("派单或接单后多久可以退单"),
        RETURN_DECIDE("社区多久定退单（急事按“定申请”的小时数）"),
        RETURN_RULE("街道多久裁定第二次争议（急事按“定申请”的小时数）"),
        SUPERVISE_ANSWER("多久答复督办"),
        SUPERVISE_AFTER("说几次没解决转督办"),
        TRANSFER_ANSWER("对方多久答复移交"),
        INSTRUCTION_ANSWER("多久答复批示");

        private final String words;

        Name(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    /** @param measure hour, working_day, day or time */
    public record Rule(Name name, int amount, String measure, String basis) {

        /** 2 个工作日, 2 次 */
        public String words() {
            return amount
                    + switch (measure) {
                        case "hour" -> " 小时";
                        case "day" -> " 天";
                        case "time" -> " 次";
                        default -> " 个工作日";
                    };
        }
    }

    /** When a length of time that begins then is over. Pure: the same rule and the same calendar give the same instant. */
    static Instant due(Rule rule, Instant start, WorkCalendar calendar) {
        return switch (rule.measure) {
            case "hour" -> start.plus(Duration.ofHours(rule.amount));
            case "day" -> start.plus(Duration.ofDays(rule.amount));
            case "working_day" -> calendar.after(start, rule.amount);
            default -> throw new IllegalStateException(rule.name + " is no length of time");
        };
    }

    private final JdbcClient jdbc;
    private final WorkCalendars calendars;
    private final InstantSource clock;

    HandlingRules(JdbcClient jdbc, WorkCalendars calendars, InstantSource clock) {
        this.jdbc = jdbc;
        this.calendars = calendars;
        this.clock = clock;
    }

    @Override
    public void afterSingletonsInstantiated() {
        var rules = ReferenceTable.read("reference/handling-rules.csv");
        jdbc.sql("""
                insert into handling_rule (name, amount, measure, basis, valid)
                select name, amount::int, measure, basis, daterange('2020-01-01', null)
                from unnest(?::text[], ?::text[], ?::text[], ?::text[]) as r (name, amount, measure, basis)
                where not exists (select from handling_rule h where h.name = r.name)
                """)
                .params(List.of(
                        rules.column("name"), rules.column("amount"), rules.column("measure"), rules.column("basis")))
                .update();
    }

    /**
     * As it held when what it limits began: a version that is set later changes nothing that runs. Where the data knows none of that
     * day, today's holds.
     *
     * @throws IllegalStateException when none is in force: a gap in the data, not a fault of the person
     */
    public Rule rule(Name name, Instant began) {
        return jdbc.sql("""
                select amount, measure, basis from handling_rule
                where name = :name and (valid @> cast(:began as date) or valid @> cast(:today as date))
                order by valid @> cast(:began as date) desc limit 1
                """)
                .param("name", name.name().toLowerCase(Locale.ROOT))
                .param("began", CivilTime.date(began))
                .param("today", CivilTime.date(clock.instant()))
                .query((r, n) -> new Rule(name, r.getInt("amount"), r.getString("measure"), r.getString("basis")))
                .optional()
                .orElseThrow(() -> new IllegalStateException("no handling rule for " + name));
    }

    /** When what the rule limits falls due. */
    public Instant due(Name name, Instant start) {
        return due(rule(name, start), start, calendars.current());
    }

    /** In what the time until then was measured: as the rule has it, where it is the rule's; else by working days. */
    Measure measure(Name name, Instant began, Instant due) {
        var measure = rule(name, began).measure;
        return !measure.equals("time")
                        && Duration.between(due(name, began), due).abs().toSeconds() < 1
                ? Measure.of(measure)
                : Measure.WORKING_DAY;
    }
}

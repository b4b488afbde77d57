package org.hemei.evaluation.listing;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Locale;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.WorkCalendars;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Numbers of the procedure, with their basis: what was set for a place from a day on (rule_threshold, the nearest area
 * decides), else what comes with the application. Times are working days; the first is not counted, the last ends at 17:30.
 */
@Component
public class ListingRules {

    static final String RULE = "listing";

    /** One number. */
    public enum Name {
        NOTIFY_DAYS("提出后几个工作日内告知", 10, "默认模板"),
        DEFENCE_DAYS("陈述申辩几个工作日", 10, "默认模板；行政处罚法第六十四条给听证申请五日，这里更长"),
        DECIDE_DAYS("申辩期满后几个工作日内决定", 20, "默认模板"),
        SERVE_DAYS("决定后几个工作日内送达", 5, "默认模板；行政处罚法第六十一条：七日内送达"),
        REPAIR_DAYS("修复申请几个工作日内办完", 10, "默认模板，多地信用修复办法十个工作日"),
        OBJECT_DAYS("送达后几个工作日内可以提异议", 20, "默认模板；不影响依法复议和诉讼"),
        MEMBERS("集体决定至少几人表决", 3, "默认模板；行政处罚法第五十七条：集体讨论决定"),
        YEARS_BACK("最远看到几年前的成绩", 2, "行政处罚法第三十六条：两年内未被发现的不再追究，这里参照");

        private final String words;
        private final int value;
        private final String basis;

        Name(String words, int value, String basis) {
            this.words = words;
            this.value = value;
            this.basis = basis;
        }

        public String words() {
            return words;
        }

        public int value() {
            return value;
        }

        public String basis() {
            return basis;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private final JdbcClient jdbc;
    private final WorkCalendars calendars;
    private final InstantSource clock;

    ListingRules(JdbcClient jdbc, WorkCalendars calendars, InstantSource clock) {
        this.jdbc = jdbc;
        this.calendars = calendars;
        this.clock = clock;
    }

    /** What holds for an area on a day. */
    public int of(Name name, String area, LocalDate day) {
        return jdbc.sql("select threshold(?, ?, ?, ?, ?)")
                .params(RULE, name.code(), area, day, name.value)
                .query(Integer.class)
                .single();
    }

    int of(Name name, String area) {
        return of(name, area, CivilTime.date(clock.instant()));
    }

    /** The end of so many working days from a moment on. */
    Instant after(Instant from, Name days, String area) {
        return calendars.current().after(from, of(days, area, CivilTime.date(from)));
    }

    Instant after(LocalDate day, Name days, String area) {
        return after(CivilTime.startOf(day), days, area);
    }
}

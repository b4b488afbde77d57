package org.hemei.evaluation.listing;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Locale;
import org.hemei.platform.rule.RuleNumbers;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.WorkCalendars;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Numbers of the procedure, with their basis: what was set for a place from a day on (rule_threshold, the nearest area
 * decides), else what comes with the application. Times of the procedure are working days; the first is not counted, the last ends at 17:30.
 */
@Component
public class ListingRules {

    static final String RULE = "listing";

    /** One number. */
    public enum Name {
        NOTIFY_DAYS("提出后几个工作日内告知", 10, 1, 60, "默认模板，文件没有写天数"),
        DEFENCE_DAYS("陈述申辩几个工作日", 10, 3, 60, "默认模板；行政处罚法第四十五条要充分听取意见，没有写天数，这里参照"),
        DECIDE_DAYS("申辩期满后几个工作日内决定", 20, 1, 60, "默认模板，文件没有写天数"),
        SERVE_DAYS("决定后几个工作日内送达", 5, 1, 20, "默认模板；参照行政处罚法第六十一条：当事人不在场的，七日内送达"),
        REPAIR_DAYS("修复申请几个工作日内办完", 10, 1, 60, "默认模板；各地、各行业办理信用修复的期限不一样，请按当地的改"),
        OBJECT_DAYS("送达后几个工作日内可以提异议", 20, 5, 90, "默认模板；不影响依法复议和诉讼"),
        ANSWER_DAYS("收到异议后几个工作日内答复", 20, 5, 60, "默认模板，文件没有写天数"),
        REVIEW_DAYS("收到决定后几日内可以申请行政复议（日历日）", 60, 60, 365, "《行政复议法》第二十条"),
        SUIT_MONTHS("收到决定后几个月内可以提起行政诉讼", 6, 6, 24, "《行政诉讼法》第四十六条"),
        MEMBERS("集体决定至少几人表决", 3, 3, 15, "默认模板；参照行政处罚法第五十七条：负责人集体讨论决定，没有写人数"),
        YEARS_BACK("最远看到几年前的成绩", 2, 1, 2, "参照行政处罚法第三十六条：二年内未被发现的，不再处罚");

        private final String words;
        private final int value;
        private final int least;
        private final int most;
        private final String basis;

        Name(String words, int value, int least, int most, String basis) {
            this.words = words;
            this.value = value;
            this.least = least;
            this.most = most;
            this.basis = basis;
        }

        public int least() {
            return least;
        }

        public int most() {
            return most;
        }

        static @Nullable Name named(String code) {
            return Arrays.stream(values())
                    .filter(name -> name.code().equals(code))
                    .findFirst()
                    .orElse(null);
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

    private final RuleNumbers numbers;
    private final WorkCalendars calendars;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    ListingRules(RuleNumbers numbers, WorkCalendars calendars, JdbcClient jdbc, InstantSource clock) {
        this.numbers = numbers;
        this.calendars = calendars;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** What holds for an area on a day. */
    public int of(Name name, String area, LocalDate day) {
        return numbers.of(RULE, name.code(), area, day, name.value);
    }

    int of(Name name, String area) {
        return of(name, area, CivilTime.date(clock.instant()));
    }

    /** A case goes by the numbers of its notice, also when others are set later: its company was told of them there. */
    void keep(Listing listing) {
        for (var name : Name.values()) {
            jdbc.sql("insert into listing_number (listing, name, value) values (?, ?, ?)")
                    .params(listing.id, name.code(), of(name, listing.area))
                    .update();
        }
    }

    /** What holds for a case. */
    int of(Name name, Listing listing) {
        return jdbc.sql("select value from listing_number where listing = ? and name = ?")
                .params(listing.id, name.code())
                .query(Integer.class)
                .optional()
                .orElseGet(() -> of(name, listing.area));
    }

    /** On what the number of an area rests on a day. */
    String basis(Name name, String area, LocalDate day) {
        return jdbc.sql("""
                select basis from rule_threshold
                where rule = :rule and name = :name and starts_with(:area, area) and during @> cast(:day as date) order by length(area) desc limit 1
                """)
                .param("rule", RULE)
                .param("name", name.code())
                .param("area", area)
                .param("day", day)
                .query(String.class)
                .optional()
                .orElse(name.basis);
    }

    /** The end of so many working days from a moment on, for a case. */
    Instant after(Instant from, Name days, Listing listing) {
        return calendars.current().after(from, of(days, listing));
    }

    Instant after(LocalDate day, Name days, Listing listing) {
        return after(CivilTime.startOf(day), days, listing);
    }

    /** The end of so many working days from a moment on, where there is no case yet. */
    Instant after(Instant from, Name days, String area) {
        return calendars.current().after(from, of(days, area, CivilTime.date(from)));
    }
}

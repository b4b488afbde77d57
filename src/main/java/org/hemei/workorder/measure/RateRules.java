package org.hemei.workorder.measure;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.rule.RuleNumbers;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What differs by place and year in counting: numbers with a basis, valid from a day, for an area and all below it (the
 * nearest area that has set one decides). City and districts set them; months that are over keep their measure.
 */
@Service
public class RateRules {

    static final String RULE = "rates";

    /** One number that can be set. */
    public enum Name {
        SATISFIED_FROM("几分起算满意", 4, 1, 5, "5 分里打到这个分才算满意。月中改的，从下个月的单算起。", "默认：4 分、5 分算满意，3 分是一般，两头不算（示例，各地可改）"),
        LEAST("最少几件才排位次", 10, 1, 1000, "比这少的只列出来，不排：一两件说明不了什么。", "默认模板"),
        APPEAL_DAYS("几个工作日内可以申诉", 10, 1, 60, "从联系时限、办结、评价里最晚的一个算起。", "默认模板"),
        DECIDE_DAYS("街道几个工作日内定", 5, 1, 30, "从申诉那天算起，当天不算。", "默认模板"),
        SECOND_DAYS("几个工作日内可以要求复核", 5, 1, 30, "从街道定的那天算起；要求了，区里也在这么多天内定。", "默认模板"),
        REPORT_DAY("每月几号出上个月的月报", 15, 1, 28, "早了评价还没来，晚了没人看。", "默认模板");

        private final String words;
        private final int value;
        private final int least;
        private final int most;
        private final String hint;
        private final String basis;

        Name(String words, int value, int least, int most, String hint, String basis) {
            this.words = words;
            this.value = value;
            this.least = least;
            this.most = most;
            this.hint = hint;
            this.basis = basis;
        }

        public String words() {
            return words;
        }

        public int least() {
            return least;
        }

        public int most() {
            return most;
        }

        public String hint() {
            return hint;
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

        public static @Nullable Name named(String code) {
            return Arrays.stream(values())
                    .filter(name -> name.code().equals(code))
                    .findFirst()
                    .orElse(null);
        }
    }

    /** A number that was set somewhere. */
    public record Version(
            Name name,
            String area,
            String areaName,
            int value,
            String basis,
            LocalDate since,
            @Nullable LocalDate until) {}

    private final JdbcClient jdbc;
    private final RuleNumbers numbers;
    private final InstantSource clock;

    RateRules(JdbcClient jdbc, RuleNumbers numbers, InstantSource clock) {
        this.jdbc = jdbc;
        this.numbers = numbers;
        this.clock = clock;
    }

    /** What holds for an area on a day. */
    public int of(Name name, String area, LocalDate day) {
        return numbers.of(RULE, name.code(), area, day, name.value);
    }

    /** Everything set for the area, above it and below it, the latest first. */
    public List<Version> versions(String area) {
        return jdbc.sql("""
                select t.name, t.area, a.name as area_name, t.value, t.basis, lower(t.during) as since, upper(t.during) as until
                from rule_threshold t join area a on a.code = t.area
                where t.rule = :rule and (starts_with(t.area, :area) or starts_with(:area, t.area))
                order by t.name, lower(t.during) desc, t.area
                limit 200
                """)
                .param("rule", RULE)
                .param("area", area)
                .query((r, n) -> new Version(
                        Name.valueOf(r.getString("name").toUpperCase(Locale.ROOT)),
                        r.getString("area"),
                        r.getString("area_name"),
                        r.getInt("value"),
                        r.getString("basis"),
                        r.getObject("since", LocalDate.class),
                        r.getObject("until", LocalDate.class)))
                .list();
    }

    /** Whether the reader sets numbers for this area: city and district do, for themselves and below, not for streets. */
    public static boolean sets(Reader reader, String area) {
        return area.length() <= 6 && reader.scope(Role.CITY, Role.DISTRICT).covers(area);
    }

    /** From a day on; what held before ends the day before. */
    @Transactional
    public void set(Reader reader, Name name, String area, int value, LocalDate since, String basis) {
        if (!sets(reader, area)) {
            throw new Missing("这里的口径不归您定。");
        }
        if (value < name.least || value > name.most) {
            throw Refusal.of("value", "请填 " + name.least + " 到 " + name.most + " 的整数。");
        }
        if (since.isBefore(CivilTime.date(clock.instant()))) {
            throw Refusal.of("since", "从今天或以后哪天起算。过去的数按过去的口径。");
        }
        if (name == Name.SATISFIED_FROM && !since.isAfter(CivilTime.date(clock.instant()))) {
            throw Refusal.of("since", "今天点的单已经按今天的口径数了。请从明天或以后哪天起算。");
        }
        numbers.set(
                reader, "rate_rule.set", 0, new RuleNumbers.Number(RULE, name.code(), area, value, since, basis, null));
    }
}

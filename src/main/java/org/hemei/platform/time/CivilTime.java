package org.hemei.platform.time;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.TextStyle;
import java.util.Locale;
import java.util.function.Function;

/** How instants are told to people. Civil dates are Asia/Shanghai wherever the server stands. */
public final class CivilTime {

    public static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm");

    private CivilTime() {}

    public static LocalDate date(Instant at) {
        return LocalDate.ofInstant(at, ZONE);
    }

    public static Instant at(LocalDate day, LocalTime time) {
        return day.atTime(time).atZone(ZONE).toInstant();
    }

    public static Instant startOf(LocalDate day) {
        return day.atStartOfDay(ZONE).toInstant();
    }

    /** 2026年11月23日 周一 14:05 */
    public static String full(Instant at) {
        var t = at.atZone(ZONE);
        return day(t.toLocalDate()) + " " + week(t) + " " + CLOCK.format(t);
    }

    /** 11月23日 周一 14:05 within this year, with the year otherwise */
    public static String near(Instant at, Instant now) {
        var t = at.atZone(ZONE);
        return t.getYear() == now.atZone(ZONE).getYear()
                ? t.getMonthValue() + "月" + t.getDayOfMonth() + "日 " + week(t) + " " + CLOCK.format(t)
                : full(at);
    }

    /** 今天 14:05, 昨天 14:05, 明天 14:05, else as {@link #near} */
    public static String brief(Instant at, Instant now) {
        var day = date(at);
        var today = date(now);
        var clock = CLOCK.format(at.atZone(ZONE));
        if (day.equals(today)) {
            return "今天 " + clock;
        }
        if (day.equals(today.plusDays(1))) {
            return "明天 " + clock;
        }
        return day.equals(today.minusDays(1)) ? "昨天 " + clock : near(at, now);
    }

    /** As {@link #full}, of an end: one at midnight is told as 24:00 of the day before, since people hear that day as the last. */
    public static String fullEnd(Instant at) {
        return end(at, CivilTime::full);
    }

    /** As {@link #near}, of an end. */
    public static String nearEnd(Instant at, Instant now) {
        return end(at, one -> near(one, now));
    }

    /** As {@link #brief}, of an end. */
    public static String briefEnd(Instant at, Instant now) {
        return end(at, one -> brief(one, now));
    }

    private static String end(Instant at, Function<Instant, String> words) {
        return at.equals(startOf(date(at)))
                ? words.apply(at.minusSeconds(60)).replace("23:59", "24:00")
                : words.apply(at);
    }

    /** 2026年11月23日 */
    public static String day(LocalDate day) {
        return day.getYear() + "年" + day.getMonthValue() + "月" + day.getDayOfMonth() + "日";
    }

    private static String week(ZonedDateTime t) {
        return t.getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.SIMPLIFIED_CHINESE);
    }

    /** 3 天 2 小时, 1 小时 15 分, 22 分; at most two units, never negative */
    public static String span(Duration length) {
        var minutes = Math.max(0, length.abs().toMinutes());
        long days = minutes / (24 * 60);
        long hours = minutes / 60 % 24;
        long rest = minutes % 60;
        if (days > 0) {
            return days + " 天" + (hours > 0 ? " " + hours + " 小时" : "");
        }
        if (hours > 0) {
            return hours + " 小时" + (rest > 0 ? " " + rest + " 分" : "");
        }
        return rest + " 分";
    }
}

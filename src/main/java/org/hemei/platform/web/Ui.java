package org.hemei.platform.web;

import gg.jte.Content;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;

/** How things are told on a page: figures, times, icons. For templates. */
public final class Ui {

    /** A clock as a page shows it. */
    public record Clock(String tone, String icon, String words, String title, int used) {}

    private static final Duration SOON = Duration.ofHours(2);

    private Ui() {}

    /** A line icon of the sprite. */
    public static Content icon(String name) {
        return icon(name, "i");
    }

    /** @param css classes, the first of them i */
    public static Content icon(String name, String css) {
        return out -> {
            out.writeContent("<svg class=\"");
            out.writeContent(css);
            out.writeContent("\" aria-hidden=\"true\"><use href=\"");
            out.writeContent(Assets.url("/assets/icons.svg"));
            out.writeContent("#i-");
            out.writeContent(name);
            out.writeContent("\"/></svg>");
        };
    }

    /** The drawing of a category. */
    public static Content pic(String name) {
        return drawing("c-" + name, "pic");
    }

    public static Content drawing(String symbol, String css) {
        return out -> {
            out.writeContent("<svg class=\"");
            out.writeContent(css);
            out.writeContent("\" aria-hidden=\"true\"><use href=\"");
            out.writeContent(Assets.url("/assets/icons.svg"));
            out.writeContent("#");
            out.writeContent(symbol);
            out.writeContent("\"/></svg>");
        };
    }

    /** 1,240 */
    public static String number(long value) {
        return String.format(java.util.Locale.ROOT, "%,d", value);
    }

    /** 96.2; a dash when there is nothing to divide by. Never rounds up to 100. */
    public static String percent(long part, long whole) {
        if (whole == 0) {
            return "—";
        }
        return BigDecimal.valueOf(part)
                .multiply(BigDecimal.valueOf(100))
                .divide(BigDecimal.valueOf(whole), 1, part == whole ? RoundingMode.HALF_UP : RoundingMode.DOWN)
                .toPlainString();
    }

    /** 127 / 132 */
    public static String fraction(long part, long whole) {
        return number(part) + " / " + number(whole);
    }

    /** What is left until a deadline, or how far it is past. Amber in the last two hours or the last fifth. */
    public static Clock clock(Instant due, @Nullable Instant since, Instant now) {
        var left = Duration.between(now, due);
        var whole = since == null ? Duration.ZERO : Duration.between(since, due);
        var used = whole.isPositive() ? (int) Math.clamp(100 - left.toMillis() * 100 / whole.toMillis(), 0, 100) : 0;
        var title = CivilTime.full(due);
        if (left.isNegative()) {
            return new Clock("clock-late", "alarm", "超时 " + CivilTime.span(left), title, 100);
        }
        var soon = left.compareTo(SOON) < 0 || used >= 80;
        return new Clock(soon ? "clock-soon" : "", "clock", "还剩 " + CivilTime.span(left), title, used);
    }

    /** A clock that stands still, what it waits for, and when it goes on by itself. */
    public static Clock stopped(String waits, LocalDate resumes) {
        return new Clock("clock-off", "pause", "计时已停，等" + waits, CivilTime.day(resumes) + " 恢复", 0);
    }

    /** Not read yet, read out short: 99+ past ninety-nine. */
    public static String badge(int count) {
        return count > 99 ? "99+" : Integer.toString(count);
    }

    /** The first character, for the round initial before a name. */
    public static String initial(String name) {
        return name.isEmpty() ? "" : name.substring(0, name.offsetByCodePoints(0, 1));
    }
}

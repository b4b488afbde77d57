package org.hemei.workorder.list;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.hemei.platform.db.Where;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Address;
import org.hemei.workorder.Escalated;
import org.hemei.workorder.Level;
import org.hemei.workorder.OrderState;
import org.jspecify.annotations.Nullable;

/**
 * What a list of orders is narrowed to. Read from the address, so anything may stand there: what makes no sense is left
 * out, and the page shows what it understood.
 *
 * @param area code of an area; the list holds what lies in it
 * @param category a leaf, or a branch with all its leaves
 * @param from first day of submission, and {@code to} the last
 * @param doneFrom first day of closing, and {@code doneTo} the last
 * @param worker account of the holder's worker who does it
 * @param up those that went up the line to this level and are still not done
 * @param past those in the archive instead of those of the last years
 * @param byDue those whose clock runs, the shortest time left first, instead of the newest first; nothing in the archive has a clock
 */
public record OrderFilter(
        @Nullable String area,
        @Nullable Long estate,
        @Nullable String category,
        @Nullable Stage stage,
        @Nullable OrderState state,
        @Nullable Long holder,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        @Nullable LocalDate doneFrom,
        @Nullable LocalDate doneTo,
        boolean late,
        @Nullable Fact fact,
        String q,
        @Nullable Long building,
        @Nullable Long unit,
        @Nullable Long worker,
        @Nullable Level up,
        boolean past,
        boolean byDue) {

    private static final int LONGEST_SEARCH = 60;
    private static final Pattern AREA = Pattern.compile("\\d{4}|\\d{6}|\\d{9}|\\d{12}");
    private static final Pattern CATEGORY = Pattern.compile("[a-z0-9_]{1,40}(\\.[a-z0-9_]{1,40})?");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2200, 1, 1);

    /** Orders by whether anybody still has to do something. */
    enum Stage {
        OPEN,
        FINISHED
    }

    public static OrderFilter of(Map<String, String> query) {
        return new OrderFilter(
                area(query.get("area")),
                number(query.get("estate")),
                match(CATEGORY, query.get("category")),
                constant(Stage.class, query.get("state")),
                constant(OrderState.class, query.get("state")),
                number(query.get("holder")),
                day(query.get("from")),
                day(query.get("to")),
                day(query.get("done_from")),
                day(query.get("done_to")),
                "1".equals(query.get("late")),
                constant(Fact.class, query.get("fact")),
                search(query.get("q")),
                number(query.get("building")),
                number(query.get("unit")),
                number(query.get("worker")),
                level(query.get("up")),
                "1".equals(query.get("past")),
                "due".equals(query.get("sort")) && !"1".equals(query.get("past")));
    }

    /** The address of this filter, on whatever page. */
    public Address on(String path) {
        return Address.of(path)
                .with("q", q)
                .with("area", area)
                .with("estate", estate)
                .with("category", category)
                .with("state", stateWord())
                .with("holder", holder)
                .with("from", from)
                .with("to", to)
                .with("done_from", doneFrom)
                .with("done_to", doneTo)
                .with("late", late ? "1" : null)
                .with("fact", fact == null ? null : fact.name().toLowerCase(Locale.ROOT))
                .with("building", building)
                .with("unit", unit)
                .with("worker", worker)
                .with("up", up == null ? null : up.code())
                .with("past", past ? "1" : null)
                .with("sort", byDue ? "due" : null);
    }

    boolean any() {
        return !on("").query().isEmpty();
    }

    /** Whether nothing in it stands for a name that has to be looked up. */
    boolean namesNothing() {
        return estate == null
                && building == null
                && unit == null
                && holder == null
                && worker == null
                && category == null;
    }

    /** What of the filter has words of its own, for print. */
    List<String> said() {
        var words = new ArrayList<String>();
        if (!q.isEmpty()) {
            words.add("“" + q + "”");
        }
        if (state != null) {
            words.add(state.words());
        } else if (stage != null) {
            words.add(stage == Stage.OPEN ? "没办完的" : "已结束的");
        }
        if (from != null || to != null) {
            words.add("点单 " + span(from, to));
        }
        if (late) {
            words.add("超时的");
        }
        if (fact != null) {
            words.add(fact.words());
        }
        if (up != null) {
            words.add("升级到" + up.words() + "的");
        }
        if (doneFrom != null || doneTo != null) {
            words.add("办结 " + span(doneFrom, doneTo));
        }
        if (past) {
            words.add("五年前归档的");
        }
        if (byDue) {
            words.add("在计时的，快到期的在前");
        }
        return words;
    }

    private static String span(@Nullable LocalDate first, @Nullable LocalDate last) {
        return (first == null ? "" : CivilTime.day(first)) + "—" + (last == null ? "" : CivilTime.day(last));
    }

    @Nullable
    String stateWord() {
        if (state != null) {
            return state.code();
        }
        return stage == null ? null : stage.name().toLowerCase(Locale.ROOT);
    }

    /** Adds the conditions on {@code work_order o}; those on its words are {@link #limitWords}. */
    void limit(Where where, Instant now) {
        if (area != null) {
            where.and("o.community like :area", "area", area + "%");
            if (area.length() >= 6) {
                where.and("o.district = :areaDistrict", "areaDistrict", Integer.valueOf(area.substring(0, 6)));
            }
        }
        if (estate != null) {
            where.and("o.estate = :estate", "estate", estate);
        }
        if (category != null) {
            where.and("o.category = :category or o.category like :categoryBelow", "category", category)
                    .with("categoryBelow", category.replace("_", "\\_") + ".%");
        }
        if (holder != null) {
            where.and("o.holder = :holder", "holder", holder);
        }
        if (building != null) {
            where.and("o.building = :building", "building", building);
        }
        if (unit != null) {
            where.and("o.unit = :unit", "unit", unit);
        }
        if (worker != null) {
            where.and("o.assignee = :worker", "worker", worker);
        }
        if (up != null) {
            where.and(
                    "exists (select from order_clock k where k.district = o.district and k.order_id = o.id and "
                            + Escalated.condition("up") + ")",
                    "up",
                    Escalated.levels(up));
        }
        limitState(where);
        limitDays(where);
        if (late) {
            where.and(Fact.OVERDUE.condition()).with("now", java.sql.Timestamp.from(now));
        }
        if (fact != null) {
            where.and(fact.condition()).with("now", java.sql.Timestamp.from(now));
        }
    }

    /** The last day of submission that can be on the list: an order is closed after it was filed. */
    @Nullable
    LocalDate lastDay() {
        if (to == null || doneTo == null) {
            return to == null ? doneTo : to;
        }
        return to.isBefore(doneTo) ? to : doneTo;
    }

    /** What was typed, when it can be the number of an order. */
    @Nullable
    Long number() {
        return new Sought(q).number();
    }

    /** The terms that what was typed must have; none for a single character or signs. */
    Set<String> terms() {
        return new Sought(q).terms();
    }

    /** Whether nothing that has ended can be on the list. */
    boolean onlyOpen() {
        return late
                || up != null
                || stage == Stage.OPEN
                || state != null && state.open()
                || fact != null && fact.onlyOpen();
    }

    /** Whether only a single character was typed, which no index knows. */
    public boolean tooShort() {
        return !q.isEmpty() && number() == null && terms().isEmpty();
    }

    private void limitState(Where where) {
        if (state != null) {
            where.and("o.state = :state", "state", state.code());
        } else if (stage == Stage.OPEN) {
            where.and(Fact.OPEN.condition());
        } else if (stage == Stage.FINISHED) {
            where.and("not (" + Fact.OPEN.condition() + ")");
        }
    }

    private void limitDays(Where where) {
        if (from != null) {
            where.and("o.submitted_at >= :from", "from", java.sql.Timestamp.from(CivilTime.startOf(from)));
        }
        if (to != null) {
            where.and("o.submitted_at < :to", "to", java.sql.Timestamp.from(CivilTime.startOf(to.plusDays(1))));
        }
        if (doneFrom != null) {
            where.and("o.closed_at >= :doneFrom", "doneFrom", java.sql.Timestamp.from(CivilTime.startOf(doneFrom)));
        }
        if (doneTo != null) {
            where.and(
                    "o.closed_at < :doneTo", "doneTo", java.sql.Timestamp.from(CivilTime.startOf(doneTo.plusDays(1))));
        }
    }

    /** Words that must all be there: see {@link Sought#limit}. */
    void limitWords(Where where, String known) {
        new Sought(q).limit(where, known);
    }

    private static @Nullable String match(Pattern form, @Nullable String text) {
        return text != null && form.matcher(text).matches() ? text : null;
    }

    private static @Nullable Long number(@Nullable String text) {
        return match(NUMBER, text) == null ? null : Long.valueOf(text);
    }

    private static @Nullable Level level(@Nullable String text) {
        var level = constant(Level.class, text);
        return Escalated.isOne(level) ? level : null;
    }

    static @Nullable String area(@Nullable String text) {
        return match(AREA, text);
    }

    static @Nullable LocalDate day(@Nullable String text) {
        if (text == null || text.length() != 10) {
            return null;
        }
        try {
            var day = LocalDate.parse(text);
            return day.isBefore(EARLIEST) || day.isAfter(LATEST) ? null : day;
        } catch (DateTimeException e) {
            return null;
        }
    }

    public static <E extends Enum<E>> @Nullable E constant(Class<E> type, @Nullable String text) {
        for (var constant : type.getEnumConstants()) {
            if (constant.name().toLowerCase(Locale.ROOT).equals(text)) {
                return constant;
            }
        }
        return null;
    }

    /** Without control characters (PostgreSQL stores no NUL), and never longer than anybody would type. */
    public static String search(@Nullable String text) {
        if (text == null) {
            return "";
        }
        var clean = text.replaceAll("[\\p{Cntrl}\\p{Cs}]", " ").strip();
        return clean.length() > LONGEST_SEARCH ? clean.substring(0, LONGEST_SEARCH) : clean;
    }
}

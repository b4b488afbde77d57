package org.hemei.workorder.inbox;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.hemei.platform.Reader;
import org.hemei.platform.db.Where;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.Grams;
import org.hemei.workorder.HouseNumbers;
import org.hemei.workorder.inbox.Inbox.Filter;
import org.hemei.workorder.inbox.Inbox.Totals;
import org.hemei.workorder.inbox.InboxRow.Band;
import org.hemei.workorder.list.OrderListQueries;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Filters what waits for a reader, says how much there is of what, and reads it page by page, the shortest time left first. */
@Component
class InboxFinder {

    /** What a phone scrolls through without getting lost. */
    static final int PAGE = 25;

    /** Where a page begins: after that row; without a due time it stands behind all that have one. */
    record Key(@Nullable Instant due, int district, long id, String need) {

        private static final Pattern FORM =
                Pattern.compile("(\\d{1,17}|x)\\.(\\d{1,9})\\.(\\d{1,18})\\.([a-z_]{1,40})");

        static @Nullable Key of(@Nullable String text) {
            var match = FORM.matcher(text == null ? "" : text);
            if (!match.matches()) {
                return null;
            }
            var due = match.group(1);
            return new Key(
                    due.equals("x") ? null : Instant.EPOCH.plus(Long.parseLong(due), ChronoUnit.MICROS),
                    Integer.parseInt(match.group(2)),
                    Long.parseLong(match.group(3)),
                    match.group(4));
        }

        static Key after(InboxRow row) {
            return new Key(
                    row.due(), row.id().district(), row.id().id(), row.need().code());
        }

        @Override
        public String toString() {
            return (due == null ? "x" : ChronoUnit.MICROS.between(Instant.EPOCH, due)) + "." + district + "." + id + "."
                    + need;
        }
    }

    /** @param next key of the page after it; null on the last */
    record Page(List<InboxRow> rows, @Nullable Key next) {}

    /** With what the menus and the bands are made of; {@code kept} says what the filter leaves. */
    private static final String SEEN = """
            , seen as (
                select m.need, m.due, o.estate, e.name as estate_name, coalesce(top.code, c.code) as branch,
                       coalesce(top.name, c.name) as branch_name, (%s) as kept
            """;

    private static final String TOTALS = """
            )
            select 'all' as what, '' as code, '' as words, count(*) as n, count(*) filter (where due < :now) as late,
                   min(due) filter (where due >= :now) as next
            from seen
            union all
            select 'estate', cast(estate as text), estate_name, count(*), 0, null from seen group by estate, estate_name
            union all
            select 'category', branch, branch_name, count(*), 0, null from seen group by branch, branch_name
            union all
            select 'need', need, '', count(*), 0, null from seen group by need
            union all
            select 'band', case when due is null then 'LATER' when due < :now then 'LATE' when due < :soon then 'SOON'
                                when due < :tomorrow then 'TODAY' else 'LATER' end, '', count(*), 0, null
            from seen where kept group by 2
            order by 1, 4 desc, 3
            """;

    private final InboxQueries queries;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    InboxFinder(InboxQueries queries, JdbcClient jdbc, InstantSource clock) {
        this.queries = queries;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Inbox find(Reader reader, Filter filter, @Nullable String after) {
        var key = Key.of(after);
        // a board is for the eye: its columns are no pages
        var page = filter.board() ? page(reader, filter, null, InboxQueries.MOST) : page(reader, filter, key, PAGE);
        var next = page.next();
        return new Inbox(
                page.rows(),
                totals(reader, filter),
                filter,
                clock.instant(),
                key == null || filter.board() ? null : key.toString(),
                next == null ? null : next.toString());
    }

    private Page page(Reader reader, Filter filter, @Nullable Key after, int most) {
        var where = limits(filter);
        if (after != null) {
            beyond(where, after);
        }
        var rows = queries.rows(reader, where, most + 1);
        return rows.size() <= most
                ? new Page(rows, null)
                : new Page(List.copyOf(rows.subList(0, most)), Key.after(rows.get(most - 1)));
    }

    /** All that the filter leaves, at most so many. */
    List<InboxRow> all(Reader reader, Filter filter, int most) {
        return queries.rows(reader, limits(filter), most);
    }

    private static void beyond(Where where, Key after) {
        var tie = "(m.district, m.id, m.need) > (:keyDistrict, :keyId, :keyNeed)";
        where.with("keyDistrict", after.district).with("keyId", after.id).with("keyNeed", after.need);
        var due = after.due;
        if (due == null) {
            where.and("m.due is null and " + tie);
        } else {
            where.and("m.due is null or m.due > :keyDue or m.due = :keyDue and " + tie, "keyDue", Timestamp.from(due));
        }
    }

    /** On what {@link InboxQueries#JOINS} joins. */
    private Where limits(Filter filter) {
        var where = new Where();
        var house = HouseNumbers.in(filter.q());
        if (!house.terms().isEmpty()) {
            // of an anonymous order only what its title, words and building say: whoever handles it may not know more
            where.and(
                            "w.grams @> case when o.anonymous then cast(:known as text[]) else cast(:house as text[]) end",
                            "house",
                            house.terms().toArray(String[]::new))
                    .with("known", house.terms().stream().map(Grams::known).toArray(String[]::new));
        }
        var words = house.terms().isEmpty() ? filter.q() : house.rest();
        if (!words.isEmpty()) {
            where.and("""
                    position(lower(:q) in lower(w.title || ' ' || w.words || ' ' || e.name || coalesce(' ' || b.name, '') || ' '
                        || to_char(o.submitted_at at time zone 'Asia/Shanghai', 'YYMMDD') || '-'
                        || lpad(o.id::text, greatest(4, length(o.id::text)), '0'))) > 0""", "q", words);
        }
        if (filter.estate() != null) {
            where.and("o.estate = :estate", "estate", filter.estate());
        }
        if (filter.category() != null) {
            where.and("coalesce(top.code, c.code) = :branch", "branch", filter.category());
        }
        if (filter.need() != null) {
            where.and("m.need = :need", "need", filter.need().code());
        }
        if (filter.today()) {
            where.and("m.due < :dayEnd", "dayEnd", Timestamp.from(tomorrow()));
        }
        return where;
    }

    private Instant tomorrow() {
        return CivilTime.startOf(CivilTime.date(clock.instant()).plusDays(1));
    }

    private Totals totals(Reader reader, Filter filter) {
        var where = limits(filter);
        var sql = InboxQueries.with(reader, where, CivilTime.date(clock.instant()))
                + SEEN.formatted(where.sql())
                + InboxQueries.JOINS
                + TOTALS;
        var lines = jdbc.sql(sql)
                .params(where.params())
                .param("now", Timestamp.from(clock.instant()))
                .param("soon", Timestamp.from(clock.instant().plus(InboxRow.SOON)))
                .param("tomorrow", Timestamp.from(tomorrow()))
                .query(InboxFinder::line)
                .list();
        var whole = lines.stream()
                .filter(line -> line.what.equals("all"))
                .findFirst()
                .orElseThrow();
        Map<Band, Integer> bands = new EnumMap<>(Band.class);
        of(lines, "band").forEach(line -> bands.put(Band.valueOf(line.code), line.n));
        return new Totals(
                whole.n,
                whole.late,
                whole.next,
                bands,
                options(lines, "estate", filter, Objects.toString(filter.estate(), "")),
                options(lines, "category", filter, Objects.toString(filter.category(), "")),
                options(
                        lines,
                        "need",
                        filter,
                        filter.need() == null ? "" : filter.need().code()));
    }

    private record Line(
            String what,
            String code,
            String words,
            int n,
            int late,
            @Nullable Instant next) {}

    private static Line line(ResultSet r, int n) throws SQLException {
        return new Line(
                r.getString("what"),
                r.getString("code"),
                r.getString("words"),
                r.getInt("n"),
                r.getInt("late"),
                OrderListQueries.instant(r, "next"));
    }

    private static List<Line> of(List<Line> lines, String what) {
        return lines.stream().filter(line -> line.what.equals(what)).toList();
    }

    private static List<Inbox.Option> options(List<Line> lines, String name, Filter filter, String chosen) {
        var options = new ArrayList<Inbox.Option>();
        for (var line : of(lines, name)) {
            var words = name.equals("need")
                    ? Need.valueOf(line.code.toUpperCase(Locale.ROOT)).words()
                    : line.words;
            options.add(new Inbox.Option(
                    words, line.n, filter.address().with(name, line.code).toString(), line.code.equals(chosen)));
        }
        return List.copyOf(options);
    }
}

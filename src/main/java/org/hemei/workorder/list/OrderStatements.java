package org.hemei.workorder.list;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.stream.LongStream;
import org.hemei.platform.Reader;
import org.hemei.platform.db.Where;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.Grams;
import org.hemei.workorder.list.OrderListQueries.Key;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The statements that find orders, each within the scope of its reader. None is run here; a test looks at their plans. */
@Component
class OrderStatements {

    static final String NEWEST = "order by o.submitted_at desc, o.id desc";
    static final String SOONEST = "order by o.falls_due, o.id";

    /** A subselect that is not pulled up: one look-up for each order that is walked past, whatever the planner guesses. */
    private static final String WORDS = """
            cross join lateral (select w.title, w.words, w.place, w.grams from work_order_words w
                                where w.district = o.district and w.order_id = o.id offset 0) w
            """;

    /** Of those that are counted. */
    static final int WEIGHED = 3_000;

    /** A statement that finds orders, with its parameters: the plans of these are looked at by a test. */
    record Hot(String name, String sql, Map<String, Object> params, String order) {

        Hot(String name, String sql, Map<String, Object> params) {
            this(name, sql, params, NEWEST);
        }
    }

    private final OrderPaths paths;
    private final InstantSource clock;

    OrderStatements(OrderPaths paths, InstantSource clock) {
        this.paths = paths;
        this.clock = clock;
    }

    /** The newest of the scope, filtered while they are walked past. */
    Hot newest(Reader reader, OrderFilter filter, @Nullable Key after, int most) {
        var where = within(reader, filter);
        var sql = "select o.* from (" + walk(reader, filter, after, most, where) + ") o\nwhere " + where.sql() + "\n"
                + NEWEST + "\nlimit " + (OrderListQueries.PAGE + 1);
        return new Hot("newest", sql, where.params());
    }

    /**
     * Those whose clock runs, the shortest time left first: of each district, or of each community, its own first ones, merged. A
     * district keeps its open orders by when they are due (work_order_due), so that a city reads a page of each and no more.
     */
    Hot due(Reader reader, OrderFilter filter, @Nullable Key after, int most) {
        var where = within(reader, filter);
        words(where, reader, filter);
        var way = paths.due(reader, filter, after);
        where.params().putAll(way.params());
        var words = filter.q().isEmpty() ? "" : WORDS;
        return new Hot("due", way.first(most, words, where.sql(), SOONEST), where.params(), SOONEST);
    }

    /**
     * The newest of those that are open, when the newest of all are mostly others: of open ones there are as many as people have to do,
     * and they are looked through and sorted. Empty where no index leads to them alone.
     */
    Optional<Hot> open(Reader reader, OrderFilter filter, @Nullable Key after, int most) {
        return paths.open(reader, filter, after).map(way -> {
            var where = within(reader, filter);
            words(where, reader, filter);
            where.params().putAll(way.params());
            var words = filter.q().isEmpty() ? "" : WORDS;
            var sql = "select o.* from (" + way.sql() + ") o\n" + words + "where " + where.sql() + "\n" + NEWEST
                    + "\nlimit " + most;
            return new Hot("open", sql, where.params());
        });
    }

    /** The newest with the words read along: for what is not rare, and for what has no terms. */
    Hot reading(Reader reader, OrderFilter filter, @Nullable Key after, int most) {
        var where = within(reader, filter);
        words(where, reader, filter);
        var sql = "select o.* from (" + walk(reader, filter, after, most, where) + ") o\n" + WORDS + "where "
                + where.sql() + "\n" + NEWEST + "\nlimit " + (OrderListQueries.PAGE + 1);
        return new Hot("reading", sql, where.params());
    }

    /** By the index of terms, within the last so many weeks before the key, or at any time. */
    Hot termed(Reader reader, OrderFilter filter, @Nullable Key after, int weeks, int most) {
        var where = within(reader, filter);
        words(where, reader, filter);
        var hits = new Where().and("w.grams @> cast(:terms as text[])");
        var marks = paths.newest(reader, filter, after).marks();
        if (!marks.isEmpty()) {
            hits.and("w.grams && cast(:hitPlaces as text[])", "hitPlaces", marks.toArray(String[]::new));
        }
        if (weeks > 0) {
            hits.and("w.grams && cast(:hitWeeks as text[])", "hitWeeks", weeks(filter, after, weeks));
        }
        if (after != null) {
            where.and("(o.submitted_at, o.id) < (:afterAt, :afterId)", "afterAt", Timestamp.from(after.at()))
                    .with("afterId", after.id());
        }
        where.params().putAll(hits.params());
        var sql = """
                select o.* from (select w.district, w.order_id, w.title, w.words, w.place, w.grams from work_order_words w where %s offset 0) w
                cross join lateral (select * from work_order o where o.district = w.district and o.id = w.order_id offset 0) o
                where %s
                %s limit %d""".formatted(hits.sql(), where.sql(), NEWEST, most);
        return new Hot("termed", sql, where.params());
    }

    private String[] weeks(OrderFilter filter, @Nullable Key after, int weeks) {
        var end = after == null ? clock.instant() : after.at();
        var last = filter.lastDay();
        if (last != null) {
            var dayEnd = CivilTime.startOf(last.plusDays(1));
            end = dayEnd.isBefore(end) ? dayEnd : end;
        }
        var week = Grams.weekOf(end);
        return LongStream.rangeClosed(week - weeks, week).mapToObj(Grams::week).toArray(String[]::new);
    }

    Hot byNumber(Reader reader, OrderFilter filter) {
        var where = within(reader, filter)
                .with("number", filter.number() == null ? 0L : filter.number())
                .with("numberIn", paths.districts(reader));
        var sql = """
                select o.* from unnest(cast(:numberIn as int[])) d (district)
                cross join lateral (select * from work_order o where o.district = d.district and o.id = :number offset 0) o
                where %s
                limit %d""".formatted(where.sql(), OrderListQueries.PAGE);
        return new Hot("number", sql, where.params());
    }

    Hot phoned(Reader reader, byte[] index, int most) {
        var where = within(reader, OrderFilter.of(Map.of())).with("phone", index);
        knowingWho(where, reader);
        var sql = """
                select o.* from (
                    select r.district, r.id from account a join person p on p.id = a.person
                             join work_order r on r.reporter = a.id
                    where p.phone_index = :phone
                    union
                    select w.district, w.order_id from work_order_words w where w.caller_phone_index = :phone) hit
                cross join lateral (select * from work_order o where o.district = hit.district and o.id = hit.id offset 0) o
                where %s
                %s limit %d""".formatted(where.sql(), NEWEST, most);
        return new Hot("phone", sql, where.params());
    }

    private static final String KNOWN = "not o.anonymous or o.community like any(:knowing)";

    /** Whoever may not know the reporter of an anonymous order must not find it by who or where that is. */
    private static void knowingWho(Where where, Reader reader) {
        where.and(KNOWN, "knowing", OrderScope.areas(reader).patterns());
    }

    /** The same for words of its place. Whose orders are all of their own areas knows every one. */
    private static void words(Where where, Reader reader, OrderFilter filter) {
        if (OrderScope.holders(reader).isEmpty() && OrderScope.helpers(reader).isEmpty()) {
            filter.limitWords(where, "");
            return;
        }
        where.with("knowing", OrderScope.areas(reader).patterns());
        filter.limitWords(where, KNOWN);
    }

    Hot counting(Reader reader, OrderFilter filter) {
        var where = within(reader, filter);
        var few = filter.byDue() ? Optional.of(paths.due(reader, filter, null)) : paths.open(reader, filter, null);
        if (few.isPresent()) {
            var way = few.get();
            where.params().putAll(way.params());
            return new Hot(
                    "counting open",
                    "select count(*), 0 from (select from (" + way.sql() + ") o where " + where.sql() + " limit "
                            + (OrderListQueries.COUNTED + 1) + ") o",
                    where.params());
        }
        // where nothing is filtered away, one more than is counted says enough
        var most = filter.any() ? WEIGHED : OrderListQueries.COUNTED + 1;
        var sql = "select count(*) filter (where " + where.sql() + "), count(*) from ("
                + walk(reader, filter, null, most, where) + ") o";
        return new Hot("counting", sql, where.params());
    }

    /** A resident's own, by number or words, newest first. */
    Hot own(Reader reader, OrderFilter filter, @Nullable Key after, int most) {
        var where = new Where().with("me", reader.account());
        filter.limit(where, clock.instant());
        if (after != null) {
            where.and("(o.submitted_at, o.id) < (:afterAt, :afterId)", "afterAt", Timestamp.from(after.at()))
                    .with("afterId", after.id());
        }
        if (filter.number() == null) {
            filter.limitWords(where, "");
        } else {
            where.and("o.id = :number", "number", filter.number());
        }
        var sql = "select o.* from (select * from work_order where reporter = :me) o\n" + WORDS + "where " + where.sql()
                + "\n" + NEWEST + "\nlimit " + most;
        return new Hot("own", sql, where.params());
    }

    /** All the filter finds, at most so many. */
    Hot everything(Reader reader, OrderFilter filter, int most) {
        if (filter.byDue()) {
            return due(reader, filter, null, most);
        }
        if (!filter.terms().isEmpty()) {
            return termed(reader, filter, null, 0, most);
        }
        var open = open(reader, filter, null, most);
        if (open.isPresent()) {
            return open.get();
        }
        var where = within(reader, filter);
        words(where, reader, filter);
        var words = filter.q().isEmpty() ? "" : WORDS;
        var sql = "select o.* from (" + walk(reader, filter, null, Integer.MAX_VALUE, where) + ") o\n" + words
                + "where " + where.sql() + "\n" + NEWEST + "\nlimit " + most;
        return new Hot("everything", sql, where.params());
    }

    private String walk(Reader reader, OrderFilter filter, @Nullable Key after, int most, Where where) {
        var way = paths.newest(reader, filter, after);
        where.params().putAll(way.params());
        return way.sql(most);
    }

    Where within(Reader reader, OrderFilter filter) {
        var where = new Where();
        OrderScope.limit(where, reader);
        filter.limit(where, clock.instant());
        if (filter.unit() != null) {
            knowingWho(where, reader);
        }
        return where;
    }
}

package org.hemei.workorder.list;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.hemei.platform.Reader;
import org.hemei.platform.db.Where;
import org.hemei.workorder.Channel;
import org.hemei.workorder.Grams;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.Urgency;
import org.hemei.workorder.archive.PastYears;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The list of orders within somebody's scope, newest first, paged by key; as quick among ten million as among ten. A list
 * walks the newest orders of its scope and stops when the page is full, or when it has looked at {@value #LOOKED}: then it says
 * how far it came. A text is looked for the same way first; what is too rare for that is found by its terms, in growing windows
 * of weeks (decision 32).
 */
@Component
public class OrderListQueries {

    public static final int PAGE = 50;
    /** Beyond this a count says 'more than'. */
    static final int COUNTED = 1000;
    /** Orders a list looks at first: mostly that fills a page. */
    private static final int NEAR = 1_000;
    /** Orders a list looks at before it offers to go on. */
    static final int LOOKED = 20_000;
    /** Of those whose words are compared, which costs more. */
    static final int READ = 2_000;
    /** Of those that are counted. */
    private static final int WEIGHED = 3_000;

    /** Windows in weeks, in which rare words are looked for one after the other; 0 is all time. */
    private static final List<Integer> WINDOWS = List.of(1, 5, 27, 0);

    private static final Pattern KEY = Pattern.compile("(\\d{1,18})\\.(\\d{1,18})");

    static final String NEWEST = "order by o.submitted_at desc, o.id desc";

    /** A subselect that is not pulled up: one look-up for each order that is walked past, whatever the planner guesses. */
    private static final String WORDS = """
            cross join lateral (select w.title, w.words, w.grams from work_order_words w
                                where w.district = o.district and w.order_id = o.id offset 0) w
            """;

    private static final String SHOWN = """
            select o.district, o.id, o.submitted_at, w.title, e.name as estate_name, b.name as building_name,
                   c.name as category_name, o.urgency, o.state, o.channel, h.short_name as holder_name, o.due_at,
                   o.contacted_at, o.resolved_at, o.closed_at, o.solved, o.satisfied, o.joined, o.urged,
                   case when o.state = 'suspended' then (select b.waits from order_clock k join obstacle b on b.code = k.obstacle
                                                          where k.district = o.district and k.order_id = o.id and k.part = 'work'
                                                          order by b.valid @> cast(k.stopped_at at time zone 'Asia/Shanghai' as date) desc
                                                          limit 1) end as waits
            from found o
                     join work_order_words w on w.district = o.district and w.order_id = o.id
                     join estate e on e.id = o.estate
                     join category c on c.code = o.category
                     left join building b on b.id = o.building
                     left join body h on h.id = o.holder
            """;

    /** Where a page begins: after the order that was the last one of the page before. */
    public record Key(Instant submittedAt, long id) {

        public static @Nullable Key of(@Nullable String text) {
            var match = KEY.matcher(text == null ? "" : text);
            if (!match.matches()) {
                return null;
            }
            return new Key(
                    Instant.EPOCH.plus(Long.parseLong(match.group(1)) % 100_000_000_000_000_000L, ChronoUnit.MICROS),
                    Long.parseLong(match.group(2)));
        }

        @Override
        public String toString() {
            return ChronoUnit.MICROS.between(Instant.EPOCH, submittedAt) + "." + id;
        }
    }

    /**
     * @param more the key of the next page; null on the last
     * @param upTo how far back was looked when that was not far enough to fill the page; null when nothing was left out
     */
    public record Page(
            List<OrderRow> rows,
            @Nullable Key more,
            @Nullable Instant upTo) {
        static final Page NONE = new Page(List.of(), null, null);
    }

    /** @param more whether there are more than these; the page says 以上 then */
    public record Count(int n, boolean more) {}

    /** A statement that finds orders, with its parameters: the plans of these are looked at by a test. */
    record Hot(String name, String sql, Map<String, Object> params) {}

    private final JdbcClient jdbc;
    private final OrderPaths paths;
    private final PastYears past;
    private final InstantSource clock;

    OrderListQueries(JdbcClient jdbc, OrderPaths paths, PastYears past, InstantSource clock) {
        this.past = past;
        this.jdbc = jdbc;
        this.paths = paths;
        this.clock = clock;
    }

    public Page page(Reader reader, OrderFilter filter, @Nullable Key after) {
        return filter.past() ? past.read(() -> found(reader, filter, after)) : found(reader, filter, after);
    }

    private Page found(Reader reader, OrderFilter filter, @Nullable Key after) {
        if (filter.number() != null) {
            var one = rows(byNumber(reader, filter));
            if (!one.isEmpty() || filter.terms().isEmpty()) {
                return new Page(one, null, null);
            }
        }
        if (filter.q().isEmpty()) {
            var first = rows(newest(reader, filter, after, NEAR));
            return first.size() > PAGE || edge(reader, filter, after, NEAR).isEmpty()
                    ? page(first, null)
                    : walked(reader, filter, after, rows(newest(reader, filter, after, LOOKED)), LOOKED);
        }
        var near = rows(reading(reader, filter, after));
        if (near.size() > PAGE) {
            return page(near, null);
        }
        if (filter.terms().isEmpty()) {
            // one character has no pair to look up
            return walked(reader, filter, after, near, READ);
        }
        return byTerms(reader, filter, after);
    }

    private Page byTerms(Reader reader, OrderFilter filter, @Nullable Key after) {
        var found = List.<OrderRow>of();
        for (int weeks : WINDOWS) {
            found = rows(termed(reader, filter, after, weeks, PAGE + 1));
            if (found.size() > PAGE) {
                break;
            }
        }
        return page(found, null);
    }

    private Page page(List<OrderRow> rows, @Nullable Instant upTo) {
        if (rows.size() <= PAGE) {
            return new Page(rows, null, upTo);
        }
        var last = rows.get(PAGE - 1);
        return new Page(
                List.copyOf(rows.subList(0, PAGE)),
                new Key(last.submittedAt(), last.id().id()),
                null);
    }

    /** A page that is not full although there is more to look at leads on from where the look ended. */
    private Page walked(Reader reader, OrderFilter filter, @Nullable Key after, List<OrderRow> rows, int most) {
        if (rows.size() > PAGE) {
            return page(rows, null);
        }
        return edge(reader, filter, after, most)
                .map(key -> new Page(rows, key, key.submittedAt()))
                .orElseGet(() -> page(rows, null));
    }

    /** The last of so many on the way; empty when there are fewer. */
    private Optional<Key> edge(Reader reader, OrderFilter filter, @Nullable Key after, int most) {
        var way = paths.newest(reader, filter, after);
        return jdbc.sql("select o.submitted_at, o.id from (" + way.sql(most) + ") o\n" + NEWEST + "\nlimit 1 offset "
                        + (most - 1))
                .params(way.params())
                .query((r, n) -> new Key(r.getTimestamp(1).toInstant(), r.getLong(2)))
                .optional();
    }

    private List<OrderRow> rows(Hot found) {
        return jdbc.sql("with found as materialized (\n" + found.sql + "\n)\n" + SHOWN + NEWEST)
                .params(found.params)
                .query(OrderListQueries::read)
                .list();
    }

    /** The newest of the scope, filtered while they are walked past. */
    Hot newest(Reader reader, OrderFilter filter, @Nullable Key after, int most) {
        var where = within(reader, filter);
        var sql = "select o.* from (" + walk(reader, filter, after, most, where) + ") o\nwhere " + where.sql() + "\n"
                + NEWEST + "\nlimit " + (PAGE + 1);
        return new Hot("newest", sql, where.params());
    }

    /** The same with the words read along: for what is not rare, and for what has no terms. */
    Hot reading(Reader reader, OrderFilter filter, @Nullable Key after) {
        var where = within(reader, filter);
        filter.limitWords(where);
        var sql = "select o.* from (" + walk(reader, filter, after, READ, where) + ") o\n" + WORDS + "where "
                + where.sql() + "\n" + NEWEST + "\nlimit " + (PAGE + 1);
        return new Hot("reading", sql, where.params());
    }

    /** By the index of terms, within the last so many weeks before the key, or at any time. */
    Hot termed(Reader reader, OrderFilter filter, @Nullable Key after, int weeks, int most) {
        var where = within(reader, filter);
        filter.limitWords(where);
        var hits = new Where().and("w.grams @> cast(:terms as text[])");
        var marks = paths.newest(reader, filter, after).marks();
        if (!marks.isEmpty()) {
            hits.and("w.grams && cast(:hitPlaces as text[])", "hitPlaces", marks.toArray(String[]::new));
        }
        if (weeks > 0) {
            hits.and("w.grams && cast(:hitWeeks as text[])", "hitWeeks", weeks(filter, after, weeks));
        }
        if (after != null) {
            where.and("(o.submitted_at, o.id) < (:afterAt, :afterId)", "afterAt", Timestamp.from(after.submittedAt()))
                    .with("afterId", after.id());
        }
        where.params().putAll(hits.params());
        var sql = """
                select o.* from (select w.district, w.order_id, w.title, w.words, w.grams from work_order_words w where %s offset 0) w
                cross join lateral (select * from work_order o where o.district = w.district and o.id = w.order_id offset 0) o
                where %s
                %s limit %d""".formatted(hits.sql(), where.sql(), NEWEST, most);
        return new Hot("termed", sql, where.params());
    }

    private String[] weeks(OrderFilter filter, @Nullable Key after, int weeks) {
        var end = after == null ? clock.instant() : after.submittedAt();
        var last = filter.lastDay();
        if (last != null) {
            var dayEnd = org.hemei.platform.time.CivilTime.startOf(last.plusDays(1));
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
                limit %d""".formatted(where.sql(), PAGE);
        return new Hot("number", sql, where.params());
    }

    /**
     * By the phone of whoever filed it or for whom it was filed, newest first. A company finds none that is anonymous to it.
     *
     * @param index the blind index of the phone
     */
    public List<OrderRow> byPhone(Reader reader, byte[] index, int most) {
        return rows(phoned(reader, index, most));
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

    /** Whoever may not know the reporter of an anonymous order must not find it by who or where that is. */
    private static void knowingWho(Where where, Reader reader) {
        where.and(
                "not o.anonymous or o.community like any(:knowing)",
                "knowing",
                OrderScope.areas(reader).patterns());
    }

    /** A resident's own, by number or words, newest first. */
    public List<OrderRow> own(Reader reader, OrderFilter filter, int most) {
        var where = new Where().with("me", reader.account());
        filter.limit(where, clock.instant());
        if (filter.number() == null) {
            filter.limitWords(where);
        } else {
            where.and("o.id = :number", "number", filter.number());
        }
        var sql = "select o.* from (select * from work_order where reporter = :me) o\n" + WORDS + "where " + where.sql()
                + "\n" + NEWEST + "\nlimit " + most;
        return rows(new Hot("own", sql, where.params()));
    }

    /** @param page what {@link #page} gave for the first page: a list that fits on it needs no counting */
    public Count count(Reader reader, OrderFilter filter, Page page) {
        if (page.more() == null || !filter.q().isEmpty()) {
            return new Count(page.rows().size(), page.more() != null);
        }
        return filter.past() ? past.read(() -> counted(reader, filter)) : counted(reader, filter);
    }

    private Count counted(Reader reader, OrderFilter filter) {
        var counting = counting(reader, filter);
        return jdbc.sql(counting.sql)
                .params(counting.params)
                .query((r, n) ->
                        new Count(Math.min(r.getInt(1), COUNTED), r.getInt(1) > COUNTED || r.getInt(2) >= WEIGHED))
                .single();
    }

    Hot counting(Reader reader, OrderFilter filter) {
        var where = within(reader, filter);
        var sql = "select count(*) filter (where " + where.sql() + "), count(*) from ("
                + walk(reader, filter, null, WEIGHED, where) + ") o";
        return new Hot("counting", sql, where.params());
    }

    /** For an export: at most so many, read as they are written. Close it; only inside a transaction. */
    Stream<OrderRow> stream(Reader reader, OrderFilter filter, int most) {
        if (filter.past()) {
            // a cursor outlives the reading there, so this one is read whole
            return past.read(() -> rows(everything(reader, filter, most))).stream();
        }
        var found = everything(reader, filter, most);
        return jdbc
                .sql("with found as materialized (\n" + found.sql + "\n)\n" + SHOWN + NEWEST)
                .withFetchSize(500)
                .params(found.params)
                .query(OrderListQueries::read)
                .stream();
    }

    /** The ids of all the filter finds, newest first, at most so many. */
    public List<OrderId> ids(Reader reader, OrderFilter filter, int most) {
        var found = everything(reader, filter, most);
        return jdbc.sql(found.sql)
                .params(found.params)
                .query((r, n) -> new OrderId(r.getInt("district"), r.getLong("id")))
                .list();
    }

    /** Those of the orders that the reader may see, in the order given. */
    public List<OrderId> within(Reader reader, List<OrderId> ids) {
        var where = within(reader, OrderFilter.of(Map.of()))
                .with("pickedDistricts", ids.stream().map(OrderId::district).toArray(Integer[]::new))
                .with("picked", ids.stream().map(OrderId::id).toArray(Long[]::new));
        return jdbc.sql("""
                select o.district, o.id
                from unnest(cast(:pickedDistricts as int[]), cast(:picked as bigint[])) with ordinality p (district, id, n)
                         join work_order o on o.district = p.district and o.id = p.id
                where %s
                order by p.n
                """.formatted(where.sql()))
                .params(where.params())
                .query((r, n) -> new OrderId(r.getInt(1), r.getLong(2)))
                .list();
    }

    /** Those of the orders that the reader may see, newest first: the ticked ones of a list. */
    List<OrderRow> chosen(Reader reader, boolean archived, List<OrderId> ids) {
        var where = within(reader, OrderFilter.of(Map.of()))
                .with("pickedDistricts", ids.stream().map(OrderId::district).toArray(Integer[]::new))
                .with("picked", ids.stream().map(OrderId::id).toArray(Long[]::new));
        var sql = """
                select distinct o.* from unnest(cast(:pickedDistricts as int[]), cast(:picked as bigint[])) p (district, id)
                         join work_order o on o.district = p.district and o.id = p.id
                where %s
                """.formatted(where.sql());
        var hot = new Hot("chosen", sql, where.params());
        return archived ? past.read(() -> rows(hot)) : rows(hot);
    }

    private Hot everything(Reader reader, OrderFilter filter, int most) {
        if (filter.number() != null) {
            var one = byNumber(reader, filter);
            if (filter.terms().isEmpty() || !rows(one).isEmpty()) {
                return one;
            }
        }
        if (!filter.terms().isEmpty()) {
            return termed(reader, filter, null, 0, most);
        }
        var where = within(reader, filter);
        filter.limitWords(where);
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

    private Where within(Reader reader, OrderFilter filter) {
        var where = new Where();
        OrderScope.limit(where, reader);
        filter.limit(where, clock.instant());
        if (filter.unit() != null) {
            knowingWho(where, reader);
        }
        return where;
    }

    static OrderRow read(ResultSet r, int n) throws SQLException {
        return new OrderRow(
                new OrderId(r.getInt("district"), r.getLong("id")),
                r.getTimestamp("submitted_at").toInstant(),
                r.getString("title"),
                r.getString("estate_name"),
                r.getString("building_name"),
                r.getString("category_name"),
                Urgency.of(r.getString("urgency")),
                OrderState.of(r.getString("state")),
                Channel.of(r.getString("channel")),
                r.getString("holder_name"),
                instant(r, "due_at"),
                instant(r, "contacted_at"),
                instant(r, "resolved_at"),
                instant(r, "closed_at"),
                (Boolean) r.getObject("solved"),
                (Integer) r.getObject("satisfied"),
                r.getInt("joined"),
                r.getInt("urged"),
                r.getString("waits"));
    }

    /** Words for a file: phones and other long numbers that somebody wrote are masked. */
    public static String masked(String words) {
        return OrderExport.masked(words);
    }

    public static @Nullable Instant instant(ResultSet r, String column) throws SQLException {
        var at = r.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}

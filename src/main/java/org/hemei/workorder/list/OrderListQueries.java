package org.hemei.workorder.list;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hemei.platform.Reader;
import org.hemei.platform.transfer.ListSheets;
import org.hemei.workorder.Channel;
import org.hemei.workorder.HotlineDay;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.Urgency;
import org.hemei.workorder.archive.PastYears;
import org.hemei.workorder.list.OrderStatements.Hot;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The list of orders within somebody's scope, newest first, paged by key; as quick among ten million as among ten. A list
 * walks the newest orders of its scope and stops when the page is full, or when it has looked at {@value #LOOKED}: then it says
 * how far it came. Where only open orders are wanted and the newest are others, all open ones are looked through. A text is looked for the same way first; what is too rare for that is found by its terms, in growing windows
 * of weeks (decision 32). By time left it shows those whose clock runs, which are few however many orders there are.
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
    /** Of these, to tell how rare a word is. */
    private static final int GLANCE = 250;
    /** Windows in weeks, in which rare words are looked for one after the other; 0 is all time. */
    private static final List<Integer> WINDOWS = List.of(1, 5, 27, 0);

    private static final Pattern KEY = Pattern.compile("(\\d{1,18})\\.(\\d{1,18})");

    private static final String SHOWN = """
            select o.district, o.id, o.submitted_at, w.title, e.name as estate_name, b.name as building_name,
                   c.name as category_name, o.urgency, o.state, o.channel, h.short_name as holder_name,
                   o.falls_due as due_at, o.falls_due < o.due_at as contact_first,
                   o.contacted_at, o.resolved_at, o.closed_at, o.solved, o.satisfied, o.joined, o.urged,
            """ + HotlineDay.SQL + """
                    as hotline_due,
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

    /**
     * Where a page begins: after the order that was the last one of the page before.
     *
     * @param at what the list is sorted by: when it was filed, or when it is due
     */
    public record Key(Instant at, long id) {

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
            return ChronoUnit.MICROS.between(Instant.EPOCH, at) + "." + id;
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

    private final JdbcClient jdbc;
    private final OrderStatements statements;
    private final OrderPaths paths;
    private final PastYears past;

    OrderListQueries(JdbcClient jdbc, OrderStatements statements, OrderPaths paths, PastYears past) {
        this.jdbc = jdbc;
        this.statements = statements;
        this.paths = paths;
        this.past = past;
    }

    public Page page(Reader reader, OrderFilter filter, @Nullable Key after) {
        return past.read(!filter.past(), () -> found(reader, filter, after));
    }

    private Page found(Reader reader, OrderFilter filter, @Nullable Key after) {
        if (filter.number() != null) {
            var one = rows(statements.byNumber(reader, filter));
            if (!one.isEmpty() || filter.terms().isEmpty()) {
                return new Page(one, null, null);
            }
        }
        if (filter.byDue()) {
            return page(rows(statements.due(reader, filter, after, PAGE + 1)), null, true);
        }
        if (filter.q().isEmpty()) {
            var first = rows(statements.newest(reader, filter, after, NEAR));
            if (first.size() > PAGE || edge(reader, filter, after, NEAR).isEmpty()) {
                return page(first, null);
            }
            var open = statements.open(reader, filter, after, PAGE + 1);
            return open.isPresent()
                    ? page(rows(open.get()), null)
                    : walked(reader, filter, after, rows(statements.newest(reader, filter, after, LOOKED)), LOOKED);
        }
        if (!filter.terms().isEmpty()) {
            return worded(reader, filter, after);
        }
        // one character has no pair to look up
        var open = statements.open(reader, filter, after, PAGE + 1);
        return open.isPresent()
                ? page(rows(open.get()), null)
                : walked(reader, filter, after, rows(statements.reading(reader, filter, after, READ)), READ);
    }

    /** By a glance at the newest it is told whether reading on will fill the page, or the index of terms is the shorter way. */
    private Page worded(Reader reader, OrderFilter filter, @Nullable Key after) {
        var glance = rows(statements.reading(reader, filter, after, GLANCE));
        if (glance.size() > PAGE || edge(reader, filter, after, GLANCE).isEmpty()) {
            return page(glance, null);
        }
        if (glance.size() * READ >= PAGE * GLANCE) {
            var near = rows(statements.reading(reader, filter, after, READ));
            if (near.size() > PAGE || edge(reader, filter, after, READ).isEmpty()) {
                return page(near, null);
            }
        }
        return byTerms(reader, filter, after);
    }

    private Page byTerms(Reader reader, OrderFilter filter, @Nullable Key after) {
        var found = List.<OrderRow>of();
        for (int weeks : WINDOWS) {
            found = rows(statements.termed(reader, filter, after, weeks, PAGE + 1));
            if (found.size() > PAGE) {
                break;
            }
        }
        return page(found, null);
    }

    private static Page page(List<OrderRow> rows, @Nullable Instant upTo) {
        return page(rows, upTo, false);
    }

    private static Page page(List<OrderRow> rows, @Nullable Instant upTo, boolean due) {
        if (rows.size() <= PAGE) {
            return new Page(rows, null, upTo);
        }
        var last = rows.get(PAGE - 1);
        return new Page(
                List.copyOf(rows.subList(0, PAGE)),
                new Key(
                        due ? Objects.requireNonNull(last.dueAt()) : last.submittedAt(),
                        last.id().id()),
                null);
    }

    /** A page that is not full although there is more to look at leads on from where the look ended. */
    private Page walked(Reader reader, OrderFilter filter, @Nullable Key after, List<OrderRow> rows, int most) {
        if (rows.size() > PAGE) {
            return page(rows, null);
        }
        return edge(reader, filter, after, most)
                .map(key -> new Page(rows, key, key.at()))
                .orElseGet(() -> page(rows, null));
    }

    /** The last of so many on the way; empty when there are fewer. */
    private Optional<Key> edge(Reader reader, OrderFilter filter, @Nullable Key after, int most) {
        var way = paths.newest(reader, filter, after);
        return jdbc.sql("select o.submitted_at, o.id from (" + way.sql(most) + ") o\n" + OrderStatements.NEWEST
                        + "\nlimit 1 offset " + (most - 1))
                .params(way.params())
                .query((r, n) -> new Key(r.getTimestamp(1).toInstant(), r.getLong(2)))
                .optional();
    }

    private List<OrderRow> rows(Hot found) {
        return jdbc.sql("with found as materialized (\n" + found.sql() + "\n)\n" + SHOWN + found.order())
                .params(found.params())
                .query(OrderListQueries::read)
                .list();
    }

    /**
     * By the phone of whoever filed it or for whom it was filed, newest first. A company finds none that is anonymous to it.
     *
     * @param index the blind index of the phone
     * @param archived among those of past years, by whoever filed them: for whom they were is not kept so long
     */
    public List<OrderRow> byPhone(Reader reader, byte[] index, boolean archived, int most) {
        return past.read(!archived, () -> rows(statements.phoned(reader, index, most)));
    }

    /** A resident's own, by number or words, newest first. */
    public List<OrderRow> own(Reader reader, OrderFilter filter, @Nullable Key after, int most) {
        return past.read(!filter.past(), () -> rows(statements.own(reader, filter, after, most)));
    }

    /** @param page what {@link #page} gave for the first page: a list that fits on it needs no counting */
    public Count count(Reader reader, OrderFilter filter, Page page) {
        if (page.more() == null || !filter.q().isEmpty()) {
            return new Count(page.rows().size(), page.more() != null);
        }
        return past.read(!filter.past(), () -> counted(reader, filter));
    }

    private Count counted(Reader reader, OrderFilter filter) {
        var counting = statements.counting(reader, filter);
        return jdbc.sql(counting.sql())
                .params(counting.params())
                .query((r, n) -> new Count(
                        Math.min(r.getInt(1), COUNTED),
                        r.getInt(1) > COUNTED || r.getInt(2) >= (filter.any() ? OrderStatements.WEIGHED : COUNTED + 1)))
                .single();
    }

    /** For an export: at most so many, read as they are written. Close it; only inside a transaction. */
    Stream<OrderRow> stream(Reader reader, OrderFilter filter, int most) {
        if (filter.past()) {
            // a cursor outlives the reading there, so this one is read whole
            return past.read(() -> rows(everything(reader, filter, most))).stream();
        }
        var found = everything(reader, filter, most);
        return jdbc
                .sql("with found as materialized (\n" + found.sql() + "\n)\n" + SHOWN + found.order())
                .withFetchSize(500)
                .params(found.params())
                .query(OrderListQueries::read)
                .stream();
    }

    /** The ids of all the filter finds, newest first, at most so many. */
    public List<OrderId> ids(Reader reader, OrderFilter filter, int most) {
        var found = everything(reader, filter, most);
        return jdbc.sql(found.sql())
                .params(found.params())
                .query((r, n) -> new OrderId(r.getInt("district"), r.getLong("id")))
                .list();
    }

    /** Those of the orders that the reader may see, in the order given. */
    public List<OrderId> within(Reader reader, List<OrderId> ids) {
        var where = statements
                .within(reader, OrderFilter.of(Map.of()))
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
        var where = statements
                .within(reader, OrderFilter.of(Map.of()))
                .with("pickedDistricts", ids.stream().map(OrderId::district).toArray(Integer[]::new))
                .with("picked", ids.stream().map(OrderId::id).toArray(Long[]::new));
        var sql = """
                select distinct o.* from unnest(cast(:pickedDistricts as int[]), cast(:picked as bigint[])) p (district, id)
                         join work_order o on o.district = p.district and o.id = p.id
                where %s
                """.formatted(where.sql());
        var hot = new Hot("chosen", sql, where.params());
        return past.read(!archived, () -> rows(hot));
    }

    private Hot everything(Reader reader, OrderFilter filter, int most) {
        if (filter.number() != null) {
            var one = statements.byNumber(reader, filter);
            if (filter.terms().isEmpty() || !rows(one).isEmpty()) {
                return one;
            }
        }
        return statements.everything(reader, filter, most);
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
                r.getBoolean("contact_first"),
                instant(r, "contacted_at"),
                instant(r, "resolved_at"),
                instant(r, "closed_at"),
                (Boolean) r.getObject("solved"),
                (Integer) r.getObject("satisfied"),
                r.getInt("joined"),
                r.getInt("urged"),
                r.getObject("hotline_due", LocalDate.class),
                r.getString("waits"));
    }

    /** Words for a file: phones and other long numbers that somebody wrote are masked. */
    public static String masked(String words) {
        return ListSheets.masked(words);
    }

    public static @Nullable Instant instant(ResultSet r, String column) throws SQLException {
        var at = r.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}

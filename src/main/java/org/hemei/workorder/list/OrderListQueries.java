package org.hemei.workorder.list;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.hemei.platform.Reader;
import org.hemei.platform.db.Where;
import org.hemei.workorder.Channel;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.Urgency;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The list of orders within somebody's scope, newest first, paged by key. */
@Component
public class OrderListQueries {

    public static final int PAGE = 50;
    /** Beyond this a count says 'more than'. */
    static final int COUNTED = 1000;

    private static final Pattern KEY = Pattern.compile("(\\d{1,18})\\.(\\d{1,18})");

    private static final String FROM = """
            from work_order o
                     join work_order_words w on w.district = o.district and w.order_id = o.id
            """;

    private static final String COLUMNS = """
            select o.district, o.id, o.submitted_at, w.title, e.name as estate_name, b.name as building_name,
                   c.name as category_name, o.urgency, o.state, o.channel, h.short_name as holder_name, o.due_at,
                   o.contacted_at, o.resolved_at, o.closed_at, o.solved, o.satisfied, o.joined, o.urged
            """;

    private static final String NAMES = """
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

    /** @param more the key of the next page; null on the last */
    public record Page(List<OrderRow> rows, @Nullable Key more) {}

    private final JdbcClient jdbc;
    private final InstantSource clock;

    OrderListQueries(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    public Page page(Reader reader, OrderFilter filter, @Nullable Key after) {
        var where = within(reader, filter);
        if (after != null) {
            where.and("(o.submitted_at, o.id) < (:afterAt, :afterId)", "afterAt", Timestamp.from(after.submittedAt()))
                    .with("afterId", after.id());
        }
        var rows = jdbc.sql(COLUMNS + FROM + NAMES + "where " + where.sql()
                        + "\norder by o.submitted_at desc, o.id desc\nlimit " + (PAGE + 1))
                .params(where.params())
                .query(OrderListQueries::read)
                .list();
        if (rows.size() <= PAGE) {
            return new Page(rows, null);
        }
        var last = rows.get(PAGE - 1);
        return new Page(
                List.copyOf(rows.subList(0, PAGE)),
                new Key(last.submittedAt(), last.id().id()));
    }

    /** How many the filter finds, counted up to {@value #COUNTED} and one. */
    int count(Reader reader, OrderFilter filter) {
        var where = within(reader, filter);
        return jdbc.sql("select count(*) from (select 1 " + FROM + "where " + where.sql() + "\nlimit " + (COUNTED + 1)
                        + ") found")
                .params(where.params())
                .query(Integer.class)
                .single();
    }

    /** For an export: at most so many, read as they are written. Close it; only inside a transaction. */
    Stream<OrderRow> stream(Reader reader, OrderFilter filter, int most) {
        var where = within(reader, filter);
        return jdbc
                .sql(COLUMNS + FROM + NAMES + "where " + where.sql()
                        + "\norder by o.submitted_at desc, o.id desc\nlimit " + most)
                .withFetchSize(500)
                .params(where.params())
                .query(OrderListQueries::read)
                .stream();
    }

    private Where within(Reader reader, OrderFilter filter) {
        var where = new Where();
        OrderScope.limit(where, reader);
        filter.limit(where, clock.instant());
        return where;
    }

    private static OrderRow read(ResultSet r, int n) throws SQLException {
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
                r.getInt("urged"));
    }

    public static @Nullable Instant instant(ResultSet r, String column) throws SQLException {
        var at = r.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}

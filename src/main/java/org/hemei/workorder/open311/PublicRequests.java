package org.hemei.workorder.open311;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.db.Where;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.Stranger;
import org.hemei.workorder.archive.PastYears;
import org.hemei.workorder.list.AreaQueries;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Orders as everybody may see them: what kind of matter, in which estate, whether it stands open, by days that are over. Never what
 * somebody said or thought of it, where they live, a photo, or who they are ({@link Stranger}, docs/adr/0035). A program sees those it
 * filed at once, to the second, and with who answers for them.
 */
@Component
class PublicRequests {

    static final int MOST = 1000;

    private static final String[] OPEN = Arrays.stream(OrderState.values())
            .filter(OrderState::open)
            .map(OrderState::code)
            .toArray(String[]::new);

    private static final BigDecimal MILLION = BigDecimal.valueOf(1_000_000);

    private static final String SELECT = """
            select o.district, o.id, o.state, o.solved, o.kept, o.category, c.name as category_name, h.short_name as holder_name,
                   o.filed_by, o.submitted_at, o.closed_at, o.resolve_due, s.at as last_at, o.estate, e.name as estate_name,
                   cm.name as community_name, st.name as street_name, d.name as district_name, e.latitude, e.longitude
            from (select * from work_order o where %s) o
                     join category c on c.code = o.category
                     join estate e on e.id = o.estate
                     join area cm on cm.code = o.community
                     join area st on st.code = cm.parent
                     join area d on d.code = st.parent
                     left join body h on h.id = o.holder
                     left join lateral (select t.at from work_order_step t
                                        where t.district = o.district and t.order_id = o.id and t.seq = o.version offset 0) s on true
            order by o.submitted_at desc, o.id desc
            """;

    /**
     * @param area code of the jurisdiction; null for everything
     * @param open only those that stand open, or only those that do not; null for both
     */
    record Filter(
            @Nullable String area,
            List<String> services,
            Instant from,
            Instant to,
            @Nullable Boolean open) {}

    private final JdbcClient jdbc;
    private final PastYears past;
    private final InstantSource clock;

    PublicRequests(JdbcClient jdbc, PastYears past, InstantSource clock) {
        this.jdbc = jdbc;
        this.past = past;
        this.clock = clock;
    }

    /** Newest first, at most {@value #MOST}. A span counts by whole days: by its ends nobody finds the minute of a matter. */
    List<Node> list(Reader reader, Filter filter) {
        var from = Stranger.day(filter.from);
        var to = Stranger.dayEnd(filter.to);
        var where = new Where();
        where.and("o.submitted_at >= :from and o.submitted_at < :to", "from", Timestamp.from(from))
                .with("to", Timestamp.from(to));
        where.and(
                        "(o.submitted_at < :today or o.filed_by = :me)",
                        "today",
                        Timestamp.from(Stranger.day(clock.instant())))
                .with("me", me(reader));
        if (filter.area != null) {
            where.and("o.community like :area", "area", filter.area + "%");
            if (filter.area.length() >= 6) {
                where.and("o.district = :inDistrict", "inDistrict", Integer.valueOf(filter.area.substring(0, 6)));
            }
        }
        if (!filter.services.isEmpty()) {
            where.and("o.category = any(:services)", "services", filter.services.toArray(String[]::new));
        }
        if (filter.open != null) {
            where.and(filter.open ? "o.state = any(:open)" : "o.state <> all(:open)", "open", OPEN);
        }
        var select = SELECT.formatted(where.sql() + " order by o.submitted_at desc, o.id desc limit " + MOST);
        return jdbc.sql(past.both(select, from, to))
                .params(where.params())
                .query((r, n) -> read(r, reader))
                .list();
    }

    /** Those there are, in the order asked for. */
    List<Node> byIds(Reader reader, List<OrderId> ids) {
        return ids.stream()
                .flatMap(id -> {
                    var living = byId(reader, id);
                    return (living.isEmpty() ? past.read(() -> byId(reader, id)) : living).stream();
                })
                .toList();
    }

    private List<Node> byId(Reader reader, OrderId id) {
        return jdbc.sql(SELECT.formatted("o.district = ? and o.id = ? and (o.submitted_at < ? or o.filed_by = ?)"))
                .params(id.district(), id.id(), Timestamp.from(Stranger.day(clock.instant())), me(reader))
                .query((r, n) -> read(r, reader))
                .list();
    }

    /** Whoever files with a key; nobody's account for a stranger. */
    private static long me(Reader reader) {
        return reader.equals(Reader.VISITOR) ? -1 : reader.account();
    }

    private static Node read(ResultSet r, Reader reader) throws SQLException {
        var own = r.getLong("filed_by") == me(reader);
        var state = OrderState.of(r.getString("state"));
        var estate = r.getString("estate_name");
        var closed = r.getTimestamp("closed_at");
        var submitted = r.getTimestamp("submitted_at");
        return Node.group(
                "request",
                Node.value("service_request_id", r.getInt("district") + "-" + r.getLong("id")),
                Node.value("status", state.open() ? "open" : "closed"),
                Node.value("status_notes", own ? notes(r, state) : notes(state)),
                Node.value("service_name", r.getString("category_name")),
                Node.value("service_code", r.getString("category")),
                Node.value("description", r.getString("category_name") + "，" + estate),
                Node.value("agency_responsible", own ? r.getString("holder_name") : null),
                Node.value("service_notice", null),
                Node.value("requested_datetime", time(submitted, own)),
                Node.value("updated_datetime", time(closed == null ? last(r, submitted) : closed, own)),
                Node.value("expected_datetime", state.open() ? expected(r.getTimestamp("resolve_due"), own) : null),
                Node.value(
                        "address",
                        String.join(
                                "，",
                                estate,
                                AreaQueries.plain(r.getString("community_name")),
                                r.getString("street_name"),
                                r.getString("district_name"))),
                Node.value("address_id", r.getLong("estate")),
                Node.value("zipcode", null),
                Node.value("lat", degrees(r, "latitude")),
                Node.value("long", degrees(r, "longitude")),
                Node.value("media_url", null));
    }

    private static Timestamp last(ResultSet r, Timestamp submitted) throws SQLException {
        var last = r.getTimestamp("last_at");
        return last == null ? submitted : last;
    }

    /** The specification knows open and closed; what closed means here, and that it is not always solved, is said in words. */
    private static String notes(ResultSet r, OrderState state) throws SQLException {
        return switch (state) {
            case CLOSED -> "办结，居民说解决了。";
            case CLOSED_UNRATED -> "到期办结，居民没有评价，不算满意。";
            case MERGED -> "和 " + r.getInt("district") + "-" + r.getLong("kept") + " 是一件事，合并办理。";
            default -> state.words();
        };
    }

    /** To a stranger how it ended, not what anybody thought of it, nor with which other it was put together. */
    private static String notes(OrderState state) {
        return switch (state) {
            case CLOSED, CLOSED_UNRATED, ANSWERED -> "办结";
            case MERGED, REJECTED, WITHDRAWN, TRANSFERRED -> state.words();
            default -> "在办";
        };
    }

    private static String time(Timestamp at, boolean own) {
        return written(own ? at.toInstant() : Stranger.day(at.toInstant()));
    }

    private static @Nullable String expected(@Nullable Timestamp at, boolean own) {
        return at == null ? null : written(own ? at.toInstant() : Stranger.dayEnd(at.toInstant()));
    }

    private static String written(Instant at) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                at.atZone(CivilTime.ZONE).withNano(0));
    }

    /** Where the estate lies, not where the matter is. */
    private static @Nullable BigDecimal degrees(ResultSet r, String column) throws SQLException {
        var millionths = r.getObject(column, Integer.class);
        return millionths == null ? null : BigDecimal.valueOf(millionths).divide(MILLION);
    }
}

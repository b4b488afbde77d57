package org.hemei.workorder.open311;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.List;
import org.hemei.platform.db.Where;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.archive.PastYears;
import org.hemei.workorder.list.AreaQueries;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Orders as everybody may see them: what kind of matter, in which estate, who answers for it, how it stands and since when. Never
 * what somebody said, where they live, a photo, or who they are (docs/adr/0035).
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
                   o.submitted_at, o.closed_at, o.resolve_due, s.at as last_at, o.estate, e.name as estate_name,
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

    PublicRequests(JdbcClient jdbc, PastYears past) {
        this.jdbc = jdbc;
        this.past = past;
    }

    /** Newest first, at most {@value #MOST}. */
    List<Node> list(Filter filter) {
        var where = new Where();
        where.and("o.submitted_at >= :from and o.submitted_at <= :to", "from", Timestamp.from(filter.from))
                .with("to", Timestamp.from(filter.to));
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
        return jdbc.sql(past.both(select, filter.from, filter.to))
                .params(where.params())
                .query(PublicRequests::read)
                .list();
    }

    /** Those there are, in the order asked for. */
    List<Node> byIds(List<OrderId> ids) {
        return ids.stream()
                .flatMap(id -> {
                    var living = byId(id);
                    return (living.isEmpty() ? past.read(() -> byId(id)) : living).stream();
                })
                .toList();
    }

    private List<Node> byId(OrderId id) {
        return jdbc.sql(SELECT.formatted("o.district = ? and o.id = ?"))
                .params(id.district(), id.id())
                .query(PublicRequests::read)
                .list();
    }

    private static Node read(ResultSet r, int n) throws SQLException {
        var state = OrderState.of(r.getString("state"));
        var estate = r.getString("estate_name");
        var closed = r.getTimestamp("closed_at");
        var submitted = r.getTimestamp("submitted_at");
        return Node.group(
                "request",
                Node.value("service_request_id", r.getInt("district") + "-" + r.getLong("id")),
                Node.value("status", state.open() ? "open" : "closed"),
                Node.value("status_notes", notes(r, state)),
                Node.value("service_name", r.getString("category_name")),
                Node.value("service_code", r.getString("category")),
                Node.value("description", r.getString("category_name") + "，" + estate),
                Node.value("agency_responsible", r.getString("holder_name")),
                Node.value("service_notice", null),
                Node.value("requested_datetime", time(submitted)),
                Node.value("updated_datetime", time(closed == null ? last(r, submitted) : closed)),
                Node.value("expected_datetime", state.open() ? time(r.getTimestamp("resolve_due")) : null),
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

    private static @Nullable String time(@Nullable Timestamp at) {
        return at == null
                ? null
                : DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                        at.toInstant().atZone(CivilTime.ZONE).withNano(0));
    }

    /** Where the estate lies, not where the matter is. */
    private static @Nullable BigDecimal degrees(ResultSet r, String column) throws SQLException {
        var millionths = r.getObject(column, Integer.class);
        return millionths == null ? null : BigDecimal.valueOf(millionths).divide(MILLION);
    }
}

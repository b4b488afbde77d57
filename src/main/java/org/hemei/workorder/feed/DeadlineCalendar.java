package org.hemei.workorder.feed;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.db.Where;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.list.OrderScope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The deadlines that somebody at a desk has before them: of the orders of their community or street, or of their own company. */
@Component
class DeadlineCalendar {

    /** Those who work on orders; whoever looks on from above has other means. */
    private static final Set<String> AT_WORK = Set.of(
            Role.COMMUNITY.name(), Role.STREET.name(), Role.MANAGER.name(), Role.STAFF.name(), Role.HELPER.name());

    private static final Duration BACK = Duration.ofDays(30);
    private static final Duration AHEAD = Duration.ofDays(90);
    private static final int MOST = 500;

    /** @param kind of the problem */
    record Deadline(OrderId id, String number, OrderState state, String kind, Instant due) {}

    private final JdbcClient jdbc;
    private final InstantSource clock;

    DeadlineCalendar(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    static boolean has(Reader reader) {
        return reader.grants().stream().anyMatch(grant -> AT_WORK.contains(grant.role()));
    }

    /** The next ones first. */
    List<Deadline> of(Reader reader) {
        var working = new Reader(
                reader.account(),
                reader.person(),
                reader.name(),
                reader.grants().stream()
                        .filter(grant -> AT_WORK.contains(grant.role()))
                        .toList(),
                reader.care());
        var now = clock.instant();
        var where = new Where();
        OrderScope.limit(where, working);
        where.and("o.state in (" + OrderState.OPEN_SQL + ") and o.due_at between :from and :to");
        where.with("from", Timestamp.from(now.minus(BACK)));
        where.with("to", Timestamp.from(now.plus(AHEAD)));
        return jdbc.sql("""
                        select o.district, o.id, o.submitted_at, o.state, o.due_at, c.name as kind
                        from work_order o join category c on c.code = o.category
                        where %s order by o.due_at, o.id limit %d
                        """.formatted(where.sql(), MOST))
                .params(where.params())
                .query((r, n) -> {
                    var id = new OrderId(r.getInt("district"), r.getLong("id"));
                    return new Deadline(
                            id,
                            id.number(r.getTimestamp("submitted_at").toInstant()),
                            OrderState.of(r.getString("state")),
                            r.getString("kind"),
                            r.getTimestamp("due_at").toInstant());
                })
                .list();
    }
}

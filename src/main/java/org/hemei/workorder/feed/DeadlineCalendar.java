package org.hemei.workorder.feed;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.db.Where;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.inbox.InboxQueries;
import org.hemei.workorder.list.OrderScope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The deadlines that somebody at a desk has before them: of the orders of their community or street, or of their own company; and of
 * what waits for themselves, such as a part that they help with, an answer to 督办 or to a leader's mark.
 */
@Component
class DeadlineCalendar {

    /** Those who work on orders; whoever looks on from above has other means. */
    private static final Set<String> AT_WORK = Set.of(
            Role.COMMUNITY.name(), Role.STREET.name(), Role.MANAGER.name(), Role.STAFF.name(), Role.HELPER.name());

    private static final Duration BACK = Duration.ofDays(30);
    private static final Duration AHEAD = Duration.ofDays(90);
    private static final int MOST = 500;

    /**
     * @param code of the state or of what waits; tells the deadlines of one order apart
     * @param what falls due, in words
     * @param kind of the problem
     */
    record Deadline(OrderId id, String number, String code, String what, String kind, Instant due) {}

    private final InboxQueries inbox;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    DeadlineCalendar(InboxQueries inbox, JdbcClient jdbc, InstantSource clock) {
        this.inbox = inbox;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    static boolean has(Reader reader) {
        return reader.grants().stream().anyMatch(grant -> AT_WORK.contains(grant.role()));
    }

    /** The next ones first. */
    List<Deadline> of(Reader reader) {
        var all = new ArrayList<>(orders(reader));
        var known = all.stream().map(one -> one.id + " " + one.due).collect(Collectors.toSet());
        for (var row : inbox.rows(reader)) {
            var due = row.due();
            if (due != null && !known.contains(row.id() + " " + due)) {
                all.add(new Deadline(
                        row.id(),
                        row.number(),
                        row.need().name().toLowerCase(Locale.ROOT),
                        row.needWords(),
                        row.category(),
                        due));
            }
        }
        all.sort(Comparator.comparing(Deadline::due));
        return all.size() > MOST ? List.copyOf(all.subList(0, MOST)) : all;
    }

    private List<Deadline> orders(Reader reader) {
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
                    var state = OrderState.of(r.getString("state"));
                    return new Deadline(
                            id,
                            id.number(r.getTimestamp("submitted_at").toInstant()),
                            state.code(),
                            state.words(),
                            r.getString("kind"),
                            r.getTimestamp("due_at").toInstant());
                })
                .list();
    }
}

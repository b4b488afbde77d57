package org.hemei.workorder;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.hemei.workorder.Deadlines.Measure;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.OrderClock.Part;
import org.hemei.workorder.OrderClock.Running;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Clocks for answers that were owed before answers had any: to 督办, to a leader's mark, to an order that is offered, to being asked
 * for help. Of the steps that lie behind only the last one happens: a late answer goes up once, and an upgrade starts no flood.
 */
@Component
class OwedClocks {

    /** @param addressee of a leader's mark */
    private record Owed(
            OrderId order,
            Part part,
            Instant since,
            Instant due,
            @Nullable String addressee) {

        Timer timer() {
            return switch (part) {
                case SUPERVISION -> Timer.SUPERVISE;
                case MARK -> Timer.MARK;
                case HELP -> Timer.HELP;
                default -> Timer.TRANSFER;
            };
        }

        /** From whom up the line it goes. */
        Level least(WorkOrder order) {
            return switch (part) {
                case SUPERVISION -> order.holder == null ? Level.COMMUNITY : Level.HOLDER;
                case MARK -> addressee == null ? Level.COMMUNITY : Level.of(addressee);
                case HELP -> Level.HOLDER;
                default -> Level.COMMUNITY;
            };
        }
    }

    /** The rows say what is owed; of several marks or parts of help the one that falls due first has the clock. */
    private static final String OWED = """
            select w.* from (
                select s.district, s.order_id, 'supervision' as part, s.opened_at as since, s.due_at, null as addressee
                from supervision s where s.state = 'open'
                union all
                select t.district, t.order_id, 'decision', t.offered_at, t.due_at, null
                from order_transfer t where t.state = 'offered'
                union all
                (select distinct on (m.district, m.order_id) m.district, m.order_id, 'mark', m.recorded_at, m.due_at, m.addressee
                 from leader_mark m where m.state = 'open' order by m.district, m.order_id, m.due_at, m.id)
                union all
                (select distinct on (h.district, h.order_id) h.district, h.order_id, 'help', h.asked_at, h.due_at, null
                 from assist_task h where h.state in ('asked', 'accepted') order by h.district, h.order_id, h.due_at, h.id)) w
                 join work_order o on o.district = w.district and o.id = w.order_id
            where o.state in (%s)
              and not exists (select from order_clock c
                              where c.district = w.district and c.order_id = w.order_id and c.part = w.part
                                and (w.part <> 'decision' or c.since >= w.since))
            """.formatted(OrderState.OWED_SQL);

    private static final Logger LOG = LoggerFactory.getLogger(OwedClocks.class);

    private final WorkOrders orders;
    private final OrderClocks clocks;
    private final DeadlineBook deadlines;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    OwedClocks(
            WorkOrders orders,
            OrderClocks clocks,
            DeadlineBook deadlines,
            JdbcClient jdbc,
            TransactionTemplate transaction) {
        this.orders = orders;
        this.clocks = clocks;
        this.deadlines = deadlines;
        this.jdbc = jdbc;
        this.transaction = transaction;
    }

    /** @return how many got a clock; each in a transaction of its own, under the lock of its order; one that fails holds up no other */
    int adopt(Instant now, int most) {
        var begun = 0;
        for (var owed : owed(OWED + "order by w.district, w.order_id, w.part limit " + most)) {
            try {
                begun += Boolean.TRUE.equals(transaction.execute(status -> begin(owed, now))) ? 1 : 0;
            } catch (RuntimeException e) {
                LOG.warn("the clock of an answer owed on {} could not begin", owed.order, e);
            }
        }
        return begun;
    }

    private boolean begin(Owed seen, Instant now) {
        var order = orders.lock(seen.order);
        // as it is under the lock: it may have been answered, or got its clock, a moment ago
        var still = owed(OWED
                        + "and w.district = %d and w.order_id = %d".formatted(seen.order.district(), seen.order.id()))
                .stream()
                .filter(one -> one.part == seen.part)
                .findFirst();
        still.ifPresent(owed -> clocks.save(order, clock(order, owed, now)));
        return still.isPresent();
    }

    private OrderClock clock(WorkOrder order, Owed owed, Instant now) {
        return deadlines
                .current()
                .start(
                        order.about(),
                        owed.part,
                        owed.since,
                        owed.least(order),
                        List.of(new Running(owed.timer(), owed.due, 0, Measure.WORKING_DAY)))
                .withLastOf(now);
    }

    private List<Owed> owed(String sql) {
        return jdbc.sql(sql)
                .query((r, n) -> new Owed(
                        new OrderId(r.getInt("district"), r.getLong("order_id")),
                        Part.valueOf(r.getString("part").toUpperCase(Locale.ROOT)),
                        r.getTimestamp("since").toInstant(),
                        r.getTimestamp("due_at").toInstant(),
                        r.getString("addressee")))
                .list();
    }
}

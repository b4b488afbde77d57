package org.hemei.workorder.rollup;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.hemei.platform.job.Tick;
import org.hemei.platform.log.EventConsumer;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.rollup.FactRows.FactRow;
import org.hemei.workorder.rollup.FactRows.Key;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Keeps the counts up to date, seconds behind: looks again at every order that something happened to, and at every order
 * whose deadline or age has passed meanwhile. What an event says is not believed: the order itself is read, so an event that
 * comes twice changes nothing.
 */
@Component
class OrderCounter implements EventConsumer, Tick {

    static final String NAME = "order-counts";

    private static final String KIND = "work_order.";
    /** An appeal that is decided changes how its order counts. */
    private static final String APPEAL = "rate_appeal.";

    private static final int AT_ONCE = 500;

    private final FactRows facts;
    private final Tally tally;
    private final Rebuild rebuild;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    OrderCounter(
            FactRows facts,
            Tally tally,
            Rebuild rebuild,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.facts = facts;
        this.tally = tally;
        this.rebuild = rebuild;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** In the pump's transaction, which holds the lock that keeps all others from counting. */
    @Override
    public void handle(List<Event> events) {
        var orders = events.stream()
                .filter(event -> event.kind().startsWith(KIND) || event.kind().startsWith(APPEAL))
                .map(event -> event.kind().startsWith(KIND)
                        ? event.subject()
                        : event.body().path("order").asString())
                .distinct()
                .map(OrderId::valueOf)
                .toList();
        count(orders, clock.instant());
    }

    /** What no event tells: deadlines and ages that pass. Also counts everything where nothing was ever counted. */
    @Override
    public void run() {
        while (Boolean.TRUE.equals(transaction.execute(status -> look()))) {
            // there may be more
        }
        if (rebuild.due()) {
            rebuild.run(Rebuild.Progress.NONE);
        }
    }

    private boolean look() {
        var now = clock.instant();
        var orders = facts.turned(now, AT_ONCE);
        if (orders.isEmpty()
                || !jdbc.sql("select pg_try_advisory_xact_lock(hashtext(?))")
                        .param(Rebuild.LOCK)
                        .query(Boolean.class)
                        .single()) {
            return false;
        }
        count(orders, now);
        return orders.size() == AT_ONCE;
    }

    private void count(Collection<OrderId> orders, Instant now) {
        if (orders.isEmpty()) {
            return;
        }
        var before = facts.kept(orders);
        var after = facts.computed(orders, now);
        var out = new ArrayList<FactRow>();
        var in = new ArrayList<FactRow>();
        var keep = new ArrayList<FactRow>();
        for (var row : after.values()) {
            var was = before.get(row.key());
            if (was == null || !was.same(row)) {
                in.add(row);
                if (was != null) {
                    out.add(was);
                }
            }
            if (!row.equals(was)) {
                keep.add(row);
            }
        }
        var gone = gone(before, after);
        out.addAll(gone);
        if (!in.isEmpty() || !gone.isEmpty()) {
            tally.change(out, in, CivilTime.date(now));
        }
        if (!keep.isEmpty()) {
            facts.keep(keep);
        }
        if (!gone.isEmpty()) {
            facts.drop(gone);
        }
    }

    /** Earlier holders that hold their order again. An order that is in the archive stays as it was counted. */
    private static List<FactRow> gone(Map<Key, FactRow> before, Map<Key, FactRow> after) {
        return before.values().stream()
                .filter(row -> row.key().former() != 0
                        && !after.containsKey(row.key())
                        && after.containsKey(new Key(row.key().order(), 0)))
                .toList();
    }
}

package org.hemei.workorder.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.hemei.bench.ManyOrders;
import org.hemei.platform.log.EventConsumer.Event;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.BareTown;
import org.hemei.testing.Database;
import org.hemei.testing.MovableClock;
import org.hemei.workorder.measure.Rate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.JsonNodeFactory;

/** What is kept is what a recount finds: after a rebuild, after changes of every sort, and after time has passed alone. */
class OrderCountsTest {

    private static final int ORDERS = 3_000;

    private static JdbcClient jdbc;
    private static TransactionTemplate transaction;

    private final MovableClock clock = new MovableClock();
    private final FactRows facts = new FactRows(jdbc);
    private final Tally tally = new Tally(jdbc);
    private final Rebuild rebuild = new Rebuild(facts, tally, jdbc, transaction, clock);
    private final OrderCounter counter = new OrderCounter(facts, tally, rebuild, jdbc, transaction, clock);
    private final OrderCounts counts = new OrderCounts(jdbc, clock);

    @BeforeAll
    static void city() throws Exception {
        var url = Database.empty("order_counts");
        Flyway.configure().dataSource(url, "postgres", "").load().migrate();
        try (Connection connection = DriverManager.getConnection(url, "postgres", "")) {
            BareTown.in(connection);
            new ManyOrders(() -> DriverManager.getConnection(url, "postgres", "")).fillTo(ORDERS);
        }
        var source = new PGSimpleDataSource();
        source.setUrl(url);
        source.setUser("postgres");
        jdbc = JdbcClient.create((DataSource) source);
        transaction = new TransactionTemplate(new DataSourceTransactionManager(source));
    }

    @BeforeEach
    void built() {
        rebuild.run(Rebuild.Progress.NONE);
    }

    private Map<String, Integer> kept() {
        return Recount.kept(jdbc, "3499", clock.instant());
    }

    private void same() {
        Recount.same(jdbc, "3499", clock.instant());
    }

    @Test
    void aRebuildIsARecount() {
        same();
        var today = CivilTime.date(clock.instant());
        var all = counts.of("3499", today.minusYears(6), today);
        assertThat(all.filed()).isEqualTo(ORDERS);
        assertThat(all.open()).isEqualTo(counts.ages("3499").sum()).isPositive();
        assertThat(counts.below("3499", today.minusYears(6), today)).containsOnlyKeys("349901", "349902");
        assertThat(counts.below("349901001001", today.minusYears(6), today)).hasSize(5);
        assertThat(counts.topics("3499", today.minusYears(6), today).stream()
                        .mapToInt(OrderCounts.Topic::filed)
                        .sum())
                .isEqualTo(ORDERS);
        assertThat(counts.days("3499", today, 30)).hasSize(30);
        assertThat(rebuild.due()).isFalse();
    }

    /** Nothing happens to any order; deadlines and ages pass. */
    @Test
    void timeAloneTurnsFacts() {
        var before = kept();
        var random = new Random(4);
        for (int n = 0; n < 8; n++) {
            clock.advance(Duration.ofMinutes(random.nextInt(5 * 24 * 60)));
            counter.run();
            same();
        }
        assertThat(kept()).isNotEqualTo(before);
    }

    /** The edge of a deadline: at the very moment nothing is late, a moment later it is. */
    @Test
    void aDeadlineHasPassedTheMomentAfterIt() {
        var due = clock.instant().plus(Duration.ofDays(400)).truncatedTo(ChronoUnit.MICROS);
        var order = jdbc.sql("""
                        update work_order set state = 'in_progress', holder = 1, closed_at = null, solved = null, contacted_at = null,
                            due_at = ?, contact_due = ? where id = (select min(id) from work_order) returning district || '-' || id
                        """)
                .params(java.sql.Timestamp.from(due), java.sql.Timestamp.from(due))
                .query(String.class)
                .single();
        changed(List.of(order));
        clock.set(due.minusMillis(500));
        while (clock.instant().isBefore(due.minusMillis(100))) {
            counter.run();
        }
        var scope = "3499";
        var day = CivilTime.date(due);
        var early = counts.of(scope, day.minusYears(8), day);
        clock.set(due.plusMillis(1));
        counter.run();
        var late = counts.of(scope, day.minusYears(8), day);
        assertThat(late.overdue()).isEqualTo(early.overdue() + 1);
        assertThat(late.of(Rate.RESPONSE).denominator())
                .isEqualTo(early.of(Rate.RESPONSE).denominator() + 1);
        assertThat(late.of(Rate.RESPONSE).numerator())
                .isEqualTo(early.of(Rate.RESPONSE).numerator());
        same();
    }

    /** Changes of every sort, the holder and the place of time included; told twice, out of order, and in one heap. */
    @Test
    void changesAreCountedOnceHoweverOftenTheyAreTold() {
        var random = new Random(7);
        for (int n = 0; n < 12; n++) {
            clock.advance(Duration.ofHours(random.nextInt(30)));
            var orders = jdbc.sql(CHANGES.get(n % CHANGES.size()))
                    .param("now", java.sql.Timestamp.from(clock.instant()))
                    .param("mod", 5 + random.nextInt(20))
                    .query(String.class)
                    .list();
            assertThat(orders).isNotEmpty();
            changed(orders);
            changed(orders.reversed());
            counter.run();
            same();
        }
        var kept = kept();
        rebuild.run(Rebuild.Progress.NONE);
        assertThat(kept()).isEqualTo(kept);
    }

    private static final List<String> CHANGES = List.of("""
            update work_order set state = 'in_progress', holder = 1, round = 2, closed_at = null, solved = null, satisfied = null,
                due_at = cast(:now as timestamptz) + interval '9 hours'
            where state in ('closed', 'closed_unrated') and id % :mod = 0 returning district || '-' || id
            """, """
            update work_order set contact_denied = not contact_denied, holder = 2
            where holder is not null and id % :mod = 1 returning district || '-' || id
            """, """
            update work_order set state = 'withdrawn', due_at = null, closed_at = :now
            where state in ('submitted', 'in_progress', 'awaiting_dispatch', 'dispatched') and id % 3 < :mod
            returning district || '-' || id
            """, """
            with rated as (
                insert into work_order_rating (district, order_id, account, round, solved, satisfied, at)
                select district, id, 1, 9, id % 2 = 0, 1 + id % 5, :now from work_order where id % :mod = 2
                on conflict (district, order_id, account, round) do update set solved = not work_order_rating.solved
                returning district, order_id)
            select district || '-' || order_id from rated
            """);

    private void changed(List<String> orders) {
        var events = orders.stream()
                .map(order -> new Event(
                        Integer.parseInt(order.substring(0, 6)),
                        1,
                        Instant.EPOCH,
                        "work_order.test",
                        order,
                        JsonNodeFactory.instance.objectNode()))
                .toList();
        transaction.executeWithoutResult(status -> counter.handle(events));
    }

    /** An order that went to the archive of its year is counted as it was. */
    @Test
    void whatIsArchivedStaysCounted() {
        var before = kept();
        transaction.executeWithoutResult(status -> {
            jdbc.sql("set local session_replication_role = replica").update();
            jdbc.sql("create table past as select * from work_order where state = 'closed' order by id limit 10")
                    .update();
            jdbc.sql("delete from work_order o using past p where o.district = p.district and o.id = p.id")
                    .update();
        });
        rebuild.run(Rebuild.Progress.NONE);
        assertThat(kept()).isEqualTo(before);
        var columns = jdbc.sql("""
                select string_agg(column_name, ', ') from information_schema.columns
                where table_schema = 'public' and table_name = 'work_order' and is_generated = 'NEVER'
                """).query(String.class).single();
        jdbc.sql("insert into work_order (%1$s) select %1$s from past".formatted(columns))
                .update();
        jdbc.sql("drop table past").update();
        same();
    }

    @Test
    void theFollowerSkipsWhatARebuildHasCounted() {
        jdbc.sql(
                        "insert into event_log (district, id, at, kind, subject) values (349901, 1, now(), 'work_order.x', '349901-1')")
                .update();
        assertThat(counts.asOf()).isBefore(clock.instant());
        rebuild.run(Rebuild.Progress.NONE);
        counter.run();
        var now = clock.instant();
        assertThat(counts.asOf()).isAfterOrEqualTo(now);
        jdbc.sql("delete from event_log").update();
    }
}

package org.hemei.workorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.hemei.testing.Orders.Stage;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.testing.Waiting;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Whoever needs several orders locks the one with the lower number first: whatever waits for that one holds no other. So no two
 * ever wait for each other, and nobody's work is thrown away because the database had to choose between them.
 */
@HemeiTest
class LockOrderTest {

    @Autowired
    WorkOrderDesk desk;

    @Autowired
    RatingDesk ratings;

    @Autowired
    SupervisionDesk supervisions;

    @Autowired
    OrderClocks clocks;

    @Autowired
    Pump pump;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    TransactionTemplate transaction;

    Town.Side here;
    OrderId low;
    OrderId high;

    @BeforeEach
    void build() {
        here = towns.make().near();
        low = orders.at(Stage.SUBMITTED, here, here.resident(), "楼道灯不亮，一楼");
        high = orders.at(Stage.SUBMITTED, here, here.neighbour(), "楼道灯不亮，二楼");
        assertThat(low.id()).isLessThan(high.id());
        pump.run();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void merging(boolean up) throws Exception {
        var id = up ? low : high;
        var version = orders.version(id);
        waitsWithoutTheOther(() -> desk.merge(here.communityDesk(), id, version, up ? high : low));
        assertThat(orders.state(id)).isEqualTo("merged");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void taking_a_merger_back(boolean up) throws Exception {
        var id = merged(up);
        var version = orders.version(id);
        waitsWithoutTheOther(() -> desk.unmerge(here.communityDesk(), id, version, "不是一盏灯"));
        assertThat(orders.state(id)).isEqualTo("awaiting_dispatch");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void saying_that_it_is_not_solved(boolean up) throws Exception {
        var id = merged(up);
        var kept = up ? high : low;
        desk.dispatch(here.communityDesk(), kept, orders.version(kept), here.company());
        desk.take(here.manager(), kept, orders.version(kept));
        desk.resolve(here.staff(), kept, orders.version(kept), "换了灯", List.of(), List.of());
        desk.verify(here.communityDesk(), kept, orders.version(kept), "亮了");
        var version = orders.version(id);
        waitsWithoutTheOther(() -> ratings.rate(reporter(id), id, version, false, 1, "我这层还是不亮"));
        assertThat(orders.state(id)).isEqualTo("awaiting_dispatch");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void given_back_when_what_was_kept_ends_without_a_result(boolean up) throws Exception {
        var id = merged(up);
        var kept = up ? high : low;
        desk.reject(here.communityDesk(), kept, orders.version(kept), "这里不归小区", "请打 12345");
        waitsWithoutTheOther(pump::run);
        assertThat(orders.state(id)).isEqualTo("awaiting_dispatch");
    }

    /** The one it is taken out of goes on into another with a lower number while somebody waits for it. */
    @Test
    void what_was_waited_for_is_merged_on_meanwhile() throws Exception {
        var id = orders.at(Stage.SUBMITTED, here, here.resident(), "楼道灯不亮，三楼");
        assertThat(id.id()).isGreaterThan(high.id());
        desk.merge(here.communityDesk(), id, orders.version(id), high);
        pump.run();
        var version = orders.version(id);
        var done = new CompletableFuture<Void>();
        var apart = new TransactionTemplate(Objects.requireNonNull(transaction.getTransactionManager()));
        apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        transaction.executeWithoutResult(status -> {
            lock("for no key update", low);
            apart.executeWithoutResult(inner -> {
                jdbc.sql(
                                "update work_order set state = 'merged', kept = ?, closed_at = submitted_at where district = ? and id = ?")
                        .params(low.id(), high.district(), high.id())
                        .update();
                begin(done, () -> desk.unmerge(here.communityDesk(), id, version, "不是一盏灯"));
                Waiting.forThis(jdbc);
            });
            Waiting.forThis(jdbc);
            lock("for update nowait", high);
        });
        done.get(30, TimeUnit.SECONDS);
        assertThat(orders.state(id)).isEqualTo("awaiting_dispatch");
    }

    /** What follows two orders of one batch holds one of them at a time. */
    @Test
    void following_the_log() throws Exception {
        for (var id : List.of(high, low)) {
            supervisions.supervise(here.streetDesk(), id, orders.version(id), "请说清楚");
            desk.dispatch(here.communityDesk(), id, orders.version(id), here.company());
        }
        waitsWithoutTheOther(pump::run);
    }

    @Test
    void following_the_log_waits_for_no_order_with_which_nothing_goes_over() {
        desk.dispatch(here.communityDesk(), low, orders.version(low), here.company());
        desk.reject(here.communityDesk(), high, orders.version(high), "这里不归小区", "请打 12345");
        transaction.executeWithoutResult(status -> {
            lock("for update", low);
            lock("for update", high);
            assertThat(CompletableFuture.runAsync(pump::run))
                    .as("somebody waits")
                    .succeedsWithin(Duration.ofSeconds(20));
        });
    }

    /** Answered, and not so for its reporter, while the clocks of what ended are cleared away. */
    @Test
    void clearing_clocks_away_leaves_that_of_an_order_that_goes_on_again() throws Exception {
        desk.answer(here.communityDesk(), low, orders.version(low), "路灯归电力公司修");
        desk.answer(here.communityDesk(), high, orders.version(high), "路灯归电力公司修");
        var done = new CompletableFuture<Void>();
        transaction.executeWithoutResult(status -> {
            ratings.rate(here.resident(), low, orders.version(low), false, 1, "没有人来");
            begin(done, () -> transaction.executeWithoutResult(inner -> clocks.drop(List.of(high, low))));
            Waiting.forThis(jdbc);
        });
        done.get(30, TimeUnit.SECONDS);
        assertThat(orders.state(low)).isEqualTo("awaiting_dispatch");
        assertThat(clocks.all(low)).extracting(OrderClock::part).containsExactly(OrderClock.Part.INTAKE);
        assertThat(clocks.all(high)).isEmpty();
    }

    private OrderId merged(boolean up) {
        var id = up ? low : high;
        desk.merge(here.communityDesk(), id, orders.version(id), up ? high : low);
        pump.run();
        return id;
    }

    private Reader reporter(OrderId id) {
        return id.equals(low) ? here.resident() : here.neighbour();
    }

    private void waitsWithoutTheOther(Runnable work) throws Exception {
        var done = new CompletableFuture<Void>();
        transaction.executeWithoutResult(status -> {
            lock("for update", low);
            begin(done, work);
            Waiting.forThis(jdbc);
            lock("for update nowait", high);
        });
        done.get(30, TimeUnit.SECONDS);
    }

    private static void begin(CompletableFuture<Void> done, Runnable work) {
        Thread.ofVirtual().start(() -> {
            try {
                work.run();
                done.complete(null);
            } catch (Throwable e) {
                done.completeExceptionally(e);
            }
        });
    }

    private void lock(String how, OrderId id) {
        jdbc.sql("select id from work_order where district = ? and id = ? " + how)
                .params(id.district(), id.id())
                .query(Long.class)
                .single();
    }
}

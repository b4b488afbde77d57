package org.hemei.workorder.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.testing.Counting;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Orders;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.AssistDesk;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.RatingDesk;
import org.hemei.workorder.Verb;
import org.hemei.workorder.WorkOrderDesk;
import org.hemei.workorder.measure.Rate;
import org.hemei.workorder.rates.AppealDesk;
import org.hemei.workorder.rates.AppealId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.config.AutowireCapableBeanFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Thirty-two people do whatever they may to the same orders at once, in both districts of a town, while others count: what is
 * kept in the end is what a recount finds. What each thread tries is drawn from its own seed.
 */
@HemeiTest
class StormTest {

    private static final int PEOPLE = 32;
    private static final int TRIES = 50;
    private static final int MOST_TRIES = 30 * TRIES;
    private static final Set<Verb> WHOLE_LIFE = Set.of(
            Verb.DISPATCH,
            Verb.TAKE,
            Verb.CONTACT,
            Verb.RESOLVE,
            Verb.VERIFY,
            Verb.RATE,
            Verb.REOPEN,
            Verb.WITHDRAW,
            Verb.REQUEST_RETURN,
            Verb.SUPERVISE,
            Verb.OFFER_TRANSFER);
    private static final int ORDERS = 24;
    /** Closed with a poor mark, so that somebody appeals. */
    private static final int RATED = 4;
    /** Gone on to another holder, who may have to hand them back in the storm. */
    private static final int PASSED_ON = 4;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    WorkOrderDesk desk;

    @Autowired
    RatingDesk ratings;

    @Autowired
    AssistDesk assists;

    @Autowired
    Counting counting;

    @Autowired
    Rebuild rebuild;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    AppealDesk appeals;

    private final Map<OrderId, Reader> reporters = new HashMap<>();
    private final Queue<AppealId> appealed = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean decided = new AtomicBoolean();
    private final Map<Verb, Boolean> done = new ConcurrentHashMap<>();

    private StormBeside beside;

    @BeforeEach
    void build(@Autowired AutowireCapableBeanFactory beans) {
        beside = beans.createBean(StormBeside.class);
    }

    @Test
    void whatIsKeptIsWhatARecountFinds() throws Exception {
        var town = towns.make();
        var filed = new ArrayList<OrderId>();
        for (int n = 0; n < ORDERS; n++) {
            var side = n % 2 == 0 ? town.near() : town.far();
            var reporter = n % 3 == 0 ? side.neighbour() : side.resident();
            var id = orders.file(reporter, side.garden(), "楼道灯不亮，第 " + n + " 层");
            reporters.put(id, reporter);
            filed.add(id);
        }
        for (int n = 0; n < RATED; n++) {
            var side = n % 2 == 0 ? town.near() : town.far();
            var id = orders.at(Orders.Stage.VERIFIED, side, side.neighbour(), "楼道灯不亮，" + n + " 单元");
            ratings.rate(side.neighbour(), id, orders.version(id), true, 2, "");
            filed.add(id);
        }
        for (int n = 0; n < PASSED_ON; n++) {
            var side = n % 2 == 0 ? town.near() : town.far();
            var id = orders.at(Orders.Stage.CONTACTED, side, side.resident(), "楼道灯不亮，换过一家，" + n + " 单元");
            if (n < PASSED_ON / 2) {
                // whoever gives it back has missed it
                jdbc.sql(
                                "update work_order set contact_due = contacted_at - interval '1 hour' where district = ? and id = ?")
                        .params(id.district(), id.id())
                        .update();
            }
            desk.dispatch(side.communityDesk(), id, orders.version(id), side.backstop(), "换一家来办");
            filed.add(id);
        }
        assertThat(jdbc.sql("select count(*) from held_before where district in (?, ?)")
                        .params(town.near().district(), town.far().district())
                        .query(Long.class)
                        .single())
                .as("some have gone from one holder to another")
                .isPositive();
        var over = new AtomicBoolean();
        try (var pool = Executors.newFixedThreadPool(PEOPLE + 2)) {
            var counts = new ArrayList<java.util.concurrent.Future<?>>();
            for (int copy = 0; copy < 2; copy++) {
                // two copies of the application count at once
                counts.add(pool.submit(() -> {
                    while (!over.get()) {
                        counting.catchUp();
                    }
                }));
            }
            var people = new ArrayList<Callable<Void>>();
            for (int n = 0; n < PEOPLE; n++) {
                var random = new Random(n);
                people.add(() -> {
                    // a storm in which nobody ever got as far as rating goes on
                    for (int t = 0;
                            t < TRIES || t < MOST_TRIES && !done.keySet().containsAll(WHOLE_LIFE);
                            t++) {
                        var id = filed.get(random.nextInt(filed.size()));
                        attempt(
                                town,
                                id.district() == town.near().district() ? town.near() : town.far(),
                                id,
                                filed,
                                random);
                    }
                    return null;
                });
            }
            try {
                for (var one : pool.invokeAll(people)) {
                    one.get();
                }
            } finally {
                over.set(true);
            }
            for (var count : counts) {
                count.get(60, TimeUnit.SECONDS);
            }
        }
        assertThat(done.keySet()).containsAll(WHOLE_LIFE);
        assertThat(decided).as("appeals were decided").isTrue();
        counting.catchUp();
        Recount.same(jdbc, town.city(), clock.instant());

        var kept = Recount.kept(jdbc, town.city(), clock.instant());
        rebuild.run(Rebuild.Progress.NONE);
        assertThat(Recount.kept(jdbc, town.city(), clock.instant())).isEqualTo(kept);
    }

    /** Somebody appeals against how an order counts, or the street decides an appeal. */
    private void appeal(Town town, Town.Side side, OrderId id, Random random) {
        try {
            var waiting = appealed.poll();
            if (waiting == null) {
                appealed.add(appeals.file(
                        random.nextBoolean() ? side.manager() : side.communityDesk(),
                        id,
                        null,
                        List.of(Rate.SATISFACTION),
                        "repeated",
                        "同一盏灯点了两次",
                        List.of()));
            } else {
                appeals.decide(
                        (waiting.district() == town.near().district() ? town.near() : town.far()).streetDesk(),
                        waiting,
                        0,
                        random.nextInt(3) > 0,
                        "看过了");
                decided.set(true);
            }
        } catch (Refusal | Missing | Stale e) {
            // nothing weighs on them, or somebody was first
        }
    }

    /** One verb by whoever may do it, on an order that somebody else may have moved meanwhile. */
    private void attempt(Town town, Town.Side side, OrderId id, List<OrderId> filed, Random random) {
        if (random.nextInt(8) == 0) {
            appeal(town, side, id, random);
            return;
        }
        var verb = random.nextInt(3) > 0
                ? VERBS.get(random.nextInt(VERBS.size()))
                : StormBeside.VERBS.get(random.nextInt(StormBeside.VERBS.size()));
        if (ENDS.contains(verb) && random.nextInt(6) > 0) {
            return;
        }
        try {
            act(verb, side, id, orders.version(id), filed, random);
            done.put(verb, true);
        } catch (Refusal | Missing | Stale e) {
            // not its turn, or somebody was first: that is what a storm is
        }
    }

    private static final List<Verb> VERBS = List.of(
            Verb.ACCEPT,
            Verb.DISPATCH,
            Verb.DISPATCH,
            Verb.TAKE,
            Verb.TAKE,
            Verb.ASSIGN,
            Verb.CONTACT,
            Verb.CONTACT,
            Verb.DENY_CONTACT,
            Verb.ASK_HELP,
            Verb.RESOLVE,
            Verb.RESOLVE,
            Verb.VERIFY,
            Verb.VERIFY,
            Verb.SEND_BACK,
            Verb.RATE,
            Verb.REOPEN,
            Verb.WITHDRAW,
            Verb.URGE,
            Verb.REMARK,
            Verb.MERGE,
            Verb.ANSWER,
            Verb.REJECT,
            Verb.UNMERGE);

    /** Most orders should live. */
    private static final Set<Verb> ENDS =
            EnumSet.of(Verb.WITHDRAW, Verb.MERGE, Verb.ANSWER, Verb.REJECT, Verb.TAKE_TRANSFER);

    private void act(Verb verb, Town.Side side, OrderId id, int version, List<OrderId> filed, Random random) {
        Reader resident = reporters.getOrDefault(id, side.resident());
        switch (verb) {
            case ACCEPT -> desk.accept(side.communityDesk(), id, version);
            case DISPATCH ->
                desk.dispatch(
                        side.communityDesk(),
                        id,
                        version,
                        random.nextInt(4) == 0 ? side.backstop() : side.company(),
                        random.nextBoolean() ? "换一家来办" : "");
            case TAKE -> desk.take(random.nextInt(4) == 0 ? side.backstopManager() : side.manager(), id, version);
            case ASSIGN -> desk.assign(side.manager(), id, version, side.staff().account());
            case CONTACT -> desk.contact(side.manager(), id, version, "phone", "约好了明天上午来");
            case DENY_CONTACT -> desk.denyContact(resident, id, version);
            case ASK_HELP ->
                assists.ask(
                        side.manager(),
                        id,
                        version,
                        side.helperBody(),
                        "看一下",
                        clock.instant().plusSeconds(90_000));
            case RESOLVE -> desk.resolve(side.staff(), id, version, "修好了，试过了", List.of(), List.of());
            case VERIFY -> desk.verify(side.communityDesk(), id, version, "看过了");
            case SEND_BACK -> desk.sendBack(side.communityDesk(), id, version, "还没修好，请再去一趟");
            case RATE -> ratings.rate(resident, id, version, true, 1 + random.nextInt(5), "");
            case REOPEN -> ratings.rate(resident, id, version, false, 1 + random.nextInt(2), "还是不亮");
            case WITHDRAW -> desk.withdraw(resident, id, version, "自己好了");
            case URGE -> desk.urge(resident, id, version);
            case REMARK -> desk.remark(side.communityDesk(), id, version, "问过物业了", List.of());
            case MERGE -> desk.merge(side.communityDesk(), id, version, filed.get(random.nextInt(filed.size())));
            case ANSWER -> desk.answer(side.communityDesk(), id, version, "灯归路灯所管，已经替您报了");
            case REJECT -> desk.reject(side.communityDesk(), id, version, "这里不归小区", "请打 12345");
            case UNMERGE -> desk.unmerge(side.communityDesk(), id, version, "不是一盏灯");
            default -> beside.act(verb, side, id, version, random);
        }
    }
}

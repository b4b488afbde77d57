package org.hemei.robustness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.hemei.testing.Orders.Stage;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.OrderId;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** R2: 32 workers send the same form at once. One wins, the others are told that somebody was first, nothing is half done. */
@HemeiTest
class OneVerbAtOnceTest {

    private static final int WORKERS = 32;

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    JdbcClient jdbc;

    /** @param form what the form says besides the version; {@code $assist} stands for the number of the helper's task */
    private record Race(String path, Stage stage, Reader who, Map<String, String> form) {}

    private List<Race> races(Town.Side side) {
        var company = String.valueOf(side.company());
        var helper = String.valueOf(side.helperBody());
        return List.of(
                new Race("accept", Stage.SUBMITTED, side.communityDesk(), Map.of()),
                new Race("dispatch", Stage.SUBMITTED, side.communityDesk(), Map.of("holder", company)),
                new Race(
                        "reject",
                        Stage.SUBMITTED,
                        side.communityDesk(),
                        Map.of("reason", "不归这里", "elsewhere", "打 12345")),
                new Race("answer", Stage.SUBMITTED, side.communityDesk(), Map.of("words", "周五来修")),
                new Race("withdraw", Stage.SUBMITTED, side.resident(), Map.of("reason", "好了")),
                new Race("take", Stage.DISPATCHED, side.manager(), Map.of()),
                new Race("urge", Stage.DISPATCHED, side.resident(), Map.of()),
                new Race(
                        "assign",
                        Stage.WORKING,
                        side.manager(),
                        Map.of("assignee", String.valueOf(side.staff().account()))),
                new Race("contact", Stage.WORKING, side.staff(), Map.of("how", "phone", "words", "约好了")),
                new Race("note", Stage.WORKING, side.communityDesk(), Map.of("words", "记一笔")),
                new Race(
                        "ask-help",
                        Stage.WORKING,
                        side.manager(),
                        Map.of("body", helper, "what", "来看看", "due", "$day")),
                new Race("assists/$assist/accept", Stage.HELPED, side.helper(), Map.of()),
                new Race("assists/$assist/done", Stage.HELPING, side.helper(), Map.of("result", "换好了")),
                new Race("contact-answer", Stage.CONTACTED, side.resident(), Map.of("answer", "no")),
                new Race("resolve", Stage.WORKING, side.staff(), Map.of("words", "修好了")),
                new Race("verify", Stage.RESOLVED, side.communityDesk(), Map.of("words", "看过了")),
                new Race("send-back", Stage.RESOLVED, side.communityDesk(), Map.of("reason", "还在漏")),
                new Race("rate", Stage.VERIFIED, side.resident(), Map.of("solved", "yes", "satisfied", "5")));
    }

    @Test
    void one_wins_and_the_others_learn_it() throws Exception {
        var town = towns.make();
        var wrong = new ArrayList<String>();
        var requests = 0;
        try (var pool = Executors.newFixedThreadPool(WORKERS)) {
            for (var race : races(town.near())) {
                wrong.addAll(run(race, town.near(), pool::invokeAll));
                requests += WORKERS;
            }
        }
        Bar.write("R2", wrong.size(), Map.of("verbs", races(town.near()).size(), "requests", requests, "wrong", wrong));
        assertThat(wrong).isEmpty();
    }

    private interface Pool {
        List<java.util.concurrent.Future<Integer>> invokeAll(List<Callable<Integer>> work) throws InterruptedException;
    }

    private List<String> run(Race race, Town.Side side, Pool pool) throws Exception {
        var order = orders.at(race.stage, side, side.resident(), "一起来，请来看看");
        var version = orders.version(order);
        var path = "/orders/" + order + "/" + race.path.replace("$assist", assist(race, order, side));
        var start = new CyclicBarrier(WORKERS);
        var work = new ArrayList<Callable<Integer>>();
        for (var n = 0; n < WORKERS; n++) {
            work.add(() -> {
                start.await();
                return send(path, race, version);
            });
        }
        var statuses = new TreeMap<Integer, Integer>();
        for (var answer : pool.invokeAll(work)) {
            statuses.merge(answer.get(), 1, Integer::sum);
        }
        var wrong = new ArrayList<String>();
        if (!statuses.equals(Map.of(303, 1, 409, WORKERS - 1))) {
            wrong.add(race.path + ": answered " + statuses);
        }
        var steps = race.path.equals("dispatch") ? 2 : 1; // accepting is a step of its own
        if (orders.version(order) != version + steps || rows("work_order_step", "order_id", order) != version + steps) {
            wrong.add(race.path + ": " + rows("work_order_step", "order_id", order) + " steps after " + version);
        }
        if (events(order) != version + steps) {
            wrong.add(race.path + ": " + events(order) + " events after " + version);
        }
        return wrong;
    }

    private String assist(Race race, OrderId order, Town.Side side) {
        return race.path.contains("$assist") ? String.valueOf(orders.assist(order, side.helperBody())) : "";
    }

    private long rows(String table, String column, OrderId order) {
        return jdbc.sql("select count(*) from " + table + " where district = ? and " + column + " = ?")
                .params(order.district(), order.id())
                .query(Long.class)
                .single();
    }

    private long events(OrderId order) {
        return jdbc.sql("select count(*) from event_log where district = ? and subject = ?")
                .params(order.district(), order.toString())
                .query(Long.class)
                .single();
    }

    private int send(String path, Race race, int version) throws Exception {
        var request = post(path).with(as(race.who)).with(csrf());
        request.param("version", String.valueOf(version))
                .param("_once", UUID.randomUUID().toString());
        race.form.forEach((name, value) -> request.param(
                name,
                value.equals("$day") ? java.time.LocalDate.now().plusDays(3).toString() : value));
        return mvc.perform(request).andReturn().getResponse().getStatus();
    }
}

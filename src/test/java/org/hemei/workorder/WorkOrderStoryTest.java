package org.hemei.workorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.platform.web.Once;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Orders;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.SubmissionDesk.Submission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** 群众点单 → 社区派单 → 物业接单 → 多方助力 → 核验 → 共评, told once from end to end, and what may not happen on the way. */
@HemeiTest
class WorkOrderStoryTest {

    @Autowired
    SubmissionDesk submissions;

    @Autowired
    Joiners joiners;

    @Autowired
    WorkOrderDesk desk;

    @Autowired
    AssistDesk assists;

    @Autowired
    RatingDesk ratings;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    Town.Side here;
    Town town;

    @BeforeEach
    void build() {
        town = towns.make();
        here = town.near();
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    @Test
    void the_whole_way_of_one_order() {
        // 群众点单: a resident says the lift is loud
        var id = submit(here.resident(), "2 单元电梯上下有怪响，停的时候和地面不平。");
        assertThat(orders.state(id)).isEqualTo("submitted");

        // 社区派单: one stroke accepts and dispatches to the company under contract
        desk.dispatch(here.communityDesk(), id, orders.version(id), here.company());
        assertThat(orders.state(id)).isEqualTo("dispatched");

        // 物业接单: the manager takes it, gives it to a colleague, calls the resident
        desk.take(here.manager(), id, orders.version(id));
        desk.assign(here.manager(), id, orders.version(id), here.staff().account());
        desk.contact(here.staff(), id, orders.version(id), "phone", "约好下午两点上门看");

        // 多方助力: two helpers of different bodies, each with its own word, deadline and result
        var soon = clock.instant().plus(Duration.ofDays(1));
        assists.ask(here.manager(), id, orders.version(id), here.helperBody(), "检查供电电压", soon);
        assists.ask(here.manager(), id, orders.version(id), here.otherHelperBody(), "换导靴、校平层", soon);
        assists.accept(here.helper(), id, orders.version(id), orders.assist(id, here.helperBody()));
        assists.accept(here.otherHelper(), id, orders.version(id), orders.assist(id, here.otherHelperBody()));
        assists.done(
                here.otherHelper(),
                id,
                orders.version(id),
                orders.assist(id, here.otherHelperBody()),
                "导靴换好了",
                List.of());
        assists.done(here.helper(), id, orders.version(id), orders.assist(id, here.helperBody()), "电压正常", List.of());

        // 报处理好, then 核验 by the community
        desk.resolve(here.staff(), id, orders.version(id), "换了导靴，试运行 20 次正常", List.of(), List.of());
        desk.verify(here.communityDesk(), id, orders.version(id), "现场看过，平了");

        // 共评: not solved the first time, solved the second
        ratings.rate(here.resident(), id, orders.version(id), false, 2, "晚上还是响");
        assertThat(orders.state(id)).isEqualTo("in_progress");
        desk.resolve(here.manager(), id, orders.version(id), "重新校了导轨", List.of(), List.of());
        desk.verify(here.communityDesk(), id, orders.version(id), "");
        ratings.rate(here.resident(), id, orders.version(id), true, 5, "这次好了");

        assertThat(orders.state(id)).isEqualTo("closed");
        assertThat(verbs(id))
                .containsExactly(
                        "submit",
                        "accept",
                        "dispatch",
                        "take",
                        "assign",
                        "contact",
                        "ask_help",
                        "ask_help",
                        "help_accept",
                        "help_accept",
                        "help_done",
                        "help_done",
                        "resolve",
                        "verify",
                        "reopen",
                        "resolve",
                        "verify",
                        "rate");
        assertThat(count("audit_entry where subject_id = '" + id + "'")).isEqualTo(18);
        assertThat(count("event_log where subject = '" + id + "'")).isEqualTo(18);
        assertThat(count("work_order_rating where order_id = " + id.id())).isEqualTo(2);
    }

    @Test
    void an_estate_without_a_company_goes_to_the_backstop_team_and_the_street_verifies() {
        var id = submit(here.oldYardResident(), here.oldYard(), "楼道灯全坏了，晚上看不见。");
        assertThat(jdbc.sql("select default_holder(?, current_date)")
                        .param(here.oldYard())
                        .query(Long.class)
                        .single())
                .isEqualTo(here.backstop());
        desk.dispatch(here.communityDesk(), id, orders.version(id), here.backstop());
        desk.take(here.backstopManager(), id, orders.version(id));
        desk.resolve(here.backstopManager(), id, orders.version(id), "换了 6 个灯", List.of(), List.of());
        assertThatThrownBy(() -> desk.verify(here.communityDesk(), id, orders.version(id), ""))
                .hasMessageContaining("由街道来核验");
        desk.verify(here.streetDesk(), id, orders.version(id), "看过了");
        assertThat(orders.state(id)).isEqualTo("awaiting_rating");
    }

    /** A turn closes so many; other tests left more than that. */
    private void closeAll() {
        while (ratings.closeUnrated() > 0) {
            // until nothing is left but what cannot be closed
        }
    }

    @Test
    void a_week_of_silence_closes_unrated() {
        var id = awaitingRating();
        clock.advance(Duration.ofDays(8));
        closeAll();
        assertThat(orders.state(id)).isEqualTo("closed_unrated");
        assertThatThrownBy(() -> ratings.rate(here.resident(), id, orders.version(id), true, 5, ""))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void one_that_fails_holds_up_the_closing_of_no_other() {
        var broken = awaitingRating();
        var id = awaitingRating();
        // its next step cannot be written
        jdbc.sql("""
                insert into work_order_step (district, order_id, seq, at, verb, to_state, actor_as)
                select district, id, version + 1, now(), 'remark', state, 'clock' from work_order where id = ?
                """).param(broken.id()).update();
        jdbc.sql("update work_order set due_at = due_at - interval '1 day' where id = ?")
                .param(broken.id())
                .update();
        clock.advance(Duration.ofDays(8));
        closeAll();
        assertThat(orders.state(broken)).isEqualTo("awaiting_rating");
        assertThat(orders.state(id)).isEqualTo("closed_unrated");
        jdbc.sql("delete from work_order_step where order_id = ? and actor_as = 'clock' and verb = 'remark'")
                .param(broken.id())
                .update();
        closeAll();
        assertThat(orders.state(broken)).isEqualTo("closed_unrated");
    }

    @Test
    void an_answer_is_rated_within_the_time_for_rating_and_not_years_later() {
        var id = orders.file(here.resident(), here.garden(), "几点供暖？");
        desk.answer(here.communityDesk(), id, orders.version(id), "十五号");
        clock.advance(Duration.ofDays(8));
        assertThatThrownBy(() -> ratings.rate(here.resident(), id, orders.version(id), true, 5, ""))
                .hasMessageContaining("评价期过了");
        assertThatThrownBy(() -> ratings.rate(here.resident(), id, orders.version(id), false, 1, ""))
                .hasMessageContaining("评价期过了");
        clock.advance(Duration.ofDays(-2));
        ratings.rate(here.resident(), id, orders.version(id), true, 5, "");
    }

    @Test
    void the_same_key_makes_one_order_and_another_body_under_it_is_refused() {
        var key = UUID.randomUUID().toString();
        var said = said(here.garden(), "地下车库 B 区坏了三盏灯。");
        var first = submissions.submit(here.resident(), key, said);
        assertThat(submissions.submit(here.resident(), key, said)).isEqualTo(first);
        assertThatThrownBy(() -> submissions.submit(here.resident(), key, said(here.garden(), "另外一件事情。")))
                .isInstanceOf(Once.OtherBody.class);
        assertThat(count("work_order where reporter = " + here.resident().account()))
                .isEqualTo(1);
    }

    @Test
    void thirty_two_taps_at_once_make_one_order() throws Exception {
        var key = UUID.randomUUID().toString();
        var said = said(here.garden(), "三幢门禁刷不开。");
        var results = together(32, () -> submissions.submit(here.resident(), key, said));
        assertThat(results.stream().distinct()).hasSize(1);
        assertThat(count("work_order where reporter = " + here.resident().account()))
                .isEqualTo(1);
    }

    @Test
    void thirty_two_workers_on_one_verb_one_wins_and_the_others_are_told() throws Exception {
        var id = submit(here.resident(), "单元门关不上，夜里有风。");
        desk.dispatch(here.communityDesk(), id, orders.version(id), here.company());
        var seen = orders.version(id);
        var results = together(32, () -> {
            try {
                desk.take(here.manager(), id, seen);
                return "took";
            } catch (Stale late) {
                assertThat(late.getMessage()).contains("接单");
                return "told";
            }
        });
        assertThat(results).filteredOn("took"::equals).hasSize(1);
        assertThat(results).filteredOn("told"::equals).hasSize(31);
        assertThat(verbs(id)).containsExactly("submit", "accept", "dispatch", "take");
    }

    @Test
    void somebody_from_elsewhere_does_not_even_learn_that_it_exists() {
        var id = submit(here.resident(), "楼下垃圾桶满了三天。");
        var far = town.far();
        for (var stranger : List.of(
                far.resident(),
                far.communityDesk(),
                far.manager(),
                far.helper(),
                far.streetDesk(),
                far.districtDesk())) {
            assertThatThrownBy(() -> desk.accept(stranger, id, 1)).isInstanceOf(Missing.class);
            assertThatThrownBy(() -> desk.remark(stranger, id, 1, "看看", List.of()))
                    .isInstanceOf(Missing.class);
            assertThatThrownBy(() -> ratings.rate(stranger, id, 1, true, 5, "")).isInstanceOf(Missing.class);
        }
        assertThatThrownBy(() -> desk.dispatch(here.communityDesk(), id, 1, far.company()))
                .hasMessageContaining("不管这个小区");
        assertThat(orders.version(id)).isEqualTo(1);
    }

    @Test
    void a_bad_submission_names_every_fault_at_its_field() {
        var bad = new Submission(
                here.garden(),
                here.oldYardBuilding(),
                here.unit(),
                "no-such-category",
                "坏",
                "",
                false,
                List.of(),
                "resident",
                null,
                null);
        assertThatThrownBy(() ->
                        submissions.submit(here.resident(), UUID.randomUUID().toString(), bad))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        no -> assertThat(no.reasons())
                                .extracting(Refusal.Reason::field)
                                .contains("building", "unit", "category", "words"));
        assertThatThrownBy(() -> submit(here.resident(), here.oldYard(), "别的小区的事情。"))
                .hasMessageContaining("还没绑定");
    }

    @Test
    void too_many_orders_in_an_hour_are_refused_and_the_next_hour_is_open_again() {
        for (int i = 0; i < 20; i++) {
            submit(here.resident(), "第 " + i + " 件事情来了。");
        }
        assertThatThrownBy(() -> submit(here.resident(), "第二十一件事情。")).hasMessageContaining("太多");
        clock.advance(Duration.ofMinutes(61));
        submit(here.resident(), "过了一小时的事情。");
    }

    @Test
    void a_neighbour_joins_once_and_urges_once_a_day() {
        var id = submit(here.resident(), "水压太小，洗澡没水。");
        joiners.join(here.neighbour(), id);
        joiners.join(here.neighbour(), id);
        assertThat(jdbc.sql("select joined from work_order where id = ?")
                        .param(id.id())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        assertThatThrownBy(() -> joiners.join(here.resident(), id)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> joiners.join(here.oldYardResident(), id)).isInstanceOf(Missing.class);
        desk.urge(here.neighbour(), id, orders.version(id));
        assertThatThrownBy(() -> desk.urge(here.neighbour(), id, orders.version(id)))
                .hasMessageContaining("今天已经催过");
    }

    @Test
    void a_merged_order_leaves_its_reporter_with_the_kept_one() {
        var kept = submit(here.resident(), "东门路灯不亮。");
        var twin = submit(here.neighbour(), "东门口的路灯坏了。");
        desk.merge(here.communityDesk(), twin, 1, kept);
        assertThat(orders.state(twin)).isEqualTo("merged");
        assertThat(count("me_too where order_id = " + kept.id() + " and account = "
                        + here.neighbour().account()))
                .isEqualTo(1);
    }

    @Test
    void nobody_is_asked_to_help_twice_and_the_holder_never() {
        var id = submit(here.resident(), "自来水发黄有异味。");
        desk.dispatch(here.communityDesk(), id, orders.version(id), here.company());
        desk.take(here.manager(), id, orders.version(id));
        var soon = clock.instant().plus(Duration.ofDays(2));
        assists.ask(here.manager(), id, orders.version(id), here.helperBody(), "取水样化验", soon);
        assertThatThrownBy(() -> assists.ask(here.manager(), id, orders.version(id), here.helperBody(), "再来", soon))
                .hasMessageContaining("已经请过");
        assertThatThrownBy(() -> assists.ask(here.manager(), id, orders.version(id), here.company(), "自己", soon))
                .hasMessageContaining("就是处理单位");
        assists.decline(here.helper(), id, orders.version(id), orders.assist(id, here.helperBody()), "管网归二次供水公司管");
        assertThatThrownBy(() -> assists.done(
                        here.helper(), id, orders.version(id), orders.assist(id, here.helperBody()), "好了", List.of()))
                .as("whoever declined has nothing more to do with it")
                .isInstanceOf(Missing.class);
    }

    private OrderId awaitingRating() {
        var id = submit(here.resident(), "健身器材松动，孩子在玩。");
        desk.dispatch(here.communityDesk(), id, orders.version(id), here.company());
        desk.take(here.manager(), id, orders.version(id));
        desk.resolve(here.manager(), id, orders.version(id), "拧紧了", List.of(), List.of());
        desk.verify(here.communityDesk(), id, orders.version(id), "");
        return id;
    }

    private OrderId submit(Reader reader, String words) {
        return submit(reader, here.garden(), words);
    }

    private OrderId submit(Reader reader, long estate, String words) {
        return orders.file(reader, estate, words);
    }

    private Submission said(long estate, String words) {
        return Orders.said(estate, null, orders.category(), words);
    }

    private List<String> verbs(OrderId id) {
        return jdbc.sql("select verb from work_order_step where district = ? and order_id = ? order by seq")
                .params(id.district(), id.id())
                .query(String.class)
                .list();
    }

    private int count(String from) {
        return jdbc.sql("select count(*) from " + from).query(Integer.class).single();
    }

    /** Runs the same work on many threads that start together. */
    private static <T> List<T> together(int workers, Callable<T> work) throws Exception {
        var start = new CyclicBarrier(workers);
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = IntStream.range(0, workers)
                    .mapToObj(i -> pool.submit(() -> {
                        start.await();
                        return work.call();
                    }))
                    .toList();
            var results = new java.util.ArrayList<T>();
            for (var future : futures) {
                results.add(future.get());
            }
            return results;
        }
    }
}

package org.hemei.workorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.EventPump;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Orders;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.OrderClock.Part;
import org.hemei.workorder.SubmissionDesk.Submission;
import org.hemei.workorder.measure.RateSql;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** What the clock does to an order by itself, and what people may ask of it. */
@HemeiTest
class ClockStoryTest {

    /** A Wednesday with ordinary weeks behind and before it. */
    private static final Instant START = CivilTime.at(LocalDate.of(2026, 11, 25), LocalTime.of(10, 0));

    @Autowired
    SubmissionDesk submissions;

    @Autowired
    WorkOrderDesk desk;

    @Autowired
    TimeDesk time;

    @Autowired
    SupervisionDesk supervisions;

    @Autowired
    InstructionDesk instructions;

    @Autowired
    AssistDesk assists;

    @Autowired
    TransferDesk transfers;

    @Autowired
    DisputeDesk disputes;

    @Autowired
    RatingDesk ratings;

    @Autowired
    MockMvc mvc;

    @Autowired
    ClockDesk clocks;

    @Autowired
    OrderClocks stamped;

    @Autowired
    EventPump pump;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    MovableClock clock;

    @Autowired
    DeadlineBook rules;

    @Autowired
    JdbcClient jdbc;

    Town.Side here;

    @BeforeEach
    void build() {
        clock.set(START);
        // orders of other tests are not to run out here
        jdbc.sql("delete from order_clock").update();
        here = towns.make().near();
    }

    @AfterEach
    void now() {
        clock.reset();
        rules.changed();
    }

    @Test
    void what_fell_due_while_nothing_ran_happens_once_in_order_and_none_is_left_out() {
        var id = working();
        // down for two weeks; then two starts in a row
        clock.advance(Duration.ofDays(20));
        clocks.fireAll();
        clocks.fireAll();

        assertThat(fired(id))
                .containsExactly(
                        "warn contact holder",
                        "escalate contact community",
                        "escalate contact street",
                        "warn resolve holder",
                        "escalate contact district",
                        "escalate resolve community",
                        "escalate resolve street",
                        "escalate contact city",
                        "escalate resolve district",
                        "escalate resolve city");
        assertThat(jdbc.sql("""
                        select count(distinct seq) = count(*) and bool_and(actor is null) and bool_and(actor_as = 'clock')
                        from work_order_step where order_id = ? and verb in ('warn', 'escalate')
                        """).param(id.id()).query(Boolean.class).single()).isTrue();
        assertThat(
                        count(
                                "event_log where subject = '" + id
                                        + "' and kind = 'work_order.escalate' and body ->> 'level' = 'street' and body ->> 'timer' = 'resolve'"))
                .isEqualTo(1);
        assertThat(jdbc.sql("select level from order_clock where order_id = ? and part = 'work'")
                        .param(id.id())
                        .query(String.class)
                        .single())
                .isEqualTo("city");
    }

    @Test
    void each_step_comes_at_its_own_time_and_those_concerned_are_told() {
        var id = working();
        desk.contact(here.manager(), id, orders.version(id), "phone", "约好周五上门");
        var due = stamped.find(id, Part.WORK).orElseThrow().due(Deadlines.Timer.RESOLVE);
        assertThat(due).isEqualTo(CivilTime.at(LocalDate.of(2026, 12, 2), LocalTime.of(17, 30)));

        at("2026-12-01T17:29");
        assertThat(fired(id)).isEmpty();
        at("2026-12-01T17:30");
        assertThat(fired(id)).containsExactly("warn resolve holder");
        at("2026-12-02T17:29");
        assertThat(fired(id)).hasSize(1);
        at("2026-12-02T17:30");
        assertThat(fired(id)).hasSize(2).last().isEqualTo("escalate resolve community");
        at("2026-12-03T17:30");
        assertThat(fired(id)).hasSize(3).last().isEqualTo("escalate resolve street");

        pump.run();
        assertThat(told(here.manager().account())).contains("快到期了，请抓紧");
        assertThat(told(here.streetDesk().account())).contains("有一单超时，报到您这儿了");
        assertThat(told(here.resident().account())).contains("您的单超时了，系统往上报了");
        assertThat(told(here.districtDesk().account())).doesNotContain("有一单超时，报到您这儿了");
    }

    @Test
    void only_what_the_holder_is_late_with_is_supervised() {
        var accept = submit("楼顶漏水，天花板湿了。");
        at("2026-11-30T18:00");
        assertThat(fired(accept)).contains("escalate accept street", "escalate accept district");
        follow();
        assertThat(supervised(accept)).as("a late acceptance").isFalse();

        var verify = working();
        desk.resolve(here.manager(), verify, orders.version(verify), "换了锁", List.of(), List.of());
        at("2026-12-08T18:00");
        assertThat(fired(verify)).contains("escalate verify street", "escalate verify district");
        assertThat(fired(accept)).as("up to the end of the line").contains("escalate accept city");
        follow();
        assertThat(supervised(verify)).as("a late verification").isFalse();

        var decide = working();
        desk.contact(here.manager(), decide, orders.version(decide), "phone", "约好了");
        time.askExtension(here.manager(), decide, orders.version(decide), 3, "门锁要订货");
        at("2026-12-14T09:00");
        assertThat(fired(decide)).contains("escalate decide street", "escalate decide district");
        assertThat(fired(verify)).contains("escalate verify city");
        follow();
        assertThat(supervised(decide)).as("a late decision").isFalse();
    }

    @Test
    void what_the_holder_is_late_with_is_supervised_once_it_reaches_the_street() {
        var take = submit("楼顶漏水，天花板湿了。");
        desk.dispatch(here.communityDesk(), take, orders.version(take), here.company());
        var contact = working();
        var resolve = working();
        desk.contact(here.manager(), resolve, orders.version(resolve), "phone", "约好周五上门");
        at("2026-11-26T18:00");
        assertThat(fired(take)).contains("escalate take community").doesNotContain("escalate take street");
        follow();
        assertThat(supervised(take)).as("the community was told first").isFalse();
        at("2026-11-27T18:00");
        assertThat(fired(take)).contains("escalate take street");
        assertThat(fired(contact)).contains("escalate contact street");
        follow();
        assertThat(supervised(take)).isTrue();
        assertThat(supervised(contact)).isTrue();
        assertThat(supervised(resolve)).isFalse();
        at("2026-12-03T17:30");
        assertThat(fired(take)).contains("escalate take district", "escalate take city");
        follow();
        assertThat(supervised(resolve)).isTrue();
    }

    @Test
    void a_written_answer_that_is_owed_has_a_clock_of_its_own() {
        var id = orders.at(Orders.Stage.SUPERVISED, here, here.resident(), "消防栓没水。");
        at("2026-11-27T13:30");
        assertThat(fired(id)).contains("warn supervise holder");
        at("2026-11-27T17:30");
        assertThat(fired(id)).contains("escalate supervise street").doesNotContain("escalate supervise district");
        supervisions.answer(here.manager(), id, orders.version(id), "周六换好");
        at("2026-12-01T18:00");
        assertThat(fired(id)).doesNotContain("escalate supervise district");
        supervisions.sendBack(here.streetDesk(), id, orders.version(id), "没写谁来换");
        at("2026-12-03T17:30");
        assertThat(fired(id)).filteredOn("escalate supervise street"::equals).hasSize(2);
        at("2026-12-04T17:30");
        assertThat(fired(id)).contains("escalate supervise district");
    }

    @Test
    void the_answer_to_a_leaders_mark_has_a_clock_of_its_own() {
        var id = orders.at(Orders.Stage.MARKED, here, here.resident(), "树挡了窗。");
        at("2026-11-30T17:30");
        assertThat(fired(id)).contains("warn mark holder", "escalate mark street");
        var mark = jdbc.sql("select id from leader_mark where order_id = ?")
                .param(id.id())
                .query(Long.class)
                .single();
        instructions.answer(here.manager(), id, orders.version(id), mark, "周三修剪");
        at("2026-12-04T18:00");
        assertThat(fired(id)).doesNotContain("escalate mark district");
    }

    @Test
    void help_that_was_asked_for_has_a_clock_of_its_own() {
        var id = working();
        desk.contact(here.manager(), id, orders.version(id), "phone", "约好了");
        var due = CivilTime.at(LocalDate.of(2026, 11, 27), LocalTime.of(17, 30));
        assists.ask(here.manager(), id, orders.version(id), here.helperBody(), "查水管", due);
        assists.ask(
                here.manager(), id, orders.version(id), here.otherHelperBody(), "修锁", due.plus(Duration.ofDays(30)));
        at("2026-11-27T13:30");
        assertThat(fired(id)).containsExactly("warn help holder");
        follow();
        assertThat(told(here.helper().account())).contains("请您协办的快到期了，请抓紧");
        at("2026-11-27T17:30");
        assertThat(fired(id)).last().isEqualTo("escalate help holder");
        at("2026-11-30T17:30");
        follow();
        assertThat(fired(id)).last().isEqualTo("escalate help community");
        assertThat(told(here.communityDesk().account())).contains("单子上有答复或协办超时，报到您这儿了");
        assertThat(supervised(id)).isFalse();
        // it is done; the other part is far from due, and ends with the work
        assists.accept(here.helper(), id, orders.version(id), orders.assist(id, here.helperBody()));
        assists.done(here.helper(), id, orders.version(id), orders.assist(id, here.helperBody()), "没漏", List.of());
        var before = fired(id);
        desk.resolve(here.manager(), id, orders.version(id), "换了锁", List.of(), List.of());
        desk.sendBack(here.communityDesk(), id, orders.version(id), "还是锁不上");
        at("2026-12-29T09:00");
        assertThat(fired(id))
                .filteredOn(step -> step.contains(" help "))
                .containsExactlyElementsOf(
                        before.stream().filter(step -> step.contains(" help ")).toList());
    }

    @Test
    void an_offer_that_nobody_answers_goes_up_the_line_on_the_other_side() {
        var far = towns.make();
        var there = far.far();
        var id = submitFor(far.near(), "隔壁街道的路灯不亮，晚上看不见。");
        transfers.offer(
                far.near().communityDesk(),
                id,
                orders.version(id),
                "other_estate",
                String.valueOf(there.garden()),
                "是那边的灯");
        assertThat(waits(there.streetDesk(), id)).isFalse();
        at("2026-11-26T17:30");
        assertThat(fired(id)).contains("warn transfer community", "escalate transfer street");
        follow();
        assertThat(told(there.communityDesk().account())).contains("快到期了，请抓紧");
        assertThat(told(there.streetDesk().account())).contains("单子上有答复或协办超时，报到您这儿了");
        assertThat(told(far.near().streetDesk().account())).isEmpty();
        assertThat(told(far.near().resident().account())).doesNotContain("您的单超时了，系统往上报了");
        assertThat(waits(there.streetDesk(), id)).isTrue();
        assertThat(supervised(id)).isFalse();
        at("2026-11-27T17:30");
        follow();
        assertThat(told(there.districtDesk().account())).contains("单子上有答复或协办超时，报到您这儿了");
        // the street answers in its community's place
        transfers.decline(there.streetDesk(), id, orders.version(id), "是市政的灯");
        assertThat(orders.state(id)).isEqualTo("awaiting_dispatch");
    }

    @Test
    void after_an_offer_was_declined_the_community_has_its_whole_time_again() {
        var id = submit("院墙外的路灯不亮，晚上看不见。");
        transfers.offer(
                here.communityDesk(), id, orders.version(id), "other_estate", String.valueOf(here.oldYard()), "是老院子的灯");
        clock.advance(Duration.ofDays(10));
        transfers.decline(here.communityDesk(), id, orders.version(id), "不是老院子的");
        clocks.fireAll();
        assertThat(fired(id)).doesNotContain("warn accept community", "escalate accept street");
        var intake = stamped.find(id, Part.INTAKE).orElseThrow();
        assertThat(intake.due(Deadlines.Timer.ACCEPT)).isAfter(clock.instant());
        assertThat(intake.plan())
                .noneMatch(planned -> planned.at().isBefore(clock.instant().minusSeconds(60)));
    }

    @Test
    void a_reminder_in_between_takes_nothing_from_a_form_that_is_open() {
        var id = working();
        var seen = orders.version(id);
        at("2026-12-04T09:00");
        assertThat(orders.version(id)).isGreaterThan(seen);
        desk.contact(here.manager(), id, seen, "phone", "约好了");
    }

    @Test
    void the_clock_of_accepting_is_stamped_with_filing_and_cleared_when_the_order_ends() {
        var id = submit("门口的灯不亮，晚上看不清路。");
        var intake = stamped.find(id, Part.INTAKE).orElseThrow();
        assertThat(intake.plan())
                .extracting(OrderClock.Planned::level)
                .containsExactly(Level.COMMUNITY, Level.STREET, Level.DISTRICT, Level.CITY);
        at("2026-11-27T09:00");
        assertThat(fired(id)).containsExactly("warn accept community", "escalate accept street");

        desk.withdraw(here.resident(), id, orders.version(id), "");
        pump.run();
        assertThat(stamped.all(id)).isEmpty();
    }

    @Test
    void changing_a_rule_leaves_running_clocks_alone() {
        var id = working();
        var before = stamped.all(id);
        var due = due(id);
        shift(-4);
        try {
            rules.changed();
            assertThat(stamped.all(id)).isEqualTo(before);
            assertThat(due(id)).isEqualTo(due);
            var later = working();
            assertThat(due(later)).isBefore(due);
        } finally {
            shift(4);
        }
    }

    @Test
    void a_category_or_its_branch_can_have_a_deadline_of_its_own() {
        var category = jdbc.sql("select category from work_order where id = ?");
        var plain = working();
        var code = category.param(plain.id()).query(String.class).single();
        var branch = code.substring(0, code.indexOf('.'));
        jdbc.sql("""
                insert into deadline_rule (category, clock, amount, measure, basis, valid)
                values (?, 'resolve', 3, 'working_day', 'test', daterange('2020-01-01', null)),
                       (?, 'resolve', 2, 'working_day', 'test', daterange('2020-01-01', null))
                """).params(branch, code).update();
        try {
            rules.changed();
            var leaf = working();
            assertThat(due(leaf)).isEqualTo(CivilTime.at(LocalDate.of(2026, 11, 27), LocalTime.of(17, 30)));
            jdbc.sql("delete from deadline_rule where category = ?").param(code).update();
            rules.changed();
            assertThat(due(working())).isEqualTo(CivilTime.at(LocalDate.of(2026, 11, 30), LocalTime.of(17, 30)));
        } finally {
            jdbc.sql("delete from deadline_rule where category is not null").update();
        }
    }

    @Test
    void the_holder_asks_for_more_time_once_and_the_community_decides() {
        var id = working();
        var due = due(id);
        assertThatThrownBy(() -> time.askExtension(here.manager(), id, orders.version(id), 11, "等配件"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("最多延 10 个工作日");
        time.askExtension(here.manager(), id, orders.version(id), 3, "门锁要订货");
        assertThat(orders.state(id)).isEqualTo("extension_requested");
        assertThat(due(id)).as("asking moves nothing").isEqualTo(due);
        assertThatThrownBy(() -> time.grantExtension(here.manager(), id, orders.version(id), ""))
                .isInstanceOf(Refusal.class);

        time.refuseExtension(here.communityDesk(), id, orders.version(id), "先换个旧锁顶上");
        assertThat(due(id)).isEqualTo(due);
        time.askExtension(here.manager(), id, orders.version(id), 3, "旧锁也没有，只能等");
        time.grantExtension(here.communityDesk(), id, orders.version(id), "");
        assertThat(orders.state(id)).isEqualTo("in_progress");
        assertThat(due(id)).isEqualTo(CivilTime.at(LocalDate.of(2026, 12, 7), LocalTime.of(17, 30)));

        assertThatThrownBy(() -> time.askExtension(here.manager(), id, orders.version(id), 1, "还要一天"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("延过一次了");
    }

    @Test
    void after_the_deadline_there_is_nothing_to_ask_for() {
        var id = working();
        desk.contact(here.manager(), id, orders.version(id), "phone", "约好了");
        at("2026-12-02T17:30");
        assertThatThrownBy(() -> time.askExtension(here.manager(), id, orders.version(id), 3, "门锁要订货"))
                .hasMessageContaining("已经过了处理期限");
        assertThatThrownBy(() -> time.askSuspension(
                        here.manager(), id, orders.version(id), "parts", LocalDate.of(2026, 12, 9), "门锁要订货"))
                .hasMessageContaining("已经过了处理期限");
    }

    @Test
    void an_objective_obstacle_stops_the_clock_until_its_day() {
        var id = working();
        var ask = LocalDate.of(2026, 12, 7);
        assertThatThrownBy(() -> time.askSuspension(here.manager(), id, orders.version(id), "parts", ask, "锁芯停产，等厂家"))
                .hasMessageContaining("先联系居民");
        desk.contact(here.manager(), id, orders.version(id), "phone", "跟居民说了要等锁芯");
        assertThatThrownBy(() -> time.askSuspension(
                        here.manager(), id, orders.version(id), "parts", LocalDate.of(2027, 3, 1), "锁芯停产"))
                .hasMessageContaining("最多停 30 天");
        time.askSuspension(here.manager(), id, orders.version(id), "parts", ask, "锁芯停产，等厂家");
        // the decision takes a day; that day is not the holder's
        at("2026-11-26T10:00");
        time.grantSuspension(here.communityDesk(), id, orders.version(id), "");
        assertThat(orders.state(id)).isEqualTo("suspended");
        assertThat(due(id)).isNull();
        var left = stamped.find(id, Part.WORK).orElseThrow().stop();
        assertThat(Math.round(left.secondsLeft() / 60.0)).isEqualTo(450 + 5 * 540);

        // nothing is due while it stands still, however long nobody looks
        at("2026-12-06T23:59");
        assertThat(fired(id)).doesNotContain("warn resolve holder");
        at("2026-12-07T00:00");
        assertThat(orders.state(id)).isEqualTo("in_progress");
        assertThat(due(id)).isEqualTo(CivilTime.at(LocalDate.of(2026, 12, 14), LocalTime.of(16, 0)));
        at("2026-12-11T16:00");
        assertThat(fired(id)).last().isEqualTo("warn resolve holder");
    }

    @Test
    void the_obstacle_can_be_gone_before_its_day() {
        var id = working();
        desk.contact(here.manager(), id, orders.version(id), "phone", "跟居民说了要等锁芯");
        time.askSuspension(here.manager(), id, orders.version(id), "parts", LocalDate.of(2026, 12, 20), "等厂家");
        time.grantSuspension(here.communityDesk(), id, orders.version(id), "");
        at("2026-11-30T08:30");
        time.resume(here.manager(), id, orders.version(id), "锁芯提前到了");
        assertThat(due(id)).isEqualTo(CivilTime.at(LocalDate.of(2026, 12, 7), LocalTime.of(16, 0)));
    }

    @Test
    void time_that_is_granted_lets_nothing_happen_twice() {
        var id = working();
        time.askExtension(here.manager(), id, orders.version(id), 3, "门锁要订货");
        at("2026-11-27T18:00");
        var before = fired(id);
        assertThat(before).contains("escalate contact community", "escalate contact street");
        time.grantExtension(here.communityDesk(), id, orders.version(id), "");
        at("2026-11-30T17:30");
        assertThat(fired(id)).isEqualTo(before);
        at("2026-12-01T17:30");
        assertThat(fired(id)).hasSize(before.size() + 1).last().isEqualTo("escalate contact district");
        assertThat(jdbc.sql("select level from order_clock where order_id = ? and part = 'work'")
                        .param(id.id())
                        .query(String.class)
                        .single())
                .isEqualTo("district");
    }

    @Test
    void an_extension_that_is_granted_late_is_not_over_when_it_is_granted() {
        var id = working();
        desk.contact(here.manager(), id, orders.version(id), "phone", "约好了");
        at("2026-12-02T17:00");
        time.askExtension(here.manager(), id, orders.version(id), 1, "门锁要订货");
        at("2026-12-07T10:00");
        time.grantExtension(here.communityDesk(), id, orders.version(id), "");
        assertThat(due(id)).isEqualTo(CivilTime.at(LocalDate.of(2026, 12, 8), LocalTime.of(17, 30)));
    }

    @Test
    void while_a_return_or_an_offer_waits_the_holders_time_stands_still() {
        var returned = working();
        var offered = working();
        var untaken = submit("楼顶漏水，天花板湿了。");
        desk.dispatch(here.communityDesk(), untaken, orders.version(untaken), here.company());
        disputes.request(here.manager(), returned, orders.version(returned), "outside", "是开发商的保修");
        disputes.request(here.manager(), untaken, orders.version(untaken), "outside", "是开发商的保修");
        transfers.offer(
                here.communityDesk(),
                offered,
                orders.version(offered),
                "other_estate",
                String.valueOf(here.oldYard()),
                "是老院子的门");
        assertThat(runs(returned)).isEqualTo("null null");
        at("2026-12-07T09:59");
        for (var id : List.of(returned, untaken, offered)) {
            assertThat(fired(id))
                    .isNotEmpty()
                    .noneMatch(step -> step.contains("contact") || step.contains("resolve") || step.contains("take"));
        }
        disputes.refuse(here.communityDesk(), returned, orders.version(returned), "在物业的范围里");
        disputes.refuse(here.communityDesk(), untaken, orders.version(untaken), "在物业的范围里");
        transfers.recall(here.communityDesk(), offered, orders.version(offered), "还是我们办");
        // of one working day and of five 7.5 hours of the first were left
        for (var id : List.of(returned, untaken, offered)) {
            assertThat(runs(id)).isEqualTo("2026-12-08 17:29 2026-12-14 17:29");
        }
        assertThat(due(untaken)).isEqualTo(CivilTime.at(LocalDate.of(2026, 12, 8), LocalTime.of(17, 30)));
        at("2026-12-08T17:31");
        assertThat(fired(returned)).contains("warn contact holder", "escalate contact community");
        assertThat(fired(untaken)).contains("escalate take community", "escalate contact community");
        assertThat(fired(offered)).contains("escalate contact community");
    }

    @Test
    void what_was_late_when_a_return_was_asked_for_stays_late_and_is_not_told_again() {
        var id = working();
        at("2026-11-26T17:31");
        assertThat(fired(id)).containsExactly("warn contact holder", "escalate contact community");
        disputes.request(here.manager(), id, orders.version(id), "outside", "是开发商的保修");
        assertThat(runs(id)).isEqualTo("2026-11-26 17:30 null");
        at("2026-11-27T09:00");
        disputes.refuse(here.communityDesk(), id, orders.version(id), "在物业的范围里");
        at("2026-11-27T17:29");
        assertThat(fired(id)).filteredOn(step -> step.contains("contact")).hasSize(2);
        at("2026-11-27T17:30");
        assertThat(fired(id)).last().isEqualTo("escalate contact street");
    }

    @Test
    void after_a_denied_contact_the_clock_presses_the_holder_again() {
        var id = working();
        desk.contact(here.manager(), id, orders.version(id), "phone", "约好周五上门");
        at("2026-11-26T17:31");
        assertThat(fired(id)).isEmpty();
        desk.denyContact(here.resident(), id, orders.version(id));
        at("2026-11-26T17:32");
        assertThat(fired(id)).as("no reminder after the end").containsExactly("escalate contact community");
        at("2026-11-27T17:31");
        assertThat(fired(id)).contains("escalate contact street");
    }

    @Test
    void a_return_of_what_presses_is_decided_within_hours() {
        var urgent = submit("总管爆了，水往电梯里灌。");
        jdbc.sql("update work_order set urgency = 'urgent' where district = ? and id = ?")
                .params(urgent.district(), urgent.id())
                .update();
        var ordinary = submit("楼顶漏水，天花板湿了。");
        for (var id : List.of(urgent, ordinary)) {
            desk.dispatch(here.communityDesk(), id, orders.version(id), here.company());
            disputes.request(here.manager(), id, orders.version(id), "outside", "是供水公司的管");
        }
        assertThat(due(urgent)).isEqualTo(START.plus(Duration.ofHours(1)));
        assertThat(due(ordinary)).isEqualTo(CivilTime.at(LocalDate.of(2026, 11, 26), LocalTime.of(17, 30)));
    }

    @Test
    void nobody_is_late_with_an_order_that_nobody_holds() {
        var id = working();
        disputes.request(here.manager(), id, orders.version(id), "outside", "是隔壁的");
        disputes.grant(here.communityDesk(), id, orders.version(id), "");
        transfers.offer(
                here.communityDesk(), id, orders.version(id), "other_estate", String.valueOf(here.oldYard()), "是老院子的");
        at("2026-12-10T10:00");
        assertThat(fired(id)).isNotEmpty().allMatch(step -> step.contains(" transfer "));
        assertThat(supervised(id)).isFalse();
    }

    @Test
    void a_contact_that_was_missed_before_a_return_was_granted_stays_missed_for_whoever_missed_it() {
        var missed = working();
        var inTime = working();
        desk.contact(here.manager(), inTime, orders.version(inTime), "phone", "约好周五上门");
        at("2026-11-26T17:31");
        for (var id : List.of(missed, inTime)) {
            disputes.request(here.manager(), id, orders.version(id), "outside", "是隔壁的");
            disputes.grant(here.communityDesk(), id, orders.version(id), "");
        }
        assertThat(responded(missed)).isEqualTo("missed");
        assertThat(responded(inTime)).isEqualTo("not_yet");
        assertThat(page(here.communityDesk(), "/orders/" + missed)).contains("退单前没按时联系居民，期限是 2026年11月26日 周四 17:30");
        assertThat(page(here.communityDesk(), "/orders/" + inTime)).doesNotContain("退单前没按时联系居民");
        at("2026-11-27T17:31");
        assertThat(fired(missed)).as("nobody is pressed for it").doesNotContain("escalate contact street");
        // another owes a contact of its own; whoever missed it and is named again has missed it still
        var other = working();
        at("2026-11-30T17:31");
        disputes.request(here.manager(), other, orders.version(other), "outside", "是隔壁的");
        disputes.grant(here.communityDesk(), other, orders.version(other), "");
        desk.dispatch(here.communityDesk(), other, orders.version(other), here.helperBody());
        desk.dispatch(here.communityDesk(), missed, orders.version(missed), here.company());
        assertThat(responded(other)).isEqualTo("not_yet");
        assertThat(responded(missed)).isEqualTo("missed");
        desk.take(here.manager(), missed, orders.version(missed));
        desk.contact(here.manager(), missed, orders.version(missed), "phone", "约好了");
        assertThat(responded(missed)).isEqualTo("missed");
    }

    private String responded(OrderId id) {
        return jdbc.sql("select part from (" + RateSql.cases("o.district = :district and o.id = :id")
                        + ") x where rate = 'response'")
                .param("now", java.sql.Timestamp.from(clock.instant()))
                .param("district", id.district())
                .param("id", id.id())
                .query(String.class)
                .single();
    }

    /** 二次交办 goes back to the same holder, which has answered the resident once; what it owes is the work. */
    @Test
    void an_order_that_is_opened_again_owes_a_first_contact_only_where_none_was_made() {
        var contacted = working();
        desk.contact(here.manager(), contacted, orders.version(contacted), "phone", "约好周五上门");
        var denied = working();
        desk.contact(here.manager(), denied, orders.version(denied), "phone", "约好周五上门");
        desk.denyContact(here.resident(), denied, orders.version(denied));
        for (var id : List.of(contacted, denied)) {
            desk.resolve(here.manager(), id, orders.version(id), "换了锁", List.of(), List.of());
            desk.verify(here.communityDesk(), id, orders.version(id), "");
            ratings.rate(here.resident(), id, orders.version(id), false, 1, "");
        }
        assertThat(stamped.find(contacted, Part.WORK).orElseThrow().timers())
                .extracting(OrderClock.Running::timer)
                .containsExactly(Deadlines.Timer.RESOLVE);
        assertThat(responded(contacted)).isEqualTo("in_time");
        assertThat(stamped.find(denied, Part.WORK).orElseThrow().timers())
                .extracting(OrderClock.Running::timer)
                .containsExactly(Deadlines.Timer.CONTACT, Deadlines.Timer.RESOLVE);
        at("2026-11-26T17:31");
        assertThat(responded(denied)).isEqualTo("missed");
    }

    @Test
    void an_answer_that_is_owed_waits_for_the_rating_and_is_owed_again_when_it_is_not_solved() {
        var supervised = orders.at(Orders.Stage.SUPERVISED, here, here.resident(), "消防栓没水。");
        var marked = orders.at(Orders.Stage.MARKED, here, here.resident(), "树挡了窗。");
        for (var id : List.of(supervised, marked)) {
            desk.resolve(here.manager(), id, orders.version(id), "办好了", List.of(), List.of());
            desk.verify(here.communityDesk(), id, orders.version(id), "去看过了");
        }
        at("2026-12-01T09:59");
        assertThat(fired(supervised)).containsOnly("warn rate reporter");
        assertThat(page(here.streetDesk(), "/supervisions?late=1")).doesNotContain(supervised.toString());
        for (var id : List.of(supervised, marked)) {
            ratings.rate(here.resident(), id, orders.version(id), false, 1, "");
        }
        at("2026-12-01T10:05");
        assertThat(fired(supervised)).containsOnly("warn rate reporter");
        assertThat(page(here.streetDesk(), "/supervisions?late=1")).doesNotContain(supervised.toString());
        // as many working days later as it waited, and the history says until when
        assertThat(page(here.communityDesk(), "/orders/" + supervised)).contains("督办的书面答复顺延到 2026年12月3日 周四");
        assertThat(page(here.communityDesk(), "/orders/" + marked)).contains("批示的答复顺延到 2026年12月4日 周五");
        at("2026-12-03T17:31");
        assertThat(fired(supervised)).contains("warn supervise holder", "escalate supervise street");
        assertThat(page(here.streetDesk(), "/supervisions?late=1")).contains(supervised.toString());
        at("2026-12-04T17:31");
        assertThat(fired(marked)).contains("warn mark holder", "escalate mark street");
    }

    @Test
    void an_answer_that_was_late_before_it_waited_stays_late_also_when_its_clocks_are_younger() {
        var id = orders.at(Orders.Stage.SUPERVISED, here, here.resident(), "消防栓没水。");
        var due = jdbc.sql("select due_at from supervision where district = ? and order_id = ?")
                .params(id.district(), id.id())
                .query(java.time.OffsetDateTime.class)
                .single();
        clock.set(due.toInstant().plusSeconds(3_600));
        desk.resolve(here.manager(), id, orders.version(id), "办好了", List.of(), List.of());
        desk.verify(here.communityDesk(), id, orders.version(id), "去看过了");
        // stamped by an import, which knows no more than when the order was filed
        jdbc.sql("""
                        update order_clock k set since = o.submitted_at from work_order o
                        where o.district = k.district and o.id = k.order_id and k.part = 'rating' and o.id = ?
                        """).param(id.id()).update();
        clock.advance(Duration.ofDays(1));
        ratings.rate(here.resident(), id, orders.version(id), false, 1, "");
        assertThat(jdbc.sql("select due_at from supervision where district = ? and order_id = ?")
                        .params(id.district(), id.id())
                        .query(java.time.OffsetDateTime.class)
                        .single())
                .isEqualTo(due);
    }

    @Test
    void whoever_filed_it_is_asked_for_a_rating_in_words_of_its_own_and_never_at_night() {
        var id = working();
        jdbc.sql("update work_order set urgency = 'urgent' where district = ? and id = ?")
                .params(id.district(), id.id())
                .update();
        desk.resolve(here.manager(), id, orders.version(id), "换了锁", List.of(), List.of());
        desk.verify(here.communityDesk(), id, orders.version(id), "去看过了");
        follow();
        var urgent = count("sms_message where urgent");
        at("2026-11-30T10:05");
        follow();
        assertThat(fired(id)).containsExactly("warn rate reporter");
        assertThat(told(here.resident().account())).contains("修没修好，请评一评，评价快截止了").doesNotContain("快到期了，请抓紧");
        assertThat(count("sms_message where urgent")).isEqualTo(urgent);
    }

    @Test
    void a_rule_of_a_later_day_is_not_for_orders_that_ran_before_even_when_their_time_moves() {
        var id = working();
        desk.contact(here.manager(), id, orders.version(id), "phone", "约好了");
        var step = "clock = 'resolve' and urgency = 'ordinary' and moment = 'after' and level = 'street'";
        jdbc.sql("update escalation_rule set valid = daterange(lower(valid), '2026-11-26') where " + step)
                .update();
        jdbc.sql("""
                insert into escalation_rule (clock, urgency, moment, amount, measure, level, basis, valid)
                values ('resolve', 'ordinary', 'after', 4, 'hour', 'street', 'test', daterange('2026-11-26', null))
                """).update();
        try {
            clock.set(CivilTime.at(LocalDate.of(2026, 11, 27), LocalTime.of(10, 0)));
            rules.changed();
            time.askExtension(here.manager(), id, orders.version(id), 3, "门锁要订货");
            time.grantExtension(here.communityDesk(), id, orders.version(id), "");
            assertThat(toStreet(id)).isEqualTo(CivilTime.at(LocalDate.of(2026, 12, 8), LocalTime.of(17, 30)));
            assertThat(toStreet(working()))
                    .as("one that begins now")
                    .isEqualTo(CivilTime.at(LocalDate.of(2026, 12, 4), LocalTime.of(21, 30)));
        } finally {
            jdbc.sql("delete from escalation_rule where basis = 'test'").update();
            jdbc.sql("update escalation_rule set valid = daterange(lower(valid), null) where " + step)
                    .update();
        }
    }

    private Instant toStreet(OrderId id) {
        return stamped.find(id, Part.WORK).orElseThrow().planned(Deadlines.Timer.RESOLVE).stream()
                .filter(step -> step.level() == Level.STREET)
                .findFirst()
                .orElseThrow()
                .at();
    }

    /** The ends of the first contact and of the work, as they stand on the order. */
    private String runs(OrderId id) {
        return jdbc.sql("""
                select format('%s %s', coalesce(to_char(contact_due at time zone 'Asia/Shanghai' + interval '30 seconds', 'YYYY-MM-DD HH24:MI'), 'null'),
                              coalesce(to_char(resolve_due at time zone 'Asia/Shanghai' + interval '30 seconds', 'YYYY-MM-DD HH24:MI'), 'null'))
                from work_order where district = ? and id = ?
                """).params(id.district(), id.id()).query(String.class).single();
    }

    @Test
    void what_was_asked_lapses_when_the_work_is_done_meanwhile() {
        var id = working();
        time.askExtension(here.manager(), id, orders.version(id), 3, "门锁要订货");
        desk.resolve(here.manager(), id, orders.version(id), "修好了", List.of(), List.of());
        assertThat(count("order_time_request where order_id = " + id.id() + " and state = 'lapsed'"))
                .isEqualTo(1);
        desk.sendBack(here.communityDesk(), id, orders.version(id), "还是锁不上");
        assertThat(orders.state(id)).isEqualTo("in_progress");
        at("2026-12-02T18:00");
        assertThat(fired(id)).contains("warn resolve holder", "escalate resolve community");
    }

    @Test
    void the_street_decides_where_the_communitys_own_team_holds_the_order() {
        var id = submissions.submit(
                here.oldYardResident(), UUID.randomUUID().toString(), said(here.oldYard(), "楼道灯全坏了，晚上看不见。"));
        desk.dispatch(here.communityDesk(), id, orders.version(id), here.backstop());
        desk.take(here.backstopManager(), id, orders.version(id));
        time.askExtension(here.backstopManager(), id, orders.version(id), 2, "灯要统一采购");
        assertThatThrownBy(() -> time.grantExtension(here.communityDesk(), id, orders.version(id), ""))
                .hasMessageContaining("由街道来定");
        assertThat(stamped.find(id, Part.DECISION).orElseThrow().plan())
                .allMatch(planned -> planned.level().compareTo(Level.STREET) >= 0);
        time.grantExtension(here.streetDesk(), id, orders.version(id), "");
        assertThat(orders.state(id)).isEqualTo("in_progress");
    }

    @Test
    void what_the_residents_committee_asks_for_waits_for_the_street() {
        var committee = towns.account(Role.MANAGER, null, null, here.committee(), null);
        var asked = heldBy(committee, "楼道灯全坏了，晚上看不见。");
        time.askExtension(committee, asked, orders.version(asked), 2, "灯要统一采购");
        var returned = heldBy(committee, "院门锁坏了，谁都能进。");
        disputes.request(committee, returned, orders.version(returned), "outside", "要找街道修");
        assertThat(waits(here.streetDesk(), asked)).isTrue();
        assertThat(waits(here.streetDesk(), returned)).isTrue();
        assertThat(waits(here.communityDesk(), asked)).isFalse();
        assertThat(waits(here.communityDesk(), returned)).isFalse();
    }

    private OrderId heldBy(Reader holder, String words) {
        var id = submissions.submit(here.oldYardResident(), UUID.randomUUID().toString(), said(here.oldYard(), words));
        desk.dispatch(here.communityDesk(), id, orders.version(id), here.committee());
        desk.take(holder, id, orders.version(id));
        return id;
    }

    @Test
    void orders_from_before_there_were_clocks_get_theirs_without_a_flood() {
        var id = working();
        desk.contact(here.manager(), id, orders.version(id), "phone", "约好了");
        jdbc.sql("delete from order_clock where order_id = ?").param(id.id()).update();
        at("2026-12-02T18:00");
        while (clocks.adopt() > 0) {
            // until every open order has its clocks
        }
        jdbc.sql("update order_clock set next_at = null where order_id <> ?")
                .param(id.id())
                .update();
        clocks.fireAll();
        assertThat(fired(id)).as("what lies behind is let be").isEmpty();
        at("2026-12-03T17:30");
        assertThat(fired(id)).containsExactly("escalate resolve street");
    }

    @Test
    void answers_owed_from_before_answers_had_clocks_get_theirs_and_a_late_one_goes_up_once() {
        var supervised = working();
        supervisions.supervise(here.streetDesk(), supervised, orders.version(supervised), "请说清楚");
        var marked = working();
        instructions.instruct(
                here.streetDesk(),
                marked,
                orders.version(marked),
                new InstructionDesk.Instruction(
                        "周某 副区长", LocalDate.of(2026, 11, 25), "三天内办好", "holder", LocalDate.of(2026, 11, 27), false));
        var offered = orders.at(Orders.Stage.OFFERED, here, here.resident(), "隔壁院子的灯不亮了。");
        // as it was before: their own clocks run, those of the answers do not
        jdbc.sql("delete from order_clock where part in ('supervision', 'mark', 'decision')")
                .update();
        at("2026-12-09T12:00");
        var before = List.of(fired(supervised), fired(marked), fired(offered));
        assertThat(before.toString()).doesNotContain("supervise", "mark", "transfer");
        while (clocks.adopt() > 0) {
            // until every answer that is owed has its clock
        }
        jdbc.sql("update order_clock set next_at = null where order_id not in (?, ?, ?)")
                .params(supervised.id(), marked.id(), offered.id())
                .update();
        clocks.fireAll();
        assertThat(fired(supervised))
                .filteredOn(step -> step.contains("supervise"))
                .hasSize(1);
        assertThat(fired(marked)).filteredOn(step -> step.contains("mark")).hasSize(1);
        assertThat(fired(offered)).filteredOn(step -> step.contains("transfer")).hasSize(1);
        assertThat(clocks.adopt()).as("each once").isZero();
    }

    /** Whether it stands in the reader's inbox. */
    private boolean waits(Reader reader, OrderId id) {
        return page(reader, "/todo").contains(id.toString());
    }

    private String page(Reader reader, String path) {
        try {
            return mvc.perform(get(path).with(as(reader)))
                    .andReturn()
                    .getResponse()
                    .getContentAsString(StandardCharsets.UTF_8);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean supervised(OrderId id) {
        return jdbc.sql("select supervised from work_order where district = ? and id = ?")
                .params(id.district(), id.id())
                .query(Boolean.class)
                .single();
    }

    /** Until what follows by itself and the news have caught up. */
    private void follow() {
        boolean behind;
        do {
            pump.run();
            behind = jdbc.sql("""
                    select exists (select from event_log e, event_cursor c
                                   where c.consumer in ('work-order-news', 'supervision-follow') and (e.tx, e.id) > (c.tx, c.id))
                    """).query(Boolean.class).single();
        } while (behind);
    }

    private OrderId submitFor(Town.Side side, String words) {
        return submissions.submit(side.resident(), UUID.randomUUID().toString(), said(side.garden(), words));
    }

    private void shift(int days) {
        jdbc.sql("update deadline_rule set amount = amount + ? where clock = 'resolve' and urgency = 'ordinary'")
                .param(days)
                .update();
        jdbc.sql(
                        "update escalation_rule set amount = amount + ? where clock = 'resolve' and moment = 'after' and amount > 0")
                .param(-days)
                .update();
    }

    private OrderId working() {
        var id = submit("单元门锁坏了，关不严。");
        desk.dispatch(here.communityDesk(), id, orders.version(id), here.company());
        desk.take(here.manager(), id, orders.version(id));
        return id;
    }

    private OrderId submit(String words) {
        return submissions.submit(here.resident(), UUID.randomUUID().toString(), said(here.garden(), words));
    }

    private Submission said(long estate, String words) {
        return new Submission(estate, null, null, "facility.door", words, "", false, List.of(), "resident", null, null);
    }

    /** Lets it be that moment (in Shanghai), and lets the clock do what is due. */
    private void at(String moment) {
        clock.set(java.time.LocalDateTime.parse(moment).atZone(CivilTime.ZONE).toInstant());
        clocks.fireAll();
    }

    private List<String> fired(OrderId id) {
        return jdbc.sql("""
                select verb || ' ' || (detail ->> 'timer') || ' ' || (detail ->> 'level') from work_order_step
                where order_id = ? and verb in ('warn', 'escalate') order by seq
                """).param(id.id()).query(String.class).list();
    }

    private List<String> told(long account) {
        return jdbc.sql("select title from notice where account = ?")
                .param(account)
                .query(String.class)
                .list();
    }

    /** To the minute: the clock of a test goes on by itself. */
    private @Nullable Instant due(OrderId id) {
        return jdbc.sql(
                        "select date_trunc('minute', due_at + interval '30 seconds') as due from work_order where district = ? and id = ?")
                .params(id.district(), id.id())
                .query((r, n) ->
                        java.util.Optional.ofNullable(r.getTimestamp("due")).map(java.sql.Timestamp::toInstant))
                .single()
                .orElse(null);
    }

    private long count(String from) {
        return jdbc.sql("select count(*) from " + from).query(Long.class).single();
    }
}

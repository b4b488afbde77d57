package org.hemei.workorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.Orders;
import org.hemei.workorder.OrderClock.Part;
import org.junit.jupiter.api.Test;

/** Answers that are owed beside the work: to 督办, to marks, to offers, and help. Each has a clock of its own. */
class OwedAnswerStoryTest extends ClockStories {

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
    void an_answer_that_is_owed_within_hours_goes_on_by_hours() {
        jdbc.sql("update handling_rule set amount = 48, measure = 'hour' where name = 'supervise_answer'")
                .update();
        try {
            var id = orders.at(Orders.Stage.SUPERVISED, here, here.resident(), "消防栓没水。");
            desk.resolve(here.manager(), id, orders.version(id), "通水了", List.of(), List.of());
            desk.verify(here.communityDesk(), id, orders.version(id), "");
            at("2026-11-28T10:00");
            ratings.rate(here.resident(), id, orders.version(id), false, 1, "还是没水");
            assertThat(jdbc.sql(
                                    "select to_char(due_at at time zone 'Asia/Shanghai' + interval '30 seconds', 'DD HH24:MI') from supervision where order_id = ?")
                            .param(id.id())
                            .query(String.class)
                            .single())
                    .isEqualTo("30 10:00");
            var clock = stamped.find(id, Part.SUPERVISION).orElseThrow();
            assertThat(clock.find(Deadlines.Timer.SUPERVISE).orElseThrow().measure())
                    .isEqualTo(Deadlines.Measure.HOUR);
        } finally {
            jdbc.sql("update handling_rule set amount = 2, measure = 'working_day' where name = 'supervise_answer'")
                    .update();
        }
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
}

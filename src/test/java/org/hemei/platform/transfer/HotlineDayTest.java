package org.hemei.platform.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.ClockDesk;
import org.hemei.workorder.CorrectingDesk;
import org.hemei.workorder.DisputeDesk;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.RatingDesk;
import org.hemei.workorder.TimeDesk;
import org.hemei.workorder.Urgency;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The day that the hotline gives is a mark where people work, and the end of the work where it is nearer than ours. */
class HotlineDayTest extends HotlineCase {

    @Autowired
    CorrectingDesk corrections;

    @Autowired
    RatingDesk ratings;

    @Autowired
    DisputeDesk disputes;

    @Autowired
    TimeDesk time;

    @Autowired
    ClockDesk clocks;

    /** A Friday; the hotline gives the next Tuesday to one, three weeks to another, and a day that is over to a third. */
    @BeforeEach
    void filed() throws Exception {
        clock.set(CivilTime.at(LocalDate.of(2026, 11, 20), LocalTime.of(10, 0)));
        build(); // with people who were in their posts by then
        imports.pressed(
                mvc,
                near.districtDesk(),
                load(
                        matter("1", garden, "2026-11-24"),
                        matter("2", garden, "2026-12-11"),
                        matter("3", garden, "2026-11-20")),
                "apply");
        jdbc.sql("update hotline_case set category = 'facility.door' where number like ?")
                .param(no + "%")
                .update();
        mvc.perform(post("/hotline/file").with(as(near.districtDesk())).with(csrf()));
    }

    @Test
    void lists_and_the_inbox_of_those_on_duty_mark_it_until_the_work_is_reported_done() throws Exception {
        for (var path : List.of("/todo", "/todo?view=board", "/orders")) {
            mvc.perform(get(path).with(as(near.communityDesk())))
                    .andExpect(content().string(containsString("热线要求 2026年11月24日 前办结")))
                    .andExpect(content().string(containsString("热线要求 2026年12月11日 前办结")))
                    .andExpect(content().string(not(containsString("前办结，过了"))));
        }
        var id = order("1");
        dispatched(id);
        mvc.perform(get("/todo").with(as(near.manager())))
                .andExpect(content().string(containsString("热线要求 2026年11月24日 前办结")));
        clock.set(CivilTime.at(LocalDate.of(2026, 11, 25), LocalTime.of(10, 0)));
        mvc.perform(get("/todo").with(as(near.manager())))
                .andExpect(content().string(containsString("热线要求 2026年11月24日 前办结，过了")));
        desk.take(near.manager(), id, orders.version(id));
        desk.resolve(near.manager(), id, orders.version(id), "换了锁", List.of(), List.of());
        for (var path : List.of("/todo", "/orders")) {
            mvc.perform(get(path).with(as(near.communityDesk())))
                    .andExpect(content().string(containsString(id.toString())))
                    .andExpect(content().string(not(containsString("热线要求 2026年11月24日"))));
        }
    }

    @Test
    void the_work_ends_with_their_day_where_it_is_nearer_and_the_order_says_why() throws Exception {
        mvc.perform(get("/orders/" + order("1")).with(as(near.communityDesk())))
                .andExpect(content().string(containsString("前处理好（热线要求的办结日）")));
        dispatched(order("1"));
        assertThat(workEnds(order("1"))).isEqualTo("2026-11-24 17:30");
        for (var reader : List.of(near.communityDesk(), near.manager())) {
            mvc.perform(get("/orders/" + order("1")).with(as(reader)))
                    .andExpect(content().string(containsString("处理期限也到这天")))
                    .andExpect(content().string(containsString("处理期限到热线要求的 2026年11月24日")));
        }
        dispatched(order("2"));
        assertThat(workEnds(order("2"))).as("ours is nearer").isEqualTo("2026-11-27 17:30");
        mvc.perform(get("/orders/" + order("2")).with(as(near.communityDesk())))
                .andExpect(content().string(not(containsString("处理期限到热线"))));
    }

    @Test
    void a_day_that_is_over_when_the_work_begins_makes_nobody_late() {
        clock.set(CivilTime.at(LocalDate.of(2026, 11, 20), LocalTime.of(17, 31)));
        dispatched(order("3"));
        assertThat(workEnds(order("3"))).isEqualTo("2026-11-27 17:30");
    }

    @Test
    void after_a_correction_it_still_ends_with_their_day() {
        var id = order("1");
        dispatched(id);
        correct(id, Urgency.COMPLEX);
        assertThat(workEnds(id)).isEqualTo("2026-11-24 17:30");
        correct(id, Urgency.UTILITY);
        assertThat(workEnds(id)).as("ours is nearer now").isEqualTo("2026-11-21 10:00");
        correct(id, Urgency.ORDINARY);
        assertThat(workEnds(id)).isEqualTo("2026-11-24 17:30");
    }

    @Test
    void done_anew_it_still_ends_with_their_day_and_after_it_with_ours() {
        var id = order("1");
        dispatched(id);
        desk.take(near.manager(), id, orders.version(id));
        verified(id);
        ratings.rate(near.communityDesk(), id, orders.version(id), false, 2, "还是关不上");
        assertThat(workEnds(id)).isEqualTo("2026-11-24 17:30");
        clock.set(CivilTime.at(LocalDate.of(2026, 11, 23), LocalTime.of(10, 0)));
        verified(id);
        clock.set(CivilTime.at(LocalDate.of(2026, 11, 24), LocalTime.of(17, 30)));
        ratings.rate(near.communityDesk(), id, orders.version(id), false, 2, "又坏了");
        assertThat(workEnds(id)).as("their day is over").isEqualTo("2026-12-01 17:30");
    }

    @Test
    void a_clock_that_stood_still_goes_on_no_longer_than_their_day() {
        var id = order("1");
        dispatched(id);
        desk.take(near.manager(), id, orders.version(id));
        disputes.request(near.manager(), id, orders.version(id), "not_ours", "不归我们管");
        clock.set(CivilTime.at(LocalDate.of(2026, 11, 23), LocalTime.of(10, 0)));
        disputes.refuse(near.communityDesk(), id, orders.version(id), "门是小区的，归你们管");
        assertThat(workEnds(id)).as("what was left would end a day later").isEqualTo("2026-11-24 17:30");
        clock.set(CivilTime.at(LocalDate.of(2026, 11, 24), LocalTime.of(16, 30)));
        reported(id);
        // the clock goes on while it is reported
        clock.set(CivilTime.at(LocalDate.of(2026, 11, 25), LocalTime.of(9, 30, 20)));
        desk.sendBack(near.communityDesk(), id, orders.version(id), "门还是关不上");
        assertThat(workEnds(id))
                .as("the hour that was left when it was reported")
                .isEqualTo("2026-11-25 10:30");
    }

    @ParameterizedTest
    @ValueSource(strings = {"declined", "recalled", "refused before it was taken"})
    void what_came_to_nothing_while_others_decided_leaves_no_more_than_their_day(String how) {
        var id = order("1");
        dispatched(id);
        if (how.startsWith("refused")) {
            disputes.request(near.manager(), id, orders.version(id), "not_ours", "不归我们管");
        } else {
            desk.take(near.manager(), id, orders.version(id));
            transfers.offer(
                    near.communityDesk(),
                    id,
                    orders.version(id),
                    "other_estate",
                    String.valueOf(near.oldYard()),
                    "是老院子的门");
        }
        clock.set(CivilTime.at(LocalDate.of(2026, 11, 23), LocalTime.of(10, 0)));
        switch (how) {
            case "declined" -> transfers.decline(near.communityDesk(), id, orders.version(id), "不是老院子的");
            case "recalled" -> transfers.recall(near.communityDesk(), id, orders.version(id), "还是我们办");
            default -> disputes.refuse(near.communityDesk(), id, orders.version(id), "门是小区的，归你们管");
        }
        assertThat(orders.state(id)).isEqualTo(how.startsWith("refused") ? "dispatched" : "in_progress");
        assertThat(workEnds(id)).as("what was left would end a day later").isEqualTo("2026-11-24 17:30");
    }

    @Test
    void a_suspension_that_ends_before_their_day_ends_with_it_and_one_that_goes_past_it_leaves_what_was_left() {
        var before = suspended("2", LocalDate.of(2026, 12, 9));
        var past = suspended("1", LocalDate.of(2026, 12, 9));
        clock.set(CivilTime.at(LocalDate.of(2026, 12, 9), LocalTime.of(10, 0)));
        clocks.fireAll();
        assertThat(workEnds(before)).as("ours would end on the 16th").isEqualTo("2026-12-11 17:30");
        assertThat(workEnds(past))
                .as("as long as was left, by the seconds that this test takes")
                .matches("2026-12-11 17:\\d\\d|2026-12-14 08:30");
    }

    @Test
    void no_extension_goes_past_their_day_while_it_lies_ahead() throws Exception {
        var id = order("1");
        dispatched(id);
        desk.take(near.manager(), id, orders.version(id));
        mvc.perform(get("/orders/" + id).with(as(near.manager())))
                .andExpect(content().string(not(containsString("ask-extension"))));
        assertThatThrownBy(() -> time.askExtension(near.manager(), id, orders.version(id), 1, "等配件"))
                .hasMessageContaining("热线要求 2026年11月24日 前办结，延期不能过这天");
        var other = order("2");
        dispatched(other);
        desk.take(near.manager(), other, orders.version(other));
        mvc.perform(get("/orders/" + other).with(as(near.manager())))
                .andExpect(content().string(containsString("ask-extension")));
        mvc.perform(get("/orders/" + other + "/ask-extension").with(as(near.manager())))
                .andExpect(content().string(containsString("热线要求 <b>2026年12月11日</b> 前办结，延期不能过这天")));
        assertThatThrownBy(() -> time.askExtension(near.manager(), other, orders.version(other), 10 + 1, "等配件"))
                .hasMessageContaining("最多延");
        time.askExtension(near.manager(), other, orders.version(other), 10, "等配件");
        jdbc.sql("update hotline_case set due_on = '2026-12-10' where number = ?")
                .param(no + "2")
                .update();
        assertThatThrownBy(() -> time.grantExtension(near.communityDesk(), other, orders.version(other), ""))
                .as("the hotline has named a nearer day meanwhile")
                .hasMessageContaining("热线要求 2026年12月10日 前办结");
        for (var page : List.of(
                get("/orders/" + other).with(as(near.communityDesk())),
                get("/orders/" + other + "/grant-extension").with(as(near.communityDesk())))) {
            mvc.perform(page).andExpect(content().string(containsString("热线要求 <b>2026年12月10日</b> 前办结，延期会过这天，不能同意。")));
        }
        mvc.perform(get("/orders/" + other).with(as(near.communityDesk())))
                .andExpect(content().string(not(containsString("/grant-extension"))))
                .andExpect(content().string(containsString("/refuse-extension")));
        mvc.perform(post("/orders/" + other + "/grant-extension")
                        .param("version", String.valueOf(orders.version(other)))
                        .with(as(near.communityDesk()))
                        .with(csrf()))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("还不能提交")))
                .andExpect(content().string(containsString("延期会过这天。请选不同意。")));
        jdbc.sql("update hotline_case set due_on = '2026-12-11' where number = ?")
                .param(no + "2")
                .update();
        mvc.perform(get("/orders/" + other).with(as(near.communityDesk())))
                .andExpect(content().string(containsString("热线要求 <b>2026年12月11日</b> 前办结。")))
                .andExpect(content().string(containsString("/grant-extension")));
        time.grantExtension(near.communityDesk(), other, orders.version(other), "");
        assertThat(workEnds(other)).isEqualTo("2026-12-11 17:30");
    }

    @Test
    void who_decides_late_reads_that_the_extension_would_go_past_their_day_by_now() throws Exception {
        var id = order("2");
        dispatched(id);
        desk.take(near.manager(), id, orders.version(id));
        time.askExtension(near.manager(), id, orders.version(id), 10, "等配件");
        clock.set(CivilTime.at(LocalDate.of(2026, 11, 30), LocalTime.of(10, 0)));
        mvc.perform(get("/orders/" + id).with(as(near.communityDesk())))
                .andExpect(content().string(containsString("热线要求 <b>2026年12月11日</b> 前办结，延期会过这天，不能同意。")));
        assertThatThrownBy(() -> time.grantExtension(near.communityDesk(), id, orders.version(id), ""))
                .hasMessageContaining("延期会过这天。请选不同意。");
        time.refuseExtension(near.communityDesk(), id, orders.version(id), "先换个旧锁顶上");
        assertThat(orders.state(id)).isEqualTo("in_progress");
    }

    @Test
    void the_forms_of_a_suspension_say_whether_it_goes_past_their_day() throws Exception {
        var id = order("2");
        dispatched(id);
        desk.take(near.manager(), id, orders.version(id));
        desk.contact(near.manager(), id, orders.version(id), "phone", "说了要等锁芯");
        mvc.perform(get("/orders/" + id + "/ask-suspension").with(as(near.manager())))
                .andExpect(content().string(containsString("热线要求 <b>2026年12月11日</b> 前办结，挂起不改这天。")));
        time.askSuspension(near.manager(), id, orders.version(id), "parts", LocalDate.of(2026, 12, 12), "锁芯停产，等厂家");
        mvc.perform(get("/orders/" + id + "/grant-suspension").with(as(near.communityDesk())))
                .andExpect(content().string(containsString("热线要求 <b>2026年12月11日</b> 前办结，停到那时会过这天。")));
        time.refuseSuspension(near.communityDesk(), id, orders.version(id), "停短些");
        time.askSuspension(near.manager(), id, orders.version(id), "parts", LocalDate.of(2026, 12, 11), "锁芯停产，等厂家");
        mvc.perform(get("/orders/" + id + "/grant-suspension").with(as(near.communityDesk())))
                .andExpect(content().string(containsString("热线要求 <b>2026年12月11日</b> 前办结。")))
                .andExpect(content().string(not(containsString("会过这天"))));
    }

    @Test
    void once_their_day_is_over_an_extension_is_ours_alone() {
        clock.set(CivilTime.at(LocalDate.of(2026, 11, 20), LocalTime.of(17, 31)));
        var id = order("3");
        dispatched(id);
        desk.take(near.manager(), id, orders.version(id));
        time.askExtension(near.manager(), id, orders.version(id), 3, "等配件");
        time.grantExtension(near.communityDesk(), id, orders.version(id), "");
        assertThat(workEnds(id)).isEqualTo("2026-12-02 17:30");
    }

    private OrderId suspended(String number, LocalDate until) {
        var id = order(number);
        dispatched(id);
        desk.take(near.manager(), id, orders.version(id));
        desk.contact(near.manager(), id, orders.version(id), "phone", "说了要等锁芯");
        time.askSuspension(near.manager(), id, orders.version(id), "parts", until, "锁芯停产，等厂家");
        time.grantSuspension(near.communityDesk(), id, orders.version(id), "");
        return id;
    }

    private void reported(OrderId id) {
        desk.resolve(near.manager(), id, orders.version(id), "换了锁", List.of(), List.of());
    }

    private void verified(OrderId id) {
        reported(id);
        desk.verify(near.communityDesk(), id, orders.version(id), "看过了");
    }

    private void correct(OrderId id, Urgency urgency) {
        corrections.correct(
                near.communityDesk(),
                id,
                orders.version(id),
                new CorrectingDesk.Right(null, urgency, null, null),
                "看过了");
    }

    private void dispatched(OrderId id) {
        desk.dispatch(near.communityDesk(), id, orders.version(id), near.company());
    }

    private String workEnds(OrderId id) {
        return jdbc.sql("""
                        select to_char(resolve_due at time zone 'Asia/Shanghai', 'YYYY-MM-DD HH24:MI') from work_order
                        where district = ? and id = ?
                        """).params(id.district(), id.id()).query(String.class).single();
    }
}

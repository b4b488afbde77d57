package org.hemei.platform.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.CorrectingDesk;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.Urgency;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The day that the hotline gives is a mark where people work, and the end of the work where it is nearer than ours. */
class HotlineDayTest extends HotlineCase {

    @Autowired
    CorrectingDesk corrections;

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

package org.hemei.platform.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What the hotline sends again: as it was, after it went back, after its order has ended; and a file that is undone. */
class HotlineAgainTest extends HotlineCase {

    @Test
    void again_it_changes_nothing_but_a_deadline_that_moved_and_what_nothing_builds_on_is_undone() throws Exception {
        var run = imports.pressed(mvc, near.districtDesk(), load(matter("1", garden, "2026-11-24")), "apply");
        var again = load(matter("1", "别的名字", "2026-11-24"));
        assertThat(List.of(again.creates(), again.updates(), again.same())).containsExactly(0, 0, 1);
        var moved = load(matter("1", garden, "2026-11-30"), matter("3", garden, null));
        assertThat(List.of(moved.creates(), moved.updates(), moved.same())).containsExactly(1, 1, 0);
        moved = imports.pressed(mvc, near.districtDesk(), moved, "apply");
        assertThat(imports.pressed(mvc, near.districtDesk(), moved, "undo").state())
                .isEqualTo("undone");
        assertThat(jdbc.sql("select due_on::text from hotline_case where number = ?")
                        .param(no + "1")
                        .query(String.class)
                        .single())
                .isEqualTo("2026-11-24");
        assertThat(imports.pressed(mvc, near.districtDesk(), run, "undo").state())
                .isEqualTo("undone");
        assertThat(jdbc.sql("select count(*) from hotline_case where number like ?")
                        .param(no + "%")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void one_that_went_back_and_is_sent_again_waits_again() throws Exception {
        var run = imports.pressed(
                mvc, near.districtDesk(), load(matter("1", garden, null), matter("2", garden, null)), "apply");
        mvc.perform(post("/hotline/" + id("1") + "/return")
                .param("reason", "是市政道路，归城管局")
                .with(as(near.districtDesk()))
                .with(csrf()));
        assertThat(imports.pressed(mvc, near.districtDesk(), run, "undo").state())
                .as("what went back is on record")
                .isEqualTo("applied");
        var again = load(matter("1", garden, null), matter("2", garden, null));
        assertThat(List.of(again.creates(), again.updates(), again.same())).containsExactly(0, 1, 1);
        imports.pressed(mvc, near.districtDesk(), again, "apply");
        assertThat(jdbc.sql(
                                "select waits and returned_reason is null and recalled_at is not null from hotline_case where number = ?")
                        .param(no + "1")
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(jdbc.sql("select count(*) from audit_entry where action = 'hotline.recalled' and subject_id = ?")
                        .param(String.valueOf(id("1")))
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    /** 回访不满意, 重办: the same number, received on a later day, after its order has ended. */
    @Test
    void one_whose_order_has_ended_and_that_is_sent_again_becomes_another_order_that_names_the_first()
            throws Exception {
        imports.pressed(mvc, near.districtDesk(), load(matter("1", garden, null), matter("2", garden, null)), "apply");
        place();
        mvc.perform(post("/hotline/file").with(as(near.districtDesk())).with(csrf()));
        var first = order("1");
        desk.answer(near.communityDesk(), first, orders.version(first), "已经约好明天修");

        // the second still runs; the first has ended, but nothing says that it was sent again
        var same = load(later("2", "2026-11-28"), matter("1", garden, null));
        assertThat(List.of(same.creates(), same.updates(), same.same())).containsExactly(0, 0, 2);
        var again = load(later("1", "2026-11-28"));
        assertThat(List.of(again.creates(), again.updates(), again.same())).containsExactly(0, 1, 0);
        again = imports.pressed(mvc, near.districtDesk(), again, "apply");
        mvc.perform(get("/api/v1/hotline/status").with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items[0].state").value("未转工单"))
                .andExpect(jsonPath("$.items[0].receivedOn").value("2026-11-28"));
        imports.pressed(mvc, near.districtDesk(), again, "undo");
        assertThat(order("1")).isEqualTo(first);

        imports.pressed(mvc, near.districtDesk(), load(later("1", "2026-11-28")), "apply");
        mvc.perform(post("/hotline/file").with(as(near.districtDesk())).with(csrf()));
        var second = order("1");
        assertThat(second).isNotEqualTo(first);
        assertThat(orders.state(second)).isEqualTo("submitted");
        mvc.perform(get("/orders/" + second).with(as(near.communityDesk())))
                .andExpect(content().string(containsString("又没修好")))
                .andExpect(content().string(containsString("href=\"/orders/" + first + "\">上一张")));
        mvc.perform(get("/orders/" + first).with(as(near.communityDesk())))
                .andExpect(content().string(containsString("href=\"/orders/" + second + "\">新的一张")));
    }

    /** Words and day go with each other: the caller said something new to the hotline, after we had sent it back. */
    @Test
    void one_that_went_back_comes_with_its_new_words_and_its_new_day() throws Exception {
        imports.pressed(mvc, near.districtDesk(), load(matter("1", garden, null), matter("2", garden, null)), "apply");
        mvc.perform(post("/hotline/" + id("1") + "/return")
                .param("reason", "是市政道路，归城管局")
                .with(as(near.districtDesk()))
                .with(csrf()));
        imports.pressed(mvc, near.districtDesk(), load(later("1", "2026-11-28"), later("2", "2026-11-28")), "apply");
        place();
        mvc.perform(post("/hotline/file").with(as(near.districtDesk())).with(csrf()));
        mvc.perform(get("/orders/" + order("1")).with(as(near.communityDesk())))
                .andExpect(content().string(containsString("水管又没修好")))
                .andExpect(content().string(not(containsString("三楼王大妈家"))));
        mvc.perform(get("/orders/" + order("2")).with(as(near.communityDesk())))
                .andExpect(content().string(containsString("三楼王大妈家")))
                .andExpect(content().string(not(containsString("水管又没修好"))));
        mvc.perform(get("/api/v1/hotline/status").with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items[0].receivedOn").value("2026-11-28"))
                .andExpect(jsonPath("$.items[1].receivedOn").value("2026-11-20"));
    }
}

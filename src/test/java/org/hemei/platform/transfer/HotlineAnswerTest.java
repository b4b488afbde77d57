package org.hemei.platform.transfer;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.hemei.workorder.OrderId;
import org.junit.jupiter.api.Test;

/** What the hotline reads of its matters, whatever they have become. */
class HotlineAnswerTest extends HotlineCase {

    @Test
    void the_hotline_hears_of_what_its_matter_has_become() throws Exception {
        imports.pressed(mvc, near.districtDesk(), load(matter("1", garden, null), matter("2", garden, null)), "apply");
        place();
        mvc.perform(post("/hotline/file").with(as(near.districtDesk())).with(csrf()));
        var moved = order("1");
        transfers.offer(
                near.communityDesk(),
                moved,
                orders.version(moved),
                "other_estate",
                String.valueOf(near.oldYard()),
                "是老院子的");
        var became = OrderId.valueOf(transfers
                .take(near.communityDesk(), moved, orders.version(moved))
                .substring("/orders/".length()));
        desk.answer(near.communityDesk(), became, orders.version(became), "已经约好明天修");
        var kept = orders.file(near.resident(), near.garden(), "三楼王大妈家水管漏了");
        desk.merge(near.communityDesk(), order("2"), 1, kept);
        desk.reject(near.communityDesk(), kept, orders.version(kept), "是市政的", "市政热线");
        for (var id : List.of(became, kept)) {
            jdbc.sql("update work_order set solved = true, satisfied = 5 where district = ? and id = ?")
                    .params(id.district(), id.id())
                    .update();
        }
        mvc.perform(get("/api/v1/hotline/status").with(as(near.districtDesk())))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items.length()").value(2))
                .andExpect(jsonPath("$.items[0].state").value("已答复"))
                .andExpect(jsonPath("$.items[0].closedAt").isNotEmpty())
                .andExpect(jsonPath("$.items[0].satisfied").value(5))
                .andExpect(jsonPath("$.items[0].answer").value("已经约好明天修"))
                .andExpect(jsonPath("$.items[1].state").value("不予受理"))
                .andExpect(jsonPath("$.items[1].answer").doesNotExist())
                .andExpect(jsonPath("$.items[1].solved").doesNotExist())
                .andExpect(jsonPath("$.items[1].satisfied").doesNotExist());
        mvc.perform(get("/api/v1/hotline/status")
                        .param("since", Instant.now().minus(1, ChronoUnit.HOURS).toString())
                        .with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items.length()").value(2));
    }

    @Test
    void the_hotline_reads_what_was_written_for_its_caller_and_the_desk_the_day_that_it_gives() throws Exception {
        imports.pressed(
                mvc, near.districtDesk(), load(matter("1", garden, "2026-11-24"), matter("2", garden, null)), "apply");
        place();
        mvc.perform(post("/hotline/file").with(as(near.districtDesk())).with(csrf()));
        var refused = order("1");
        var done = order("2");
        desk.reject(near.communityDesk(), refused, orders.version(refused), "是市政的路", "打市政热线 12319");
        desk.dispatch(near.communityDesk(), done, orders.version(done), near.company());
        desk.take(near.manager(), done, orders.version(done));
        desk.resolve(near.manager(), done, orders.version(done), "换了水管", List.of(), List.of());
        mvc.perform(get("/api/v1/hotline/status").with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items[0].answer").value("是市政的路 该去：打市政热线 12319"))
                .andExpect(jsonPath("$.items[1].answer").doesNotExist());
        desk.verify(near.communityDesk(), done, orders.version(done), "");
        mvc.perform(get("/api/v1/hotline/status").with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items[1].answer").value("换了水管"));

        for (var reader : List.of(near.communityDesk(), near.districtDesk())) {
            mvc.perform(get("/orders/" + refused).with(as(reader)))
                    .andExpect(content().string(containsString(no + "1")))
                    .andExpect(content().string(containsString("热线要求 <b>2026年11月24日")));
        }
        mvc.perform(get("/orders/" + done).with(as(near.manager())))
                .andExpect(content().string(containsString(no + "2")));
    }

    /** Two matters of one chain: joined, joined again, taken over by another estate, joined there; and one beside it where nothing moves. */
    @Test
    void a_tangled_chain_is_followed_to_its_end_and_moves_whoever_began_it() throws Exception {
        imports.pressed(
                mvc,
                near.districtDesk(),
                load(
                        matter("1", garden, null),
                        matter("2", garden, null),
                        matter("3", garden, null),
                        matter("4", "不知道哪儿的小区", null)),
                "apply");
        place();
        mvc.perform(post("/hotline/file").with(as(near.districtDesk())).with(csrf()));
        var desk = near.communityDesk();
        this.desk.merge(desk, order("1"), 1, order("2"));
        var kept = orders.file(near.resident(), near.garden(), "三楼王大妈家水管漏了");
        this.desk.merge(desk, order("2"), orders.version(order("2")), kept);
        transfers.offer(desk, kept, orders.version(kept), "other_estate", String.valueOf(near.oldYard()), "是老院子的");
        var there =
                OrderId.valueOf(transfers.take(desk, kept, orders.version(kept)).substring("/orders/".length()));
        var last = orders.file(near.oldYardResident(), near.oldYard(), "老院子的水管漏了");
        this.desk.merge(desk, there, orders.version(there), last);
        var before = "2026-01-01T00:00:00Z";
        jdbc.sql("""
                update hotline_case set imported_at = :long where number like :no;
                update hotline_order set filed_at = :long where hotline_case in (select id from hotline_case where number like :no);
                update work_order_step set at = :long where district = :district
                """)
                .param("long", java.sql.Timestamp.from(Instant.parse(before)))
                .param("no", no + "%")
                .param("district", near.district())
                .update();
        var since = "2026-01-02T00:00:00Z";
        mvc.perform(get("/api/v1/hotline/status").param("since", since).with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items.length()").value(0));
        this.desk.reject(desk, last, orders.version(last), "是市政的", "市政热线");
        mvc.perform(get("/api/v1/hotline/status").param("since", since).with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items[*].number", contains(no + "1", no + "2")))
                .andExpect(jsonPath("$.items[0].state").value("不予受理"))
                .andExpect(jsonPath("$.items[1].state").value("不予受理"));
        mvc.perform(get("/api/v1/hotline/status")
                        .param("since", since)
                        .param("after", no + "1")
                        .with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items[*].number", contains(no + "2")));
        mvc.perform(get("/api/v1/hotline/status").with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items[*].state", contains("不予受理", "不予受理", "待受理", "未转工单")));
    }

    @Test
    void what_was_reported_done_in_time_is_in_time_whether_or_not_anybody_rates() throws Exception {
        imports.pressed(mvc, near.districtDesk(), load(matter("1", garden, "2026-12-31")), "apply");
        place();
        mvc.perform(post("/hotline/file").with(as(near.districtDesk())).with(csrf()));
        var id = order("1");
        desk.dispatch(near.communityDesk(), id, 1, near.company());
        desk.take(near.manager(), id, orders.version(id));
        desk.resolve(near.manager(), id, orders.version(id), "换了水管", List.of(), List.of());
        jdbc.sql("update hotline_case set due_on = (now() at time zone 'Asia/Shanghai')::date where number = ?")
                .param(no + "1")
                .update();
        desk.verify(near.communityDesk(), id, orders.version(id), "");
        clock.advance(Duration.ofDays(9));
        mvc.perform(get("/api/v1/hotline/status").with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items[0].late").value(false));
        mvc.perform(get("/hotline?box=filed").with(as(near.districtDesk())))
                .andExpect(content().string(not(containsString("超了"))));
    }
}

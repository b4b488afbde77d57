package org.hemei.platform.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hemei.platform.transfer.Files.row;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;

/** What is kept of the hotline's matters: given back, in the archive, and erased. */
class HotlineKeptTest extends HotlineCase {

    @Test
    void one_that_is_not_ours_goes_back_with_a_reason_and_can_be_taken_back() throws Exception {
        imports.pressed(mvc, near.districtDesk(), load(matter("1", garden, null)), "apply");
        place();
        var one = "/hotline/" + id("1");
        mvc.perform(post(one + "/return").with(as(near.districtDesk())).with(csrf()))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("为什么退回")));
        mvc.perform(post(one + "/return")
                        .param("reason", "是市政道路，归城管局")
                        .with(as(near.districtDesk()))
                        .with(csrf()))
                .andExpect(redirectedUrl(one + "?done=returned"));
        mvc.perform(post("/hotline/file").with(as(near.districtDesk())).with(csrf()))
                .andExpect(redirectedUrl("/hotline?box=filed&done=0"));
        mvc.perform(get("/hotline?box=returned").with(as(near.districtDesk())))
                .andExpect(content().string(containsString("是市政道路，归城管局")));
        mvc.perform(get("/hotline").with(as(near.districtDesk())))
                .andExpect(content().string(not(containsString(no + "1"))));
        mvc.perform(get("/api/v1/hotline/status")
                        .param("since", Instant.now().minus(1, ChronoUnit.HOURS).toString())
                        .with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items[0].code").value("returned"))
                .andExpect(jsonPath("$.items[0].reason").value("是市政道路，归城管局"));
        // who called and what they said is given up some time after it went back; nothing earlier
        var longAgo = Instant.now().minus(700, ChronoUnit.DAYS);
        assertThat(erase(longAgo)).isZero();
        mvc.perform(post(one + "/recall").with(as(near.districtDesk())).with(csrf()))
                .andExpect(redirectedUrl(one + "?done=recalled"));
        mvc.perform(get("/api/v1/hotline/status").with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items[0].code").value("not_filed"));
        assertThat(erase(Instant.now().plus(1, ChronoUnit.DAYS)))
                .as("what waits is kept")
                .isZero();
        mvc.perform(post(one + "/return")
                .param("reason", "是市政道路，归城管局")
                .with(as(near.districtDesk()))
                .with(csrf()));
        assertThat(erase(Instant.now().plus(1, ChronoUnit.DAYS))).isEqualTo(1);
        assertThat(erase(Instant.now().plus(1, ChronoUnit.DAYS))).isZero();
        assertThat(jdbc.sql(
                                "select words_cipher is null and caller_phone_index is null from hotline_case where number = ?")
                        .param(no + "1")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void the_hotline_hears_of_its_matter_when_the_order_lies_in_the_archive() throws Exception {
        imports.pressed(mvc, near.districtDesk(), load(matter("1", garden, "2026-11-24")), "apply");
        place();
        mvc.perform(post("/hotline/file").with(as(near.districtDesk())).with(csrf()));
        var id = order("1");
        desk.answer(near.communityDesk(), id, 1, "已经约好明天修");
        jdbc.sql("""
                        update work_order set submitted_at = submitted_at - interval '6 years', closed_at = closed_at - interval '6 years'
                        where district = ? and id = ?
                        """).params(id.district(), id.id()).update();
        jdbc.sql("update hotline_case set imported_at = imported_at - interval '6 years' where number = ?")
                .param(no + "1")
                .update();
        jdbc.sql("select archive.move(?, now() - interval '5 years', 200)")
                .param(id.district())
                .query(Integer.class)
                .single();
        mvc.perform(get("/api/v1/hotline/status").with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items[0].state").value("已答复"))
                .andExpect(jsonPath("$.items[0].late").value(false));
        mvc.perform(get("/api/v1/hotline/status")
                        .param("since", Instant.now().minus(1, ChronoUnit.HOURS).toString())
                        .with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items.length()").value(1));
        assertThat(erase(Instant.now().minus(700, ChronoUnit.DAYS))).isEqualTo(1);
    }

    @Test
    void what_a_caller_said_can_be_erased_and_the_number_stays() throws Exception {
        imports.pressed(
                mvc,
                near.districtDesk(),
                load(row(no + "5", "2026-11-20", null, "", garden, "门口", SAID, "王小明", "13912345678")),
                "apply");
        var person = jdbc.sql("""
                        insert into person (name_cipher, masked_name, phone_index)
                        select caller_name_cipher, '王**', caller_phone_index from hotline_case where number = ? returning id
                        """).param(no + "5").query(Long.class).single();
        transaction.executeWithoutResult(status ->
                holders.stream().filter(holder -> holder.order() == 45).forEach(holder -> holder.erase(person, false)));
        assertThat(jdbc.sql("""
                        select (words_cipher is null and caller_name_cipher is null and caller_phone_cipher is null)::text
                               || (select bool_or(jsonb_exists(after, 'words_cipher') or jsonb_exists(after, 'caller_phone_index'))::text from import_change
                                   where tab = 'hotline_case' and row_id = c.id::text)
                        from hotline_case c where number = :number
                        """).param("number", no + "5").query(String.class).single())
                .isEqualTo("truefalse");
        jdbc.sql("update person set phone_index = null where id = ?")
                .param(person)
                .update();
    }
}

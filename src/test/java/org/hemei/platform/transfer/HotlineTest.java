package org.hemei.platform.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.junit.jupiter.api.Test;

/** The hotline's daily file, from the file to the answer that goes back. */
class HotlineTest extends HotlineCase {

    @Test
    void the_round_from_the_file_to_the_answer() throws Exception {
        var run = load(matter("1", garden, "2026-11-24"), matter("2", "不知道哪儿的小区", null));
        assertThat(imports.wrong(run)).isEmpty();
        run = imports.pressed(mvc, near.districtDesk(), run, "apply");
        assertThat(run.state()).isEqualTo("applied");
        assertThat(jdbc.sql("select h::text from hotline_case h where number = ?")
                        .param(no + "1")
                        .query(String.class)
                        .single())
                .as("nobody's words, name or phone in the clear")
                .doesNotContain(
                        "王大妈", "王小明", "055162634567", HexFormat.of().formatHex("王大妈".getBytes(StandardCharsets.UTF_8)));

        mvc.perform(get("/hotline").with(as(near.districtDesk())))
                .andExpect(content().string(containsString(no + "2")))
                .andExpect(content().string(containsString("不知道哪儿的小区")));
        mvc.perform(get("/hotline/" + id("2")).with(as(near.communityDesk()))).andExpect(status().isNotFound());
        var found = mvc.perform(get("/hotline/" + id("2")).param("q", garden).with(as(near.districtDesk())))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("三楼王大妈家")));
        found.andExpect(content().string(containsString(garden)));
        mvc.perform(post("/hotline/" + id("2"))
                        .param("estate", String.valueOf(town.far().garden()))
                        .param("category", "x")
                        .with(as(near.districtDesk()))
                        .with(csrf()))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("请选一个您管的小区")))
                .andExpect(content().string(containsString("请选是哪类事")));
        var category = jdbc.sql("select code from category where parent is not null and active order by code limit 1")
                .query(String.class)
                .single();
        mvc.perform(post("/hotline/" + id("2"))
                        .param("estate", String.valueOf(near.garden()))
                        .param("category", category)
                        .with(as(near.districtDesk()))
                        .with(csrf()))
                .andExpect(status().is3xxRedirection());
        jdbc.sql("update hotline_case set category = ? where number = ? and category is null")
                .params(category, no + "1")
                .update();
        mvc.perform(post("/hotline/file").with(as(near.communityDesk())).with(csrf()))
                .andExpect(redirectedUrl("/hotline?box=filed&done=1"));

        var order = jdbc.sql("""
                        select o.channel || ' ' || o.state || ' ' || w.words || ' ' || (w.caller_phone_cipher is not null)
                        from hotline_order h join work_order o on o.district = h.district and o.id = h.order_id
                                 join work_order_words w on w.district = o.district and w.order_id = o.id
                        where h.hotline_case = ?
                        """).param(id("1")).query(String.class).single();
        assertThat(order).isEqualTo("hotline submitted " + SAID + " true");

        mvc.perform(get("/api/v1/hotline/status")
                        .param("since", Instant.now().minus(1, ChronoUnit.HOURS).toString())
                        .with(as(near.districtDesk())))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items.length()").value(2))
                .andExpect(jsonPath("$.items[0].number").value(no + "1"))
                .andExpect(jsonPath("$.items[0].state").value("待受理"))
                .andExpect(jsonPath("$.items[0].late").value(true))
                .andExpect(jsonPath("$.items[1].late").value(false));
        mvc.perform(get("/api/v1/hotline/status")
                        .param("since", "2199-01-01T00:00:00Z")
                        .with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items.length()").value(0));
        mvc.perform(get("/api/v1/hotline/status").with(as(town.far().districtDesk())))
                .andExpect(jsonPath("$.items.length()").value(0));

        var table = taken.taken(mvc, near.districtDesk(), "hotline-status", "from", "2026-11-20", "to", "2026-11-20");
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(table))) {
            var rows = book.getFirstSheet().read();
            assertThat(rows.get(1).getCellText(0)).isEqualTo(no + "1");
            assertThat(rows.get(1).getCellText(2)).isEqualTo("待受理");
            assertThat(rows.get(1).getCellText(11)).isEqualTo("是");
            assertThat(rows.toString()).doesNotContain("王大妈");
        }

        run = imports.pressed(mvc, near.districtDesk(), run, "undo");
        assertThat(run.state()).as("orders came of it").isEqualTo("applied");
        assertThat(run.words()).contains("热线转成的工单");
    }
}

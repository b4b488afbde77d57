package org.hemei.platform.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hemei.platform.transfer.Files.excel;
import static org.hemei.platform.transfer.Files.row;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;

import org.junit.jupiter.api.Test;

/** Hostile cells of the hotline's file, and matters of it that cannot be orders: each says why, and holds up no other. */
class HotlineFileTest extends HotlineCase {

    @Test
    void every_wrong_cell_of_a_hostile_file_is_named_and_nothing_is_written() throws Exception {
        var run = load(
                row("号", "昨天", "2026-13-40", "", garden, "x", "", "王小明", "123"),
                row(
                        no + "9",
                        "2026-11-20",
                        "2026-11-01",
                        "",
                        garden,
                        "x".repeat(61),
                        "说".repeat(501),
                        "'; drop table hotline_case; --",
                        "055162634567"),
                row(no + "8", "2026-11-20", null, "", garden, "门口", "=cmd|' /C calc'!A0", null, null),
                row(no + "7", "2026-11-20", null, "", garden, "门口", "好好的一件事", null, null),
                row(no + "7", "2026-11-20", null, "", garden, "门口", "同一个号", null, null));
        assertThat(run.state()).isEqualTo("wrong");
        assertThat(imports.wrong(run))
                .contains("样子不对", "日期认不出来", "没有这一天", "电话只写数字", "太长了，最多 60 个字", "太长了，最多 500 个字", "请填真实姓名");
        assertThat(jdbc.sql("select count(*) from hotline_case where number like ?")
                        .param(no + "%")
                        .query(Integer.class)
                        .single())
                .isZero();
        var other = imports.pressed(mvc, near.districtDesk(), load(matter("1", garden, null)), "apply");
        assertThat(other.state()).isEqualTo("applied");
        var stolen = imports.checked(
                mvc, town.far().districtDesk(), "hotline", "x.xlsx", excel(HEADING, matter("1", garden, null)));
        assertThat(imports.wrong(stolen)).contains("已经转给别的地方了");
    }

    @Test
    void one_that_cannot_be_an_order_says_why_and_holds_up_no_other() throws Exception {
        imports.pressed(
                mvc,
                near.districtDesk(),
                load(
                        matter("1", garden, null),
                        row(no + "2", "2026-11-20", null, "供水", garden, "3幢", "没水了", "王小明", "055162634567"),
                        matter("3", garden, null),
                        matter("4", garden, null)),
                "apply");
        place();
        // the words of the oldest were erased, and the estate of another moved away
        jdbc.sql("update hotline_case set words_cipher = null where number = ?")
                .param(no + "1")
                .update();
        jdbc.sql("update hotline_case set estate = ? where number = ?")
                .params(town.far().garden(), no + "3")
                .update();
        mvc.perform(post("/hotline/file").with(as(near.districtDesk())).with(csrf()))
                .andExpect(redirectedUrl("/hotline?box=lacking&done=2&left=2"));
        assertThat(jdbc.sql("""
                        select w.words from hotline_order h join work_order_words w on w.district = h.district and w.order_id = h.order_id
                        where h.hotline_case = ?
                        """).param(id("2")).query(String.class).single()).isEqualTo("供水：没水了");
        mvc.perform(get("/hotline?box=lacking&done=2&left=2").with(as(near.districtDesk())))
                .andExpect(content().string(containsString("有 2 件没转成")))
                .andExpect(content().string(containsString("已经按本人要求删除")))
                .andExpect(content().string(containsString(no + "3")));
        // pressed again, nothing is tried twice
        mvc.perform(post("/hotline/file").with(as(near.districtDesk())).with(csrf()))
                .andExpect(redirectedUrl("/hotline?box=filed&done=0"));
    }
}

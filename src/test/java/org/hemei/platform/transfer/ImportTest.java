package org.hemei.platform.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.platform.transfer.Files.excel;
import static org.hemei.platform.transfer.Files.row;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** Loading estates, buildings and units: right and wrong cells, all or nothing, again, back, and only one's own. */
@HemeiTest
class ImportTest {

    private static final Object[] ESTATES =
            row("小区编号", "社区代码*", "小区名称*", "类型*", "户数*", "楼栋数*", "建成年份", "建筑面积（㎡）", "服务电话");
    private static final Object[] UNITS = row("社区代码", "小区名称", "楼栋名称", "单元", "房屋名称", "楼层", "面积（㎡）");

    @Autowired
    MockMvc mvc;

    @Autowired
    Imports imports;

    @Autowired
    Towns towns;

    @Autowired
    JdbcClient jdbc;

    Town town;
    Town.Side near;

    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
    }

    private Object[] estate(String code, String name, Object households) {
        return row(code, near.community(), name, "老旧、三无", households, 3, "2001", 1234.5, null);
    }

    private ImportRun estates(Object[]... rows) throws Exception {
        var all = new ArrayList<Object[]>(List.of(rows));
        all.addFirst(ESTATES);
        return imports.checked(mvc, near.housingDesk(), "estates", "小区.xlsx", excel(all.toArray(Object[][]::new)));
    }

    private long count(String name) {
        return jdbc.sql("select count(*) from estate where name like ? and community = ?")
                .params(name + "%", near.community())
                .query(Long.class)
                .single();
    }

    @Test
    void what_would_happen_is_shown_first_and_written_only_then() throws Exception {
        var run = estates(estate("T" + town.city(), "新园一", 100), estate(null, "新园二", "200"));
        assertThat(imports.wrong(run)).isEmpty();
        assertThat(run.state()).isEqualTo("ready");
        assertThat(List.of(run.rows(), run.creates(), run.updates(), run.same()))
                .containsExactly(2, 2, 0, 0);
        assertThat(count("新园")).isZero();
        run = imports.pressed(mvc, near.housingDesk(), run, "apply");
        assertThat(run.state()).isEqualTo("applied");
        assertThat(count("新园")).isEqualTo(2);
        assertThat(jdbc.sql(
                                "select kinds::text || floor_area || district from estate where name = '新园一' and community = ?")
                        .param(near.community())
                        .query(String.class)
                        .single())
                .isEqualTo("{三无,老旧}12345000" + near.district());
        assertThat(jdbc.sql("select count(*) from import_row where run = ?")
                        .param(run.id())
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void again_it_updates_by_the_stable_key_and_undoing_puts_everything_back() throws Exception {
        var code = "T" + town.city();
        var first = imports.pressed(
                mvc, near.housingDesk(), estates(estate(code, "旧名", 100), estate(null, "不变", 50)), "apply");
        var second = estates(estate(code, "新名", 120), estate(null, "不变", 50), estate(null, "又一个", 10));
        assertThat(List.of(second.creates(), second.updates(), second.same())).containsExactly(1, 1, 1);
        second = imports.pressed(mvc, near.housingDesk(), second, "apply");
        assertThat(count("新名")).isOne();
        assertThat(count("旧名")).isZero();

        var early = imports.pressed(mvc, near.housingDesk(), first, "undo");
        assertThat(early.state()).as("a later import builds on it").isEqualTo("applied");
        assertThat(early.words()).contains("1 条“小区”后来又改过");

        assertThat(imports.pressed(mvc, near.housingDesk(), second, "undo").state())
                .isEqualTo("undone");
        assertThat(count("旧名")).isOne();
        assertThat(count("新名") + count("又一个")).isZero();
        assertThat(jdbc.sql("""
                                select string_agg(h.verb, ' ' order by h.id) from estate_change h join estate e on e.id = h.estate
                                where e.code = ?
                                """).param(code).query(String.class).single())
                .as("the trail tells what was done and what was taken back")
                .isEqualTo("created edited taken_back");
    }

    @Test
    void what_others_built_on_is_named_and_nothing_is_undone() throws Exception {
        var run = imports.pressed(
                mvc, near.housingDesk(), estates(estate(null, "有人住", 100), estate(null, "没人住", 100)), "apply");
        var id = jdbc.sql("select id from estate where name = '有人住' and community = ?")
                .param(near.community())
                .query(Long.class)
                .single();
        towns.unit(towns.building(id), id, 1);
        towns.contract(near.company(), id);
        run = imports.pressed(mvc, near.housingDesk(), run, "undo");
        assertThat(run.state()).isEqualTo("applied");
        assertThat(run.words()).contains("1 条“楼栋”用到了", "1 条“房屋”用到了", "1 条“物业合同”用到了");
        assertThat(count("没人住")).isOne();
    }

    @Test
    void every_wrong_cell_is_named_with_its_row_column_and_reason() throws Exception {
        var run = estates(
                estate("编号！", "甲", 100),
                row(null, near.community(), null, "别墅", "一百", 0, "1800", "很大", null),
                row(null, "340104001001x", "丙", "老旧", 1.5, 3, null, -3, null),
                estate(null, "丁", 100),
                estate(null, "丁", 100),
                row(null, town.far().community(), "戊", "老旧", 10, 1, null, null, null),
                row(null, near.street() + "999", "己", "老旧", 10, 1, null, null, null));
        assertThat(run.state()).isEqualTo("wrong");
        assertThat(imports.wrong(run).split("\n"))
                .containsExactlyInAnyOrder(
                        "A2 样子不对。您自己系统里的编号，字母、数字、点和横线。有编号，以后改了名字也认得。",
                        "C3 这一格要填。",
                        "D3 “别墅”认不出来。可以填：商品房、三无、老旧、自管、保障房、回迁房、单位房、商住，几个之间用顿号隔开。",
                        "E3 要填整数。",
                        "F3 要在 1 到 1000 之间。",
                        "G3 要在 1949 到 2100 之间。",
                        "H3 要填数字，不带单位。",
                        "B4 样子不对。统计用区划代码，12 位数字。",
                        "E4 要填整数。",
                        "H4 要大于 0，不超过 20000000。",
                        "C6 和第 5 行是同一个。请留一行。",
                        "B7 不在您负责的范围里。请交给管那里的人导入。",
                        "B8 没有代码是 " + near.street() + "999 的社区。请核对，或先导入区划。");
        assertThat(run.wrongRows()).isEqualTo(6);
        var page = mvc.perform(get("/imports/" + run.id()).with(as(near.housingDesk())))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(page).contains("“别墅”认不出来", "改好再传").doesNotContain("写入这");
        var answer = mvc.perform(get("/imports/" + run.id() + "/errors.xlsx").with(as(near.housingDesk())))
                .andReturn()
                .getResponse();
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(answer.getContentAsByteArray()))) {
            var rows = book.getFirstSheet().read();
            assertThat(rows).hasSize(14);
            assertThat(rows.get(1).getCellText(2)).isEqualTo("A");
            assertThat(rows.get(1).getCellText(3)).isEqualTo("小区编号");
        }
    }

    @Test
    void a_wrong_last_row_keeps_all_others_out() throws Exception {
        var rows = new ArrayList<Object[]>();
        for (var n = 1; n <= 300; n++) {
            rows.add(estate(null, "园" + n, n));
        }
        rows.add(estate(null, "园" + 1, 5));
        var run = estates(rows.toArray(Object[][]::new));
        assertThat(run.state()).isEqualTo("wrong");
        assertThat(imports.wrong(run)).isEqualTo("C302 和第 2 行是同一个。请留一行。");
        assertThat(post(run, "apply")).isEqualTo(422);
        assertThat(count("园")).isZero();
    }

    @Test
    void what_became_wrong_after_the_check_keeps_everything_out() throws Exception {
        var code = "T" + town.city();
        var run = estates(estate(code, "先到", 100), estate(null, "后到", 100));
        // meanwhile somebody else gives the code to another estate of the same name's community
        jdbc.sql("update estate set code = ? where id = ?")
                .params(code, town.far().garden())
                .update();
        run = imports.pressed(mvc, near.housingDesk(), run, "apply");
        assertThat(run.state()).isEqualTo("wrong");
        assertThat(imports.wrong(run)).contains("的小区在别的社区");
        assertThat(count("后到")).isZero();
    }

    @Test
    void a_failure_in_the_database_at_the_last_row_leaves_nothing() throws Exception {
        var run = estates(estate(null, "好的", 100), estate(null, "不行的", 100));
        jdbc.sql("alter table estate add constraint test_refuses check (name <> '不行的')")
                .update();
        try {
            run = imports.pressed(mvc, near.housingDesk(), run, "apply");
        } finally {
            jdbc.sql("alter table estate drop constraint test_refuses").update();
        }
        assertThat(run.state()).isEqualTo("ready");
        assertThat(count("好的")).isZero();
        assertThat(jdbc.sql("select count(*) from import_change where run = ?")
                        .param(run.id())
                        .query(Long.class)
                        .single())
                .isZero();
        assertThat(jdbc.sql("select message from job_run where id = ?")
                        .param(run.job())
                        .query(String.class)
                        .single())
                .contains("冲突");
    }

    @Test
    void nobody_loads_what_is_not_theirs() throws Exception {
        assertThat(imports.upload(
                                mvc, near.organisationDesk(), "estates", "a.xlsx", excel(ESTATES, estate(null, "园", 1)))
                        .getStatus())
                .isEqualTo(404);
        var run = estates(estate(null, "园", 1));
        assertThat(mvc.perform(get("/imports/" + run.id()).with(as(town.far().housingDesk())))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(404);
        assertThat(mvc.perform(org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post(
                                        "/imports/" + run.id() + "/apply")
                                .with(as(town.far().housingDesk()))
                                .with(csrf()))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(404);
    }

    @Test
    void units_find_their_building_and_a_community_loads_its_own() throws Exception {
        var name = jdbc.sql("select name from estate where id = ?")
                .param(near.garden())
                .query(String.class)
                .single();
        var far = jdbc.sql("select name from estate where id = ?")
                .param(town.far().garden())
                .query(String.class)
                .single();
        var run = imports.checked(
                mvc,
                near.communityDesk(),
                "units",
                "房屋.xlsx",
                excel(
                        UNITS,
                        row(near.community(), name, "1幢", 2, "2单元1801", 18, "101.25"),
                        row(near.community(), name, "9幢", 1, "1单元101", 1, 80),
                        row(near.community(), name, "1幢", 3, "3单元101", 1, 80),
                        row(town.far().community(), far, "1幢", 1, "1单元909", 9, 80),
                        row(null, name, "1幢", 1, "1单元909", 9, 80)));
        assertThat(imports.wrong(run).split("\n"))
                .containsExactly(
                        "C3 这个小区没有“9幢”。请先导入楼栋，或核对名称。",
                        "D4 这栋楼没有 3 单元。请核对，或先改楼栋的单元数。",
                        "B5 不在您负责的范围里。请交给管那里的人导入。",
                        "B6 要填小区编号；没有编号，就填社区代码和小区名称。");
        run = imports.checked(
                mvc,
                near.communityDesk(),
                "units",
                "房屋.csv",
                ("社区代码,小区名称,楼栋名称,单元,房屋名称,楼层,面积（㎡）\n" + near.community() + "," + name + ",1幢,2,2单元1801,18,101.25\n")
                        .getBytes(StandardCharsets.UTF_8));
        run = imports.pressed(mvc, near.communityDesk(), run, "apply");
        assertThat(jdbc.sql("select area from unit where building = ? and name = '2单元1801'")
                        .param(near.building())
                        .query(Long.class)
                        .single())
                .isEqualTo(1_012_500);
    }

    private int post(ImportRun run, String verb) throws Exception {
        return mvc.perform(org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post(
                                "/imports/" + run.id() + "/" + verb)
                        .with(as(near.housingDesk()))
                        .with(csrf()))
                .andReturn()
                .getResponse()
                .getStatus();
    }
}

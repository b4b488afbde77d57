package org.hemei.platform.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.platform.transfer.Files.excel;
import static org.hemei.platform.transfer.Files.row;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** What files do to estates: those that were struck off, and the line in the history of each that files of buildings and dwellings leave. */
@HemeiTest
class EstateSheetsTest {

    private static final Object[] ESTATES = row("小区编号", "社区代码", "小区名称", "类型", "户数", "楼栋数", "注销日期");
    private static final Object[] BUILDINGS = row("社区代码", "小区名称", "楼栋名称", "单元数", "层数");
    private static final Object[] UNITS = row("社区代码", "小区名称", "楼栋名称", "单元", "房屋名称", "楼层", "面积（㎡）", "改面积的依据");

    @Autowired
    MockMvc mvc;

    @Autowired
    Imports imports;

    @Autowired
    Towns towns;

    @Autowired
    JdbcClient jdbc;

    Town.Side near;
    long estate;

    @BeforeEach
    void build() {
        near = towns.make().near();
        estate = towns.estate("试表院", String.valueOf(near.district()), near.street(), near.community(), "老旧");
    }

    private ImportRun checked(Reader reader, String sheet, Object[]... rows) throws Exception {
        return imports.checked(mvc, reader, sheet, sheet + ".xlsx", excel(rows));
    }

    private ImportRun load(Reader reader, String sheet, Object[]... rows) throws Exception {
        var run = checked(reader, sheet, rows);
        assertThat(imports.wrong(run)).isEmpty();
        return imports.pressed(mvc, reader, run, "apply");
    }

    private String wrong(String sheet, Object[]... rows) throws Exception {
        return imports.wrong(checked(near.housingDesk(), sheet, rows));
    }

    private void strike() {
        jdbc.sql("update estate set until = date '2026-03-01', until_why = 'demolished' where id = ?")
                .param(estate)
                .update();
    }

    private Object[] line(String code, String until) {
        var facts = jdbc.sql("select households, buildings from estate where id = ?")
                .param(estate)
                .query()
                .singleRow();
        return row(code, near.community(), "试表院", "老旧", facts.get("households"), facts.get("buildings"), until);
    }

    private String exported(String sheet) throws Exception {
        return new String(
                mvc.perform(post("/imports/sheets/" + sheet + "/export")
                                .param("format", "csv")
                                .with(as(near.housingDesk()))
                                .with(csrf()))
                        .andReturn()
                        .getResponse()
                        .getContentAsByteArray(),
                StandardCharsets.UTF_8);
    }

    @Test
    void an_estate_that_was_struck_off_is_named_and_never_comes_back_by_a_file() throws Exception {
        assertThat(wrong("estates", ESTATES, line(null, "2026-03-01")))
                .as("it is there")
                .contains("注销请到小区页办理");
        assertThat(wrong("estates", ESTATES, row(null, near.community(), "别处没了的", "老旧", 9, 1, "2026-03-01")))
                .as("and one that never was here")
                .contains("注销了的小区不能导入");
        strike();
        assertThat(wrong("estates", ESTATES, line(null, null))).contains("这个小区已经注销");
        assertThat(wrong("estates", ESTATES, line(null, "2026-03-02"))).contains("这个小区已经注销");
        assertThat(exported("estates")).contains("试表院").contains("2026-03-01");
        var same = checked(near.housingDesk(), "estates", ESTATES, line(null, "2026-03-01"));
        assertThat(imports.wrong(same)).isEmpty();
        assertThat(List.of(same.creates(), same.updates(), same.same())).containsExactly(0, 0, 1);
        assertThat(wrong("buildings", BUILDINGS, row(near.community(), "试表院", "1幢", 1, 6)))
                .contains("这个小区已经注销");
        assertThat(exported("buildings")).doesNotContain("试表院");
        // built again under the old name, with a code of its own
        load(near.housingDesk(), "estates", ESTATES, line("NEW-" + estate, null));
        load(near.housingDesk(), "buildings", BUILDINGS, row(near.community(), "试表院", "1幢", 1, 6));
        assertThat(jdbc.sql("select count(*) from building b join estate e on e.id = b.estate where e.code = ?")
                        .param("NEW-" + estate)
                        .query(Integer.class)
                        .single())
                .as("the name means the one that is there")
                .isOne();
    }

    @Test
    void a_contract_of_its_past_loads_and_one_that_goes_on_does_not() throws Exception {
        strike();
        var code = jdbc.sql("select credit_code from company where body = ?")
                .param(near.company())
                .query(String.class)
                .single();
        var contracts = row("统一社会信用代码", "社区代码", "小区名称", "开始日期", "最后一天");
        assertThat(wrong("contracts", contracts, row(code, near.community(), "试表院", "2025-01-01", "2026-03-01")))
                .contains("合同最晚到注销的前一天");
        load(
                near.housingDesk(),
                "contracts",
                contracts,
                row(code, near.community(), "试表院", "2025-01-01", "2026-02-28"));
        jdbc.sql("update body set since = date '2026-02-01' where id = ?")
                .param(near.company())
                .update();
        assertThat(wrong("contracts", contracts, row(code, near.community(), "试表院", "2024-01-01", "2024-12-31")))
                .contains("还没有成立");
    }

    @Test
    void buildings_and_dwellings_tell_what_is_new_and_what_they_were() throws Exception {
        load(
                near.housingDesk(),
                "buildings",
                BUILDINGS,
                row(near.community(), "试表院", "1幢", 1, 6),
                row(near.community(), "试表院", "2幢", 1, 6));
        load(
                near.communityDesk(),
                "units",
                UNITS,
                row(near.community(), "试表院", "1幢", 1, "101", 1, 80),
                row(near.community(), "试表院", "1幢", 1, "102", 1, 80));
        load(
                near.housingDesk(),
                "buildings",
                BUILDINGS,
                row(near.community(), "试表院", "1幢", 2, 7),
                row(near.community(), "试表院", "2幢", 1, 6));
        assertThat(wrong("units", UNITS, row(near.community(), "试表院", "1幢", 1, "102", 1, 82.5)))
                .contains("改面积要写凭什么");
        var units = load(
                near.communityDesk(),
                "units",
                UNITS,
                row(near.community(), "试表院", "1幢", 1, "101", 1, 80),
                row(near.community(), "试表院", "1幢", 1, "102", 1, 82.5, "实测报告"),
                row(near.community(), "试表院", "1幢", 1, "201", 2, 80));
        assertThat(List.of(units.creates(), units.updates(), units.same())).containsExactly(1, 1, 1);
        assertThat(page())
                .contains(
                        "加了 2 幢楼",
                        "加了 2 户",
                        "改了1幢：单元数从“1”改成“2”，层数从“6”改成“7”",
                        "加了 1 户",
                        "改了1幢102：面积从“80 平米”改成“82.5 平米”（实测报告）")
                .doesNotContain("改了2幢", "改了1幢101");
        assertThat(jdbc.sql("select count(*) from estate_change where estate = ? and account = ?")
                        .params(estate, near.communityDesk().account())
                        .query(Integer.class)
                        .single())
                .as("one line a file")
                .isEqualTo(2);
        imports.pressed(mvc, near.communityDesk(), units, "undo");
        assertThat(page()).contains("撤销了导入");
    }

    private String page() throws Exception {
        return mvc.perform(get("/estates/" + estate + "/desk").with(as(near.housingDesk())))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }
}

package org.hemei.platform.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.platform.transfer.Files.excel;
import static org.hemei.platform.transfer.Files.row;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.io.ByteArrayInputStream;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** What is right in a file and has to be thought of all the same: said before it is written, and no bar to it. */
@HemeiTest
class ImportWarningsTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    Imports imports;

    @Autowired
    ImportRuns runs;

    @Autowired
    Towns towns;

    @Autowired
    JdbcClient jdbc;

    Town town;
    Town.Side near;
    long member;

    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
        var owners = towns.bodyOf("owners_committee", null, "试业委会" + town.city(), near.community(), near.oldYard());
        member = towns.person("周委员");
        towns.post(member, owners, "业委会委员");
    }

    private ImportRun contracts(String fee) throws Exception {
        return imports.checked(
                mvc,
                near.housingDesk(),
                "contracts",
                "合同.xlsx",
                excel(
                        row("统一社会信用代码", "社区代码", "小区名称", "开始日期", "最后一天", "物业费（元/㎡·月）"),
                        row(
                                text("select credit_code from company where body = ?", near.company()),
                                near.community(),
                                text("select name from estate where id = ?", near.oldYard()),
                                "2026-01-01",
                                "2028-12-31",
                                fee)));
    }

    private String text(String sql, long id) {
        return jdbc.sql(sql).param(id).query(String.class).single();
    }

    private String page(ImportRun run) throws Exception {
        return mvc.perform(get("/imports/" + run.id()).with(as(near.housingDesk())))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    @Test
    void a_file_of_contracts_tells_of_conflicts_before_it_is_written_and_is_not_held_up_by_them() throws Exception {
        towns.post(member, near.company(), "项目经理");
        var run = contracts("1.60");
        assertThat(run.state()).isEqualTo("ready");
        assertThat(imports.wrong(run)).isEmpty();
        assertThat(run.warnings()).isEqualTo(1);
        assertThat(run.wrongCells()).isZero();
        assertThat(page(run)).contains("有 1 处要留意", "写入以前请留意", "业委会委员 周** 也是", "项目经理", "知道了，写入这 1 行");
        var list = mvc.perform(get("/imports/" + run.id() + "/errors.xlsx").with(as(near.housingDesk())))
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(list))) {
            var rows = book.getFirstSheet().read();
            assertThat(rows).hasSize(2);
            assertThat(rows.getFirst().getCellText(0)).isEqualTo("要留意什么");
            assertThat(rows.get(1).getCellText(0)).contains("周**");
        }

        run = imports.pressed(mvc, near.housingDesk(), run, "apply");
        assertThat(run.state()).isEqualTo("applied");
        assertThat(page(run)).contains("写入以前提醒过");

        var same = contracts("1.60");
        assertThat(same.same()).isEqualTo(1);
        assertThat(same.warnings()).as("nothing is entered").isZero();
        assertThat(contracts("1.80").warnings()).as("entered anew").isEqualTo(1);
    }

    @Test
    void who_came_into_conflict_since_the_file_was_looked_at_is_told_of_first() throws Exception {
        var run = contracts("1.60");
        assertThat(run.warnings()).isZero();
        assertThat(page(run)).contains("没有错。写入以前").doesNotContain("知道了");
        towns.post(member, near.company(), "项目经理");

        run = imports.pressed(mvc, near.housingDesk(), run, "apply");
        assertThat(run.state()).as("nobody has read it yet").isEqualTo("ready");
        assertThat(run.warnings()).isEqualTo(1);
        assertThat(jdbc.sql("select count(*) from contract where estate = ?")
                        .param(near.oldYard())
                        .query(Integer.class)
                        .single())
                .isZero();

        run = imports.pressed(mvc, near.housingDesk(), run, "apply");
        assertThat(run.state()).isEqualTo("applied");
    }
}

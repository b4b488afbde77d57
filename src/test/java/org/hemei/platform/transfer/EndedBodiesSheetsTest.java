package org.hemei.platform.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.platform.transfer.Files.excel;
import static org.hemei.platform.transfer.Files.row;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.hemei.access.Accounts;
import org.hemei.platform.Reader;
import org.hemei.registry.CreditCode;
import org.hemei.registry.Office;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** Files carry the day on which a body ended or is to end: loaded elsewhere, the dead stay dead. */
@HemeiTest
class EndedBodiesSheetsTest {

    private static final Object[] COMPANIES = row("统一社会信用代码", "企业名称", "登记地代码", "成立日期", "注销日期");
    private static final Object[] BRANCHES = row("分公司编号", "统一社会信用代码", "分公司名称", "所在地代码", "成立日期", "撤销日期");

    @Autowired
    MockMvc mvc;

    @Autowired
    Imports imports;

    @Autowired
    Towns towns;

    @Autowired
    Accounts accounts;

    @Autowired
    JdbcClient jdbc;

    Town town;
    Town.Side near;
    String district;
    LocalDate today;

    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
        district = String.valueOf(near.district());
        today = LocalDate.now(ZoneId.of("Asia/Shanghai"));
    }

    private String wrong(String sheet, Object[]... rows) throws Exception {
        return imports.wrong(imports.checked(mvc, near.housingDesk(), sheet, sheet + ".xlsx", excel(rows)));
    }

    private void load(String sheet, Object[]... rows) throws Exception {
        var run = imports.checked(mvc, near.housingDesk(), sheet, sheet + ".xlsx", excel(rows));
        assertThat(imports.wrong(run)).isEmpty();
        imports.pressed(mvc, near.housingDesk(), run, "apply");
    }

    private ImportRun again(Reader reader, String sheet) throws Exception {
        var file = mvc.perform(post("/imports/sheets/" + sheet + "/export")
                        .param("format", "xlsx")
                        .with(as(reader))
                        .with(csrf()))
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        var run = imports.checked(mvc, reader, sheet, "again.xlsx", file);
        assertThat(imports.wrong(run)).isEmpty();
        assertThat(List.of(run.creates(), run.updates())).containsExactly(0, 0);
        return run;
    }

    private String code(int n) {
        return CreditCode.complete("91" + near.district() + "MC000000" + n).value();
    }

    private String until(String code) {
        return jdbc.sql(
                        "select coalesce(b.until || ' ' || b.ending, 'there') from company c join body b on b.id = c.body where c.credit_code = ?")
                .param(code)
                .query(String.class)
                .single();
    }

    @Test
    void a_company_that_is_no_more_is_loaded_as_such_and_out_again() throws Exception {
        load(
                "companies",
                COMPANIES,
                row(code(1), "没了的物业", district, "2010-01-01", "2020-06-01"),
                row(code(2), "还在的物业", district, "2010-01-01", null));
        assertThat(until(code(1))).isEqualTo("2020-06-01 dissolved");
        assertThat(until(code(2))).isEqualTo("there");
        assertThat(jdbc.sql("""
                                select string_agg(h.verb, ' ' order by h.day) from body_change h join company c on c.body = h.body
                                where c.credit_code = ?
                                """).param(code(1)).query(String.class).single()).isEqualTo("founded dissolved");
        assertThat(again(near.housingDesk(), "companies").same()).isEqualTo(3);
        assertThat(wrong("companies", COMPANIES, row(code(2), "还在的物业", district, "2010-01-01", "2024-01-01")))
                .contains("它没有登记那天注销");
        assertThat(wrong("companies", COMPANIES, row(code(3), "颠倒的物业", district, "2010-01-01", "2009-01-01")))
                .contains("注销要在成立以后");
        assertThat(wrong(
                        "companies",
                        COMPANIES,
                        row(
                                code(3),
                                "太远的物业",
                                district,
                                "2010-01-01",
                                today.plusMonths(13).toString())))
                .contains("最多提前一年登记");
        assertThat(wrong(
                        "branches", BRANCHES, row("F1" + town.city(), code(1), "没了的分公司", district, "2012-01-01", null)))
                .as("a branch ends with its company")
                .contains("已经注销");
        load("branches", BRANCHES, row("F1" + town.city(), code(1), "没了的分公司", district, "2012-01-01", "2020-06-01"));
    }

    @Test
    void whoever_is_to_end_is_there_until_then_and_its_day_goes_along() throws Exception {
        var soon = today.plusDays(20);
        var body = towns.bodyOf("party_organisation", "company_organisation", "要撤的党支部", district, null);
        jdbc.sql("update body set until = ?, ending = 'dissolved' where id = ?")
                .params(soon, body)
                .update();
        load(
                "branches",
                BRANCHES,
                row(
                        "F2" + town.city(),
                        companyCode(),
                        "要撤的分公司",
                        district,
                        today.minusDays(9).toString(),
                        soon.toString()));
        again(near.housingDesk(), "branches");
        var exported = mvc.perform(post("/imports/sheets/bodies/export")
                        .param("format", "csv")
                        .with(as(near.organisationDesk()))
                        .with(csrf()))
                .andReturn()
                .getResponse()
                .getContentAsString(java.nio.charset.StandardCharsets.UTF_8);
        assertThat(exported.lines().filter(line -> line.contains("要撤的党支部")).toList())
                .singleElement()
                .asString()
                .contains(soon.toString());
        assertThat(bodies("要撤的党支部")).isOne();
        jdbc.sql("update body set until = ? where id = ?").params(today, body).update();
        assertThat(bodies("要撤的党支部")).as("from that day on it is not").isZero();
    }

    /** Those that duties can be granted for. */
    private int bodies(String name) {
        return accounts.bodies(near.organisationDesk().scope(Office.ORGANISATION), name)
                .size();
    }

    private String companyCode() {
        return jdbc.sql("select credit_code from company where body = ?")
                .param(near.company())
                .query(String.class)
                .single();
    }
}

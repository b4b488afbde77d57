package org.hemei.platform.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.platform.transfer.Files.excel;
import static org.hemei.platform.transfer.Files.row;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.ByteArrayInputStream;
import java.time.LocalDate;
import java.util.List;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.hemei.platform.Reader;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.privacy.PersonalData;
import org.hemei.registry.CreditCode;
import org.hemei.registry.PartyOffices;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/** Every sheet: what it finds wrong, what it writes, and that an export loaded again changes nothing. */
@HemeiTest
class SheetsTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    Imports imports;

    @Autowired
    Sheets sheets;

    @Autowired
    Towns towns;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PartyOffices offices;

    @Autowired
    FieldCipher cipher;

    @Autowired
    List<PersonalData> personal;

    @Autowired
    TransactionTemplate transaction;

    Town town;
    Town.Side near;

    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
    }

    private ImportRun load(Reader reader, String sheet, Object[]... rows) throws Exception {
        var run = imports.checked(mvc, reader, sheet, sheet + ".xlsx", excel(rows));
        assertThat(imports.wrong(run)).isEmpty();
        run = imports.pressed(mvc, reader, run, "apply");
        assertThat(run.state()).isEqualTo("applied");
        return run;
    }

    private String wrong(Reader reader, String sheet, Object[]... rows) throws Exception {
        var run = imports.checked(mvc, reader, sheet, sheet + ".xlsx", excel(rows));
        assertThat(run.state()).isEqualTo("wrong");
        return imports.wrong(run);
    }

    private byte[] exported(Reader reader, String sheet, String format) throws Exception {
        var answer = mvc.perform(post("/imports/sheets/" + sheet + "/export")
                        .param("format", format)
                        .with(as(reader))
                        .with(csrf()))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).isEqualTo(200);
        return answer.getContentAsByteArray();
    }

    private void loadedAgainNothingChanges(Reader reader, String sheet) throws Exception {
        for (var format : List.of("xlsx", "csv")) {
            var run = imports.checked(mvc, reader, sheet, "again." + format, exported(reader, sheet, format));
            assertThat(imports.wrong(run)).as(sheet).isEmpty();
            assertThat(run.rows()).as(sheet).isPositive();
            assertThat(List.of(run.creates(), run.updates()))
                    .as(sheet + " " + format)
                    .containsExactly(0, 0);
        }
    }

    @Test
    void the_network_of_a_district_loads_sheet_by_sheet_and_out_again() throws Exception {
        var code = CreditCode.complete("91" + near.district() + "MA0" + town.city() + "9".repeat(2))
                .value();
        var mark = "X" + town.city();
        load(
                near.housingDesk(),
                "companies",
                row("统一社会信用代码", "企业名称", "登记地代码", "成立日期", "办公地址"),
                row(code, "=新物业" + town.city(), String.valueOf(near.district()), LocalDate.of(2015, 3, 1), "-0551"));
        var garden = jdbc.sql("select name from estate where id = ?")
                .param(near.oldYard())
                .query(String.class)
                .single();
        load(
                near.housingDesk(),
                "contracts",
                row("统一社会信用代码", "社区代码", "小区名称", "开始日期", "最后一天", "物业费（元/㎡·月）"),
                row(code, near.community(), garden, "2024/1/1", "2026年12月31日", 1.6));
        load(
                near.organisationDesk(),
                "bodies",
                row("组织编号", "组织类别", "组织名称", "所在地代码", "小区名称", "上级编号", "成立日期"),
                row(mark + "-3", "楼栋党小组", "一栋党小组", near.community(), garden, mark + "-2", "2021-07-01"),
                row(mark + "-2", "小区党支部", "院子党支部", near.community(), garden, mark + "-1", "2021-07-01"),
                row(mark + "-1", "社区党委", "试社区党委", near.community(), null, mark + "-0", "2019-07-01"),
                row(mark + "-0", "街道党工委、乡镇党委", "试街道党工委", near.street(), null, mark + "-D", "2019-07-01"),
                row(mark + "-D", "区委、县委", "试区委", String.valueOf(near.district()), null, district(), "2019-07-01"));
        var phone = towns.phone();
        load(
                near.organisationDesk(),
                "people",
                row("人员编号", "姓名", "手机号"),
                row(mark + "-P1", "欧阳小明", phone),
                row(mark + "-P2", "赵大力", null));
        load(
                near.organisationDesk(),
                "appointments",
                row("人员编号", "手机号", "组织编号", "职务", "开始日期"),
                row(mark + "-P1", null, mark + "-2", "书记", "2022-01-01"),
                row(null, phone, mark + "-1", "党委委员", "2022-01-01"),
                row(mark + "-P2", null, mark + "-3", "党小组长", "2022-01-01"));
        assertThat(jdbc.sql(
                                "select count(*) from person where phone_cipher is not null and encode(name_cipher, 'escape') like '%小明%'")
                        .query(Long.class)
                        .single())
                .isZero();
        for (var sheet : List.of("estates", "buildings", "units", "companies", "contracts")) {
            loadedAgainNothingChanges(near.housingDesk(), sheet);
        }
        for (var sheet : List.of("bodies", "people", "appointments")) {
            loadedAgainNothingChanges(near.organisationDesk(), sheet);
        }
        loadedAgainNothingChanges(town.who(org.hemei.access.Role.SYSTEM), "areas");
        try (var book =
                new ReadableWorkbook(new ByteArrayInputStream(exported(near.housingDesk(), "companies", "xlsx")))) {
            assertThat(book.getFirstSheet().read().stream().map(line -> line.getCellText(1)))
                    .contains("'=新物业" + town.city());
        }
        assertThat(new String(
                        exported(near.organisationDesk(), "people", "csv"), java.nio.charset.StandardCharsets.UTF_8))
                .contains("欧**")
                .doesNotContain("小明", phone);
    }

    /** A city committee above the district's, as its parent has to be. */
    private String district() {
        var id = jdbc.sql("""
                        insert into body (kind, party_kind, name, short_name, area, since)
                        values ('party_organisation', 'city_party_committee', '试市委', '试市委', ?, date '2010-01-01') returning id
                        """).param(town.city()).query(Long.class).single();
        return "#" + id;
    }

    @Test
    void each_sheet_names_what_its_rules_refuse() throws Exception {
        assertThat(wrong(
                        near.housingDesk(),
                        "companies",
                        row("统一社会信用代码", "企业名称", "登记地代码", "成立日期"),
                        row("913401000000000000", "甲", String.valueOf(near.district()), "2015-03-01")))
                .startsWith("A2 最后一位校验码不对");
        var known = jdbc.sql("select credit_code from company where body = ?")
                .param(near.company())
                .query(String.class)
                .single();
        var garden = jdbc.sql("select name from estate where id = ?")
                .param(near.garden())
                .query(String.class)
                .single();
        assertThat(wrong(
                        near.housingDesk(),
                        "contracts",
                        row("统一社会信用代码", "社区代码", "小区名称", "开始日期", "最后一天"),
                        row(
                                known,
                                near.community(),
                                garden,
                                LocalDate.now(java.time.ZoneOffset.UTC).toString(),
                                null),
                        row(known, near.community(), garden, "2010-01-01", "2009-01-01")))
                .isEqualTo("D2 这个小区那时已有别的合同，日期重了。请先改那份合同的最后一天。\n"
                        + "D3 这家企业那时还没有成立。请核对；成立日期登记错了，请到它的组织页“更正日期”。\n"
                        + "E3 最后一天比开始日期还早。请改一改。");
        assertThat(wrong(
                        near.organisationDesk(),
                        "bodies",
                        row("组织编号", "组织类别", "组织名称", "所在地代码", "成立日期"),
                        row("A1", "居委会", "又一个居委会", near.community(), "2020-01-01"),
                        row("A2", "小区党支部", "支部", near.community(), "2020-01-01")))
                .contains("B2 这里已经有一个同类的组织", "D3 小区党支部设在小区");
        assertThat(wrong(
                        near.organisationDesk(),
                        "people",
                        row("人员编号", "姓名", "手机号"),
                        row(null, "王小明", null),
                        row("Z1", "1", "12345"),
                        row(null, "别的名", towns.phoneOf(town.far().resident()))))
                .contains("A2 要填人员编号或手机号", "B3 请填真实姓名", "C3 要填 1 开头的 11 位手机号", "B4 这个编号或手机号登记的是另一个人");
        var committee = "#" + near.committee();
        assertThat(wrong(
                        near.organisationDesk(),
                        "appointments",
                        row("人员编号", "组织编号", "职务", "开始日期"),
                        row("#" + near.resident().person(), committee, "队长", "2022-01-01"),
                        row("#" + near.resident().person(), committee, "居委会主任", "2022-01-01"),
                        row("#" + near.neighbour().person(), committee, "居委会主任", "2022-06-01"),
                        row("nobody", "#" + town.far().committee(), "居委会主任", "2022-06-01")))
                .contains("C2 ", "没有“队长”这个职务", "C4 这个职务同时只能有一个人", "B5 不在您负责的范围里");
        var department = towns.body("street_department", "试城管部", near.street());
        var company = towns.body("company", "外地物业", String.valueOf(town.far().district()));
        assertThat(wrong(
                        near.organisationDesk(),
                        "appointments",
                        row("人员编号", "组织编号", "职务", "社区代码", "小区名称", "开始日期"),
                        row("#" + near.neighbour().person(), "#" + department, "负责人", null, null, "2022-06-01"),
                        row(
                                "#" + near.neighbour().person(),
                                "#" + company,
                                "项目经理",
                                near.community(),
                                garden,
                                "2022-06-01")))
                .as("what the department does not appoint to by hand")
                .contains("B2 “试城管部”的职务不由您任命", "B3 “外地物业”的职务不由您任命");
    }

    /** A file is one's own hand too. */
    @Test
    void an_office_that_one_imported_for_oneself_opens_no_list() throws Exception {
        var branch = towns.bodyOf("party_organisation", "estate_branch", "试支部", near.community(), near.garden());
        var desk = near.organisationDesk();
        load(
                desk,
                "appointments",
                row("手机号", "组织编号", "职务", "开始日期"),
                row(towns.phoneOf(desk), "#" + branch, "书记", "2022-01-01"),
                row(towns.phoneOf(near.resident()), "#" + branch, "支部委员", "2022-01-01"));
        assertThat(offices.onlyByOwnHand(desk, branch)).isTrue();
        assertThat(offices.holds(near.resident(), branch)).isTrue();
        jdbc.sql("update appointment_change set account = null where account = ?")
                .param(desk.account())
                .update();
        assertThat(offices.holds(near.resident(), branch))
                .as("by nobody knows whose hand")
                .isFalse();
    }

    /** Turning the key writes a name anew and changes nothing; another name is a change, and an erased one is in no trail. */
    @Test
    void people_are_taken_back_after_the_key_was_turned_and_erased_from_the_trail() throws Exception {
        var mark = "T" + town.city();
        var run = load(
                near.organisationDesk(),
                "people",
                row("人员编号", "姓名", "手机号"),
                row(mark + "-1", "欧阳小明", towns.phone()),
                row(mark + "-2", "赵大力", towns.phone()));
        var first = person(mark + "-1");
        named(first, "欧阳大明");
        run = imports.pressed(mvc, near.organisationDesk(), run, "undo");
        assertThat(run.words()).contains("有 1 条“人员”后来又改过");
        named(first, "欧阳小明");
        var erased = person(mark + "-2");
        transaction.executeWithoutResult(status -> personal.forEach(data -> data.erase(erased, false)));
        assertThat(jdbc.sql("select (after::text) from import_change where tab = 'person' and row_id = ?")
                        .param(String.valueOf(erased))
                        .query(String.class)
                        .single())
                .doesNotContain("cipher", "masked", "phone");
        run = imports.pressed(mvc, near.organisationDesk(), run, "undo");
        assertThat(run.state()).as(run.words()).isEqualTo("undone");
    }

    private long person(String code) {
        return jdbc.sql("select id from person where code = ?")
                .param(code)
                .query(Long.class)
                .single();
    }

    private void named(long person, String name) {
        jdbc.sql("update person set name_cipher = ? where id = ?")
                .params(cipher.encrypt(name), person)
                .update();
    }

    @Test
    void templates_have_drop_downs_an_example_and_a_help_page_and_read_as_empty_files() throws Exception {
        for (var sheet : List.of(
                "areas",
                "estates",
                "buildings",
                "units",
                "companies",
                "branches",
                "contracts",
                "bodies",
                "group-buildings",
                "people",
                "appointments",
                "coverage")) {
            var reader = sheet.equals("areas")
                    ? town.who(org.hemei.access.Role.SYSTEM)
                    : sheets.of(near.housingDesk()).stream()
                                    .anyMatch(s -> s.key().equals(sheet))
                            ? near.housingDesk()
                            : near.organisationDesk();
            var file = mvc.perform(
                            get("/imports/sheets/" + sheet + "/template.xlsx").with(as(reader)))
                    .andReturn()
                    .getResponse()
                    .getContentAsByteArray();
            try (var book = new ReadableWorkbook(new ByteArrayInputStream(file))) {
                assertThat(book.getSheets().map(org.dhatim.fastexcel.reader.Sheet::getName))
                        .containsExactly(sheets.named(sheet).title(), "填写说明", "可选内容", "例子");
            }
            assertThat(imports.upload(mvc, reader, sheet, "t.xlsx", file).getContentAsString())
                    .contains("只有列名");
        }
    }

    @Test
    void a_big_export_is_made_behind_the_page_and_fetched_by_its_owner_only() throws Exception {
        jdbc.sql("""
                        insert into unit (building, estate, entrance, name, floor, area)
                        select ?, ?, 1, '大' || n, 1, 800000 from generate_series(1, 5001) n
                        """).params(near.building(), near.garden()).update();
        var answer = mvc.perform(post("/imports/sheets/units/export")
                        .param("format", "csv")
                        .with(as(near.housingDesk()))
                        .with(csrf()))
                .andReturn()
                .getResponse();
        assertThat(answer.getStatus()).isEqualTo(303);
        var job = Long.parseLong(answer.getRedirectedUrl().replaceAll(".*/", ""));
        imports.run(job);
        var link = jdbc.sql("select link from job_run where id = ? and state = 'done'")
                .param(job)
                .query(String.class)
                .single();
        var file =
                mvc.perform(get(link).with(as(near.housingDesk()))).andReturn().getResponse();
        assertThat(file.getContentAsString(java.nio.charset.StandardCharsets.UTF_8)
                        .lines()
                        .count())
                .isGreaterThan(5_001);
        assertThat(mvc.perform(get(link).with(as(town.far().housingDesk())))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(404);
        jdbc.sql("update access_grant set until = now() where account = ?")
                .param(near.housingDesk().account())
                .update();
        assertThat(mvc.perform(get(link).with(as(near.housingDesk())))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .as("whose duty has ended")
                .isEqualTo(404);
    }

    private List<String> told(long estate) {
        return jdbc.sql("select kind from event_log where kind like 'contract.%' and subject = ? order by id")
                .param(String.valueOf(estate))
                .query(String.class)
                .list();
    }

    private List<String> changes(long estate) {
        return jdbc.sql("""
                        select concat_ws(' ', verb, coalesce(detail -> 'before' ->> 'last', 'null'), '→',
                                         coalesce(detail -> 'after' ->> 'last', 'null'))
                        from contract_change where estate = ? order by id
                        """).param(estate).query(String.class).list();
    }

    /** One file ends the company of before and brings the next: handing over begins, as it does when signed by hand. */
    @Test
    void a_contract_that_follows_another_companys_opens_the_handover() throws Exception {
        var today = LocalDate.now(java.time.ZoneId.of("Asia/Shanghai"));
        var old = jdbc.sql("select credit_code from company where body = ?")
                .param(near.company())
                .query(String.class)
                .single();
        var next = CreditCode.complete("91" + near.district() + "MA8" + town.city() + "8".repeat(2))
                .value();
        load(
                near.housingDesk(),
                "companies",
                row("统一社会信用代码", "企业名称", "登记地代码", "成立日期"),
                row(next, "接手物业" + town.city(), String.valueOf(near.district()), LocalDate.of(2015, 3, 1)));
        var garden = jdbc.sql("select name from estate where id = ?")
                .param(near.garden())
                .query(String.class)
                .single();
        var begun = jdbc.sql("select lower(during)::text from contract where estate = ?")
                .param(near.garden())
                .query(String.class)
                .single();
        var run = load(
                near.housingDesk(),
                "contracts",
                row("统一社会信用代码", "社区代码", "小区名称", "开始日期", "最后一天"),
                row(old, near.community(), garden, begun, today.minusDays(1).toString()),
                row(
                        next,
                        near.community(),
                        garden,
                        today.toString(),
                        today.plusYears(3).toString()));
        assertThat(jdbc.sql("""
                        select h.due - lower(c.during) || ' ' || (p.company = ?) || ' ' || (jsonb_array_length(h.items) > 0)
                        from contract_handover h join contract c on c.id = h.contract join contract p on p.id = h.previous
                        where c.estate = ?
                        """)
                        .params(near.company(), near.garden())
                        .query(String.class)
                        .list())
                .containsExactly("15 true true");
        // whoever goes by contracts, such as past scores, hears of it as of one that was signed by hand: once for the
        // estate
        assertThat(told(near.garden())).containsExactly("contract.imported");
        assertThat(changes(near.garden()))
                .as("what an import changes is told like what it makes")
                .containsExactly("corrected null → " + today.minusDays(1), "signed null → null");
        imports.pressed(mvc, near.housingDesk(), run, "undo");
        assertThat(told(near.garden())).containsExactly("contract.imported", "contract.import_undone");
        assertThat(changes(near.garden()).subList(2, 4))
                .containsExactly("corrected " + today.minusDays(1) + " → null", "taken_back null → null");
        jdbc.sql("update body set until = ?, ending = 'dissolved' where id = ?")
                .params(today, near.company())
                .update();
        assertThat(wrong(
                        near.housingDesk(),
                        "contracts",
                        row("统一社会信用代码", "社区代码", "小区名称", "开始日期", "最后一天"),
                        row(old, near.community(), garden, begun, today.toString())))
                .contains("已经注销");
        assertThat(jdbc.sql(
                                "select count(*) from contract_handover h join contract c on c.id = h.contract where c.estate = ?")
                        .param(near.garden())
                        .query(Integer.class)
                        .single())
                .isZero();
    }
}

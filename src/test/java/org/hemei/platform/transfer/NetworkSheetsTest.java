package org.hemei.platform.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.platform.transfer.Files.excel;
import static org.hemei.platform.transfer.Files.row;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.registry.BodyKind;
import org.hemei.registry.body.Network;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** Bodies that move under other parents and companies' branches, loaded from sheets; and what history tells when it is undone. */
@HemeiTest
class NetworkSheetsTest {

    private static final Object[] BODIES = row("组织编号", "组织类别", "组织名称", "所在地代码", "小区名称", "上级编号", "上级从哪天起", "成立日期");
    private static final Object[] BRANCHES = row("分公司编号", "统一社会信用代码", "分公司名称", "所在地代码", "成立日期");

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
    Network network;

    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
        network = new Network(jdbc, town);
    }

    private ImportRun checked(Reader reader, String sheet, Object[] headings, Object[]... rows) throws Exception {
        var all = new ArrayList<Object[]>(List.of(rows));
        all.addFirst(headings);
        return imports.checked(mvc, reader, sheet, sheet + ".xlsx", excel(all.toArray(Object[][]::new)));
    }

    private ImportRun bodies(Object[]... rows) throws Exception {
        return checked(near.organisationDesk(), "bodies", BODIES, rows);
    }

    private Object[] group(long group, long parent, @Nullable Object since) {
        return row(
                "#" + group,
                "楼栋党小组",
                name("body", group),
                near.community(),
                name("estate", near.garden()),
                "#" + parent,
                since,
                Network.LONG_AGO.toString());
    }

    private String name(String table, long id) {
        return jdbc.sql("select name from " + table + " where id = ?")
                .param(id)
                .query(String.class)
                .single();
    }

    private List<String> parents(long body) {
        return jdbc.sql("select parent || ' ' || during from body_parent where body = ? order by lower(during)")
                .param(body)
                .query(String.class)
                .list();
    }

    private List<String> story(long body) {
        return jdbc.sql("select verb || ' ' || day from body_change where body = ? order by id")
                .param(body)
                .query(String.class)
                .list();
    }

    @Test
    void another_parent_from_a_day_on_is_a_dated_move_and_undoing_it_is_told() throws Exception {
        var group = network.group("一组");
        var before = network.branch();
        var after = network.branch(near.oldYard());
        var run = bodies(group(group, after, "2024-07-01"));
        assertThat(imports.wrong(run)).isEmpty();
        assertThat(List.of(run.creates(), run.updates(), run.same())).containsExactly(0, 1, 0);
        run = imports.pressed(mvc, near.organisationDesk(), run, "apply");
        assertThat(run.state()).isEqualTo("applied");
        assertThat(parents(group)).containsExactly(before + " [2019-01-01,2024-07-01)", after + " [2024-07-01,)");
        assertThat(story(group)).containsExactly("moved 2024-07-01");
        assertThat(jdbc.sql("select version from body where id = ?")
                        .param(group)
                        .query(Integer.class)
                        .single())
                .as("a form opened before is stale")
                .isOne();

        var again = bodies(group(group, after, "2024-07-01"), group(network.group("二组"), before, null));
        assertThat(imports.wrong(again)).isEmpty();
        assertThat(List.of(again.creates(), again.updates(), again.same())).containsExactly(0, 0, 2);

        run = imports.pressed(mvc, near.organisationDesk(), run, "undo");
        assertThat(run.state()).as(run.words()).isEqualTo("undone");
        assertThat(parents(group)).containsExactly(before + " [2019-01-01,)");
        assertThat(story(group)).containsExactly("moved 2024-07-01", "taken_back 2024-07-01");
        var page = mvc.perform(get("/bodies/" + group).with(as(near.organisationDesk())))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(page).contains("导入撤销了", "撤销了导入", "还归 " + shortName(before));
        assertThat(mvc.perform(post("/bodies/" + group + "/correct")
                                .param("version", "2")
                                .param("change", first(group))
                                .param("day", "2024-08-01")
                                .param("basis", "看错了")
                                .with(as(near.organisationDesk()))
                                .with(csrf()))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .as("what was taken back has no day to put right")
                .contains("这一条不能改日子");
    }

    private String shortName(long body) {
        return jdbc.sql("select short_name from body where id = ?")
                .param(body)
                .query(String.class)
                .single();
    }

    private String first(long body) {
        return jdbc.sql("select min(id)::text from body_change where body = ?")
                .param(body)
                .query(String.class)
                .single();
    }

    @Test
    void a_move_stands_the_same_rule_of_parents_and_days_as_on_the_page() throws Exception {
        var branch = network.branch();
        var after = network.branch(near.oldYard());
        var today = LocalDate.now(java.time.ZoneId.of("Asia/Shanghai"));
        var ended = network.group("没了");
        jdbc.sql("update body set until = date '2024-01-01', ending = 'dissolved' where id = ?")
                .param(ended)
                .update();
        var run = bodies(
                group(network.group("没填日子"), after, null),
                group(network.group("成立那天"), after, "2019-01-01"),
                group(network.group("第二天"), after, "2019-01-02"),
                group(
                        network.group("太远"),
                        after,
                        today.plusMonths(12).plusDays(1).toString()),
                group(network.group("刚好一年"), after, today.plusMonths(12).toString()),
                group(network.group("不对的上级"), network.committee(), "2024-07-01"),
                group(network.group("还是它"), branch, "2024-07-01"),
                group(ended, after, "2024-07-01"));
        assertThat(imports.wrong(run).split("\n"))
                .containsExactlyInAnyOrder(
                        "G2 上级和现在的不一样。请填从哪天起归新的上级；上级没有变，请照现在的填。",
                        "G3 要晚于上一次换上级的日子（或成立的日子）：2019-01-01。",
                        "G5 最多提前一年登记。请填近一点的日子。",
                        "F7 楼栋党小组的上级是小区党支部，不能是社区党委。",
                        "G8 它现在就归这个上级，日子不一样。填错的日子请到组织页“更正日期”。",
                        "G9 它已经撤销或并走了，不能再换上级。");
    }

    @Test
    void a_parent_that_the_same_file_founds_has_to_be_there_on_the_day() throws Exception {
        var group = network.group("等新的");
        jdbc.sql("update body set estate = null, party_kind = null, kind = 'maintenance_firm' where id = ?")
                .param(network.branch(near.oldYard()))
                .update();
        Object[] founded = row(
                "N" + town.city(),
                "小区党支部",
                "新支部",
                near.community(),
                name("estate", near.oldYard()),
                "#" + network.committee(),
                null,
                "2024-03-01");
        var early = group(group, 0, "2024-02-29");
        early[5] = "N" + town.city();
        assertThat(imports.wrong(bodies(founded, early))).isEqualTo("F3 那一天上级还没有成立，或已经撤销。请换一个，或换个日子。");
        var right = group(group, 0, "2024-03-01");
        right[5] = "N" + town.city();
        var run = imports.pressed(mvc, near.organisationDesk(), bodies(founded, right), "apply");
        assertThat(run.state()).isEqualTo("applied");
        assertThat(parents(group)).hasSize(2).last().asString().endsWith("[2024-03-01,)");
        assertThat(imports.pressed(mvc, near.organisationDesk(), run, "undo").state())
                .isEqualTo("undone");
        assertThat(parents(group)).hasSize(1);
    }

    @Test
    void a_branch_follows_its_estate_to_another_community_and_back_with_the_undo() throws Exception {
        var branch = network.branch();
        var next = near.street() + "002";
        jdbc.sql("insert into area (code, name, level, parent, kind) values (?, '试邻社区', 'community', ?, 'residents')")
                .params(next, near.street())
                .update();
        var committee = network.add(BodyKind.COMMUNITY_COMMITTEE, "试邻社区党委" + next, next, null, network.street());
        jdbc.sql("update estate set community = ? where id = ?")
                .params(next, near.garden())
                .update();
        var left = network.group("表里没有的组");
        var told = network.group("表里也有的组");
        var ended = network.group("撤了的组");
        jdbc.sql("update body set until = date '2024-01-01', ending = 'dissolved' where id = ?")
                .param(ended)
                .update();
        var elsewhere = network.group("看两个小区的组");
        jdbc.sql("update body set estate = ? where id = ?")
                .params(near.oldYard(), elsewhere)
                .update();
        Object[] line = row(
                "#" + branch,
                "小区党支部",
                name("body", branch),
                next,
                name("estate", near.garden()),
                "#" + committee,
                "2024-07-01",
                Network.LONG_AGO.toString());
        var late = line.clone();
        late[6] = Network.LONG_AGO.plusDays(1).toString();
        jdbc.sql("update body set since = ? where id = ?")
                .params(Network.LONG_AGO.plusDays(1), left)
                .update();
        assertThat(imports.wrong(bodies(late))).isEqualTo("G2 它下面有组织那一天还没有成立，或那以后才来，不能从那天起跟着换社区。请填更晚的日子。");

        var along = group(told, branch, null);
        along[3] = next;
        var run = bodies(along, line);
        assertThat(imports.wrong(run)).isEmpty();
        assertThat(List.of(run.creates(), run.updates(), run.same())).containsExactly(0, 2, 0);
        assertThat(run.notes()).containsExactly("另有 1 个下级组织（楼栋党小组等）不在表里，跟着一起换社区。");
        run = imports.pressed(mvc, near.organisationDesk(), run, "apply");
        assertThat(run.notes()).hasSize(1);
        for (var moved : List.of(branch, left, told)) {
            assertThat(areas(moved)).contains(next + " [2024-07-01,)", next).hasSize(3);
            assertThat(story(moved)).containsExactly("moved 2024-07-01");
        }
        assertThat(parents(left)).hasSize(1);
        assertThat(page("/bodies/" + left)).contains("试邻社区").contains("2024年7月1日");
        assertThat(areas(ended)).containsExactly(near.community());
        assertThat(areas(elsewhere)).containsExactly(near.community());

        assertThat(imports.pressed(mvc, near.organisationDesk(), run, "undo").state())
                .isEqualTo("undone");
        for (var back : List.of(branch, left, told)) {
            assertThat(areas(back)).containsExactly(near.community());
            assertThat(parents(back)).hasSize(1);
            assertThat(story(back)).containsExactly("moved 2024-07-01", "taken_back 2024-07-01");
        }
        assertThat(imports.wrong(bodies(group(told, branch, null), line)))
                .as("one file does not say both")
                .contains("它的上级在这张表里换社区");
    }

    private String page(String path) throws Exception {
        return mvc.perform(get(path).with(as(near.organisationDesk())))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    /** Where it stood, and where it stands today. */
    private List<String> areas(long body) {
        return jdbc.sql("""
                        select area || ' ' || during from body_area where body = :body
                        union all select area from body where id = :body order by 1
                        """).param("body", body).query(String.class).list().stream()
                .sorted(java.util.Comparator.comparing(line -> !line.contains(" ")))
                .toList();
    }

    @Test
    void branches_of_companies_load_again_and_out_and_keep_their_rules() throws Exception {
        var code = jdbc.sql("select credit_code from company where body = ?")
                .param(near.company())
                .query(String.class)
                .single();
        var mark = "FGS-" + town.city();
        jdbc.sql("update body set since = date '2015-01-01' where id = ?")
                .param(near.company())
                .update();
        var run = checked(
                near.housingDesk(),
                "branches",
                BRANCHES,
                row(mark + "-1", code, "甲分公司", near.street(), "2018-05-01"),
                row(mark + "-2", code, "乙分公司", String.valueOf(town.far().district()), "2015-01-01"));
        assertThat(imports.wrong(run)).isEmpty();
        run = imports.pressed(mvc, near.housingDesk(), run, "apply");
        assertThat(List.of(run.creates(), run.updates())).containsExactly(2, 0);
        assertThat(jdbc.sql("select count(*) from body where kind = 'company_branch' and company = ? and code like ?")
                        .params(near.company(), mark + "%")
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
        assertThat(mvc.perform(get("/companies/" + near.company()).with(as(near.housingDesk())))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .contains("甲分公司");
        var exported = mvc.perform(post("/imports/sheets/branches/export")
                        .param("format", "xlsx")
                        .with(as(near.housingDesk()))
                        .with(csrf()))
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        var again = imports.checked(mvc, near.housingDesk(), "branches", "again.xlsx", exported);
        assertThat(imports.wrong(again)).isEmpty();
        assertThat(List.of(again.creates(), again.updates())).containsExactly(0, 0);
        assertThat(imports.wrong(checked(
                                near.housingDesk(),
                                "branches",
                                BRANCHES,
                                row(mark + "-3", code, "甲分公司", near.street(), "2018-05-01"),
                                row(mark + "-4", code, "太早", near.street(), "2014-12-31"),
                                row("#" + near.committee(), code, "不是", near.street(), "2018-05-01"),
                                row(mark + "-5", "91340100MA2EXAMP07", "没有", near.street(), "2018-05-01")))
                        .split("\n"))
                .contains(
                        "C2 这家企业已经有叫这个名字的分公司了。",
                        "E3 那一天企业还没有成立，或已经注销。请核对。",
                        "A4 这个编号登记的不是分公司。请核对编号。",
                        "B5 没有代码是 91340100MA2EXAMP07 的企业。请先导入物业企业。");
        assertThat(imports.pressed(mvc, near.housingDesk(), run, "undo").state())
                .isEqualTo("undone");
        assertThat(jdbc.sql("""
                                select string_agg(verb, ' ' order by id) from body_change
                                where id in (select row_id::bigint from import_change where run = :run and tab = 'body_change')
                                   or (detail ->> 'change')::bigint in
                                      (select row_id::bigint from import_change where run = :run and tab = 'body_change')
                                """).param("run", run.id()).query(String.class).single())
                .as("history outlives the rows that went")
                .isEqualTo("founded founded taken_back taken_back");
    }

    @Test
    void groups_have_buildings_and_former_bodies_their_days_and_names_are_put_right_with_what_they_were()
            throws Exception {
        var group = network.group("带楼的组");
        jdbc.sql("insert into building (estate, name, floors, position) values (?, '甲座', 6, 91), (?, '乙座', 6, 92)")
                .params(near.garden(), near.garden())
                .update();
        var headings = row("组织编号", "楼栋名称", "开始日期", "最后一天");
        assertThat(imports.wrong(checked(
                                near.organisationDesk(),
                                "group-buildings",
                                headings,
                                row("#" + group, "没有这栋", "2021-07-01", null),
                                row("#" + group, "乙座", "2018-07-01", null),
                                row("#" + network.branch(), "乙座", "2021-07-01", null)))
                        .split("\n"))
                .containsExactlyInAnyOrder(
                        "B2 党小组的小区没有“没有这栋”这栋楼。请先导入楼栋，或核对名称。",
                        "C3 那一天党小组还没有成立，或已经撤销。请核对。",
                        "A4 没有编号是 #" + network.branch() + " 的楼栋党小组。请先导入组织，或核对编号。");
        var run = checked(
                near.organisationDesk(),
                "group-buildings",
                headings,
                row("#" + group, "甲座", "2021-07-01", null),
                row("#" + group, "乙座", "2021-07-01", "2023-12-31"));
        assertThat(imports.wrong(run)).isEmpty();
        imports.pressed(mvc, near.organisationDesk(), run, "apply");
        assertThat(jdbc.sql("select during::text from body_building where body = ? order by building")
                        .param(group)
                        .query(String.class)
                        .list())
                .containsExactly("[2021-07-01,)", "[2021-07-01,2024-01-01)");
        assertThat(jdbc.sql("""
                                select day || ' ' || jsonb_array_length(detail -> 'added') || ' ' || jsonb_array_length(detail -> 'gone')
                                from body_change where body = ? and verb = 'buildings' order by day, id
                                """).param(group).query(String.class).list())
                .as("as where it is done by hand")
                .containsExactly("2021-07-01 1 0", "2021-07-01 1 0", "2024-01-01 0 1");
        assertThat(imports.wrong(checked(
                        near.organisationDesk(),
                        "group-buildings",
                        headings,
                        row("#" + network.group("抢楼的组"), "甲座", "2022-07-01", null))))
                .startsWith("B2 这栋楼那时归别的党小组");

        var former = java.util.Arrays.copyOf(BODIES, BODIES.length + 1);
        former[BODIES.length] = "撤销日期";
        var mark = "QT" + town.city();
        Object[] past = row(mark, "街道城市管理部", "以前的城管部", near.street(), null, null, null, "2015-01-01", "2020-01-01");
        Object[] renamed = group(group, network.branch(), null);
        renamed[2] = "对的名称";
        var late = group(network.group("日子不对"), network.branch(), null);
        late[7] = "2020-02-02";
        assertThat(imports.wrong(checked(near.organisationDesk(), "bodies", former, past, late)))
                .isEqualTo("H3 它登记的成立日期不是这一天。填错的日子请到组织页“更正日期”。");
        var bodies = checked(near.organisationDesk(), "bodies", former, past, renamed);
        assertThat(imports.wrong(bodies)).isEmpty();
        bodies = imports.pressed(mvc, near.organisationDesk(), bodies, "apply");
        var id = jdbc.sql("select id from body where code = ? and ending = 'dissolved' and until = '2020-01-01'")
                .param(mark)
                .query(Long.class)
                .single();
        assertThat(story(id)).containsExactly("founded 2015-01-01", "dissolved 2020-01-01");
        assertThat(jdbc.sql(
                                "select verb || ' ' || (detail ->> 'from') from body_change where body = ? and verb <> 'buildings'")
                        .param(group)
                        .query(String.class)
                        .list())
                .containsExactly("name_corrected 带楼的组");
        assertThat(imports.pressed(mvc, near.organisationDesk(), bodies, "undo").state())
                .isEqualTo("undone");
        assertThat(mvc.perform(get("/bodies/" + group).with(as(near.organisationDesk())))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .contains("更正名称", "还叫 带楼的组");
    }

    @Test
    void a_short_name_that_is_put_right_by_a_sheet_leaves_earlier_and_later_names_alone() throws Exception {
        var group = network.group("现在的名称");
        jdbc.sql("""
                        insert into body_name (body, name, short_name, during) values
                            (:id, '以前的名称', '以前', daterange('2019-01-01', '2022-01-01')),
                            (:id, '现在的名称', '现在', daterange('2022-01-01', '2999-01-01')),
                            (:id, '以后的名称', '以后', daterange('2999-01-01', null))
                        """).param("id", group).update();
        var headings = java.util.Arrays.copyOf(BODIES, BODIES.length + 1);
        headings[BODIES.length] = "简称";
        var line = java.util.Arrays.copyOf(group(group, network.branch(), null), headings.length);
        line[BODIES.length] = "现简";
        var run = checked(near.organisationDesk(), "bodies", headings, line);
        assertThat(imports.wrong(run)).isEmpty();
        imports.pressed(mvc, near.organisationDesk(), run, "apply");
        var names = "select name || ' ' || short_name from body_name where body = ? order by lower(during)";
        assertThat(jdbc.sql(names).param(group).query(String.class).list())
                .containsExactly("以前的名称 以前", "现在的名称 现简", "以后的名称 以后");
        assertThat(shortName(group)).isEqualTo("现简");
    }

    private static final Object[] COVERAGE = row("统一社会信用代码", "覆盖方式", "党组织编号", "人员编号", "开始日期", "最后一天");

    private long organisation(String name) {
        return jdbc.sql("""
                        insert into body (kind, party_kind, name, short_name, area, since)
                        values ('party_organisation', 'company_organisation', :name, :name, :area, date '2015-01-01') returning id
                        """)
                .param("name", name)
                .param("area", String.valueOf(near.district()))
                .query(Long.class)
                .single();
    }

    private String code(long company) {
        return jdbc.sql("select credit_code from company where body = ?")
                .param(company)
                .query(String.class)
                .single();
    }

    @Test
    void which_company_is_covered_how_loads_again_and_out_by_the_rules_of_the_pages() throws Exception {
        var here = code(near.company());
        var one = organisation("一号联合支部");
        var two = organisation("二号支部");
        var adviser = "#" + near.staff().person();
        jdbc.sql("update body set since = date '2015-01-01' where id = ?")
                .param(near.company())
                .update();
        towns.post(near.staff().person(), near.company(), "党建指导员");
        var day = java.time.LocalDate.now(java.time.ZoneId.of("Asia/Shanghai"))
                .minusDays(30)
                .toString();
        var wrong = checked(
                near.organisationDesk(),
                "coverage",
                COVERAGE,
                row(here, "单建", null, null, "2021-07-01", null),
                row(here, "派驻", "#" + one, null, "2021-07-01", null),
                row(here, "联建", "#" + near.committee(), null, "2021-07-01", null),
                row(here, "派驻", null, "#" + near.resident().person(), day, null),
                row(code(town.far().company()), "联建", "#" + one, null, "2021-07-01", null),
                row(here, "联建", "#" + one, null, "2014-07-01", "2014-12-31"),
                row(here, "联建", "#" + one, null, "2022-07-01", "2022-06-30"));
        assertThat(imports.wrong(wrong).split("\n"))
                .contains(
                        "C2 单建、联建要填党组织编号。",
                        "C3 派驻不填党组织编号。请删掉，或改覆盖方式。",
                        "D3 派驻要填指导员的人员编号或手机号。",
                        "C4 没有编号是 #" + near.committee() + " 的物业企业党组织。请先导入组织。",
                        "D5 这个人那时不是这家企业的党建指导员。请先在“任职”表里导入，或核对编号。",
                        "A6 不在您负责的范围里。请交给管那里的人导入。",
                        "E7 那一天企业或党组织还没有成立，或已经撤销。请核对。",
                        "F8 最后一天比开始日期还早。请改一改。");
        var run = checked(
                near.organisationDesk(),
                "coverage",
                COVERAGE,
                row(here, "单建", "#" + two, null, "2020-01-01", "2021-06-30"),
                row(here, "联建", "#" + one, null, "2021-07-01", null),
                row(here, "派驻", null, adviser, day, null));
        assertThat(imports.wrong(run)).isEmpty();
        run = imports.pressed(mvc, near.organisationDesk(), run, "apply");
        assertThat(List.of(run.creates(), run.updates())).containsExactly(3, 0);
        assertThat(coverage())
                .containsExactly("single [2020-01-01,2021-07-01)", "joint [2021-07-01,)", "adviser [" + day + ",)");
        var exported = mvc.perform(post("/imports/sheets/coverage/export")
                        .param("format", "xlsx")
                        .with(as(near.housingDesk()))
                        .with(csrf()))
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        var again = imports.checked(mvc, near.housingDesk(), "coverage", "again.xlsx", exported);
        assertThat(imports.wrong(again)).isEmpty();
        assertThat(List.of(again.creates(), again.updates(), again.same())).containsExactly(0, 0, 3);
        assertThat(imports.wrong(checked(
                        near.housingDesk(),
                        "coverage",
                        COVERAGE,
                        row(here, "单建", "#" + one, null, "2021-07-01", null))))
                .as("the past is not made another by a repeated file")
                .contains("B2 这一条登记的是另一种方式");
        assertThat(imports.wrong(checked(
                        near.housingDesk(),
                        "coverage",
                        COVERAGE,
                        row(here, "联建", "#" + two, null, "2023-01-01", null))))
                .contains("E2 这家企业那时已由别的党组织覆盖");
        var ended = checked(
                near.housingDesk(), "coverage", COVERAGE, row(here, "联建", "#" + one, null, "2021-07-01", "2025-12-31"));
        ended = imports.pressed(mvc, near.housingDesk(), ended, "apply");
        assertThat(List.of(ended.creates(), ended.updates())).containsExactly(0, 1);
        assertThat(coverage()).contains("joint [2021-07-01,2026-01-01)");
        assertThat(imports.pressed(mvc, near.housingDesk(), ended, "undo").state())
                .isEqualTo("undone");
        assertThat(imports.pressed(mvc, near.organisationDesk(), run, "undo").state())
                .isEqualTo("undone");
        assertThat(coverage()).isEmpty();
        assertThat(jdbc.sql(
                                "select action || coalesce(' ' || (detail ->> 'was') || '→' || (detail ->> 'until'), '') from audit_entry"
                                        + " where subject_kind = 'body' and subject_id = ? and action like 'company.cover%' order by id")
                        .param(String.valueOf(near.company()))
                        .query(String.class)
                        .list())
                .as("a file leaves what the pages leave")
                .containsExactly(
                        "company.covered",
                        "company.covered",
                        "company.covered",
                        "company.coverage_corrected null→2026-01-01",
                        "company.coverage_corrected 2026-01-01→null",
                        "company.coverage_taken_back",
                        "company.coverage_taken_back",
                        "company.coverage_taken_back");
    }

    private List<String> coverage() {
        return jdbc.sql("select mode || ' ' || during from company_coverage where company = ? order by lower(during)")
                .param(near.company())
                .query(String.class)
                .list();
    }
}

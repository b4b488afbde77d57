package org.hemei.platform.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.platform.transfer.Files.excel;
import static org.hemei.platform.transfer.Files.row;

import java.util.ArrayList;
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

/** Files of people and their posts, loaded by whoever appoints: the same bodies, and the same knowledge of names, as by hand. */
@HemeiTest
class AppointingSheetsTest {

    private static final Object[] PEOPLE = row("姓名", "手机号");
    private static final Object[] POSTS = row("人员编号", "手机号", "姓名", "组织编号", "职务", "开始日期", "最后一天");

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

    private ImportRun checked(Reader reader, String sheet, Object[] headings, Object[]... rows) throws Exception {
        var all = new ArrayList<Object[]>(List.of(rows));
        all.addFirst(headings);
        return imports.checked(mvc, reader, sheet, sheet + ".xlsx", excel(all.toArray(Object[][]::new)));
    }

    private String code(long company) {
        return jdbc.sql("select credit_code from company where body = ?")
                .param(company)
                .query(String.class)
                .single();
    }

    private List<String> posts(long body) {
        return jdbc.sql(
                        "select p.masked_name || ' ' || a.post from appointment a join person p on p.id = a.person where a.body = ? order by a.id")
                .param(body)
                .query(String.class)
                .list();
    }

    @Test
    void a_street_and_a_housing_department_load_the_posts_that_are_theirs() throws Exception {
        var department = towns.body("street_department", "试城管部" + town.city(), near.street());
        var street = near.streetDesk();
        var phone = towns.phone();
        var people = checked(street, "people", PEOPLE, row("孙大专", phone));
        assertThat(imports.wrong(people)).isEmpty();
        imports.pressed(mvc, street, people, "apply");

        var posts = checked(
                street, "appointments", POSTS, row(null, phone, "孙大专", "#" + department, "负责人", "2024-01-01", null));
        assertThat(imports.wrong(posts)).isEmpty();
        posts = imports.pressed(mvc, street, posts, "apply");
        assertThat(posts.state()).as(posts.words()).isEqualTo("applied");
        assertThat(posts(department)).containsExactly("孙** 负责人");

        var housing = near.housingDesk();
        var staff = checked(
                housing,
                "appointments",
                POSTS,
                row(null, phone, "孙大专", code(near.company()), "物业员工", "2024-01-01", "2024-12-31"));
        assertThat(imports.wrong(staff)).isEmpty();
        assertThat(imports.pressed(mvc, housing, staff, "apply").state()).isEqualTo("applied");
        assertThat(posts(near.company())).containsExactly("孙** 物业员工");
    }

    @Test
    void what_somebody_does_not_appoint_to_by_hand_they_do_not_by_a_file_and_every_row_says_so() throws Exception {
        var phone = towns.phone();
        imports.pressed(
                mvc, near.streetDesk(), checked(near.streetDesk(), "people", PEOPLE, row("孙大专", phone)), "apply");
        var run = checked(
                near.communityDesk(),
                "appointments",
                POSTS,
                row(null, phone, "孙大专", code(near.company()), "物业员工", "2024-01-01", "2024-06-30"),
                row(null, phone, "孙大专", "#" + near.committee(), "居委会委员", "2024-01-01", "2024-06-30"),
                row(null, phone, "孙大专", "#" + town.far().committee(), "居委会委员", "2024-01-01", "2024-06-30"));
        assertThat(imports.wrong(run).lines().filter(line -> !line.startsWith("D2 不在")))
                .anyMatch(line -> line.startsWith("D2 ") && line.contains("不由您任命"))
                .anyMatch(line -> line.startsWith("D4 "))
                .noneMatch(line -> line.matches("\\w3 .*"));
    }

    /** Whoever appoints to a body reads the names of its people: a file of numbers must not tell whose they are. */
    @Test
    void nobody_learns_by_a_file_whose_number_it_is() throws Exception {
        var stranger = towns.phoneOf(town.far().resident());
        var community = near.communityDesk();
        var run = checked(
                community,
                "appointments",
                POSTS,
                row(null, stranger, null, "#" + near.committee(), "居委会委员", "2024-01-01", "2024-06-30"),
                row(null, stranger, "李小试", "#" + near.committee(), "居委会委员", "2025-01-01", "2025-06-30"),
                row(null, stranger, "王小试", "#" + near.committee(), "居委会委员", "2026-01-01", null));
        assertThat(imports.wrong(run).lines())
                .containsExactlyInAnyOrder("C2 请填姓名，和“人员”表里一样：这个人还没有在您这里任过职。", "C3 这个编号或手机号登记的是另一个人（王**）。请核对。");
        assertThat(imports.wrong(checked(community, "people", PEOPLE, row("李改名", stranger))))
                .contains("登记的是另一个人");
    }

    @Test
    void a_file_that_ends_an_advisers_post_ends_the_coverage_and_undone_gives_it_back() throws Exception {
        var phone = towns.phone();
        var desk = near.organisationDesk();
        imports.pressed(mvc, desk, checked(desk, "people", PEOPLE, row("吴指导", phone)), "apply");
        var company = code(near.company());
        imports.pressed(
                mvc,
                desk,
                checked(desk, "appointments", POSTS, row(null, phone, null, company, "党建指导员", "2025-01-01", null)),
                "apply");
        var covered = checked(
                desk,
                "coverage",
                row("统一社会信用代码", "覆盖方式", "手机号", "开始日期", "最后一天"),
                row(company, "派驻", phone, "2025-02-01", null));
        assertThat(imports.wrong(covered)).isEmpty();
        imports.pressed(mvc, desk, covered, "apply");

        var ended = checked(
                desk, "appointments", POSTS, row(null, phone, null, company, "党建指导员", "2025-01-01", "2025-06-30"));
        assertThat(imports.wrong(ended)).isEmpty();
        ended = imports.pressed(mvc, desk, ended, "apply");
        assertThat(ended.state()).as(ended.words()).isEqualTo("applied");
        assertThat(coverage()).containsExactly("[2025-02-01,2025-07-01)");

        var longer = checked(
                desk,
                "coverage",
                row("统一社会信用代码", "覆盖方式", "手机号", "开始日期", "最后一天"),
                row(company, "派驻", phone, "2025-02-01", "2025-07-01"));
        assertThat(imports.wrong(longer)).contains("覆盖比这位指导员的任职还晚结束");
        assertThat(imports.wrong(checked(
                        desk,
                        "appointments",
                        POSTS,
                        row(null, phone, null, company, "党建指导员", "2025-01-01", "2025-01-31"))))
                .contains("靠的就是这个职务");

        assertThat(imports.pressed(mvc, desk, ended, "undo").state()).isEqualTo("undone");
        assertThat(coverage()).containsExactly("[2025-02-01,)");
    }

    @Test
    void a_file_is_taken_back_by_those_only_who_could_do_the_same_by_hand() throws Exception {
        var party = towns.bodyOf("party_organisation", "community_committee", "试党委", near.community(), null);
        var desk = near.organisationDesk();
        var phone = towns.phone();
        imports.pressed(mvc, desk, checked(desk, "people", PEOPLE, row("周书记", phone)), "apply");
        var posts = imports.pressed(
                mvc,
                desk,
                checked(desk, "appointments", POSTS, row(null, phone, null, "#" + party, "书记", "2024-01-01", null)),
                "apply");
        assertThat(posts(party)).containsExactly("周** 书记");
        var person = jdbc.sql("select person from appointment where body = ?")
                .param(party)
                .query(Long.class)
                .single();
        var people = imports.pressed(
                mvc,
                desk,
                checked(desk, "people", row("人员编号", "姓名", "手机号"), row("#" + person, "周书纪", towns.phone())),
                "apply");
        assertThat(people.state()).as(people.words()).isEqualTo("applied");

        var housing = near.housingDesk();
        var refused = imports.pressed(mvc, housing, posts, "undo");
        assertThat(refused.state()).isEqualTo("applied");
        assertThat(refused.words()).contains("“试党委”的职务不由您任命");
        refused = imports.pressed(mvc, housing, people, "undo");
        assertThat(refused.state()).isEqualTo("applied");
        assertThat(refused.words()).contains("1 个人", "不由您更正");
        assertThat(posts(party)).hasSize(1);

        assertThat(imports.pressed(mvc, desk, people, "undo").state()).isEqualTo("undone");
        assertThat(imports.pressed(mvc, desk, posts, "undo").state()).isEqualTo("undone");
        assertThat(posts(party)).isEmpty();
    }

    /** Left empty, the column means full time: that is a change, and asks who appoints. */
    @Test
    void working_time_left_empty_changes_no_post_of_others() throws Exception {
        var party = towns.bodyOf("party_organisation", "community_committee", "试党委", near.community(), null);
        var member = near.resident();
        var id = towns.post(member.person(), party, "书记");
        jdbc.sql("update appointment set full_time = false, during = '[2024-01-01,)' where id = ?")
                .param(id)
                .update();
        var housing = near.housingDesk();
        var phone = towns.phoneOf(member);
        var empty = checked(
                housing,
                "appointments",
                row("手机号", "组织编号", "职务", "开始日期", "专职"),
                row(phone, "#" + party, "书记", "2024-01-01", null));
        assertThat(imports.wrong(empty)).contains("不由您任命");
        var without = checked(
                housing, "appointments", row("手机号", "组织编号", "职务", "开始日期"), row(phone, "#" + party, "书记", "2024-01-01"));
        assertThat(imports.wrong(without)).as("what the file has not stays").isEmpty();
        assertThat(without.updates()).isZero();
    }

    private List<String> coverage() {
        return jdbc.sql("select during::text from company_coverage where company = ?")
                .param(near.company())
                .query(String.class)
                .list();
    }
}

package org.hemei.registry.estate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.LocalDate;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.oversight.ArticleFigures;
import org.hemei.platform.MechanismCheck;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.people.EntryReason;
import org.hemei.registry.people.PostsEnding;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** An estate that is no more: what has to end before, what becomes of it on every side, and that it can be put back. */
@HemeiTest
class EstateEndTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    Estates estates;

    @Autowired
    PostsEnding endings;

    @Autowired
    List<MechanismCheck> checks;

    @Autowired
    ArticleFigures figures;

    @Autowired
    JdbcClient jdbc;

    Town town;
    Town.Side near;
    Reader housing;
    LocalDate today;
    long yard;

    /** Nothing hangs on it. */
    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
        housing = near.housingDesk();
        today = estates.today();
        yard = yard("拆迁里");
    }

    private long yard(String name) {
        return towns.estate(name + town.city(), String.valueOf(near.district()), near.street(), near.community(), "三无");
    }

    private MockHttpServletResponse send(Reader reader, String path, String... pairs) throws Exception {
        var request = post(path).with(as(reader)).with(csrf());
        for (var n = 0; n < pairs.length; n += 2) {
            request.param(pairs[n], pairs[n + 1]);
        }
        return mvc.perform(request).andReturn().getResponse();
    }

    private String page(Reader reader, String path) throws Exception {
        return mvc.perform(get(path).with(as(reader))).andReturn().getResponse().getContentAsString();
    }

    private MockHttpServletResponse strike(Reader reader, long estate, LocalDate day, String why, long into)
            throws Exception {
        return send(
                reader,
                "/estates/" + estate + "/strike-off",
                "version",
                version(estate),
                "day",
                day.toString(),
                "why",
                why,
                "into",
                into == 0 ? "" : String.valueOf(into),
                "reason",
                "征收公告〔2026〕9号");
    }

    private String version(long estate) {
        return String.valueOf(estates.find(estate).orElseThrow().version());
    }

    private String name(long estate) {
        return estates.find(estate).orElseThrow().name();
    }

    private int counted(String rule, LocalDate on) {
        return checks.stream()
                .filter(check -> check.rule().code().equals(rule))
                .flatMap(check -> check.measure(on).stream())
                .filter(figure -> figure.area().equals(near.community()))
                .mapToInt(MechanismCheck.Figure::whole)
                .sum();
    }

    private long backstopped(LocalDate on) {
        return figures.of(near.community(), on).stream()
                .filter(figure -> figure.kind() == ArticleFigures.Kind.BACKSTOP)
                .findFirst()
                .orElseThrow()
                .counted();
    }

    @Test
    void what_runs_there_is_said_with_its_link_and_stands_in_the_way() throws Exception {
        var open = orders.at(Orders.Stage.WORKING, near, near.resident(), "水管漏水");
        var branch = jdbc.sql("""
                        insert into body (kind, party_kind, name, short_name, area, estate, since)
                        values ('party_organisation', 'estate_branch', '试支部', '试支部', ?, ?, date '2024-01-01') returning id
                        """)
                .params(near.community(), near.garden())
                .query(Long.class)
                .single();
        var contract = jdbc.sql("select id from contract where estate = ? and during @> ?")
                .params(near.garden(), today)
                .query(Long.class)
                .single();
        assertThat(strike(housing, near.garden(), today, "demolished", 0).getContentAsString())
                .contains("还有下面这些没有了结", "/contracts/" + contract, "/bodies/" + branch, "位住户绑定着这里的房屋", "还有 1 件工单没有结束");
        var district = towns.account(Role.DISTRICT, String.valueOf(near.district()), null, null, null);
        assertThat(page(district, "/estates/" + near.garden() + "/strike-off"))
                .as("whoever may read orders gets there")
                .contains("/orders?estate=" + near.garden() + "&amp;state=open");
        assertThat(estates.find(near.garden()).orElseThrow().end()).isNull();
        assertThat(open).isNotNull();
    }

    @Test
    void a_contract_that_ends_the_day_before_is_no_hindrance_and_one_that_ends_on_it_is() throws Exception {
        var contract = jdbc.sql("""
                        insert into contract (company, estate, during) values (?, ?, daterange(?, ?)) returning id
                        """)
                .params(near.company(), yard, today.minusYears(1), today.minusDays(4))
                .query(Long.class)
                .single();
        assertThat(strike(housing, yard, today.minusDays(5), "demolished", 0).getContentAsString())
                .contains("/contracts/" + contract)
                .as("it is over: nothing can be ended any more")
                .contains("那天还没到期", "注销的日子请填 " + CivilTime.day(today.minusDays(4)) + " 或以后")
                .doesNotContain("请先提前结束");
        assertThat(strike(housing, yard, today.minusDays(4), "demolished", 0).getStatus())
                .isEqualTo(303);
    }

    @Test
    void what_ended_after_that_day_by_now_is_said_apart_from_what_still_runs() throws Exception {
        var committee = committee(today.minusDays(3));
        serves(near.staff(), today.minusDays(2));
        serves(near.manager(), null);
        jdbc.sql("update household_member set during = daterange(?, ?) where unit = ?")
                .params(today.minusYears(1), today.minusDays(1), near.unit())
                .update();
        var said = strike(housing, yard, today.minusDays(5), "demolished", 0).getContentAsString();
        assertThat(said)
                .contains("/bodies/" + committee, "那天还没撤销。注销的日子请填 " + CivilTime.day(today.minusDays(3)) + " 或以后")
                .contains("有 1 人在这个小区的任职那天以后才结束。注销的日子请填 " + CivilTime.day(today.minusDays(2)) + " 或以后")
                .contains("还有 1 人在这个小区任职。请先结束任职。");
        assertThat(strike(housing, near.garden(), today.minusDays(5), "demolished", 0)
                        .getContentAsString())
                .contains("位住户的绑定那天以后才解除。注销的日子请填 " + CivilTime.day(today.minusDays(1)) + " 或以后");
    }

    @Test
    void posts_and_bodies_there_cannot_be_put_right_past_its_end() throws Exception {
        var committee = committee(today.minusDays(3));
        var post = serves(near.staff(), today.minusDays(3));
        assertThat(strike(housing, yard, today.minusDays(3), "demolished", 0).getStatus())
                .isEqualTo(303);
        assertThat(send(
                                towns.account(Role.MANAGER, null, null, near.company(), null),
                                "/appointments/" + post + "/correct",
                                "version",
                                "0",
                                "from",
                                today.minusYears(1).toString(),
                                "to",
                                today.minusDays(3).toString(),
                                "full_time",
                                "yes",
                                "wrong",
                                EntryReason.correcting().getFirst().code())
                        .getContentAsString())
                .contains("起注销了，任职最晚到前一天");
        assertThat(jdbc.sql("select upper(during) from appointment where id = ?")
                        .param(post)
                        .query(LocalDate.class)
                        .single())
                .isEqualTo(today.minusDays(3));
        jdbc.sql(
                        "insert into body_change (body, verb, day, basis, account, at) values (?, 'dissolved', ?, '街道批复', ?, now())")
                .params(committee, today.minusDays(3), near.streetDesk().account())
                .update();
        assertThat(send(
                                towns.account(Role.ORGANISATION, String.valueOf(near.district()), null, null, null),
                                "/bodies/" + committee + "/correct",
                                "version",
                                "0",
                                "change",
                                jdbc.sql("select id::text from body_change where body = ?")
                                        .param(committee)
                                        .query(String.class)
                                        .single(),
                                "day",
                                today.minusDays(1).toString(),
                                "basis",
                                "批复上的日子")
                        .getContentAsString())
                .contains("起注销了，它最晚那天撤销");
        assertThat(jdbc.sql("select until from body where id = ?")
                        .param(committee)
                        .query(LocalDate.class)
                        .single())
                .isEqualTo(today.minusDays(3));
    }

    @Test
    void a_post_there_that_ended_with_its_company_ends_no_later_than_the_estate() throws Exception {
        var post = serves(near.staff(), today.minusDays(9));
        jdbc.sql(
                        "insert into appointment_change (appointment, verb, day, reason, at) values (?, 'ended', ?, 'body_ended', now())")
                .params(post, today.minusDays(10))
                .update();
        assertThat(strike(housing, yard, today.minusDays(6), "demolished", 0).getStatus())
                .isEqualTo(303);
        endings.shift(housing, near.company(), today.minusDays(9), today.minusDays(2));
        assertThat(gone(post)).as("the day of the company was wrong").isEqualTo(today.minusDays(6));
        jdbc.sql("update appointment set during = daterange(lower(during), ?) where id = ?")
                .params(today.minusDays(9), post)
                .update();
        jdbc.sql(
                        "insert into appointment_change (appointment, verb, day, reason, at) values (?, 'ended', ?, 'body_ended', now())")
                .params(post, today.minusDays(10))
                .update();
        assertThat(endings.again(housing, near.company(), today.minusDays(9))).isPositive();
        assertThat(gone(post)).as("the company never ended").isEqualTo(today.minusDays(6));
    }

    private LocalDate gone(long post) {
        return jdbc.sql("select upper(during) from appointment where id = ?")
                .param(post)
                .query(LocalDate.class)
                .single();
    }

    private long committee(LocalDate until) {
        return jdbc.sql("""
                        insert into body (kind, name, short_name, area, estate, since, until, ending)
                        values ('owners_committee', '试业委会', '试业委会', ?, ?, date '2024-01-01', ?, 'dissolved') returning id
                        """)
                .params(near.community(), yard, until)
                .query(Long.class)
                .single();
    }

    /** A post of the company's at the estate. */
    private long serves(Reader who, @Nullable LocalDate gone) {
        return jdbc.sql("""
                        insert into appointment (person, body, post, estate, during) values (:person, :body, '客服管家', :estate, daterange(:from, :gone)) returning id
                        """)
                .param("person", who.person())
                .param("body", near.company())
                .param("estate", yard)
                .param("from", today.minusYears(1))
                .param("gone", gone, java.sql.Types.DATE)
                .query(Long.class)
                .single();
    }

    @Test
    void only_the_housing_bureau_and_the_district_on_a_day_that_has_come_with_the_other_estate() throws Exception {
        assertThat(strike(near.communityDesk(), yard, today, "demolished", 0).getStatus())
                .isEqualTo(403);
        assertThat(strike(town.far().housingDesk(), yard, today, "demolished", 0)
                        .getStatus())
                .isEqualTo(404);
        assertThat(strike(housing, yard, today.plusDays(1), "demolished", 0).getContentAsString())
                .contains("还没到那一天");
        assertThat(strike(housing, yard, today.minusYears(1).minusDays(1), "demolished", 0)
                        .getContentAsString())
                .contains("最多补登一年以内的");
        assertThat(strike(housing, yard, today, "", 0).getContentAsString()).contains("请选为什么注销");
        assertThat(strike(housing, yard, today, "joined", 0).getContentAsString())
                .contains("请选是哪个小区");
        assertThat(strike(housing, yard, today, "joined", yard).getContentAsString())
                .as("itself")
                .contains("请选是哪个小区");
        assertThat(strike(housing, yard, today, "joined", town.far().garden()).getContentAsString())
                .as("of another district")
                .contains("请选是哪个小区");
        var gone = yard("先没的");
        assertThat(strike(housing, gone, today, "demolished", 0).getStatus()).isEqualTo(303);
        assertThat(strike(housing, yard, today, "twice", gone).getContentAsString())
                .as("one that is no more itself")
                .contains("请选是哪个小区");
        var district = towns.account(Role.DISTRICT, String.valueOf(near.district()), null, null, null);
        assertThat(strike(district, yard, today.minusYears(1), "twice", near.garden())
                        .getStatus())
                .isEqualTo(303);
        assertThat(page(near.communityDesk(), "/estates/" + yard + "/desk"))
                .contains("已注销", "登记了两次", "/estates/" + near.garden() + "/desk", "征收公告〔2026〕9号");
        assertThat(mvc.perform(get("/estates/" + yard))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .as("in public")
                .contains("已注销", "/estates/" + near.garden())
                .doesNotContain("谁在管");
    }

    @Test
    void figures_of_days_before_keep_it_and_later_ones_do_not() throws Exception {
        var day = today.minusDays(3);
        var before = counted("estate-holder", day.minusDays(1));
        var backstop = backstopped(day.minusDays(1));
        strike(housing, yard, day, "demolished", 0);
        assertThat(counted("estate-holder", day.minusDays(1))).isEqualTo(before);
        assertThat(counted("estate-holder", day)).isEqualTo(before - 1);
        assertThat(counted("estate-responsible", today)).isEqualTo(before - 1);
        assertThat(backstopped(day.minusDays(1))).isEqualTo(backstop);
        assertThat(backstopped(day)).isEqualTo(backstop - 1);
        // also where something moved since, so that the statement is another
        jdbc.sql("""
                        insert into estate_change (estate, verb, detail, at)
                        values (?, 'moved', jsonb_build_object('community', jsonb_build_array(?, ?), 'day', ?), now())
                        """)
                .params(near.garden(), near.community(), near.community(), today.toString())
                .update();
        assertThat(counted("estate-holder", day.minusDays(1))).isEqualTo(before);
        assertThat(counted("estate-holder", day)).isEqualTo(before - 1);
    }

    @Test
    void it_is_offered_nowhere_and_read_where_one_looks_back() throws Exception {
        var name = name(yard);
        assertThat(page(near.communityDesk(), "/desk/orders/new")).contains(name);
        strike(housing, yard, today, "demolished", 0);
        assertThat(page(near.communityDesk(), "/desk/orders/new")).doesNotContain(name);
        assertThat(page(housing, "/estates/manage?area=" + near.community())).doesNotContain(name);
        assertThat(page(housing, "/estates/manage?gone=yes&area=" + near.community()))
                .contains(name, "拆掉了");
        assertThat(mvc.perform(get("/estates").param("q", name))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .contains("/estates/" + yard, "已注销");
        assertThat(page(near.resident(), "/me/bind?name=" + name)).doesNotContain("value=\"" + yard + "\"");
        assertThat(org.assertj.core.api.Assertions.catchThrowable(
                        () -> orders.file(near.communityDesk(), yard, "墙上写着拆")))
                .hasMessageContaining("已经注销");
        assertThat(send(
                                housing,
                                "/estates/" + yard + "/contracts/new",
                                "_once",
                                java.util.UUID.randomUUID().toString(),
                                "company",
                                String.valueOf(near.company()),
                                "first",
                                today.minusDays(9).toString(),
                                "last",
                                today.toString())
                        .getContentAsString())
                .contains("起注销，合同最晚到前一天");
        assertThat(send(housing, "/estates/" + yard + "/facilities", "version", version(yard))
                        .getContentAsString())
                .contains("起注销了，不能再改");
        var organisation = towns.account(Role.ORGANISATION, String.valueOf(near.district()), null, null, null);
        assertThat(page(organisation, "/bodies/new?kind=estate_branch&area=" + near.community()))
                .doesNotContain(name);
    }

    @Test
    void it_is_put_back_with_a_reason_unless_its_name_went_to_another() throws Exception {
        var before = counted("estate-holder", today);
        strike(housing, yard, today.minusDays(2), "demolished", 0);
        assertThat(send(housing, "/estates/" + yard + "/restore", "version", version(yard))
                        .getStatus())
                .as("no reason")
                .isEqualTo(422);
        assertThat(send(near.communityDesk(), "/estates/" + yard + "/restore", "version", "0", "reason", "错了")
                        .getStatus())
                .isEqualTo(403);
        var rebuilt = yard("拆迁里");
        assertThat(send(housing, "/estates/" + yard + "/restore", "version", version(yard), "reason", "错了")
                        .getContentAsString())
                .contains("已经有叫");
        jdbc.sql("update estate set name = name || '新' where id = ?")
                .param(rebuilt)
                .update();
        assertThat(send(housing, "/estates/" + yard + "/restore", "version", "0", "reason", "错了")
                        .getStatus())
                .as("an old page")
                .isEqualTo(409);
        assertThat(send(housing, "/estates/" + yard + "/restore", "version", version(yard), "reason", "注销错了小区")
                        .getStatus())
                .isEqualTo(303);
        assertThat(counted("estate-holder", today.minusDays(1)))
                .as("it was never gone; the rebuilt one is counted besides")
                .isEqualTo(before + 1);
        assertThat(page(housing, "/estates/" + yard + "/desk"))
                .contains("注销错了小区", "恢复", "起没有这个小区")
                .doesNotContain("已注销</b>");
        assertThat(jdbc.sql(
                                "select action from audit_entry where subject_kind = 'estate' and subject_id = ? order by id")
                        .param(String.valueOf(yard))
                        .query(String.class)
                        .list())
                .containsExactly("estate.struck_off", "estate.restored");
    }
}

package org.hemei.registry.company;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.registry.Areas;
import org.hemei.registry.CreditCode;
import org.hemei.registry.body.CoverageMode;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** Companies: covered in two ways and counted once, codes that fail their check, and the end of a company. */
@HemeiTest
class CompanyTest {

    @Autowired
    CompanyDesk desk;

    @Autowired
    CodeOverrideDesk overrides;

    @Autowired
    org.hemei.registry.body.Coverages coverages;

    @Autowired
    CoverageDesk coverage;

    @Autowired
    Companies companies;

    @Autowired
    CompanyLists lists;

    @Autowired
    Proposals proposals;

    @Autowired
    Towns towns;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MockMvc mvc;

    @Autowired
    Pump pump;

    private static final LocalDate FOUNDED = LocalDate.of(2015, 3, 1);

    Town town;
    Town.Side side;
    LocalDate today;

    @BeforeEach
    void build() {
        town = towns.make();
        side = town.near();
        today = companies.today();
    }

    private CompanyDraft draft(String code) {
        return new CompanyDraft(
                code, "试登记物业有限公司" + side.district(), "试登记", String.valueOf(side.district()), FOUNDED, null, null);
    }

    private String goodCode() {
        return CreditCode.complete("93" + side.district() + "MA0000001").value();
    }

    private CompanyView company() {
        return companies.find(side.company()).orElseThrow();
    }

    private CompanyLists.Tally tally() {
        return lists.tally(Areas.seen(side.housingDesk()), CompanyFilter.of(Map.of()));
    }

    @Test
    void a_company_covered_twice_counts_once() {
        assertThat(tally()).isEqualTo(new CompanyLists.Tally(1, 1, 0, 0));
        coverage.send(side.organisationDesk(), company(), 0, "孙指导", towns.phone(), today);
        assertThat(tally()).as("an adviser is work coverage only").isEqualTo(new CompanyLists.Tally(1, 1, 0, 1));
        coverage.send(side.housingDesk(), company(), 0, "李指导", towns.phone(), today);
        var organisation = towns.bodyOf(
                "party_organisation", "company_organisation", "试物业党支部", String.valueOf(side.district()), null);
        coverage.link(side.organisationDesk(), company(), CoverageMode.SINGLE, organisation, today);
        assertThat(tally()).isEqualTo(new CompanyLists.Tally(1, 1, 1, 1));
        assertThat(lists.page(Areas.seen(side.housingDesk()), CompanyFilter.of(Map.of("cover", "joint")), 0, 9))
                .isEmpty();
        for (var cover : List.of("joint", "none", "single", "any", "adviser")) {
            var filter = CompanyFilter.of(Map.of("cover", cover));
            assertThat(lists.tally(Areas.seen(side.housingDesk()), filter).found())
                    .as(cover)
                    .isEqualTo(lists.page(Areas.seen(side.housingDesk()), filter, 0, 9)
                            .size());
        }
        var row = lists.page(Areas.seen(side.streetDesk()), CompanyFilter.of(Map.of("cover", "adviser")), 0, 9);
        assertThat(row).singleElement().satisfies(one -> {
            assertThat(one.modes()).containsExactly(CoverageMode.SINGLE, CoverageMode.ADVISER);
            assertThat(one.here()).isEqualTo(1);
        });
        var advisers = jdbc.sql("select count(*) from appointment where body = ? and post = '党建指导员'")
                .param(side.company())
                .query(Integer.class)
                .single();
        assertThat(advisers).as("sent with the post").isEqualTo(2);
        assertThatThrownBy(() ->
                        coverage.link(side.organisationDesk(), company(), CoverageMode.JOINT, organisation, today))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void an_adviser_leaves_the_post_with_the_coverage() {
        var phone = towns.phone();
        coverage.send(side.organisationDesk(), company(), 0, "孙指导", phone, today.minusDays(20));
        var held = coverages.ofCompany(side.company()).getFirst();
        coverage.end(side.organisationDesk(), company(), held.id(), today);
        assertThat(posts()).containsExactly(today.toString());
        // sent again, and covered twice by the same: the post stays as long as one of them holds
        coverage.send(side.organisationDesk(), company(), 0, "孙指导", phone, today);
        assertThat(posts()).containsExactly(today.toString(), "open");
        assertThat(jdbc.sql(
                                "select reason from appointment_change where verb = 'ended' and appointment in (select id from appointment where body = ?)")
                        .param(side.company())
                        .query(String.class)
                        .list())
                .containsExactly("moved");
    }

    /** The end of each adviser's post at the company. */
    private java.util.List<String> posts() {
        return jdbc.sql("""
                        select coalesce(upper(during)::text, 'open') from appointment
                        where body = ? and post = '党建指导员' order by lower(during), id
                        """).param(side.company()).query(String.class).list();
    }

    @Test
    void a_code_is_registered_once_and_one_that_fails_its_check_needs_a_second_person() {
        desk.register(side.housingDesk(), draft(goodCode()));
        assertThatThrownBy(() -> desk.register(side.housingDesk(), draft(goodCode())))
                .hasMessageContaining("已经登记过");

        var bad = goodCode().substring(0, 17) + (goodCode().endsWith("A") ? "B" : "A");
        assertThat(draft(bad).codeProblems()).isNotEmpty();
        assertThat(draft(bad).overridable()).isTrue();
        var id = overrides.propose(side.housingDesk(), draft(bad), "执照原件看过");
        var scope = side.housingDesk().scope(Role.HOUSING);
        var proposal = proposals.find(scope, id).orElseThrow();
        assertThat(proposals.waitingFor(scope, side.housingDesk().account())).isZero();
        assertThatThrownBy(() -> overrides.confirm(side.housingDesk(), proposal))
                .hasMessageContaining("另一位同事");
        assertThatThrownBy(() -> overrides.propose(side.housingDesk(), draft(bad), "再来"))
                .hasMessageContaining("正等第二个人");

        var second = towns.account(Role.HOUSING, String.valueOf(side.district()), null, null, null);
        assertThat(proposals.waitingFor(second.scope(Role.HOUSING), second.account()))
                .isEqualTo(1);
        assertThatThrownBy(() -> overrides.withdraw(second, proposal)).hasMessageContaining("不是您申请的");
        var company = overrides.confirm(second, proposal);
        assertThat(companies.find(company).orElseThrow().since()).isEqualTo(FOUNDED);
        assertThatThrownBy(() -> overrides.withdraw(side.housingDesk(), proposal))
                .as("decided meanwhile")
                .isInstanceOf(org.hemei.platform.Stale.class);
        var kept = jdbc.sql("select override_reason, override_by, override_confirmed_by from company where body = ?")
                .param(company)
                .query()
                .singleRow();
        assertThat(kept)
                .containsEntry("override_reason", "执照原件看过")
                .containsEntry("override_by", side.housingDesk().account())
                .containsEntry("override_confirmed_by", second.account());
    }

    @Test
    void whoever_asked_is_told_and_can_withdraw_and_all_of_it_is_listed() throws Exception {
        var asker = side.housingDesk();
        var second = towns.account(Role.HOUSING, String.valueOf(side.district()), null, null, null);
        var scope = asker.scope(Role.HOUSING);
        var ids = new java.util.ArrayList<Long>();
        for (var n = 1; n <= 3; n++) {
            ids.add(overrides.propose(asker, draft("BAD" + side.district() + "MA000000" + n), "执照原件看过"));
        }
        overrides.refuse(second, proposals.find(scope, ids.get(0)).orElseThrow(), "执照看不清");
        overrides.confirm(second, proposals.find(scope, ids.get(1)).orElseThrow());
        act("/companies/proposals/" + ids.get(2) + "/withdraw");
        assertThat(proposals.find(scope, ids.get(2)).orElseThrow().decision()).isEqualTo("withdrawn");
        assertThat(proposals.waitingFor(second.scope(Role.HOUSING), second.account()))
                .isZero();
        overrides.propose(asker, draft("BAD" + side.district() + "MA0000003"), "再来一次");

        pump.run();
        assertThat(jdbc.sql("select title from notice where account = ? order by id")
                        .param(asker.account())
                        .query(String.class)
                        .list())
                .containsExactly("信用代码没有同意照登", "信用代码核对过了，企业登记好了");
        assertThat(page("/companies/proposals?state=withdrawn"))
                .contains("/companies/proposals/" + ids.get(2))
                .doesNotContain("/companies/proposals/" + ids.get(0));
        assertThat(proposals.page(scope, Proposals.State.REFUSED, 0)).hasSize(1);
        assertThat(proposals.page(scope, null, ids.get(1)))
                .extracting(Proposals.Proposal::id)
                .as("the page after the second one")
                .containsExactly(ids.getFirst());
    }

    @Test
    void a_company_is_registered_from_the_day_of_its_licence() throws Exception {
        var fields =
                new String[] {"code", goodCode(), "name", "试日子物业", "area", String.valueOf(side.district()), "since", ""
                };
        assertThat(press("/companies/new", fields)).contains("请填成立日期");
        fields[7] = today.plusDays(1).toString();
        assertThat(press("/companies/new", fields)).contains("成立日期还没到");
        fields[7] = today.toString();
        press("/companies/new", fields);
        assertThat(jdbc.sql("select b.since from company c join body b on b.id = c.body where c.credit_code = ?")
                        .param(goodCode())
                        .query(LocalDate.class)
                        .single())
                .isEqualTo(today);
    }

    @Test
    void a_company_ends_after_its_contracts_and_takes_branches_and_coverage_with_it() throws Exception {
        var branch = desk.addBranch(side.housingDesk(), company(), "试分公司", "试分", String.valueOf(side.district()));
        coverage.send(side.housingDesk(), company(), 0, "孙指导", towns.phone(), today);
        var posts = List.of(
                towns.post(towns.person("周经理"), side.company(), "项目经理"),
                towns.post(towns.person("吴经理"), branch, "项目经理"));
        assertThatThrownBy(() -> desk.end(side.housingDesk(), company(), today.plusDays(1), "不做了"))
                .hasMessageContaining("试和美花园");
        jdbc.sql("update contract set during = daterange(lower(during), ?) where company = ?")
                .params(today.plusDays(1), side.company())
                .update();
        desk.end(side.housingDesk(), company(), today.plusDays(1), "不做了");
        assertThat(company().until()).isEqualTo(today.plusDays(1));
        assertThat(companies.branches(side.company()))
                .extracting(CompanyView.Branch::id, CompanyView.Branch::until)
                .containsExactly(org.assertj.core.api.Assertions.tuple(branch, today.plusDays(1)));
        assertThat(companies.coverage(side.company()))
                .extracting(CompanyView.Cover::last)
                .isEqualTo(List.of(today));
        assertThat(posts)
                .allSatisfy(post -> assertThat(jdbc.sql("select upper(during) from appointment where id = ?")
                                .param(post)
                                .query(LocalDate.class)
                                .single())
                        .isEqualTo(today.plusDays(1)));
        assertThatThrownBy(() -> desk.end(side.housingDesk(), company(), today.plusDays(2), "再来"))
                .hasMessageContaining("已经注销");
        assertThatThrownBy(
                        () -> desk.register(side.housingDesk(), draft(company().creditCode())))
                .hasMessageContaining("恢复");

        // it was another one: this one never ended, nor did what ended with it
        act("/bodies/" + side.company() + "/restore", "basis", "注销的是另一家");
        assertThat(company().until()).isNull();
        assertThat(companies.branches(side.company()))
                .extracting(CompanyView.Branch::until)
                .containsOnlyNulls();
        assertThat(companies.coverage(side.company()))
                .extracting(CompanyView.Cover::last)
                .containsOnlyNulls();
        assertThat(posts)
                .allSatisfy(post -> assertThat(jdbc.sql("select upper(during) is null from appointment where id = ?")
                                .param(post)
                                .query(Boolean.class)
                                .single())
                        .isTrue());
    }

    @Test
    void a_branch_ends_on_a_day_with_its_staff() throws Exception {
        var branch = desk.addBranch(side.housingDesk(), company(), "试分公司", "试分", String.valueOf(side.district()));
        var post = towns.post(towns.person("吴经理"), branch, "项目经理");
        var path = "/companies/" + side.company() + "/branches/" + branch + "/end";
        assertThat(page(path)).contains("从哪天起撤", "任职一起结束");
        act(path, "day", today.plusDays(3).toString(), "reason", "不做了");
        assertThat(companies.branches(side.company()))
                .extracting(CompanyView.Branch::until)
                .containsExactly(today.plusDays(3));
        assertThat(jdbc.sql("select upper(during) from appointment where id = ?")
                        .param(post)
                        .query(LocalDate.class)
                        .single())
                .isEqualTo(today.plusDays(3));
        assertThat(jdbc.sql("select reason from appointment_change where appointment = ? and verb = 'ended'")
                        .param(post)
                        .query(String.class)
                        .single())
                .isEqualTo("body_ended");
    }

    @Test
    void a_company_is_renamed_put_right_and_registered_elsewhere_on_its_own_page() throws Exception {
        var here = "/bodies/" + side.company();
        assertThat(page("/companies/" + side.company())).contains("href=\"" + here + "\"", "更名、换登记地、合并");
        var old = company().name();
        act(here + "/amend", "name", old + "（对）", "basis", "打错了");
        assertThat(company().name()).isEqualTo(old + "（对）");
        act(here + "/rename", "name", "试新物业有限公司" + side.district(), "day", today.toString(), "basis", "换照");
        var city = towns.account(Role.HOUSING, town.city(), null, null, null);
        var version = version(side.company());
        assertThat(mvc.perform(post(here + "/move")
                                .param("version", version)
                                .param("area", town.city())
                                .param("day", today.toString())
                                .param("basis", "迁址")
                                .with(as(side.housingDesk()))
                                .with(csrf()))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .as("out of the district goes the city")
                .isEqualTo(422);
        act(city, here + "/move", "area", town.city(), "day", today.toString(), "basis", "迁址");
        assertThat(company().areaCode()).isEqualTo(town.city());
        var story = page(city, here);
        assertThat(story).contains("更正名称", "更名", "换登记地", "用过的名称", old + "（对）");
    }

    @Test
    void a_company_that_merges_hands_over_contracts_staff_coverage_and_branches_and_stays_in_history()
            throws Exception {
        var from = side.company();
        var to = desk.register(side.housingDesk(), draft(goodCode()));
        var branch = desk.addBranch(side.housingDesk(), company(), "试分公司", "试分", String.valueOf(side.district()));
        var manager = towns.person("周经理");
        towns.post(manager, from, "项目经理");
        var head = towns.person("老总");
        towns.post(head, from, "负责人");
        jdbc.sql("insert into appointment (person, body, post, during) values (?, ?, '负责人', daterange(?, null))")
                .params(towns.person("新总"), to, today)
                .update();
        coverage.send(side.housingDesk(), company(), 0, "孙指导", towns.phone(), today);
        var organisation = towns.bodyOf(
                "party_organisation", "company_organisation", "试物业党支部", String.valueOf(side.district()), null);
        jdbc.sql("""
                        insert into party_membership (organisation, kind, employer, holder_cipher, holder_index, during)
                        values (?, 'full', ?, convert_to(?, 'UTF8'), convert_to(?, 'UTF8'), '[2020-01-01,)')
                        """).params(organisation, from, "m" + from, "m" + from).update();
        var day = today.plusDays(2);
        assertThat(page("/bodies/" + from + "/merge")).contains("份物业合同", "留在它自己名下");
        act("/bodies/" + from + "/merge", "into", String.valueOf(to), "day", day.toString(), "basis", "吸收合并");
        went(from, to, day, manager, branch);
        assertThat(jdbc.sql("select count(*) from appointment where person = ? and body = ?")
                        .params(head, to)
                        .query(Integer.class)
                        .single())
                .as("the successor has its own head")
                .isZero();
        assertThat(jdbc.sql("""
                                select c.verb from party_membership m join party_membership_change c on c.membership = m.id
                                where m.organisation = ? and m.employer = ? and lower(m.during) = ?
                                """)
                        .params(organisation, to, day)
                        .query(String.class)
                        .single())
                .isEqualTo("employed");
        assertThat(jdbc.sql("select verb from contract_change where reason = '企业合并' and company in (?, ?) order by id")
                        .params(from, to)
                        .query(String.class)
                        .list())
                .contains("ended", "signed");
        var shown = CompanyView.on(companies.projects(Areas.seen(side.housingDesk()), to), day);
        assertThat(shown).extracting(CompanyView.Project::estate).containsExactly(side.garden());
        assertThat(page("/companies/" + to)).contains("并进来", "在它自己的页上");
        assertThat(page("/companies/" + from + "/public")).contains("起并入");
        assertThat(page("/companies/" + to + "/public")).contains("并进来");

        var entry = jdbc.sql("select max(id) from body_change where body = ? and verb = 'merged'")
                .param(from)
                .query(String.class)
                .single();
        var right = day.plusDays(3);
        act("/bodies/" + from + "/correct", "change", entry, "day", right.toString(), "basis", "看错了");
        went(from, to, right, manager, branch);
    }

    private void went(long from, long to, LocalDate day, long manager, long branch) {
        var held = "select body from appointment where person = ? and during @> cast(? as date)";
        var contract = "select company from contract where estate = ? and during @> cast(? as date)";
        var covered = "select company from company_coverage where company in (?, ?) and during @> cast(? as date)";
        var above = "select parent from body_parent where body = ? and during @> cast(? as date)";
        for (var one : List.of(Map.entry(day.minusDays(1), from), Map.entry(day, to))) {
            var on = one.getKey();
            var who = one.getValue();
            assertThat(only(held, manager, on)).isEqualTo(who);
            assertThat(only(contract, side.garden(), on)).isEqualTo(who);
            assertThat(only(covered, from, to, on)).isEqualTo(who);
            assertThat(only(above, branch, on)).isEqualTo(who);
        }
    }

    private long only(String sql, Object... values) {
        return jdbc.sql(sql).params(values).query(Long.class).single();
    }

    private String version(long body) {
        return jdbc.sql("select version from body where id = ?")
                .param(body)
                .query(String.class)
                .single();
    }

    private String page(String path) throws Exception {
        return page(side.housingDesk(), path);
    }

    private String page(Reader who, String path) throws Exception {
        return mvc.perform(get(path).with(as(who)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    /** What a form answers. */
    private String press(String path, String... fields) throws Exception {
        var request = post(path).param("_once", java.util.UUID.randomUUID().toString());
        for (var n = 0; n < fields.length; n += 2) {
            request.param(fields[n], fields[n + 1]);
        }
        return mvc.perform(request.with(as(side.housingDesk())).with(csrf()))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    private void act(String path, String... fields) throws Exception {
        act(side.housingDesk(), path, fields);
    }

    /** Presses the button of a page, with the version that it shows. */
    private void act(Reader who, String path, String... fields) throws Exception {
        var request = post(path).param("version", version(side.company()));
        for (var n = 0; n < fields.length; n += 2) {
            request.param(fields[n], fields[n + 1]);
        }
        mvc.perform(request.with(as(who)).with(csrf())).andExpect(status().is3xxRedirection());
    }
}

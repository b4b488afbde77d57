package org.hemei.registry.company;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.Refusal;
import org.hemei.registry.Areas;
import org.hemei.registry.CreditCode;
import org.hemei.registry.body.CoverageMode;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

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

    Town.Side side;
    LocalDate today;

    @BeforeEach
    void build() {
        side = towns.make().near();
        today = companies.today();
    }

    private CompanyDraft draft(String code) {
        return new CompanyDraft(
                code, "试登记物业有限公司" + side.district(), "试登记", String.valueOf(side.district()), null, null);
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
        assertThat(tally()).isEqualTo(new CompanyLists.Tally(1, 0, 0));
        coverage.send(side.organisationDesk(), company(), 0, "孙指导", towns.phone(), today);
        assertThat(tally()).as("an adviser is work coverage only").isEqualTo(new CompanyLists.Tally(1, 0, 1));
        coverage.send(side.housingDesk(), company(), 0, "李指导", towns.phone(), today);
        var organisation = towns.bodyOf(
                "party_organisation", "company_organisation", "试物业党支部", String.valueOf(side.district()), null);
        coverage.link(side.organisationDesk(), company(), CoverageMode.SINGLE, organisation, today);
        assertThat(tally()).isEqualTo(new CompanyLists.Tally(1, 1, 1));
        assertThat(lists.page(Areas.seen(side.housingDesk()), CompanyFilter.of(Map.of("cover", "joint")), 0, 9))
                .isEmpty();
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
        var company = overrides.confirm(second, proposal);
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
    void a_company_ends_after_its_contracts_and_takes_branches_and_coverage_with_it() {
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
    }
}

package org.hemei.registry.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.MechanismCheck;
import org.hemei.platform.MechanismCheck.Figure;
import org.hemei.platform.MechanismCheck.Shortfall;
import org.hemei.platform.MechanismCheck.State;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town.Side;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Each rule at its edges: counted twice, dissolved mid-month, ended today, none, one, two, three. */
@HemeiTest
class ChecksTest {

    private static final LocalDate DAY = LocalDate.of(2026, 6, 15);
    private static final LocalDate EARLY = LocalDate.of(2024, 1, 1);

    @Autowired
    private Towns towns;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private FieldCipher cipher;

    @Autowired
    private List<MechanismCheck> checks;

    private Side side;
    private Network network;

    @BeforeEach
    void build() {
        side = towns.make().near();
        network = new Network(jdbc, cipher);
    }

    private MechanismCheck check(String code) {
        return checks.stream()
                .filter(c -> c.rule().code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    /** part / whole of everything in the area. */
    private String share(String code, String area, LocalDate on) {
        var mine = check(code).measure(on).stream()
                .filter(f -> f.area().startsWith(area))
                .toList();
        return mine.stream().map(Figure::part).reduce(0, Integer::sum)
                + "/"
                + mine.stream().map(Figure::whole).reduce(0, Integer::sum);
    }

    private String here(String code) {
        return share(code, district(), DAY);
    }

    private String district() {
        return String.valueOf(side.district());
    }

    private List<String> missing(String code) {
        return check(code).shortfalls(district(), DAY, "", 100).stream()
                .map(Shortfall::missing)
                .toList();
    }

    @Test
    void exactly_the_target_is_met_and_just_below_is_near() {
        assertThat(State.of(95, 100, 95, 5)).isEqualTo(State.MET);
        assertThat(State.of(94, 100, 95, 5)).isEqualTo(State.NEAR);
        assertThat(State.of(90, 100, 95, 5)).isEqualTo(State.NEAR);
        assertThat(State.of(89, 100, 95, 5)).isEqualTo(State.NOT_MET);
        assertThat(State.of(2, 3, 67, 0)).isEqualTo(State.NOT_MET);
        assertThat(State.of(0, 0, 100, 5)).isEqualTo(State.NONE);
    }

    @Test
    void what_moved_later_counts_where_it_stood_on_the_day() {
        var there = towns.make().far();
        var branch = network.party("estate_branch", side.community(), side.garden(), EARLY);
        var moved = DAY.plusDays(1);
        jdbc.sql(
                        "insert into body_area (body, area, during) values (?, ?, daterange(null, ?)), (?, ?, daterange(?, null))")
                .params(branch, side.community(), moved, branch, there.community(), moved)
                .update();
        jdbc.sql("update body set area = ? where id = ?")
                .params(there.community(), branch)
                .update();
        jdbc.sql("update estate set community = ?, street = ?, district = ? where id = ?")
                .params(there.community(), there.street(), there.district(), side.garden())
                .update();
        jdbc.sql("""
                        insert into estate_change (estate, verb, detail, at)
                        values (?, 'moved', jsonb_build_object('community', jsonb_build_array(?, ?), 'day', ?), now())
                        """)
                .params(side.garden(), side.community(), there.community(), moved.toString())
                .update();
        for (var check : checks) {
            assertThatNoException()
                    .isThrownBy(() -> check.measure(DAY)); // every one of them stands on these columns alone
            assertThatNoException().isThrownBy(() -> check.shortfalls(district(), DAY, "", 10));
        }
        assertThat(here("estate-branch")).isEqualTo("1/2");
        assertThat(share("estate-branch", String.valueOf(there.district()), DAY))
                .isEqualTo("0/2");
        assertThat(share("estate-branch", district(), moved)).isEqualTo("0/1");
        assertThat(share("estate-branch", String.valueOf(there.district()), moved))
                .isEqualTo("1/3");
    }

    @Test
    void a_company_covered_twice_counts_once() {
        var company = network.company(district(), EARLY);
        var own = network.party("company_organisation", district(), null, EARLY);
        var shared = network.party("company_organisation", district(), null, EARLY);
        network.covered(company, "single", own, null, EARLY, null);
        network.covered(company, "joint", shared, null, EARLY, null);
        network.covered(company, "adviser", null, network.person(), EARLY, null);
        assertThat(here("company-organisation")).isEqualTo("1/2"); // the town's own company has none
        assertThat(here("company-work")).isEqualTo("1/2");
    }

    @Test
    void one_organisation_can_cover_several_companies_and_organisations_are_not_what_is_counted() {
        var shared = network.party("company_organisation", district(), null, EARLY);
        for (int n = 0; n < 3; n++) {
            network.covered(network.company(district(), EARLY), "joint", shared, null, EARLY, null);
        }
        assertThat(here("company-organisation")).isEqualTo("3/4");
    }

    @Test
    void an_adviser_is_work_coverage_and_no_organisation() {
        network.covered(side.company(), "adviser", null, network.person(), EARLY, null);
        assertThat(here("company-organisation")).isEqualTo("0/1");
        assertThat(here("company-work")).isEqualTo("1/1");
        assertThat(missing("company-organisation")).containsExactly("只有派驻指导员，没有党组织");
    }

    @Test
    void an_organisation_dissolved_in_mid_month_covers_until_the_day_before() {
        var own = network.party("company_organisation", district(), null, EARLY);
        network.covered(side.company(), "single", own, null, EARLY, null);
        network.end(own, DAY);
        assertThat(share("company-organisation", district(), DAY.minusDays(1))).isEqualTo("1/1");
        assertThat(share("company-organisation", district(), DAY)).isEqualTo("0/1");
        assertThat(share("company-work", district(), DAY)).isEqualTo("0/1");
        assertThat(share("company-organisation", district(), DAY.withDayOfMonth(1)))
                .isEqualTo("1/1");
    }

    @Test
    void coverage_that_ends_today_no_longer_counts() {
        var own = network.party("company_organisation", district(), null, EARLY);
        network.covered(side.company(), "single", own, null, EARLY, DAY);
        assertThat(share("company-work", district(), DAY.minusDays(1))).isEqualTo("1/1");
        assertThat(share("company-work", district(), DAY)).isEqualTo("0/1");
    }

    @Test
    void staffing_none_is_a_breach_one_and_two_are_met_three_are_worth_a_look() {
        assertThat(here("staffing")).isEqualTo("0/1");
        assertThat(missing("staffing")).containsExactly("没有物业专员");
        for (int workers = 1; workers <= 3; workers++) {
            network.post(network.person(), side.committee(), "物业专员", EARLY, null);
            assertThat(here("staffing")).isEqualTo("1/1");
            assertThat(check("staffing").measure(DAY).stream()
                            .filter(f -> f.area().equals(side.community()))
                            .findFirst()
                            .orElseThrow()
                            .notice())
                    .isEqualTo(workers > 2 ? 1 : 0);
        }
        var list = check("staffing").shortfalls(district(), DAY, "", 10);
        assertThat(list).extracting(Shortfall::notice).containsExactly(true);
        assertThat(list).extracting(Shortfall::missing).containsExactly("有 3 名物业专员");
    }

    @Test
    void a_tenure_that_ends_today_is_over_and_one_that_ends_tomorrow_is_not() {
        network.post(network.person(), side.committee(), "物业专员", EARLY, DAY);
        assertThat(share("staffing", district(), DAY.minusDays(1))).isEqualTo("1/1");
        assertThat(here("staffing")).isEqualTo("0/1");
        network.post(network.person(), side.committee(), "物业专员", EARLY, DAY.plusDays(1));
        assertThat(here("staffing")).isEqualTo("1/1");
    }

    @Test
    void the_threshold_of_a_place_is_data() {
        network.post(network.person(), side.committee(), "物业专员", EARLY, null);
        jdbc.sql("""
                insert into rule_threshold (rule, name, area, value, basis, during)
                values ('staffing', 'least', ?, 2, '试行', daterange(?, null))
                """).params(side.street(), DAY).update();
        assertThat(share("staffing", district(), DAY.minusDays(1))).isEqualTo("1/1");
        assertThat(here("staffing")).isEqualTo("0/1");
        assertThat(missing("staffing")).containsExactly("有 1 名物业专员");
    }

    @Test
    void a_street_has_exactly_one_department() {
        assertThat(here("street-department")).isEqualTo("0/1");
        var first = network.body("street_department", null, "城市管理部", side.street(), null, EARLY);
        assertThat(here("street-department")).isEqualTo("1/1");
        // a second one at the same time is refused by the database itself
        assertThatThrownBy(() -> network.body("street_department", null, "城市管理二部", side.street(), null, EARLY))
                .isInstanceOf(DataIntegrityViolationException.class);
        network.end(first, DAY);
        assertThat(share("street-department", district(), DAY.minusDays(1))).isEqualTo("1/1");
        assertThat(here("street-department")).isEqualTo("0/1");
        assertThat(missing("street-department")).containsExactly("没有城市管理部");
        network.body("street_department", null, "城市管理二部", side.street(), null, DAY);
        assertThat(here("street-department")).isEqualTo("1/1");
    }

    @Test
    void an_estate_is_held_by_its_company_or_by_the_backstop_team() {
        assertThat(here("estate-holder")).isEqualTo("2/2");
        network.end(side.backstop(), DAY);
        assertThat(share("estate-holder", district(), DAY.minusDays(1))).isEqualTo("2/2");
        assertThat(here("estate-holder")).isEqualTo("1/2");
        network.noContract(side.garden());
        network.contract(side.company(), side.garden(), EARLY, DAY);
        assertThat(here("estate-holder")).isEqualTo("0/2");
        assertThat(check("estate-holder").shortfalls(side.street(), DAY, "", 10))
                .extracting(Shortfall::link)
                .containsExactly("/estates/" + side.garden(), "/estates/" + side.oldYard());
    }

    @Test
    void somebody_has_to_be_responsible_where_an_estate_stands() {
        assertThat(here("estate-responsible")).isEqualTo("2/2");
        network.end(side.committee(), DAY);
        assertThat(here("estate-responsible")).isEqualTo("0/2");
        network.party("community_committee", side.community(), null, EARLY);
        assertThat(here("estate-responsible")).isEqualTo("2/2");
    }

    @Test
    void three_tiers() {
        assertThat(here("community-committee")).isEqualTo("0/1");
        network.party("community_committee", side.community(), null, EARLY);
        assertThat(here("community-committee")).isEqualTo("1/1");
        assertThat(here("building-group")).isEqualTo("0/0");
        network.party("estate_branch", side.community(), side.garden(), EARLY);
        assertThat(here("estate-branch")).isEqualTo("1/2");
        assertThat(here("building-group")).isEqualTo("0/1");
        for (int n = 0; n < 2; n++) {
            var group = network.party("building_group", side.community(), side.garden(), EARLY);
            jdbc.sql("insert into body_building (body, building, during) values (?, ?, '[2019-01-01,)')")
                    .params(group, side.building())
                    .update();
        }
        assertThat(here("building-group")).isEqualTo("1/1");
    }

    @Test
    void the_industry_has_its_organisation_in_the_city_and_in_each_district() {
        var city = district().substring(0, 4);
        assertThat(share("industry-committee", city, DAY)).isEqualTo("0/3");
        network.party("industry_committee", district(), null, EARLY);
        network.party("industry_committee", city, null, DAY.plusDays(1));
        assertThat(share("industry-committee", city, DAY)).isEqualTo("1/3");
        assertThat(share("industry-committee", city, DAY.plusDays(1))).isEqualTo("2/3");
    }

    @Test
    void part_time_members_of_the_big_committee_and_heads_of_companies_in_the_two_committees() {
        var committee = network.party("community_committee", side.community(), null, EARLY);
        network.noContract(side.garden());
        network.contract(side.company(), side.garden(), EARLY, null);
        assertThat(here("big-committee")).isEqualTo("0/1");
        assertThat(here("company-in-committee")).isEqualTo("0/1");
        var neighbour = network.person();
        network.post(neighbour, committee, "大党委成员", EARLY, null);
        assertThat(here("big-committee")).isEqualTo("1/1");
        assertThat(here("company-in-committee")).isEqualTo("0/1");
        var head = network.person();
        network.post(head, committee, "党委兼职委员", EARLY, null);
        assertThat(here("company-in-committee")).isEqualTo("0/1");
        network.post(head, side.company(), "负责人", EARLY, DAY);
        assertThat(here("company-in-committee")).isEqualTo("0/1");
        assertThat(share("company-in-committee", district(), DAY.minusDays(1))).isEqualTo("1/1");
        network.noContract(side.garden());
        assertThat(here("company-in-committee")).isEqualTo("0/0");
    }

    @Test
    void one_person_in_both_committees_on_the_same_day_is_crossed() {
        assertThat(here("cross-appointment")).isEqualTo("0/0");
        var owners = network.body("owners_committee", null, "业委会", side.community(), side.garden(), EARLY);
        assertThat(here("cross-appointment")).isEqualTo("0/1");
        var person = network.person();
        network.post(person, side.committee(), "居委会委员", EARLY, DAY);
        network.post(person, owners, "业委会委员", DAY, null);
        assertThat(here("cross-appointment")).isEqualTo("0/1"); // the one ended on the day the other began
        var other = network.person();
        network.post(other, side.committee(), "物业专员", EARLY, null);
        network.post(other, owners, "业委会副主任", EARLY, null);
        assertThat(here("cross-appointment")).isEqualTo("0/1"); // a property worker is no member
        network.post(other, side.committee(), "居委会委员", EARLY, null);
        assertThat(here("cross-appointment")).isEqualTo("1/1");
    }

    @Test
    void staff_of_the_serving_company_on_the_owners_committee_is_a_conflict_and_nobody_is_named() {
        network.noContract(side.garden());
        network.contract(side.company(), side.garden(), EARLY, DAY.plusDays(1));
        var owners = network.body("owners_committee", null, "业委会", side.community(), side.garden(), EARLY);
        var person = network.person();
        network.post(person, owners, "业委会委员", EARLY, null);
        assertThat(here("conflict-free")).isEqualTo("1/1");
        network.post(person, side.company(), "党建指导员", EARLY, null);
        assertThat(here("conflict-free")).as("an adviser is no staff").isEqualTo("1/1");
        network.post(person, side.company(), "物业员工", EARLY, null);
        assertThat(here("conflict-free")).isEqualTo("0/1");
        assertThat(check("conflict-free").shortfalls(district(), DAY, "", 10))
                .extracting(Shortfall::name)
                .containsExactly("业委会");
        assertThat(share("conflict-free", district(), DAY.plusDays(1))).isEqualTo("1/1"); // the contract is over
        var elsewhere = network.company(district(), EARLY);
        var second = network.body("owners_committee", null, "业委会二", side.community(), side.oldYard(), EARLY);
        var worker = network.person();
        network.post(worker, second, "业委会委员", EARLY, null);
        network.post(worker, elsewhere, "物业员工", EARLY, null);
        assertThat(here("conflict-free")).isEqualTo("1/2"); // works for a company that does not serve here
    }

    @Test
    void the_list_of_who_falls_short_comes_in_pages_by_key() {
        for (int n = 0; n < 7; n++) {
            network.company(district(), EARLY);
        }
        var check = check("company-work");
        var first = check.shortfalls(district(), DAY, "", 5);
        var second = check.shortfalls(district(), DAY, first.getLast().key(), 5);
        assertThat(first).hasSize(5);
        assertThat(second).hasSize(3);
        assertThat(second).doesNotContainAnyElementsOf(first);
    }

    @Test
    void every_rule_says_what_it_rests_on_and_how_it_is_computed() {
        assertThat(checks).hasSizeGreaterThanOrEqualTo(14);
        assertThat(checks).allSatisfy(check -> {
            var rule = check.rule();
            assertThat(rule.code()).matches("[a-z][a-z-]{1,40}");
            assertThat(rule.title().length()).isLessThanOrEqualTo(16);
            assertThat(rule.basis().quote()).isNotBlank();
            assertThat(rule.computed()).contains("分母").contains("分子");
            assertThat(rule.threshold(MechanismCheck.TARGET).value()).isBetween(1, 100);
            assertThat(rule.threshold(MechanismCheck.NEAR).value()).isBetween(0, 50);
        });
    }
}

package org.hemei.registry.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hemei.oversight.ArticleFigures;
import org.hemei.platform.Refusal;
import org.hemei.registry.SmallCount;
import org.hemei.registry.people.PartyCounts.Share;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is counted of members, and that no number points at anybody. */
class PartyCountsTest extends PartyCase {

    @Test
    void whoever_changes_the_company_is_counted_there_from_that_day_on() {
        var other = new org.hemei.registry.body.Network(jdbc, town).company("试新东家");
        for (var n = 0; n < 3; n++) {
            var person = towns.person("党" + n + "员");
            towns.post(person, side.company(), "物业员工", today.minusDays(9), today);
            towns.post(person, other, "物业员工", today, null);
            var id = member(person, branch, "full", today.minusDays(9));
            assertThatThrownBy(() -> moves.employed(secretary, branch, id, today.minusDays(1)))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("没有变");
            assertThat(memberships.reveal(secretary, branch, "life"))
                    .anyMatch(member -> "试新东家".equals(member.elsewhere()));
            moves.employed(secretary, branch, id, today);
        }
        assertThat(counts.ofCompany(side.company(), today.minusDays(1)).words()).isEqualTo("3 人");
        assertThat(counts.ofCompany(side.company(), today).words()).isEqualTo("少于 3 人");
        assertThat(counts.ofCompany(other, today).words()).isEqualTo("3 人");
        assertThat(counts.ofOrganisation(branch, today).words()).isEqualTo("3 人");
    }

    @Test
    void fewer_than_three_are_not_counted_out_and_no_sum_has_them_in_it() {
        var group = group();
        assertThat(counts.ofOrganisation(branch, today).words())
                .as("nought looks like one")
                .isEqualTo("少于 3 人");
        member(towns.person("党一"), branch, "full", today);
        member(towns.person("党二"), branch, "full", today);
        assertThat(counts.ofOrganisation(branch, today).words()).isEqualTo("少于 3 人");
        assertThat(counts.ofOrganisation(branch, today).shown()).isNull();
        assertThat(sums()).containsExactly("不显示", "不显示");
        member(towns.person("党三"), branch, "full", today);
        assertThat(counts.ofOrganisation(branch, today).words()).isEqualTo("3 人");
        assertThat(counts.ofOrganisation(branch, today.minusDays(1)).covered()).isTrue();
        member(towns.person("组一"), group, "full", today);
        member(towns.person("组二"), group, "full", today);
        assertThat(sums()).as("3 + 2 would tell the two").containsExactly("3 人", "3 人");
        member(towns.person("组三"), group, "full", today);
        assertThat(sums()).containsExactly("6 人", "6 人");
        assertThat(counts.lines(String.valueOf(side.district()), 9, today)).hasSize(1);
    }

    @Test
    void a_sum_leaves_a_hidden_number_open_only_if_it_could_be_any() {
        for (var few = 1; few <= 5; few++) {
            for (var sum = 0L; sum <= 2L * few; sum++) {
                var possible = new java.util.TreeSet<Integer>();
                for (var first = 0; first < SmallCount.LEAST; first++) {
                    var others = sum - first;
                    if (others >= 0 && others <= 2L * (few - 1)) {
                        possible.add(first);
                    }
                }
                assertThat(SmallCount.open(sum, few))
                        .as("%d numbers below three make %d", few, sum)
                        .isEqualTo(possible.size() == SmallCount.LEAST);
            }
        }
        assertThat(SmallCount.open(0, 0)).as("nothing is hidden").isTrue();
        assertThat(SmallCount.whole(17, 12, 0, 1).words())
                .as("one is hidden beside its companies, and would be the difference")
                .isEqualTo("12 人");
        assertThat(SmallCount.whole(22, 12, 3, 1).words())
                .as("beside small ones it would be narrowed")
                .isEqualTo("12 人");
        assertThat(SmallCount.whole(12, 10, 2, 0).words()).isEqualTo("12 人");
        assertThat(SmallCount.whole(14, 10, 2, 0).words()).as("two and two").isEqualTo("10 人");
        assertThat(SmallCount.whole(11, 10, 1, 0).words()).isEqualTo("10 人");
        assertThat(SmallCount.whole(2, 0, 1, 0).words()).isEqualTo("不显示");
    }

    @ParameterizedTest
    @CsvSource({
        "2 2 2, 6, 不显示",
        "2 2 1, 5, 不显示",
        "2 1 1, 4, 4 人",
        "1 1 1, 3, 3 人",
        "3 2, 5, 不显示",
        "3 1 1, 5, 5 人",
        "3 3, 6, 6 人",
        "2 2, 9, 9 人"
    })
    void a_joint_organisation_is_not_told_where_it_would_tell_what_its_small_companies_have(
            String employed, int members, String words) {
        var network = new org.hemei.registry.body.Network(jdbc, town);
        var left = members;
        for (var many : employed.split(" ")) {
            var company = network.company("试联建企业" + left);
            network.coverage(company, branch, "joint", today);
            for (var n = 0; n < Integer.parseInt(many); n++, left--) {
                employed(towns.person("联建"), company);
            }
        }
        for (; left > 0; left--) {
            member(towns.person("别的"), branch, "full", today);
        }
        assertThat(counts.ofOrganisation(branch, today).words()).isEqualTo(words);
        assertThat(counts.ofArea(side.community(), today).getFirst().words()).isEqualTo(words);
    }

    @Test
    void of_a_whole_city_everybody_is_counted_where_that_tells_of_nobody() {
        var city = town.city();
        for (var n = 0; n < 4; n++) {
            employed(towns.person("党员"), side.company());
        }
        assertThat(words(city)).containsExactly("4 人", "4 人");
        member(towns.person("党委一"), committee, "full", today);
        assertThat(words(city)).as("one would be told").containsExactly("4 人", "4 人");
        member(towns.person("党委二"), committee, "full", today);
        assertThat(words(city)).as("two of one organisation, the only one").containsExactly("4 人", "4 人");
        towns.bodyOf("party_organisation", "building_group", "试小组", side.community(), side.garden());
        assertThat(words(city))
                .as("two of two organisations; but six less four would tell who is not employed")
                .containsExactly("6 人", "不显示");
        assertThat(words(String.valueOf(side.district())))
                .as("a part of the city has no sums but of what is told")
                .containsExactly("4 人", "4 人");
    }

    @Test
    void employees_of_a_small_company_are_in_no_sum_that_the_larger_one_leaves_them_over_from() {
        var network = new org.hemei.registry.body.Network(jdbc, town);
        var small = network.company("试小物业");
        for (var n = 0; n < 17; n++) {
            var employer = n >= 12 ? null : Long.valueOf(n < 2 ? small : side.company());
            var organisation = n < 2 || n >= 14 ? branch : committee;
            memberships.register(
                    secretary,
                    new PartyMemberships.Registration(
                            organisation, "full", towns.person("党员"), "", "", employer, today, ""));
        }
        assertThat(counts.ofOrganisations(List.of(branch, committee), today).values())
                .extracting(SmallCount::words)
                .containsExactlyInAnyOrder("5 人", "12 人");
        assertThat(counts.ofCompany(side.company(), today).words()).isEqualTo("10 人");
        assertThat(counts.ofCompany(small, today).words()).isEqualTo("少于 3 人");
        assertThat(words(side.community())).as("12 less 10 would tell the two").containsExactly("17 人", "10 人");
    }

    @Test
    void who_only_takes_part_in_a_branch_besides_is_in_no_number_of_the_company() {
        var three = List.of(towns.person("党一"), towns.person("党二"), towns.person("党三"));
        for (var person : three) {
            var employer = person.equals(three.getLast()) ? null : Long.valueOf(side.company());
            memberships.register(
                    secretary,
                    new PartyMemberships.Registration(committee, "full", person, "", "", employer, today, ""));
        }
        memberships.register(
                secretary,
                new PartyMemberships.Registration(
                        branch, "joined", three.getLast(), "", "", side.company(), today, ""));
        assertThat(counts.ofCompany(side.company(), today).words()).isEqualTo("少于 3 人");
        assertThat(employees()).as("three would tell the two").isZero();
        memberships.register(
                secretary,
                new PartyMemberships.Registration(
                        committee, "full", towns.person("党四"), "", "", side.company(), today, ""));
        assertThat(employees()).isEqualTo(3);
    }

    @Test
    void no_page_counts_out_what_the_page_of_members_hides() throws Exception {
        towns.bodyOf("party_organisation", "building_group", "试小组", side.community(), side.garden());
        for (var name : List.of("党一", "党二")) {
            memberships.register(
                    secretary,
                    new PartyMemberships.Registration(
                            branch, "full", towns.person(name), "", "", side.company(), today, ""));
        }
        var tree = "/bodies/tree?at=b" + committee;
        var chart = "/bodies/chart?root=" + branch;
        var figures = "/mechanism/figures?area=" + side.district();
        var pages = List.of("/bodies/" + branch, "/companies", "/companies/" + side.company());
        for (var path : pages) {
            assertThat(page(path)).as(path).contains("少于 3 人").doesNotContain("<dd>2 人</dd>", ">2 人<");
        }
        assertThat(page(tree)).contains("试支部").doesNotContain("党员 2");
        assertThat(page(chart)).contains("试支部").doesNotContain("党员 2");
        assertThat(page(figures)).contains("不显示");
        memberships.register(
                secretary,
                new PartyMemberships.Registration(
                        branch, "full", towns.person("党三"), "", "", side.company(), today, ""));
        for (var path : List.of("/bodies/" + branch, "/companies", "/companies/" + side.company(), chart)) {
            assertThat(page(path)).as(path).contains("3 人").doesNotContain("少于 3 人");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "5, 2, NOT_REACHED", "5, 3, REACHED", "7, 3, NOT_REACHED", "7, 4, REACHED", "9, 4, NOT_REACHED",
                "9, 5, REACHED",
        "11, 5, NOT_REACHED", "11, 6, REACHED", "6, 3, NOT_REACHED", "5, 0, NOT_REACHED", "5, 5, REACHED",
                "3, 2, REACHED",
        "2, 2, NOT_SHOWN", "1, 0, NOT_SHOWN"
    })
    void more_than_half_is_strictly_more(int seats, int members, Share share) {
        assertThat(Share.of(seats, members)).isEqualTo(share);
    }

    @Test
    void five_on_the_committee_two_or_three_in_the_party() {
        var owners = towns.bodyOf("owners_committee", null, "试业委会", side.community(), side.garden());
        var seats = new ArrayList<Long>();
        for (var n = 0; n < 5; n++) {
            var person = towns.person("委" + n + "员");
            towns.post(person, owners, n == 0 ? "业委会主任" : "业委会委员");
            seats.add(person);
        }
        member(seats.get(0), branch, "full", today.minusDays(3));
        member(seats.get(1), branch, "full", today.minusDays(3));
        assertThat(counts.ofCommittee(owners, today)).isEqualTo(Share.NOT_REACHED);
        member(seats.get(2), branch, "full", today);
        assertThat(counts.ofCommittee(owners, today)).isEqualTo(Share.REACHED);
        assertThat(counts.ofCommittee(owners, today.minusDays(1))).isEqualTo(Share.NOT_REACHED);
        assertThat(counts.ofCommittees(side.community(), today)).isEqualTo(new PartyCounts.Shares(1, 0, 0));
        assertThat(counts.ofCommittees(town.far().community(), today).counted()).isZero();
        assertThat(red(today)).containsExactly(1, 1, 0);
        assertThat(red(today.minusDays(1))).containsExactly(0, 1, 1);
        jdbc.sql(
                        "insert into body_area (body, area, during) values (?, ?, daterange(null, ?)), (?, ?, daterange(?, null))")
                .params(owners, side.community(), today, owners, town.far().community(), today)
                .update();
        jdbc.sql("update body set area = ? where id = ?")
                .params(town.far().community(), owners)
                .update();
        assertThat(counts.ofCommittees(side.community(), today.minusDays(1)))
                .as("it stood here then")
                .isEqualTo(new PartyCounts.Shares(0, 1, 0));
        assertThat(counts.committees(side.community(), today.minusDays(1)))
                .extracting(PartyCounts.Committee::area)
                .containsExactly(side.community());
        assertThat(counts.ofCommittees(side.community(), today).counted()).isZero();
        assertThat(red(today.minusDays(1))).as("and fell short here").containsExactly(0, 1, 1);
    }

    /** Of the community, as its own page and as that of its street has it. */
    private List<String> sums() {
        return List.of(
                counts.ofArea(side.community(), today).getFirst().words(),
                counts.lines(side.street(), 12, today).getFirst().members().words());
    }

    private void employed(long person, long company) {
        memberships.register(
                secretary, new PartyMemberships.Registration(branch, "full", person, "", "", company, today, ""));
    }

    /** As the district's figures have them. */
    private long employees() {
        return figures.of(String.valueOf(side.district()), today).stream()
                .filter(figure -> figure.kind() == ArticleFigures.Kind.MEMBERS)
                .findFirst()
                .orElseThrow()
                .counted();
    }

    private List<String> words(String area) {
        return counts.ofArea(area, today).stream().map(SmallCount::words).toList();
    }

    /** The rule's part and whole in the community, and how many it lists as falling short. */
    private List<Integer> red(LocalDate day) {
        var check = checks.stream()
                .filter(c -> c.rule().code().equals("red-committee"))
                .findFirst()
                .orElseThrow();
        assertThat(check.rule().aim()).as("no task is made of it").isTrue();
        var figure = check.measure(day).stream()
                .filter(f -> f.area().equals(side.community()))
                .findFirst()
                .orElseThrow();
        var lacking = check.shortfalls(side.community(), day, "", 10);
        assertThat(lacking).allMatch(one -> one.missing().equals("党员没过半") && one.body() == null);
        return List.of(figure.part(), figure.whole(), lacking.size());
    }
}

package org.hemei.registry.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.oversight.ArticleFigures;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.PartyOffices;
import org.hemei.registry.SmallCount;
import org.hemei.registry.people.PartyCounts.Share;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who is a member stays with the organisation; everybody else gets counts that point at nobody. */
@HemeiTest
class PartyTest {

    @Autowired
    List<org.hemei.platform.MechanismCheck> checks;

    @Autowired
    PartyMemberships memberships;

    @Autowired
    PartyMoves moves;

    @Autowired
    PartyOffices offices;

    @Autowired
    AppointmentDesk appointments;

    @Autowired
    PartyCounts counts;

    @Autowired
    ArticleFigures figures;

    @Autowired
    PartyHolder holder;

    @Autowired
    org.springframework.test.web.servlet.MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    Town town;
    Town.Side side;
    LocalDate today;
    long branch;
    long committee;
    Reader secretary;

    @BeforeEach
    void build() {
        town = towns.make();
        side = town.near();
        today = CivilTime.date(clock.instant());
        branch = towns.bodyOf("party_organisation", "estate_branch", "试支部", side.community(), side.garden());
        committee = towns.bodyOf("party_organisation", "community_committee", "试党委", side.community(), null);
        secretary = towns.reader(towns.account());
        towns.post(secretary.person(), branch, "书记");
        towns.post(secretary.person(), committee, "书记");
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    private long group() {
        var group = towns.bodyOf("party_organisation", "building_group", "试小组", side.community(), side.garden());
        towns.post(secretary.person(), group, "党小组长");
        return group;
    }

    private long member(long person, long organisation, String kind, LocalDate first) {
        return memberships.register(
                secretary, new PartyMemberships.Registration(organisation, kind, person, "", "", null, first, ""));
    }

    @Test
    void aLongListOfOrganisationsIsReadPageByPage() {
        var whole = counts.organisations(side.community(), today, 0, 50);
        assertThat(whole).extracting(PartyCounts.Organisation::id).contains(branch, committee);
        var read = new ArrayList<PartyCounts.Organisation>();
        for (var page = whole.subList(0, 1);
                !page.isEmpty();
                page = counts.organisations(
                        side.community(), today, read.getLast().id(), 1)) {
            read.addAll(page);
        }
        assertThat(read).isEqualTo(whole);
    }

    @Test
    void the_list_is_for_officers_in_office_and_for_nobody_else_and_each_look_is_on_record() {
        var id = member(towns.person("党甲"), branch, "full", today);
        var overseers = List.of(
                side.organisationDesk(),
                towns.account(Role.ORGANISATION, town.city(), null, null, null),
                side.communityDesk(),
                side.streetDesk(),
                side.districtDesk(),
                town.cityDesk(),
                side.housingDesk(),
                town.security(),
                town.audit(),
                town.far().organisationDesk());
        for (var overseer : overseers) {
            assertThatThrownBy(() -> memberships.reveal(overseer, branch, "life"))
                    .as("%s", overseer.grants())
                    .isInstanceOf(Missing.class);
            assertThatThrownBy(() -> memberships.end(overseer, branch, id, today))
                    .isInstanceOf(Missing.class);
            assertThatThrownBy(() -> moves.move(overseer, branch, id, committee, today))
                    .isInstanceOf(Missing.class);
        }
        assertThatThrownBy(() -> memberships.reveal(secretary, branch, ""))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("为什么");
        assertThat(looks(id)).isZero();
        assertThat(memberships.reveal(secretary, branch, "life"))
                .singleElement()
                .satisfies(found -> assertThat(found.name()).isEqualTo("党甲"));
        assertThat(looks(id)).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "支部委员, 0, 1, true",
        "副书记, -9, , true",
        "支部委员, -9, 0, false",
        "支部委员, 1, , false",
        "党委兼职委员, -9, , false",
        "大党委成员, -9, , false",
        "党建指导员, -9, , false"
    })
    void an_office_opens_the_list_from_its_first_day_to_its_last(
            String post, int first, @Nullable Integer end, boolean opens) {
        var somebody = towns.reader(towns.account());
        towns.post(somebody.person(), branch, post, today.plusDays(first), end == null ? null : today.plusDays(end));
        assertThat(offices.holds(somebody, branch)).isEqualTo(opens);
        assertThat(offices.holds(somebody, committee)).as("of no other").isFalse();
    }

    @Test
    void an_office_by_ones_own_hand_opens_nothing_until_somebody_else_has_looked() throws Exception {
        var desk = side.communityDesk();
        var id = appointments.appoint(
                desk,
                new AppointmentDesk.Appointing(0, "王小试", towns.phoneOf(desk), branch, "支部委员", null, true, today, null));
        assertThat(offices.holds(desk, branch)).isFalse();
        assertThatThrownBy(() -> memberships.reveal(desk, branch, "life")).isInstanceOf(Missing.class);
        assertThat(page(desk, "/party-members/" + branch)).contains("您自己登记的").doesNotContain("看名册</button>");
        appointments.correct(side.streetDesk(), id, 0, true, today, null, EntryReason.CHECKED);
        assertThat(offices.holds(desk, branch)).isTrue();
        appointments.correct(desk, id, 1, true, today, today.plusDays(9), EntryReason.EXTENDED);
        assertThat(offices.holds(desk, branch)).as("longer by their own hand").isFalse();
        appointments.end(side.streetDesk(), id, 2, today, EndReason.RESIGNED);
        assertThat(offices.holds(desk, branch)).as("an end gives nothing").isFalse();
    }

    @Test
    void who_oversees_no_area_finds_the_own_organisation_by_their_phone_number_alone() throws Exception {
        assertThat(page(secretary, "/me")).contains("我任职的党组织", "试支部");
        assertThat(page(secretary, "/party-members")).contains("试支部", "试党委", "书记");
        assertThat(page(secretary, "/party-members/" + branch)).contains("看名册");
        assertThat(page(side.resident(), "/me")).doesNotContain("我任职的党组织");
        assertThat(mvc.perform(get("/party-members").with(as(side.resident())))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(403);
        var leaderless = towns.bodyOf("party_organisation", "company_organisation", "试企业支部", side.community(), null);
        assertThat(page(side.organisationDesk(), "/party-members/" + leaderless))
                .contains("没有在任的书记、委员", "/appointments/new?body=" + leaderless);
    }

    private int looks(long membership) {
        return jdbc.sql("""
                        select count(*) from audit_entry
                        where action = 'party_membership.revealed' and subject_kind = 'party_membership' and subject_id = ?
                        """)
                .param(String.valueOf(membership))
                .query(Integer.class)
                .single();
    }

    @Test
    void records_of_a_membership_never_name_the_person() {
        var person = towns.person("党乙");
        var id = member(person, branch, "full", today);
        memberships.reveal(secretary, branch, "care");
        var written =
                jdbc.sql("""
                        select string_agg(detail::text || subject_id || subject_kind, ' ') from audit_entry
                        where subject_kind = 'party_membership' and subject_id = ?
                        """).param(String.valueOf(id)).query(String.class).single();
        assertThat(written).doesNotContain("person").doesNotContain("\"" + person + "\"");
        assertThat(holder.person(jdbc.sql("select holder_cipher from party_membership where id = ?")
                        .param(id)
                        .query(byte[].class)
                        .single()))
                .isEqualTo(person);
    }

    @Test
    void one_belongs_to_one_organisation_and_may_take_part_in_a_branch_besides() {
        var person = towns.person("党丙");
        assertThatThrownBy(() -> member(person, branch, "joined", today))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("先要在他自己的党组织");
        var id = member(person, committee, "full", today);
        assertThatThrownBy(() -> member(person, branch, "full", today.plusDays(9)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("登记过了");
        member(person, branch, "joined", today);
        assertThatThrownBy(() -> member(person, committee, "joined", today)).isInstanceOf(Refusal.class);

        assertThatThrownBy(() -> moves.move(secretary, committee, id, branch, today.plusDays(5)))
                .as("takes part there already")
                .isInstanceOf(Refusal.class);
    }

    @Test
    void a_move_leaves_no_day_without_and_none_with_two() {
        var person = towns.person("党丁");
        var id = member(person, committee, "full", today);
        var other = towns.bodyOf("party_organisation", "building_group", "试小组", side.community(), side.garden());
        assertThatThrownBy(() -> moves.move(secretary, committee, id, other, today.plusDays(5)))
                .as("where nobody could open the list")
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("没有在任的书记");
        var leader = towns.reader(towns.account());
        towns.post(leader.person(), other, "党小组长");
        var far = towns.bodyOf(
                "party_organisation", "community_committee", "远党委", town.far().community(), null);
        towns.post(leader.person(), far, "书记");
        assertThatThrownBy(() -> moves.move(secretary, committee, id, far, today.plusDays(5)))
                .as("what the page does not offer")
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("不能转到");
        assertThat(offices.holds(secretary, other))
                .as("who gives need not read there")
                .isFalse();
        moves.move(secretary, committee, id, other, today.plusDays(5));
        for (var day : List.of(today, today.plusDays(4), today.plusDays(5), today.plusDays(6))) {
            assertThat(jdbc.sql(
                                    "select count(*) from party_membership where holder_index = ? and kind = 'full' and during @> ?")
                            .params(holder.index(person), day)
                            .query(Integer.class)
                            .single())
                    .as("%s", day)
                    .isEqualTo(1);
        }
    }

    @Test
    void what_was_moved_is_told_and_can_be_given_back_for_ten_days() throws Exception {
        var group = towns.bodyOf("party_organisation", "building_group", "试小组", side.community(), side.garden());
        var leader = towns.reader(towns.account());
        towns.post(leader.person(), group, "党小组长");
        var person = towns.person("党戊");
        var ahead =
                moves.move(secretary, committee, member(person, committee, "full", today), group, today.plusDays(3));
        assertThat(told(leader)).isEqualTo("转来一名党员的组织关系");
        assertThat(memberships.reveal(leader, group, "life"))
                .singleElement()
                .satisfies(member -> assertThat(member.until()).isEqualTo(today.plusDays(PartyMoves.RETURN_DAYS)));
        moves.back(leader, group, ahead);
        assertThat(told(secretary)).isEqualTo("一名党员的组织关系退回来了");
        assertThat(days(person)).as("as if it had not been").containsExactly(committee, committee);
        var again = moves.move(secretary, committee, ahead, group, today.plusDays(4));
        clock.set(CivilTime.startOf(today.plusDays(8)));
        moves.back(leader, group, again);
        assertThat(days(person)).containsExactly(committee, committee, group, committee);
        var own = member(towns.person("党己"), committee, "full", today);
        assertThatThrownBy(() -> moves.back(secretary, committee, own))
                .as("not moved here")
                .isInstanceOf(Refusal.class);
        var late = moves.move(secretary, committee, own, group, today.plusDays(8));
        clock.set(CivilTime.startOf(today.plusDays(8 + PartyMoves.RETURN_DAYS)));
        assertThat(memberships.reveal(leader, group, "life").getFirst().until()).isNotNull();
        clock.set(CivilTime.startOf(today.plusDays(9 + PartyMoves.RETURN_DAYS)));
        assertThatThrownBy(() -> moves.back(leader, group, late))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("10 天以内");
        assertThat(page(leader, "/party-members/" + group)).contains("看名册");
    }

    private String told(Reader reader) {
        return jdbc.sql("select title from notice where account = ? order by at desc, id desc limit 1")
                .param(reader.account())
                .query(String.class)
                .single();
    }

    /** The organisations somebody belonged to, one after the other, without a gap. */
    private List<Long> days(long person) {
        record Part(
                long organisation,
                LocalDate first,
                @Nullable LocalDate ending) {}
        var parts = jdbc.sql("""
                        select organisation, lower(during) as first, upper(during) as ending from party_membership
                        where holder_index = ? order by lower(during)
                        """).param(holder.index(person)).query(Part.class).list();
        for (var n = 1; n < parts.size(); n++) {
            assertThat(parts.get(n).first).isEqualTo(parts.get(n - 1).ending);
        }
        return parts.stream().map(Part::organisation).toList();
    }

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
    void a_membership_holds_no_longer_than_its_organisation_and_what_was_typed_wrongly_is_put_right() {
        var last = today.plusDays(5);
        jdbc.sql("update body set until = ?, ending = 'dissolved' where id = ?")
                .params(last, branch)
                .update();
        assertThatThrownBy(() -> member(towns.person("党庚"), branch, "full", last))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("为止");
        var person = towns.person("党庚");
        var id = member(person, branch, "full", today);
        assertThat(counts.ofOrganisation(branch, today).covered()).isTrue();
        assertThatThrownBy(() -> memberships.end(secretary, branch, id, last)).isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> memberships.correct(secretary, branch, id, last, "", EntryReason.WRONG_DAY))
                .isInstanceOf(Refusal.class);
        memberships.correct(secretary, branch, id, today.minusDays(2), "组织委员", EntryReason.WRONG_DAY);
        assertThat(memberships.reveal(secretary, branch, "care"))
                .singleElement()
                .satisfies(member -> {
                    assertThat(member.tenure()).isEqualTo(new Tenure(today.minusDays(2), last.minusDays(1)));
                    assertThat(member.note()).isEqualTo("组织委员");
                    assertThat(member.name()).isEqualTo("党庚");
                });
        memberships.end(secretary, branch, id, today);
        assertThat(days(person)).hasSize(1);
    }

    @Test
    void what_should_never_have_been_entered_is_taken_back_and_names_nobody() {
        var person = towns.person("党辛");
        var id = member(person, committee, "full", today.minusDays(3));
        assertThatThrownBy(
                        () -> memberships.takeBack(town.far().communityDesk(), committee, id, EntryReason.WRONG_PERSON))
                .isInstanceOf(Missing.class);
        memberships.takeBack(secretary, committee, id, EntryReason.WRONG_PERSON);
        assertThat(days(person)).isEmpty();
        assertThat(memberships.reveal(secretary, committee, "care"))
                .extracting(PartyMemberships.Member::name)
                .doesNotContain("党辛");
        assertThat(jdbc.sql(
                                "select detail::text from party_membership_change where membership = ? order by id desc limit 1")
                        .param(id)
                        .query(String.class)
                        .single())
                .contains("wrong_person", today.minusDays(3).toString())
                .doesNotContain("person\":", "党辛");
        assertThat(member(person, committee, "full", today.minusDays(1)))
                .as("the days are free")
                .isPositive();
    }

    @Test
    void a_membership_that_goes_on_from_another_is_not_taken_back() {
        var person = towns.person("党壬");
        var group = group();
        var moved =
                moves.move(secretary, committee, member(person, committee, "full", today), group, today.plusDays(3));
        assertThatThrownBy(() -> memberships.takeBack(secretary, group, moved, EntryReason.TWICE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("退回");
        assertThat(days(person)).hasSize(2);
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

    /** Of the community, as its own page and as that of its street has it. */
    private List<String> sums() {
        return List.of(
                counts.ofArea(side.community(), today).getFirst().words(),
                counts.lines(side.street(), 12, today).getFirst().members().words());
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

    private void employed(long person, long company) {
        memberships.register(
                secretary, new PartyMemberships.Registration(branch, "full", person, "", "", company, today, ""));
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

    private String page(String path) throws Exception {
        return page(side.organisationDesk(), path);
    }

    private String page(Reader reader, String path) throws Exception {
        return mvc.perform(get(path).with(as(reader))).andReturn().getResponse().getContentAsString();
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

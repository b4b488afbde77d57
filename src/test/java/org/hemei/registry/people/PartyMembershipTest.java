package org.hemei.registry.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Who reads the list of an organisation, and how somebody comes onto it, moves and leaves. */
class PartyMembershipTest extends PartyCase {

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

    @Autowired
    PartyData data;

    @Test
    void whoever_was_looked_at_finds_out_also_when_the_entry_was_taken_back() {
        var wrong = towns.person("党癸");
        var id = member(wrong, committee, "full", today);
        var unseen = towns.person("没看");
        var other = member(unseen, branch, "full", today);
        memberships.reveal(secretary, committee, "life");
        memberships.takeBack(secretary, committee, id, EntryReason.WRONG_PERSON);
        memberships.takeBack(secretary, branch, other, EntryReason.WRONG_PERSON);
        assertThat(data.held(wrong)).isEmpty();
        assertThat(data.reveals(wrong))
                .singleElement()
                .satisfies(look -> assertThat(look.what()).isEqualTo("党组织名册"));
        assertThat(data.reveals(unseen)).isEmpty();
        assertThat(jdbc.sql("select count(*) from party_membership_gone where membership = any(?)")
                        .param(new Long[] {id, other})
                        .query(Integer.class)
                        .single())
                .as("only what was looked at is remembered")
                .isEqualTo(1);
    }

    @Test
    void a_membership_that_goes_on_from_another_is_not_taken_back() {
        var person = towns.person("党壬");
        var group = group();
        var given = member(person, committee, "full", today);
        var moved = moves.move(secretary, committee, given, group, today.plusDays(3));
        assertThatThrownBy(() -> memberships.takeBack(secretary, committee, given, EntryReason.TWICE))
                .as("nor one that another goes on from")
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("后面接着");
        assertThatThrownBy(() -> memberships.takeBack(secretary, group, moved, EntryReason.TWICE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("退回");
        assertThat(days(person)).hasSize(2);

        var worker = towns.person("党子");
        var before = member(worker, committee, "full", today.minusDays(9));
        towns.post(worker, side.company(), "物业员工", today.minusDays(3), null);
        moves.employed(secretary, committee, before, today.minusDays(3));
        assertThatThrownBy(() -> memberships.takeBack(secretary, committee, before, EntryReason.TWICE))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("后面接着");
        assertThat(days(worker)).hasSize(2);
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
}

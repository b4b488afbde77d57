package org.hemei.registry.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.people.CrossAppointments.Pair;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** Who sits on two bodies, and who is missing, as of a day. */
@HemeiTest
class CrossAndStaffingTest {

    @Autowired
    CrossAppointments cross;

    @Autowired
    Staffing staffing;

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    Town town;
    Town.Side side;
    LocalDate today;

    @BeforeEach
    void build() {
        town = towns.make();
        side = town.near();
        today = CivilTime.date(clock.instant());
    }

    private CrossAppointments.Line line(Pair pair, LocalDate day) {
        return cross.lines(side.community(), 12, pair, day).getFirst();
    }

    @Test
    void a_crossing_is_one_person_in_two_kinds_of_body_of_one_community_on_one_day() {
        assertThat(line(Pair.RESIDENTS_OWNERS, today).both())
                .as("no owners' committee yet")
                .isZero();
        var owners = towns.bodyOf("owners_committee", null, "试业委会", side.community(), side.garden());
        assertThat(line(Pair.RESIDENTS_OWNERS, today).both()).isEqualTo(1);
        var person = towns.person("李两头");
        towns.post(person, side.committee(), "居委会委员");
        towns.post(person, owners, "业委会委员", today.minusDays(30), today.plusDays(1));
        var worker = towns.person("张专员");
        towns.post(worker, side.committee(), "物业专员");
        towns.post(worker, owners, "业委会委员");

        assertThat(line(Pair.RESIDENTS_OWNERS, today).people())
                .as("a property worker works there, and does not sit")
                .isEqualTo(1);
        assertThat(line(Pair.RESIDENTS_OWNERS, today).crossed()).isEqualTo(1);
        assertThat(line(Pair.RESIDENTS_OWNERS, today.plusDays(1)).people())
                .as("the day after the last")
                .isZero();
        assertThat(line(Pair.RESIDENTS_OWNERS, today.minusDays(31)).people())
                .as("the day before the first")
                .isZero();
        assertThat(line(Pair.COMPANY_OWNERS, today).both())
                .as("a company serves an estate here")
                .isEqualTo(1);
        assertThat(line(Pair.RESIDENTS_PARTY, today).both()).isZero();
        assertThat(line(Pair.ANY, today).people()).isEqualTo(1);
        assertThat(cross.people(side.community(), Pair.ANY, today, "", 0, 9))
                .singleElement()
                .satisfies(found -> assertThat(found.posts()).hasSize(2));
        assertThat(cross.lines(String.valueOf(side.district()), 9, Pair.RESIDENTS_OWNERS, today)
                        .getFirst()
                        .crossed())
                .isEqualTo(1);
        assertThat(cross.lines(town.far().community(), 12, Pair.ANY, today)
                        .getFirst()
                        .people())
                .isZero();
    }

    @Test
    void the_head_of_a_serving_company_in_the_communitys_party_committee_counts_while_the_contract_runs() {
        var party = towns.bodyOf("party_organisation", "community_committee", "试社区党委", side.community(), null);
        var head = towns.person("钱总");
        towns.post(head, side.company(), "负责人");
        towns.post(head, party, "党委兼职委员");
        assertThat(line(Pair.COMPANY_PARTY, today).people()).isEqualTo(1);
        jdbc.sql("update contract set during = daterange(lower(during), ?) where estate = ?")
                .params(today, side.garden())
                .update();
        assertThat(line(Pair.COMPANY_PARTY, today).people()).isZero();
        assertThat(line(Pair.COMPANY_PARTY, today.minusDays(1)).people()).isEqualTo(1);
    }

    @Test
    void each_number_opens_as_many_rows_as_it_counts_a_page_at_a_time() throws Exception {
        var owners = towns.bodyOf("owners_committee", null, "试业委会", side.community(), side.garden());
        var seated = new java.util.ArrayList<Long>();
        for (var n = 0; n < 3; n++) {
            seated.add(towns.person("李两头"));
            towns.post(seated.get(n), side.committee(), "居委会委员");
            towns.post(seated.get(n), owners, "业委会委员");
        }
        var district = String.valueOf(side.district());
        var line = cross.lines(district, 9, Pair.RESIDENTS_OWNERS, today).getFirst();
        assertThat(line).isEqualTo(new CrossAppointments.Line(side.street(), line.name(), 1, 1, 3));
        for (var crossed : List.of(true, false)) {
            assertThat(cross.places(district, Pair.RESIDENTS_OWNERS, today, crossed, "", 9))
                    .singleElement()
                    .satisfies(place -> {
                        assertThat(place.code()).isEqualTo(side.community());
                        assertThat(place.people()).isEqualTo(3);
                        assertThat(place.sides())
                                .extracting(CrossAppointments.Side::id)
                                .containsExactly(side.committee(), owners);
                    });
        }
        assertThat(cross.places(district, Pair.RESIDENTS_OWNERS, today, false, side.community(), 9))
                .isEmpty();
        var first = cross.people(district, Pair.RESIDENTS_OWNERS, today, "", 0, 2);
        assertThat(first).extracting(CrossAppointments.Person::person).containsExactlyElementsOf(seated.subList(0, 2));
        assertThat(cross.people(district, Pair.RESIDENTS_OWNERS, today, side.community(), seated.get(1), 2))
                .extracting(CrossAppointments.Person::person)
                .containsExactly(seated.get(2));
        var street = "/cross-appointments?area=" + side.street();
        assertThat(page(street)).contains("show=both#rows", "show=crossed#rows", "show=people#rows");
        assertThat(page(street + "&show=both")).contains("两类单位都有的社区", "/bodies/" + owners);
        assertThat(page(street + "&show=people")).contains("交叉任职的人", "/people/" + seated.get(2));
        assertThat(page("/cross-appointments?area=" + side.community())).contains("是哪些人", "/people/" + seated.get(0));
    }

    private String page(String path) throws Exception {
        return mvc.perform(get(path).with(as(side.streetDesk())))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    @Test
    void what_moved_counts_where_it_stood_on_that_day() {
        var there = town.far().community();
        var owners = towns.bodyOf("owners_committee", null, "试业委会", there, side.garden());
        var party = towns.bodyOf("party_organisation", "community_committee", "试社区党委", side.community(), null);
        var person = towns.person("李两头");
        towns.post(person, side.committee(), "居委会委员");
        towns.post(person, owners, "业委会委员");
        towns.post(person, side.company(), "负责人");
        towns.post(person, party, "党委兼职委员");
        var moved = today.minusDays(3);
        jdbc.sql(
                        "insert into body_area (body, area, during) values (?, ?, daterange(null, ?)), (?, ?, daterange(?, null))")
                .params(owners, side.community(), moved, owners, there, moved)
                .update();
        jdbc.sql("update estate set community = ?, street = ?, district = ? where id = ?")
                .params(there, town.far().street(), town.far().district(), side.garden())
                .update();
        jdbc.sql("""
                        insert into estate_change (estate, verb, detail, at)
                        values (?, 'moved', jsonb_build_object('community', jsonb_build_array(?, ?), 'day', ?), ?)
                        """)
                .params(
                        side.garden(),
                        side.community(),
                        there,
                        moved.toString(),
                        java.sql.Timestamp.from(clock.instant()))
                .update();
        for (var pair : List.of(Pair.RESIDENTS_OWNERS, Pair.COMPANY_PARTY)) {
            assertThat(line(pair, moved.minusDays(1)).people())
                    .as("%s before", pair)
                    .isEqualTo(1);
            assertThat(line(pair, moved).both()).as("%s from that day", pair).isZero();
            assertThat(cross.people(side.community(), pair, moved.minusDays(1), "", 0, 9))
                    .hasSize(1);
            assertThat(cross.places(there, pair, moved.minusDays(1), false, "", 9))
                    .isEmpty();
        }
        assertThat(cross.places(there, Pair.RESIDENTS_OWNERS, moved, false, "", 9))
                .hasSize(1);
    }

    private Staffing.Community here(LocalDate day) {
        return staffing.communities(side.community(), null, day, "", 10).getFirst();
    }

    @Test
    void none_is_a_breach_one_or_two_are_met_and_three_are_noticed_with_the_day_it_began() {
        assertThat(here(today).state()).isEqualTo(Staffing.State.NONE);
        assertThat(here(today).since()).as("never had one").isNull();
        towns.post(towns.person("甲一"), side.committee(), "物业专员", today.minusDays(100), today.minusDays(9));
        assertThat(here(today).since()).as("the first day without").isEqualTo(today.minusDays(9));
        assertThat(here(today.minusDays(10)).state())
                .as("the last day in office")
                .isEqualTo(Staffing.State.MET);

        towns.post(towns.person("乙一"), side.committee(), "物业专员", today.minusDays(5), today.plusDays(1));
        assertThat(here(today).state()).as("leaves today").isEqualTo(Staffing.State.MET);
        assertThat(here(today.plusDays(1)).state()).isEqualTo(Staffing.State.NONE);
        towns.post(towns.person("丙一"), side.committee(), "物业专员", today.minusDays(4), null);
        assertThat(here(today).workers()).isEqualTo(2);
        assertThat(here(today).state()).isEqualTo(Staffing.State.MET);
        towns.post(towns.person("丁一"), side.committee(), "物业专员", today.minusDays(3), null);
        assertThat(here(today).state()).isEqualTo(Staffing.State.MORE);
        assertThat(here(today).since()).isEqualTo(today.minusDays(3));
        assertThat(staffing.lines(String.valueOf(side.district()), 9, today)
                        .getFirst()
                        .more())
                .isEqualTo(1);
        jdbc.sql("update appointment set full_time = false where body = ?")
                .param(side.committee())
                .update();
        assertThat(here(today).partTime()).isEqualTo(3);
    }

    @Test
    void a_place_that_asks_for_more_is_measured_by_its_own_number() {
        jdbc.sql("""
                insert into rule_threshold (rule, name, area, value, basis, during)
                values ('staffing', 'least', ?, 2, '区里的规定', daterange('2020-01-01', null)),
                       ('staffing', 'most', ?, 3, '区里的规定', daterange('2020-01-01', null))
                """)
                .params(String.valueOf(side.district()), String.valueOf(side.district()))
                .update();
        towns.post(towns.person("甲一"), side.committee(), "物业专员", today.minusDays(9), null);
        assertThat(here(today).state()).isEqualTo(Staffing.State.NONE);
        assertThat(here(today).state().words(here(today).asked())).isEqualTo("不到 2 人");
        towns.post(towns.person("乙一"), side.committee(), "物业专员", today.minusDays(5), null);
        towns.post(towns.person("丙一"), side.committee(), "物业专员", today.minusDays(4), null);
        assertThat(here(today).state()).isEqualTo(Staffing.State.MET);
        assertThat(staffing.lines(String.valueOf(side.district()), 9, today)
                        .getFirst()
                        .more())
                .isZero();
        towns.post(towns.person("丁一"), side.committee(), "物业专员", today.minusDays(3), null);
        assertThat(here(today).state()).isEqualTo(Staffing.State.MORE);
        assertThat(here(today).since()).isEqualTo(today.minusDays(3));
        assertThat(staffing.asked(String.valueOf(town.far().district()), today).words())
                .isEqualTo("1—2 人");
    }

    @Test
    void a_village_community_is_not_counted() {
        jdbc.sql("update area set kind = 'village' where code = ?")
                .param(side.community())
                .update();
        assertThat(staffing.communities(side.community(), null, today, "", 10)).isEmpty();
    }

    @Test
    void a_street_has_exactly_one_department() {
        assertThat(staffing.streets(side.street(), today).getFirst().active()).isZero();
        var first = towns.body("street_department", "试城市管理部", side.street());
        assertThat(staffing.streets(side.street(), today).getFirst().active()).isEqualTo(1);
        jdbc.sql("update body set until = ?, ending = 'dissolved' where id = ?")
                .params(today, first)
                .update();
        assertThat(staffing.streets(side.street(), today).getFirst().active()).isZero();
        assertThat(staffing.streets(side.street(), today.minusDays(1))
                        .getFirst()
                        .active())
                .isEqualTo(1);
    }
}

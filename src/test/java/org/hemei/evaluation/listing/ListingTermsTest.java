package org.hemei.evaluation.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.hemei.evaluation.listing.ListingRules.Name;
import org.hemei.evaluation.listing.Votes.Choice;
import org.hemei.platform.Missing;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** Terms, times and bases are data with a basis and a day; what runs is never rewritten. */
@HemeiTest
class ListingTermsTest {

    @Autowired
    private Towns towns;

    @Autowired
    private ListingThings things;

    @Autowired
    private TermDesk terms;

    @Autowired
    private ListingDesk desk;

    @Autowired
    private DecisionDesk decisions;

    @Autowired
    private ListingBook book;

    @Autowired
    private ListingRules rules;

    @Autowired
    private Listings listings;

    @Autowired
    private MovableClock clock;

    @Autowired
    private MockMvc mvc;

    private Town town;
    private Town.Side near;
    private String area;
    private LocalDate today;

    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
        area = ListingThings.area(near);
        today = things.today();
    }

    @AfterEach
    void putBack() {
        clock.reset();
    }

    private TermDesk.Terms ordinary(int least, int most, LocalDate since) {
        return new TermDesk.Terms(area, Weight.ORDINARY, least, most, "某市办法第三条", since);
    }

    private TermDesk.Number number(Name name, int value, LocalDate since) {
        return new TermDesk.Number(area, name, value, "某市办法第五条", since);
    }

    @Test
    void a_new_term_begins_on_its_day_and_leaves_what_runs_as_it_was() {
        var listed = things.at(ListingState.LISTED, near);
        var most = listings.find(listed).orElseThrow().mostLast;
        var noticed = things.at(ListingState.NOTICED, near);
        terms.set(near.housingDesk(), ordinary(2, 6, today.plusDays(10)));
        terms.set(near.housingDesk(), ordinary(1, 8, today.plusDays(30)));
        terms.set(near.housingDesk(), ordinary(4, 9, today));

        assertThat(book.term(Weight.ORDINARY, area, today.plusDays(9)).most()).isEqualTo(9);
        assertThat(book.term(Weight.ORDINARY, area, today.plusDays(10)).most()).isEqualTo(6);
        assertThat(book.term(Weight.ORDINARY, area, today.plusDays(29)).most()).isEqualTo(6);
        assertThat(book.term(Weight.ORDINARY, area, today.plusDays(30)).most()).isEqualTo(8);
        assertThat(book.term(Weight.ORDINARY, area, today.minusDays(1)).most())
                .as("days that are over keep theirs")
                .isEqualTo(12);
        assertThat(book.term(Weight.ORDINARY, ListingThings.area(town.far()), today)
                        .most())
                .as("elsewhere nothing changes")
                .isEqualTo(12);
        assertThat(book.term(Weight.SERIOUS, area, today).most()).isEqualTo(36);

        assertThat(listings.find(listed).orElseThrow().mostLast).isEqualTo(most);
        // who was told of 3 months to a year is listed for that, whatever was set since
        things.closeDefence(noticed);
        decisions.decide(
                near.housingDesk(),
                noticed,
                things.version(noticed),
                ListingThings.all(things.members(near, 3), Choice.FOR),
                "整改。",
                List.of());
        desk.serve(near.housingDesk(), noticed, things.version(noticed), today, "当面", List.of());
        assertThat(listings.find(noticed).orElseThrow().mostLast).isEqualTo(today.plusMonths(12));
        var later = things.at(ListingState.LISTED, near);
        assertThat(listings.find(later).orElseThrow().mostLast).isEqualTo(today.plusMonths(9));
        assertThat(listings.find(later).orElseThrow().term.basis()).isEqualTo("某市办法第三条");
    }

    @Test
    void what_the_state_council_caps_and_days_that_are_over_are_refused() {
        for (var wrong : List.of(ordinary(3, 13, today), ordinary(6, 6, today), ordinary(0, 6, today))) {
            assertThatThrownBy(() -> terms.set(near.housingDesk(), wrong))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            no -> assertThat(no.reasons().getFirst().field()).isEqualTo("most"));
        }
        terms.set(near.housingDesk(), ordinary(3, 12, today));
        assertThatThrownBy(() -> terms.set(near.housingDesk(), ordinary(3, 11, today)))
                .hasMessageContaining("已经定过一次");
        assertThatThrownBy(() -> terms.set(near.housingDesk(), ordinary(3, 12, today.minusDays(1))))
                .hasMessageContaining("以前的按以前的规则");
        assertThatThrownBy(() -> terms.set(near.housingDesk(), number(Name.MEMBERS, 2, today)))
                .hasMessageContaining("3 到 15");
        assertThatThrownBy(() -> terms.set(near.housingDesk(), number(Name.YEARS_BACK, 3, today)))
                .as("not further back than the law looks")
                .hasMessageContaining("1 到 2");
        for (var not : List.of(town.far().housingDesk(), near.streetDesk(), near.manager(), near.districtDesk())) {
            assertThatThrownBy(() -> terms.set(not, ordinary(3, 10, today.plusDays(1))))
                    .isInstanceOf(Missing.class);
        }
    }

    @Test
    void days_and_members_hold_from_their_day_on() {
        assertThat(rules.of(Name.DEFENCE_DAYS, area, today)).isEqualTo(10);
        terms.set(near.housingDesk(), number(Name.DEFENCE_DAYS, 20, today.plusDays(1)));
        terms.set(near.housingDesk(), number(Name.MEMBERS, 5, today));
        assertThat(rules.of(Name.DEFENCE_DAYS, area, today)).isEqualTo(10);
        assertThat(rules.of(Name.DEFENCE_DAYS, area, today.plusDays(1))).isEqualTo(20);
        var heard = things.at(ListingState.HEARD, near);
        assertThatThrownBy(() -> decisions.decide(
                        near.housingDesk(),
                        heard,
                        things.version(heard),
                        ListingThings.all(things.members(near, 3), Choice.FOR),
                        "整改。",
                        List.of()))
                .hasMessageContaining("至少要 5 人");
        var before = things.at(ListingState.NOTICED, near);
        var due = listings.find(before).orElseThrow().dueAt;
        clock.set(CivilTime.at(today.plusDays(1), LocalTime.of(10, 0)));
        var after = things.at(ListingState.NOTICED, near);
        assertThat(listings.find(before).orElseThrow().dueAt).isEqualTo(due);
        assertThat(listings.find(after).orElseThrow().dueAt).isAfter(due.plusSeconds(5 * 86_400));
    }

    @Test
    void a_basis_ends_from_a_day_on_and_the_page_shows_every_version() throws Exception {
        var law = things.law(near, true, true);
        var id = things.listedOn(near, law.basis());
        assertThat(send(town.far(), law.basis(), today.plusDays(3))).isEqualTo(404);
        assertThat(send(near, law.basis(), today)).as("not on its first day").isEqualTo(422);
        assertThat(send(near, law.basis(), today.plusDays(3))).isEqualTo(303);
        assertThat(book.basis(law.basis()).orElseThrow().holds()).isTrue();
        clock.set(CivilTime.at(today.plusDays(3), LocalTime.of(0, 1)));
        assertThat(book.basis(law.basis()).orElseThrow().holds()).isFalse();
        assertThat(book.bases(area)).extracting(ListingBook.Basis::id).doesNotContain(law.basis());
        assertThat(listings.find(id).orElseThrow().basis)
                .as("the listing still says on what it rested")
                .isEqualTo(law.basis());
        terms.set(near.housingDesk(), ordinary(2, 6, today.plusDays(4)));
        var page = mvc.perform(get("/listings/rules/set?what=term").with(as(near.housingDesk())))
                .andReturn()
                .getResponse()
                .getContentAsString();
        assertThat(page).contains("2 个月到 6 个月", "某市办法第三条", "国办发〔2025〕22号");
    }

    private int send(Town.Side side, long basis, LocalDate until) throws Exception {
        return mvc.perform(post("/listings/rules/bases/" + basis + "/end")
                        .param("until", until.toString())
                        .with(as(side.housingDesk()))
                        .with(csrf()))
                .andReturn()
                .getResponse()
                .getStatus();
    }
}

package org.hemei.evaluation.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.UUID;
import org.hemei.evaluation.listing.ListingRules.Name;
import org.hemei.evaluation.listing.Votes.Choice;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.notice.Notices;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A day of service that was written down wrongly is put right, and a company loses nothing by it; nor by rules that change meanwhile. */
@HemeiTest
class ListingServiceDayTest {

    private static final LocalDate MONDAY = LocalDate.of(2032, 3, 1);

    @Autowired
    private Towns towns;

    @Autowired
    private ListingThings things;

    @Autowired
    private ListingDesk desk;

    @Autowired
    private ServiceDesk services;

    @Autowired
    private TermDesk terms;

    @Autowired
    private ListingRules rules;

    @Autowired
    private ListingDue due;

    @Autowired
    private Listings listings;

    @Autowired
    private ListingSheets sheets;

    @Autowired
    private Pump pump;

    @Autowired
    private Notices notices;

    @Autowired
    private MovableClock clock;

    private Town town;
    private Town.Side near;
    private Reader bureau;
    private Reader manager;

    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
        bureau = near.housingDesk();
        on(MONDAY);
        manager = things.speaksFor(near, near.company());
    }

    @AfterEach
    void putBack() {
        clock.reset();
    }

    private void on(LocalDate day) {
        clock.set(CivilTime.at(day, LocalTime.of(10, 0)));
        due.run();
    }

    private Listing listing(long id) {
        return listings.find(id).orElseThrow();
    }

    private void correct(long id, LocalDate day) {
        services.correct(bureau, id, things.version(id), day, "回证上写的是这一天。", sheets.scan(bureau, near));
    }

    private Instant end(LocalDate day, int workingDays) {
        return rules.after(day, workingDays == 10 ? Name.DEFENCE_DAYS : Name.OBJECT_DAYS, listing(0, near));
    }

    private static Listing listing(long id, Town.Side side) {
        return new Listing(
                id, side.company(), ListingThings.area(side), new Ground(2030, 1, 2031, 1), 0, ListingState.PROPOSED);
    }

    /** Proposed and given notice of on the Monday, and said to have been served on another day. */
    private long noticed(LocalDate served) {
        var id = things.proposed(near.company());
        desk.notify(bureau, id, 0, Weight.ORDINARY, things.basis(near), "两年不合格。", List.of());
        clock.set(CivilTime.at(served, LocalTime.of(11, 0))); // not before its years were final
        things.deliver(id, near);
        return id;
    }

    @Test
    void a_later_day_gives_the_company_its_time_back_and_an_earlier_one_takes_none() {
        var id = noticed(MONDAY.plusDays(1));
        var until = listing(id).dueAt;
        assertThat(until).isEqualTo(end(MONDAY.plusDays(1), 10));
        correct(id, MONDAY);
        assertThat(listing(id).noticedOn).isEqualTo(MONDAY);
        assertThat(listing(id).dueAt).as("it was told of that end").isEqualTo(until);
        on(MONDAY.plusDays(7));
        correct(id, MONDAY.plusDays(7));
        assertThat(listing(id).dueAt).isEqualTo(end(MONDAY.plusDays(7), 10)).isAfter(until);
        assertThat(listing(id).state).isEqualTo(ListingState.NOTICED);
        pump.run();
        assertThat(notices.list(manager, null, 20))
                .filteredOn(notice -> notice.title().equals("送达日更正了，期限也跟着改了"))
                .hasSize(2);
    }

    @Test
    void a_defence_that_was_over_too_early_opens_again_whole_also_after_the_decision() {
        var id = noticed(MONDAY);
        var closed = CivilTime.date(listing(id).dueAt).plusDays(1);
        on(closed);
        assertThat(listing(id).state).isEqualTo(ListingState.HEARD);
        correct(id, MONDAY.plusDays(3));
        assertThat(listing(id).state).isEqualTo(ListingState.NOTICED);
        assertThat(listing(id).dueAt)
                .as("the whole time again, from tomorrow on")
                .isEqualTo(end(closed, 10));
        desk.state(manager, id, things.version(id), "这次来得及说了。", List.of());

        on(CivilTime.date(listing(id).dueAt).plusDays(1));
        things.list(id, near, Choice.FOR);
        var decided = listing(id);
        assertThat(decided.state).isEqualTo(ListingState.DECIDED);
        correct(id, MONDAY.plusDays(2));
        assertThat(listing(id).state).as("an earlier day changes nothing else").isEqualTo(ListingState.DECIDED);
        correct(id, MONDAY.plusDays(4));
        var again = listing(id);
        assertThat(again.state).isEqualTo(ListingState.NOTICED);
        assertThat(again.decidedOn).isNull();
        assertThat(again.decideDue).isNull();
        pump.run();
        assertThat(notices.list(manager, null, 20))
                .extracting(notice -> notice.title())
                .contains("告知书的送达日更正了，陈述申辩的期限重新算")
                .noneMatch(title -> title.contains("决定列入"));
    }

    @Test
    void a_decision_served_on_another_day_ends_no_later_than_it_was_told_and_can_be_objected_to_again() {
        var id = noticed(MONDAY);
        on(CivilTime.date(listing(id).dueAt).plusDays(1));
        things.list(id, near, Choice.FOR);
        var decided = listing(id).decidedOn;
        on(decided.plusDays(10));
        desk.serve(bureau, id, things.version(id), decided.plusDays(4), "邮寄", List.of());
        var most = listing(id).mostLast;
        var until = listing(id).objectUntil;

        correct(id, decided.plusDays(8));
        assertThat(listing(id).listedOn).isEqualTo(decided.plusDays(8));
        assertThat(listing(id).mostLast).as("published since the earlier day").isEqualTo(most);
        assertThat(listing(id).objectUntil)
                .isEqualTo(end(decided.plusDays(8), 20))
                .isAfter(until);

        correct(id, decided.plusDays(6));
        assertThat(listing(id).mostLast)
                .as("put right once more, it still counts from the first")
                .isEqualTo(most);

        correct(id, decided.plusDays(2));
        assertThat(listing(id).mostLast).isEqualTo(decided.plusDays(2).plusYears(1));
        assertThat(listing(id).leastLast).isEqualTo(decided.plusDays(2).plusMonths(3));
        var late = CivilTime.date(listing(id).objectUntil).plusDays(1);
        on(late);
        correct(id, decided.plusDays(9));
        assertThat(listing(id).objectUntil).as("over, so the whole time again").isEqualTo(end(late, 20));
        desk.object(manager, id, things.version(id), "样本不对。", List.of());
    }

    @Test
    void what_is_put_right_is_another_day_that_can_be_and_its_receipt_comes_along() {
        var id = noticed(MONDAY.plusDays(1));
        assertThatThrownBy(() -> services.correct(bureau, id, things.version(id), null, " ", List.of()))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        no -> assertThat(no.reasons())
                                .extracting(Refusal.Reason::field)
                                .containsExactly("servedOn", "words", "photos"));
        assertThatThrownBy(() -> correct(id, MONDAY.plusDays(1))).hasMessageContaining("和记的一样");
        assertThatThrownBy(() -> correct(id, MONDAY.minusDays(1))).hasMessageContaining("不能早于告知的那天");
        assertThatThrownBy(() -> correct(id, MONDAY.plusDays(2))).hasMessageContaining("今天以后");
        assertThatThrownBy(() ->
                        services.correct(manager, id, things.version(id), MONDAY, "我说的。", List.of(UUID.randomUUID())))
                .hasMessageContaining("归主管部门办");
        var unserved = things.proposed(things.company(near));
        desk.notify(bureau, unserved, 0, Weight.ORDINARY, things.basis(near), "两年不合格。", List.of());
        assertThatThrownBy(() -> correct(unserved, MONDAY.plusDays(1))).hasMessageContaining("还没有送达");
    }

    @Test
    void a_case_goes_by_the_numbers_of_its_notice() {
        var id = things.proposed(near.company());
        desk.notify(bureau, id, 0, Weight.ORDINARY, things.basis(near), "两年不合格。", List.of());
        var area = ListingThings.area(near);
        terms.set(bureau, new TermDesk.Number(area, Name.DEFENCE_DAYS, 3, "某办法第五条", MONDAY));
        terms.set(bureau, new TermDesk.Number(area, Name.MEMBERS, 5, "某办法第六条", MONDAY));
        assertThat(rules.of(Name.DEFENCE_DAYS, area)).isEqualTo(3);
        assertThat(rules.of(Name.DEFENCE_DAYS, listing(id)))
                .as("ten stood on the notice")
                .isEqualTo(10);
        things.deliver(id, near);
        var kept = listing(id).dueAt;
        on(CivilTime.date(kept).plusDays(1));
        assertThat(listing(id).state).isEqualTo(ListingState.HEARD);
        things.list(id, near, Choice.FOR);
        assertThat(listing(id).state)
                .as("three were enough when it was noticed")
                .isEqualTo(ListingState.DECIDED);

        var later = things.proposed(things.company(near));
        desk.notify(bureau, later, 0, Weight.ORDINARY, things.basis(near), "两年不合格。", List.of());
        assertThat(rules.of(Name.DEFENCE_DAYS, listing(later))).isEqualTo(3);
    }
}

package org.hemei.evaluation.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hemei.evaluation.listing.Votes.Choice;
import org.hemei.evaluation.listing.Votes.Vote;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.WorkCalendar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The edges: last days of defence, of the minimum and of the maximum term, votes that are just enough. */
class ListingTest {

    private static final Set<Party> BUREAU = EnumSet.of(Party.BUREAU);
    private static final Set<Party> COMPANY = EnumSet.of(Party.COMPANY);
    private static final Set<Party> CLOCK = EnumSet.of(Party.CLOCK);
    private static final LocalDate LISTED = LocalDate.of(2026, 1, 15);
    private static final Instant LATER = Instant.parse("2030-01-01T00:00:00Z");

    private static Listing noticed(Instant until) {
        var listing = new Listing(1, 7, "340111", new Ground(2024, 1, 2025, 1), 1, ListingState.PROPOSED);
        listing.notify(BUREAU, Weight.ORDINARY, 1, new Weight.Term(3, 12, ""), listing.ground, LATER);
        listing.hearing().deliver(BUREAU, LISTED, LISTED, LISTED, until);
        return listing;
    }

    private static Listing listed(LocalDate day, Weight.Term term) {
        var listing = noticed(Instant.EPOCH);
        listing.hearing().closeDefence(CLOCK, Instant.EPOCH.plusSeconds(1), LATER);
        listing.term = term;
        listing.decide(BUREAU, new Votes(List.of(new Vote(1, Choice.FOR, ""))), day, LATER);
        listing.serve(BUREAU, day, day, LATER);
        return listing;
    }

    @Test
    void the_company_is_heard_up_to_the_last_moment_of_the_last_working_day() {
        // 2026-09-21 is a Monday; its working days go on to Friday the 25th, which is a holiday (中秋)
        var calendar = new WorkCalendar(Map.of(LocalDate.of(2026, 9, 25), false), LocalDate.of(2026, 12, 31));
        var until = calendar.after(CivilTime.startOf(LocalDate.of(2026, 9, 21)), 5);
        assertThat(until).isEqualTo(CivilTime.at(LocalDate.of(2026, 9, 29), LocalTime.of(17, 30)));
        var listing = noticed(until);
        listing.hearing().state(COMPANY, until);
        assertThatThrownBy(() -> listing.hearing().state(COMPANY, until.plusSeconds(1)))
                .hasMessageContaining("已经过了");
        assertThatThrownBy(() -> listing.hearing().closeDefence(CLOCK, until, LATER))
                .hasMessageContaining("还没过");
        listing.hearing().closeDefence(CLOCK, until.plusSeconds(1), LATER);
        assertThat(listing.state).isEqualTo(ListingState.HEARD);
    }

    @ParameterizedTest(name = "listed {0}, {1} to {2} months: repair after {3}, published through {4}")
    @CsvSource({
        "2026-01-15, 3, 12, 2026-04-15, 2027-01-15",
        "2025-11-30, 3, 12, 2026-02-28, 2026-11-30",
        "2028-02-29, 12, 36, 2029-02-28, 2031-02-28",
        "2026-08-31, 3, 12, 2026-11-30, 2027-08-31",
    })
    void terms_end_with_the_same_day_of_their_last_month(
            LocalDate day, int least, int most, LocalDate leastLast, LocalDate mostLast) {
        var listing = listed(day, new Weight.Term(least, most, ""));
        assertThat(listing.leastLast).isEqualTo(leastLast);
        assertThat(listing.mostLast).isEqualTo(mostLast);
        assertThatThrownBy(() -> listing.listed().applyRepair(COMPANY, leastLast, LATER))
                .hasMessageContaining("第二天起");
        listing.listed().applyRepair(COMPANY, leastLast.plusDays(1), LATER);
        assertThatThrownBy(() -> listing.listed().expire(CLOCK, mostLast)).hasMessageContaining("最长期限");
        listing.listed().expire(CLOCK, mostLast.plusDays(1));
        assertThat(listing.endedOn).isEqualTo(mostLast);
        assertThat(listing.state).isEqualTo(ListingState.EXPIRED);
    }

    @Test
    void a_repair_asked_for_on_the_last_day_ends_with_the_publication() {
        var listing = listed(LISTED, new Weight.Term(3, 12, ""));
        var last = LocalDate.of(2027, 1, 15);
        listing.listed().applyRepair(COMPANY, last, LATER);
        assertThatThrownBy(() -> listing.listed().verify(BUREAU, last.plusDays(1), true))
                .hasMessageContaining("公示已经结束");
        listing.listed().expire(CLOCK, last.plusDays(1));
        assertThat(listing.dueAt).isNull();
        var late = listed(LISTED, new Weight.Term(3, 12, ""));
        assertThatThrownBy(() -> late.listed().applyRepair(COMPANY, last.plusDays(1), LATER))
                .hasMessageContaining("公示已经结束");
    }

    @Test
    void nothing_is_removed_that_was_found_not_mended() {
        var listing = listed(LISTED, new Weight.Term(3, 12, ""));
        var day = LocalDate.of(2026, 5, 1);
        listing.listed().applyRepair(COMPANY, day, LATER);
        listing.listed().verify(BUREAU, day, false);
        assertThatThrownBy(() -> listing.listed().remove(BUREAU, day)).hasMessageContaining("没有整改到位");
        listing.listed().refuseRepair(BUREAU, day);
        assertThat(listing.state).isEqualTo(ListingState.LISTED);
        listing.listed().applyRepair(COMPANY, day.plusDays(1), LATER);
        listing.listed().verify(BUREAU, day.plusDays(2), true);
        listing.listed().remove(BUREAU, day.plusDays(3));
        assertThat(listing.state).isEqualTo(ListingState.REMOVED);
    }

    @Test
    void a_ground_that_falls_ends_a_case_before_service_and_revokes_it_afterwards() {
        var before = noticed(LATER);
        before.groundFell(EnumSet.of(Party.EXAMINATION), LISTED);
        assertThat(before.state).isEqualTo(ListingState.DROPPED);
        var after = listed(LISTED, new Weight.Term(3, 12, ""));
        after.listed().expire(CLOCK, LocalDate.of(2027, 1, 16));
        after.groundFell(EnumSet.of(Party.EXAMINATION), LocalDate.of(2027, 3, 1));
        assertThat(after.state).as("even when it had ended by itself").isEqualTo(ListingState.REVOKED);
    }

    @Test
    void a_company_objects_once_and_in_time() {
        var listing = listed(LISTED, new Weight.Term(3, 12, ""));
        assertThatThrownBy(() -> listing.listed().object(COMPANY, LATER.plusSeconds(1), LATER))
                .hasMessageContaining("异议期");
        listing.listed().object(COMPANY, LATER, LATER);
        assertThatThrownBy(() -> listing.listed().object(COMPANY, LATER, LATER)).hasMessageContaining("正在审查");
        listing.listed().denyObjection(BUREAU);
        assertThatThrownBy(() -> listing.listed().object(COMPANY, LATER, LATER)).hasMessageContaining("审查过了");
        assertThatThrownBy(() -> listing.listed().uphold(BUREAU, LISTED)).isInstanceOf(Refusal.class);
    }

    @Test
    void a_decision_written_down_again_was_made_on_its_day_and_what_is_spared_is_not_served() {
        var listing = noticed(Instant.EPOCH);
        listing.hearing().closeDefence(CLOCK, Instant.EPOCH.plusSeconds(1), LATER);
        var yes = new Votes(List.of(new Vote(1, Choice.FOR, "")));
        var no = new Votes(List.of(new Vote(1, Choice.AGAINST, "")));
        listing.decide(BUREAU, yes, LISTED, LATER);
        assertThatThrownBy(() -> listing.decide(BUREAU, no, LISTED, LATER)).hasMessageContaining("已经集体决定了");
        for (var votes : List.of(no, no, yes)) {
            listing.contested = true;
            listing.decide(BUREAU, votes, LISTED.plusDays(9), LATER);
            assertThat(listing.decidedOn).isEqualTo(LISTED);
            assertThat(listing.serveDue == null).isEqualTo(votes == no);
            assertThat(listing.endedOn == null).isEqualTo(votes == yes);
        }
    }

    @ParameterizedTest(name = "{0} for, {1} against: {2}")
    @CsvSource({"2, 1, true", "1, 1, false", "2, 2, false", "3, 2, true", "0, 3, false"})
    void more_than_half_of_those_who_vote_carry_it(int agreeing, int refusing, boolean carried) {
        var members = new java.util.ArrayList<Vote>();
        for (int i = 0; i < agreeing; i++) {
            members.add(new Vote(i, Choice.FOR, ""));
        }
        for (int i = 0; i < refusing; i++) {
            members.add(new Vote(50 + i, Choice.AGAINST, ""));
        }
        members.add(new Vote(99, Choice.RECUSED, "亲属在这家企业工作"));
        assertThat(new Votes(members).carried()).isEqualTo(carried);
    }

    @Test
    void too_few_members_strangers_and_those_with_an_interest_are_refused_all_at_once() {
        var votes = new Votes(List.of(
                new Vote(1, Choice.FOR, ""),
                new Vote(1, Choice.FOR, ""),
                new Vote(2, Choice.FOR, ""),
                new Vote(3, Choice.RECUSED, "")));
        assertThat(votes.wrong(5, Set.of(1L, 2L, 3L), Set.of(2L)))
                .extracting(Refusal.Reason::words)
                .anySatisfy(words -> assertThat(words).contains("不能参加"))
                .anySatisfy(words -> assertThat(words).contains("利害关系"))
                .anySatisfy(words -> assertThat(words).contains("回避的请写为什么"))
                .anySatisfy(words -> assertThat(words).contains("至少要 5 人"));
        assertThat(new Votes(List.of(
                                new Vote(1, Choice.FOR, ""),
                                new Vote(2, Choice.RECUSED, "曾在这家企业任职"),
                                new Vote(3, Choice.AGAINST, "")))
                        .wrong(2, Set.of(1L, 2L, 3L), Set.of(2L)))
                .isEmpty();
    }
}

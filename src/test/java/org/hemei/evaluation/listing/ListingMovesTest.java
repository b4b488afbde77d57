package org.hemei.evaluation.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.hemei.evaluation.listing.Votes.Choice;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The table is the whole truth: what it lists works, everything else is refused and changes nothing. */
class ListingMovesTest {

    private static final LocalDate DAY = LocalDate.of(2026, 6, 15);
    private static final Instant NOW = CivilTime.startOf(DAY).plusSeconds(36_000);
    private static final Set<Party> ANYBODY = EnumSet.allOf(Party.class);
    private static final Ground GROUND = new Ground(2024, 1, 2025, 1);
    private static final LocalDate LONG_AGO = DAY.minusYears(1);
    private static final ServiceDay.Ends ENDS = new ServiceDay.Ends(NOW.plusSeconds(60), NOW.plusSeconds(60));
    private static final Votes FOR = votes(Choice.FOR);
    private static final Votes AGAINST = votes(Choice.AGAINST);

    private static Votes votes(Choice choice) {
        return new Votes(List.of(
                new Votes.Vote(1, choice, ""), new Votes.Vote(2, choice, ""), new Votes.Vote(3, Choice.FOR, "")));
    }

    @Test
    void every_row_leads_where_the_table_says() {
        for (var row : ListingMoves.rows()) {
            var listing = at(row.from(), row.verb());
            var step = perform(listing, row.verb(), row.who());
            assertThat(listing.state).as("%s", row).isEqualTo(row.to());
            assertThat(step).isEqualTo(new Listing.Step(6, row.verb(), row.from(), row.to()));
            assertThat(ListingMoves.open(listing.state, row.who()))
                    .allMatch(verb -> ListingMoves.find(listing.state, verb).isPresent());
        }
    }

    @Test
    void every_other_pair_is_refused_and_changes_nothing() {
        var listed = new HashSet<String>();
        ListingMoves.rows()
                .forEach(row -> assertThat(listed.add(row.from() + " " + row.verb()))
                        .as("%s stands once", row)
                        .isTrue());
        for (var state : ListingState.values()) {
            for (var verb : ListingVerb.values()) {
                if (verb == ListingVerb.PROPOSE || listed.contains(state + " " + verb)) {
                    continue;
                }
                // whether a fallen ground ends or revokes a case is told by its state
                if ((verb == ListingVerb.DROP || verb == ListingVerb.REVOKE)
                        && (listed.contains(state + " DROP") || listed.contains(state + " REVOKE"))) {
                    continue;
                }
                // and whether a later day of service opens a case again, by the time that is left
                if (verb == ListingVerb.REOPEN && listed.contains(state + " REDATE")) {
                    continue;
                }
                var listing = at(state, verb);
                assertThatThrownBy(() -> perform(listing, verb, ANYBODY))
                        .as("%s from %s", verb, state)
                        .isInstanceOf(Refusal.class);
                assertThat(listing.state).isEqualTo(state);
                assertThat(listing.version).isEqualTo(5);
            }
        }
    }

    @Test
    void each_verb_is_refused_to_everybody_the_row_does_not_name() {
        for (var row : ListingMoves.rows()) {
            var others = EnumSet.complementOf(EnumSet.copyOf(row.who()));
            var listing = at(row.from(), row.verb());
            assertThatThrownBy(() -> perform(listing, row.verb(), others))
                    .as("%s by %s", row, others)
                    .isInstanceOf(Refusal.class);
            assertThat(listing.state).isEqualTo(row.from());
        }
    }

    @Property(tries = 400)
    void no_sequence_of_verbs_lists_without_a_notice_a_decision_and_its_service(
            @ForAll @Size(max = 30) List<@IntRange(max = 60) Integer> picks) {
        var listing = new Listing(1, 7, "340111", GROUND, 0, ListingState.PROPOSED);
        listing.dueAt = NOW.plusSeconds(60);
        var done = new java.util.ArrayList<ListingVerb>();
        for (var pick : picks) {
            // half of them a verb that is open, so that many get far; the others any
            var open = pick % 2 == 0 ? ListingMoves.open(listing.state, ANYBODY) : List.of(ListingVerb.values());
            if (open.isEmpty()) {
                break;
            }
            var verb = open.get(pick / 2 % open.size());
            if (verb == ListingVerb.PROPOSE) {
                continue;
            }
            try {
                var step = perform(listing, verb, ANYBODY);
                done.add(step.verb());
                assertThat(listing.version).isEqualTo(done.size());
                assertThat(ListingMoves.find(step.from(), step.verb()))
                        .hasValueSatisfying(row -> assertThat(row.to()).isEqualTo(step.to()));
            } catch (Refusal no) {
                continue;
            }
            if (listing.published()) {
                assertThat(done)
                        .containsSubsequence(
                                ListingVerb.NOTIFY,
                                ListingVerb.DELIVER,
                                ListingVerb.CLOSE_DEFENCE,
                                ListingVerb.LIST,
                                ListingVerb.SERVE);
            }
            assertThat(listing.endedOn != null).isEqualTo(listing.state.ended());
            assertThat(listing.suspended && (!listing.state.inForce() || !listing.appeal.runs()))
                    .as("only what is in force is suspended, and only while somebody looks at it")
                    .isFalse();
            if (listing.state.owed()) {
                assertThat(listing.dueAt).isNotNull();
            }
        }
    }

    private static Listing at(ListingState state, ListingVerb verb) {
        var listing = new Listing(1, 7, "340111", GROUND, 5, state);
        listing.weight = Weight.ORDINARY;
        listing.basis = 1L;
        listing.dueAt = verb == ListingVerb.CLOSE_DEFENCE ? NOW.minusSeconds(1) : NOW.plusSeconds(60);
        listing.term = new Weight.Term(3, 12, "");
        listing.decidedOn = DAY.minusMonths(5);
        listing.noticedOn = verb == ListingVerb.DELIVER ? null : DAY.minusMonths(6);
        listing.heardUntil = verb == ListingVerb.STATE ? NOW.plusSeconds(60) : NOW.minusSeconds(1);
        listing.contested = (state == ListingState.DECIDED || state == ListingState.SPARED)
                && (verb == ListingVerb.LIST || verb == ListingVerb.SPARE);
        if (state.inForce() || state == ListingState.REMOVED || state == ListingState.EXPIRED) {
            listing.listedOn = verb == ListingVerb.EXPIRE ? DAY.minusMonths(13) : DAY.minusMonths(4);
            listing.leastLast = listing.term.leastLast(listing.listedOn);
            listing.mostLast = listing.term.mostLast(listing.listedOn);
            listing.objectUntil = NOW.plusSeconds(60);
        }
        listing.mended = true;
        listing.appeal = verb == ListingVerb.APPEAL_OVER || verb == ListingVerb.SUSPEND ? Appeal.SUIT : Appeal.NONE;
        listing.suspended = verb == ListingVerb.RESUME;
        listing.overturnAsked = verb == ListingVerb.DENY_OVERTURN ? 2L : null;
        listing.declineAsked = verb == ListingVerb.DECLINE ? 2L : null;
        listing.objection = verb == ListingVerb.DENY_OBJECTION || verb == ListingVerb.REVOKE
                ? Listing.Objection.OPEN
                : Listing.Objection.NONE;
        return listing;
    }

    private static LocalDate dayBefore(@Nullable LocalDate day) {
        return day == null ? DAY : day.minusDays(1);
    }

    private static Listing.Step perform(Listing listing, ListingVerb verb, Set<Party> who) {
        var due = NOW.plusSeconds(86_400);
        var term = new Weight.Term(3, 12, "");
        return switch (verb) {
            case PROPOSE -> throw new IllegalArgumentException("a case begins by it");
            case NOTIFY -> listing.notify(who, Weight.ORDINARY, 1, term, GROUND, due);
            case DELIVER -> listing.hearing().deliver(who, DAY, DAY, DAY, NOW.minusSeconds(1));
            case CORRECT -> listing.correct(who, GROUND);
            case REDATE ->
                listing.published()
                        ? ServiceDay.ofDecision(listing, who, dayBefore(listing.listedOn), NOW, ENDS)
                        : ServiceDay.ofNotice(listing, who, dayBefore(listing.noticedOn), LONG_AGO, NOW, ENDS);
            case REOPEN -> ServiceDay.ofNotice(listing, who, DAY, LONG_AGO, NOW, ENDS);
            case STATE -> listing.hearing().state(who, NOW);
            case CLOSE_DEFENCE -> listing.hearing().closeDefence(who, NOW, due);
            case LIST -> listing.decide(who, FOR, DAY, due);
            case SPARE -> listing.decide(who, AGAINST, DAY, due);
            case SERVE -> listing.serve(who, DAY, DAY, due);
            case APPLY_REPAIR -> listing.listed().applyRepair(who, DAY, due);
            case WITHDRAW_REPAIR -> listing.listed().withdrawRepair(who, DAY);
            case VERIFY -> listing.listed().verify(who, DAY, true);
            case REMOVE -> listing.listed().remove(who, DAY);
            case REFUSE_REPAIR -> listing.listed().refuseRepair(who, DAY);
            case OBJECT -> listing.listed().object(who, NOW, due);
            case DENY_OBJECTION -> listing.listed().denyObjection(who);
            case REVOKE ->
                who.contains(Party.EXAMINATION)
                        ? listing.groundFell(who, DAY)
                        : listing.listed().uphold(who, DAY);
            case APPEAL -> listing.listed().appeal(who, Appeal.SUIT);
            case APPEAL_OVER -> listing.listed().appealOver(who);
            case SUSPEND -> listing.listed().suspend(who);
            case RESUME -> listing.listed().resume(who);
            case ASK_OVERTURN -> listing.listed().askOverturn(who);
            case DENY_OVERTURN -> listing.listed().denyOverturn(who);
            case ASK_DECLINE -> listing.askDecline(who);
            case DECLINE -> listing.decline(who, 1, DAY);
            case DROP -> listing.groundFell(who, DAY);
            case EXPIRE -> listing.listed().expire(who, DAY);
        };
    }
}

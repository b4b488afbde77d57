package org.hemei.workorder.resident;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hemei.platform.web.Ui;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.Standing;
import org.hemei.workorder.Transitions;
import org.hemei.workorder.Urgency;
import org.hemei.workorder.Verb;
import org.hemei.workorder.clock.OrderTiming;
import org.hemei.workorder.dispute.OrderAround;
import org.jspecify.annotations.Nullable;

/**
 * One order as its resident reads it: the reporter in full, a neighbour who joined without the reporter's words, photos
 * and door.
 */
record ResidentOrder(
        OrderId id,
        Facts facts,
        boolean own,
        List<Event> events,
        List<Helper> helpers,
        List<Photo> photos,
        Terms terms,
        OrderAround around,
        @Nullable ResidentOrder kept,
        OrderTiming timing) {

    record Facts(
            int version,
            OrderState state,
            Urgency urgency,
            String title,
            String words,
            String place,
            String estate,
            @Nullable String building,
            @Nullable String unit,
            String category,
            boolean anonymous,
            @Nullable String holder,
            boolean backstop,
            boolean street,
            int round,
            int joined,
            Instant submittedAt,
            @Nullable Instant dueAt,
            @Nullable Instant contactDue,
            @Nullable Instant contactedAt,
            boolean contactDenied,
            @Nullable Boolean solved,
            @Nullable Integer satisfied,
            @Nullable OrderId kept) {}

    /** One step of the history that a resident may know. */
    record Event(
            Instant at,
            Verb verb,
            Standing as,
            boolean byReader,
            @Nullable String who,
            @Nullable String body,
            @Nullable Instant dueAt,
            @Nullable String words,
            @Nullable String how,
            @Nullable String elsewhere,
            @Nullable Integer satisfied,
            @Nullable String level,
            @Nullable String timer,
            @Nullable String until,
            boolean goesOn,
            List<String> corrected) {}

    record Helper(
            String body,
            String what,
            String state,
            Instant dueAt,
            @Nullable String result) {

        boolean open() {
            return state.equals("asked") || state.equals("accepted");
        }

        String stands() {
            return switch (state) {
                case "asked" -> "还没接";
                case "accepted" -> "已接，在办";
                case "declined" -> "没接";
                case "done" -> "已完成";
                default -> "不用办了";
            };
        }
    }

    record Photo(UUID id, String purpose, Instant at) {}

    /** Deadlines in words, by the rules in force. @param ratingOver whether it ended so long ago that nobody rates it any more */
    record Terms(String resolve, String verify, String rate, boolean calendarKnown, boolean ratingOver) {}

    Set<Verb> verbs() {
        return Transitions.open(facts.state, Set.of(own ? Standing.REPORTER : Standing.JOINER));
    }

    boolean may(Verb verb) {
        return verbs().contains(verb);
    }

    /** The rating form is open: the work was verified, or the answer has not been rated yet. */
    boolean mayRate() {
        return own
                && may(Verb.RATE)
                && facts.solved == null
                && !terms.ratingOver
                && (facts.state != OrderState.MERGED || keptHasResult());
    }

    /** Who was merged into another order rates its result for themselves, once there is one. */
    private boolean keptHasResult() {
        return kept != null
                && !kept.terms.ratingOver
                && switch (kept.facts.state) {
                    case AWAITING_RATING, CLOSED, CLOSED_UNRATED, ANSWERED -> true;
                    default -> false;
                };
    }

    /** Once said, it is the neighbours' matter, and the community ends it. */
    boolean mayWithdraw() {
        return own
                && may(Verb.WITHDRAW)
                && (facts.joined == 0 || events.stream().noneMatch(event -> event.verb == Verb.WITHDRAW));
    }

    boolean mayDenyContact() {
        return may(Verb.DENY_CONTACT) && facts.contactedAt != null && !facts.contactDenied;
    }

    String number() {
        return id.number(facts.submittedAt);
    }

    /** A neighbour reads the building, never the door. */
    String where() {
        var where = new StringBuilder(facts.estate);
        if (facts.building != null) {
            where.append(' ').append(facts.building);
        }
        if (own && facts.unit != null) {
            where.append(' ').append(facts.unit);
        }
        if (own && !facts.place.isBlank()) {
            where.append(' ').append(facts.place);
        }
        return where.toString();
    }

    String chip() {
        return mayRate() && facts.state == OrderState.AWAITING_RATING ? "等您评价" : facts.state.words();
    }

    @Nullable
    Boolean answered() {
        if (facts.state == OrderState.ANSWERED || facts.state == OrderState.REJECTED) {
            return true;
        }
        if (facts.state == OrderState.MERGED && kept != null) {
            return kept.answered();
        }
        return facts.contactDenied ? Boolean.FALSE : facts.contactedAt != null ? Boolean.TRUE : null;
    }

    @Nullable
    Boolean solved() {
        return facts.solved != null ? facts.solved : facts.round > 1 ? Boolean.FALSE : null;
    }

    /** What the resident reads where nobody has said whether it is solved. */
    String solvedWords() {
        var solved = solved();
        if (solved != null) {
            return solved ? "已解决" : "没解决";
        }
        return switch (facts.state) {
            case AWAITING_RATING -> own ? "等您说" : "等点单人说";
            case CLOSED_UNRATED, ANSWERED -> "没人说";
            case MERGED -> kept == null ? "没办" : mayRate() ? "等您说" : kept.solvedWords();
            case REJECTED, WITHDRAWN -> "没办";
            default -> "还没解决";
        };
    }

    /** 4 and 5 are satisfied, 1 and 2 are not; 3 is neither. */
    @Nullable
    Boolean satisfied() {
        var mark = facts.satisfied;
        return mark == null || mark == 3 ? null : (Boolean) (mark > 3);
    }

    String satisfiedWords() {
        var mark = facts.satisfied;
        if (mark == null) {
            return facts.state.open() ? "还没评价" : "没评价";
        }
        return mark == 3 ? "一般" : mark > 3 ? "满意" : "不满意";
    }

    /** What falls due next: the first contact until it is made, else the step the order stands at. */
    @Nullable
    Instant due() {
        var contact = facts.contactDue;
        var step = facts.dueAt;
        return contactOpen() && contact != null && step != null && contact.isBefore(step) ? contact : step;
    }

    boolean contactOpen() {
        return facts.state.inHand() && (facts.contactedAt == null || facts.contactDenied) && facts.contactDue != null;
    }

    Ui.@Nullable Clock clock(Instant now) {
        var stop = timing.stop();
        if (stop != null) {
            return stop.clock();
        }
        var due = due();
        return due == null || !facts.state.open() ? null : Ui.clock(due, clockSince(), now);
    }

    private Instant clockSince() {
        return events.stream()
                .filter(event -> event.verb != Verb.REMARK && event.verb != Verb.URGE)
                .map(Event::at)
                .reduce((earlier, later) -> later)
                .orElse(facts.submittedAt);
    }
}

package org.hemei.workorder.desk;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.Channel;
import org.hemei.workorder.InstructionDesk;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.Standing;
import org.hemei.workorder.Standings;
import org.hemei.workorder.Urgency;
import org.hemei.workorder.Verb;
import org.hemei.workorder.clock.OrderTiming;
import org.hemei.workorder.dispute.OrderAround;
import org.jspecify.annotations.Nullable;

/**
 * One order as somebody on duty may see it. What the reader must not know was left out when it was read: of an anonymous
 * order the company and the helpers get the building, and no name, no unit, no phone.
 */
public record OrderView(
        OrderId id,
        Head head,
        Clocks clocks,
        List<StepLine> steps,
        List<AssistLine> assists,
        List<Photo> photos,
        Set<Standing> standings,
        Set<Verb> verbs,
        OrderAround around,
        OrderTiming timing,
        Instant now) {

    record Head(
            int version,
            OrderState state,
            Urgency urgency,
            String title,
            String words,
            String place,
            long estateId,
            String estate,
            @Nullable String building,
            @Nullable String unit,
            String communityCode,
            String community,
            String categoryCode,
            String category,
            String branch,
            Channel channel,
            @Nullable String reporter,
            boolean anonymous,
            boolean phone,
            @Nullable Long holderId,
            @Nullable String holder,
            boolean backstop,
            @Nullable Long assigneeId,
            @Nullable String assignee,
            int round,
            int joined,
            int urged,
            boolean supervised,
            @Nullable OrderId kept) {

        /** Somebody without an account phoned or came, and is asked by phone. */
        boolean called() {
            return channel == Channel.PHONE || channel == Channel.WALK_IN || channel == Channel.HOTLINE;
        }
    }

    /** @param assumed whether a deadline lies past the official calendar, so that Monday to Friday was counted */
    record Clocks(
            Instant submittedAt,
            @Nullable Instant dueAt,
            @Nullable Instant contactDue,
            @Nullable Instant resolveDue,
            @Nullable Instant contactedAt,
            boolean contactDenied,
            boolean nobody,
            @Nullable Instant resolvedAt,
            @Nullable Instant closedAt,
            @Nullable Boolean solved,
            @Nullable Integer satisfied,
            boolean assumed) {}

    record Photo(UUID id, String purpose) {}

    /** A supervised order that is late is something street, district and city can make a task of. */
    boolean offersTask() {
        var pressed = around.supervision();
        return pressed != null
                && (standings.contains(Standing.STREET) || standings.contains(Standing.OVERSEER))
                && (!pressed.answered() && pressed.dueAt().isBefore(now)
                        || clocks.dueAt != null && clocks.dueAt.isBefore(now));
    }

    String number() {
        return id.number(clocks.submittedAt);
    }

    /** 梧桐苑 4 幢 1 单元 502 */
    String where() {
        var where = new StringBuilder(head.estate);
        if (head.building != null) {
            where.append(' ').append(head.building);
        }
        if (head.unit != null) {
            where.append(' ').append(head.unit);
        }
        return where.toString();
    }

    boolean may(Verb verb) {
        return verbs.contains(verb);
    }

    boolean is(Standing standing) {
        return standings.contains(standing);
    }

    boolean clockRuns() {
        return clocks.dueAt != null && head.state.open() && head.state != OrderState.AWAITING_RATING;
    }

    /** What falls due next: the first contact, until it is made, else the step the order stands at. */
    @Nullable
    Instant due() {
        var contact = clocks.contactDue;
        var due = clocks.dueAt;
        if (contact == null || due == null || !head.state.inHand() || !mustContact()) {
            return due;
        }
        return contact.isBefore(due) ? contact : due;
    }

    /** Whether it lies with a holder, who owes the first contact. */
    boolean held() {
        var phase = head.state.phase();
        return phase == OrderState.Phase.DISPATCHED || phase == OrderState.Phase.WORK;
    }

    List<Photo> photos(String purpose) {
        return photos.stream().filter(photo -> photo.purpose.equals(purpose)).toList();
    }

    String when(Instant at) {
        return CivilTime.brief(at, now);
    }

    String path() {
        return "/orders/" + id;
    }

    boolean late() {
        var due = due();
        return clockRuns() && due != null && due.isBefore(now);
    }

    /** The administration always knows; the company and helpers unless it is anonymous to them. */
    boolean knowsReporter() {
        return Standings.knowsReporter(standings);
    }

    /** Whoever has to reach the resident may ask for the number, with a reason; those above only read. */
    boolean mayPhone() {
        var reaches = is(Standing.COMMUNITY)
                || is(Standing.STREET)
                || (!head.anonymous && (is(Standing.MANAGER) || is(Standing.STAFF)));
        return head.phone && (head.state.open() || may(Verb.RATE)) && reaches;
    }

    boolean mustContact() {
        return !clocks.nobody && (clocks.contactedAt == null || clocks.contactDenied);
    }

    /** 回应: in time or late, it is an answer, unless the resident says there was none. */
    @Nullable
    Boolean answered() {
        if (clocks.contactedAt == null) {
            return null;
        }
        return !clocks.contactDenied;
    }

    @Nullable
    Boolean satisfied() {
        var stars = clocks.satisfied;
        return stars == null ? null : Boolean.valueOf(stars >= 4);
    }

    /** Whether the reader has something to do here that is not only a link. */
    boolean acts() {
        return may(Verb.DISPATCH) && head.holderId == null
                || may(Verb.GRANT_EXTENSION)
                || may(Verb.GRANT_SUSPENSION)
                || may(Verb.RESUME)
                || may(Verb.TAKE)
                || may(Verb.RESOLVE)
                || may(Verb.VERIFY)
                || may(Verb.RATE)
                || may(Verb.GRANT_RETURN)
                || may(Verb.RULE)
                || may(Verb.TAKE_TRANSFER)
                || may(Verb.ANSWER_SUPERVISION)
                || may(Verb.RETURN_ANSWER)
                || !marksToAnswer().isEmpty()
                || assists.stream().anyMatch(a -> a.mine() && a.open());
    }

    private static final List<Verb> LINKS = List.of(
            Verb.ASSIGN,
            Verb.ASK_HELP,
            Verb.CONTACT,
            Verb.ANSWER,
            Verb.MERGE,
            Verb.CORRECT,
            Verb.REJECT,
            Verb.DISPATCH,
            Verb.ASK_EXTENSION,
            Verb.ASK_SUSPENSION,
            Verb.REQUEST_RETURN,
            Verb.SHARE,
            Verb.REFER,
            Verb.OFFER_TRANSFER,
            Verb.RECALL_TRANSFER,
            Verb.UNMERGE,
            Verb.DENY_CONTACT,
            Verb.URGE,
            Verb.SUPERVISE,
            Verb.LIFT_SUPERVISION,
            Verb.INSTRUCT,
            Verb.REMARK,
            Verb.WITHDRAW);

    /** The forms behind a link; what has its button already is not said twice. */
    List<Verb> links() {
        return LINKS.stream()
                .filter(this::may)
                .filter(verb -> verb != Verb.DISPATCH || head.holderId != null)
                .filter(verb -> verb != Verb.REFER || head.state != OrderState.RETURN_REQUESTED)
                .filter(verb -> verb != Verb.CONTACT || !mustContact())
                .toList();
    }

    /** What was written at the last step of this kind. */
    @Nullable
    public String lastSaid(Verb verb) {
        return steps.stream()
                .filter(step -> step.verb() == verb && step.words() != null)
                .map(StepLine::words)
                .reduce((earlier, later) -> later)
                .orElse(null);
    }

    /** A mark that waits for this reader's answer. */
    List<OrderAround.Mark> marksToAnswer() {
        return may(Verb.ANSWER_INSTRUCTION)
                ? around.marks().stream()
                        .filter(mark ->
                                !mark.answered() && is(InstructionDesk.owes(mark.addressee(), head.holderId != null)))
                        .toList()
                : List.of();
    }

    /** The community is late with what it owes, and the street may do it in its place. */
    boolean inItsPlace() {
        return is(Standing.STREET)
                && !is(Standing.COMMUNITY)
                && !head.backstop
                && (may(Verb.ACCEPT)
                        || may(Verb.VERIFY)
                        || may(Verb.GRANT_RETURN)
                        || may(Verb.GRANT_EXTENSION)
                        || may(Verb.GRANT_SUSPENSION)
                        || may(Verb.DISPATCH) && head.holderId == null);
    }

    String linkWords(Verb verb) {
        return OrderLabels.link(verb);
    }

    boolean heldBy(long body) {
        return head.holderId != null && head.holderId == body;
    }

    /** Whose turn it is. */
    String nextWords() {
        return OrderLabels.next(
                head,
                mustContact(),
                head.backstop() || around.disputes().size() > 1,
                clocks.dueAt() == null ? null : CivilTime.brief(clocks.dueAt(), now));
    }

    /** The title of a form's own page. */
    String formTitle(Verb verb) {
        return OrderLabels.title(verb, head.holderId != null);
    }

    /** A day to propose for help: before the order itself is due, and never in the past. */
    java.time.LocalDate helpBy() {
        var tomorrow = CivilTime.date(now).plusDays(1);
        var resolve = clocks.resolveDue;
        return resolve == null || CivilTime.date(resolve).isBefore(tomorrow) ? tomorrow : CivilTime.date(resolve);
    }
}

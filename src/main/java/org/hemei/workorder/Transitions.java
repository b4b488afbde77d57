package org.hemei.workorder;

import static org.hemei.workorder.OrderState.*;
import static org.hemei.workorder.Standing.*;
import static org.hemei.workorder.Verb.*;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The one table of how an order moves: from a state, by a verb, to a state, by whom. What is not written here cannot
 * happen. The diagram docs/work-order-states.md is generated from it.
 */
public final class Transitions {

    /** One row. A row that leads back to its own state is a step that changes facts, not the state. */
    public record Row(OrderState from, Verb verb, OrderState to, Set<Standing> who) {}

    private static final List<Row> WAY = List.of(
            row(SUBMITTED, ACCEPT, AWAITING_DISPATCH, COMMUNITY, STREET),
            row(SUBMITTED, REJECT, REJECTED, COMMUNITY),
            row(SUBMITTED, ANSWER, ANSWERED, COMMUNITY),
            row(SUBMITTED, MERGE, MERGED, COMMUNITY),
            row(SUBMITTED, CORRECT, SUBMITTED, COMMUNITY),
            row(AWAITING_DISPATCH, CORRECT, AWAITING_DISPATCH, COMMUNITY),
            row(DISPATCHED, CORRECT, DISPATCHED, COMMUNITY),
            row(AWAITING_DISPATCH, REJECT, REJECTED, COMMUNITY),
            row(AWAITING_DISPATCH, ANSWER, ANSWERED, COMMUNITY),
            row(AWAITING_DISPATCH, MERGE, MERGED, COMMUNITY),
            row(AWAITING_DISPATCH, DISPATCH, DISPATCHED, COMMUNITY, STREET),
            row(DISPATCHED, DISPATCH, DISPATCHED, COMMUNITY, STREET),
            row(IN_PROGRESS, DISPATCH, DISPATCHED, COMMUNITY, STREET),
            row(DISPATCHED, TAKE, IN_PROGRESS, MANAGER),
            row(IN_PROGRESS, ASSIGN, IN_PROGRESS, MANAGER),
            row(IN_PROGRESS, CONTACT, IN_PROGRESS, MANAGER, STAFF),
            row(IN_PROGRESS, DENY_CONTACT, IN_PROGRESS, REPORTER, COMMUNITY, STREET),
            row(EXTENSION_REQUESTED, ASSIGN, EXTENSION_REQUESTED, MANAGER),
            row(EXTENSION_REQUESTED, CONTACT, EXTENSION_REQUESTED, MANAGER, STAFF),
            row(EXTENSION_REQUESTED, DENY_CONTACT, EXTENSION_REQUESTED, REPORTER, COMMUNITY, STREET),
            row(SUSPENSION_REQUESTED, ASSIGN, SUSPENSION_REQUESTED, MANAGER),
            row(SUSPENSION_REQUESTED, CONTACT, SUSPENSION_REQUESTED, MANAGER, STAFF),
            row(SUSPENSION_REQUESTED, DENY_CONTACT, SUSPENSION_REQUESTED, REPORTER, COMMUNITY, STREET),
            row(SUSPENDED, ASSIGN, SUSPENDED, MANAGER),
            row(SUSPENDED, CONTACT, SUSPENDED, MANAGER, STAFF),
            row(SUSPENDED, DENY_CONTACT, SUSPENDED, REPORTER, COMMUNITY, STREET),
            row(RESOLVED, DENY_CONTACT, RESOLVED, REPORTER, COMMUNITY, STREET),
            row(AWAITING_RATING, DENY_CONTACT, AWAITING_RATING, REPORTER, COMMUNITY, STREET),
            row(IN_PROGRESS, ASK_HELP, IN_PROGRESS, MANAGER, COMMUNITY),
            row(IN_PROGRESS, HELP_ACCEPT, IN_PROGRESS, HELPER),
            row(IN_PROGRESS, HELP_DECLINE, IN_PROGRESS, HELPER),
            row(IN_PROGRESS, HELP_DONE, IN_PROGRESS, HELPER),
            row(EXTENSION_REQUESTED, ASK_HELP, EXTENSION_REQUESTED, MANAGER, COMMUNITY),
            row(EXTENSION_REQUESTED, HELP_ACCEPT, EXTENSION_REQUESTED, HELPER),
            row(EXTENSION_REQUESTED, HELP_DECLINE, EXTENSION_REQUESTED, HELPER),
            row(EXTENSION_REQUESTED, HELP_DONE, EXTENSION_REQUESTED, HELPER),
            row(SUSPENSION_REQUESTED, ASK_HELP, SUSPENSION_REQUESTED, MANAGER, COMMUNITY),
            row(SUSPENSION_REQUESTED, HELP_ACCEPT, SUSPENSION_REQUESTED, HELPER),
            row(SUSPENSION_REQUESTED, HELP_DECLINE, SUSPENSION_REQUESTED, HELPER),
            row(SUSPENSION_REQUESTED, HELP_DONE, SUSPENSION_REQUESTED, HELPER),
            row(SUSPENDED, ASK_HELP, SUSPENDED, MANAGER, COMMUNITY),
            row(SUSPENDED, HELP_ACCEPT, SUSPENDED, HELPER),
            row(SUSPENDED, HELP_DECLINE, SUSPENDED, HELPER),
            row(SUSPENDED, HELP_DONE, SUSPENDED, HELPER),
            row(TRANSFER_OFFERED, HELP_ACCEPT, TRANSFER_OFFERED, HELPER),
            row(TRANSFER_OFFERED, HELP_DECLINE, TRANSFER_OFFERED, HELPER),
            row(TRANSFER_OFFERED, HELP_DONE, TRANSFER_OFFERED, HELPER),
            row(IN_PROGRESS, RESOLVE, RESOLVED, MANAGER, STAFF),
            row(EXTENSION_REQUESTED, RESOLVE, RESOLVED, MANAGER, STAFF),
            row(SUSPENSION_REQUESTED, RESOLVE, RESOLVED, MANAGER, STAFF),
            row(IN_PROGRESS, ASK_EXTENSION, EXTENSION_REQUESTED, MANAGER),
            row(EXTENSION_REQUESTED, GRANT_EXTENSION, IN_PROGRESS, COMMUNITY, STREET),
            row(EXTENSION_REQUESTED, REFUSE_EXTENSION, IN_PROGRESS, COMMUNITY, STREET),
            row(IN_PROGRESS, ASK_SUSPENSION, SUSPENSION_REQUESTED, MANAGER),
            row(SUSPENSION_REQUESTED, GRANT_SUSPENSION, SUSPENDED, COMMUNITY, STREET),
            row(SUSPENSION_REQUESTED, REFUSE_SUSPENSION, IN_PROGRESS, COMMUNITY, STREET),
            row(SUSPENDED, RESUME, IN_PROGRESS, MANAGER, COMMUNITY, STREET, CLOCK),
            row(SUBMITTED, WARN, SUBMITTED, CLOCK),
            row(SUBMITTED, ESCALATE, SUBMITTED, CLOCK),
            row(AWAITING_DISPATCH, WARN, AWAITING_DISPATCH, CLOCK),
            row(AWAITING_DISPATCH, ESCALATE, AWAITING_DISPATCH, CLOCK),
            row(DISPATCHED, WARN, DISPATCHED, CLOCK),
            row(DISPATCHED, ESCALATE, DISPATCHED, CLOCK),
            row(RETURN_REQUESTED, WARN, RETURN_REQUESTED, CLOCK),
            row(RETURN_REQUESTED, ESCALATE, RETURN_REQUESTED, CLOCK),
            row(IN_PROGRESS, WARN, IN_PROGRESS, CLOCK),
            row(IN_PROGRESS, ESCALATE, IN_PROGRESS, CLOCK),
            row(EXTENSION_REQUESTED, WARN, EXTENSION_REQUESTED, CLOCK),
            row(EXTENSION_REQUESTED, ESCALATE, EXTENSION_REQUESTED, CLOCK),
            row(SUSPENSION_REQUESTED, WARN, SUSPENSION_REQUESTED, CLOCK),
            row(SUSPENSION_REQUESTED, ESCALATE, SUSPENSION_REQUESTED, CLOCK),
            row(SUSPENDED, WARN, SUSPENDED, CLOCK),
            row(SUSPENDED, ESCALATE, SUSPENDED, CLOCK),
            row(TRANSFER_OFFERED, WARN, TRANSFER_OFFERED, CLOCK),
            row(TRANSFER_OFFERED, ESCALATE, TRANSFER_OFFERED, CLOCK),
            row(RESOLVED, WARN, RESOLVED, CLOCK),
            row(RESOLVED, ESCALATE, RESOLVED, CLOCK),
            row(AWAITING_RATING, WARN, AWAITING_RATING, CLOCK),
            row(RESOLVED, VERIFY, AWAITING_RATING, COMMUNITY, STREET),
            row(RESOLVED, SEND_BACK, IN_PROGRESS, COMMUNITY, STREET),
            row(AWAITING_RATING, RATE, CLOSED, REPORTER, COMMUNITY, STREET),
            row(AWAITING_RATING, REOPEN, IN_PROGRESS, REPORTER, COMMUNITY, STREET),
            row(AWAITING_RATING, CLOSE_UNRATED, CLOSED_UNRATED, CLOCK),
            row(ANSWERED, RATE, ANSWERED, REPORTER),
            row(ANSWERED, REOPEN, AWAITING_DISPATCH, REPORTER),
            row(SUBMITTED, WITHDRAW, WITHDRAWN, REPORTER, COMMUNITY),
            row(AWAITING_DISPATCH, WITHDRAW, WITHDRAWN, REPORTER, COMMUNITY),
            row(DISPATCHED, WITHDRAW, WITHDRAWN, REPORTER, COMMUNITY),
            row(RETURN_REQUESTED, WITHDRAW, WITHDRAWN, REPORTER, COMMUNITY),
            row(IN_PROGRESS, WITHDRAW, WITHDRAWN, REPORTER, COMMUNITY),
            row(EXTENSION_REQUESTED, WITHDRAW, WITHDRAWN, REPORTER, COMMUNITY),
            row(SUSPENSION_REQUESTED, WITHDRAW, WITHDRAWN, REPORTER, COMMUNITY),
            row(SUSPENDED, WITHDRAW, WITHDRAWN, REPORTER, COMMUNITY),
            row(TRANSFER_OFFERED, WITHDRAW, WITHDRAWN, REPORTER, COMMUNITY),
            row(SUBMITTED, WITHDRAW, SUBMITTED, REPORTER, COMMUNITY),
            row(AWAITING_DISPATCH, WITHDRAW, AWAITING_DISPATCH, REPORTER, COMMUNITY),
            row(DISPATCHED, WITHDRAW, DISPATCHED, REPORTER, COMMUNITY),
            row(RETURN_REQUESTED, WITHDRAW, RETURN_REQUESTED, REPORTER, COMMUNITY),
            row(IN_PROGRESS, WITHDRAW, IN_PROGRESS, REPORTER, COMMUNITY),
            row(EXTENSION_REQUESTED, WITHDRAW, EXTENSION_REQUESTED, REPORTER, COMMUNITY),
            row(SUSPENSION_REQUESTED, WITHDRAW, SUSPENSION_REQUESTED, REPORTER, COMMUNITY),
            row(SUSPENDED, WITHDRAW, SUSPENDED, REPORTER, COMMUNITY),
            row(TRANSFER_OFFERED, WITHDRAW, TRANSFER_OFFERED, REPORTER, COMMUNITY),
            row(SUBMITTED, URGE, SUBMITTED, REPORTER, JOINER, STREET),
            row(AWAITING_DISPATCH, URGE, AWAITING_DISPATCH, REPORTER, JOINER, STREET),
            row(DISPATCHED, URGE, DISPATCHED, REPORTER, JOINER, COMMUNITY, STREET),
            row(RETURN_REQUESTED, URGE, RETURN_REQUESTED, REPORTER, JOINER),
            row(IN_PROGRESS, URGE, IN_PROGRESS, REPORTER, JOINER, COMMUNITY, STREET),
            row(EXTENSION_REQUESTED, URGE, EXTENSION_REQUESTED, REPORTER, JOINER, COMMUNITY, STREET),
            row(SUSPENSION_REQUESTED, URGE, SUSPENSION_REQUESTED, REPORTER, JOINER, COMMUNITY, STREET),
            row(SUSPENDED, URGE, SUSPENDED, REPORTER, JOINER),
            row(TRANSFER_OFFERED, URGE, TRANSFER_OFFERED, REPORTER, JOINER),
            row(RESOLVED, URGE, RESOLVED, REPORTER, JOINER),
            row(SUBMITTED, REMARK, SUBMITTED, REPORTER, COMMUNITY),
            row(AWAITING_DISPATCH, REMARK, AWAITING_DISPATCH, REPORTER, COMMUNITY),
            row(DISPATCHED, REMARK, DISPATCHED, REPORTER, COMMUNITY, MANAGER),
            row(RETURN_REQUESTED, REMARK, RETURN_REQUESTED, REPORTER, COMMUNITY, MANAGER),
            row(IN_PROGRESS, REMARK, IN_PROGRESS, REPORTER, COMMUNITY, MANAGER, STAFF, HELPER),
            row(EXTENSION_REQUESTED, REMARK, EXTENSION_REQUESTED, REPORTER, COMMUNITY, MANAGER, STAFF, HELPER),
            row(SUSPENSION_REQUESTED, REMARK, SUSPENSION_REQUESTED, REPORTER, COMMUNITY, MANAGER, STAFF, HELPER),
            row(SUSPENDED, REMARK, SUSPENDED, REPORTER, COMMUNITY, MANAGER, STAFF, HELPER),
            row(TRANSFER_OFFERED, REMARK, TRANSFER_OFFERED, REPORTER, COMMUNITY, MANAGER, STAFF, HELPER),
            row(RESOLVED, REMARK, RESOLVED, REPORTER, COMMUNITY, STREET, MANAGER, STAFF),
            row(AWAITING_RATING, REMARK, AWAITING_RATING, REPORTER, COMMUNITY));

    /** 退单、联合办理、移交、合并: what is disputed, shared, handed on or joined. */
    private static final List<Row> DISPUTED = List.of(
            row(DISPATCHED, REQUEST_RETURN, RETURN_REQUESTED, MANAGER),
            row(IN_PROGRESS, REQUEST_RETURN, RETURN_REQUESTED, MANAGER),
            row(RETURN_REQUESTED, GRANT_RETURN, AWAITING_DISPATCH, COMMUNITY, STREET),
            row(RETURN_REQUESTED, REFUSE_RETURN, DISPATCHED, COMMUNITY, STREET),
            row(RETURN_REQUESTED, REFUSE_RETURN, IN_PROGRESS, COMMUNITY, STREET),
            row(RETURN_REQUESTED, RULE, DISPATCHED, STREET),
            row(DISPATCHED, SHARE, DISPATCHED, COMMUNITY, STREET),
            row(IN_PROGRESS, SHARE, IN_PROGRESS, COMMUNITY, STREET),
            row(DISPATCHED, RELEASE, DISPATCHED, COMMUNITY, STREET),
            row(IN_PROGRESS, RELEASE, IN_PROGRESS, COMMUNITY, STREET),
            row(DISPATCHED, HELP_ACCEPT, DISPATCHED, HELPER),
            row(DISPATCHED, HELP_DECLINE, DISPATCHED, HELPER),
            row(DISPATCHED, HELP_DONE, DISPATCHED, HELPER),
            row(SUBMITTED, REFER, TRANSFERRED, COMMUNITY),
            row(AWAITING_DISPATCH, REFER, TRANSFERRED, COMMUNITY),
            row(DISPATCHED, REFER, TRANSFERRED, COMMUNITY, STREET),
            row(IN_PROGRESS, REFER, TRANSFERRED, COMMUNITY, STREET),
            row(RETURN_REQUESTED, REFER, TRANSFERRED, COMMUNITY, STREET),
            row(SUBMITTED, OFFER_TRANSFER, TRANSFER_OFFERED, COMMUNITY),
            row(AWAITING_DISPATCH, OFFER_TRANSFER, TRANSFER_OFFERED, COMMUNITY),
            row(IN_PROGRESS, OFFER_TRANSFER, TRANSFER_OFFERED, COMMUNITY),
            row(TRANSFER_OFFERED, TAKE_TRANSFER, TRANSFERRED, RECEIVER),
            row(TRANSFER_OFFERED, DECLINE_TRANSFER, AWAITING_DISPATCH, RECEIVER),
            row(TRANSFER_OFFERED, DECLINE_TRANSFER, IN_PROGRESS, RECEIVER),
            row(TRANSFER_OFFERED, RECALL_TRANSFER, AWAITING_DISPATCH, COMMUNITY),
            row(TRANSFER_OFFERED, RECALL_TRANSFER, IN_PROGRESS, COMMUNITY),
            row(MERGED, RATE, MERGED, REPORTER),
            row(MERGED, REOPEN, AWAITING_DISPATCH, REPORTER),
            row(MERGED, UNMERGE, AWAITING_DISPATCH, COMMUNITY, CLOCK));

    private static final List<Row> ROWS = Stream.of(
                    WAY,
                    DISPUTED,
                    whileOwed(SUPERVISE, STREET, CLOCK),
                    whileOwed(ANSWER_SUPERVISION, COMMUNITY, MANAGER),
                    whileOwed(RETURN_ANSWER, STREET),
                    whileOwed(LIFT_SUPERVISION, STREET),
                    whileOwed(INSTRUCT, STREET, OVERSEER),
                    untilAnswered(ANSWER_INSTRUCTION, COMMUNITY, STREET, MANAGER))
            .flatMap(List::stream)
            .toList();

    private Transitions() {}

    private static Row row(OrderState from, Verb verb, OrderState to, Standing first, Standing... more) {
        return new Row(from, verb, to, EnumSet.of(first, more));
    }

    /** A step that presses without moving: at every state in which somebody on duty owes something. */
    private static List<Row> whileOwed(Verb verb, Standing first, Standing... more) {
        return Arrays.stream(OrderState.values())
                .filter(state -> state.open() && state != AWAITING_RATING)
                .map(state -> row(state, verb, state, first, more))
                .toList();
    }

    /** A leader has asked: the answer is owed until it is there, also when the order waits for its rating or has ended. */
    private static List<Row> untilAnswered(Verb verb, Standing first, Standing... more) {
        return Arrays.stream(OrderState.values())
                .map(state -> row(state, verb, state, first, more))
                .toList();
    }

    public static List<Row> rows() {
        return ROWS;
    }

    public static Optional<Row> find(OrderState from, Verb verb) {
        return ROWS.stream().filter(row -> row.from == from && row.verb == verb).findFirst();
    }

    /** The row that leads to this state, where a verb can lead back to one of several. */
    static Optional<Row> find(OrderState from, Verb verb, OrderState to) {
        return ROWS.stream()
                .filter(row -> row.from == from && row.verb == verb && row.to == to)
                .findFirst();
    }

    /** The verbs that somebody with these standings has at this state; further conditions are the order's own. */
    public static Set<Verb> open(OrderState from, Set<Standing> standings) {
        var verbs = EnumSet.noneOf(Verb.class);
        for (var row : ROWS) {
            if (row.from == from && row.who.stream().anyMatch(standings::contains)) {
                verbs.add(row.verb);
            }
        }
        return verbs;
    }
}

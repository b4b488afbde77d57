package org.hemei.workorder;

import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What somebody is offered to do with an order, on its page and to a program alike: what the table and the order allow, without what
 * would be refused all the same.
 */
@Component
public class OfferedVerbs {

    private final DisputeDesk disputes;
    private final RatingDesk ratings;
    private final TimeRequest.Rows requests;
    private final InstantSource clock;
    private final JdbcClient jdbc;

    OfferedVerbs(
            DisputeDesk disputes, RatingDesk ratings, TimeRequest.Rows requests, InstantSource clock, JdbcClient jdbc) {
        this.disputes = disputes;
        this.ratings = ratings;
        this.requests = requests;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    public Set<Verb> of(WorkOrder order, Set<Standing> standings, long account) {
        var verbs = Standings.verbs(order, standings, account);
        if (order.state == OrderState.MERGED && !standings.contains(Standing.REPORTER)) {
            verbs.removeAll(EnumSet.of(Verb.RATE, Verb.REOPEN));
            if (ratings.asksMerged(order, standings, account)) {
                verbs.addAll(EnumSet.of(Verb.RATE, Verb.REOPEN));
            }
        }
        // the holder has returned it before, or its time for that is over
        if (verbs.contains(Verb.REQUEST_RETURN) && !disputes.mayReturn(order)) {
            verbs.remove(Verb.REQUEST_RETURN);
        }
        var due = order.resolveDue;
        var over = due == null || !clock.instant().isBefore(due);
        if (over
                || HotlineDay.reached(order, clock.instant())
                || verbs.contains(Verb.ASK_EXTENSION) && requests.extended(order.id)) {
            verbs.remove(Verb.ASK_EXTENSION);
        }
        if (over || order.contactOpen()) {
            verbs.remove(Verb.ASK_SUSPENSION);
        }
        if (verbs.contains(Verb.RECALL_HELP) && !asked(order, standings)) {
            verbs.remove(Verb.RECALL_HELP);
        }
        if (verbs.contains(Verb.ANSWER_INSTRUCTION) && !owesAnswer(order, standings)) {
            verbs.remove(Verb.ANSWER_INSTRUCTION);
        }
        return verbs;
    }

    /** Whether help that their side asked for is not done yet. */
    private boolean asked(WorkOrder order, Set<Standing> standings) {
        return order.assisted
                && jdbc.sql("""
                        select exists (select from assist_task t
                                       join work_order_step s on s.district = t.district and s.order_id = t.order_id and s.assist = t.id
                                       where t.district = ? and t.order_id = ? and t.state in ('asked', 'accepted')
                                         and s.verb = 'ask_help' and s.actor_as = any(?))
                        """)
                        .params(
                                order.id.district(),
                                order.id.id(),
                                standings.stream().map(Standing::code).toArray(String[]::new))
                        .query(Boolean.class)
                        .single();
    }

    /** Whether a leader's mark waits for an answer of theirs. */
    private boolean owesAnswer(WorkOrder order, Set<Standing> standings) {
        return jdbc
                .sql(
                        "select distinct addressee from leader_mark where district = ? and order_id = ? and state = 'open'")
                .params(order.id.district(), order.id.id())
                .query(String.class)
                .list()
                .stream()
                .anyMatch(addressee -> standings.contains(InstructionDesk.owes(addressee, order.holder != null)));
    }
}

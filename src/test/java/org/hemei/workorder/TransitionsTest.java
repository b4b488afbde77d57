package org.hemei.workorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.WorkCalendar;
import org.hemei.workorder.Deadlines.Measure;
import org.hemei.workorder.Deadlines.Rule;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.OrderClock.Part;
import org.hemei.workorder.WorkOrder.Actor;
import org.junit.jupiter.api.Test;

/** The table is the whole truth: what it lists works, and everything else is refused and changes nothing. */
class TransitionsTest {

    private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");
    private static final Actor ANYBODY = new Actor(7L, EnumSet.allOf(Standing.class));
    private static final Deadlines DEADLINES = new Deadlines(
            List.of(Urgency.values()).stream()
                    .flatMap(urgency -> List.of(Timer.values()).stream()
                            .map(timer -> new Rule(urgency, timer, 3, Measure.WORKING_DAY, "test")))
                    .toList(),
            new WorkCalendar(Map.of(), java.time.LocalDate.of(2026, 12, 31)));

    @Test
    void every_listed_pair_leads_where_the_table_says() {
        for (var row : Transitions.rows()) {
            var order = at(row);
            var before = order.version;
            var step = perform(order, row.verb(), ANYBODY);
            assertThat(order.state).as("%s", row).isEqualTo(row.to());
            assertThat(step.to()).isEqualTo(row.to());
            assertThat(step.from()).isEqualTo(row.from());
            assertThat(step.seq()).isEqualTo(before + 1).isEqualTo(order.version);
        }
    }

    @Test
    void every_other_pair_is_refused_and_changes_nothing() {
        var listed = new HashSet<String>();
        Transitions.rows().forEach(row -> listed.add(row.from() + " " + row.verb()));
        var refused = 0;
        for (var state : OrderState.values()) {
            for (var verb : Verb.values()) {
                if (verb == Verb.SUBMIT || listed.contains(state + " " + verb)) {
                    continue;
                }
                var order = at(state, verb);
                assertThatThrownBy(() -> perform(order, verb, ANYBODY))
                        .as("%s from %s", verb, state)
                        .isInstanceOf(Refusal.class);
                assertThat(order.state).isEqualTo(state);
                assertThat(order.version).isEqualTo(5);
                refused++;
            }
        }
        assertThat(refused + listed.size()).isEqualTo(OrderState.values().length * (Verb.values().length - 1));
    }

    @Test
    void each_verb_is_refused_to_everybody_the_row_does_not_name() {
        for (var row : Transitions.rows()) {
            var others = EnumSet.complementOf(EnumSet.copyOf(row.who()));
            var order = at(row);
            assertThatThrownBy(() -> perform(order, row.verb(), new Actor(7L, others)))
                    .as("%s by %s", row, others)
                    .isInstanceOf(Refusal.class);
            assertThat(order.state).isEqualTo(row.from());
        }
    }

    @Test
    void no_pair_stands_twice_and_a_finished_order_stays_finished() {
        var seen = new HashSet<String>();
        for (var row : Transitions.rows()) {
            assertThat(seen.add(row.from() + " " + row.verb() + " " + row.to()))
                    .as("%s", row)
                    .isTrue();
            assertThat(row.from() == row.to()
                            || row.from().open()
                            || row.from() == OrderState.ANSWERED
                            || row.from() == OrderState.MERGED)
                    .as("%s moves a finished order", row)
                    .isTrue();
        }
    }

    @Property(tries = 300)
    void any_sequence_of_verbs_keeps_the_version_equal_to_the_number_of_steps(
            @ForAll @Size(max = 40) List<Verb> verbs, @ForAll Set<Standing> standings) {
        var order = fresh(OrderState.SUBMITTED);
        order.version = 1;
        var steps = 1;
        for (var verb : verbs) {
            if (verb == Verb.SUBMIT) {
                continue;
            }
            var state = order.state;
            try {
                var step = perform(order, verb, new Actor(7L, standings));
                steps++;
                assertThat(Transitions.find(state, verb, step.to())).isPresent();
                assertThat(step.from()).isEqualTo(state);
            } catch (Refusal no) {
                // a refused order is dropped by its transaction; go on as if it had been read again
                order.state = state;
            }
            assertThat(order.version).isEqualTo(steps);
        }
    }

    /** Where a verb can lead back to one of several states, what decides is set as this row needs it. */
    private static WorkOrder at(Transitions.Row row) {
        var order = at(row.from(), row.verb());
        if (row.verb() == Verb.REFUSE_RETURN) {
            order.contactedAt = row.to() == OrderState.IN_PROGRESS ? NOW : null;
        }
        if ((row.verb() == Verb.DECLINE_TRANSFER || row.verb() == Verb.RECALL_TRANSFER)
                && row.to() == OrderState.AWAITING_DISPATCH) {
            order.holder = null;
        }
        if (row.verb() == Verb.WITHDRAW && row.to() == row.from()) {
            order.joined = 1;
        }
        return order;
    }

    private static WorkOrder at(OrderState state, Verb verb) {
        var order = fresh(state);
        order.version = 5;
        order.holder = 11L;
        order.resolveDue = NOW.plusSeconds(60);
        order.backstopHolds = false;
        if (verb == Verb.DENY_CONTACT || verb == Verb.ASK_SUSPENSION) {
            order.contactedAt = NOW;
        }
        order.dueAt = verb == Verb.CLOSE_UNRATED ? NOW : NOW.plusSeconds(3600);
        order.disputes = verb == Verb.RULE ? 2 : 0;
        order.supervised = verb != Verb.SUPERVISE;
        return order;
    }

    private static WorkOrder fresh(OrderState state) {
        return new WorkOrder(
                new OrderId(340111, 1), 1, state, "340111001001", 9, Urgency.ORDINARY, 7L, NOW.minusSeconds(3600));
    }

    private static Step perform(WorkOrder order, Verb verb, Actor actor) {
        return switch (verb) {
            case SUBMIT -> throw new IllegalArgumentException("an order begins by it");
            case ACCEPT -> order.accept(actor, NOW);
            case REJECT -> order.reject(actor, NOW, "找开发商");
            case ANSWER -> order.answer(actor, NOW);
            case MERGE -> {
                var other = new WorkOrder(
                        new OrderId(340111, 2),
                        1,
                        OrderState.IN_PROGRESS,
                        "340111001001",
                        9,
                        Urgency.ORDINARY,
                        8L,
                        NOW);
                yield Leaving.merge(order, actor, NOW, other);
            }
            case CORRECT ->
                Correcting.correct(
                        order,
                        actor,
                        NOW,
                        "facility.lift",
                        Urgency.UTILITY,
                        Urgency.UTILITY,
                        new Correcting.Runs(untaken(order), List.of()),
                        DEADLINES);
            case DISPATCH -> Holding.dispatch(order, actor, NOW, 12L, false, DEADLINES);
            case TAKE -> Holding.take(order, actor, NOW);
            case ASSIGN -> Holding.assign(order, actor, NOW, 70L);
            case CONTACT -> Holding.contact(order, actor, NOW, "phone");
            case DENY_CONTACT -> Holding.denyContact(order, actor, NOW);
            case ASK_HELP, HELP_ACCEPT, HELP_DECLINE, HELP_DONE, HELP_GIVE_UP, RECALL_HELP ->
                order.assist(verb, actor, NOW, 3L, 44L);
            case RESOLVE -> order.resolve(new Actor(99L, actor.standings()), NOW, DEADLINES);
            case VERIFY -> Verifying.verify(order, actor, NOW, DEADLINES);
            case SEND_BACK -> Verifying.sendBack(order, actor, NOW, since(order), DEADLINES);
            case RATE -> Rating.rate(order, actor, NOW, 5);
            case REOPEN -> Rating.reopen(order, actor, NOW, 1, DEADLINES);
            case WITHDRAW -> Leaving.withdraw(order, actor, NOW);
            case REMARK -> order.remark(actor, NOW);
            case URGE -> order.urge(actor, NOW);
            case CLOSE_UNRATED -> closeUnrated(order, actor);
            case REQUEST_RETURN -> Disputing.request(order, actor, NOW, NOW, NOW, "not_ours", DEADLINES);
            case GRANT_RETURN -> Disputing.grant(order, actor, NOW, DEADLINES);
            case REFUSE_RETURN ->
                Disputing.refuse(order, actor, NOW, order.contactedAt != null, since(order), DEADLINES);
            case RULE -> Disputing.rule(order, actor, NOW, 12L, true, DEADLINES);
            case SUPERVISE -> Supervising.supervise(order, actor, NOW, SupervisionGround.STREET, NOW, DEADLINES);
            case ANSWER_SUPERVISION -> Supervising.answer(order, actor, NOW);
            case RETURN_ANSWER -> Supervising.sendBack(order, actor, NOW, NOW, DEADLINES);
            case LIFT_SUPERVISION -> Supervising.lift(order, actor, NOW);
            case INSTRUCT -> Supervising.instruct(order, actor, NOW, 3L, NOW, null);
            case ANSWER_INSTRUCTION ->
                Supervising.answerInstruction(
                        order, actor, NOW, 3L, Supervising.mark(order, NOW, Level.COMMUNITY, null, DEADLINES));
            case UNMERGE -> Leaving.unmerge(order, actor, NOW, DEADLINES);
            case OFFER_TRANSFER -> Leaving.offer(order, actor, NOW, "other_estate", NOW, DEADLINES);
            case TAKE_TRANSFER -> Leaving.take(order, actor, NOW, "/orders/340111-5");
            case DECLINE_TRANSFER ->
                Leaving.decline(order, actor, NOW, order.holder == null ? null : since(order), DEADLINES);
            case RECALL_TRANSFER ->
                order.holder == null
                        ? Leaving.recall(order, actor, NOW, NOW)
                        : Leaving.recall(order, actor, NOW, since(order), DEADLINES);
            case REFER -> Leaving.refer(order, actor, NOW, 4L);
            case SHARE, RELEASE -> order.assist(verb, actor, NOW, 3L, 44L);
            case WARN -> fired(order, actor, true);
            case ESCALATE -> fired(order, actor, false);
            case ASK_EXTENSION -> OrderTime.askExtension(order, actor, NOW, 3, false, DEADLINES);
            case GRANT_EXTENSION -> OrderTime.grantExtension(order, actor, NOW, EXTENSION, work(order), DEADLINES);
            case REFUSE_EXTENSION -> OrderTime.refuse(order, actor, NOW, EXTENSION);
            case ASK_SUSPENSION ->
                OrderTime.askSuspension(order, actor, NOW, "parts", LocalDate.of(2026, 12, 1), 30, DEADLINES);
            case GRANT_SUSPENSION -> OrderTime.grantSuspension(order, actor, NOW, SUSPENSION, work(order), DEADLINES);
            case REFUSE_SUSPENSION -> OrderTime.refuse(order, actor, NOW, SUSPENSION);
            case RESUME -> OrderTime.resume(order, actor, NOW, stopped(order), DEADLINES);
        };
    }

    private static final TimeRequest EXTENSION = new TimeRequest(4, true, 3, null, null, 99L, NOW, NOW);
    private static final TimeRequest SUSPENSION =
            new TimeRequest(4, false, null, "parts", LocalDate.of(2026, 12, 1), 99L, NOW, NOW);

    private static OrderClock work(WorkOrder order) {
        return DEADLINES.start(order.about(), Part.WORK, NOW, Level.REPORTER, Timer.CONTACT, Timer.RESOLVE);
    }

    private static OrderClock untaken(WorkOrder order) {
        return DEADLINES.start(order.about(), Part.WORK, NOW, Level.REPORTER, Timer.TAKE, Timer.CONTACT, Timer.RESOLVE);
    }

    private static OrderTime.Standstill since(WorkOrder order) {
        return new OrderTime.Standstill(NOW, work(order));
    }

    private static OrderClock stopped(WorkOrder order) {
        return work(order).stopped(new OrderClock.Stop(NOW, 540 * 60, LocalDate.of(2026, 12, 1), "parts"));
    }

    private static Step fired(WorkOrder order, Actor actor, boolean warning) {
        if (!actor.standings().contains(Standing.CLOCK)) {
            throw Refusal.of("只有系统会到点提醒");
        }
        return OrderTime.fire(order, NOW, new OrderClock.Planned(Timer.RESOLVE, NOW, warning, Level.STREET, 1, null));
    }

    /** The clock acts in its own name; asked in another's it has to be refused like any verb. */
    private static Step closeUnrated(WorkOrder order, Actor actor) {
        if (!actor.standings().contains(Standing.CLOCK)) {
            throw Refusal.of("只有到期才会这样办结");
        }
        return Rating.closeUnrated(order, NOW);
    }
}

package org.hemei.workorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.LocalDate;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.WorkCalendar;
import org.hemei.workorder.Deadlines.Measure;
import org.hemei.workorder.Deadlines.Rule;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.WorkOrder.Actor;
import org.junit.jupiter.api.Test;

/** The conditions beyond the table: who may not judge their own work, what counts, what starts again. */
class WorkOrderTest {

    private static final Instant NOW = Instant.parse("2026-11-23T06:00:00Z");
    private static final Actor RESIDENT = new Actor(1L, Set.of(Standing.REPORTER));
    private static final Actor COMMUNITY = new Actor(2L, Set.of(Standing.COMMUNITY));
    private static final Actor STREET = new Actor(3L, Set.of(Standing.STREET));
    private static final Actor MANAGER = new Actor(4L, Set.of(Standing.MANAGER));
    private static final Deadlines DEADLINES = new Deadlines(
            Stream.of(Timer.values())
                    .map(timer -> new Rule(Urgency.ORDINARY, timer, 5, Measure.WORKING_DAY, "domain.md §2"))
                    .toList(),
            new WorkCalendar(Map.of(), LocalDate.of(2026, 12, 31)));

    @Test
    void whoever_resolved_it_cannot_verify_it_or_rate_it() {
        var both = new Actor(4L, Set.of(Standing.MANAGER, Standing.COMMUNITY));
        var order = inProgress(false);
        order.resolve(both, NOW, DEADLINES);
        assertThatThrownBy(() -> Verifying.verify(order, both, NOW, DEADLINES)).hasMessageContaining("不能自己核验");

        var own = inProgress(false);
        var resident = new Actor(1L, Set.of(Standing.REPORTER, Standing.MANAGER));
        own.resolve(resident, NOW, DEADLINES);
        Verifying.verify(own, COMMUNITY, NOW, DEADLINES);
        assertThatThrownBy(() -> Rating.rate(own, resident, NOW, 5)).hasMessageContaining("不能自己评价");
    }

    @Test
    void who_phoned_is_asked_by_the_side_that_verifies_and_by_nobody_who_did_the_work() {
        for (var backstop : List.of(false, true)) {
            var asks = backstop ? STREET : COMMUNITY;
            var order = inProgress(backstop);
            order.resolve(MANAGER, NOW, DEADLINES);
            Verifying.verify(order, asks, NOW, DEADLINES);
            assertThatThrownBy(() -> Rating.rate(order, asks, NOW, 5)).hasMessageContaining("点单人自己评价");
            order.called = true;
            assertThatThrownBy(() -> Rating.rate(order, backstop ? COMMUNITY : STREET, NOW, 5))
                    .hasMessageContaining(backstop ? "由街道来回访" : "由社区回访");
            assertThatThrownBy(() -> Rating.rate(order, MANAGER, NOW, 5)).isInstanceOf(Refusal.class);
            var both = EnumSet.of(Standing.STAFF, Standing.COMMUNITY, Standing.STREET);
            assertThatThrownBy(() -> Rating.rate(order, new Actor(99L, both), NOW, 5))
                    .hasMessageContaining("办这一单的人不能回访");
            order.called = false;
            assertThatThrownBy(() -> Rating.reopen(order, asks, NOW, 1, DEADLINES))
                    .as("who has an account opens it again, and no desk for them")
                    .isInstanceOf(Refusal.class);
            order.called = true;
            assertThatThrownBy(() -> Rating.reopen(order, MANAGER, NOW, 1, DEADLINES))
                    .isInstanceOf(Refusal.class);
            assertThatThrownBy(() -> Rating.reopen(order, new Actor(99L, both), NOW, 1, DEADLINES))
                    .hasMessageContaining("办这一单的人不能回访");
            assertThat(Rating.rate(order, asks, NOW, 4).as())
                    .isEqualTo(backstop ? Standing.STREET : Standing.COMMUNITY);
            assertThat(order.state).isEqualTo(OrderState.CLOSED);
        }
    }

    @Test
    void the_street_verifies_what_the_communitys_own_team_did_and_nobody_else() {
        var order = inProgress(true);
        order.resolve(MANAGER, NOW, DEADLINES);
        assertThatThrownBy(() -> Verifying.verify(order, COMMUNITY, NOW, DEADLINES))
                .hasMessageContaining("由街道来核验");
        Verifying.verify(order, STREET, NOW, DEADLINES);
        assertThat(order.state).isEqualTo(OrderState.AWAITING_RATING);

        var companys = inProgress(false);
        companys.resolve(MANAGER, NOW, DEADLINES);
        assertThatThrownBy(() -> Verifying.verify(companys, STREET, NOW, DEADLINES))
                .hasMessageContaining("由社区核验");
    }

    @Test
    void the_residents_no_goes_before_the_log() {
        var order = inProgress(false);
        assertThatThrownBy(() -> Holding.denyContact(order, RESIDENT, NOW)).isInstanceOf(Refusal.class);
        Holding.contact(order, MANAGER, NOW, "phone");
        Holding.denyContact(order, RESIDENT, NOW);
        assertThat(order.contactDenied).isTrue();
        assertThatThrownBy(() -> Holding.denyContact(order, RESIDENT, NOW)).isInstanceOf(Refusal.class);
    }

    @Test
    void after_a_denied_contact_the_next_one_counts_from_when_it_was_made() {
        var order = inProgress(false);
        Holding.contact(order, MANAGER, NOW, "phone");
        Holding.denyContact(order, RESIDENT, NOW.plusSeconds(60));
        Holding.contact(order, MANAGER, NOW.plusSeconds(600), "visit");
        assertThat(order.contactedAt).isEqualTo(NOW.plusSeconds(600));
        assertThat(order.contactOpen()).isFalse();
        Holding.denyContact(order, RESIDENT, NOW.plusSeconds(700));
        assertThat(order.contactOpen()).isTrue();
    }

    @Test
    void what_one_holder_logged_does_not_count_for_the_next_but_for_the_same_one_it_does() {
        var order = inProgress(false);
        order.contactDue = NOW.plusSeconds(60);
        Holding.contact(order, MANAGER, NOW.plusSeconds(90), "phone");
        Holding.denyContact(order, RESIDENT, NOW.plusSeconds(100));
        Holding.hold(order, 11, false, NOW.plusSeconds(200), DEADLINES);
        assertThat(order.contactedAt).isEqualTo(NOW.plusSeconds(90));
        assertThat(order.contactDenied).isTrue();
        assertThat(order.contactDue)
                .as("nor does being named again make it in time")
                .isEqualTo(NOW.plusSeconds(60));
        order.contactDue = null;
        Holding.hold(order, 11, false, NOW.plusSeconds(250), DEADLINES);
        assertThat(order.contactDue).as("none that stood still is lost").isNotNull();
        Holding.hold(order, 12, false, NOW.plusSeconds(300), DEADLINES);
        assertThat(order.contactedAt).isNull();
        assertThat(order.contactDenied).isFalse();
        assertThat(order.contactDue).isAfter(NOW.plusSeconds(300));
    }

    @Test
    void a_first_contact_that_stood_still_goes_on_when_the_street_names_the_same_holder() {
        var order = inProgress(false);
        order.contactDue = NOW.plusSeconds(600);
        Holding.contact(order, MANAGER, NOW, "phone");
        Holding.denyContact(order, RESIDENT, NOW.plusSeconds(60));
        returned(order, NOW.plusSeconds(90));
        assertThat(order.contactDue).isNull();
        var ruled = NOW.plusSeconds(3_600);
        Disputing.rule(order, STREET, ruled, 11, false, DEADLINES);
        assertThat(order.contactDue).isEqualTo(DEADLINES.due(Urgency.ORDINARY, Timer.CONTACT, ruled));
    }

    @Test
    void a_first_contact_that_was_late_stays_late_when_the_street_names_the_same_holder() {
        var order = inProgress(false);
        order.contactDue = NOW.plusSeconds(60);
        returned(order, NOW.plusSeconds(90));
        Disputing.rule(order, STREET, NOW.plusSeconds(3_600), 11, false, DEADLINES);
        assertThat(order.contactDue).isEqualTo(NOW.plusSeconds(60));
        assertThat(order.started.due(Timer.CONTACT))
                .as("its clock says the same")
                .isEqualTo(order.contactDue);
    }

    private static void returned(WorkOrder order, Instant at) {
        order.disputes = 1;
        Disputing.request(order, MANAGER, at, at.plusSeconds(1), at.plusSeconds(7_200), "outside", DEADLINES);
        order.started = null;
    }

    @Test
    void where_there_is_nobody_to_contact_no_contact_is_owed() {
        var order = at(OrderState.AWAITING_DISPATCH, 1, 9);
        order.nobody = true;
        Holding.dispatch(order, COMMUNITY, NOW, 11, false, DEADLINES);
        assertThat(order.contactDue).isNull();
        assertThat(order.started.find(Timer.CONTACT)).isEmpty();
        assertThat(order.started.plan()).noneMatch(planned -> planned.timer() == Timer.CONTACT);
        Holding.take(order, MANAGER, NOW);
        assertThat(order.contactOpen()).isFalse();
        assertThatThrownBy(() -> Holding.contact(order, MANAGER, NOW, "message"))
                .hasMessageContaining("转不到");
        OrderTime.askSuspension(
                order, MANAGER, NOW, "parts", CivilTime.date(NOW).plusDays(3), 30, DEADLINES);
        assertThat(order.state).isEqualTo(OrderState.SUSPENSION_REQUESTED);
    }

    @Test
    void only_the_first_contact_sets_the_time_of_response() {
        var order = inProgress(false);
        Holding.contact(order, MANAGER, NOW, "phone");
        Holding.contact(order, MANAGER, NOW.plusSeconds(600), "visit");
        assertThat(order.contactedAt).isEqualTo(NOW);
    }

    @Test
    void not_solved_starts_a_second_round_with_fresh_clocks() {
        var order = inProgress(false);
        order.resolve(MANAGER, NOW, DEADLINES);
        Verifying.verify(order, COMMUNITY, NOW, DEADLINES);
        var later = NOW.plusSeconds(3 * 86_400);
        Rating.reopen(order, RESIDENT, later, 2, DEADLINES);
        assertThat(order.state).isEqualTo(OrderState.IN_PROGRESS);
        assertThat(order.round).isEqualTo(2);
        assertThat(order.solved).isNull();
        assertThat(order.resolveDue).isEqualTo(DEADLINES.due(Urgency.ORDINARY, Timer.RESOLVE, later));
    }

    @Test
    void silence_is_never_satisfaction() {
        var order = inProgress(false);
        order.resolve(MANAGER, NOW, DEADLINES);
        Verifying.verify(order, COMMUNITY, NOW, DEADLINES);
        var due = order.dueAt;
        assertThat(due).isNotNull();
        assertThatThrownBy(() -> Rating.closeUnrated(order, due.minusSeconds(1)))
                .isInstanceOf(Refusal.class);
        Rating.closeUnrated(order, due);
        assertThat(order.state).isEqualTo(OrderState.CLOSED_UNRATED);
        assertThat(order.solved).isNull();
        assertThat(order.satisfied).isNull();
    }

    @Test
    void an_order_merges_only_into_an_open_one_of_the_same_estate() {
        var order = at(OrderState.SUBMITTED, 1, 9);
        assertThatThrownBy(() -> Leaving.merge(order, COMMUNITY, NOW, order)).hasMessageContaining("自己");
        assertThatThrownBy(() -> Leaving.merge(order, COMMUNITY, NOW, at(OrderState.IN_PROGRESS, 2, 10)))
                .hasMessageContaining("同一个小区");
        assertThatThrownBy(() -> Leaving.merge(order, COMMUNITY, NOW, at(OrderState.CLOSED, 2, 9)))
                .hasMessageContaining("已经结束");
        Leaving.merge(order, COMMUNITY, NOW, at(OrderState.IN_PROGRESS, 2, 9));
        assertThat(order.kept).isEqualTo(2);
    }

    @Test
    void the_community_withdraws_only_what_it_filed_for_somebody_without_an_account() {
        var order = at(OrderState.SUBMITTED, 1, 9);
        assertThatThrownBy(() -> Leaving.withdraw(order, COMMUNITY, NOW)).hasMessageContaining("不能替他撤");
        Leaving.withdraw(order, RESIDENT, NOW);
        assertThat(order.state).isEqualTo(OrderState.WITHDRAWN);
    }

    @Test
    void dispatching_to_the_same_body_again_is_pointless_and_refused() {
        var order = at(OrderState.AWAITING_DISPATCH, 1, 9);
        Holding.dispatch(order, COMMUNITY, NOW, 11, false, DEADLINES);
        assertThatThrownBy(() -> Holding.dispatch(order, COMMUNITY, NOW, 11, false, DEADLINES))
                .isInstanceOf(Refusal.class);
        Holding.dispatch(order, COMMUNITY, NOW, 12, true, DEADLINES);
        assertThat(order.backstopHolds).isTrue();
        assertThat(order.holder).isEqualTo(12);
    }

    private static WorkOrder inProgress(boolean backstop) {
        var order = at(OrderState.IN_PROGRESS, 1, 9);
        order.holder = 11L;
        order.backstopHolds = backstop;
        return order;
    }

    private static WorkOrder at(OrderState state, long id, long estate) {
        return new WorkOrder(
                new OrderId(340111, id), 1, state, "340111001001", estate, Urgency.ORDINARY, 1L, NOW.minusSeconds(60));
    }
}

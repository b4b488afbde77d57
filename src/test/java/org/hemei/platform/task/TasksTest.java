package org.hemei.platform.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hemei.platform.Missing;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A task from being given to being confirmed; what the table of its transitions does not name is refused. */
@HemeiTest
class TasksTest {

    @Autowired
    private Towns towns;

    @Autowired
    private TaskThings things;

    @Autowired
    private TaskDesk desk;

    @Autowired
    private Tasks tasks;

    @Autowired
    private Notices notices;

    @Autowired
    private Pump pump;

    @Autowired
    private MovableClock clock;

    @Autowired
    private JdbcClient jdbc;

    private Town town;

    @BeforeEach
    void build() {
        town = towns.make();
    }

    @AfterEach
    void putBack() {
        clock.reset();
    }

    private TaskState state(long id) {
        return tasks.find(id).orElseThrow().state();
    }

    @Test
    void given_reported_sent_back_reported_and_confirmed() {
        var near = town.near();
        var id = things.task(town, false);
        pump.run();
        assertThat(notices.list(near.communityDesk(), null, 5))
                .extracting(n -> n.title() + n.link())
                .contains("有 1 件任务交给您办/tasks/" + id);
        assertThat(tasks.waiting(near.communityDesk())).isEqualTo(1);
        desk.report(near.communityDesk(), id, 0, "配了一个人。", List.of());
        assertThat(tasks.waiting(near.communityDesk())).isZero();
        assertThat(tasks.waiting(near.districtDesk())).isEqualTo(1);
        desk.sendBack(near.districtDesk(), id, 1, "人还没到岗。");
        desk.report(near.communityDesk(), id, 2, "到岗了。", List.of());
        desk.verify(near.districtDesk(), id, 3);
        assertThat(state(id)).isEqualTo(TaskState.VERIFIED);
        assertThat(tasks.steps(id)).extracting(Task.Step::past).containsExactly("交办", "报了结果", "退回重办", "报了结果", "确认办结");
        pump.run();
        assertThat(notices.list(near.districtDesk(), null, 5))
                .extracting(org.hemei.platform.notice.Notice::title)
                .contains("交办的任务报了结果，请看看");
    }

    @ParameterizedTest
    @EnumSource
    void only_what_the_table_names_can_be_done(TaskVerb verb) {
        for (var from : TaskState.values()) {
            var id = things.task(town, false);
            jdbc.sql("update task set state = ?, subject = ? where id = ?")
                    .params(from.code(), UUID.randomUUID().toString(), id)
                    .update();
            if (verb.after(from).isPresent()) {
                act(verb, id);
                assertThat(state(id)).isEqualTo(verb.after(from).orElseThrow());
            } else {
                assertThatThrownBy(() -> act(verb, id)).isInstanceOf(Refusal.class);
                assertThat(state(id)).isEqualTo(from);
            }
        }
    }

    private void act(TaskVerb verb, long id) {
        var near = town.near();
        switch (verb) {
            case REPORT -> desk.report(near.communityDesk(), id, 0, "办了。", List.of());
            case VERIFY -> desk.verify(near.districtDesk(), id, 0);
            case SEND_BACK -> desk.sendBack(near.districtDesk(), id, 0, "还没好。");
            case WITHDRAW -> desk.withdraw(near.districtDesk(), id, 0, "建错了。");
        }
    }

    @Test
    void each_side_does_its_own_and_strangers_find_nothing() {
        var id = things.task(town, false);
        assertThatThrownBy(() -> desk.report(town.near().districtDesk(), id, 0, "办了。", List.of()))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> desk.withdraw(town.near().communityDesk(), id, 0, "不想办。"))
                .isInstanceOf(Refusal.class);
        assertThatThrownBy(() -> desk.verify(town.far().districtDesk(), id, 0)).isInstanceOf(Missing.class);
        assertThatThrownBy(() -> desk.report(town.near().streetDesk(), id, 0, "办了。", List.of()))
                .isInstanceOf(Missing.class);
    }

    @Test
    void where_evidence_is_asked_for_a_result_without_it_is_refused() {
        var id = things.task(town, true);
        assertThatThrownBy(() -> desk.report(town.near().communityDesk(), id, 0, "办了。", List.of()))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refused ->
                                assertThat(refused.reasons().getFirst().field()).isEqualTo("photos"));
        assertThat(state(id)).isEqualTo(TaskState.OPEN);
    }

    @Test
    void a_subject_has_one_running_task_and_a_batch_is_taken_back_whole() {
        var near = town.near();
        var giver = new TaskDesk.Giver("DISTRICT", String.valueOf(near.district()), "试区");
        var to = new TaskDesk.Assignee(near.community(), "COMMUNITY", null, "试社区");
        var order = new TaskDesk.Order("test:" + town.city(), "请补上。", 5, false);
        var wanted = List.of(new TaskDesk.Wanted("甲", "a", null, to), new TaskDesk.Wanted("乙", "b", null, to));
        var first = desk.give(near.districtDesk(), giver, order, wanted);
        var second = desk.give(near.districtDesk(), giver, order, wanted);
        assertThat(first.made()).isEqualTo(2);
        assertThat(second.made()).isZero();
        assertThat(second.running()).isEqualTo(2);
        assertThatThrownBy(() -> desk.withdrawBatch(town.far().districtDesk(), first.batch(), "建错了。"))
                .isInstanceOf(Missing.class);
        assertThat(desk.withdrawBatch(near.districtDesk(), first.batch(), "建错了。"))
                .isEqualTo(2);
        assertThat(desk.give(near.districtDesk(), giver, order, wanted).made()).isEqualTo(2);
    }

    @Test
    void a_deadline_is_the_end_of_its_last_working_day_and_then_it_is_late() {
        clock.set(Instant.parse("2026-09-30T02:00:00Z")); // the day before the National Day holidays
        var task = tasks.find(things.task(town, false)).orElseThrow();
        assertThat(CivilTime.date(task.dueAt())).isAfter(java.time.LocalDate.of(2026, 10, 8));
        assertThat(task.late(clock.instant())).isFalse();
        clock.advance(Duration.ofDays(30));
        assertThat(task.late(clock.instant())).isTrue();
        var late = new Tasks.Filter(Tasks.Box.TODO, null, false, true, "", null);
        assertThat(tasks.list(town.near().communityDesk(), late, null, 5))
                .extracting(Task::id)
                .containsExactly(task.id());
    }

    @Test
    void thirty_two_at_once_one_wins() throws Exception {
        var id = things.task(town, false);
        List<Callable<Boolean>> work = new ArrayList<>();
        for (int n = 0; n < 32; n++) {
            work.add(() -> {
                try {
                    desk.report(town.near().communityDesk(), id, 0, "办了。", List.of());
                    return true;
                } catch (Stale | Refusal e) {
                    return false;
                }
            });
        }
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            int won = 0;
            for (Future<Boolean> each : pool.invokeAll(work)) {
                won += each.get() ? 1 : 0;
            }
            assertThat(won).isEqualTo(1);
        }
        assertThat(tasks.steps(id)).hasSize(2);
    }
}

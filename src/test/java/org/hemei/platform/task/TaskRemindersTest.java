package org.hemei.platform.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** Tasks that end soon or are late: each desk hears once, in one piece of news; and who nobody can be told is said. */
@HemeiTest
class TaskRemindersTest {

    @Autowired
    TaskReminders reminders;

    @Autowired
    TaskThings things;

    @Autowired
    TaskDesk desk;

    @Autowired
    Tasks tasks;

    @Autowired
    Towns towns;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MockMvc mvc;

    private Town town;
    private Reader doer;
    private Reader giver;

    @BeforeEach
    void build() {
        town = towns.make();
        doer = town.near().communityDesk();
        giver = town.near().districtDesk();
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    private List<String> told(Reader reader) {
        return jdbc.sql("select title || ' ' || link from notice where account = ? and title like '%件%期%' order by id")
                .param(reader.account())
                .query(String.class)
                .list();
    }

    @Test
    void theDeskIsRemindedOnceAndBothSidesHearOnceThatItIsLate() {
        var task = things.task(town, false);
        var due = tasks.find(task).orElseThrow().dueAt();
        clock.set(due.minus(Duration.ofDays(4)));
        reminders.run();
        assertThat(told(doer)).isEmpty();
        clock.set(due.minus(Duration.ofDays(3)));
        reminders.run();
        reminders.run();
        assertThat(told(doer)).containsExactly("有 1 件任务快到期了 /tasks/" + task);
        assertThat(told(giver)).isEmpty();
        clock.set(due.plusSeconds(1));
        reminders.run();
        reminders.run();
        assertThat(told(doer)).containsExactly("有 1 件任务快到期了 /tasks/" + task, "有 1 件任务过期了 /tasks/" + task);
        assertThat(told(giver)).containsExactly("您交办的任务有 1 件过期了 /tasks/" + task);
    }

    @Test
    void manyTasksOfADeskAreOnePieceOfNewsAndWhatWasReportedIsNone() {
        var first = things.task(town, false);
        things.task(town, false);
        var reported = things.task(town, false);
        desk.report(doer, reported, 0, "办好了。", List.of());
        clock.set(tasks.find(first).orElseThrow().dueAt().plusSeconds(1));
        reminders.run();
        assertThat(told(doer)).containsExactly("有 2 件任务过期了 /tasks?late=1");
        assertThat(told(giver)).containsExactly("您交办的任务有 2 件过期了 /tasks?box=given&late=1");
    }

    @Test
    void whoeverGivesATaskToADeskWithoutAnAccountIsToldSo() throws Exception {
        var order = new TaskDesk.Order("test:rule", "请办。", 5, false);
        var role = new TaskDesk.Giver("DISTRICT", String.valueOf(town.near().district()), "试区");
        var batch = desk.give(
                        giver,
                        role,
                        order,
                        List.of(
                                wanted(new TaskDesk.Assignee(town.near().community(), "COMMUNITY", null, "有人的社区")),
                                wanted(new TaskDesk.Assignee(town.near().community(), "HOUSING", null, "没有账号的房管部门"))))
                .batch();
        assertThat(page(batch)).doesNotContain("收不到通知");
        jdbc.sql("update access_grant set until = now() where role = 'HOUSING' and (area = ? or ? like area || '%')")
                .params(String.valueOf(town.near().district()), town.near().community())
                .update();
        assertThat(page(batch))
                .contains("有 1 个单位还没有账号，收不到通知：没有账号的房管部门")
                .as("not that everybody was told, in the same breath")
                .contains("任务建好了。")
                .doesNotContain("已经告诉要办的人");
    }

    private String page(UUID batch) throws Exception {
        return mvc.perform(get("/tasks?box=given&done=given&batch=" + batch).with(as(giver)))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private TaskDesk.Wanted wanted(TaskDesk.Assignee to) {
        return new TaskDesk.Wanted("试", UUID.randomUUID().toString(), null, to);
    }
}

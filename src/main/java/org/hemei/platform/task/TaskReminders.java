package org.hemei.platform.task;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.hemei.platform.GrantHolders;
import org.hemei.platform.notice.NoticeKinds;
import org.hemei.platform.notice.NoticeTemplates;
import org.hemei.platform.notice.Notices;
import org.hemei.platform.notice.Notices.Told;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Each morning: a desk is reminded once of tasks that end within three days and once of those that are late, and whoever gave them hears
 * of the late ones; one piece of news for each desk, however many tasks. What the application slept through is made up for.
 */
@Configuration(proxyBeanMethods = false)
class TaskReminders implements NoticeKinds {

    private static final Logger LOG = LoggerFactory.getLogger(TaskReminders.class);

    private static final LocalTime HOUR = LocalTime.of(8, 20);
    private static final int NEAR_DAYS = 3;

    private static final Kind NEAR =
            TaskNews.kind("near", "快到期", "doer", new Words("有 {count} 件任务快到期了", "{task}，最晚 {due}。"));
    private static final Kind LATE =
            TaskNews.kind("late", "过期了", "doer", new Words("有 {count} 件任务过期了", "{task}，该在 {due} 前办完。请尽快办好，报上结果。"));
    private static final Kind LATE_GIVEN = TaskNews.kind(
            "late_given", "交办的过期了", "giver", new Words("您交办的任务有 {count} 件过期了", "{task}，该在 {due} 前办完，还没报结果。"));

    /** All that one desk is told in one go; the task and the day are those of the first. */
    private record Desk(
            int district,
            @Nullable String role,
            @Nullable String area,
            @Nullable Long body,
            int count,
            long first,
            String title,
            Timestamp due) {}

    private final JdbcClient jdbc;
    private final GrantHolders holders;
    private final NoticeTemplates templates;
    private final Notices notices;
    private final TransactionTemplate transaction;
    private final InstantSource clock;

    TaskReminders(
            JdbcClient jdbc,
            GrantHolders holders,
            NoticeTemplates templates,
            Notices notices,
            TransactionTemplate transaction,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.holders = holders;
        this.templates = templates;
        this.notices = notices;
        this.transaction = transaction;
        this.clock = clock;
    }

    @Override
    public List<Kind> kinds() {
        return List.of(NEAR, LATE, LATE_GIVEN);
    }

    @Bean
    Task<Void> taskReminderTask() {
        return Tasks.recurring("task-reminders", Schedules.daily(CivilTime.ZONE, HOUR))
                .execute((task, context) -> run());
    }

    /** Marked and told together: of two copies of the application that come at once, one finds nothing left. */
    void run() {
        var now = clock.instant();
        var soon = CivilTime.startOf(CivilTime.date(now).plusDays(NEAR_DAYS + 1));
        try {
            transaction.executeWithoutResult(status -> {
                var late = mark(MARK_LATE, Timestamp.from(now));
                desks("role, area, body", late).forEach(desk -> tell(LATE, desk, "/tasks?late=1"));
                desks("given_role as role, given_area as area, null::bigint as body", late)
                        .forEach(desk -> tell(LATE_GIVEN, desk, "/tasks?box=given&late=1"));
                desks("role, area, body", mark(MARK_NEAR, Timestamp.from(soon)))
                        .forEach(desk -> tell(NEAR, desk, "/tasks"));
            });
        } catch (RuntimeException e) {
            LOG.error("nobody could be told of tasks", e);
        }
    }

    /** What is late needs no reminder any more. */
    private static final String MARK_LATE = """
            update task set late_told_at = :now, near_told_at = coalesce(near_told_at, :now)
            where state = 'open' and due_at < :before and late_told_at is null returning id
            """;

    private static final String MARK_NEAR = """
            update task set near_told_at = :now
            where state = 'open' and due_at < :before and near_told_at is null returning id
            """;

    /** Those due before then that nobody was told of. */
    private Long[] mark(String sql, Timestamp before) {
        return jdbc.sql(sql)
                .param("now", Timestamp.from(clock.instant()))
                .param("before", before)
                .query(Long.class)
                .list()
                .toArray(Long[]::new);
    }

    private List<Desk> desks(String columns, Long[] tasks) {
        return jdbc.sql("""
                        select min(t.district) as district, t.role, t.area, t.body, count(*) as count,
                               (array_agg(t.id order by t.due_at, t.id))[1] as first,
                               (array_agg(t.title order by t.due_at, t.id))[1] as title, min(t.due_at) as due
                        from (select id, title, due_at, district, %s from task where id = any(?)) t
                        group by t.role, t.area, t.body order by due, first
                        """.formatted(columns)).param(tasks).query(Desk.class).list();
    }

    private void tell(Kind kind, Desk desk, String list) {
        var accounts = desk.body != null
                ? holders.ofBody(desk.body)
                : desk.role == null || desk.area == null ? List.<Long>of() : holders.accounts(desk.role, desk.area);
        var values = Map.of(
                "count",
                String.valueOf(desk.count),
                "task",
                desk.count > 1 ? desk.title + " 等" : desk.title,
                "due",
                CivilTime.fullEnd(desk.due.toInstant()));
        var link = desk.count > 1 ? list : "/tasks/" + desk.first;
        notices.tell(
                templates.book(),
                kind,
                accounts.stream()
                        .map(account -> new Told(account, desk.district, values, link))
                        .toList());
    }
}

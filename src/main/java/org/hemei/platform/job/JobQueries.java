package org.hemei.platform.job;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.reference.ReferenceTable;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the pages of background work show. */
@Component
class JobQueries {

    static final int PAGE = 30;

    /** What the recurring jobs of all rooms are called on the screen. */
    static final Map<String, String> WORDS = ReferenceTable.read("reference/job-words.csv").records().stream()
            .collect(Collectors.toMap(row -> row.get("name"), row -> row.get("words")));

    /** @param own whether the reader started it; @param percent -1 when it is not known how much there is to do */
    record Run(
            long id,
            String title,
            String state,
            int percent,
            String step,
            String message,
            @Nullable String link,
            boolean cancelAsked,
            boolean own,
            Instant createdAt,
            @Nullable Instant startedAt,
            @Nullable Instant endedAt) {

        boolean open() {
            return endedAt == null;
        }
    }

    record Scheduled(
            String name,
            Instant next,
            @Nullable Instant lastSuccess,
            @Nullable Instant lastFailure,
            int failures,
            boolean running) {}

    private final JdbcClient jdbc;
    private final InstantSource clock;

    JobQueries(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    Instant now() {
        return clock.instant();
    }

    /** Newest first. @param before id to go on below */
    List<Run> list(Reader reader, long before) {
        return jdbc.sql("""
                        select *, account = :me as own from job_run
                        where id < :before and %s order by id desc limit :most
                        """.formatted(Jobs.VISIBLE))
                .param("before", before)
                .param("most", PAGE + 1)
                .params(Jobs.visible(reader))
                .query(JobQueries::run)
                .list();
    }

    Run one(Reader reader, long id) {
        return jdbc.sql("select *, account = :me as own from job_run where id = :id and %s".formatted(Jobs.VISIBLE))
                .param("id", id)
                .params(Jobs.visible(reader))
                .query(JobQueries::run)
                .optional()
                .orElseThrow(() -> new Missing("没有这件后台任务。"));
    }

    /** The recurring jobs, those that fail first; for whoever looks after the system. */
    List<Scheduled> scheduled(Reader reader) {
        if (Jobs.overseen(reader).isEmpty()) {
            return List.of();
        }
        return jdbc.sql("""
                        select task_name, execution_time, last_success, last_failure, coalesce(consecutive_failures, 0), picked
                        from scheduled_tasks where task_name <> ? order by consecutive_failures desc nulls last, task_name
                        """)
                .param(Jobs.TASK)
                .query((r, n) -> new Scheduled(
                        WORDS.getOrDefault(r.getString(1), r.getString(1)),
                        r.getTimestamp(2).toInstant(),
                        instant(r, 3),
                        instant(r, 4),
                        r.getInt(5),
                        r.getBoolean(6)))
                .list();
    }

    private static Run run(ResultSet r, int n) throws SQLException {
        var total = r.getLong("total");
        return new Run(
                r.getLong("id"),
                r.getString("title"),
                r.getString("state"),
                total == 0 ? -1 : (int) Math.clamp(r.getLong("done") * 100 / total, 0, 100),
                r.getString("step"),
                r.getString("message"),
                r.getString("link"),
                r.getBoolean("cancel_asked"),
                r.getBoolean("own"),
                r.getTimestamp("created_at").toInstant(),
                instant(r, r.findColumn("started_at")),
                instant(r, r.findColumn("ended_at")));
    }

    private static @Nullable Instant instant(ResultSet r, int column) throws SQLException {
        var at = r.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }
}

package org.hemei.platform.seal;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Schedules;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.hemei.platform.Reader;
import org.hemei.platform.job.BackgroundWork;
import org.hemei.platform.job.Job;
import org.hemei.platform.job.Jobs;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.seal.SealCheck.Break;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Has the audit log checked, every night and whenever somebody asks, and keeps what was found. */
@Component
class SealDesk implements BackgroundWork {

    static final String KIND = "audit-check";
    static final int PAGE = 30;

    private static final LocalTime NIGHTLY = LocalTime.of(3, 20);

    /** A check that was made; the breaks themselves are read for one check only. */
    record Checked(
            long id,
            boolean nightly,
            Instant started,
            Instant finished,
            long seals,
            long entries,
            long unsealed,
            int broken,
            boolean more) {

        static Checked read(ResultSet row, int number) throws SQLException {
            return new Checked(
                    row.getLong("id"),
                    row.getObject("asked_by") == null,
                    row.getTimestamp("started_at").toInstant(),
                    row.getTimestamp("finished_at").toInstant(),
                    row.getLong("seals"),
                    row.getLong("entries"),
                    row.getLong("unsealed"),
                    row.getInt("broken"),
                    row.getBoolean("more"));
        }
    }

    /** What there is of seals now. @param waiting entries that no seal names yet */
    record State(long seals, long entries, @Nullable Instant latest, long waiting) {}

    private final Sealing sealing;
    private final SealCheck check;
    private final Jobs jobs;
    private final Audit audit;
    private final EventLog events;
    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;
    private final JsonMapper json;

    SealDesk(
            Sealing sealing,
            SealCheck check,
            Jobs jobs,
            Audit audit,
            EventLog events,
            JdbcClient jdbc,
            TransactionTemplate transaction,
            JsonMapper json) {
        this.sealing = sealing;
        this.check = check;
        this.jobs = jobs;
        this.audit = audit;
        this.events = events;
        this.jdbc = jdbc;
        this.transaction = transaction;
        this.json = json;
    }

    @Bean
    Task<Void> auditCheckTask() {
        return Tasks.recurring("audit-check", Schedules.daily(CivilTime.ZONE, NIGHTLY))
                .execute((task, context) -> nightly());
    }

    void nightly() {
        make(null, seal -> {});
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public Outcome run(Job job) {
        job.begin(check.seals(), "正在核对封条");
        var id = make(job.account(), seal -> job.advance(1));
        var made = one(id).orElseThrow();
        var words = made.broken() == 0 ? "没有改动。" : "发现 " + made.broken() + (made.more() ? " 处以上改动。" : " 处改动。");
        return new Outcome(words, "/audit/seals/" + id);
    }

    /** Starts a check in the background. @return the id of its run */
    @Transactional
    long ask(Reader reader) {
        audit.record(reader, 0, "audit.check_asked", "audit", "seals", null, Map.of());
        return jobs.start(reader, KIND, "核对审计日志", Map.of(), "/audit/seals");
    }

    private long make(@Nullable Long account, LongConsumer progress) {
        sealing.seal();
        var report = check.run(progress);
        return transaction.execute(status -> keep(account, report));
    }

    private long keep(@Nullable Long account, SealCheck.Report report) {
        var id = jdbc.sql("""
                        insert into audit_check (asked_by, started_at, finished_at, seals, entries, unsealed, breaks, more)
                        values (:account, :started, :finished, :seals, :entries, :unsealed, cast(:breaks as jsonb), :more)
                        returning id
                        """)
                .param("account", account)
                .param("started", Timestamp.from(report.started()))
                .param("finished", Timestamp.from(report.finished()))
                .param("seals", report.seals())
                .param("entries", report.entries())
                .param("unsealed", report.unsealed())
                .param("breaks", json.writeValueAsString(report.breaks()))
                .param("more", report.more())
                .query(Long.class)
                .single();
        if (!report.whole()) {
            events.announce(
                    0, "audit.broken", id, Map.of("breaks", report.breaks().size()));
        }
        return id;
    }

    private static final String CHECKS = """
            select id, asked_by, started_at, finished_at, seals, entries, unsealed, jsonb_array_length(breaks) as broken, more
            from audit_check""";

    /** Newest first, one more than a page. */
    List<Checked> checks(long before) {
        return jdbc.sql(CHECKS + " where id < ? order by id desc limit ?")
                .params(before, PAGE + 1)
                .query(Checked::read)
                .list();
    }

    Optional<Checked> one(long id) {
        return jdbc.sql(CHECKS + " where id = ?").param(id).query(Checked::read).optional();
    }

    List<Break> breaks(long id) {
        var text = jdbc.sql("select breaks from audit_check where id = ?")
                .param(id)
                .query(String.class)
                .single();
        return json.readValue(text, new TypeReference<>() {});
    }

    State state() {
        return jdbc.sql("""
                select count(*) as seals, coalesce(sum(entries), 0) as entries, max(sealed_at) as latest,
                       (select count(*) from audit_entry where id > (select coalesce(max(top_id), -1) from audit_seal)) as waiting
                from audit_seal
                """)
                .query((r, n) -> new State(
                        r.getLong("seals"),
                        r.getLong("entries"),
                        r.getTimestamp("latest") == null
                                ? null
                                : r.getTimestamp("latest").toInstant(),
                        r.getLong("waiting")))
                .single();
    }
}

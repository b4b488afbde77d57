package org.hemei.workorder.archive;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.rule.Versions;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.Kept;
import org.hemei.workorder.KeptFiles;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Sets how long what is kept: from a day on, on a basis. Nothing is set for a day that has begun, so nothing is erased unseen. */
@Service
class RetentionDesk {

    static final int MOST_MONTHS = 600;

    record Change(Kept kept, int months, LocalDate since, String basis) {}

    /** @param before in months; null where nothing was set; more: what the first night reaches that it would not have */
    record Preview(Change change, @Nullable Integer before, long more) {}

    private final JdbcClient jdbc;
    private final Versions versions;
    private final List<KeptFiles> files;
    private final Audit audit;
    private final InstantSource clock;

    RetentionDesk(JdbcClient jdbc, List<KeptFiles> files, Audit audit, InstantSource clock) {
        this.jdbc = jdbc;
        this.files = files;
        this.versions = new Versions(jdbc, "retention_rule", "valid", true, List.of("kind"));
        this.audit = audit;
        this.clock = clock;
    }

    LocalDate today() {
        return CivilTime.date(clock.instant());
    }

    /** What the change would bring. {@code more}: what has ended and the first night reaches, and the old rule would not. */
    Preview preview(Change change) {
        check(change);
        var before = jdbc.sql("select months from retention_rule where kind = ? and valid @> cast(? as date)")
                .params(change.kept.code(), change.since)
                .query(Integer.class)
                .optional()
                .orElse(null);
        var more = before == null || before <= change.months
                ? 0L
                : ended(
                        change.kept,
                        CivilTime.startOf(change.since.minusMonths(before)),
                        CivilTime.startOf(change.since.minusMonths(change.months)));
        return new Preview(change, before, more);
    }

    private long ended(Kept kept, Instant from, Instant until) {
        return files.stream()
                .filter(one -> one.kept() == kept)
                .findFirst()
                .map(one -> one.ended(from, until))
                .orElseGet(() -> jdbc.sql("select count(*) from work_order where closed_at < ? and closed_at >= ?")
                        .params(Timestamp.from(until), Timestamp.from(from))
                        .query(Long.class)
                        .single());
    }

    private void check(Change change) {
        if (!change.since.isAfter(today())) {
            throw Refusal.of("since", "请从明天或以后哪天起。今天夜里的已经按现在的规定办。");
        }
        versions.free(change.since, change.kept.code());
    }

    @Transactional
    public void set(Reader reader, Change change) {
        check(change);
        var kind = change.kept.code();
        var next = versions.cut(change.since, kind);
        jdbc.sql("""
                insert into retention_rule (kind, months, basis, valid, set_by, set_at)
                values (:kind, :months, :basis, daterange(:since, :next), :by, :at)
                """)
                .param("kind", kind)
                .param("months", change.months)
                .param("basis", change.basis)
                .param("since", change.since)
                .param("next", next)
                .param("by", reader.account())
                .param("at", Timestamp.from(clock.instant()))
                .update();
        audit.record(
                reader,
                0,
                "retention_rule.set",
                "retention_rule",
                kind,
                null,
                Map.of("months", change.months, "since", change.since.toString()));
    }

    /** Takes back a version that has not begun; the one before goes on. */
    @Transactional
    public void takeBack(Reader reader, long id) {
        var kind = versions.takeBack(id, today()).orElseThrow(() -> new Missing("没有这条规定，或它已经开始用了。"));
        audit.record(reader, 0, "retention_rule.taken_back", "retention_rule", kind, null, Map.of());
    }

    /** What begins later, by day. */
    List<Retention.Rule> coming() {
        return jdbc.sql("""
                select id, kind, months, basis, lower(valid) as since from retention_rule where lower(valid) > ? order by since, kind
                """).param(today()).query(Retention.Rule.class).list();
    }
}

package org.hemei.registry.bulk;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.job.Jobs;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.LastChange;
import org.hemei.registry.estate.EstateView;
import org.hemei.registry.estate.Estates;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** A change of many estates: planned and shown, then made in one transaction with one audit entry, or not at all. */
@Service
class BatchDesk {

    /** More than a city has. */
    static final int MOST = 5_000;

    private final JdbcClient jdbc;
    private final Batches batches;
    private final Estates estates;
    private final Map<BatchKind, Change> changes = new EnumMap<>(BatchKind.class);
    private final Jobs jobs;
    private final Audit audit;
    private final JsonMapper json;
    private final InstantSource clock;
    private final LastChange lastChange;

    BatchDesk(
            JdbcClient jdbc,
            Batches batches,
            Estates estates,
            List<Change> changes,
            Jobs jobs,
            Audit audit,
            JsonMapper json,
            InstantSource clock,
            LastChange lastChange) {
        this.jdbc = jdbc;
        this.batches = batches;
        this.estates = estates;
        this.jobs = jobs;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
        this.lastChange = lastChange;
        changes.forEach(change -> change.kinds().forEach(kind -> this.changes.put(kind, change)));
    }

    /** Plans the change and keeps the plan; nothing else is written. Estates outside the reader's scope are not taken in. */
    @Transactional
    long plan(Reader reader, BatchKind kind, Map<String, String> detail, String reason, List<Long> chosen) {
        var scope = kind.scope(reader);
        var known = chosen.stream()
                .distinct()
                .limit(MOST)
                .flatMap(id -> estates.find(id).stream())
                .filter(estate -> scope.covers(estate.community()))
                .toList();
        if (known.isEmpty()) {
            throw Refusal.of("没有选中小区。请回到名单勾选，或先筛选。");
        }
        var id = jdbc.sql("""
                        insert into estate_batch (change, detail, reason, account, asked_at)
                        values (:change, cast(:detail as jsonb), :reason, :account, :now) returning id
                        """)
                .param("change", kind.code())
                .param("detail", json.writeValueAsString(detail))
                .param("reason", reason)
                .param("account", reader.account())
                .param("now", Timestamp.from(clock.instant()))
                .query(Long.class)
                .single();
        for (var estate : known) {
            keep(id, estate.id(), change(kind).plan(kind, detail, estate));
        }
        return id;
    }

    private void keep(long batch, long estate, Change.Planned planned) {
        jdbc.sql("""
                        insert into estate_batch_row (batch, estate, before, after, was, becomes, problem)
                        values (:batch, :estate, :before, :after, cast(:was as jsonb), cast(:becomes as jsonb), :problem)
                        """)
                .param("batch", batch)
                .param("estate", estate)
                .param("before", planned.before())
                .param("after", planned.after())
                .param("was", json.writeValueAsString(planned.was()))
                .param("becomes", json.writeValueAsString(planned.becomes()))
                .param("problem", planned.problem())
                .update();
    }

    private Change change(BatchKind kind) {
        return Objects.requireNonNull(changes.get(kind));
    }

    /** The same change without the estates that cannot. */
    @Transactional
    long withoutProblems(Reader reader, Batches.Batch batch) {
        var fine = batches.rows(batch.id(), 0, null).stream()
                .filter(row -> row.problem() == null)
                .map(Batches.Row::estate)
                .toList();
        return plan(reader, batch.kind(), batch.detail(), batch.reason(), fine);
    }

    /** Goes on in the background; a second run finds it done. Gives the run. */
    @Transactional
    long hand(Reader reader, Batches.Batch batch, boolean undoing) {
        mayAll(reader, batch, undoing);
        if (!undoing) {
            turn(reader, batch, List.of("seen", "refused", "waiting"), "waiting");
        }
        return jobs.start(
                reader,
                BatchWork.KIND,
                (undoing ? "撤回批量修改：" : "批量修改小区：") + batch.kind().words(),
                Map.of("batch", String.valueOf(batch.id()), "undo", undoing ? "yes" : "no"),
                "/estates/bulk/" + batch.id());
    }

    /**
     * Makes the change for every estate, after looking at each again: what was shown must still be so. That the reader may
     * is known by {@link #mayAll}.
     *
     * @param step told after each estate
     */
    @Transactional
    void apply(Reader reader, Batches.Batch batch, Consumer<Integer> step) {
        turn(reader, batch, List.of("seen", "refused", "waiting"), "done");
        var change = change(batch.kind());
        var rows = batches.rows(batch.id(), 0, null);
        var problems = new ArrayList<String>();
        for (var row : rows) {
            var estate = locked(row.estate());
            var planned = change.plan(batch.kind(), batch.detail(), estate);
            if (planned.problem() != null) {
                problems.add(row.name() + "：" + planned.problem());
            } else if (!json.valueToTree(planned.was()).equals(json.valueToTree(row.was()))) {
                problems.add(row.name() + "：预览以后有人改过。");
            } else if (problems.isEmpty()) {
                change.apply(reader, batch, estate, row.becomes());
            }
            step.accept(1);
        }
        refuse(problems, "一个也没改。请去掉这些再预览。");
        record(reader, batch, "estate_batch.applied", rows.size());
    }

    /** Puts back what was, for every estate, while nothing builds on it. */
    @Transactional
    void undo(Reader reader, Batches.Batch batch, Consumer<Integer> step) {
        turn(reader, batch, List.of("done"), "done");
        var change = change(batch.kind());
        var rows = batches.rows(batch.id(), 0, null);
        var problems = new ArrayList<String>();
        for (var row : rows) {
            var estate = locked(row.estate());
            var problem = change.cannotUndo(estate, row.was(), row.becomes());
            if (problem != null) {
                problems.add(row.name() + "：" + problem);
            } else if (problems.isEmpty()) {
                change.undo(reader, batch, estate, row.was(), row.becomes());
            }
            step.accept(1);
        }
        refuse(problems, "一个也没撤。请一个一个改。");
        jdbc.sql("update estate_batch set state = 'undone', undone_by = ?, undone_at = ? where id = ?")
                .params(reader.account(), Timestamp.from(clock.instant()), batch.id())
                .update();
        record(reader, batch, "estate_batch.undone", rows.size());
    }

    private static void refuse(List<String> problems, String rest) {
        if (!problems.isEmpty()) {
            throw Refusal.of(String.join("", problems.subList(0, Math.min(5, problems.size())))
                    + (problems.size() > 5 ? "还有 " + (problems.size() - 5) + " 个。" : "")
                    + rest);
        }
    }

    /** After a refused attempt, whose transaction left nothing behind: what the page says. */
    @Transactional
    void refused(Batches.Batch batch, boolean undoing, String words) {
        jdbc.sql(
                        "update estate_batch set state = ?, words = ? where id = ? and state in ('seen', 'waiting', 'refused', 'done')")
                .params(undoing ? "done" : "refused", words, batch.id())
                .update();
    }

    private EstateView locked(long id) {
        jdbc.sql("select id from estate where id = ? for update")
                .param(id)
                .query(Long.class)
                .optional();
        return estates.find(id).orElseThrow(() -> new Missing("没有这个小区。"));
    }

    /**
     * All of it lies where the reader may do it, and so does where it goes: the plan may be somebody else's, and what the reader oversees may be another since.
     */
    void mayAll(Reader reader, Batches.Batch batch, boolean undoing) {
        var scope = batch.kind().scope(reader);
        var outside = jdbc.sql("""
                        select exists (select from estate_batch_row r join estate e on e.id = r.estate
                                       where r.batch = :batch
                                         and not (e.community like any(:patterns)
                                                  and coalesce(case when :undoing then r.was else r.becomes end ->> 'community', e.community)
                                                      like any(:patterns)))
                        """)
                .param("batch", batch.id())
                .param("undoing", undoing)
                .param("patterns", scope.patterns())
                .query(Boolean.class)
                .single();
        if (outside) {
            throw new Missing("这里有不在您范围里的小区。");
        }
    }

    private void turn(Reader reader, Batches.Batch batch, List<String> from, String to) {
        var turned = jdbc.sql("""
                        update estate_batch set state = :to, words = null,
                               done_at = case when :to = 'done' then coalesce(done_at, :now) else done_at end
                        where id = :id and state = any(:from)
                        """)
                .param("to", to)
                .param("now", Timestamp.from(clock.instant()))
                .param("id", batch.id())
                .param("from", from.toArray(String[]::new))
                .update();
        if (turned == 0) {
            throw lastChange.stale(reader, "estate_batch", batch.id(), "办过这次批量修改");
        }
    }

    private void record(Reader reader, Batches.Batch batch, String action, int estates) {
        audit.record(
                reader,
                0,
                action,
                "estate_batch",
                batch.id(),
                null,
                Map.of("change", batch.kind().code(), "estates", estates));
    }
}

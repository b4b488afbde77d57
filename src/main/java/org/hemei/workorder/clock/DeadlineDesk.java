package org.hemei.workorder.clock;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.DeadlineBook;
import org.hemei.workorder.Deadlines.Measure;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.Level;
import org.hemei.workorder.Urgency;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sets the rules of time: how long a step may take, and what happens by itself around its deadline. A rule takes effect on a
 * later day and on a basis; the one before ends there and stays readable. Clocks that run keep what they were stamped with.
 */
@Service
class DeadlineDesk {

    /** What a rule is about, and from when on. */
    record Scope(
            Timer timer,
            @Nullable String category,
            @Nullable Urgency urgency,
            LocalDate since,
            String basis) {}

    record Amount(int value, Measure measure) {}

    private final JdbcClient jdbc;
    private final DeadlineBook book;
    private final Audit audit;
    private final InstantSource clock;

    DeadlineDesk(JdbcClient jdbc, DeadlineBook book, Audit audit, InstantSource clock) {
        this.jdbc = jdbc;
        this.book = book;
        this.audit = audit;
        this.clock = clock;
    }

    /** How long it may take. */
    @Transactional
    public void setDeadline(Reader reader, Scope scope, Amount amount) {
        begins(scope);
        if (scope.category == null && scope.urgency == null) {
            throw Refusal.of("urgency", "请选一个缓急，或者一类事。");
        }
        if (!scope.timer.ruled()) {
            throw Refusal.of("clock", scope.timer.words() + "的期限在“办理规定”里定。请另选。");
        }
        if (scope.timer == Timer.EXTEND && amount.measure != Measure.WORKING_DAY) {
            throw Refusal.of("measure", "延期按工作日算。请选工作日。");
        }
        var next = cut("deadline_rule", "", scope, Map.of());
        jdbc.sql("""
                insert into deadline_rule (category, urgency, clock, amount, measure, basis, valid, set_by, set_at)
                values (:category, :urgency, :clock, :amount, :measure, :basis, daterange(:since, :next), :by, :at)
                """)
                .params(about(scope))
                .param("amount", amount.value)
                .param("measure", amount.measure.code())
                .param("basis", scope.basis)
                .param("next", next)
                .param("by", reader.account())
                .param("at", java.sql.Timestamp.from(clock.instant()))
                .update();
        set(reader, "deadline.set", scope, Map.of("amount", amount.value, "measure", amount.measure.code()));
    }

    /** Who is reminded before, or to whom it goes after. */
    @Transactional
    public void setStep(Reader reader, Scope scope, boolean before, Amount amount, Level level) {
        begins(scope);
        if ((scope.timer == Timer.RATE) != (level == Level.REPORTER) || (scope.timer == Timer.RATE && !before)) {
            throw Refusal.of("level", "评价只在截止前提醒点单人；别的时限提醒、上报给办事的一方。");
        }
        if (before && amount.value == 0) {
            throw Refusal.of("amount", "到期前提醒，请填 1 或以上。");
        }
        var which = Map.<String, Object>of("moment", before ? "before" : "after", "level", level.code());
        var next = cut("escalation_rule", "and moment = :moment and level = :level", scope, which);
        jdbc.sql("""
                insert into escalation_rule (category, urgency, clock, moment, amount, measure, level, basis, valid, set_by, set_at)
                values (:category, :urgency, :clock, :moment, :amount, :measure, :level, :basis, daterange(:since, :next), :by,
                        :at)
                """)
                .params(about(scope))
                .params(which)
                .param("amount", amount.value)
                .param("measure", amount.measure.code())
                .param("basis", scope.basis)
                .param("next", next)
                .param("by", reader.account())
                .param("at", java.sql.Timestamp.from(clock.instant()))
                .update();
        set(reader, "escalation.set", scope, Map.of("amount", amount.value, "level", level.code()));
    }

    /** From tomorrow on without it; one that has not begun is taken back. What is said of an urgency as such has to be. */
    @Transactional
    public void endDeadline(Reader reader, long id) {
        end(reader, "deadline_rule", "and category is not null", "deadline.end", id);
    }

    @Transactional
    public void endStep(Reader reader, long id) {
        end(reader, "escalation_rule", "", "escalation.end", id);
    }

    private void end(Reader reader, String table, String only, String action, long id) {
        lock();
        var tomorrow = today().plusDays(1);
        var ended = jdbc.sql("delete from " + table + " where id = :id and lower(valid) >= :day " + only)
                        .param("id", id)
                        .param("day", tomorrow)
                        .update()
                + jdbc.sql("update " + table + " set valid = daterange(lower(valid), :day)"
                                + " where id = :id and valid @> cast(:day as date) " + only)
                        .param("id", id)
                        .param("day", tomorrow)
                        .update();
        if (ended == 0) {
            throw new Missing("没有这条规则，或它已经停用了。");
        }
        audit.record(reader, 0, action, table, id, null, Map.of("from", tomorrow.toString()));
        book.changed();
    }

    private void begins(Scope scope) {
        if (!scope.since.isAfter(today())) {
            throw Refusal.of("since", "从明天或以后哪天起。今天按今天的规则。");
        }
        if (scope.category != null && !known(scope.category)) {
            throw Refusal.of("category", "没有这一类。请重新选。");
        }
    }

    private boolean known(String category) {
        return jdbc.sql("select exists (select from category where code = ?)")
                .param(category)
                .query(Boolean.class)
                .single();
    }

    /**
     * Ends what holds on the first day of the new version.
     *
     * @return the day on which the version after it begins; null when there is none
     */
    private @Nullable LocalDate cut(String table, String which, Scope scope, Map<String, Object> more) {
        lock();
        var same = """
                 from %s where clock = :clock and category is not distinct from cast(:category as text)
                   and urgency is not distinct from cast(:urgency as text) %s
                """.formatted(table, which);
        if (jdbc.sql("select exists (select" + same + " and lower(valid) = :since)")
                .params(about(scope))
                .params(more)
                .query(Boolean.class)
                .single()) {
            throw Refusal.of("since", "这一天已经定过一次。请换一天起，或先撤回那一条。");
        }
        jdbc.sql("update %s set valid = daterange(lower(valid), :since) where id in (select id%s and valid @> :since)"
                        .formatted(table, same))
                .params(about(scope))
                .params(more)
                .update();
        return jdbc.sql("select min(lower(valid)) as next" + same + " and lower(valid) > :since")
                .params(about(scope))
                .params(more)
                .query((r, n) -> java.util.Optional.ofNullable(r.getObject("next", LocalDate.class)))
                .single()
                .orElse(null);
    }

    private static Map<String, Object> about(Scope scope) {
        var about = new java.util.HashMap<String, Object>();
        about.put("clock", scope.timer.code());
        about.put("category", scope.category);
        about.put("urgency", scope.urgency == null ? null : scope.urgency.code());
        about.put("since", scope.since);
        return about;
    }

    /** Two who change rules at once do so one after the other. */
    private void lock() {
        jdbc.sql("select pg_advisory_xact_lock(hashtext('rules of time'))")
                .query((r, n) -> 0)
                .list();
    }

    private void set(Reader reader, String action, Scope scope, Map<String, Object> what) {
        var detail = new java.util.HashMap<>(what);
        detail.put("since", scope.since.toString());
        var subject = scope.timer.code()
                + (scope.category == null ? "" : " " + scope.category)
                + (scope.urgency == null ? "" : " " + scope.urgency.code());
        audit.record(reader, 0, action, "deadline_rule", subject, null, detail);
        book.changed();
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }
}

package org.hemei.workorder.clock;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.rule.Versions;
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
            String basis) {

        private @Nullable String urgencyCode() {
            return urgency == null ? null : urgency.code();
        }
    }

    record Amount(int value, Measure measure) {}

    private final JdbcClient jdbc;
    private final Versions deadlines;
    private final Versions steps;
    private final DeadlineBook book;
    private final Audit audit;
    private final InstantSource clock;

    DeadlineDesk(JdbcClient jdbc, DeadlineBook book, Audit audit, InstantSource clock) {
        this.jdbc = jdbc;
        this.deadlines = new Versions(jdbc, "deadline_rule", "valid", true, List.of("clock", "category", "urgency"));
        this.steps = new Versions(
                jdbc, "escalation_rule", "valid", true, List.of("clock", "category", "urgency", "moment", "level"));
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
        var next = deadlines.cut(scope.since, scope.timer.code(), scope.category, scope.urgencyCode());
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

    /** What a step has to be, whether it is only looked at or set. */
    void checkStep(Scope scope, boolean before, Amount amount, Level level) {
        begins(scope);
        if ((scope.timer == Timer.RATE) != (level == Level.REPORTER) || (scope.timer == Timer.RATE && !before)) {
            throw Refusal.of("level", "评价只在截止前提醒点单人；别的时限提醒、上报给办事的一方。");
        }
        if (before && amount.value == 0) {
            throw Refusal.of("amount", "到期前提醒，请填 1 或以上。");
        }
    }

    /** Who is reminded before, or to whom it goes after. */
    @Transactional
    public void setStep(Reader reader, Scope scope, boolean before, Amount amount, Level level) {
        checkStep(scope, before, amount, level);
        var moment = before ? "before" : "after";
        var next =
                steps.cut(scope.since, scope.timer.code(), scope.category, scope.urgencyCode(), moment, level.code());
        jdbc.sql("""
                insert into escalation_rule (category, urgency, clock, moment, amount, measure, level, basis, valid, set_by, set_at)
                values (:category, :urgency, :clock, :moment, :amount, :measure, :level, :basis, daterange(:since, :next), :by,
                        :at)
                """)
                .params(about(scope))
                .param("moment", moment)
                .param("level", level.code())
                .param("amount", amount.value)
                .param("measure", amount.measure.code())
                .param("basis", scope.basis)
                .param("next", next)
                .param("by", reader.account())
                .param("at", java.sql.Timestamp.from(clock.instant()))
                .update();
        set(reader, "escalation.set", scope, Map.of("amount", amount.value, "level", level.code()));
    }

    /**
     * From tomorrow on without it; one that has not begun is taken back, and the one before goes on. What is said of an urgency as
     * such has to be: that is only taken back.
     */
    @Transactional
    public void endDeadline(Reader reader, long id) {
        var ofCategory = jdbc.sql("select exists (select from deadline_rule where id = ? and category is not null)")
                .param(id)
                .query(Boolean.class)
                .single();
        end(reader, deadlines, ofCategory, "deadline.end", id);
    }

    @Transactional
    public void endStep(Reader reader, long id) {
        end(reader, steps, true, "escalation.end", id);
    }

    private void end(Reader reader, Versions versions, boolean mayEnd, String action, long id) {
        var tomorrow = today().plusDays(1);
        var gone = versions.takeBack(id, today()).or(() -> mayEnd ? versions.end(id, tomorrow) : Optional.empty());
        if (gone.isEmpty()) {
            throw new Missing("没有这条规则，或它已经停用了。");
        }
        audit.record(reader, 0, action, versions.table(), id, null, Map.of("from", tomorrow.toString()));
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

    private static Map<String, Object> about(Scope scope) {
        var about = new java.util.HashMap<String, Object>();
        about.put("clock", scope.timer.code());
        about.put("category", scope.category);
        about.put("urgency", scope.urgencyCode());
        about.put("since", scope.since);
        return about;
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

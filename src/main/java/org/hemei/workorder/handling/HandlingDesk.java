package org.hemei.workorder.handling;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.rule.Versions;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.HandlingRules.Name;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sets the limits on handling and the objective obstacles. A version takes effect on a later day and on a basis; the one before
 * ends there and stays readable. What runs goes on as it began: a limit counts by the version of the day on which it began, and an
 * order that stands still keeps the words and the day that were granted.
 */
@Service
class HandlingDesk {

    /** @param measure hour, day, working_day, or time for a number of times */
    record Limit(Name name, int amount, String measure, LocalDate since, String basis) {}

    /** @param code of the one that gets a new version; empty for one that is new altogether */
    record Cause(String code, String name, String waits, int maxDays, LocalDate since, String basis) {}

    private static final List<String> LENGTHS = List.of("hour", "day", "working_day");
    private static final int MOST_TIMES = 10;

    private final JdbcClient jdbc;
    private final Versions limits;
    private final Versions obstacles;
    private final Audit audit;
    private final InstantSource clock;

    HandlingDesk(JdbcClient jdbc, Audit audit, InstantSource clock) {
        this.jdbc = jdbc;
        this.limits = new Versions(jdbc, "handling_rule", "valid", true, List.of("name"));
        this.obstacles = new Versions(jdbc, "obstacle", "valid", true, List.of("code"));
        this.audit = audit;
        this.clock = clock;
    }

    /** What a limit has to be, whether it is only looked at or set. */
    void check(Limit limit) {
        begins(limit.since);
        if (limit.name == Name.SUPERVISE_AFTER) {
            if (!limit.measure.equals("time")) {
                throw Refusal.of("measure", "这一条按次数算。请选“次”。");
            }
            if (limit.amount > MOST_TIMES) {
                throw Refusal.of("amount", "最多填 " + MOST_TIMES + " 次。");
            }
        } else if (!LENGTHS.contains(limit.measure)) {
            throw Refusal.of("measure", "这一条按时间算。请选小时、天或工作日。");
        }
    }

    @Transactional
    public void set(Reader reader, Limit limit) {
        check(limit);
        var name = limit.name.name().toLowerCase(Locale.ROOT);
        var next = limits.cut(limit.since, name);
        jdbc.sql("""
                insert into handling_rule (name, amount, measure, basis, valid, set_by, set_at)
                values (:name, :amount, :measure, :basis, daterange(:since, :next), :by, :at)
                """)
                .param("name", name)
                .param("amount", limit.amount)
                .param("measure", limit.measure)
                .param("basis", limit.basis)
                .param("since", limit.since)
                .param("next", next)
                .param("by", reader.account())
                .param("at", Timestamp.from(clock.instant()))
                .update();
        audit.record(
                reader,
                0,
                "handling_rule.set",
                "handling_rule",
                name,
                null,
                Map.of("amount", limit.amount, "measure", limit.measure, "since", limit.since.toString()));
    }

    /** Takes back a version that has not begun; the one before goes on. There is always one: an order must have its limit. */
    @Transactional
    public void takeBack(Reader reader, long id) {
        var name = limits.takeBack(id, today()).orElseThrow(() -> new Missing("没有这条规定，或它已经开始用了。"));
        audit.record(reader, 0, "handling_rule.taken_back", "handling_rule", name, null, Map.of());
    }

    void check(Cause cause) {
        begins(cause.since);
        if (!cause.code.isEmpty() && !exists(cause.code)) {
            throw Refusal.of("code", "没有这一种障碍。请从规定的页面上选。");
        }
    }

    @Transactional
    public void set(Reader reader, Cause cause) {
        check(cause);
        obstacles.lock();
        var code = cause.code.isEmpty() ? newCode() : cause.code;
        var next = obstacles.cut(cause.since, code);
        jdbc.sql("""
                insert into obstacle (code, name, waits, max_days, position, basis, valid, set_by, set_at)
                values (:code, :name, :waits, :days,
                        coalesce((select position from obstacle where code = :code limit 1), (select coalesce(max(position), 0) + 1 from obstacle)),
                        :basis, daterange(:since, :next), :by, :at)
                """)
                .param("code", code)
                .param("name", cause.name)
                .param("waits", cause.waits)
                .param("days", cause.maxDays)
                .param("basis", cause.basis)
                .param("since", cause.since)
                .param("next", next)
                .param("by", reader.account())
                .param("at", Timestamp.from(clock.instant()))
                .update();
        audit.record(
                reader,
                0,
                "obstacle.set",
                "obstacle",
                code,
                null,
                Map.of("max_days", cause.maxDays, "since", cause.since.toString()));
    }

    /** From tomorrow on it can no longer be named; a version that has not begun is taken back. What stands still for it goes on. */
    @Transactional
    public void endObstacle(Reader reader, long id) {
        var tomorrow = today().plusDays(1);
        var code = obstacles
                .takeBack(id, today())
                .or(() -> {
                    anotherIsLeft(tomorrow);
                    return obstacles.end(id, tomorrow);
                })
                .orElseThrow(() -> new Missing("没有这一种障碍，或它已经停用了。"));
        audit.record(reader, 0, "obstacle.end", "obstacle", code, null, Map.of("from", tomorrow.toString()));
    }

    private void anotherIsLeft(LocalDate day) {
        if (jdbc.sql("select count(distinct code) from obstacle where valid @> ?")
                        .param(day)
                        .query(Integer.class)
                        .single()
                == 1) {
            throw Refusal.of("只剩这一种障碍了，先加一种再停用。");
        }
    }

    private void begins(LocalDate since) {
        if (!since.isAfter(today())) {
            throw Refusal.of("since", "从明天或以后哪天起。今天按今天的规定。");
        }
    }

    private boolean exists(String code) {
        return jdbc.sql("select exists (select from obstacle where code = ?)")
                .param(code)
                .query(Boolean.class)
                .single();
    }

    private String newCode() {
        return "own_"
                + jdbc.sql("select coalesce(max(id), 0) + 1 from obstacle")
                        .query(Long.class)
                        .single();
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }
}

package org.hemei.oversight;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import org.hemei.platform.MechanismCheck;
import org.hemei.platform.MechanismCheck.Threshold;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sets thresholds: from a day on, on a basis, for an area and all below it. What held before stays as it was, so that
 * figures of the past keep their measure; nothing is set for days that are over.
 */
@Service
class ThresholdDesk {

    private final JdbcClient jdbc;
    private final Figures figures;
    private final Audit audit;
    private final InstantSource clock;

    ThresholdDesk(JdbcClient jdbc, Figures figures, Audit audit, InstantSource clock) {
        this.jdbc = jdbc;
        this.figures = figures;
        this.audit = audit;
        this.clock = clock;
    }

    /** @param policy the document it rests on, when it is one that is registered */
    record Change(
            String name,
            String area,
            int value,
            LocalDate since,
            String basis,
            @Nullable Long policy) {}

    @Transactional
    public void set(Reader reader, MechanismCheck check, Change change) {
        if (!Standing.sets(reader, change.area)) {
            throw new Missing("这里的标准不归您改。");
        }
        var rule = check.rule();
        var threshold = rule.thresholds().stream()
                .filter(t -> t.name().equals(change.name))
                .findFirst()
                .orElseThrow(() -> Refusal.of("name", "请选改哪一项。"));
        check(threshold, change);
        var next = cut(rule.code(), change);
        jdbc.sql("""
                insert into rule_threshold (rule, name, area, value, policy, basis, during, set_by, set_at)
                values (:rule, :name, :area, :value, :policy, :basis, daterange(:since, :next), :by, :at)
                """)
                .param("rule", rule.code())
                .param("name", change.name)
                .param("area", change.area)
                .param("value", change.value)
                .param("policy", change.policy)
                .param("basis", change.basis)
                .param("since", change.since)
                .param("next", next)
                .param("by", reader.account())
                .param("at", Timestamp.from(clock.instant()))
                .update();
        audit.record(
                reader,
                0,
                "threshold.set",
                "rule_threshold",
                rule.code() + "." + change.name,
                change.area,
                Map.of("value", change.value, "since", change.since.toString()));
        figures.refresh(check);
    }

    private void check(Threshold threshold, Change change) {
        if (change.value < threshold.least() || change.value > threshold.most()) {
            throw Refusal.of("value", "请填 " + threshold.least() + " 到 " + threshold.most() + " 的整数。");
        }
        if (change.since.isBefore(CivilTime.date(clock.instant()))) {
            throw Refusal.of("since", "从今天或以后哪天起算。过去的数按过去的标准。");
        }
        if (change.policy != null
                && jdbc.sql("select count(*) from policy where id = ? and starts_with(?, area)")
                                .params(change.policy, change.area)
                                .query(Integer.class)
                                .single()
                        == 0) {
            throw Refusal.of("policy", "没有这份文件，或它不管这个地区。");
        }
    }

    /**
     * Ends what holds on the first day of the new value.
     *
     * @return the day on which the version after it begins; null when there is none
     */
    private @Nullable LocalDate cut(String rule, Change change) {
        var same = jdbc.sql("""
                select count(*) from rule_threshold
                where rule = ? and name = ? and area = ? and lower(during) = ?
                """)
                .params(rule, change.name, change.area, change.since)
                .query(Integer.class)
                .single();
        if (same > 0) {
            throw Refusal.of("since", "这一天已经定过一次。请换一天起算。");
        }
        jdbc.sql("""
                update rule_threshold set during = daterange(lower(during), :since)
                where rule = :rule and name = :name and area = :area and during @> :since
                """)
                .param("rule", rule)
                .param("name", change.name)
                .param("area", change.area)
                .param("since", change.since)
                .update();
        return jdbc.sql("""
                select min(lower(during)) from rule_threshold where rule = ? and name = ? and area = ? and lower(during) > ?
                """)
                .params(rule, change.name, change.area, change.since)
                .query((r, n) -> r.getObject(1, LocalDate.class))
                .list()
                .getFirst();
    }
}

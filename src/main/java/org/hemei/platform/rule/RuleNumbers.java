package org.hemei.platform.rule;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hemei.platform.Reader;
import org.hemei.platform.log.Audit;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * Numbers that a rule works with and that differ by place and year: set from a day on, on a basis, for an area and all below
 * it; the nearest area that has set one decides. Whoever sets one has looked before whether the reader may, and whether the
 * value may be.
 */
@Component
public class RuleNumbers {

    /** @param policy the document it rests on, when it is one that is registered */
    public record Number(
            String rule,
            String name,
            String area,
            int value,
            LocalDate since,
            String basis,
            @Nullable Long policy) {}

    private final JdbcClient jdbc;
    private final Versions versions;
    private final Audit audit;
    private final InstantSource clock;

    RuleNumbers(JdbcClient jdbc, Audit audit, InstantSource clock) {
        this.jdbc = jdbc;
        this.versions = new Versions(jdbc, "rule_threshold", "during", false, List.of("rule", "name", "area"));
        this.audit = audit;
        this.clock = clock;
    }

    /** What holds for an area on a day. */
    public int of(String rule, String name, String area, LocalDate day, int otherwise) {
        return jdbc.sql("select threshold(?, ?, ?, ?, ?)")
                .params(rule, name, area, day, otherwise)
                .query(Integer.class)
                .single();
    }

    /** A number that somebody has set. */
    public record Kept(String rule, String name, String area, int value, LocalDate since) {}

    public Optional<Kept> find(long id) {
        return jdbc.sql("""
                        select rule, name, area, value, lower(during) as since from rule_threshold
                        where id = ? and set_by is not null
                        """).param(id).query(Kept.class).optional();
    }

    /**
     * Takes a number back that begins today or later, in the transaction of the one who does; the one before goes on. Of the days that are over nothing changes.
     *
     * @return whether there was one to take back
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public boolean takeBack(Reader reader, String action, int district, long id) {
        versions.lock();
        var kept = find(id);
        var today = CivilTime.date(clock.instant());
        if (kept.isEmpty() || versions.takeBack(id, today.minusDays(1)).isEmpty()) {
            return false;
        }
        var gone = kept.get();
        audit.record(
                reader,
                district,
                action,
                "rule_threshold",
                gone.rule + "." + gone.name,
                gone.area,
                Map.of("value", gone.value, "since", gone.since.toString()));
        return true;
    }

    /**
     * In the transaction of the one who sets it.
     *
     * @param action as it is called in the audit log
     * @param district in whose part of the audit log it stands; 0 where it belongs to none
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void set(Reader reader, String action, int district, Number number) {
        var next = versions.cut(number.since, number.rule, number.name, number.area);
        jdbc.sql("""
                insert into rule_threshold (rule, name, area, value, policy, basis, during, set_by, set_at)
                values (:rule, :name, :area, :value, :policy, :basis, daterange(:since, :next), :by, :at)
                """)
                .param("rule", number.rule)
                .param("name", number.name)
                .param("area", number.area)
                .param("value", number.value)
                .param("policy", number.policy)
                .param("basis", number.basis)
                .param("since", number.since)
                .param("next", next)
                .param("by", reader.account())
                .param("at", Timestamp.from(clock.instant()))
                .update();
        audit.record(
                reader,
                district,
                action,
                "rule_threshold",
                number.rule + "." + number.name,
                number.area,
                Map.of("value", number.value, "since", number.since.toString()));
    }
}

package org.hemei.oversight;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hemei.platform.MechanismCheck;
import org.hemei.platform.MechanismCheck.Threshold;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.event.ApplicationStartedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Thresholds as data: which value holds where and when, and on what basis. Every city begins with the values the rules
 * came with, from the day of the article that describes the mechanism.
 */
@Component
class Thresholds {

    private static final LocalDate BEGINNING = LocalDate.of(2021, 6, 14);

    /** @param until the day from which it no longer holds; null while it holds */
    record Version(
            long id,
            String name,
            String area,
            String areaName,
            int value,
            String basis,
            @Nullable Long policyId,
            @Nullable String policy,
            LocalDate since,
            @Nullable LocalDate until,
            @Nullable String setBy) {}

    private final JdbcClient jdbc;
    private final List<MechanismCheck> checks;

    Thresholds(JdbcClient jdbc, List<MechanismCheck> checks) {
        this.jdbc = jdbc;
        this.checks = checks;
    }

    /** When the areas are there. */
    @EventListener(ApplicationStartedEvent.class)
    void begin() {
        load();
    }

    /** Adds what is missing; a value that somebody has set stays. */
    int load() {
        var rules = new ArrayList<String>();
        var thresholds = new ArrayList<Threshold>();
        for (var check : checks) {
            for (var threshold : check.rule().thresholds()) {
                rules.add(check.rule().code());
                thresholds.add(threshold);
            }
        }
        return jdbc.sql("""
                insert into rule_threshold (rule, name, area, value, basis, during)
                select r.rule, r.name, a.code, r.value, r.basis, daterange(:since, null)
                from unnest(:rules::text[], :names::text[], :values::int[], :bases::text[]) as r (rule, name, value, basis)
                         join area a on a.level = 'city'
                where not exists (select from rule_threshold t where t.rule = r.rule and t.name = r.name and t.area = a.code)
                """)
                .param("since", BEGINNING)
                .param("rules", rules.toArray(String[]::new))
                .param("names", thresholds.stream().map(Threshold::name).toArray(String[]::new))
                .param("values", thresholds.stream().map(Threshold::value).toArray(Integer[]::new))
                .param("bases", thresholds.stream().map(Threshold::basis).toArray(String[]::new))
                .update();
    }

    Standards on(LocalDate day) {
        return new Standards(jdbc.sql("select rule, name, area, value from rule_threshold where during @> ?")
                .param(day)
                .query(Standards.Held.class)
                .list());
    }

    /** Every version of a rule's thresholds that bears on an area: its own and those above it. Newest first. */
    List<Version> versions(String rule, String area) {
        return jdbc.sql("""
                select t.id, t.name, t.area, a.name as area_name, t.value, t.basis, p.id as policy_id, p.title as policy,
                       lower(t.during) as since, upper(t.during) as until, n.masked_name as set_by
                from rule_threshold t
                         join area a on a.code = t.area
                         left join policy p on p.id = t.policy
                         left join account c on c.id = t.set_by
                         left join person n on n.id = c.person
                where t.rule = :rule and starts_with(:area, t.area)
                order by t.name, length(t.area) desc, lower(t.during) desc
                """)
                .param("rule", rule)
                .param("area", area)
                .query(Version.class)
                .list();
    }

    /** What holds for an area on a day. */
    Optional<Version> holding(List<Version> versions, String name, LocalDate on) {
        return versions.stream()
                .filter(v -> v.name.equals(name))
                .filter(v -> !v.since.isAfter(on) && (v.until == null || v.until.isAfter(on)))
                .findFirst();
    }
}

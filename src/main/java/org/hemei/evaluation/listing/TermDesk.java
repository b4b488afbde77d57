package org.hemei.evaluation.listing;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.rule.RuleNumbers;
import org.hemei.platform.rule.Versions;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Sets how long a listing lasts, the times of the procedure, and when a basis ends: from a day on, on a basis, for an area
 * and all below it. What was set before stays as it was, and a case takes its terms with its notice: what runs is never
 * rewritten.
 */
@Service
class TermDesk {

    /** @param most no longer than the State Council lets such information be published (国办发〔2025〕22号) */
    record Terms(String area, Weight weight, int least, int most, String basis, LocalDate since) {}

    record Number(String area, ListingRules.Name name, int value, String basis, LocalDate since) {}

    private final JdbcClient jdbc;
    private final Versions versions;
    private final RuleNumbers numbers;
    private final Audit audit;
    private final InstantSource clock;

    TermDesk(JdbcClient jdbc, RuleNumbers numbers, Audit audit, InstantSource clock) {
        this.jdbc = jdbc;
        this.versions = new Versions(jdbc, "listing_term", "during", false, List.of("weight", "area"));
        this.numbers = numbers;
        this.audit = audit;
        this.clock = clock;
    }

    private List<Refusal.Reason> day(Reader reader, String area, LocalDate since) {
        if (!reader.scope(Role.HOUSING).covers(area)) {
            throw new Missing("这里的规则不归您定。");
        }
        var wrong = new ArrayList<Refusal.Reason>();
        if (since.isBefore(CivilTime.date(clock.instant()))) {
            wrong.add(new Refusal.Reason("since", "从今天或以后哪天起算。以前的按以前的规则。"));
        }
        return wrong;
    }

    @Transactional
    public void set(Reader reader, Terms terms) {
        var wrong = day(reader, terms.area, terms.since);
        if (terms.least < 1 || terms.most <= terms.least) {
            wrong.add(new Refusal.Reason("most", "最长要比最短长，最短至少一个月。"));
        } else if (terms.most > terms.weight.longest()) {
            wrong.add(new Refusal.Reason(
                    "most", terms.weight.words() + "的最长 " + terms.weight.longest() + " 个月（国办发〔2025〕22号第二条），不能再长。"));
        }
        ListingDesk.need(wrong);
        var next = versions.cut(terms.since, terms.weight.code(), terms.area);
        jdbc.sql("""
                insert into listing_term (weight, area, least_months, most_months, basis, during, set_by, set_at)
                values (:weight, :area, :least, :most, :basis, daterange(:since, :next), :by, :at)
                """)
                .param("weight", terms.weight.code())
                .param("area", terms.area)
                .param("least", terms.least)
                .param("most", terms.most)
                .param("basis", terms.basis)
                .param("since", terms.since)
                .param("next", next)
                .param("by", reader.account())
                .param("at", Timestamp.from(clock.instant()))
                .update();
        audit.record(
                reader,
                ListingDesk.district(terms.area),
                "listing_term.set",
                "listing_term",
                terms.weight.code(),
                terms.area,
                Map.of("least", terms.least, "most", terms.most, "since", terms.since.toString()));
    }

    @Transactional
    public void set(Reader reader, Number number) {
        var wrong = day(reader, number.area, number.since);
        var name = number.name;
        if (number.value < name.least() || number.value > name.most()) {
            wrong.add(new Refusal.Reason("value", "请填 " + name.least() + " 到 " + name.most() + " 的整数。"));
        }
        ListingDesk.need(wrong);
        numbers.set(
                reader,
                "listing_rule.set",
                ListingDesk.district(number.area),
                new RuleNumbers.Number(
                        ListingRules.RULE, name.code(), number.area, number.value, number.since, number.basis, null));
    }

    /** From this day on nothing new rests on it, and what rests on it only informs. */
    @Transactional
    public void end(Reader reader, long basis, LocalDate from) {
        var found = jdbc.sql("select area, lower(during) as since from listing_basis where id = ? for update")
                .param(basis)
                .query((r, n) -> new Object[] {r.getString("area"), r.getObject("since", LocalDate.class)})
                .optional()
                .orElseThrow(() -> new Missing("没有这条依据。"));
        if (found[0] == null || !reader.scope(Role.HOUSING).covers((String) found[0])) {
            throw new Missing("这条依据不归您停。");
        }
        if (from.isBefore(CivilTime.date(clock.instant())) || !from.isAfter((LocalDate) found[1])) {
            throw Refusal.of("until", "从今天或以后哪天起停用，至少要在起用的第二天。");
        }
        jdbc.sql("""
                update listing_basis set during = daterange(lower(during), :from), ended_by = :by, ended_at = :at where id = :id
                """)
                .param("from", from)
                .param("by", reader.account())
                .param("at", Timestamp.from(clock.instant()))
                .param("id", basis)
                .update();
        audit.record(
                reader,
                ListingDesk.district((String) found[0]),
                "listing_basis.end",
                "listing_basis",
                basis,
                (String) found[0],
                Map.of("from", from.toString()));
    }
}

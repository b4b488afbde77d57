package org.hemei.registry.contract;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Contracts that go from a company to the one it merges into. Each tells it like any other change, at its estate, and the records of
 * handing over stand between those who are there then (ADR 70). In the transaction of the merger.
 */
@Component
public class ContractSuccession {

    private static final String REASON = "企业合并";

    /**
     * @param before the contract that ended, or the same one where it had not begun
     * @param until first day after it, as it was to run
     */
    public record Passed(long before, long after, @Nullable LocalDate until) {}

    private final JdbcClient jdbc;
    private final Contracts contracts;
    private final HandoversFollowing following;
    private final ContractHistory history;

    ContractSuccession(JdbcClient jdbc, Contracts contracts, HandoversFollowing following, ContractHistory history) {
        this.jdbc = jdbc;
        this.contracts = contracts;
        this.following = following;
        this.history = history;
    }

    /** Before anything is changed: whoever signs or ends a contract there waits, as {@link ContractDesk} makes them wait for each other. */
    public void hold(long company, LocalDate day) {
        jdbc.sql("""
                        select e.id from estate e
                        where e.id in (select k.estate from contract k where k.company = ? and (upper(k.during) is null or upper(k.during) >= ?))
                        order by e.id for update
                        """).params(company, day).query(Long.class).list();
    }

    /** They are the other company's now: said in both, followed by the records of handing over. */
    public void passed(Reader reader, List<Passed> all) {
        var estates = new TreeSet<Long>();
        for (var one : all) {
            if (one.before != one.after) {
                jdbc.sql("update contract set ended_reason = ? where id = ?")
                        .params(REASON, one.before)
                        .update();
                var ended = known(one.before);
                var was = one.until == null ? null : one.until.minusDays(1);
                history.record(reader, ended, "ended", ContractHistory.days(ended, was, ended.last()), REASON, null);
            }
            var signed = known(one.after);
            history.record(reader, signed, "signed", ContractHistory.detail(signed), REASON, null);
            estates.add(signed.estate());
        }
        estates.forEach(estate -> following.follow(contracts.of(estate)));
    }

    /** The day of the merger was wrong: each contract that the caller puts on the right one tells what it was. */
    public void moving(Reader reader, List<Long> ids, Runnable move) {
        var before = new HashMap<Long, Contract>();
        ids.forEach(id -> before.put(id, known(id)));
        move.run();
        var estates = new TreeSet<Long>();
        for (var id : ids) {
            var wrong = java.util.Objects.requireNonNull(before.get(id));
            var right = known(id);
            var detail = ContractHistory.corrected(id, ContractDesk.Entry.of(wrong), ContractDesk.Entry.of(right));
            history.record(reader, right, "corrected", detail, "企业合并的日子更正了", null);
            estates.add(right.estate());
        }
        estates.forEach(estate -> following.follow(contracts.of(estate)));
    }

    private Contract known(long id) {
        return contracts.find(id).orElseThrow();
    }
}

package org.hemei.registry.contract;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Records of handing over go along when the contracts of an estate are put right or change hands. */
@Component
class HandoversFollowing {

    private final Handovers handovers;
    private final JdbcClient jdbc;

    HandoversFollowing(Handovers handovers, JdbcClient jdbc) {
        this.handovers = handovers;
        this.jdbc = jdbc;
    }

    private record Held(long contract, long previous) {}

    /** A record that has to stand on another contract of before. */
    private record Moved(Contract contract, long previous, String row, boolean parties) {}

    /**
     * A contract was put right: each record of its estate stands between the two companies that now follow each other, or goes if they are one. What was noted stays;
     * what a company confirmed, another one did not.
     *
     * @param all the contracts of the estate as they are now
     */
    void follow(Contract wrong, Contract right, List<Contract> all) {
        follow(all, wrong.company() != right.company() ? right.id() : 0);
    }

    /** The same where a company merged: what was confirmed counts for its successor. */
    void follow(List<Contract> all) {
        follow(all, 0);
    }

    private void follow(List<Contract> all, long other) {
        var moved = new ArrayList<Moved>();
        for (var held : held(all.getFirst().estate())) {
            var contract = all.stream()
                    .filter(one -> one.id() == held.contract)
                    .findFirst()
                    .orElseThrow();
            var previous = handovers.before(contract).map(Contract::id);
            if (previous.equals(Optional.of(held.previous))) {
                again(contract, held.contract == other || held.previous == other);
                continue;
            }
            // taken out first: the place it moves to may be that of another one that moves as well
            var row = jdbc.sql("delete from contract_handover h where contract = ? returning to_jsonb(h)::text")
                    .param(held.contract)
                    .query(String.class)
                    .single();
            var parties = other != 0 || !heirs(held.previous, previous.orElse(held.previous), contract.first());
            previous.ifPresent(before -> moved.add(new Moved(contract, before, row, parties)));
        }
        for (var one : moved) {
            jdbc.sql("""
                            insert into contract_handover
                            select r.* from jsonb_populate_record(null::contract_handover,
                                                                  cast(:row as jsonb) || jsonb_build_object('previous', cast(:previous as bigint))) r
                            """).param("row", one.row).param("previous", one.previous).update();
            again(one.contract, one.parties);
        }
        all.stream()
                .filter(one -> one.first().isAfter(handovers.today().minusDays(HandoverTerms.DAYS))
                        && !handovers.exists(one.id()))
                .forEach(handovers::open);
    }

    /** Whether whoever stands for the company of the one contract on that day stands for that of the other as well. */
    private boolean heirs(long one, long other, LocalDate day) {
        return jdbc.sql("""
                        select count(distinct company_heir(company, :day)) = 1 and count(*) = :all from contract where id in (:one, :other)
                        """)
                .param("day", day)
                .param("all", one == other ? 1 : 2)
                .param("one", one)
                .param("other", other)
                .query(Boolean.class)
                .single();
    }

    /** The day by which it is due follows the first day; @param parties whether it is between others now, so that nobody has confirmed it */
    private void again(Contract contract, boolean parties) {
        jdbc.sql("""
                        update contract_handover h
                        set version = version + 1, due = n.due,
                            done_on = case when not :parties then done_on end,
                            given_by = case when not :parties then given_by end, given_at = case when not :parties then given_at end,
                            given_for = case when not :parties then given_for end,
                            taken_by = case when not :parties then taken_by end, taken_at = case when not :parties then taken_at end,
                            taken_for = case when not :parties then taken_for end
                        from (select case when due_basis = :basis or due < :first then cast(:first as date) + :days else due end as due
                              from contract_handover where contract = :contract) n
                        where h.contract = :contract and (:parties or h.due <> n.due)
                        """)
                .param("parties", parties)
                .param("basis", HandoverTerms.BASIS)
                .param("first", contract.first())
                .param("days", HandoverTerms.DAYS)
                .param("contract", contract.id())
                .update();
    }

    private List<Held> held(long estate) {
        return jdbc.sql("""
                        select h.contract, h.previous from contract_handover h join contract k on k.id = h.contract
                        where k.estate = ? order by h.contract
                        """).param(estate).query(Held.class).list();
    }
}

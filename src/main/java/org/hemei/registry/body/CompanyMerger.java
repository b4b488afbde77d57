package org.hemei.registry.body;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.registry.BodyKind;
import org.hemei.registry.body.Carrying.Carried;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * A company that merges hands its rights and duties over (《民法典》第六十七条): contracts, staff, coverage and branches go to the
 * successor on the day, each with its history. What was judged of it stays its own: scores and listings name the old company (ADR 70).
 */
@Component
class CompanyMerger {

    private static final String REASON = "企业合并";

    private final BodyStore store;
    private final Carrying carrying;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    CompanyMerger(BodyStore store, Carrying carrying, JdbcClient jdbc, InstantSource clock) {
        this.store = store;
        this.carrying = carrying;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param branches that stand on that day */
    void hand(Reader reader, Body from, Body to, List<Long> branches, LocalDate day) {
        for (var id : branches) {
            var branch = store.lock(id);
            branch.follow(to.id(), day);
            store.save(branch);
        }
        contracts(reader, carry("contract", from, to, day), day);
        carry("company_coverage", from, to, day);
        var staff = carry("appointment", from, to, day);
        posts(reader, from.id(), staff, day);
        members(reader, from.id(), carry("party_membership", from, to, day));
    }

    private List<Carried> carry(String table, Body from, Body to, LocalDate day) {
        return carrying.carry(Going.of(BodyKind.COMPANY, table), from.id(), to.id(), day);
    }

    private void contracts(Reader reader, List<Carried> carried, LocalDate day) {
        for (var one : carried) {
            if (one.before() != one.after()) {
                jdbc.sql("update contract set ended_reason = ? where id = ?")
                        .params(REASON, one.before())
                        .update();
                change(reader, one.before(), "ended", one.until(), day);
            }
            change(reader, one.after(), "signed", one.until(), day);
        }
    }

    /** One that had not begun keeps its number: only its company is another. */
    private void change(Reader reader, long contract, String verb, @Nullable LocalDate until, LocalDate day) {
        jdbc.sql("""
                        insert into contract_change (contract, estate, company, verb, detail, reason, account, at)
                        select id, estate, company, :verb,
                               jsonb_build_object('contract', id, 'company', company, 'first', lower(during), 'last', upper(during) - 1,
                                                  'fee_fen', fee_fen, 'before', cast(:until as date) - 1, 'after', cast(:day as date) - 1),
                               :reason, cast(:account as bigint), cast(:now as timestamptz)
                        from contract where id = :contract
                        """)
                .param("contract", contract)
                .param("verb", verb)
                .param("until", until)
                .param("day", day)
                .param("reason", REASON)
                .param("account", account(reader))
                .param("now", now())
                .update();
    }

    /** Every post of the company has ended by now; those that went over began again. */
    private void posts(Reader reader, long company, List<Carried> carried, LocalDate day) {
        jdbc.sql("""
                        insert into appointment_change (appointment, verb, day, reason, detail, account, at)
                        select a.id, 'ended', cast(:day as date) - 1, 'body_ended', jsonb_build_object('body', :company),
                               cast(:account as bigint), cast(:now as timestamptz)
                        from appointment a where a.body = :company and upper(a.during) = :day
                          and not exists (select from appointment_change c
                                          where c.appointment = a.id and c.verb = 'ended' and c.day = cast(:day as date) - 1)
                        """)
                .param("company", company)
                .param("day", day)
                .param("account", account(reader))
                .param("now", now())
                .update();
        jdbc.sql("""
                        insert into appointment_change (appointment, verb, day, detail, account, at)
                        select id, 'appointed', lower(during), jsonb_build_object('body', :company), cast(:account as bigint),
                               cast(:now as timestamptz)
                        from appointment where id = any(:ids)
                        """)
                .param("company", company)
                .param("ids", carried.stream().map(Carried::after).toArray(Long[]::new))
                .param("account", account(reader))
                .param("now", now())
                .update();
    }

    /** They belong where they belonged; only who employs them is another. */
    private void members(Reader reader, long company, List<Carried> carried) {
        jdbc.sql("""
                        insert into party_membership_change (membership, verb, day, detail, account, at)
                        select m.id, 'employed', lower(m.during), jsonb_build_object('organisation', m.organisation, 'of', k.before, 'employer', :company),
                               cast(:account as bigint), cast(:now as timestamptz)
                        from unnest(:before, :after) k (before, after) join party_membership m on m.id = k.after
                        """)
                .param("company", company)
                .param("before", carried.stream().map(Carried::before).toArray(Long[]::new))
                .param("after", carried.stream().map(Carried::after).toArray(Long[]::new))
                .param("account", account(reader))
                .param("now", now())
                .update();
    }

    private static @Nullable Long account(Reader reader) {
        return reader.signedIn() ? reader.account() : null;
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}

package org.hemei.registry.body;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.registry.BodyKind;
import org.hemei.registry.body.Carrying.Carried;
import org.hemei.registry.body.Carrying.Went;
import org.hemei.registry.contract.ContractSuccession;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * A company that merges hands its rights and duties over (《民法典》第六十七条): contracts, staff, coverage and branches go to the
 * successor on the day, each with its history. What was judged of it stays its own: scores and listings name the old company (ADR 70).
 */
@Component
class CompanyMerger {

    private final BodyStore store;
    private final Carrying carrying;
    private final ContractSuccession contracts;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    CompanyMerger(
            BodyStore store, Carrying carrying, ContractSuccession contracts, JdbcClient jdbc, InstantSource clock) {
        this.store = store;
        this.carrying = carrying;
        this.contracts = contracts;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param branches that stand on that day */
    void hand(Reader reader, Body from, Body to, List<Long> branches, LocalDate day) {
        contracts.hold(from.id(), day);
        for (var id : branches) {
            var branch = store.lock(id);
            branch.follow(to.id(), day);
            store.save(branch);
        }
        contracts.passed(
                reader,
                carry("contract", from, to, day).carried().stream()
                        .map(one -> new ContractSuccession.Passed(one.before(), one.after(), one.until()))
                        .toList());
        carry("company_coverage", from, to, day);
        posts(reader, from.id(), carry("appointment", from, to, day), day);
        members(reader, from.id(), carry("party_membership", from, to, day).carried());
    }

    private Went carry(String table, Body from, Body to, LocalDate day) {
        return carrying.carry(Going.of(BodyKind.COMPANY, table), from.id(), to.id(), day);
    }

    /** What ran has ended by now and what went over began again; what was planned and is the successor's already never begins. */
    private void posts(Reader reader, long company, Went staff, LocalDate day) {
        written(reader, company, """
                        insert into appointment_change (appointment, verb, day, reason, detail, account, at)
                        select id, 'ended', cast(:day as date) - 1, 'body_ended', jsonb_build_object('body', :company),
                               cast(:account as bigint), cast(:now as timestamptz)
                        from appointment where id = any(:ids)
                        """)
                .param("day", day)
                .param("ids", staff.cut().toArray(Long[]::new))
                .update();
        written(reader, company, """
                        insert into appointment_change (appointment, verb, day, detail, account, at)
                        select id, 'appointed', lower(during), jsonb_build_object('body', :company), cast(:account as bigint),
                               cast(:now as timestamptz)
                        from appointment where id = any(:ids)
                        """)
                .param("ids", staff.carried().stream().map(Carried::after).toArray(Long[]::new))
                .update();
        written(reader, company, """
                        insert into appointment_change (appointment, verb, day, reason, detail, account, at)
                        select (gone ->> 'id')::bigint, 'taken_back', cast(:day as date) - 1, 'body_ended',
                               jsonb_strip_nulls(jsonb_build_object('body', :company, 'person', gone -> 'person', 'post', gone -> 'post', 'estate', gone -> 'estate',
                                                                    'first', lower((gone ->> 'during')::daterange),
                                                                    'last', upper((gone ->> 'during')::daterange) - 1, 'full_time', gone -> 'full_time')),
                               cast(:account as bigint), cast(:now as timestamptz)
                        from (select cast(row as jsonb) as gone from unnest(cast(:rows as text[])) row) planned
                        """)
                .param("day", day)
                .param("rows", staff.gone().toArray(String[]::new))
                .update();
    }

    /** They belong where they belonged; only who employs them is another. */
    private void members(Reader reader, long company, List<Carried> carried) {
        written(reader, company, """
                        insert into party_membership_change (membership, verb, day, detail, account, at)
                        select m.id, 'employed', lower(m.during), jsonb_build_object('organisation', m.organisation, 'of', k.before, 'employer', :company),
                               cast(:account as bigint), cast(:now as timestamptz)
                        from unnest(:before, :after) k (before, after) join party_membership m on m.id = k.after
                        """)
                .param("before", carried.stream().map(Carried::before).toArray(Long[]::new))
                .param("after", carried.stream().map(Carried::after).toArray(Long[]::new))
                .update();
    }

    /** A statement that writes to a history: of which company, by whom and when. */
    private JdbcClient.StatementSpec written(Reader reader, long company, String sql) {
        return jdbc.sql(sql)
                .param("company", company)
                .param("account", reader.signedIn() ? reader.account() : null)
                .param("now", Timestamp.from(clock.instant()));
    }
}

package org.hemei.registry.company;

import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.hemei.RoomThings;
import org.hemei.platform.Reader;
import org.hemei.registry.CreditCode;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Companies, contracts and estates for the route table, each on an estate or for a company of its own where it is changed. */
@Component
class CompanyThings implements RoomThings {

    private static final AtomicInteger NEXT = new AtomicInteger();
    private static final LocalDate LONG_AGO = LocalDate.of(2020, 1, 1);

    private final ObjectProvider<Towns> towns;
    private final JdbcClient jdbc;

    CompanyThings(ObjectProvider<Towns> towns, JdbcClient jdbc) {
        this.towns = towns;
        this.jdbc = jdbc;
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        var near = town.near();
        return switch (name) {
            case "$free-code" -> Optional.of(code(near));
            case "$proposal" -> id(proposal(near));
            case "$idle-company" -> id(company(near));
            case "$branch" -> id(branch(near));
            case "$coverage" -> id(coverage(near));
            case "$old-yard" -> id(near.oldYard());
            case "$empty-estate" -> id(estate(near));
            case "$gone-estate" -> id(gone(near));
            case "$a-month-ago" -> Optional.of(LocalDate.now().minusMonths(1).toString());
            case "$contract" -> id(contract(near.company(), estate(near), "[2026-01-01,2199-01-01)"));
            case "$garden-contract" -> id(current(near.garden()));
            case "$handover" -> id(handover(near));
            case "$batch" -> id(batch(near, "seen", "0551-1"));
            case "$batch-done" -> id(batch(near, "done", "0551-2"));
            default -> Optional.empty();
        };
    }

    private static Optional<String> id(long id) {
        return Optional.of(String.valueOf(id));
    }

    private static String code(Town.Side near) {
        return CreditCode.complete("92" + near.district() + "MA%07d".formatted(NEXT.incrementAndGet()))
                .value();
    }

    private long proposal(Town.Side near) {
        return jdbc.sql("""
                        insert into company_proposal (credit_code, name, short_name, area, reason, asked_by, asked_at)
                        values (?, '试代码物业有限公司', '试代码', ?, '执照原件看过', ?, now()) returning id
                        """)
                .params(
                        "PROPOSAL%010d".formatted(NEXT.incrementAndGet()),
                        String.valueOf(near.district()),
                        towns.getObject().account())
                .query(Long.class)
                .single();
    }

    private long company(Town.Side near) {
        var id =
                towns.getObject().body("company", "试闲物业有限公司" + NEXT.incrementAndGet(), String.valueOf(near.district()));
        jdbc.sql("insert into company (body, credit_code) values (?, ?)")
                .params(id, code(near))
                .update();
        return id;
    }

    private long branch(Town.Side near) {
        return jdbc.sql("""
                        insert into body (kind, name, short_name, area, since, company)
                        values ('company_branch', ?, '试分公司', ?, ?, ?) returning id
                        """)
                .params("试分公司" + NEXT.incrementAndGet(), String.valueOf(near.district()), LONG_AGO, near.company())
                .query(Long.class)
                .single();
    }

    private long coverage(Town.Side near) {
        return jdbc.sql("""
                        insert into company_coverage (company, mode, adviser, during)
                        values (?, 'adviser', ?, daterange(?, null)) returning id
                        """)
                .params(near.company(), towns.getObject().person("孙指导"), LONG_AGO)
                .query(Long.class)
                .single();
    }

    private long estate(Town.Side near) {
        return towns.getObject()
                .estate(
                        "试空小区" + NEXT.incrementAndGet(),
                        String.valueOf(near.district()),
                        near.street(),
                        near.community(),
                        "老旧");
    }

    private long gone(Town.Side near) {
        var id = estate(near);
        jdbc.sql("update estate set until = date '2026-01-05', until_why = 'demolished' where id = ?")
                .param(id)
                .update();
        return id;
    }

    private long contract(long company, long estate, String during) {
        return jdbc.sql(
                        "insert into contract (company, estate, during) values (?, ?, cast(? as daterange)) returning id")
                .params(company, estate, during)
                .query(Long.class)
                .single();
    }

    private long current(long estate) {
        return jdbc.sql("select id from contract where estate = ? and during @> current_date")
                .param(estate)
                .query(Long.class)
                .single();
    }

    /** The garden's company followed another one. */
    private long handover(Town.Side near) {
        var contract = current(near.garden());
        var known = jdbc.sql("select count(*) from contract_handover where contract = ?")
                .param(contract)
                .query(Integer.class)
                .single();
        if (known == 0) {
            var first = jdbc.sql("select lower(during) from contract where id = ?")
                    .param(contract)
                    .query(LocalDate.class)
                    .single();
            var before = contract(company(near), near.garden(), "[2018-01-01," + first + ")");
            jdbc.sql("""
                            insert into contract_handover (contract, previous, due, due_basis, items)
                            values (?, ?, ?, '示例', cast(? as jsonb))
                            """)
                    .params(
                            contract,
                            before,
                            first.plusDays(15),
                            "[{\"item\": \"钥匙\", \"state\": \"open\", \"words\": \"\"}]")
                    .update();
        }
        jdbc.sql("""
                        update contract_handover set version = 0, done_on = null, given_by = null, given_at = null, taken_by = null,
                                                     taken_at = null
                        where contract = ?
                        """).param(contract).update();
        return contract;
    }

    /** A service number for one estate: as it is shown before, or as it is afterwards. */
    private long batch(Town.Side near, String state, String phone) {
        var estate = estate(near);
        if (state.equals("done")) {
            jdbc.sql("update estate set phone = ? where id = ?")
                    .params(phone, estate)
                    .update();
        }
        var id = jdbc.sql("""
                        insert into estate_batch (change, detail, reason, account, asked_at, state)
                        values ('phone', cast(? as jsonb), '换总机', ?, now(), ?) returning id
                        """)
                .params("{\"phone\": \"" + phone + "\"}", towns.getObject().account(), state)
                .query(Long.class)
                .single();
        jdbc.sql("""
                        insert into estate_batch_row (batch, estate, before, after, was, becomes)
                        values (?, ?, '没填', ?, '{"phone": ""}', cast(? as jsonb))
                        """)
                .params(id, estate, phone, "{\"phone\": \"" + phone + "\"}")
                .update();
        return id;
    }
}

package org.hemei.registry.contract;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hemei.platform.Grant;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.Areas;
import org.hemei.registry.Office;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Records of handing over: made when a contract follows another company's, and found by those whose business they are. */
@Component
class Handovers {

    static final int PAGE = 50;

    /** No law names a number of days: 《民法典》第九百四十九条 says 约定期限或者合理期限. */
    private static final TypeReference<List<Handover.Item>> ITEMS = new TypeReference<>() {};

    private static final String SELECT = """
            select h.contract, h.previous, k.estate, e.name as estate_name, e.district, e.community,
                   o.company as from_company, ob.name as from_name, k.company as to_company, kb.name as to_name,
                   lower(k.during) as changes_on, h.due, h.due_basis, h.done_on, h.items::text as items, h.version,
                   gp.masked_name as given_who, h.given_at, h.given_for, tp.masked_name as taken_who, h.taken_at, h.taken_for
            from contract_handover h
                     join contract k on k.id = h.contract
                     join contract o on o.id = h.previous
                     join estate e on e.id = k.estate
                     join body kb on kb.id = k.company
                     join body ob on ob.id = o.company
                     left join account ga on ga.id = h.given_by left join person gp on gp.id = ga.person
                     left join account ta on ta.id = h.taken_by left join person tp on tp.id = ta.person
            """;

    /** Whether a handover is the reader's business: its estate lies in their area, or they manage one of the two companies. */
    private static final String MINE = """
            (e.community like any(:patterns)
             or exists (select from unnest(cast(:bodies as bigint[]), cast(:estates as bigint[])) as g (body, estate)
                        where g.body in (k.company, o.company) and (g.estate is null or g.estate = k.estate)))
            """;

    /** A side of the reader's that has not confirmed yet. */
    private static final String TO_CONFIRM = """
            exists (select from unnest(cast(:bodies as bigint[]), cast(:estates as bigint[])) as g (body, estate)
                    where (g.body = k.company and h.taken_at is null or g.body = o.company and h.given_at is null)
                      and (g.estate is null or g.estate = k.estate))
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;
    private final InstantSource clock;

    Handovers(JdbcClient jdbc, JsonMapper json, InstantSource clock) {
        this.jdbc = jdbc;
        this.json = json;
        this.clock = clock;
    }

    LocalDate today() {
        return CivilTime.date(clock.instant());
    }

    /** The contract of another company that this one follows, if it does. */
    private Optional<Contract> before(Contract contract) {
        return jdbc.sql(Contracts.SELECT + """
                        where k.estate = :estate and upper(k.during) <= :first and k.id <> :id
                        order by upper(k.during) desc limit 1
                        """)
                .param("estate", contract.estate())
                .param("first", contract.first())
                .param("id", contract.id())
                .query(Contracts::row)
                .optional()
                .filter(other -> other.company() != contract.company());
    }

    /** Opens a record when the contract follows one of another company. The checklist is that of the day. */
    void open(Contract contract) {
        var previous = before(contract);
        if (previous.isEmpty()) {
            return;
        }
        var items = jdbc
                .sql("select name from handover_item where active order by position")
                .query(String.class)
                .list()
                .stream()
                .map(name -> new Handover.Item(name, "open", ""))
                .toList();
        jdbc.sql("""
                        insert into contract_handover (contract, previous, due, due_basis, items)
                        values (:contract, :previous, :due, :basis, cast(:items as jsonb))
                        on conflict (previous) do nothing
                        """)
                .param("contract", contract.id())
                .param("previous", previous.get().id())
                .param("due", contract.first().plusDays(HandoverTerms.DAYS))
                .param("basis", HandoverTerms.BASIS)
                .param("items", json.writeValueAsString(items))
                .update();
    }

    /** The contract is taken back before it began: nothing was handed over for it. */
    void forget(long contract) {
        var begun = jdbc.sql("""
                        select exists (select from contract_handover where contract = ? and (version > 0 or done_on is not null))
                        """).param(contract).query(Boolean.class).single();
        if (begun) {
            throw Refusal.of("交接已经开始登记，合同不能撤回。请改用提前结束。");
        }
        jdbc.sql("delete from contract_handover where contract = ?")
                .param(contract)
                .update();
    }

    private record Held(long contract, long previous) {}

    /** A record that has to stand on another contract of before. */
    private record Moved(Contract contract, long previous, String row) {}

    /**
     * A contract was put right: each record of its estate stands between the two companies that now follow each other, or goes if they are one. What was noted stays;
     * what a company confirmed, another one did not.
     *
     * @param all the contracts of the estate as they are now
     */
    void follow(Contract wrong, Contract right, List<Contract> all) {
        var other = wrong.company() != right.company();
        var moved = new ArrayList<Moved>();
        for (var held : held(right.estate())) {
            var contract = all.stream()
                    .filter(one -> one.id() == held.contract)
                    .findFirst()
                    .orElseThrow();
            var previous = before(contract).map(Contract::id);
            if (previous.equals(Optional.of(held.previous))) {
                again(contract, other && (held.contract == right.id() || held.previous == right.id()));
                continue;
            }
            // taken out first: the place it moves to may be that of another one that moves as well
            var row = jdbc.sql("delete from contract_handover h where contract = ? returning to_jsonb(h)::text")
                    .param(held.contract)
                    .query(String.class)
                    .single();
            previous.ifPresent(before -> moved.add(new Moved(contract, before, row)));
        }
        for (var one : moved) {
            jdbc.sql("""
                            insert into contract_handover
                            select r.* from jsonb_populate_record(null::contract_handover,
                                                                  cast(:row as jsonb) || jsonb_build_object('previous', cast(:previous as bigint))) r
                            """).param("row", one.row).param("previous", one.previous).update();
            again(one.contract, true);
        }
        all.stream()
                .filter(one -> one.first().isAfter(today().minusDays(HandoverTerms.DAYS)) && !exists(one.id()))
                .forEach(this::open);
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

    Optional<Handover> find(Reader reader, long contract) {
        return jdbc.sql(SELECT + "where h.contract = :contract and " + MINE)
                .param("contract", contract)
                .params(scope(reader))
                .query(this::row)
                .optional();
    }

    /** Whether there is one, for whoever may see the contract. */
    boolean exists(long contract) {
        return jdbc.sql("select exists (select from contract_handover where contract = ?)")
                .param(contract)
                .query(Boolean.class)
                .single();
    }

    /** @param done those that are over; @param after contract of the last one on the page before, 0 for the first page */
    List<Handover> list(Reader reader, boolean done, long after, int most) {
        return jdbc.sql(SELECT + """
                        where (h.done_on is not null) = :done and %s
                          and (:after = 0 or (h.due, h.contract) > (select x.due, x.contract from contract_handover x
                                                                    where x.contract = :after))
                        order by h.due, h.contract limit :most
                        """.formatted(MINE))
                .param("done", done)
                .param("after", after)
                .param("most", most)
                .params(scope(reader))
                .query(this::row)
                .list();
    }

    /** Those in which the reader has something to do: an open list for the desk, a missing word for a manager. */
    int waiting(Reader reader) {
        if (concerned(reader)) {
            return jdbc.sql("""
                            select count(*) from contract_handover h
                                     join contract k on k.id = h.contract
                                     join contract o on o.id = h.previous
                                     join estate e on e.id = k.estate
                            where h.done_on is null and lower(k.during) <= :soon and %s
                              and (e.community like any(:patterns) or %s)
                            """.formatted(MINE, TO_CONFIRM))
                    .param("soon", today().plusDays(30))
                    .params(scope(reader))
                    .query(Integer.class)
                    .single();
        }
        return 0;
    }

    /** Whether handing over is anything this reader works on, and not only looks at. */
    static boolean concerned(Reader reader) {
        return !reader.scope(Office.COMMUNITY, Office.STREET, Office.MANAGER).isEmpty();
    }

    private static Map<String, Object> scope(Reader reader) {
        var managed = reader.scope(Office.MANAGER).grants();
        var scope = new HashMap<String, Object>();
        scope.put("patterns", Areas.seen(reader).patterns());
        scope.put("bodies", managed.stream().map(Grant::body).toArray(Long[]::new));
        scope.put("estates", managed.stream().map(Grant::estate).toArray(Long[]::new));
        return scope;
    }

    /** What each item of the checklist rests on. */
    Map<String, String> bases() {
        var bases = new HashMap<String, String>();
        jdbc.sql("select name, basis from handover_item")
                .query((r, n) -> bases.put(r.getString(1), r.getString(2)))
                .list();
        return bases;
    }

    private Handover row(ResultSet r, int n) throws SQLException {
        return new Handover(
                r.getLong("contract"),
                r.getLong("previous"),
                r.getLong("estate"),
                r.getString("estate_name"),
                r.getInt("district"),
                r.getString("community"),
                r.getLong("from_company"),
                r.getString("from_name"),
                r.getLong("to_company"),
                r.getString("to_name"),
                r.getObject("changes_on", LocalDate.class),
                r.getObject("due", LocalDate.class),
                r.getString("due_basis"),
                r.getObject("done_on", LocalDate.class),
                json.readValue(r.getString("items"), ITEMS),
                word(r, "given"),
                word(r, "taken"),
                r.getInt("version"));
    }

    private static Handover.@Nullable Word word(ResultSet r, String side) throws SQLException {
        var at = r.getTimestamp(side + "_at");
        return at == null
                ? null
                : new Handover.Word(r.getString(side + "_who"), at.toInstant(), r.getString(side + "_for"));
    }
}

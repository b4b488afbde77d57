package org.hemei.registry.contract;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
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
                   fh.id as from_heir, fh.name as from_heir_name, th.id as to_heir, th.name as to_heir_name,
                   gp.masked_name as given_who, h.given_at, h.given_for, tp.masked_name as taken_who, h.taken_at, h.taken_for
            from contract_handover h
                     join contract k on k.id = h.contract
                     join contract o on o.id = h.previous
                     join estate e on e.id = k.estate
                     join body kb on kb.id = k.company
                     join body ob on ob.id = o.company
                     join body fh on fh.id = company_heir(o.company, :today)
                     join body th on th.id = company_heir(k.company, :today)
                     left join account ga on ga.id = h.given_by left join person gp on gp.id = ga.person
                     left join account ta on ta.id = h.taken_by left join person tp on tp.id = ta.person
            """;

    /** Whether somebody still has to hand over: not where the two have become one company since. */
    private static final String OPEN =
            "(h.done_on is null and company_heir(o.company, :today) <> company_heir(k.company, :today))";

    /**
     * Whether a handover is the reader's business: its estate lies in their area, or they manage one of the two companies, or the one
     * that it has merged into.
     */
    private static final String MINE = """
            (e.community like any(:patterns)
             or exists (select from unnest(cast(:bodies as bigint[]), cast(:estates as bigint[])) as g (body, estate)
                        where g.body in (k.company, o.company, company_heir(k.company, :today), company_heir(o.company, :today)) and (g.estate is null or g.estate = k.estate)))
            """;

    /** A side of the reader's that has not confirmed yet. */
    private static final String TO_CONFIRM = """
            exists (select from unnest(cast(:bodies as bigint[]), cast(:estates as bigint[])) as g (body, estate)
                    where (g.body in (k.company, company_heir(k.company, :today)) and h.taken_at is null
                           or g.body in (o.company, company_heir(o.company, :today)) and h.given_at is null)
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

    /** The contract of another company that this one follows, if it does; nobody hands papers to the company they merge into. */
    Optional<Contract> before(Contract contract) {
        return jdbc.sql(Contracts.SELECT + """
                        where k.estate = :estate and upper(k.during) <= :first and k.id <> :id
                        order by upper(k.during) desc limit 1
                        """)
                .param("estate", contract.estate())
                .param("first", contract.first())
                .param("id", contract.id())
                .query(Contracts::row)
                .optional()
                .filter(other -> heir(other.company(), contract.first()) != contract.company());
    }

    private long heir(long company, LocalDate day) {
        return jdbc.sql("select company_heir(?, ?)")
                .params(company, day)
                .query(Long.class)
                .single();
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

    /**
     * @param done those that are over; @param area those of estates there, empty for all
     * @param after contract of the last one on the page before, 0 for the first page
     */
    List<Handover> list(Reader reader, boolean done, String area, long after, int most) {
        return jdbc.sql(SELECT + """
                        where %s <> :done and %s and starts_with(e.community, :area)
                          and (:after = 0 or (h.due, h.contract) > (select x.due, x.contract from contract_handover x
                                                                    where x.contract = :after))
                        order by h.due, h.contract limit :most
                        """.formatted(OPEN, MINE))
                .param("done", done)
                .param("area", area)
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
                            where %s and lower(k.during) <= :soon and %s
                              and (e.community like any(:patterns) or %s)
                            """.formatted(OPEN, MINE, TO_CONFIRM))
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

    private Map<String, Object> scope(Reader reader) {
        var managed = reader.scope(Office.MANAGER).grants();
        var scope = new HashMap<String, Object>();
        scope.put("today", today());
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
                r.getLong("from_heir"),
                r.getString("from_heir_name"),
                r.getLong("to_heir"),
                r.getString("to_heir_name"),
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

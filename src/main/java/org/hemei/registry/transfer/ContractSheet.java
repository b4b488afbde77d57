package org.hemei.registry.transfer;

import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.transfer.Check;
import org.hemei.platform.transfer.Column;
import org.hemei.platform.transfer.Findings;
import org.hemei.platform.transfer.Part;
import org.hemei.platform.transfer.Part.Field;
import org.hemei.platform.transfer.Sheet;
import org.hemei.registry.Office;
import org.hemei.registry.contract.HandoverTerms;
import org.hemei.registry.people.Conflicts;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** 物业合同, found again by company, estate and first day; never two at once on one estate. */
@Component
class ContractSheet implements Sheet {

    private record Estate(int district, long id) {}

    private final JdbcClient jdbc;
    private final EventLog events;
    private final Conflicts conflicts;

    ContractSheet(JdbcClient jdbc, EventLog events, Conflicts conflicts) {
        this.jdbc = jdbc;
        this.events = events;
        this.conflicts = conflicts;
    }

    /** Like what somebody does by hand: whose an estate's year was may be another now. */
    @Override
    public void told(long run, boolean undone) {
        jdbc.sql("""
                        select distinct e.district, e.id
                        from import_change c join estate e on e.id = cast(c.after ->> 'estate' as bigint)
                        where c.run = ? and c.tab = 'contract' order by e.id
                        """)
                .param(run)
                .query(Estate.class)
                .list()
                .forEach(estate -> events.announce(
                        estate.district,
                        undone ? "contract.import_undone" : "contract.imported",
                        estate.id,
                        Map.of("run", run)));
    }

    @Override
    public String key() {
        return "contracts";
    }

    @Override
    public String title() {
        return "物业合同";
    }

    @Override
    public String about() {
        return "一行是一家企业在一个小区的一份合同，按企业、小区和开始日期认。";
    }

    @Override
    public int order() {
        return 60;
    }

    @Override
    public List<Column> columns() {
        return List.of(
                CompanySheet.creditCode().must(),
                EstateColumns.code(),
                EstateColumns.community(),
                EstateColumns.name(),
                Column.day("since", "开始日期").must().example("2024-01-01"),
                Column.day("until", "最后一天").example("2026-12-31").hint("合同期的最后一天。没有约定就不填。"),
                Column.decimal("fee", "物业费（元/㎡·月）", 100, 1_000).example("1.60"));
    }

    @Override
    public Scope scope(Reader reader) {
        return reader.scope(Office.HOUSING);
    }

    @Override
    public AreaOf area() {
        return new AreaOf("s.area", "estate_name");
    }

    @Override
    public List<String> resolve() {
        return Statements.and(
                EstateColumns.resolve(),
                "alter table stage add company_id bigint, add contract_id bigint, add change_id bigint, add during daterange, add was jsonb",
                "update stage s set company_id = c.body from company c where c.credit_code = s.credit_code",
                "update stage s set during = daterange(s.since, s.until + 1) where s.until is null or s.until >= s.since",
                """
                update stage s set contract_id = c.id from contract c
                where c.company = s.company_id and c.estate = s.estate_id and lower(c.during) = s.since
                """,
                "update stage s set was = " + ENTRY + " from contract k where k.id = s.contract_id",
                "create index on stage (estate_id)");
    }

    /** What contract k says, as its history tells it. */
    private static final String ENTRY = """
            jsonb_build_object('company', k.company, 'first', lower(k.during), 'last', coalesce((upper(k.during) - 1)::text, 'null'),
                               'fee_fen', k.fee_fen)
            """;

    @Override
    public List<Check> checks() {
        return Statements.and(
                EstateColumns.checks(),
                new Check("credit_code", "没有代码是 {credit_code} 的企业。请先导入物业企业。", "s.company_id is null"),
                new Check("until", "最后一天比开始日期还早。请改一改。", "s.until < s.since"),
                new Check("until", "这家企业那时已经注销，合同最晚到注销的前一天。请改一改。", """
                        exists (select from body b where b.id = s.company_id and b.until is not null and (s.until is null or s.until >= b.until))
                        and not exists (select from contract c where c.id = s.contract_id and c.during = s.during)
                        """),
                new Check("until", "这个小区那时已经注销，合同最晚到注销的前一天。请改一改。", """
                        exists (select from estate e where e.id = s.estate_id and e.until is not null and (s.until is null or s.until >= e.until))
                        """),
                new Check("since", "这家企业那时还没有成立。请核对；成立日期登记错了，请到它的组织页“更正日期”。", """
                        s.contract_id is null and exists (select from body b where b.id = s.company_id and b.since > s.since)
                        """),
                new Check("since", "这个小区那时已有别的合同，日期重了。请先改那份合同的最后一天。", """
                        exists (select from contract c where c.estate = s.estate_id and c.during && s.during and c.id is distinct from s.contract_id
                                  and not exists (select from stage o where o.contract_id = c.id))
                        """),
                new Check("since", "和表里同一个小区的另一份合同日期重了。请改一改。", """
                        exists (select from stage o where o.estate_id = s.estate_id and o.line < s.line and o.during && s.during
                                  and (o.company_id, o.since) is distinct from (s.company_id, s.since))
                        """));
    }

    /** As where one contract is entered by hand: the seat or the job has to go, not the contract. */
    @Override
    public void warn(Findings warnings) {
        conflicts
                .atContracts("""
                        (select line as n, company_id as company, estate_id as estate, during from stage where p0 in ('c', 'u'))
                        """)
                .forEach((line, overlaps) ->
                        warnings.add(line, "credit_code", Conflicts.said(overlaps) + "合同可以写入；按规定两头只能占一头，请找本人谈一谈。"));
    }

    @Override
    public Identity identity() {
        return new Identity(
                "s.company_id, s.estate_id, s.since, case when s.estate_id is null then s.line end", "since");
    }

    @Override
    public List<Part> parts() {
        return List.of(
                Part.of(
                                "contract",
                                "contract_id",
                                Field.of("company", "s.company_id"),
                                Field.of("estate", "s.estate_id"),
                                Field.of("during", "s.during", "until"),
                                Field.of("fee_fen", "s.fee", "fee"))
                        .counted(),
                Part.of(
                                "contract_change",
                                "change_id",
                                Field.of("contract", "s.contract_id"),
                                Field.of("estate", "s.estate_id"),
                                Field.of("company", "s.company_id"),
                                Field.of("verb", "case s.p0 when 'c' then 'signed' else 'corrected' end"),
                                Field.of("detail", DETAIL),
                                Field.of("reason", "'导入'::text"),
                                Field.of("account", Sheet.AUTHOR),
                                Field.of("at", Sheet.NOW))
                        .when("s.p0 in ('c', 'u')")
                        .trail(
                                Field.of("verb", "case r.verb when 'signed' then 'taken_back' else 'corrected' end"),
                                Field.of("detail", UNDONE),
                                Field.of("reason", "'撤销导入'"),
                                Field.of("account", ":account"),
                                Field.of("at", Sheet.NOW)),
                Part.of(
                                "contract_handover",
                                "contract_id",
                                Field.of("previous", PREVIOUS),
                                Field.of("due", "s.since + " + HandoverTerms.DAYS),
                                Field.of("due_basis", "'" + HandoverTerms.BASIS + "'"),
                                Field.of("items", ITEMS))
                        .key("contract")
                        .when("s.p0 = 'c' and " + CHANGES));
    }

    /** The contract is written before its history: what it was is known from the file's stage. */
    private static final String DETAIL = """
            case s.p0 when 'c' then '{}' else (select jsonb_build_object('contract', k.id, 'before', s.was, 'after', %s)
                                               from contract k where k.id = s.contract_id) end
            """.formatted(ENTRY);

    private static final String UNDONE = """
            case r.verb when 'signed' then r.detail
                else jsonb_build_object('contract', r.contract, 'before', r.detail -> 'after', 'after', r.detail -> 'before') end
            """;

    /** The company before, when all contracts of the file are written. */
    private static final String PREVIOUS = """
            (select k.id from contract k where k.estate = s.estate_id and upper(k.during) <= s.since
             order by upper(k.during) desc limit 1)""";

    private static final String ITEMS = """
            (select coalesce(jsonb_agg(jsonb_build_object('item', i.name, 'state', 'open', 'words', '') order by i.position), '[]')
             from handover_item i where i.active)""";

    /**
     * Whether another company was there before, and the change is not so long ago that handing over would be history. A handover
     * that was opened by hand stays.
     */
    private static final String CHANGES = """
            s.since > %s - %d
            and (select u.company from (
                     select c.company, upper(c.during) as ended from contract c
                     where c.estate = s.estate_id and upper(c.during) <= s.since
                       and not exists (select from stage o where o.contract_id = c.id)
                     union all
                     select o.company_id, upper(o.during) from stage o
                     where o.estate_id = s.estate_id and upper(o.during) <= s.since) u
                 order by u.ended desc limit 1) <> s.company_id
            and not exists (select from contract_handover h join contract k on k.id = h.previous
                            where k.estate = s.estate_id and upper(k.during) <= s.since
                              and not exists (select from contract n where n.estate = k.estate
                                                and upper(n.during) <= s.since and upper(n.during) > upper(k.during)))
            """.formatted(Sheet.TODAY, HandoverTerms.DAYS);

    @Override
    public String export() {
        return """
                select c.credit_code, e.code, e.community, e.name, lower(k.during), upper(k.during) - 1, k.fee_fen
                from contract k join company c on c.body = k.company join estate e on e.id = k.estate
                where %s order by e.community, e.name, lower(k.during)
                """.formatted(EstateColumns.IN_AREAS);
    }
}

package org.hemei.registry.contract;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.hemei.platform.Missing;
import org.hemei.platform.Scope;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.CreditCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Contracts as they stand, and how an estate was looked after day by day. */
@Component
public class Contracts {

    private static final int MOST_FOUND = 20;

    static final String SELECT = """
            select k.id, k.estate, e.name as estate_name, e.district, e.community, k.company, b.name as company_name,
                   lower(k.during) as first, upper(k.during) - 1 as last, k.fee_fen, k.ended_reason, k.version
            from contract k join estate e on e.id = k.estate join body b on b.id = k.company
            """;

    /**
     * A stretch of an estate's time: under a contract, or between two of them with nobody but the backstop team.
     *
     * @param contract null for a gap
     * @param days how long a gap is, or has been so far
     */
    public record Stretch(
            @Nullable Contract contract,
            LocalDate first,
            @Nullable LocalDate last,
            long days) {}

    /** @param differs what was put right: what it was and what it is */
    record Change(
            String verb, @Nullable String reason, @Nullable String who, Instant at, List<String> differs) {

        String words() {
            return switch (verb) {
                case "signed" -> "签了合同";
                case "extended" -> "延长了合同";
                case "ended" -> "提前结束";
                case "corrected" -> "更正了登记";
                default -> "开始前撤回";
            };
        }
    }

    public record Found(long id, String name, String creditCode, int estates) {}

    private final JdbcClient jdbc;
    private final InstantSource clock;

    Contracts(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    LocalDate today() {
        return CivilTime.date(clock.instant());
    }

    static Contract row(ResultSet r, int n) throws SQLException {
        return new Contract(
                r.getLong("id"),
                r.getLong("estate"),
                r.getString("estate_name"),
                r.getInt("district"),
                r.getString("community"),
                r.getLong("company"),
                r.getString("company_name"),
                r.getObject("first", LocalDate.class),
                r.getObject("last", LocalDate.class),
                r.getObject("fee_fen", Integer.class),
                r.getString("ended_reason"),
                r.getInt("version"));
    }

    public Optional<Contract> find(long id) {
        return jdbc.sql(SELECT + "where k.id = ?")
                .param(id)
                .query(Contracts::row)
                .optional();
    }

    /** @throws Missing when its estate lies outside */
    Contract in(Scope scope, long id) {
        return find(id).filter(contract -> scope.covers(contract.community()))
                .orElseThrow(() -> new Missing("没有这份合同，或它不在您的范围里。"));
    }

    /** Who stands for a company today: itself, or the one that it has merged into. */
    long heir(long company) {
        return jdbc.sql("select company_heir(?, ?)")
                .params(company, today())
                .query(Long.class)
                .single();
    }

    /**
     * The contract that this one goes on, where its company merged into this one's: the paper was signed by that one. It may have gone over
     * more than once; the nearest first.
     */
    List<Long> carriedOn(long id) {
        return jdbc.sql("""
                        with recursive line (id, estate, company, first, step) as (
                            select id, estate, company, lower(during), 0 from contract where id = ?
                            union all
                            select o.id, o.estate, o.company, lower(o.during), line.step + 1
                            from line join contract o on o.estate = line.estate and upper(o.during) = line.first
                                 join body b on b.id = o.company and b.ending = 'merged' and b.successor = line.company and b.until = line.first
                        )
                        select id from line where step > 0 order by step
                        """).param(id).query(Long.class).list();
    }

    /** All contracts of an estate, the newest first. */
    public List<Contract> of(long estate) {
        return jdbc.sql(SELECT + "where k.estate = ? order by lower(k.during) desc")
                .param(estate)
                .query(Contracts::row)
                .list();
    }

    /** The contracts of an estate with the gaps between them, the newest first; a gap that lasts is counted until today. */
    public List<Stretch> over(List<Contract> newestFirst) {
        var today = today();
        var stretches = new ArrayList<Stretch>();
        LocalDate next = null;
        for (var contract : newestFirst) {
            var last = contract.last();
            if (last != null) {
                gap(stretches, last.plusDays(1), next, today);
            }
            stretches.add(new Stretch(contract, contract.first(), last, 0));
            next = contract.first();
        }
        return stretches;
    }

    private static void gap(List<Stretch> stretches, LocalDate from, @Nullable LocalDate next, LocalDate today) {
        if (next == null ? from.isAfter(today) : !from.isBefore(next)) {
            return;
        }
        var until = next == null ? today.plusDays(1) : next;
        stretches.add(
                new Stretch(null, from, next == null ? null : next.minusDays(1), ChronoUnit.DAYS.between(from, until)));
    }

    List<Change> story(long contract) {
        return jdbc.sql("""
                        select h.verb, h.reason, p.masked_name as who, h.at, was.name as was_company, is_.name as is_company,
                               h.detail -> 'before' ->> 'first' as was_first, h.detail -> 'after' ->> 'first' as is_first,
                               h.detail -> 'before' ->> 'last' as was_last, h.detail -> 'after' ->> 'last' as is_last,
                               h.detail -> 'before' ->> 'fee_fen' as was_fee, h.detail -> 'after' ->> 'fee_fen' as is_fee
                        from contract_change h
                                 left join account a on a.id = h.account
                                 left join person p on p.id = a.person
                                 left join body was on was.id = (h.detail -> 'before' ->> 'company')::bigint
                                 left join body is_ on is_.id = (h.detail -> 'after' ->> 'company')::bigint
                        where h.contract = ? order by h.id desc
                        """)
                .param(contract)
                .query((r, n) -> new Change(
                        r.getString("verb"),
                        r.getString("reason"),
                        r.getString("who"),
                        r.getTimestamp("at").toInstant(),
                        differs(r)))
                .list();
    }

    private static List<String> differs(ResultSet r) throws SQLException {
        var differs = new ArrayList<String>();
        differs(differs, "企业", r.getString("was_company"), r.getString("is_company"), name -> name);
        differs(differs, "第一天", r.getString("was_first"), r.getString("is_first"), Contracts::day);
        differs(differs, "最后一天", r.getString("was_last"), r.getString("is_last"), Contracts::day);
        differs(
                differs,
                "物业费",
                r.getString("was_fee"),
                r.getString("is_fee"),
                fen -> Contract.yuan(Integer.parseInt(fen)) + " 元");
        return differs;
    }

    private static void differs(
            List<String> differs, String what, @Nullable String was, @Nullable String is, UnaryOperator<String> words) {
        if (!Objects.equals(was, is)) {
            differs.add(what + "从“" + (was == null ? "没填" : words.apply(was)) + "”改成“"
                    + (is == null ? "没填" : words.apply(is)) + "”");
        }
    }

    private static String day(String day) {
        return day.equals("null") ? "没定" : CivilTime.day(LocalDate.parse(day));
    }

    /** A company of the register by its credit code, also one that was struck off: it may have had a contract before. */
    public Optional<Long> byCode(String code) {
        return jdbc.sql("select body from company where credit_code = ?")
                .param(CreditCode.tidy(code))
                .query(Long.class)
                .optional();
    }

    String code(long company) {
        return jdbc.sql("select credit_code from company where body = ?")
                .param(company)
                .query(String.class)
                .single();
    }

    boolean registered(long company) {
        return jdbc.sql("select exists (select from company where body = ?)")
                .param(company)
                .query(Boolean.class)
                .single();
    }

    /** Companies at work, by name or credit code: a company from anywhere may serve an estate. */
    public List<Found> companies(String q) {
        if (q.length() < 2) {
            return List.of();
        }
        return jdbc.sql("""
                        select b.id, b.name, c.credit_code,
                               (select count(*) from contract k where k.company = b.id and k.during @> :today) as estates
                        from body b join company c on c.body = b.id
                        where (b.until is null or b.until > :today)
                          and (position(:q in b.name) > 0 or position(:q in b.short_name) > 0 or c.credit_code = :code)
                        order by b.name, b.id limit :most
                        """)
                .param("today", today())
                .param("q", q)
                .param("code", CreditCode.tidy(q))
                .param("most", MOST_FOUND)
                .query(Found.class)
                .list();
    }

    public Optional<Found> company(long id) {
        return jdbc.sql("""
                        select b.id, b.name, c.credit_code, 0 as estates from body b join company c on c.body = b.id
                        where b.id = ? and (b.until is null or b.until > ?)
                        """).params(id, today()).query(Found.class).optional();
    }
}

package org.hemei.registry.people;

import java.sql.Types;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Staff of the company that serves an estate may not sit on that estate's owners' committee (domain rule of the article: the
 * committee oversees the company). An adviser sent to a company is not its staff. What counts is that a day exists on which seat,
 * employment and contract all hold.
 */
@Component
public class Conflicts {

    /** @param name masked; @param from the first day on which all three hold */
    public record Overlap(String name, String estate, String company, String seat, String job, LocalDate from) {}

    private final JdbcClient jdbc;

    Conflicts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * Who would come into conflict if the company served the estate in these days: to be shown, not to be refused, where a
     * contract is entered. The nightly check finds them once the contract holds.
     *
     * @param end the day after the last; null when open
     */
    public List<Overlap> atContract(long company, long estate, LocalDate from, @Nullable LocalDate end) {
        return jdbc.sql(AT_CONTRACTS.formatted("""
                        (select 0 as n, cast(:company as bigint) as company, cast(:estate as bigint) as estate,
                                daterange(cast(:from as date), cast(:end as date)) as during)
                        """))
                .param("company", company)
                .param("estate", estate)
                .param("from", from)
                .param("end", end, Types.DATE)
                .query(Overlap.class)
                .list();
    }

    /**
     * The same for many contracts at once.
     *
     * @param contracts a relation (n, company, estate, during), as SQL
     * @return by n, in its order; contracts without any are left out
     */
    public Map<Integer, List<Overlap>> atContracts(String contracts) {
        return found(jdbc.sql(AT_CONTRACTS.formatted(contracts)));
    }

    private static final String AT_CONTRACTS = """
            select w.n, p.masked_name as name, e.name as estate, co.short_name as company, s.post as seat, j.post as job,
                   greatest(lower(s.during), lower(j.during), lower(w.during)) as "from"
            from %s w
                     join body oc on oc.kind = 'owners_committee' and oc.estate = w.estate
                     join appointment s on s.body = oc.id
                     join appointment j on j.person = s.person
                     join body jb on jb.id = j.body and coalesce(jb.company, jb.id) = w.company
                     join post jp on jp.name = j.post and jp.duty <> 'adviser'
                     join person p on p.id = s.person
                     join estate e on e.id = oc.estate
                     join body co on co.id = w.company
            where not isempty(s.during * j.during * w.during)
            order by w.n, s.id, j.id
            """;

    /** In a sentence each; empty for none. */
    public static String said(List<Overlap> overlaps) {
        return overlaps.stream()
                .map(overlap -> "本小区%s %s 也是 %s 的%s。"
                        .formatted(overlap.seat(), overlap.name(), overlap.company(), overlap.job()))
                .distinct()
                .collect(Collectors.joining());
    }

    /** The seats on committees that speak against these jobs at companies, by the jobs' places in the list. */
    Map<Integer, List<Overlap>> ofEmployments(List<Proposed> all, List<Integer> jobs) {
        return overlaps(all, jobs, """
                select w.n, p.masked_name as name, e.name as estate, co.short_name as company, s.post as seat, w.post as job,
                       greatest(lower(s.during), lower(c.during), w."from") as "from"
                from %s
                         join appointment s on s.person = w.person and s.id <> w.self
                         join body oc on oc.id = s.body and oc.kind = 'owners_committee'
                         join contract c on c.estate = oc.estate and c.company = w.company
                         join person p on p.id = s.person
                         join estate e on e.id = oc.estate
                         join body co on co.id = w.company
                where not isempty(s.during * c.during * daterange(w."from", w.ending))
                order by w.n, s.id, c.id
                """);
    }

    /** The jobs at serving companies that speak against these seats on estates' committees, by the seats' places in the list. */
    Map<Integer, List<Overlap>> ofSeats(List<Proposed> all, List<Integer> seats) {
        return overlaps(all, seats, """
                select w.n, p.masked_name as name, e.name as estate, co.short_name as company, w.post as seat, j.post as job,
                       greatest(lower(j.during), lower(c.during), w."from") as "from"
                from %s
                         join appointment j on j.person = w.person and j.id <> w.self
                         join body jb on jb.id = j.body and jb.kind in ('company', 'company_branch')
                         join post jp on jp.name = j.post and jp.duty <> 'adviser'
                         join contract c on c.company = coalesce(jb.company, jb.id) and c.estate = w.seat
                         join person p on p.id = j.person
                         join estate e on e.id = c.estate
                         join body co on co.id = c.company
                where not isempty(j.during * c.during * daterange(w."from", w.ending))
                order by w.n, j.id, c.id
                """);
    }

    private Map<Integer, List<Overlap>> overlaps(List<Proposed> all, List<Integer> places, String sql) {
        return places.isEmpty()
                ? Map.of()
                : found(jdbc.sql(sql.formatted(ProposedRows.WANTED)).params(ProposedRows.of(all, places)));
    }

    private static Map<Integer, List<Overlap>> found(JdbcClient.StatementSpec statement) {
        var found = new TreeMap<Integer, List<Overlap>>();
        statement.query(r -> {
            found.computeIfAbsent(r.getInt("n"), n -> new ArrayList<>())
                    .add(new Overlap(
                            r.getString("name"),
                            r.getString("estate"),
                            r.getString("company"),
                            r.getString("seat"),
                            r.getString("job"),
                            r.getObject("from", LocalDate.class)));
        });
        return found;
    }
}

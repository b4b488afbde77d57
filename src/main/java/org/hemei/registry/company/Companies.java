package org.hemei.registry.company;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hemei.platform.Missing;
import org.hemei.platform.Scope;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.Areas;
import org.hemei.registry.SmallCount;
import org.hemei.registry.body.CoverageMode;
import org.hemei.registry.people.PartyCounts;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** One company: what it is, whom it served when, how it is covered. */
@Component
class Companies {

    private final JdbcClient jdbc;
    private final PartyCounts counts;
    private final InstantSource clock;

    Companies(JdbcClient jdbc, PartyCounts counts, InstantSource clock) {
        this.jdbc = jdbc;
        this.counts = counts;
        this.clock = clock;
    }

    LocalDate today() {
        return CivilTime.date(clock.instant());
    }

    Optional<CompanyView> find(long id) {
        return jdbc.sql("""
                        select b.id, b.name, b.short_name, c.credit_code, c.override_reason, b.area as area_code, a.name as area,
                               c.phone, c.address, b.since, b.until, c.version
                        from body b join company c on c.body = b.id join area a on a.code = b.area
                        where b.id = ?
                        """).param(id).query(CompanyView.class).optional();
    }

    /** @throws Missing when it neither is registered in the scope nor has served an estate there */
    CompanyView in(Scope scope, long id) {
        var company = find(id).orElseThrow(Companies::missing);
        if (!scope.covers(company.areaCode()) && !hasServed(scope, id)) {
            throw missing();
        }
        return company;
    }

    /** @throws Missing when it is not registered in the scope: only then is it the reader's to change */
    CompanyView registered(Scope scope, long id) {
        return find(id).filter(company -> scope.covers(company.areaCode())).orElseThrow(Companies::missing);
    }

    private static Missing missing() {
        return new Missing("没有这家企业，或它不在您的范围里。");
    }

    private boolean hasServed(Scope scope, long id) {
        return jdbc.sql("""
                        select exists (select from contract k join estate e on e.id = k.estate
                                       where k.company = :id and e.community like any(:patterns))
                        """)
                .param("id", id)
                .param("patterns", scope.patterns())
                .query(Boolean.class)
                .single();
    }

    /** Every estate under contract, before, now and to come; the newest first. */
    List<CompanyView.Project> projects(Scope scope, long id) {
        return jdbc.sql("""
                        select k.id, k.estate, e.name, d.name as district, c.name as community, k.during, lower(k.during) as first,
                               upper(k.during) as past, k.fee_fen, k.ended_reason, e.community as code
                        from contract k
                                 join estate e on e.id = k.estate
                                 join area c on c.code = e.community
                                 join area d on d.code = e.district::text
                        where k.company = ?
                        order by upper_inf(k.during) desc, upper(k.during) desc, e.name, k.id
                        """).param(id).query((r, n) -> project(r, scope)).list();
    }

    private static CompanyView.Project project(ResultSet r, Scope scope) throws SQLException {
        return new CompanyView.Project(
                r.getLong("id"),
                r.getLong("estate"),
                r.getString("name"),
                r.getString("district") + "·" + Areas.plain(r.getString("community")),
                scope.covers(r.getString("code")),
                r.getObject("first", LocalDate.class),
                last(r.getObject("past", LocalDate.class)),
                r.getObject("fee_fen", Integer.class),
                r.getString("ended_reason"));
    }

    private static @Nullable LocalDate last(@Nullable LocalDate past) {
        return past == null ? null : past.minusDays(1);
    }

    List<CompanyView.Cover> coverage(long id) {
        return jdbc.sql("""
                        select v.id, v.mode, v.organisation, coalesce(o.name, p.masked_name) as with_whom,
                               lower(v.during) as first, upper(v.during) as past
                        from company_coverage v
                                 left join body o on o.id = v.organisation
                                 left join person p on p.id = v.adviser
                        where v.company = ?
                        order by upper_inf(v.during) desc, lower(v.during) desc, v.id
                        """)
                .param(id)
                .query((r, n) -> new CompanyView.Cover(
                        r.getLong("id"),
                        CoverageMode.of(r.getString("mode")),
                        r.getObject("organisation", Long.class),
                        r.getString("with_whom"),
                        r.getObject("first", LocalDate.class),
                        last(r.getObject("past", LocalDate.class))))
                .list();
    }

    List<CompanyView.Branch> branches(long id) {
        return jdbc.sql("""
                        select b.id, b.name, a.name as area, b.since, b.until
                        from body b join area a on a.code = b.area
                        where b.company = ? order by b.until nulls first, b.name, b.id
                        """).param(id).query(CompanyView.Branch.class).list().stream()
                .map(b -> new CompanyView.Branch(b.id(), b.name(), Areas.plain(b.area()), b.since(), b.until()))
                .toList();
    }

    /** Companies that merged into this one, and the one that it merged into. */
    List<CompanyView.Kin> kin(long id) {
        return jdbc.sql("""
                        select s.id, s.name, b.until as day, true as heir from body b join body s on s.id = b.successor where b.id = :id
                        union all
                        select f.id, f.name, f.until, false from body f where f.successor = :id
                        order by heir desc, day, id
                        """).param("id", id).query(CompanyView.Kin.class).list();
    }

    /** How many people hold which post today, in the company and its branches. */
    List<CompanyView.Post> posts(long id) {
        return jdbc.sql("""
                        select o.name, count(distinct p.person) as people
                        from appointment p join post o on o.name = p.post
                        where (p.body = :id or p.body in (select n.id from body n where n.company = :id))
                          and p.during @> :today and o.duty <> 'adviser'
                        group by o.name, o.rank order by o.rank, o.name
                        """)
                .param("id", id)
                .param("today", today())
                .query(CompanyView.Post.class)
                .list();
    }

    /** Whom the company employs, told so that nobody is given away. */
    SmallCount members(long id) {
        return counts.ofCompany(id, today());
    }
}

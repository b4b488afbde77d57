package org.hemei.registry.body;

import java.time.LocalDate;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.people.PostFollower;
import org.hemei.registry.people.Proposed;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * A company is covered by an adviser (派驻) only while the adviser holds the post there: whose post ends covers it no longer. The other way round
 * {@link Coverages#end} ends the post.
 */
@Component
class AdviserCoverage implements PostFollower {

    /** @param end the first day on which the adviser holds no post there any more; null when they did not when the coverage began */
    private record Resting(
            long id, LocalDate first, @Nullable LocalDate end, String company, String area) {}

    private final JdbcClient jdbc;
    private final Audit audit;
    private final EventLog events;

    AdviserCoverage(JdbcClient jdbc, Audit audit, EventLog events) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.events = events;
    }

    @Override
    public void left(Reader reader, Proposed held) {
        var company = held.body().company();
        if (company == null || !held.post().duty().equals("adviser")) {
            return;
        }
        jdbc.sql("""
                        with posts as (
                            select range_agg(a.during) as days from appointment a join post o on o.name = a.post and o.duty = 'adviser'
                            where a.person = :person and a.body = :company
                        )
                        select c.id, lower(c.during) as first, b.name as company, b.area,
                               (select upper(r) from unnest(p.days) r where r @> lower(c.during)) as "end"
                        from company_coverage c join body b on b.id = c.company cross join posts p
                        where c.company = :company and c.adviser = :person and c.during && daterange(:first, cast(:end as date))
                          and not coalesce(p.days @> c.during, false)
                        order by lower(c.during) for no key update of c
                        """)
                .param("person", held.person())
                .param("company", company)
                .param("first", held.tenure().first())
                .param("end", held.tenure().end())
                .query(Resting.class)
                .list()
                .forEach(resting -> end(reader, company, resting));
    }

    private void end(Reader reader, long company, Resting resting) {
        var end = resting.end;
        if (end == null) {
            throw Refusal.of(resting.company + CivilTime.day(resting.first)
                    + "起的派驻靠的就是这个职务，那天起他得在任。请先在企业的“党的覆盖”里更正：撤掉那一条，或让它早些结束。");
        }
        jdbc.sql("update company_coverage set during = daterange(lower(during), ?) where id = ?")
                .params(end, resting.id)
                .update();
        var district = resting.area.length() < 6 ? 0 : Integer.parseInt(resting.area.substring(0, 6));
        var detail = Map.of("coverage", resting.id, "day", end);
        audit.record(reader, district, "company.coverage_ended", "body", company, resting.area, detail);
        events.announce(district, "company.coverage_ended", company, detail);
    }
}

package org.hemei.registry.body;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What goes along when one body becomes part of another: its children, the companies it covers, its members. */
@Component
class BodyMerger {

    /** A row that runs on the day of the merger, and until when it was to run. */
    private record Going(long id, @Nullable LocalDate until) {}

    private final BodyStore store;
    private final BodyFacts facts;
    private final JdbcClient jdbc;

    BodyMerger(BodyStore store, BodyFacts facts, JdbcClient jdbc) {
        this.store = store;
        this.facts = facts;
        this.jdbc = jdbc;
    }

    void hand(Body from, Body to, List<Long> children, LocalDate day) {
        children(to, children, day);
        coverage(from.id(), to.id(), day);
        members(from.id(), to.id(), day);
        jdbc.sql("""
                insert into body_building (body, building)
                select :to, building from body_building where body = :from
                on conflict do nothing
                """).param("to", to.id()).param("from", from.id()).update();
    }

    private void children(Body to, List<Long> ids, LocalDate day) {
        var reasons = new ArrayList<Reason>();
        var under = new BodyRule.Parent(to.kind(), to.lastArea());
        for (var id : ids) {
            var child = store.lock(id);
            var place = facts.place(child.lastArea(), child.estate()).orElseThrow();
            if (BodyRule.of(child.kind()).reasons(place, under).isEmpty()) {
                child.follow(to.id(), day);
                store.save(child);
            } else {
                reasons.add(new Reason("into", "下级“" + child.nameNow().brief() + "”不能归它管。请先另作安排。"));
            }
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
    }

    /** An organisation of one company that takes over another's becomes one of several: 单建 turns into 联建. */
    private void coverage(long from, long to, LocalDate day) {
        var taken = covered(from, day);
        if (taken.isEmpty()) {
            return;
        }
        var all = new ArrayList<>(covered(to, day));
        endCoverage(from, day);
        taken.stream().filter(company -> !all.contains(company)).forEach(all::add);
        if (all.size() > 1) {
            jdbc.sql("""
                    update company_coverage set mode = 'joint'
                    where organisation = ? and mode = 'single' and lower(during) >= ?
                    """).params(to, day).update();
            endCoverageOf("single", to, day);
        }
        var kept = covered(to, day);
        all.stream()
                .filter(company -> !kept.contains(company))
                .forEach(company -> jdbc.sql("""
                        insert into company_coverage (company, mode, organisation, during) values (?, ?, ?, daterange(?, null))
                        """)
                        .params(company, all.size() > 1 ? "joint" : "single", to, day)
                        .update());
    }

    private void endCoverage(long organisation, LocalDate day) {
        jdbc.sql("delete from company_coverage where organisation = ? and lower(during) >= ?")
                .params(organisation, day)
                .update();
        endCoverageOf("single", organisation, day);
        endCoverageOf("joint", organisation, day);
    }

    private void endCoverageOf(String mode, long organisation, LocalDate day) {
        jdbc.sql("""
                update company_coverage set during = daterange(lower(during), :day)
                where organisation = :organisation and mode = :mode and during @> cast(:day as date) and lower(during) < :day
                """)
                .param("day", day)
                .param("organisation", organisation)
                .param("mode", mode)
                .update();
    }

    private List<Long> covered(long organisation, LocalDate day) {
        return jdbc.sql("""
                        select distinct company from company_coverage
                        where organisation = ? and (upper(during) is null or upper(during) > ?) order by company
                        """).params(organisation, day).query(Long.class).list();
    }

    /** Full members stay full; who takes part in both goes on once. Planned memberships simply change their organisation. */
    private void members(long from, long to, LocalDate day) {
        jdbc.sql("""
                update party_membership b set during = daterange(lower(b.during), :day)
                from party_membership a
                where a.organisation = :from and b.organisation = :to and a.holder_index = b.holder_index
                  and a.kind = 'full' and b.kind = 'joined' and lower(b.during) < :day
                  and a.during @> cast(:day as date) and b.during @> cast(:day as date)
                """).param("from", from).param("to", to).param("day", day).update();
        var going = jdbc.sql("""
                        select a.id, upper(a.during) as until from party_membership a
                        where a.organisation = :from and a.during @> cast(:day as date) and lower(a.during) < :day
                          and not exists (select from party_membership b
                                          where b.organisation = :to and b.holder_index = a.holder_index
                                            and b.during && daterange(:day, null))
                        """)
                .param("from", from)
                .param("to", to)
                .param("day", day)
                .query(Going.class)
                .list();
        jdbc.sql("""
                update party_membership set during = daterange(lower(during), :day)
                where organisation = :from and during @> cast(:day as date) and lower(during) < :day
                """).param("from", from).param("day", day).update();
        going.forEach(row -> jdbc.sql("""
                        insert into party_membership (organisation, kind, employer, holder_cipher, holder_index, during)
                        select :to, kind, employer, holder_cipher, holder_index, daterange(:day, :until)
                        from party_membership where id = :id
                        """)
                .param("to", to)
                .param("day", day)
                .param("until", row.until())
                .param("id", row.id())
                .update());
        jdbc.sql("""
                update party_membership a set organisation = :to
                where a.organisation = :from and lower(a.during) >= :day
                  and not exists (select from party_membership b
                                  where b.organisation = :to and b.holder_index = a.holder_index and b.during && a.during)
                """).param("from", from).param("to", to).param("day", day).update();
    }
}

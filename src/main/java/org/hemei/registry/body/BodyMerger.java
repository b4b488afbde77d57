package org.hemei.registry.body;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.registry.BodyKind;
import org.hemei.registry.people.PostsEnding;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What goes along when one body becomes part of another: its children, the companies it covers, its members, its buildings. */
@Component
class BodyMerger {

    private record Single(long id, long company, @Nullable LocalDate until) {}

    private final BodyStore store;
    private final BodyFacts facts;
    private final Carrying carrying;
    private final CompanyMerger companies;
    private final PostsEnding posts;
    private final JdbcClient jdbc;

    BodyMerger(
            BodyStore store,
            BodyFacts facts,
            Carrying carrying,
            CompanyMerger companies,
            PostsEnding posts,
            JdbcClient jdbc) {
        this.store = store;
        this.facts = facts;
        this.carrying = carrying;
        this.companies = companies;
        this.posts = posts;
        this.jdbc = jdbc;
    }

    void hand(Reader reader, Body from, Body to, List<Long> children, LocalDate day) {
        if (from.kind() == BodyKind.COMPANY) {
            companies.hand(reader, from, to, children, day);
        } else {
            children(to, children, day);
            joined(from.id(), to.id(), day);
            Going.of(from.kind()).forEach(going -> carrying.carry(going, from.id(), to.id(), day));
            several(to.id(), day);
        }
        posts.with(reader, from.id(), day);
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

    /** Who belongs to one and took part in the other belongs to that one now, and is counted once. */
    private void joined(long from, long to, LocalDate day) {
        jdbc.sql("""
                update party_membership b set during = daterange(lower(b.during), greatest(:day, lower(a.during)))
                from party_membership a
                where a.organisation = :from and b.organisation = :to and a.holder_index = b.holder_index
                  and a.kind = 'full' and b.kind = 'joined' and lower(b.during) < greatest(:day, lower(a.during))
                  and (upper(a.during) is null or upper(a.during) > :day) and b.during @> greatest(:day, lower(a.during))
                """).param("from", from).param("to", to).param("day", day).update();
    }

    /** An organisation of one company that takes over another's becomes one of several: 单建 turns into 联建. */
    private void several(long organisation, LocalDate day) {
        var companies =
                jdbc.sql("""
                        select count(distinct company) from company_coverage
                        where organisation = ? and (upper(during) is null or upper(during) > ?)
                        """).params(organisation, day).query(Integer.class).single();
        if (companies < 2) {
            return;
        }
        var running = jdbc.sql("""
                        select id, company, upper(during) as until from company_coverage
                        where organisation = :organisation and mode = 'single' and lower(during) < :day
                          and (upper(during) is null or upper(during) > :day)
                        """)
                .param("organisation", organisation)
                .param("day", day)
                .query(Single.class)
                .list();
        jdbc.sql("""
                update company_coverage set mode = 'joint'
                where organisation = ? and mode = 'single' and lower(during) >= ?
                """).params(organisation, day).update();
        running.forEach(row -> {
            jdbc.sql("update company_coverage set during = daterange(lower(during), ?) where id = ?")
                    .params(day, row.id)
                    .update();
            jdbc.sql("""
                    insert into company_coverage (company, mode, organisation, during)
                    values (:company, 'joint', :organisation, daterange(:day, :until))
                    """)
                    .param("company", row.company)
                    .param("organisation", organisation)
                    .param("day", day)
                    .param("until", row.until)
                    .update();
        });
    }
}

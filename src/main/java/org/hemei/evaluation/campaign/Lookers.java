package org.hemei.evaluation.campaign;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hemei.evaluation.Interests;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** What looks are given out by: where there is something to look at, who can, who does already, and who is too near to a company. */
@Repository
class Lookers {

    /** An assessor. @param areas all that the account was granted as such */
    record Looker(long account, Set<String> areas) {

        boolean covers(String community) {
            return areas.stream().anyMatch(community::startsWith);
        }
    }

    /** An estate of a campaign. @param companies those that are evaluated there */
    record Place(long estate, int district, String community, Set<Long> companies) {}

    private final JdbcClient jdbc;
    private final Interests interests;

    Lookers(JdbcClient jdbc, Interests interests) {
        this.jdbc = jdbc;
        this.interests = interests;
    }

    /** In the order that follows from the seed. */
    List<Place> places(Campaign campaign) {
        return jdbc.sql("""
                        select p.estate, p.district, e.community, array_agg(distinct p.company) as companies
                        from evaluation_project p
                                 join estate e on e.id = p.estate
                        where p.campaign = :campaign
                        group by p.estate, p.district, e.community
                        order by sha256(convert_to(:seed || ':' || p.estate, 'UTF8'))
                        """)
                .param("campaign", campaign.id())
                .param("seed", campaign.seed())
                .query((r, n) ->
                        new Place(r.getLong("estate"), r.getInt("district"), r.getString("community"), Set.of((Long[])
                                r.getArray("companies").getArray())))
                .list();
    }

    /** Whoever can be given estates of a campaign now. */
    List<Looker> of(Campaign campaign, Instant now) {
        return jdbc.sql("""
                        select g.account, array_agg(distinct g.area) as areas
                        from access_grant g join account a on a.id = g.account and a.disabled_at is null
                        where g.role = 'ASSESSOR' and (g.area like :area || '%' or :area like g.area || '%')
                          and g.since <= :now and (g.until is null or g.until > :now)
                        group by g.account order by g.account
                        """)
                .param("area", campaign.area())
                .param("now", Timestamp.from(now))
                .query((r, n) -> new Looker(r.getLong("account"), Set.of((String[])
                        r.getArray("areas").getArray())))
                .list();
    }

    /** Who looks where, or did: by estate, each set the caller's own. */
    Map<Long, Set<Long>> sitting(long campaign) {
        Map<Long, Set<Long>> sitting = new HashMap<>();
        jdbc.sql("select estate, assessor from evaluation_inspection where campaign = ? and state <> 'replaced'")
                .param(campaign)
                .query((RowCallbackHandler) r -> sitting.computeIfAbsent(r.getLong("estate"), e -> new HashSet<>())
                        .add(r.getLong("assessor")));
        return sitting;
    }

    /** What assessors said of themselves, what others found, and what is recorded of them anyway. */
    Set<Interests.Tie> conflicts(long campaign) {
        Set<Interests.Tie> conflicts = new HashSet<>(
                jdbc.sql("select assessor as account, company from evaluation_conflict where campaign = ?")
                        .param(campaign)
                        .query(Interests.Tie.class)
                        .list());
        var known = jdbc.sql("""
                        select account from access_grant where role = 'ASSESSOR'
                        union select assessor from evaluation_inspection where campaign = ?
                        """).param(campaign).query(Long.class).list();
        conflicts.addAll(interests.of(campaign, known));
        return conflicts;
    }
}

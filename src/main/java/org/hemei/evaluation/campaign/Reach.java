package org.hemei.evaluation.campaign;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import org.hemei.evaluation.Interests;
import org.hemei.evaluation.Waits;
import org.hemei.evaluation.objection.AskedCorrections;
import org.hemei.evaluation.score.Hearings;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Whom the publication of scores reaches in the application, and whom somebody has to tell in another way. */
@Component
class Reach {

    private final Hearings hearings;
    private final AskedCorrections corrections;
    private final Interests interests;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    Reach(Hearings hearings, AskedCorrections corrections, Interests interests, JdbcClient jdbc, InstantSource clock) {
        this.hearings = hearings;
        this.corrections = corrections;
        this.interests = interests;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** Scores of the campaign that were changed since, and wait for what their companies say. */
    List<Hearings.Hearing> hearings(long campaign) {
        return hearings.running(campaign);
    }

    /** Corrections of the campaign that another keeper asked for; who is tied to a company hears of none of its cases by them. */
    List<AskedCorrections.Open> asked(Reader reader, long campaign) {
        var near = interests.companies(reader);
        return corrections.ofCampaign(campaign).stream()
                .filter(one -> !near.contains(one.companyId()))
                .toList();
    }

    /** Campaigns with public scores that wait for a paper to be served, or for a tie to be decided. */
    Set<Long> asking() {
        return Set.copyOf(jdbc.sql(Waits.ASKING)
                .param("today", CivilTime.date(clock.instant()))
                .query(Long.class)
                .list());
    }

    /** Companies with an estate of the campaign for which nobody has an account, neither for the whole nor for that estate. */
    List<String> without(long campaign) {
        return jdbc.sql("""
                        select distinct b.short_name
                        from evaluation_project p join body b on b.id = p.company
                        where p.campaign = :campaign and p.counts
                          and not exists (select from access_grant g join account a on a.id = g.account and a.disabled_at is null
                                          where g.role = 'MANAGER' and g.body = p.company and (g.estate is null or g.estate = p.estate)
                                            and g.since <= :now and (g.until is null or g.until > :now))
                        order by b.short_name
                        """)
                .param("campaign", campaign)
                .param("now", Timestamp.from(clock.instant()))
                .query(String.class)
                .list();
    }
}

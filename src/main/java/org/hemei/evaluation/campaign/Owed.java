package org.hemei.evaluation.campaign;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Finds campaigns whose looks or points are due within three days, and announces each such day once; who owes something is told then. */
@Service
class Owed {

    private static final int DAYS = 3;

    /** @param points whether points are due as well, and not only looks */
    record Due(long campaign, LocalDate due, boolean points) {}

    private final JdbcClient jdbc;
    private final EventLog events;
    private final InstantSource clock;

    Owed(JdbcClient jdbc, EventLog events, InstantSource clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** Those nobody was reminded of yet. */
    List<Due> due() {
        return jdbc.sql("""
                        with due as (
                            select id as campaign, collect_until as due, false as points from evaluation_campaign where state = 'collecting'
                            union all
                            select id, review_until, true from evaluation_campaign where state = 'review')
                        select * from due d
                        where cast(:today as date) between d.due - %d and d.due
                          and not exists (select from evaluation_reminder r where r.campaign = d.campaign and r.due = d.due)
                        order by campaign
                        """.formatted(DAYS))
                .param("today", CivilTime.date(clock.instant()))
                .query(Due.class)
                .list();
    }

    /** Nothing where another copy was first. */
    @Transactional
    public void remind(Due due) {
        var first = jdbc.sql(
                        "insert into evaluation_reminder (campaign, due, sent_at) values (?, ?, ?) on conflict do nothing")
                .params(due.campaign, due.due, Timestamp.from(clock.instant()))
                .update();
        if (first == 1) {
            events.announce(
                    0,
                    "evaluation.campaign.owed",
                    due.campaign,
                    Map.of("campaign", due.campaign, "due", due.due.toString(), "points", due.points));
        }
    }
}

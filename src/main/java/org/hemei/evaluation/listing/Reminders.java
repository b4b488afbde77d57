package org.hemei.evaluation.listing;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Finds the days that come near or are over, and announces each once; who is told of it is {@link ReminderNews}. */
@Service
class Reminders {

    private static final Duration NEAR = Duration.ofDays(3);
    private static final int ENDING_DAYS = 14;
    private static final int SUSPENDED_HOURS = 30 * 24;
    private static final int MOST = 500;

    /** @param due what it is about: a moment, or the start of a day */
    record Due(long listing, String area, long company, Reminder kind, Instant due) {}

    private final JdbcClient jdbc;
    private final EventLog events;
    private final InstantSource clock;

    Reminders(JdbcClient jdbc, EventLog events, InstantSource clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    /** Those nobody was reminded of yet. */
    List<Due> due() {
        var now = clock.instant();
        return jdbc.sql("""
                with due as (
                    select id, area, company, case when due_at < :now then 'late' else 'near' end as kind, due_at as due
                    from listing where state in (%s) and due_at < :near and not (state = 'noticed' and noticed_on is not null and due_at < :now)
                    union all
                    select id, area, company, case when answer_due < :now then 'answer_late' else 'answer_near' end, answer_due
                    from listing where objection = 'open' and answer_due < :near
                    union all
                    select id, area, company, 'object_near', object_until
                    from listing where state in (%s) and objection = 'none' and object_until >= :now and object_until < :near
                    union all
                    select id, area, company, 'repair_open', cast(least_last + 1 as timestamp) at time zone 'Asia/Shanghai'
                    from listing where state = 'listed' and least_last < :today and most_last >= :today
                    union all
                    select id, area, company, 'ending', cast(most_last + 1 as timestamp) at time zone 'Asia/Shanghai'
                    from listing where state in (%s) and most_last between :today and cast(:today as date) + %d
                    union all
                    select l.id, l.area, l.company, 'suspended', s.at + floor(extract(epoch from cast(:now as timestamptz) - s.at) / 3600 / %d) * interval '%d hours'
                    from listing l cross join lateral (select max(at) as at from listing_step where listing = l.id and verb = 'suspend') s
                    where l.suspended and s.at <= cast(:now as timestamptz) - interval '%d hours'
                )
                select d.* from due d
                where not exists (select from listing_reminder r where r.listing = d.id and r.kind = d.kind and r.due = d.due)
                order by d.id limit %d
                """.formatted(
                                ListingState.OWED_SQL,
                                ListingState.IN_FORCE_SQL,
                                ListingState.IN_FORCE_SQL,
                                ENDING_DAYS,
                                SUSPENDED_HOURS,
                                SUSPENDED_HOURS,
                                SUSPENDED_HOURS,
                                MOST))
                .param("now", Timestamp.from(now))
                .param("near", Timestamp.from(now.plus(NEAR)))
                .param("today", CivilTime.date(now))
                .query((r, n) -> new Due(
                        r.getLong("id"),
                        r.getString("area"),
                        r.getLong("company"),
                        Reminder.of(r.getString("kind")),
                        r.getTimestamp("due").toInstant()))
                .list();
    }

    /** Nothing where another copy was first. */
    @Transactional
    public void remind(Due due) {
        var first = jdbc.sql("""
                insert into listing_reminder (listing, kind, due, sent_at) values (?, ?, ?, ?) on conflict do nothing
                """)
                .params(due.listing, due.kind.code(), Timestamp.from(due.due), Timestamp.from(clock.instant()))
                .update();
        if (first == 1) {
            events.announce(
                    ListingDesk.district(due.area),
                    Reminder.EVENT,
                    due.listing,
                    Map.of("company", due.company, "kind", due.kind.code(), "due", due.due.toString(), "actor", 0));
        }
    }
}

package org.hemei.registry.people;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.Reader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Posts end with their body: nobody holds one in something that is no more. Each of them says so in its own history. */
@Component
public class PostsEnding {

    private final JdbcClient jdbc;
    private final InstantSource clock;

    PostsEnding(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * Within the caller's transaction.
     *
     * @param day the first on which the body is no more; a post that would have begun later never begins
     * @return how many posts ended
     */
    public int with(Reader reader, long body, LocalDate day) {
        return written(reader, body, day, """
                        with ending as materialized (
                            select id, person, post, estate, lower(during) as first, upper(during) as past, full_time
                            from appointment where body = :body and (upper(during) is null or upper(during) > :day)
                            for update
                        ), ended as (
                            update appointment a set during = daterange(e.first, :day), version = version + 1
                            from ending e where a.id = e.id and e.first < :day
                        ), gone as (
                            delete from appointment a using ending e where a.id = e.id and e.first >= :day
                        )
                        insert into appointment_change (appointment, verb, day, reason, detail, account, at)
                        select e.id, case when e.first < :day then 'ended' else 'taken_back' end, cast(:day as date) - 1, 'body_ended',
                               jsonb_strip_nulls(jsonb_build_object('body', :body, 'person', e.person, 'post', e.post, 'estate', e.estate, 'first', e.first,
                                                                    'last', e.past - 1, 'full_time', e.full_time)),
                               cast(:account as bigint), cast(:now as timestamptz)
                        from ending e
                        """).update();
    }

    /**
     * The day on which the body ended was wrong: what ended with it ends on the right one, a post at an estate no later than the estate.
     *
     * @param was the day that was entered at first
     */
    public void shift(Reader reader, long body, LocalDate was, LocalDate day) {
        written(reader, body, day, """
                        with shifted as (
                            update appointment a
                            set during = daterange(lower(during), least(cast(:day as date), (select e.until from estate e where e.id = a.estate))),
                                version = version + 1
                            where body = :body and upper(during) = :was
                              and (cast(:day as date) < :was or not exists (select from appointment_change c
                                              where c.appointment = a.id and c.verb = 'ended' and c.day = cast(:was as date) - 1
                                                and c.reason is distinct from 'body_ended'))
                            returning id, upper(during) - 1 as final
                        )
                        insert into appointment_change (appointment, verb, day, reason, detail, account, at)
                        select id, 'ended', final, 'body_ended',
                               jsonb_strip_nulls(jsonb_build_object('body', :body, 'was', cast(:was as date) - 1, 'last', (
                                   select c.detail ->> 'last' from appointment_change c
                                   where c.appointment = shifted.id and c.reason = 'body_ended' order by c.id desc limit 1))),
                               cast(:account as bigint), cast(:now as timestamptz)
                        from shifted
                        """).param("was", was).update();
    }

    /**
     * Its body became part of another on another day than was entered: the posts that ended and those that began with the other one tell
     * what they were.
     */
    public void moved(Reader reader, long body, List<Long> ended, List<Long> begun, LocalDate was, LocalDate day) {
        written(reader, body, day, """
                        insert into appointment_change (appointment, verb, day, reason, detail, account, at)
                        select e.id, 'ended', cast(:day as date) - 1, 'body_ended',
                               jsonb_build_object('body', :body, 'was', cast(:was as date) - 1),
                               cast(:account as bigint), cast(:now as timestamptz)
                        from unnest(:ended) e (id)
                        union all
                        select b.id, 'corrected', :day, null, jsonb_build_object('body', :body, 'first', cast(:was as date)),
                               cast(:account as bigint), cast(:now as timestamptz)
                        from unnest(:begun) b (id)
                        """)
                .param("was", was)
                .param("ended", ended.toArray(Long[]::new))
                .param("begun", begun.toArray(Long[]::new))
                .update();
    }

    /** The body was founded later than entered: posts that began with it begin with it. */
    public void begin(Reader reader, long body, LocalDate was, LocalDate day) {
        written(reader, body, day, """
                        with shifted as (
                            update appointment set during = daterange(:day, upper(during)), version = version + 1
                            where body = :body and lower(during) = :was returning id
                        )
                        insert into appointment_change (appointment, verb, day, detail, account, at)
                        select id, 'corrected', :day, jsonb_build_object('first', cast(:was as date), 'body', :body),
                               cast(:account as bigint), cast(:now as timestamptz)
                        from shifted
                        """).param("was", was).update();
    }

    /**
     * The body is there again: so are the posts that ended with it and that nobody has ended since, those at an estate that was struck off
     * until that day.
     *
     * @param day the first on which it was no more
     * @return how many posts go on
     */
    public int again(Reader reader, long body, LocalDate day) {
        return written(reader, body, day, """
                        with said as (
                            select distinct on (c.appointment) c.appointment, c.reason, c.day, (c.detail ->> 'last')::date as last
                            from appointment_change c join appointment a on a.id = c.appointment
                            where a.body = :body and upper(a.during) = :day
                            order by c.appointment, c.id desc
                        ), again as (
                            update appointment a set during = daterange(lower(a.during), least(s.last + 1, (select e.until from estate e where e.id = a.estate))), version = version + 1
                            from said s
                            where a.id = s.appointment and s.reason = 'body_ended' and s.day = cast(:day as date) - 1
                            returning a.id, lower(a.during) as first
                        )
                        insert into appointment_change (appointment, verb, day, detail, account, at)
                        select id, 'corrected', first, jsonb_build_object('last', cast(:day as date) - 1, 'body', :body), cast(:account as bigint), cast(:now as timestamptz) from again
                        """).update();
    }

    /** A statement that writes to the history of posts: the body, the day, by whom and when. */
    private JdbcClient.StatementSpec written(Reader reader, long body, LocalDate day, String sql) {
        return jdbc.sql(sql)
                .param("body", body)
                .param("day", day)
                .param("account", reader.signedIn() ? reader.account() : null)
                .param("now", Timestamp.from(clock.instant()));
    }
}

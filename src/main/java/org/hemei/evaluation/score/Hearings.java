package org.hemei.evaluation.score;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hemei.evaluation.Waits;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Scores that were published, and then became worse for their company, or became a company's whose they had not been: it can object to them
 * as long as to a first one, and nothing that rests on them is final before (decision 82).
 */
@Repository
public class Hearings {

    /**
     * One of them.
     *
     * @param was what held before, for people; empty where the score was not this company's
     * @param until the last day; null while nobody of the company can sign in and the paper was not served
     */
    public record Hearing(
            long score,
            long project,
            String estate,
            String company,
            String was,
            LocalDate openedOn,
            int days,
            @Nullable LocalDate until,
            @Nullable LocalDate servedOn) {

        public String path() {
            return "/scores/" + score;
        }

        public boolean takes(LocalDate day) {
            return !day.isBefore(openedOn) && (until == null || !day.isAfter(until));
        }
    }

    private static final String SELECT = """
            select h.score, h.project, e.name as estate, b.short_name as company, h.was, h.opened_on, h.days, h.until, h.served_on
            from evaluation_hearing h join evaluation_project p on p.id = h.project
                     join estate e on e.id = p.estate join body b on b.id = p.company
            """;

    private final JdbcClient jdbc;

    Hearings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Its days begin when somebody of the company can read it, or when the paper was served. */
    void open(Scores.Score score, String was, int days, Instant now) {
        var today = CivilTime.date(now);
        jdbc.sql("""
                insert into evaluation_hearing (score, project, was, opened_on, days, until)
                values (:score, :project, :was, :today, :days,
                        case when exists (select from access_grant g join account a on a.id = g.account and a.disabled_at is null
                                          where g.role = 'MANAGER' and g.body = :company and (g.estate is null or g.estate = :estate)
                                            and g.since <= :now and (g.until is null or g.until > :now))
                             then cast(:until as date) end)
                """)
                .param("score", score.id())
                .param("project", score.project())
                .param("was", was)
                .param("today", today)
                .param("days", days)
                .param("company", score.company())
                .param("estate", score.estate())
                .param("now", Timestamp.from(now))
                .param("until", today.plusDays(days))
                .update();
        follow(score.id());
    }

    /** A campaign that runs becomes final as much later, and is not late for it. */
    private void follow(long score) {
        jdbc.sql("""
                update evaluation_campaign c set final_by = greatest(c.final_by, h.until + cast(m.content ->> 'reviewDays' as int))
                from evaluation_hearing h join evaluation_project p on p.id = h.project, evaluation_scheme m
                where h.score = ? and p.campaign = c.id and m.id = c.scheme and c.state = 'objection' and h.until is not null
                """).param(score).update();
    }

    /** The paper was served. A day that was written down wrongly is put right by the right one; an earlier one takes nothing away. */
    public void served(long score, LocalDate on, long by, Instant now) {
        jdbc.sql("""
                update evaluation_hearing set served_on = :on, served_by = :by, served_at = :now, until = greatest(until, cast(:on as date) + days)
                where score = :score
                """)
                .param("on", on)
                .param("by", by)
                .param("now", Timestamp.from(now))
                .param("score", score)
                .update();
        follow(score);
    }

    /** The one that a version opened. */
    public Optional<Hearing> of(long score) {
        return jdbc.sql(SELECT + "where h.score = ?")
                .param(score)
                .query(Hearings::hearing)
                .optional();
    }

    /** The last one of a project that is still about something, also when it is over. */
    public Optional<Hearing> last(long project) {
        return jdbc.sql(SELECT + "where h.project = ? and h.stands order by h.score desc limit 1")
                .param(project)
                .query(Hearings::hearing)
                .optional();
    }

    /** Whether a project's score can be objected to on a day by one of its hearings. */
    public boolean takes(long project, LocalDate day) {
        return !open(project, day).isEmpty();
    }

    /** Those by which it can be: they are still about something. */
    public List<Hearing> open(long project, LocalDate day) {
        return on(project, day, Waits.STANDS);
    }

    /** Whether it could be on a day that is past, whatever the hearing is about by now. */
    public boolean took(long project, LocalDate day) {
        return !on(project, day, "true").isEmpty();
    }

    private List<Hearing> on(long project, LocalDate day, String which) {
        return jdbc
                .sql(SELECT + "where h.project = ? and " + which)
                .param(project)
                .query(Hearings::hearing)
                .list()
                .stream()
                .filter(one -> one.takes(day))
                .toList();
    }

    /** Those of a campaign that nothing final came after, and that are still about something: what is to be served first, then by their last day. */
    public List<Hearing> running(long campaign) {
        return jdbc.sql(SELECT + "where p.campaign = ? and " + Waits.RUNS + " and " + Waits.STANDS
                        + " order by h.until nulls first, h.score limit 200")
                .param(campaign)
                .query(Hearings::hearing)
                .list();
    }

    /** Whether the void of an estate's count that was published is still heard, by whichever of its companies. */
    public boolean ofVoid(long campaign, long estate) {
        return jdbc.sql("""
                        select exists (select from evaluation_hearing h join evaluation_project p on p.id = h.project
                                       where p.campaign = :campaign and p.estate = :estate and %s)
                        """.formatted(Waits.VOIDS))
                .param("campaign", campaign)
                .param("estate", estate)
                .query(Boolean.class)
                .single();
    }

    /** The versions of a project that were to be heard. */
    List<Long> ofProject(long project) {
        return jdbc.sql("select score from evaluation_hearing where project = ?")
                .param(project)
                .query(Long.class)
                .list();
    }

    /** Whether one of them is still about something. */
    void stands(long score, boolean stands) {
        jdbc.sql("update evaluation_hearing set stands = ? where score = ?")
                .params(stands, score)
                .update();
    }

    /**
     * Projects of campaigns that are over whose time has passed, every objection answered and every contract as it was scored. Where an estate
     * goes from one company to another, both wait for each other: it would count for both of them. By days it may.
     */
    public List<Long> over(LocalDate today) {
        return jdbc.sql("""
                        select distinct h.project
                        from evaluation_hearing h join evaluation_project p on p.id = h.project
                                 join evaluation_campaign c on c.id = p.campaign and c.state = 'final'
                                 join evaluation_scheme m on m.id = c.scheme
                                 cross join lateral (select array_agg(x.id) as together from evaluation_project x
                                                     where x.campaign = p.campaign and x.estate = p.estate
                                                       and (x.id = p.id or m.content ->> 'contractPolicy' is distinct from 'DAYS')) t
                        where %s
                          and not exists (select from evaluation_hearing h
                                          where h.project = any(t.together) and coalesce(h.until, :today) >= :today and %s)
                          and not exists (select from evaluation_objection o where o.project = any(t.together) and o.state = 'filed')
                          and not exists (select from evaluation_contract_differs d where d.campaign = p.campaign and d.estate = p.estate)
                        order by h.project
                        """.formatted(Waits.RUNS, Waits.RUNS + " and " + Waits.STANDS))
                .param("today", today)
                .query(Long.class)
                .list();
    }

    /** Whether an objection is that of the company of a project; 0 is none. */
    boolean asked(long objection, long project) {
        return jdbc.sql("select exists (select from evaluation_objection where id = ? and project = ?)")
                .params(objection, project)
                .query(Boolean.class)
                .single();
    }

    private static Hearing hearing(ResultSet r, int n) throws SQLException {
        return new Hearing(
                r.getLong("score"),
                r.getLong("project"),
                r.getString("estate"),
                r.getString("company"),
                r.getString("was"),
                r.getObject("opened_on", LocalDate.class),
                r.getInt("days"),
                r.getObject("until", LocalDate.class),
                r.getObject("served_on", LocalDate.class));
    }
}

package org.hemei.evaluation.objection;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hemei.access.Role;
import org.hemei.evaluation.Narrowing;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.evaluation.scheme.SchemeDesk;
import org.hemei.evaluation.score.Scores;
import org.hemei.platform.Reader;
import org.hemei.platform.db.Where;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Objections as they are kept. Each side asks for its own: the company's managers, and those who run the campaign. */
@Repository
public class Objections {

    private static final String SELECT = """
            select o.id, o.project, o.score, o.district, p.campaign, c.area, c.title, p.estate, e.name as estate_name, p.company,
                   b.short_name as company_name, o.state, o.version, o.dimension, o.filed_by, o.filed_at, o.due_on, o.decided_at,
                   w.words, w.decision, o.received_on, o.withdrawn_on, o.restored_why
            from evaluation_objection o
                     join evaluation_objection_words w on w.objection = o.id
                     join evaluation_project p on p.id = o.project
                     join evaluation_campaign c on c.id = p.campaign
                     join estate e on e.id = p.estate
                     join body b on b.id = p.company
            """;
    /** What a reader may see: of their company, at their estate or everywhere; or of their area. */
    private static final String SEEN = """
            (c.area like any(:patterns) or exists (select from access_grant g
                where g.account = :me and g.role = 'MANAGER' and g.body = p.company and (g.estate is null or g.estate = p.estate)
                  and g.since <= :now and (g.until is null or g.until > :now)))
            """;

    private final JdbcClient jdbc;

    Objections(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** What a list is narrowed to. @param state null for all; campaign: 0 for all */
    public record Wanted(Objection.@Nullable State state, long campaign, Narrowing narrowing) {}

    /** @param before an id, 0 for the first page */
    List<Objection> list(Reader reader, Wanted wanted, long before, int most, Instant now) {
        var where = new Where()
                .and(SEEN)
                .with("patterns", SchemeDesk.keeper(reader).patterns())
                .with("me", reader.has(Role.MANAGER) ? reader.account() : 0)
                .with("now", Timestamp.from(now));
        wanted.narrowing.limit(where, "e.community", "o.filed_at");
        if (wanted.state != null) {
            where.and("o.state = :state", "state", wanted.state.name().toLowerCase(Locale.ROOT));
        }
        if (wanted.campaign != 0) {
            where.and("p.campaign = :campaign", "campaign", wanted.campaign);
        }
        if (before != 0) {
            where.and("o.id < :before", "before", before);
        }
        return jdbc.sql(SELECT + "where " + where.sql() + " order by o.id desc limit :most")
                .params(where.params())
                .param("most", most)
                .query(Objections::objection)
                .list();
    }

    /** A score that its company can object to now. @param running parts that wait for an answer */
    public record Open(
            long score,
            long project,
            String estate,
            String company,
            YearResult result,
            @Nullable Integer points,
            LocalDate until,
            int running) {

        public String path() {
            return "/scores/" + score;
        }
    }

    /** Those of the reader's company, at their estate or everywhere, of which a part, or the contracts, can still be objected to; the weakest first. */
    List<Open> open(Reader reader, Instant now, int most) {
        return jdbc.sql("""
                        select s.id as score, p.id as project, e.name as estate, b.short_name as company, s.result, s.score as points,
                               case when c.state = 'objection' then greatest(c.objection_until, h.until) else coalesce(h.until, :today) end
                                   as objection_until, o.running
                        from evaluation_campaign c
                                 join evaluation_scheme m on m.id = c.scheme
                                 join evaluation_project p on p.campaign = c.id
                                 join estate e on e.id = p.estate
                                 join body b on b.id = p.company
                                 join lateral (select * from evaluation_score x where x.project = p.id order by x.version desc limit 1) s on true
                                 join lateral (select count(distinct x.dimension) as running from evaluation_objection x
                                               where x.project = p.id and x.state = 'filed') o on true
                                 left join lateral (select max(coalesce(x.until, :today)) as until from evaluation_hearing x
                                                    where x.project = p.id and coalesce(x.until, :today) >= :today and x.stands) h on true
                        where (c.state = 'objection' and c.objection_until >= :today or c.state in ('objection', 'final') and h.until is not null)
                          and o.running <= jsonb_array_length(m.content -> 'dimensions')
                          and exists (select from access_grant g
                              where g.account = :me and g.role = 'MANAGER' and g.body = p.company and (g.estate is null or g.estate = p.estate)
                                and g.since <= :now and (g.until is null or g.until > :now))
                        order by s.score nulls last, s.id limit :most
                        """)
                .param("today", CivilTime.date(now))
                .param("me", reader.account())
                .param("now", Timestamp.from(now))
                .param("most", most)
                .query((r, n) -> new Open(
                        r.getLong("score"),
                        r.getLong("project"),
                        r.getString("estate"),
                        r.getString("company"),
                        YearResult.of(r.getString("result")),
                        r.getObject("points", Integer.class),
                        r.getObject("objection_until", LocalDate.class),
                        r.getInt("running")))
                .list();
    }

    Optional<Objection> find(Reader reader, long id, Instant now) {
        return jdbc.sql(SELECT + "where o.id = :id and " + SEEN)
                .param("id", id)
                .param("patterns", SchemeDesk.keeper(reader).patterns())
                .param("me", reader.has(Role.MANAGER) ? reader.account() : 0)
                .param("now", Timestamp.from(now))
                .query(Objections::objection)
                .optional();
    }

    Optional<Objection> lock(long id) {
        return jdbc.sql(SELECT + "where o.id = ? for update of o")
                .param(id)
                .query(Objections::objection)
                .optional();
    }

    boolean running(long campaign, long estate) {
        return jdbc.sql("""
                        select exists (select from evaluation_objection o join evaluation_project p on p.id = o.project
                                       where p.campaign = ? and p.estate = ? and o.state = 'filed')
                        """).params(campaign, estate).query(Boolean.class).single();
    }

    /** @param part by its code, in upper case */
    boolean running(long project, String part) {
        return jdbc.sql(
                        "select exists (select from evaluation_objection where project = ? and dimension = ? and state = 'filed')")
                .params(project, part)
                .query(Boolean.class)
                .single();
    }

    /** Whether an account gave anything that went into a project's score: points, or an inspection. */
    boolean scored(long account, long campaign, long estate) {
        return jdbc.sql("""
                        select exists (select from evaluation_opinion where campaign = :c and estate = :e and given_by = :a)
                            or exists (select from evaluation_inspection where campaign = :c and estate = :e and assessor = :a)
                        """)
                .param("c", campaign)
                .param("e", estate)
                .param("a", account)
                .query(Boolean.class)
                .single();
    }

    /**
     * Whether an account made what an objection is against: a version that was there when it was filed, other than one that only raised what
     * this company had asked for; or asked for it where two decide; or found or settled a tie to a company of the estate when scores were public.
     */
    boolean changed(long account, long objection) {
        return jdbc.sql("""
                        select exists (select from evaluation_objection o join evaluation_score s on s.project = o.project and s.made_at <= o.filed_at
                                       where o.id = :o and s.made_by = :a and s.reason <> ''
                                         and (exists (select from evaluation_hearing h where h.score = s.id)
                                              or not exists (select from evaluation_objection own where own.project = s.project
                                                             and starts_with(s.reason, '异议 ' || own.id || ' 成立'))))
                            or exists (select from evaluation_objection o
                                           join evaluation_project p on p.id = o.project
                                           join evaluation_conflict x on x.campaign = p.campaign and x.answer_by is not null
                                           join evaluation_inspection i on i.campaign = p.campaign and i.estate = p.estate
                                                                       and i.assessor = x.assessor
                                           join evaluation_project t on t.campaign = p.campaign and t.estate = p.estate and t.company = x.company
                                       where o.id = :o and :a in (x.declared_by, x.settled_by))
                            or exists (select from evaluation_objection o
                                           join evaluation_score s on s.project = o.project and s.made_at <= o.filed_at
                                           join evaluation_correction x on s.id = any (x.made)
                                       where o.id = :o and x.asked_by = :a)
                        """)
                .param("o", objection)
                .param("a", account)
                .query(Boolean.class)
                .single();
    }

    /** @param received on which day it came on paper; null where it was filed here */
    long insert(
            Scores.Score score,
            String part,
            long by,
            LocalDate due,
            String words,
            @Nullable LocalDate received,
            Instant now) {
        var id = jdbc.sql("""
                        insert into evaluation_objection (project, score, district, dimension, filed_by, filed_at, due_on, received_on)
                        values (:project, :score, :district, :dimension, :by, :now, :due, :received) returning id
                        """)
                .param("received", received, java.sql.Types.DATE)
                .param("project", score.project())
                .param("score", score.id())
                .param("district", score.district())
                .param("dimension", part)
                .param("by", by)
                .param("now", Timestamp.from(now))
                .param("due", due)
                .query(Long.class)
                .single();
        jdbc.sql("insert into evaluation_objection_words (objection, words) values (?, ?)")
                .params(id, words)
                .update();
        return id;
    }

    void decide(long id, Objection.State state, long by, String decision, Instant now) {
        jdbc.sql("""
                update evaluation_objection set state = :state, decided_by = :by, decided_at = :now, version = version + 1 where id = :id
                """)
                .param("state", state.name().toLowerCase(Locale.ROOT))
                .param("by", by)
                .param("now", Timestamp.from(now))
                .param("id", id)
                .update();
        jdbc.sql("update evaluation_objection_words set decision = ? where objection = ?")
                .params(decision, id)
                .update();
    }

    /** Until when something else of the score can be objected to, as the answer says it. */
    void keepsOpen(long id, @Nullable LocalDate until) {
        jdbc.sql("update evaluation_objection set open_until = :until where id = :id")
                .param("until", until, java.sql.Types.DATE)
                .param("id", id)
                .update();
    }

    Optional<LocalDate> openUntil(long id) {
        return jdbc.sql("select open_until from evaluation_objection where id = ?")
                .param(id)
                .query((r, n) -> Optional.ofNullable(r.getObject("open_until", LocalDate.class)))
                .single();
    }

    /** @param paper on which day it came on paper; null where the company does so here */
    void withdraw(long id, @Nullable LocalDate paper) {
        jdbc.sql(
                        "update evaluation_objection set state = 'withdrawn', version = version + 1, withdrawn_on = :paper where id = :id")
                .param("paper", paper, java.sql.Types.DATE)
                .param("id", id)
                .update();
    }

    /** It waits again. */
    void restore(long id, LocalDate due, long by, String why, Instant now) {
        jdbc.sql("""
                update evaluation_objection set state = 'filed', version = version + 1, withdrawn_on = null,
                                                due_on = greatest(due_on, :due), restored_by = :by, restored_at = :now, restored_why = :why
                where id = :id
                """)
                .param("due", due)
                .param("by", by)
                .param("now", Timestamp.from(now))
                .param("why", why)
                .param("id", id)
                .update();
    }

    private static Objection objection(ResultSet r, int n) throws SQLException {
        var decided = r.getTimestamp("decided_at");
        return new Objection(
                r.getLong("id"),
                r.getLong("project"),
                r.getLong("score"),
                r.getInt("district"),
                r.getLong("campaign"),
                r.getString("area"),
                r.getString("title"),
                r.getLong("estate"),
                r.getString("estate_name"),
                r.getLong("company"),
                r.getString("company_name"),
                Objection.State.valueOf(r.getString("state").toUpperCase(Locale.ROOT)),
                r.getInt("version"),
                r.getString("dimension").equalsIgnoreCase(Objection.CONTRACT)
                        ? null
                        : Kind.valueOf(r.getString("dimension")),
                r.getLong("filed_by"),
                r.getTimestamp("filed_at").toInstant(),
                r.getObject("due_on", LocalDate.class),
                decided == null ? null : decided.toInstant(),
                r.getString("words"),
                r.getString("decision"),
                r.getObject("received_on", LocalDate.class),
                r.getObject("withdrawn_on", LocalDate.class),
                r.getString("restored_why"));
    }
}

package org.hemei.evaluation.campaign;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.hemei.platform.db.Where;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.Areas;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Campaigns as they are kept, and their history. */
@Repository
public class Campaigns {

    private static final String SELECT = """
            select c.*, a.name as area_name from evaluation_campaign c join area a on a.code = c.area
            """;

    /** One line of the history. */
    public record Step(int seq, Instant at, String verb, String actorAs, String remark) {}

    /** What is planned. */
    record Draft(
            String area,
            int year,
            long scheme,
            String title,
            LocalDate from,
            LocalDate until,
            String seedSource,
            LocalDate seedOn,
            LocalDate collectFrom,
            LocalDate collectUntil,
            LocalDate reviewUntil,
            LocalDate objectionUntil,
            LocalDate finalBy) {}

    private final JdbcClient jdbc;

    Campaigns(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public Optional<Campaign> find(long id) {
        return jdbc.sql(SELECT + "where c.id = ?")
                .param(id)
                .query(Campaigns::campaign)
                .optional();
    }

    public Optional<Campaign> lock(long id) {
        return jdbc.sql(SELECT + "where c.id = ? for update of c")
                .param(id)
                .query(Campaigns::campaign)
                .optional();
    }

    /** Those that evaluate an area, or one in it; of a year, in a state. Null and 0 leave it open. */
    record Wanted(
            @Nullable String area,
            @Nullable Integer year,
            @Nullable CampaignState state) {}

    List<Campaign> list(Wanted wanted, long before, int most) {
        var where = new Where();
        if (wanted.area != null) {
            where.and("starts_with(c.area, :inArea) or starts_with(:inArea, c.area)", "inArea", wanted.area);
        }
        if (wanted.year != null) {
            where.and("c.year = :year", "year", wanted.year);
        }
        if (wanted.state != null) {
            where.and("c.state = :state", "state", wanted.state.name().toLowerCase(Locale.ROOT));
        }
        if (before != 0) {
            where.and("c.id < :before", "before", before);
        }
        return jdbc.sql(SELECT + "where " + where.sql() + " order by c.id desc limit :most")
                .params(where.params())
                .param("most", most)
                .query(Campaigns::campaign)
                .list();
    }

    /** The years that were ever evaluated, the newest first. */
    List<Integer> years() {
        return jdbc.sql("select distinct year from evaluation_campaign order by year desc")
                .query(Integer.class)
                .list();
    }

    /** Those with estates whose contracts were put right after their scores were published, or whose ballots are not those that were sealed. */
    Set<Long> differing() {
        return Set.copyOf(jdbc.sql("""
                        select campaign from evaluation_contract_differs
                        union select id from evaluation_campaign where tally_wrong is not null and state in ('review', 'preliminary')
                        """).query(Long.class).list());
    }

    /** Those that the calendar may have to move. */
    List<Campaign> running() {
        return jdbc.sql(SELECT + "where c.state not in ('final', 'cancelled') order by c.id")
                .query(Campaigns::campaign)
                .list();
    }

    /** The years that were, or are, evaluated in an area, in a part of it or with all around it. */
    List<Integer> years(List<String> areas) {
        return jdbc.sql("""
                        select distinct c.year from evaluation_campaign c
                            join unnest(:areas) as a (code) on c.area like a.code || '%' or a.code like c.area || '%'
                        where c.state <> 'cancelled' order by c.year
                        """)
                .param("areas", areas.toArray(String[]::new))
                .query(Integer.class)
                .list();
    }

    /**
     * Whether an area, one above it or one below it is evaluated for the year already. Nobody else plans that year until the transaction
     * ends: the index keeps apart only those of the same area.
     */
    boolean taken(String area, int year) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('evaluation-year', ?))")
                .param(year)
                .query((r, n) -> 0)
                .list();
        return jdbc.sql("""
                        select exists (select from evaluation_campaign
                                       where year = :year and state <> 'cancelled' and (area like :area || '%' or :area like area || '%'))
                        """)
                .param("year", year)
                .param("area", area)
                .query(Boolean.class)
                .single();
    }

    long insert(Draft draft, long account, Instant now) {
        return jdbc.sql("""
                        insert into evaluation_campaign (area, year, scheme, title, period_from, period_until, seed_source, seed_on, framed_at,
                            frame_hash, collect_from, collect_until, review_until, objection_from, objection_until, final_by, planned_by, made_by, made_at)
                        values (:area, :year, :scheme, :title, :from, :until, :source, :seedOn, :now,
                            repeat('0', 64), :collectFrom, :collectUntil, :reviewUntil, :reviewUntil, :objectionUntil, :finalBy, :finalBy, :account, :now)
                        returning id
                        """)
                .param("area", draft.area)
                .param("year", draft.year)
                .param("scheme", draft.scheme)
                .param("title", draft.title)
                .param("from", draft.from)
                .param("until", draft.until)
                .param("source", draft.seedSource)
                .param("seedOn", draft.seedOn)
                .param("collectFrom", draft.collectFrom)
                .param("collectUntil", draft.collectUntil)
                .param("reviewUntil", draft.reviewUntil)
                .param("objectionUntil", draft.objectionUntil)
                .param("finalBy", draft.finalBy)
                .param("account", account)
                .param("now", Timestamp.from(now))
                .query(Long.class)
                .single();
    }

    void framed(long id, String hash) {
        jdbc.sql("update evaluation_campaign set frame_hash = ? where id = ?")
                .params(hash, id)
                .update();
    }

    /** The frame was sealed anew, for a seed that comes later. */
    void reframed(long id, String seedSource, LocalDate seedOn, Instant now) {
        jdbc.sql("update evaluation_campaign set seed_source = ?, seed_on = ?, framed_at = ? where id = ?")
                .params(seedSource, seedOn, Timestamp.from(now), id)
                .update();
    }

    void drawn(long id, String seed, String hash) {
        jdbc.sql("update evaluation_campaign set seed = ?, sample_hash = ? where id = ?")
                .params(seed, hash, id)
                .update();
    }

    void polled(long id, long poll) {
        jdbc.sql("update evaluation_campaign set poll = ? where id = ?")
                .params(poll, id)
                .update();
    }

    /** Households are asked later than was planned, and what follows is as much later. */
    void postponed(long id, LocalDate from, Planning.Dates dates) {
        jdbc.sql(
                        "update evaluation_campaign set collect_from = ?, collect_until = ?, review_until = ?, objection_from = ?, objection_until = ?,"
                                + " final_by = ? where id = ?")
                .params(
                        from,
                        dates.collectUntil(),
                        dates.reviewUntil(),
                        dates.reviewUntil(),
                        dates.objectionUntil(),
                        dates.finalBy(),
                        id)
                .update();
    }

    /** Some households are asked once more: what comes after it comes later. */
    void rescheduled(long id, Planning.Dates dates) {
        jdbc.sql("""
                update evaluation_campaign set review_until = :review, objection_from = :review, objection_until = :objections, final_by = :by
                where id = :id
                """)
                .param("review", dates.reviewUntil())
                .param("objections", dates.objectionUntil())
                .param("by", dates.finalBy())
                .param("id", id)
                .update();
    }

    /** Notes no estate any longer whose contracts are not among those that differ. @return how many are noted */
    int differing(long id, Set<Long> estates) {
        jdbc.sql("delete from evaluation_contract_differs where campaign = ? and estate <> all(?)")
                .params(id, estates.toArray(Long[]::new))
                .update();
        return jdbc.sql("select count(*) from evaluation_contract_differs where campaign = ?")
                .param(id)
                .query(Integer.class)
                .single();
    }

    /**
     * Notes what is wrong with the numbers of its poll.
     *
     * @param wrong null when nothing is
     * @return whether that was not noted before
     */
    boolean tally(long id, @Nullable String wrong) {
        return jdbc.sql(
                                "update evaluation_campaign set tally_wrong = :wrong where id = :id and tally_wrong is distinct from :wrong")
                        .param("wrong", wrong, java.sql.Types.VARCHAR)
                        .param("id", id)
                        .update()
                == 1;
    }

    void objections(long id, LocalDate from, LocalDate until, LocalDate finalBy) {
        jdbc.sql("update evaluation_campaign set objection_from = ?, objection_until = ?, final_by = ? where id = ?")
                .params(from, until, finalBy, id)
                .update();
    }

    /** Moves it and writes its history; 0 for the actor is the calendar. */
    void move(
            Campaign campaign, CampaignVerb verb, CampaignState to, long actor, String as, String remark, Instant now) {
        jdbc.sql("""
                update evaluation_campaign set state = :to, version = version + 1,
                                               final_at = case when :to = 'final' then cast(:now as timestamptz) end
                where id = :id
                """)
                .param("to", to.code())
                .param("now", Timestamp.from(now))
                .param("id", campaign.id())
                .update();
        jdbc.sql("""
                insert into evaluation_step (campaign, seq, at, verb, from_state, to_state, actor, actor_as, remark)
                select :id, 1 + count(*), :now, :verb, :from, :to, nullif(:actor, 0), :as, :remark
                from evaluation_step where campaign = :id
                """)
                .param("id", campaign.id())
                .param("now", Timestamp.from(now))
                .param("verb", verb.code())
                .param("from", campaign.state().code())
                .param("to", to.code())
                .param("actor", actor)
                .param("as", as)
                .param("remark", remark)
                .update();
    }

    List<Step> steps(long id) {
        return jdbc.sql("select seq, at, verb, actor_as, remark from evaluation_step where campaign = ? order by seq")
                .param(id)
                .query((r, n) -> new Step(
                        r.getInt("seq"),
                        r.getTimestamp("at").toInstant(),
                        CampaignVerb.of(r.getString("verb"))
                                .map(CampaignVerb::past)
                                .orElse("制定了测评"),
                        r.getString("actor_as"),
                        r.getString("remark")))
                .list();
    }

    /** Whether its scores were computed before the day of their publication, so that somebody could read them. */
    boolean readable(Campaign campaign) {
        return steps(campaign.id()).stream()
                .filter(step -> step.verb().equals(CampaignVerb.COMPUTE.past()))
                .reduce((a, b) -> b)
                .map(step -> CivilTime.date(step.at()).isBefore(campaign.objectionFrom()))
                .orElse(false);
    }

    static Campaign campaign(ResultSet r, int n) throws SQLException {
        var finalAt = r.getTimestamp("final_at");
        return new Campaign(
                r.getLong("id"),
                r.getString("area"),
                Areas.plain(r.getString("area_name")),
                r.getInt("year"),
                r.getLong("scheme"),
                r.getString("title"),
                CampaignState.of(r.getString("state")),
                r.getInt("version"),
                r.getObject("period_from", LocalDate.class),
                r.getObject("period_until", LocalDate.class),
                r.getString("seed_source"),
                r.getObject("seed_on", LocalDate.class),
                r.getTimestamp("framed_at").toInstant(),
                r.getString("frame_hash"),
                r.getString("seed"),
                r.getString("sample_hash"),
                r.getObject("poll", Long.class),
                r.getObject("collect_from", LocalDate.class),
                r.getObject("collect_until", LocalDate.class),
                r.getObject("review_until", LocalDate.class),
                r.getObject("objection_from", LocalDate.class),
                r.getObject("objection_until", LocalDate.class),
                r.getObject("final_by", LocalDate.class),
                finalAt == null ? null : finalAt.toInstant());
    }
}

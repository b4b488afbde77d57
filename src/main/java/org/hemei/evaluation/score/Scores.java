package org.hemei.evaluation.score;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.hemei.evaluation.YearResult;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Scores of projects as they are kept: every version, never changed. */
@Repository
public class Scores {

    /** What the audit log calls it. */
    static final String SEALED = "evaluation_score.final";

    private static final String SELECT = """
            select s.id, s.project, s.version, s.stage, s.result, s.score, s.margin, s.ballots, s.inputs, s.reason, s.made_at,
                   p.campaign, p.district, p.estate, p.company, p.households, coalesce(s.days, p.days) as days, e.name as estate_name, b.short_name as company_name,
                   c.scheme, c.year, c.state as campaign_state, c.area
            from evaluation_score s
                     join evaluation_project p on p.id = s.project
                     join evaluation_campaign c on c.id = p.campaign
                     join estate e on e.id = p.estate
                     join body b on b.id = p.company
            """;

    /** One version of a project's score, and whose it is. */
    public record Score(
            long id,
            long project,
            int version,
            boolean isFinal,
            YearResult result,
            @Nullable Integer score,
            @Nullable Integer margin,
            int ballots,
            ProjectInputs inputs,
            String reason,
            Instant madeAt,
            long campaign,
            int district,
            long estate,
            long company,
            int households,
            int days,
            String estateName,
            String companyName,
            long scheme,
            int year,
            String campaignState,
            String area) {

        public String path() {
            return "/scores/" + id;
        }

        /** Whether everybody may see it: from the day it is published for objection. */
        public boolean published() {
            return isFinal || campaignState.equals("objection") || campaignState.equals("final");
        }

        /** Whether its campaign is over. A version that was made since and is still to be heard is not final all the same. */
        public boolean concluded() {
            return campaignState.equals("final");
        }
    }

    /**
     * What is to be kept.
     *
     * @param days for how many days of the year the company held the estate; null where they are those of the version before
     * @param orders those that were counted, as they are written down; null where they are those of the version before
     */
    public record Made(
            long project,
            ProjectInputs inputs,
            Calculation calculation,
            @Nullable Integer days,
            @Nullable List<String> orders) {

        /** Of the same days and orders as the version before. */
        public Made(long project, ProjectInputs inputs, Calculation calculation) {
            this(project, inputs, calculation, null, null);
        }
    }

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Scores(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    public Optional<Score> find(long id) {
        return jdbc.sql(SELECT + "where s.id = ?").param(id).query(this::score).optional();
    }

    /** The newest version of a project's score. */
    public Optional<Score> latest(long project) {
        return jdbc.sql(SELECT + "where s.project = ? order by s.version desc limit 1")
                .param(project)
                .query(this::score)
                .optional();
    }

    /** Nobody else makes a version of this project's score until the transaction ends. */
    public void hold(long project) {
        jdbc.sql("select id from evaluation_project where id = ? for no key update")
                .param(project)
                .query(Long.class)
                .single();
    }

    /** The same for all projects of an estate. Always in one order, so that two who need them all do not wait for each other. */
    public void hold(long campaign, long estate) {
        jdbc.sql("select id from evaluation_project where campaign = ? and estate = ? order by id for no key update")
                .params(campaign, estate)
                .query(Long.class)
                .list();
    }

    /** Every version, the newest first. */
    public List<Score> versions(long project) {
        return jdbc.sql(SELECT + "where s.project = ? order by s.version desc")
                .param(project)
                .query(this::score)
                .list();
    }

    /** The newest version of each project of a campaign. */
    public List<Score> ofCampaign(long campaign) {
        return jdbc.sql("select distinct on (project) * from (" + SELECT
                        + "where p.campaign = ?) s order by project, version desc")
                .param(campaign)
                .query(this::score)
                .list();
    }

    /** The same for one estate. */
    public List<Score> ofCampaign(long campaign, long estate) {
        return jdbc.sql("select distinct on (project) * from (" + SELECT
                        + "where p.campaign = ? and p.estate = ?) s order by project, version desc")
                .params(campaign, estate)
                .query(this::score)
                .list();
    }

    /**
     * The orders that a version counted, in the order of their numbers; empty where it is older than their being kept.
     *
     * @param after how many to leave out
     */
    public Optional<List<Counted>> orders(long id, int after, int most) {
        return jdbc.sql(
                        "select orders is not null as kept, orders[cast(:from as int) : cast(:to as int)] as orders from evaluation_score where id = :id")
                .param("from", after + 1)
                .param("to", (int) Math.min(Integer.MAX_VALUE, (long) after + most))
                .param("id", id)
                .query((r, n) -> r.getBoolean("kept")
                        ? Optional.of(
                                Arrays.stream((String[]) r.getArray("orders").getArray())
                                        .map(Counted::of)
                                        .toList())
                        : Optional.<List<Counted>>empty())
                .single();
    }

    /** SHA-256 over the scores that became final together at the end of a campaign, with their inputs; null where there are none. */
    @Nullable
    String digest(long campaign) {
        return jdbc.sql("""
                        select encode(sha256(convert_to(string_agg(concat_ws('|', s.project, s.version, s.result, coalesce(s.score, -1),
                                   coalesce(s.margin, -1), s.inputs::text, array_to_string(s.orders, ',')), e'\\n' order by s.project), 'UTF8')), 'hex')
                        from evaluation_score s join evaluation_project p on p.id = s.project
                        where p.campaign = :campaign and s.stage = 'final' and s.made_at = (
                            select min(f.made_at) from evaluation_score f join evaluation_project q on q.id = f.project
                            where q.campaign = :campaign and f.stage = 'final')
                        """)
                .param("campaign", campaign)
                .query((r, n) -> java.util.Optional.ofNullable(r.getString(1)))
                .single()
                .orElse(null);
    }

    /** The same over the days for which their companies held their estates. They came later, and lie beside the other, which so stays what it was. */
    String daysDigest(long campaign) {
        return jdbc.sql("""
                        select encode(sha256(convert_to(string_agg(concat_ws('|', s.project, s.version, coalesce(s.days, -1)), e'\\n' order by s.project),
                                                        'UTF8')), 'hex')
                        from evaluation_score s join evaluation_project p on p.id = s.project
                        where p.campaign = :campaign and s.stage = 'final' and s.made_at = (
                            select min(f.made_at) from evaluation_score f join evaluation_project q on q.id = f.project
                            where q.campaign = :campaign and f.stage = 'final')
                        """).param("campaign", campaign).query(String.class).single();
    }

    /** Of one version, as they are stored; -1 where it is older than their being kept. */
    int days(Score score) {
        return jdbc.sql("select coalesce(days, -1) from evaluation_score where id = ?")
                .param(score.id)
                .query(Integer.class)
                .single();
    }

    /** What an entry of the audit log says. @param days empty where it was written before they were sealed */
    private record Sealed(String digest, String days) {

        boolean says(@Nullable String digest, String days) {
            return this.digest.equals(digest) && (this.days.isEmpty() || this.days.equals(days));
        }
    }

    /** Whether they are still what they were then, by the audit log; a campaign that ended before this was written down has no entry there. */
    boolean sealed(long campaign) {
        return jdbc.sql("""
                        select detail ->> 'sha256' as digest, coalesce(detail ->> 'days', '') as days from audit_entry
                        where subject_kind = 'evaluation_campaign' and subject_id = ? and action = ? order by id
                        """).params(String.valueOf(campaign), SEALED).query(Sealed.class).list().stream()
                .findFirst()
                .map(then -> then.says(digest(campaign), daysDigest(campaign)))
                .orElse(true);
    }

    /** What the audit log says of a version that was put right. */
    public enum Seal {
        /** It is what it was when it was made. */
        SAME,
        OTHER,
        /** It was made before this was written down, or by none of our desks. */
        NONE
    }

    /** A version that replaced another has a seal of its own; those of the end of a campaign have one together, see {@link #sealed}. */
    public Seal seal(Score score) {
        return jdbc.sql("""
                        select detail ->> 'sha256' as digest, coalesce(detail ->> 'days', '') as days from audit_entry
                        where subject_kind = 'evaluation_project' and subject_id = ? and starts_with(action, 'evaluation_score.')
                          and detail @> jsonb_build_object('version', ?) and jsonb_exists(detail, 'sha256') order by id
                        """).params(String.valueOf(score.project), score.version).query(Sealed.class).list().stream()
                .findFirst()
                .map(then -> then.says(digest(score), String.valueOf(days(score))) ? Seal.SAME : Seal.OTHER)
                .orElse(Seal.NONE);
    }

    /** SHA-256 over one version, with its inputs and why it was made. */
    String digest(Score score) {
        return jdbc.sql("""
                        select encode(sha256(convert_to(concat_ws('|', project, version, stage, result, coalesce(score, -1), coalesce(margin, -1),
                                   inputs::text, coalesce(array_to_string(orders, ','), ''), reason), 'UTF8')), 'hex')
                        from evaluation_score where id = ?
                        """).param(score.id).query(String.class).single();
    }

    /** Appends the next version of each; in one statement. */
    public void append(List<Made> made, boolean isFinal, String reason, long account, Instant now) {
        jdbc.sql("""
                insert into evaluation_score (project, version, stage, result, score, margin, ballots, inputs, days, orders, reason, made_by, made_at)
                select t.p, 1 + coalesce((select max(s.version) from evaluation_score s where s.project = t.p), 0), :stage,
                       t.r, t.s, t.m, t.b, cast(t.i as jsonb),
                       coalesce(t.d, (select s.days from evaluation_score s where s.project = t.p order by s.version desc limit 1)),
                       coalesce(string_to_array(t.o, ','),
                                (select s.orders from evaluation_score s where s.project = t.p order by s.version desc limit 1)),
                       :reason, nullif(:account, 0), :now
                from unnest(:projects, :results, :scores, :margins, :ballots, :inputs, :days, :orders) as t (p, r, s, m, b, i, d, o)
                """)
                .param("stage", isFinal ? "final" : "preliminary")
                .param("reason", reason)
                .param("account", account)
                .param("now", Timestamp.from(now))
                .param("projects", made.stream().map(Made::project).toArray(Long[]::new))
                .param(
                        "results",
                        made.stream().map(m -> m.calculation.result().code()).toArray(String[]::new))
                .param("scores", made.stream().map(m -> m.calculation.score()).toArray(Integer[]::new))
                .param("margins", made.stream().map(m -> m.calculation.margin()).toArray(Integer[]::new))
                .param("ballots", made.stream().map(m -> m.inputs.counted()).toArray(Integer[]::new))
                .param(
                        "inputs",
                        made.stream()
                                .map(m -> json.writeValueAsString(m.inputs))
                                .toArray(String[]::new))
                .param("days", made.stream().map(Made::days).toArray(Integer[]::new))
                .param(
                        "orders",
                        made.stream()
                                .map(m -> m.orders == null ? null : String.join(",", m.orders))
                                .toArray(String[]::new))
                .update();
    }

    private Score score(ResultSet r, int n) throws SQLException {
        return new Score(
                r.getLong("id"),
                r.getLong("project"),
                r.getInt("version"),
                r.getString("stage").equals("final"),
                YearResult.of(r.getString("result")),
                r.getObject("score", Integer.class),
                r.getObject("margin", Integer.class),
                r.getInt("ballots"),
                json.readValue(r.getString("inputs"), ProjectInputs.class),
                r.getString("reason"),
                r.getTimestamp("made_at").toInstant(),
                r.getLong("campaign"),
                r.getInt("district"),
                r.getLong("estate"),
                r.getLong("company"),
                r.getInt("households"),
                r.getInt("days"),
                r.getString("estate_name"),
                r.getString("company_name"),
                r.getLong("scheme"),
                r.getInt("year"),
                r.getString("campaign_state"),
                r.getString("area"));
    }
}

package org.hemei.evaluation.score;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hemei.evaluation.scheme.Scheme;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.evaluation.score.ProjectInputs.Asked;
import org.hemei.evaluation.score.ProjectInputs.Cases;
import org.hemei.evaluation.score.ProjectInputs.Correction;
import org.hemei.evaluation.score.ProjectInputs.Look;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Brings together what a campaign's projects are scored from; each kind in one statement over the whole campaign. */
@Repository
public class Gathering {

    /**
     * What the ballots of an estate say.
     *
     * @param counts by question (from 1) and answer: 1 to 5, 0 for 不了解
     * @param voided whether the box was given up, since it did not open
     */
    public record Ballots(int eligible, int valid, Map<Integer, Map<Character, Integer>> counts, boolean voided) {

        public static final Ballots NONE = new Ballots(0, 0, Map.of());

        public Ballots(int eligible, int valid, Map<Integer, Map<Character, Integer>> counts) {
            this(eligible, valid, counts, false);
        }

        int count(int question, char answer) {
            return counts.getOrDefault(question, Map.of()).getOrDefault(answer, 0);
        }
    }

    /** A project with all that its score is computed from. @param days on which its company held the estate; orders which were counted, as {@link Counted} writes them */
    public record Gathered(long project, long company, int days, ProjectInputs inputs, List<String> orders) {}

    private record Orders(Cases cases, List<String> orders) {}

    /** Which year of which projects. */
    public record Period(long campaign, java.time.LocalDate from, java.time.LocalDate until) {

        int days() {
            return (int) java.time.temporal.ChronoUnit.DAYS.between(from, until);
        }
    }

    private static final int GRADES = 5;

    /** What is written down where a box was given up: the same as where a count was found wrong later. */
    private static final Correction VOIDED = new Correction(0, Kind.SATISFACTION.code(), Correctable.VOID);

    private final JdbcClient jdbc;

    Gathering(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    public List<Gathered> of(Period period, Scheme scheme, Map<Long, Ballots> ballots) {
        return of(period, scheme, ballots, null);
    }

    /** @param only the projects of one estate; null for all */
    List<Gathered> of(Period period, Scheme scheme, Map<Long, Ballots> ballots, @Nullable Long only) {
        var looks = looks(period.campaign);
        var opinions = opinions(period.campaign);
        var cases = cases(period, only);
        var year = period.days();
        return jdbc.sql("""
                        select id, estate, company, households, days, counts, why from evaluation_project
                        where campaign = :campaign and (cast(:only as bigint) is null or estate = :only) order by id
                        """)
                .param("campaign", period.campaign)
                .param("only", only, java.sql.Types.BIGINT)
                .query((r, n) -> {
                    var estate = r.getLong("estate");
                    var own = cases.getOrDefault(
                            r.getLong("id"),
                            new Orders(new Cases(r.getInt("households"), 0, 0, 0, r.getInt("days"), year), List.of()));
                    var asked = ballots.getOrDefault(estate, Ballots.NONE);
                    return new Gathered(
                            r.getLong("id"),
                            r.getLong("company"),
                            r.getInt("days"),
                            new ProjectInputs(
                                    scheme.id(),
                                    scheme.hash(),
                                    r.getBoolean("counts"),
                                    r.getString("why"),
                                    asked.eligible,
                                    asked.valid,
                                    asked(scheme, asked),
                                    looks.getOrDefault(estate, List.of()),
                                    opinions.getOrDefault(estate, Map.of()),
                                    own.cases,
                                    asked.voided ? List.of(VOIDED) : List.of()),
                            own.orders);
                })
                .list();
    }

    /** The n-th question of the poll is the n-th item of the scheme. */
    private static List<Asked> asked(Scheme scheme, Ballots ballots) {
        List<Asked> asked = new ArrayList<>();
        var items = scheme.content().items(Kind.SATISFACTION);
        for (int n = 1; n <= items.size(); n++) {
            List<Integer> grades = new ArrayList<>();
            for (int grade = 1; grade <= GRADES; grade++) {
                grades.add(ballots.count(n, Character.forDigit(grade, 10)));
            }
            asked.add(new Asked(items.get(n - 1).code(), List.copyOf(grades), ballots.count(n, '0')));
        }
        return asked;
    }

    private Map<Long, List<Look>> looks(long campaign) {
        Map<Long, Map<Integer, Look>> looks = new HashMap<>();
        jdbc.sql("""
                        select i.id, i.estate, i.turn, t.item, t.level
                        from evaluation_inspection i join evaluation_inspection_item t on t.inspection = i.id
                        where i.campaign = ? and i.state = 'done' order by i.estate, i.turn, t.item
                        """).param(campaign).query((RowCallbackHandler) r -> {
            var id = r.getLong("id");
            var turn = r.getInt("turn");
            looks.computeIfAbsent(r.getLong("estate"), e -> new TreeMap<>())
                    .computeIfAbsent(turn, t -> new Look(id, t, new TreeMap<>()))
                    .levels()
                    .put(r.getString("item"), r.getString("level"));
        });
        Map<Long, List<Look>> all = new HashMap<>();
        looks.forEach((estate, turns) -> all.put(estate, List.copyOf(turns.values())));
        return all;
    }

    private Map<Long, Map<String, Integer>> opinions(long campaign) {
        Map<Long, Map<String, Integer>> opinions = new HashMap<>();
        jdbc.sql("""
                        select distinct on (estate, item) estate, item, points
                        from evaluation_opinion where campaign = ? order by estate, item, version desc
                        """).param(campaign).query((RowCallbackHandler)
                r -> opinions.computeIfAbsent(r.getLong("estate"), e -> new TreeMap<>())
                        .put(r.getString("item"), r.getInt("points")));
        return opinions;
    }

    /**
     * Projects with their orders of the year: filed at the estate, also where it lay before it moved, and held by the company, or by one
     * that merged into it; not those that were never work.
     */
    public static final String CASES = """
            evaluation_project p join estate_ground g on g.estate = p.estate
            join work_order o on o.district = g.district and o.estate = p.estate and o.holder = any(p.bodies)
            and o.submitted_at >= :since and o.submitted_at < :until
            and o.state not in ('rejected', 'merged', 'withdrawn', 'answered', 'transferred')
            """;

    /** What a resident confirmed as done, and of it what was done at the first go. Silence confirms nothing. */
    private Map<Long, Orders> cases(Period period, @Nullable Long only) {
        Map<Long, Orders> cases = new HashMap<>();
        jdbc.sql("""
                        select p.id, p.households, p.days, array_agg(%s order by o.district, o.id) as orders, count(*) as cases, count(*) filter (where o.state = 'closed') as ended,
                               count(*) filter (where o.state = 'closed' and o.round = 1) as solved
                        from %s
                        where p.campaign = :campaign and (cast(:only as bigint) is null or p.estate = :only)
                        group by p.id, p.households, p.days
                        """.formatted(Counted.WRITTEN, CASES))
                .param("only", only, java.sql.Types.BIGINT)
                .param("campaign", period.campaign)
                .param("since", java.sql.Timestamp.from(CivilTime.startOf(period.from)))
                .param("until", java.sql.Timestamp.from(CivilTime.startOf(period.until)))
                .query((RowCallbackHandler) r -> cases.put(
                        r.getLong("id"),
                        new Orders(
                                new Cases(
                                        r.getInt("households"),
                                        r.getInt("cases"),
                                        r.getInt("ended"),
                                        r.getInt("solved"),
                                        r.getInt("days"),
                                        period.days()),
                                List.of((String[]) r.getArray("orders").getArray()))));
        return cases;
    }
}

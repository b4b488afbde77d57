package org.hemei.evaluation.publication;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.hemei.evaluation.YearResult;
import org.hemei.registry.Areas;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Published scores: only projects of one league stand beside each other, and places are shared by all who cannot be told apart. */
@Repository
public class Ratings {

    /**
     * @param league the group it is compared in by its code, and by its name; empty where it is in none
     * @param heard whether a change of it is being heard; it holds until then
     * @param place in its league, shared; null when not rated
     */
    public record Row(
            long score,
            long estate,
            String estateName,
            long company,
            String companyName,
            int households,
            String league,
            String leagueName,
            YearResult result,
            @Nullable Integer points,
            @Nullable Integer margin,
            int ballots,
            boolean isFinal,
            boolean heard,
            @Nullable Integer place) {}

    /** How many projects of a year came to what. */
    public record Year(int year, int pass, int fail, int notRated) {

        /** Of those rated, how many passed, in percent. */
        @Nullable
        Double passed() {
            return pass + fail == 0 ? null : 100.0 * pass / (pass + fail);
        }

        /** Of all, how many were rated, in percent. */
        @Nullable
        Double rated() {
            return all() == 0 ? null : 100.0 * (pass + fail) / all();
        }

        public int all() {
            return pass + fail + notRated;
        }
    }

    /** How many scores lie from one ten on. */
    public record Band(int from, int count) {}

    private static final String PUBLISHED = """
            select s.id as score, p.estate, p.company, p.households, s.result, s.score as points, s.margin, s.ballots,
                   s.stage = 'final' as is_final, c.year, """ + Leagues.OF_PROJECT + " as league " + Published.FROM + """
            where e.community like :area || '%'
            """;

    private final JdbcClient jdbc;

    Ratings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Years with published scores, the newest first. */
    List<Integer> years() {
        return jdbc.sql(
                        "select distinct year from evaluation_campaign where state in ('objection', 'final') order by year desc")
                .query(Integer.class)
                .list();
    }

    /** Where scores are published. */
    public record Area(String code, String name) {}

    /** Cities and districts; below the one that is chosen its streets, and their communities. */
    List<Area> areas(String chosen) {
        return jdbc.sql("""
                        select a.code, a.name from area a
                        where (a.level in ('city', 'district') or a.level in ('street', 'community') and starts_with(:chosen, a.parent))
                          and exists (select from evaluation_campaign c where c.state in ('objection', 'final')
                                      and (c.area = a.code or a.code like c.area || '%'))
                        order by a.code
                        """)
                .param("chosen", chosen)
                .query((r, n) -> new Area(r.getString("code"), Areas.plain(r.getString("name"))))
                .list();
    }

    /**
     * Where a page of the list ends.
     *
     * @param points of the last one there, -1 when it was not rated: those stand last
     */
    record Key(int points, long score) {

        private static final Pattern FORM = Pattern.compile("(-1|\\d{1,5})\\.(\\d{1,18})");

        static @Nullable Key of(String text) {
            var match = FORM.matcher(text);
            return match.matches() ? new Key(Integer.parseInt(match.group(1)), Long.parseLong(match.group(2))) : null;
        }

        static Key of(Row row) {
            var points = row.points();
            return new Key(points == null ? -1 : points, row.score());
        }

        @Override
        public String toString() {
            return points + "." + score;
        }
    }

    private static final Key TOP = new Key(Integer.MAX_VALUE, 0);

    /**
     * Of a league, the best first and those not rated last.
     *
     * @param q part of the name of an estate or a company, looked for in all leagues; places are those in its own
     * @param after begins after this one; null at the top
     */
    List<Row> list(int year, String area, String league, String q, @Nullable Key after, int most) {
        var from = after == null ? TOP : after;
        return jdbc.sql("with r as materialized (select * from (" + PUBLISHED + " and c.year = :year" + """
                        ) p where :q <> '' or league = :league)
                        select r.*, e.name as estate_name, b.short_name as company_name, g.name as league_name,
                               """
                        + Published.HEARD + """
                                as heard,
                               case when r.points is not null then 1 + cast((select count(*) from r o
                                    where o.league = r.league and o.points - o.margin > r.points + r.margin) as int) end as place
                        from r join estate e on e.id = r.estate join body b on b.id = r.company left join rate_group g on g.code = r.league
                        where (-coalesce(r.points, -1), r.score) > (-cast(:points as int), :score)
                          and (:q = '' or strpos(e.name, :q) > 0 or strpos(b.name, :q) > 0 or strpos(b.short_name, :q) > 0)
                        order by -coalesce(r.points, -1), r.score limit :most
                        """)
                .param("year", year)
                .param("area", area)
                .param("league", league)
                .param("q", q)
                .param("points", from.points)
                .param("score", from.score)
                .param("most", most)
                .query(Ratings::row)
                .list();
    }

    /** The place of a score in its league, shared by all whose margins overlap with its own. */
    int place(int year, String area, String league, int points, int margin) {
        return jdbc.sql("select 1 + count(*) from (" + PUBLISHED + " and c.year = :year" + """
                        ) p where league = :league and p.points - p.margin > :reach
                        """)
                .param("year", year)
                .param("area", area)
                .param("league", league)
                .param("reach", points + margin)
                .query(Integer.class)
                .single();
    }

    List<Band> bands(int year, String area, String league) {
        return jdbc.sql("select least(points / 1000, 9) * 10 as from, count(*) as count from (" + PUBLISHED
                        + " and c.year = :year" + """
                        ) p where league = :league and points is not null group by 1 order by 1
                        """)
                .param("year", year)
                .param("area", area)
                .param("league", league)
                .query(Band.class)
                .list();
    }

    /** The pass line of a year's published scores in hundredths; empty where campaigns have different ones. */
    Optional<Integer> passLine(int year, String area) {
        var lines = jdbc.sql("""
                        select distinct cast(s.content ->> 'passLine' as int)
                        from evaluation_campaign c join evaluation_scheme s on s.id = c.scheme
                        where c.year = :year and c.state in ('objection', 'final') and (c.area like :area || '%' or :area like c.area || '%')
                        """)
                .param("year", year)
                .param("area", area)
                .query(Integer.class)
                .list();
        return lines.size() == 1 ? Optional.of(lines.getFirst()) : Optional.empty();
    }

    /** Year by year, the newest first. */
    List<Year> trend(String area, String league) {
        return jdbc.sql("""
                        select year, count(*) filter (where result = 'pass') as pass, count(*) filter (where result = 'fail') as fail,
                               count(*) filter (where result = 'not_rated') as not_rated from (""" + PUBLISHED + """
                        ) p where league = :league group by year order by year desc
                        """)
                .param("area", area)
                .param("league", league)
                .query(Year.class)
                .list();
    }

    /** The published results of an estate, the newest year first; a company that did not answer for the year is left out. */
    List<Row> ofEstate(long estate) {
        return jdbc.sql(
                        "select r.*, e.name as estate_name, b.short_name as company_name, r.year as place, '' as league_name, "
                                + Published.HEARD + " as heard from ("
                                + PUBLISHED
                                + " and p.estate = :estate" + """
                        ) r join estate e on e.id = r.estate join body b on b.id = r.company order by r.year desc limit 3
                        """)
                .param("area", "")
                .param("estate", estate)
                .query(Ratings::row)
                .list();
    }

    /** Years of an estate for which nothing holds yet, since the company whose they would be is being heard; the newest first. */
    List<Integer> heard(long estate) {
        return jdbc.sql("""
                        select distinct c.year from evaluation_project p join evaluation_campaign c on c.id = p.campaign and c.state = 'final'
                        where p.estate = :estate
                          and (select n.stage from evaluation_score n where n.project = p.id order by n.version desc limit 1) <> 'final'
                          and not exists (select from evaluation_project o
                                              join lateral (select x.counts from evaluation_score x where x.project = o.id and x.stage = 'final'
                                                            order by x.version desc limit 1) h on h.counts
                                          where o.campaign = p.campaign and o.estate = p.estate)
                        order by c.year desc
                        """).param("estate", estate).query(Integer.class).list();
    }

    private static Row row(java.sql.ResultSet r, int n) throws java.sql.SQLException {
        return new Row(
                r.getLong("score"),
                r.getLong("estate"),
                r.getString("estate_name"),
                r.getLong("company"),
                r.getString("company_name"),
                r.getInt("households"),
                Objects.requireNonNullElse(r.getString("league"), ""),
                Objects.requireNonNullElse(r.getString("league_name"), ""),
                YearResult.of(r.getString("result")),
                r.getObject("points", Integer.class),
                r.getObject("margin", Integer.class),
                r.getInt("ballots"),
                r.getBoolean("is_final"),
                r.getBoolean("heard"),
                r.getObject("place", Integer.class));
    }
}

package org.hemei.evaluation.publication;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.evaluation.Waits;
import org.hemei.evaluation.scheme.SchemeContent;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.evaluation.score.Exact;
import org.hemei.evaluation.score.ProjectInputs;
import org.hemei.evaluation.score.ProjectScore;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** Published scores and companies' years as open data: enough to say of which campaign, by which scheme and version, and why one has none. */
@Repository
class OpenRatings {

    /**
     * One project.
     *
     * @param kinds of its estate when the campaign was planned
     * @param group whom it is compared with
     * @param why what is missing where it is not rated
     * @param heard whether a change of it is being heard: it holds until that is over
     */
    record Score(
            long score,
            int version,
            int year,
            long campaign,
            long scheme,
            String passLine,
            int district,
            long estate,
            String estateName,
            long company,
            String companyName,
            int households,
            List<String> kinds,
            @Nullable String group,
            String stage,
            String result,
            @Nullable String points,
            @Nullable String margin,
            int ballots,
            String why,
            boolean heard) {}

    /** The newest version of a company's year. @param nearLine a fail whose margin reaches the pass line, which does not count towards a listing; heard: whether a change of one of its scores is being heard */
    record CompanyYear(
            long company,
            String companyName,
            String creditCode,
            int year,
            int version,
            String result,
            @Nullable String points,
            @Nullable String margin,
            boolean nearLine,
            LocalDate finalOn,
            String reason,
            boolean heard) {}

    private final JdbcClient jdbc;
    private final Schemes schemes;
    private final JsonMapper json;

    OpenRatings(JdbcClient jdbc, Schemes schemes, JsonMapper json) {
        this.jdbc = jdbc;
        this.schemes = schemes;
        this.json = json;
    }

    List<Score> scores(int year, String area) {
        Map<Long, SchemeContent> contents = new HashMap<>();
        return jdbc.sql("""
                        select r.*, g.name as group_name, %s as heard from (
                            select s.id as score, s.version, c.year, c.id as campaign, c.scheme, p.district, p.estate,
                                   e.name as estate_name, p.company, b.short_name as company_name, p.households, p.kinds, %s as league, s.stage, s.result,
                                   s.score as points, s.margin, s.ballots, s.inputs::text as inputs, s.stage = 'final' as is_final
                            %s join body b on b.id = p.company
                            where c.year = :year and e.community like :area || '%%') r left join rate_group g on g.code = r.league
                        order by r.score
                        """.formatted(Published.HEARD, Leagues.OF_PROJECT, Published.FROM))
                .param("year", year)
                .param("area", area)
                .query((r, n) -> {
                    var content = contents.computeIfAbsent(
                            r.getLong("scheme"),
                            id -> schemes.find(id).orElseThrow().content());
                    var rated = r.getObject("points", Integer.class) != null;
                    return new Score(
                            r.getLong("score"),
                            r.getInt("version"),
                            r.getInt("year"),
                            r.getLong("campaign"),
                            r.getLong("scheme"),
                            Exact.points(content.passLine()),
                            r.getInt("district"),
                            r.getLong("estate"),
                            r.getString("estate_name"),
                            r.getLong("company"),
                            r.getString("company_name"),
                            r.getInt("households"),
                            List.of((String[]) r.getArray("kinds").getArray()),
                            r.getString("group_name"),
                            r.getString("stage"),
                            r.getString("result"),
                            points(r.getObject("points", Integer.class)),
                            points(r.getObject("margin", Integer.class)),
                            r.getInt("ballots"),
                            rated ? "" : why(content, r.getString("inputs")),
                            r.getBoolean("heard"));
                })
                .list();
    }

    private String why(SchemeContent content, String inputs) {
        return String.join(
                "；",
                ProjectScore.of(content, json.readValue(inputs, ProjectInputs.class))
                        .why());
    }

    private static @Nullable String points(@Nullable Integer hundredths) {
        return hundredths == null ? null : Exact.points(hundredths);
    }

    /** @param year null for all */
    List<CompanyYear> years(@Nullable Integer year) {
        return jdbc.sql("""
                        select distinct on (y.year, y.company) y.*, b.name, k.credit_code, (y.company, y.year) in (%s) as heard
                        from company_year y join body b on b.id = y.company join company k on k.body = y.company
                        where cast(:year as int) is null or y.year = :year
                        order by y.year desc, y.company, y.version desc
                        """.formatted(Waits.YEARS))
                .param("year", year, java.sql.Types.INTEGER)
                .query((r, n) -> new CompanyYear(
                        r.getLong("company"),
                        r.getString("name"),
                        r.getString("credit_code"),
                        r.getInt("year"),
                        r.getInt("version"),
                        r.getString("result"),
                        points(r.getObject("score", Integer.class)),
                        points(r.getObject("margin", Integer.class)),
                        r.getBoolean("margin_reaches_over_pass"),
                        CivilTime.date(r.getTimestamp("final_at").toInstant()),
                        r.getString("reason"),
                        r.getBoolean("heard")))
                .list();
    }
}

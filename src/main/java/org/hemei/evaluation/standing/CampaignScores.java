package org.hemei.evaluation.standing;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.scheme.SchemeContent;
import org.hemei.evaluation.score.ProjectInputs;
import org.hemei.evaluation.score.ProjectScore;
import org.hemei.platform.db.Where;
import org.hemei.platform.web.Address;
import org.hemei.registry.Areas;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.json.JsonMapper;

/** The scores of a campaign in their newest version: what has no result first, then the lowest, since these are what somebody has to look at. */
@Repository
public class CampaignScores {

    /** @param area code; the list holds what lies in it */
    public record Wanted(
            String q, @Nullable String area, @Nullable YearResult result) {

        static Wanted of(Map<String, String> query) {
            var q = query.getOrDefault("q", "").strip();
            var area = query.getOrDefault("area", "");
            var result = query.getOrDefault("result", "");
            return new Wanted(
                    q.substring(0, Math.min(q.length(), EstateStands.LONGEST)),
                    area.matches("\\d{4,12}") ? area : null,
                    Arrays.stream(YearResult.values())
                            .filter(one -> one.code().equals(result))
                            .findFirst()
                            .orElse(null));
        }

        Address on(Address address) {
            return address.with("q", q).with("area", area).with("result", result == null ? null : result.code());
        }

        public boolean any() {
            return !q.isEmpty() || area != null || result != null;
        }
    }

    /** @param why what is missing where there is no result; reaches: a fail whose margin reaches the pass line; heard: the version before holds until it was heard */
    public record Row(
            long score,
            int version,
            String estate,
            String community,
            String company,
            YearResult result,
            @Nullable Integer points,
            @Nullable Integer margin,
            int ballots,
            boolean reaches,
            boolean heard,
            List<String> why) {

        public String path() {
            return "/scores/" + score;
        }

        String key() {
            return (points == null ? -1 : points) + "_" + score;
        }
    }

    private static final String NEWEST = """
            with s as materialized (
                select distinct on (p.id) s.id as score, s.version, p.estate, p.company, s.result, s.score as points, s.margin, s.ballots, s.inputs, c.state = 'final' and s.stage <> 'final' as heard
                from evaluation_project p join evaluation_campaign c on c.id = p.campaign join evaluation_score s on s.project = p.id
                where p.campaign = :campaign order by p.id, s.version desc)
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    CampaignScores(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** @param after key of the last row of the page before; whatever is no key begins at the top */
    List<Row> list(long campaign, SchemeContent scheme, Wanted wanted, String after, int most) {
        var where = new Where();
        if (!wanted.q.isEmpty()) {
            where.and(
                    "strpos(e.name, :q) > 0 or strpos(b.name, :q) > 0 or strpos(b.short_name, :q) > 0", "q", wanted.q);
        }
        if (wanted.area != null) {
            where.and("starts_with(e.community, :area)", "area", wanted.area);
        }
        if (wanted.result != null) {
            where.and("s.result = :result", "result", wanted.result.code());
        }
        if (after.matches("-?\\d{1,5}_\\d{1,18}")) {
            var cut = after.indexOf('_');
            where.and(
                            "(coalesce(s.points, -1), s.score) > (:points, :after)",
                            "points",
                            Integer.parseInt(after.substring(0, cut)))
                    .with("after", Long.parseLong(after.substring(cut + 1)));
        }
        return jdbc.sql(NEWEST + """
                        select s.*, e.name as estate_name, a.name as community_name, b.short_name as company_name
                        from s join estate e on e.id = s.estate join area a on a.code = e.community join body b on b.id = s.company
                        where %s order by coalesce(s.points, -1), s.score limit :most
                        """.formatted(where.sql()))
                .param("campaign", campaign)
                .params(where.params())
                .param("most", most)
                .query((r, n) -> row(r, scheme))
                .list();
    }

    private Row row(ResultSet r, SchemeContent scheme) throws SQLException {
        var made = ProjectScore.of(scheme, json.readValue(r.getString("inputs"), ProjectInputs.class));
        return new Row(
                r.getLong("score"),
                r.getInt("version"),
                r.getString("estate_name"),
                Areas.plain(r.getString("community_name")),
                r.getString("company_name"),
                YearResult.of(r.getString("result")),
                r.getObject("points", Integer.class),
                r.getObject("margin", Integer.class),
                r.getInt("ballots"),
                made.reachesOver(scheme.passLine()),
                r.getBoolean("heard"),
                made.why());
    }

    /** How many came to what; empty before anything was computed. */
    Map<YearResult, Integer> counts(long campaign) {
        Map<YearResult, Integer> counts = new EnumMap<>(YearResult.class);
        jdbc.sql(NEWEST + "select result, count(*) as count from s group by result")
                .param("campaign", campaign)
                .query((RowCallbackHandler) r -> counts.put(YearResult.of(r.getString("result")), r.getInt("count")));
        return counts;
    }
}

package org.hemei.evaluation.scheme;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.score.ProjectInputs;
import org.hemei.evaluation.score.ProjectScore;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What a draft would have made of the last campaign that ended in its area: the same inputs, another scheme. Nothing is kept. */
@Component
public class SchemePreview {

    private static final int MOST = 50;

    /** @param before the final score of then; after what the draft gives */
    public record Moved(
            String estate,
            String company,
            YearResult was,
            @Nullable Integer before,
            YearResult becomes,
            @Nullable Integer after) {}

    /**
     * @param campaign null when none has ended in the area
     * @param moved those whose result would differ, at most {@value #MOST}
     */
    public record Preview(
            @Nullable String campaign,
            int projects,
            Map<YearResult, Integer> before,
            Map<YearResult, Integer> after,
            int changed,
            List<Moved> moved) {

        public int before(YearResult result) {
            return before.getOrDefault(result, 0);
        }

        public int after(YearResult result) {
            return after.getOrDefault(result, 0);
        }
    }

    private record Campaign(long id, String title) {}

    private record Row(
            String estate,
            String company,
            YearResult result,
            @Nullable Integer score,
            String inputs) {}

    private final JdbcClient jdbc;
    private final JsonMapper json;

    SchemePreview(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    Preview of(Scheme scheme) {
        var campaign = jdbc.sql("""
                        select id, title from evaluation_campaign where state = 'final' and (area like :area || '%' or :area like area || '%')
                        order by year desc, length(area), id limit 1
                        """)
                .param("area", scheme.area())
                .query(Campaign.class)
                .optional()
                .orElse(null);
        if (campaign == null) {
            return new Preview(null, 0, Map.of(), Map.of(), 0, List.of());
        }
        Map<YearResult, Integer> before = new EnumMap<>(YearResult.class);
        Map<YearResult, Integer> after = new EnumMap<>(YearResult.class);
        List<Moved> moved = new ArrayList<>();
        int changed = 0;
        var rows = rows(campaign.id, scheme.area());
        for (var row : rows) {
            var made = ProjectScore.of(scheme.content(), json.readValue(row.inputs, ProjectInputs.class));
            before.merge(row.result, 1, Integer::sum);
            after.merge(made.result(), 1, Integer::sum);
            if (made.result() != row.result) {
                changed++;
                if (moved.size() < MOST) {
                    moved.add(new Moved(row.estate, row.company, row.result, row.score, made.result(), made.score()));
                }
            }
        }
        return new Preview(campaign.title, rows.size(), before, after, changed, moved);
    }

    private List<Row> rows(long campaign, String area) {
        return jdbc.sql("""
                        select distinct on (p.id) e.name as estate, b.short_name as company, s.result, s.score, s.inputs
                        from evaluation_project p
                                 join evaluation_score s on s.project = p.id
                                 join estate e on e.id = p.estate
                                 join body b on b.id = p.company
                        where p.campaign = :campaign and e.community like :area || '%'
                        order by p.id, s.version desc
                        """)
                .param("campaign", campaign)
                .param("area", area)
                .query((r, n) -> new Row(
                        r.getString("estate"),
                        r.getString("company"),
                        YearResult.of(r.getString("result")),
                        r.getObject("score", Integer.class),
                        r.getString("inputs")))
                .list();
    }
}

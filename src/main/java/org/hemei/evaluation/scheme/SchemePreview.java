package org.hemei.evaluation.scheme;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.campaign.Campaign;
import org.hemei.evaluation.campaign.Campaigns;
import org.hemei.evaluation.campaign.Projects;
import org.hemei.evaluation.score.Calculation;
import org.hemei.evaluation.score.ProjectInputs;
import org.hemei.evaluation.score.ProjectScore;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a draft would have made of the last year that was evaluated in its area, all of its campaigns: the same answers, looks, points and
 * orders, another scheme. Whose an estate's year was is asked anew by the draft's rule, and so is what projects make of a company's year.
 * Nothing is kept.
 */
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
            @Nullable Integer after) {

        boolean another() {
            return was != becomes;
        }

        /** How far it moves, in hundredths; one that comes or goes moves by all of it. */
        int by() {
            return (after == null ? 0 : after) - (before == null ? 0 : before);
        }
    }

    /**
     * @param campaigns their titles; empty when none has ended in the area
     * @param changed projects whose result would be another
     * @param shifted those whose score would, whatever the result
     * @param moved of both, at most {@value #MOST}, those with another result first
     * @param companies whose year would be another, those that fail first
     * @param notes what could not be tried
     */
    public record Preview(
            int year,
            List<String> campaigns,
            int projects,
            Map<YearResult, Integer> before,
            Map<YearResult, Integer> after,
            int changed,
            int shifted,
            List<Moved> moved,
            CompanyPreview.Years companies,
            Set<String> notes) {

        public int before(YearResult result) {
            return before.getOrDefault(result, 0);
        }

        public int after(YearResult result) {
            return after.getOrDefault(result, 0);
        }
    }

    private record Key(long estate, long company) {}

    private record Row(
            long project,
            long estate,
            String estateName,
            long company,
            String companyName,
            int days,
            YearResult result,
            @Nullable Integer score,
            ProjectInputs inputs) {}

    private final Campaigns campaigns;
    private final Projects projects;
    private final Schemes schemes;
    private final CompanyPreview companies;
    private final JdbcClient jdbc;
    private final JsonMapper json;

    SchemePreview(
            Campaigns campaigns,
            Projects projects,
            Schemes schemes,
            CompanyPreview companies,
            JdbcClient jdbc,
            JsonMapper json) {
        this.campaigns = campaigns;
        this.projects = projects;
        this.schemes = schemes;
        this.companies = companies;
        this.jdbc = jdbc;
        this.json = json;
    }

    Preview of(Scheme scheme) {
        var last = last(scheme.area());
        Map<YearResult, Integer> before = new EnumMap<>(YearResult.class);
        Map<YearResult, Integer> after = new EnumMap<>(YearResult.class);
        List<Moved> moved = new ArrayList<>();
        Set<String> notes = new LinkedHashSet<>();
        Map<Long, CompanyPreview.Made> made = new HashMap<>();
        for (var campaign : last) {
            var trial = Trial.of(
                    scheme.content(),
                    schemes.find(campaign.scheme()).orElseThrow().content());
            notes.addAll(trial.notes());
            var stands = stands(campaign, scheme.content());
            for (var row : rows(campaign.id(), scheme.area())) {
                var stand = stands.get(new Key(row.estate, row.company));
                var score = score(trial.content(), row, stand);
                before.merge(row.result, 1, Integer::sum);
                after.merge(score.result(), 1, Integer::sum);
                moved.add(new Moved(
                        row.estateName, row.companyName, row.result, row.score, score.result(), score.score()));
                made.put(
                        row.project,
                        new CompanyPreview.Made(
                                row.company,
                                stand == null || stand.days() == null ? row.days : stand.days(),
                                score.score(),
                                score.margin()));
            }
        }
        var others =
                moved.stream().filter(one -> one.another() || one.by() != 0).toList();
        return new Preview(
                last.isEmpty() ? 0 : last.getFirst().year(),
                last.stream().map(Campaign::title).toList(),
                moved.size(),
                before,
                after,
                (int) others.stream().filter(Moved::another).count(),
                others.size(),
                others.stream()
                        .sorted(Comparator.comparing(Moved::another)
                                .thenComparingInt(one -> Math.abs(one.by()))
                                .reversed())
                        .limit(MOST)
                        .toList(),
                last.isEmpty()
                        ? CompanyPreview.Years.NONE
                        : companies.of(scheme, last.getFirst().year(), made),
                notes);
    }

    private static Calculation score(SchemeContent content, Row row, Projects.@Nullable Stand stand) {
        return ProjectScore.of(
                content, stand == null ? row.inputs : row.inputs.attributed(stand.counts(), stand.why()));
    }

    /** The campaigns of the last year that ended here, or above. */
    private List<Campaign> last(String area) {
        return jdbc.sql("""
                        with here as (
                            select id, year from evaluation_campaign
                            where state = 'final' and (area like :area || '%' or :area like area || '%'))
                        select id from here where year = (select max(year) from here) order by id
                        """).param("area", area).query(Long.class).list().stream()
                .map(id -> campaigns.find(id).orElseThrow())
                .toList();
    }

    /** Whose an estate's year would be by the rule of the draft, where that is another than it was. */
    private Map<Key, Projects.Stand> stands(Campaign campaign, SchemeContent draft) {
        Map<Key, Projects.Stand> stands = new HashMap<>();
        projects.changes(campaign, draft, null)
                .forEach(one -> stands.put(new Key(one.estate(), one.company()), one.now()));
        return stands;
    }

    private List<Row> rows(long campaign, String area) {
        return jdbc.sql("""
                        select distinct on (p.id) p.id, p.estate, e.name as estate_name, p.company, b.short_name as company_name, p.days,
                               s.result, s.score, s.inputs
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
                        r.getLong("id"),
                        r.getLong("estate"),
                        r.getString("estate_name"),
                        r.getLong("company"),
                        r.getString("company_name"),
                        r.getInt("days"),
                        YearResult.of(r.getString("result")),
                        r.getObject("score", Integer.class),
                        json.readValue(r.getString("inputs"), ProjectInputs.class)))
                .list();
    }
}

package org.hemei.evaluation.score;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hemei.evaluation.CompanyYears;
import org.hemei.evaluation.scheme.Scheme;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.evaluation.score.CompanyScore.Inputs;
import org.hemei.evaluation.score.CompanyScore.Project;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/**
 * Makes the years of companies from the final scores of their projects. A company with projects in several campaigns of a year has its
 * year when the last of them is final, so that no district's result stands for the others'.
 */
@Component
public class CompanyResults {

    /** No other campaign of the year may still have something to say of the company, nor the company something to say of a score. */
    private static final String NOTHING_RUNS = """
            not exists (select from evaluation_project q join evaluation_campaign c on c.id = q.campaign
                        where q.company = p.company and c.year = :year and c.id <> :campaign
                          and c.state not in ('final', 'cancelled'))
            and not exists (select from evaluation_project q join evaluation_campaign c on c.id = q.campaign and c.state = 'final'
                                     join evaluation_hearing h on h.project = q.id
                            where q.company = p.company and c.year = :year
                              and not exists (select from evaluation_score s
                                              where s.project = q.id and s.stage = 'final' and s.id > h.score))
            """;

    private final JdbcClient jdbc;
    private final CompanyYears years;
    private final Schemes schemes;
    private final JsonMapper json;

    CompanyResults(JdbcClient jdbc, CompanyYears years, Schemes schemes, JsonMapper json) {
        this.jdbc = jdbc;
        this.years = years;
        this.schemes = schemes;
        this.json = json;
    }

    /** The companies of a campaign whose year is complete with it. */
    void conclude(long campaign, int year) {
        hold(year);
        var companies = jdbc.sql("""
                        select distinct company from evaluation_project p
                        where p.campaign = :campaign and %s
                        order by company
                        """.formatted(NOTHING_RUNS))
                .param("campaign", campaign)
                .param("year", year)
                .query(Long.class)
                .list();
        var projects = projects(year, companies);
        for (var company : companies) {
            conclude(company, year, campaign, projects.getOrDefault(company, List.of()), "补上了另一个区的测评结果");
        }
    }

    /**
     * A campaign was cancelled: the companies that waited for it alone have their year now, with what other campaigns found. Who has a
     * year already has nothing new in it.
     */
    void released(long campaign, int year) {
        hold(year);
        record Waiting(long company, long last) {}
        var waiting = jdbc.sql("""
                        select p.company, (select c.id from evaluation_project q join evaluation_campaign c on c.id = q.campaign
                                           where q.company = p.company and c.year = :year and c.state = 'final'
                                           order by c.final_at desc, c.id desc limit 1) as last
                        from (select distinct company from evaluation_project where campaign = :campaign) p
                        where %s
                          and not exists (select from company_year y where y.company = p.company and y.year = :year)
                          and exists (select from evaluation_project q join evaluation_campaign c on c.id = q.campaign
                                      where q.company = p.company and c.year = :year and c.state = 'final')
                        order by p.company
                        """.formatted(NOTHING_RUNS))
                .param("campaign", campaign)
                .param("year", year)
                .query(Waiting.class)
                .list();
        var projects = projects(year, waiting.stream().map(Waiting::company).toList());
        for (var one : waiting) {
            conclude(one.company, year, one.last, projects.getOrDefault(one.company, List.of()), "");
        }
    }

    /** Two campaigns of a year that end at once would each wait for the other. */
    private void hold(int year) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('company-years', ?))")
                .param(year)
                .query((r, n) -> 0)
                .list();
    }

    /** A score was put right, came to a company or went from it, after its campaign: its year is corrected, or made where it had none. */
    void settle(long company, int year, long campaign, String reason) {
        hold(year);
        var waits = jdbc.sql("select exists (select from (select cast(:company as bigint) as company) p where not ("
                        + NOTHING_RUNS + "))")
                .param("company", company)
                .param("campaign", campaign)
                .param("year", year)
                .query(Boolean.class)
                .single();
        if (years.latest(company, year).isPresent() || !waits) {
            var projects = projects(year, List.of(company)).getOrDefault(company, List.of());
            conclude(company, year, campaign, projects, reason);
        }
    }

    /** Whether its rule is that of its scheme, and the scheme the one that was published. */
    public boolean ruled(Inputs inputs) {
        return schemes.find(inputs.scheme())
                .filter(scheme -> schemes.hash(scheme.content()).equals(scheme.hash()))
                .map(Scheme::content)
                .filter(content -> inputs.lined().passLine() == inputs.passLine()
                        && (lined(inputs) || content.passLine() == inputs.passLine())
                        && content.companyPolicy() == inputs.policy()
                        && content.contractPolicy() == inputs.contracts())
                .isPresent();
    }

    /** Whether it has the lines of its projects, and each is that of the scheme under which it was evaluated. */
    private boolean lined(Inputs inputs) {
        record Line(long project, int line) {}
        Map<Long, Integer> lines = new java.util.HashMap<>();
        jdbc.sql("""
                        select p.id as project, cast(m.content ->> 'passLine' as int) as line
                        from evaluation_project p join evaluation_campaign c on c.id = p.campaign join evaluation_scheme m on m.id = c.scheme
                        where p.id = any(?)
                        """)
                .param(inputs.projects().stream().map(Project::project).toArray(Long[]::new))
                .query(Line.class)
                .list()
                .forEach(one -> lines.put(one.project, one.line));
        return !inputs.projects().isEmpty()
                && inputs.projects().stream()
                        .allMatch(one -> one.line() != null && one.line().equals(lines.get(one.project())));
    }

    /** Its projects whose score, in the version that is named, is another than the one that was copied. */
    public List<Project> others(Inputs inputs) {
        Map<String, Project> stored = new java.util.HashMap<>();
        jdbc.sql("select project, version, score, margin from evaluation_score where project = any(?)")
                .param(inputs.projects().stream().map(Project::project).toArray(Long[]::new))
                .query((RowCallbackHandler) r -> stored.put(
                        r.getLong("project") + "/" + r.getInt("version"),
                        new Project(
                                r.getLong("project"),
                                r.getInt("version"),
                                0,
                                0,
                                r.getObject("score", Integer.class),
                                r.getObject("margin", Integer.class))));
        return inputs.projects().stream()
                .filter(one -> !new Project(one.project(), one.version(), 0, 0, one.score(), one.margin())
                        .equals(stored.get(one.project() + "/" + one.version())))
                .toList();
    }

    private void conclude(long company, int year, long campaign, List<Project> projects, String reason) {
        var inputs = rule(company, year, campaign, projects);
        years.conclude(company, year, campaign, CompanyScore.of(inputs, json.writeValueAsString(inputs)), reason);
    }

    /**
     * Each year of a company has one rule, that of its first version: a correction changes what was counted, not how. Weights are those of
     * the scheme under which most of its households live; the line is each project's own, so that it makes no difference which campaign
     * ends last (decision 82).
     */
    private Inputs rule(long company, int year, long campaign, List<Project> projects) {
        var first = inputs(company, year, 1).orElse(null);
        if (first == null) {
            var scheme = scheme(company, year, campaign);
            var content = scheme.content();
            return new Inputs(
                            scheme.id(),
                            content.passLine(),
                            content.companyPolicy(),
                            content.contractPolicy(),
                            projects)
                    .lined();
        }
        var before = !first.projects().isEmpty() && first.projects().stream().allMatch(one -> one.line() == null);
        return new Inputs(
                        first.scheme(),
                        first.passLine(),
                        first.policy(),
                        first.contracts(),
                        before ? projects.stream().map(CompanyResults::unlined).toList() : projects)
                .lined();
    }

    /** A year of before lines were kept has one for all, in all its versions. */
    private static Project unlined(Project one) {
        return new Project(one.project(), one.version(), one.households(), one.days(), one.score(), one.margin());
    }

    private Scheme scheme(long company, int year, long campaign) {
        return schemes.find(jdbc.sql("""
                        select c.scheme from evaluation_campaign c left join evaluation_project p on p.campaign = c.id and p.company = :company and p.counts
                        where c.id = :campaign or c.year = :year and c.state <> 'cancelled' and p.id is not null
                        group by c.scheme order by coalesce(sum(p.households), 0) desc, c.scheme limit 1
                        """)
                        .param("company", company)
                        .param("campaign", campaign)
                        .param("year", year)
                        .query(Long.class)
                        .single())
                .orElseThrow();
    }

    /** The newest final scores of a year, by company, each with the days that its version was made with. */
    public Map<Long, List<Project>> projects(int year, List<Long> companies) {
        Map<Long, List<Project>> projects = new LinkedHashMap<>();
        jdbc.sql("""
                        select distinct on (p.id) p.company, p.id, s.version, p.households, coalesce(s.days, p.days) as days, s.score, s.margin,
                               cast(m.content ->> 'passLine' as int) as line
                        from evaluation_project p
                                 join evaluation_campaign c on c.id = p.campaign
                                 join evaluation_scheme m on m.id = c.scheme
                                 join evaluation_score s on s.project = p.id and s.stage = 'final'
                        where c.year = :year and c.state <> 'cancelled' and p.company = any(:companies)
                        order by p.id, s.version desc
                        """)
                .param("year", year)
                .param("companies", companies.toArray(Long[]::new))
                .query((RowCallbackHandler) r -> projects.computeIfAbsent(r.getLong("company"), c -> new ArrayList<>())
                        .add(new Project(
                                r.getLong("id"),
                                r.getInt("version"),
                                r.getInt("households"),
                                r.getInt("days"),
                                r.getObject("score", Integer.class),
                                r.getObject("margin", Integer.class),
                                r.getInt("line"))));
        return projects;
    }

    /** The stored inputs of a version of a company's year; empty where it was brought in from elsewhere, as a result alone. */
    public Optional<Inputs> inputs(long company, int year, int version) {
        return jdbc.sql("""
                        select inputs from company_year
                        where company = ? and year = ? and version = ? and jsonb_exists(inputs, 'projects')
                        """)
                .params(company, year, version)
                .query(String.class)
                .optional()
                .map(text -> json.readValue(text, Inputs.class));
    }

    /**
     * Whether a stored version comes out the same when it is computed again, from the very versions of scores that it names and by the rule of its
     * scheme, and is what the audit log says it was.
     */
    public boolean same(CompanyYears.Year year, Inputs inputs) {
        var again = CompanyScore.of(inputs, "");
        return years.sealed(year)
                && ruled(inputs)
                && others(inputs).isEmpty()
                && again.result() == year.result()
                && java.util.Objects.equals(again.score(), year.score())
                && java.util.Objects.equals(again.margin(), year.margin());
    }
}

package org.hemei.evaluation;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hemei.platform.Reader;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/**
 * The final results of companies, year by year. What is final never changes: a correction is a new version, and the newest one
 * holds. Each is announced as {@code company.year.final}, or {@code company.year.corrected} from the second version on, with the
 * company as subject and company, year, version and result in the body. A year without a row was not evaluated.
 */
@Component
public class CompanyYears {

    /** What the audit log calls a version that was made final. */
    private static final String SEALED = "company_year.final";

    private static final String COLUMNS = """
            company, year, version, result, score, margin, margin_reaches_over_pass, final_at, campaign, reason
            """;

    /**
     * One version of a year's result.
     *
     * @param score in hundredths of a point; null when not rated
     * @param margin half the width of the interval, in hundredths; null when not rated
     * @param marginReachesOverPass a fail whose margin reaches to the pass line: it does not count towards a listing
     * @param campaign the one that completed the year
     * @param reason why this version replaced the one before; empty for the first
     */
    public record Year(
            long company,
            int year,
            int version,
            YearResult result,
            @Nullable Integer score,
            @Nullable Integer margin,
            boolean marginReachesOverPass,
            Instant finalAt,
            @Nullable Long campaign,
            String reason) {

        /** Whether the year can be one of two that propose a listing. */
        public boolean failsBeyondDoubt() {
            return result == YearResult.FAIL && !marginReachesOverPass;
        }
    }

    /** What a calculation came to, before it has a version. */
    public record Outcome(
            YearResult result,
            @Nullable Integer score,
            @Nullable Integer margin,
            boolean marginReachesOverPass,
            String inputs) {}

    private final JdbcClient jdbc;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;

    CompanyYears(JdbcClient jdbc, Audit audit, EventLog events, InstantSource clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** What holds now for one year. */
    public Optional<Year> latest(long company, int year) {
        return jdbc.sql("select " + COLUMNS
                        + " from company_year where company = ? and year = ? order by version desc limit 1")
                .params(company, year)
                .query(CompanyYears::year)
                .optional();
    }

    /** What holds now for each evaluated year, the newest year first. */
    public List<Year> latest(long company) {
        return on(company, clock.instant());
    }

    /** What held at a moment for each year evaluated by then, the newest year first. */
    public List<Year> on(long company, Instant at) {
        return jdbc.sql("select distinct on (year) " + COLUMNS + """
                        from company_year where company = ? and final_at <= ? order by year desc, version desc
                        """)
                .params(company, Timestamp.from(at))
                .query(CompanyYears::year)
                .list();
    }

    /** Its years in which a change of a score is still heard: they hold as they are until then (decision 82). */
    public List<Integer> heard(long company) {
        return jdbc.sql("""
                        select distinct y.year from company_year y
                        where y.company = ? and (y.company, y.year) in (%s) order by y.year
                        """.formatted(Waits.YEARS))
                .param(company)
                .query(Integer.class)
                .list();
    }

    /** Every version of one year, the newest first. */
    public List<Year> history(long company, int year) {
        return jdbc.sql("select " + COLUMNS + " from company_year where company = ? and year = ? order by version desc")
                .params(company, year)
                .query(CompanyYears::year)
                .list();
    }

    /**
     * Makes a result final, or the next version of one that was.
     *
     * @param reason of a correction; not read for the first version
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public Year conclude(long company, int year, @Nullable Long campaign, Outcome outcome, String reason) {
        jdbc.sql("select body from company where body = ? for update")
                .param(company)
                .query(Long.class)
                .single();
        var version = latest(company, year).map(Year::version).orElse(0) + 1;
        var made = new Year(
                company,
                year,
                version,
                outcome.result,
                outcome.score,
                outcome.margin,
                outcome.marginReachesOverPass,
                clock.instant().truncatedTo(ChronoUnit.MICROS),
                campaign,
                version == 1 ? "" : reason);
        insert(made, outcome.inputs);
        audit.record(
                Reader.VISITOR,
                0,
                SEALED,
                "company",
                company,
                null,
                Map.of("year", year, "version", version, "sha256", digest(made)));
        events.announce(
                0,
                version == 1 ? "company.year.final" : "company.year.corrected",
                company,
                Map.of("company", company, "year", year, "version", version, "result", made.result.code()));
        return made;
    }

    /**
     * Whether a version is still what it was when it was made final, by the audit log. Those of earlier versions of this program, and those
     * brought in from elsewhere, have no entry there.
     */
    public boolean sealed(Year year) {
        return jdbc
                .sql("""
                        select detail ->> 'sha256' from audit_entry
                        where subject_kind = 'company' and subject_id = ? and action = ?
                          and detail @> jsonb_build_object('year', ?, 'version', ?) order by id
                        """)
                .params(String.valueOf(year.company), SEALED, year.year, year.version)
                .query(String.class)
                .list()
                .stream()
                .findFirst()
                .map(digest(year)::equals)
                .orElse(true);
    }

    /** SHA-256 over the figures and the inputs as they are stored. */
    private String digest(Year year) {
        return jdbc.sql("""
                        select encode(sha256(convert_to(concat_ws('|', company, year, version, result, coalesce(score, -1), coalesce(margin, -1),
                                                                  inputs::text), 'UTF8')), 'hex')
                        from company_year where company = ? and year = ? and version = ?
                        """)
                .params(year.company, year.year, year.version)
                .query(String.class)
                .single();
    }

    private void insert(Year made, String inputs) {
        jdbc.sql("""
                insert into company_year (company, year, version, result, score, margin, margin_reaches_over_pass, final_at, campaign,
                                          inputs, reason)
                values (:company, :year, :version, :result, :score, :margin, :over, :at, :campaign, cast(:inputs as jsonb), :reason)
                """)
                .param("company", made.company)
                .param("year", made.year)
                .param("version", made.version)
                .param("result", made.result.code())
                .param("score", made.score)
                .param("margin", made.margin)
                .param("over", made.marginReachesOverPass)
                .param("at", Timestamp.from(made.finalAt))
                .param("campaign", made.campaign)
                .param("inputs", inputs)
                .param("reason", made.reason)
                .update();
    }

    private static Year year(ResultSet r, int n) throws SQLException {
        return new Year(
                r.getLong("company"),
                r.getInt("year"),
                r.getInt("version"),
                YearResult.of(r.getString("result")),
                r.getObject("score", Integer.class),
                r.getObject("margin", Integer.class),
                r.getBoolean("margin_reaches_over_pass"),
                r.getTimestamp("final_at").toInstant(),
                r.getObject("campaign", Long.class),
                r.getString("reason"));
    }
}

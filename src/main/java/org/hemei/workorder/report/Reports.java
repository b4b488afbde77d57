package org.hemei.workorder.report;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Reports as they are kept: appended, never changed. */
@Repository
class Reports {

    static final int PAGE = 60;

    private static final String SELECT = """
            select r.id, r.number, r.level, r.area, r.company, r.name, r.month, r.version, r.content, r.sha256, r.sm3,
                   r.produced_at, r.produced_by, r.reason
            from rate_report r
            """;

    /** Which ones: level and area may be null, month too. */
    record Wanted(
            @Nullable Level level,
            @Nullable String area,
            @Nullable Long company,
            @Nullable YearMonth month,
            String q) {}

    private final JdbcClient jdbc;

    Reports(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<Report> find(long id) {
        return jdbc.sql(SELECT + "where r.id = ?")
                .param(id)
                .query(Reports::read)
                .optional();
    }

    /** All versions, the latest first. */
    List<Report> versions(Subject subject, YearMonth month) {
        return jdbc.sql(SELECT + """
                where r.month = :month and case when cast(:company as bigint) is null then r.company is null and r.area = :area
                                                else r.company = :company end
                order by r.version desc
                """)
                .param("month", month.atDay(1))
                .param("company", subject.company())
                .param("area", subject.area())
                .query(Reports::read)
                .list();
    }

    private static final String RANK =
            "case %s.level when 'city' then 0 when 'district' then 1 when 'street' then 2 else 3 end";

    /** The latest version of each, newest month first, wide areas before narrow ones; from after a report on, 0 for the first. */
    List<Report> list(Wanted wanted, long after, int most) {
        return jdbc.sql(SELECT + """
                where (:after = 0 or exists (
                          select from rate_report x
                          where x.id = :after
                            and (r.month < x.month or r.month = x.month and (%1$s, r.area, r.id) > (%2$s, x.area, x.id))))
                  and not exists (select from rate_report n where n.month = r.month and n.area = r.area
                                  and n.company is not distinct from r.company and n.version > r.version)
                  and (cast(:level as text) is null or r.level = :level)
                  and (cast(:area as text) is null or r.area like :area || '%%')
                  and (cast(:company as bigint) is null or r.company = :company)
                  and (cast(:month as date) is null or r.month = :month)
                  and (:q = '' or position(:q in r.name) > 0)
                order by r.month desc, %1$s, r.area, r.id
                limit :most
                """.formatted(RANK.formatted("r"), RANK.formatted("x")))
                .param("level", wanted.level == null ? null : wanted.level.code())
                .param("area", wanted.area)
                .param("company", wanted.company)
                .param("month", wanted.month == null ? null : wanted.month.atDay(1))
                .param("q", wanted.q)
                .param("after", after)
                .param("most", most)
                .query(Reports::read)
                .list();
    }

    /** The latest of a level; of several cities the first. */
    Optional<Report> latest(Level level) {
        return jdbc.sql(SELECT + "where r.level = ? order by r.month desc, r.area, r.version desc limit 1")
                .param(level.code())
                .query(Reports::read)
                .optional();
    }

    /** Months with reports, the latest first. */
    List<YearMonth> months() {
        return jdbc.sql("select distinct month from rate_report order by month desc limit 60")
                .query((r, n) -> YearMonth.from(r.getObject("month", LocalDate.class)))
                .list();
    }

    boolean exists(Subject subject, YearMonth month) {
        return !versions(subject, month).isEmpty();
    }

    long insert(Report report, @Nullable Long by) {
        return jdbc.sql("""
                insert into rate_report (number, level, area, company, name, month, version, content, sha256, sm3, produced_at,
                                         produced_by, reason)
                values (:number, :level, :area, :company, :name, :month, :version, :content, :sha256, :sm3, :at, :by, :reason)
                returning id
                """)
                .param("number", report.number())
                .param("level", report.subject().level().code())
                .param("area", report.subject().area())
                .param("company", report.subject().company())
                .param("name", report.subject().name())
                .param("month", report.month().atDay(1))
                .param("version", report.version())
                .param("content", report.content())
                .param("sha256", report.sha256())
                .param("sm3", report.sm3())
                .param("at", Timestamp.from(report.producedAt()))
                .param("by", by)
                .param("reason", report.reason())
                .query(Long.class)
                .single();
    }

    private static Report read(ResultSet r, int n) throws SQLException {
        return new Report(
                r.getLong("id"),
                r.getString("number"),
                new Subject(
                        Level.of(r.getString("level")),
                        r.getString("area"),
                        r.getObject("company", Long.class),
                        r.getString("name")),
                YearMonth.from(r.getObject("month", LocalDate.class)),
                r.getInt("version"),
                r.getString("content"),
                r.getString("sha256"),
                r.getString("sm3"),
                r.getTimestamp("produced_at").toInstant(),
                r.getObject("produced_by") != null,
                r.getString("reason"));
    }
}

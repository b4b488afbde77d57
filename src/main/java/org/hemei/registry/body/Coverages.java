package org.hemei.registry.body;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.Bodies;
import org.hemei.registry.Office;
import org.hemei.registry.people.AppointmentDesk;
import org.hemei.registry.people.EndReason;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which company is covered how: the desk behind the organisation's page and the company's alike. Kept by the organisation
 * and housing departments, each in its area.
 */
@Service
public class Coverages {

    /** @param until first day on which it no longer holds */
    public record Coverage(
            long id,
            long company,
            String companyName,
            CoverageMode mode,
            @Nullable Long organisation,
            @Nullable Long adviser,
            String by,
            LocalDate from,
            @Nullable LocalDate until) {

        public boolean runsOn(LocalDate day) {
            return !from.isAfter(day) && (until == null || until.isAfter(day));
        }
    }

    private static final String SELECT = """
            select c.id, c.company, k.short_name as company_name, c.mode, c.organisation, c.adviser,
                   coalesce(o.short_name, p.masked_name) as by_name, lower(c.during) as from_day, upper(c.during) as until_day
            from company_coverage c
                     join body k on k.id = c.company
                     left join body o on o.id = c.organisation
                     left join person p on p.id = c.adviser
            """;

    private final JdbcClient jdbc;
    private final Bodies bodies;
    private final Audit audit;
    private final EventLog events;
    private final AppointmentDesk appointments;
    private final InstantSource clock;

    Coverages(
            JdbcClient jdbc,
            Bodies bodies,
            Audit audit,
            EventLog events,
            AppointmentDesk appointments,
            InstantSource clock) {
        this.jdbc = jdbc;
        this.bodies = bodies;
        this.audit = audit;
        this.events = events;
        this.appointments = appointments;
        this.clock = clock;
    }

    /** All that ever covered the company, the latest first. The caller has checked that it may be read. */
    public List<Coverage> ofCompany(long company) {
        return jdbc.sql(SELECT + " where c.company = ? order by lower(c.during) desc, c.id desc")
                .param(company)
                .query(Coverages::read)
                .list();
    }

    /** All that the organisation ever covered, the latest first. */
    public List<Coverage> ofOrganisation(long organisation) {
        return jdbc.sql(SELECT + " where c.organisation = ? order by lower(c.during) desc, c.id desc")
                .param(organisation)
                .query(Coverages::read)
                .list();
    }

    /** Whether this reader keeps the coverage of companies registered in that area. */
    public static boolean keeps(Reader reader, String area) {
        return reader.scope(Office.ORGANISATION, Office.HOUSING).covers(area);
    }

    /**
     * @param organisation for 单建 and 联建; @param adviser the person sent, for 派驻
     * @throws Refusal with all the reasons; fields company, organisation, adviser, mode, day
     */
    @Transactional
    public long cover(
            Reader reader,
            long company,
            CoverageMode mode,
            @Nullable Long organisation,
            @Nullable Long adviser,
            LocalDate day) {
        var covered = company(reader, company, day);
        var by = organisation == null || mode == CoverageMode.ADVISER ? null : organisation(reader, organisation, day);
        lock(company, by == null ? null : by.id());
        var later = ofCompany(company).stream().filter(c -> endsAfter(c, day)).toList();
        var others = by == null
                ? List.<Coverage>of()
                : ofOrganisation(by.id()).stream()
                        .filter(c -> endsAfter(c, day))
                        .toList();
        var reasons = new ArrayList<>(CoverageRule.reasons(mode, day, covered, by, later, others));
        Body.ahead(day, today(), reasons);
        if (mode == CoverageMode.ADVISER) {
            adviser(adviser, later, reasons);
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        var id = jdbc.sql("""
                insert into company_coverage (company, mode, organisation, adviser, during)
                values (:company, :mode, :organisation, :adviser, daterange(:day, null)) returning id
                """)
                .param("company", company)
                .param("mode", mode.code())
                .param("organisation", by == null ? null : by.id())
                .param("adviser", mode == CoverageMode.ADVISER ? adviser : null)
                .param("day", day)
                .query(Long.class)
                .single();
        changed(reader, covered, "company.covered", id, day);
        return id;
    }

    private void adviser(@Nullable Long adviser, List<Coverage> later, List<Reason> reasons) {
        if (adviser == null
                || !jdbc.sql("select exists (select from person where id = ?)")
                        .param(adviser)
                        .query(Boolean.class)
                        .single()) {
            reasons.add(new Reason("adviser", "请选派驻的党建指导员。"));
        } else if (later.stream().anyMatch(held -> adviser.equals(held.adviser()))) {
            reasons.add(new Reason("adviser", "这位指导员已经派到这家企业了。"));
        }
    }

    /**
     * The same act from whichever page. Whoever was sent leaves the post with the coverage: an adviser who advises nobody is none.
     *
     * @param day first day on which it no longer holds
     */
    @Transactional
    public void end(Reader reader, long coverage, LocalDate day) {
        // the company first, as where the post ends and the coverage with it
        jdbc.sql("select company from company_coverage where id = ?")
                .param(coverage)
                .query(Long.class)
                .optional()
                .ifPresent(company -> lock(company, null));
        var held = jdbc.sql(SELECT + " where c.id = ? for no key update of c")
                .param(coverage)
                .query(Coverages::read)
                .optional()
                .orElseThrow(() -> new Missing("没有这一条覆盖。"));
        var company = company(reader, held.company(), day);
        var reasons = new ArrayList<Reason>();
        if (held.until() != null) {
            reasons.add(new Reason(null, "这一条已经登记" + CivilTime.day(held.until()) + "结束了。"));
        }
        if (!day.isAfter(held.from())) {
            reasons.add(new Reason("day", "要晚于开始的日子（" + CivilTime.day(held.from()) + "）。"));
        }
        Body.ahead(day, today(), reasons);
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        jdbc.sql("update company_coverage set during = daterange(lower(during), ?) where id = ?")
                .params(day, coverage)
                .update();
        if (held.adviser() != null) {
            posts(held.company(), held.adviser(), day)
                    .forEach(post ->
                            appointments.end(reader, post.id(), post.version(), day.minusDays(1), EndReason.MOVED));
        }
        changed(reader, company, "company.coverage_ended", coverage, day);
    }

    /**
     * An entry that was wrong from the beginning goes, as if it had never been; what it said stays in the audit log, with the reason. Whoever was sent keeps the
     * post: that is put right where posts are.
     */
    @Transactional
    public void takeBack(Reader reader, long coverage, String reason) {
        var held = jdbc.sql(SELECT + " where c.id = ? for update of c")
                .param(coverage)
                .query(Coverages::read)
                .optional()
                .orElseThrow(() -> new Missing("没有这一条覆盖。"));
        var company = company(reader, held.company(), today());
        jdbc.sql("delete from company_coverage where id = ?").param(coverage).update();
        var detail = new HashMap<String, Object>();
        detail.put("coverage", coverage);
        detail.put("mode", held.mode().code());
        detail.put("organisation", held.organisation());
        detail.put("adviser", held.adviser());
        detail.put("first", held.from().toString());
        detail.put("until", String.valueOf(held.until()));
        tell(reader, company, "company.coverage_taken_back", detail, reason);
    }

    private record HeldPost(long id, int version) {}

    /** The adviser's posts at the company that would go on past the day, with no other coverage to hold them for. */
    private List<HeldPost> posts(long company, long person, LocalDate day) {
        return jdbc.sql("""
                        select a.id, a.version from appointment a join post o on o.name = a.post and o.duty = 'adviser'
                        where a.body = :company and a.person = :person and a.during @> :day and lower(a.during) < :day
                          and not exists (select from company_coverage c
                                          where c.company = :company and c.adviser = :person and c.during @> :day)
                        """)
                .param("company", company)
                .param("person", person)
                .param("day", day)
                .query(HeldPost.class)
                .list();
    }

    private Bodies.Body company(Reader reader, long id, LocalDate day) {
        return bodies.find(id, day)
                .filter(company -> keeps(reader, company.area()))
                .orElseThrow(() -> new Missing("没有这家企业，或不归您管。"));
    }

    /** One of the reader's own area, or of the area above it. */
    private Bodies.Body organisation(Reader reader, long id, LocalDate day) {
        var areas = reader.scope(Office.ORGANISATION, Office.HOUSING).areas();
        return bodies.find(id, day)
                .filter(o -> areas.stream().anyMatch(a -> o.area().startsWith(a) || a.startsWith(o.area())))
                .orElseThrow(() -> Refusal.of("organisation", "没有这个党组织，或不在您这里。请重新选。"));
    }

    private void lock(long company, @Nullable Long organisation) {
        jdbc.sql("select id from body where id = any(?) order by id for no key update")
                .param(organisation == null ? new Long[] {company} : new Long[] {company, organisation})
                .query(Long.class)
                .list();
    }

    private void changed(Reader reader, Bodies.Body company, String what, long coverage, LocalDate day) {
        tell(reader, company, what, Map.of("coverage", coverage, "day", day), null);
    }

    private void tell(
            Reader reader, Bodies.Body company, String what, Map<String, Object> detail, @Nullable String reason) {
        var area = company.area();
        var district = area.length() < 6 ? 0 : Integer.parseInt(area.substring(0, 6));
        var noted = new HashMap<>(detail);
        if (reason != null) {
            noted.put("reason", reason);
        }
        audit.record(reader, district, what, "body", company.id(), area, noted);
        events.announce(district, what, company.id(), detail);
    }

    private static boolean endsAfter(Coverage coverage, LocalDate day) {
        return coverage.until() == null || coverage.until().isAfter(day);
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }

    private static Coverage read(ResultSet r, int n) throws SQLException {
        return new Coverage(
                r.getLong("id"),
                r.getLong("company"),
                r.getString("company_name"),
                CoverageMode.of(r.getString("mode")),
                r.getObject("organisation", Long.class),
                r.getObject("adviser", Long.class),
                r.getString("by_name"),
                r.getObject("from_day", LocalDate.class),
                r.getObject("until_day", LocalDate.class));
    }
}

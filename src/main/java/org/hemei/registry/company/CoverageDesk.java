package org.hemei.registry.company;

import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.hemei.registry.Office;
import org.hemei.registry.body.CoverageMode;
import org.hemei.registry.body.Coverages;
import org.hemei.registry.people.AppointmentDesk;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** A company's side of coverage: which organisations and advisers it can have, and sending an adviser with the post. */
@Service
class CoverageDesk {

    private static final String POST = "党建指导员";

    /** @param companies how many it covers today */
    record Organisation(long id, String name, int companies) {}

    /** @param where the companies this person advises already */
    record Adviser(long person, String name, String where) {}

    private final JdbcClient jdbc;
    private final Companies companies;
    private final Coverages coverages;
    private final AppointmentDesk appointments;

    CoverageDesk(JdbcClient jdbc, Companies companies, Coverages coverages, AppointmentDesk appointments) {
        this.jdbc = jdbc;
        this.companies = companies;
        this.coverages = coverages;
        this.appointments = appointments;
    }

    private static Scope keepers(Reader reader) {
        return Office.required(reader, Office.ORGANISATION, Office.HOUSING);
    }

    CompanyView company(Reader reader, long id) {
        return companies.registered(keepers(reader), id);
    }

    /** Company organisations of the reader's area and of the area above it. */
    List<Organisation> organisations(Reader reader) {
        return jdbc.sql("""
                        select b.id, b.name, (select count(distinct v.company) from company_coverage v
                                              where v.organisation = b.id and v.during @> :today) as companies
                        from body b
                        where b.party_kind = 'company_organisation' and (b.until is null or b.until > :today)
                          and (b.area like any(:patterns)
                               or exists (select from unnest(cast(:areas as text[])) a (code) where a.code like b.area || '%'))
                        order by b.name, b.id limit 1000
                        """)
                .param("today", companies.today())
                .param("patterns", keepers(reader).patterns())
                .param("areas", keepers(reader).areas().toArray(String[]::new))
                .query(Organisation.class)
                .list();
    }

    /** People who hold the post at a company of the reader's area. */
    List<Adviser> advisers(Reader reader) {
        return jdbc.sql("""
                        select p.id as person, p.masked_name as name, string_agg(distinct b.short_name, '、') as "where"
                        from appointment a
                                 join post o on o.name = a.post and o.duty = 'adviser'
                                 join body b on b.id = a.body
                                 join person p on p.id = a.person
                        where a.during @> :today and b.area like any(:patterns)
                        group by p.id, p.masked_name order by p.masked_name, p.id limit 500
                        """)
                .param("today", companies.today())
                .param("patterns", keepers(reader).patterns())
                .query(Adviser.class)
                .list();
    }

    @Transactional
    long link(Reader reader, CompanyView company, CoverageMode mode, long organisation, LocalDate day) {
        return coverages.cover(reader, company.id(), mode, organisation, null, day);
    }

    /**
     * Sends an adviser: gives them the post at the company, unless they hold it there, and covers the company by them.
     *
     * @param person 0: whoever has this name and phone
     */
    @Transactional
    long send(Reader reader, CompanyView company, long person, String name, String phone, LocalDate day) {
        var sent = person != 0 && holdsPost(company, person, day)
                ? person
                : appointed(reader, company, person, name, phone, day);
        return coverages.cover(reader, company.id(), CoverageMode.ADVISER, null, sent, day);
    }

    private boolean holdsPost(CompanyView company, long person, LocalDate day) {
        return jdbc.sql("""
                        select exists (select from appointment a join post o on o.name = a.post and o.duty = 'adviser'
                                       where a.body = ? and a.person = ? and a.during @> ?)
                        """)
                .params(company.id(), person, day)
                .query(Boolean.class)
                .single();
    }

    private long appointed(Reader reader, CompanyView company, long person, String name, String phone, LocalDate day) {
        var appointment = appointments.appoint(
                reader,
                new AppointmentDesk.Appointing(person, name, phone, company.id(), POST, null, false, day, null));
        return jdbc.sql("select person from appointment where id = ?")
                .param(appointment)
                .query(Long.class)
                .single();
    }

    /** Only what belongs to this company; the rest is told and done by the keeper of all coverage. */
    @Transactional
    void end(Reader reader, CompanyView company, long coverage, LocalDate day) {
        own(company, coverage);
        coverages.end(reader, coverage, day);
    }

    @Transactional
    void takeBack(Reader reader, CompanyView company, long coverage, String reason) {
        own(company, coverage);
        coverages.takeBack(reader, coverage, reason);
    }

    private void own(CompanyView company, long coverage) {
        if (coverages.ofCompany(company.id()).stream().noneMatch(one -> one.id() == coverage)) {
            throw new Missing("没有这一条覆盖。");
        }
    }
}

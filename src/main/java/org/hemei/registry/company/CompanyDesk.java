package org.hemei.registry.company;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.platform.log.Audit;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.CreditCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the housing department does with companies of its area. Every verb is on the audit trail. */
@Service
public class CompanyDesk {

    private final JdbcClient jdbc;
    private final Companies companies;
    private final Audit audit;
    private final InstantSource clock;

    CompanyDesk(JdbcClient jdbc, Companies companies, Audit audit, InstantSource clock) {
        this.jdbc = jdbc;
        this.companies = companies;
        this.audit = audit;
        this.clock = clock;
    }

    /** Somebody took the list as a file. */
    @Transactional
    public void taken(Reader reader, String filter, int rows) {
        audit.record(
                reader,
                0,
                "company.export",
                "company_list",
                reader.account(),
                null,
                Map.of("filter", filter, "rows", rows));
    }

    @Transactional
    long register(Reader reader, CompanyDraft draft) {
        unknown(draft.creditCode());
        var id = found(reader, draft);
        jdbc.sql("insert into company (body, credit_code, phone, address) values (?, ?, ?, ?)")
                .params(java.util.Arrays.asList(
                        id, new CreditCode(draft.creditCode()).value(), draft.phone(), draft.address()))
                .update();
        record(reader, draft.district(), "company.registered", id, draft.area(), Map.of());
        return id;
    }

    /** Codes in use may fail the check of GB 32100-2015: then a second person looks at the licence. */
    @Transactional
    long propose(Reader reader, CompanyDraft draft, String reason) {
        unknown(draft.creditCode());
        var waits = jdbc.sql("select exists (select from company_proposal where credit_code = ? and decision is null)")
                .param(draft.creditCode())
                .query(Boolean.class)
                .single();
        if (waits) {
            throw Refusal.of("code", "这个代码已经有人申请了，正等第二个人核对。");
        }
        var id = jdbc.sql("""
                        insert into company_proposal (credit_code, name, short_name, area, phone, address, reason, asked_by, asked_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?) returning id
                        """)
                .params(java.util.Arrays.asList(
                        draft.creditCode(),
                        draft.name(),
                        draft.shortName(),
                        draft.area(),
                        draft.phone(),
                        draft.address(),
                        reason,
                        reader.account(),
                        now()))
                .query(Long.class)
                .single();
        audit.record(
                reader,
                draft.district(),
                "company.proposed",
                "company_proposal",
                id,
                draft.area(),
                Map.of("proposal", id));
        return id;
    }

    private void unknown(String code) {
        jdbc.sql("select b.name from company c join body b on b.id = c.body where c.credit_code = ?")
                .param(code)
                .query(String.class)
                .optional()
                .ifPresent(name -> {
                    throw Refusal.of("code", "这个代码已经登记过，是“" + name + "”。请在名单里找它。");
                });
    }

    @Transactional
    long confirm(Reader reader, Proposals.Proposal proposal) {
        decidable(reader, proposal);
        unknown(proposal.creditCode());
        var draft = new CompanyDraft(
                proposal.creditCode(),
                proposal.name(),
                proposal.shortName(),
                proposal.areaCode(),
                proposal.phone(),
                proposal.address());
        var id = found(reader, draft);
        jdbc.sql("""
                        insert into company (body, credit_code, phone, address, override_reason, override_by, override_confirmed_by,
                                             override_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(java.util.Arrays.asList(
                        id,
                        draft.creditCode(),
                        draft.phone(),
                        draft.address(),
                        proposal.reason(),
                        proposal.askedBy(),
                        reader.account(),
                        now()))
                .update();
        decide(reader, proposal.id(), "confirmed", null, id);
        record(
                reader,
                draft.district(),
                "company.override_confirmed",
                id,
                draft.area(),
                Map.of("proposal", proposal.id()));
        return id;
    }

    @Transactional
    void refuse(Reader reader, Proposals.Proposal proposal, String words) {
        decidable(reader, proposal);
        decide(reader, proposal.id(), "refused", words, null);
        audit.record(
                reader,
                0,
                "company.override_refused",
                "company_proposal",
                proposal.id(),
                proposal.areaCode(),
                Map.of("proposal", proposal.id()));
    }

    private static void decidable(Reader reader, Proposals.Proposal proposal) {
        if (proposal.askedBy() == reader.account()) {
            throw Refusal.of("这是您自己申请的。请另一位同事来核对。");
        }
    }

    private void decide(Reader reader, long proposal, String decision, @Nullable String words, @Nullable Long company) {
        var decided = jdbc.sql("""
                        update company_proposal
                        set decision = :decision, words = :words, company = :company, decided_by = :by, decided_at = :now
                        where id = :id and decision is null
                        """)
                .param("decision", decision)
                .param("words", words)
                .param("company", company)
                .param("by", reader.account())
                .param("now", now())
                .param("id", proposal)
                .update();
        if (decided == 0) {
            throw new Stale("同事", "核对过这份申请", clock.instant());
        }
    }

    private long found(Reader reader, CompanyDraft draft) {
        return found(reader, "company", draft.name(), draft.shortName(), draft.area(), null);
    }

    private long found(Reader reader, String kind, String name, String shortName, String area, @Nullable Long company) {
        var today = companies.today();
        var id = jdbc.sql("""
                        insert into body (kind, name, short_name, area, since, company) values (?, ?, ?, ?, ?, ?) returning id
                        """)
                .params(java.util.Arrays.asList(kind, name, shortName, area, today, company))
                .query(Long.class)
                .single();
        jdbc.sql("insert into body_name (body, name, short_name, during) values (?, ?, ?, daterange(?, null))")
                .params(id, name, shortName, today)
                .update();
        change(reader, id, "founded", today, null);
        return id;
    }

    private void change(Reader reader, long body, String verb, LocalDate day, @Nullable String basis) {
        jdbc.sql("insert into body_change (body, day, verb, basis, account, at) values (?, ?, ?, ?, ?, ?)")
                .params(java.util.Arrays.asList(body, day, verb, basis, reader.account(), now()))
                .update();
    }

    @Transactional
    void edit(Reader reader, CompanyView company, int version, @Nullable String phone, @Nullable String address) {
        var done = jdbc.sql("""
                        update company set phone = :phone, address = :address, version = version + 1
                        where body = :id and version = :version
                        """)
                .param("phone", phone)
                .param("address", address)
                .param("id", company.id())
                .param("version", version)
                .update();
        if (done == 0) {
            throw new Stale("同事", "改过这家企业", clock.instant());
        }
        record(reader, district(company), "company.edited", company.id(), company.areaCode(), Map.of());
    }

    /** From the day on it is no company of the register; what is under contract then has to end first. */
    @Transactional
    void end(Reader reader, CompanyView company, LocalDate day, String reason) {
        jdbc.sql("select id from body where id = ? for update")
                .param(company.id())
                .query(Long.class)
                .single();
        if (!day.isAfter(company.since())) {
            throw Refusal.of("day", "注销要在登记（" + CivilTime.day(company.since()) + "）以后。");
        }
        var running =
                jdbc.sql("""
                        select e.name from contract k join estate e on e.id = k.estate
                        where k.company = ? and (upper_inf(k.during) or upper(k.during) > ?) order by e.name limit 4
                        """).params(company.id(), day).query(String.class).list();
        if (!running.isEmpty()) {
            throw Refusal.of(
                    "day",
                    "到那天还有小区在合同期里：" + String.join("、", running.subList(0, Math.min(3, running.size())))
                            + (running.size() > 3 ? "等" : "") + "。请先把这些合同结束。");
        }
        var ended = jdbc.sql("""
                        update body set until = :day, ending = 'dissolved', version = version + 1
                        where (id = :id or company = :id) and until is null and since < :day
                        """).param("day", day).param("id", company.id()).update();
        if (ended == 0) {
            throw Refusal.of("这家企业已经注销了。");
        }
        jdbc.sql("""
                        update company_coverage set during = daterange(lower(during), :day)
                        where company = :id and during @> :day and lower(during) < :day
                        """).param("day", day).param("id", company.id()).update();
        change(reader, company.id(), "dissolved", day, reason);
        record(
                reader,
                district(company),
                "company.ended",
                company.id(),
                company.areaCode(),
                Map.of("day", day.toString()));
    }

    @Transactional
    long addBranch(Reader reader, CompanyView company, String name, String shortName, String area) {
        var twin = jdbc.sql("select exists (select from body where company = ? and name = ? and until is null)")
                .params(company.id(), name)
                .query(Boolean.class)
                .single();
        if (twin) {
            throw Refusal.of("name", "已经有叫这个名字的分公司了。");
        }
        var id = found(reader, "company_branch", name, shortName, area, company.id());
        record(
                reader,
                district(company),
                "company.branch_added",
                company.id(),
                company.areaCode(),
                Map.of("branch", id));
        return id;
    }

    @Transactional
    void endBranch(Reader reader, CompanyView company, long branch) {
        var today = companies.today();
        var ended = jdbc.sql("""
                        update body set until = greatest(:today, since + 1), ending = 'dissolved', version = version + 1
                        where id = :id and company = :company and until is null
                        """)
                .param("today", today)
                .param("id", branch)
                .param("company", company.id())
                .update();
        if (ended == 0) {
            throw new Missing("这家分公司已经撤了。");
        }
        change(reader, branch, "dissolved", today, null);
        record(
                reader,
                district(company),
                "company.branch_ended",
                company.id(),
                company.areaCode(),
                Map.of("branch", branch));
    }

    static int district(CompanyView company) {
        return company.areaCode().length() >= 6
                ? Integer.parseInt(company.areaCode().substring(0, 6))
                : 0;
    }

    private void record(Reader reader, int district, String action, long id, String area, Map<String, ?> detail) {
        audit.record(reader, district, action, "company", id, area, detail);
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}

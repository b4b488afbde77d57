package org.hemei.registry.company;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.LastChange;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.CreditCode;
import org.hemei.registry.body.CompanyEnding;
import org.hemei.registry.people.PostsEnding;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What the housing department does with companies of its area. Every verb is on the audit trail. */
@Service
public class CompanyDesk {

    private final JdbcClient jdbc;
    private final Companies companies;
    private final CompanyFounding founding;
    private final PostsEnding posts;
    private final CompanyEnding ending;
    private final Audit audit;
    private final LastChange lastChange;

    CompanyDesk(
            JdbcClient jdbc,
            Companies companies,
            CompanyFounding founding,
            PostsEnding posts,
            CompanyEnding ending,
            Audit audit,
            LastChange lastChange) {
        this.jdbc = jdbc;
        this.companies = companies;
        this.founding = founding;
        this.posts = posts;
        this.ending = ending;
        this.audit = audit;
        this.lastChange = lastChange;
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
        founding.unknown(draft.creditCode());
        var id = founding.found(reader, draft);
        jdbc.sql("insert into company (body, credit_code, phone, address) values (?, ?, ?, ?)")
                .params(java.util.Arrays.asList(
                        id, new CreditCode(draft.creditCode()).value(), draft.phone(), draft.address()))
                .update();
        record(reader, draft.district(), "company.registered", id, draft.area(), Map.of());
        return id;
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
            throw lastChange.stale(reader, "company", company.id(), "改过这家企业", "company.%");
        }
        var changes = new HashMap<String, Object>();
        differs(changes, "phone", company.phone(), phone);
        differs(changes, "address", company.address(), address);
        record(reader, district(company), "company.edited", company.id(), company.areaCode(), changes);
    }

    /** What it was and is, for the log; nothing where it stays. */
    private static void differs(Map<String, Object> changes, String field, @Nullable String was, @Nullable String is) {
        if (!Objects.equals(was, is)) {
            changes.put(field, (was == null ? "没填" : was) + " → " + (is == null ? "没填" : is));
        }
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
                        where id = :id and until is null and since < :day
                        """).param("day", day).param("id", company.id()).update();
        if (ended == 0) {
            throw Refusal.of("这家企业已经注销了。");
        }
        var along = ending.with(reader, company.id(), day);
        founding.change(reader, company.id(), "dissolved", day, along, reason);
        record(
                reader,
                district(company),
                "company.ended",
                company.id(),
                company.areaCode(),
                Map.of("day", day.toString(), "posts", along.getOrDefault("posts", 0)));
    }

    @Transactional
    long addBranch(Reader reader, CompanyView company, String name, String shortName, String area) {
        var twin = jdbc.sql(
                        "select exists (select from body where company = ? and name = ? and (until is null or until > ?))")
                .params(company.id(), name, companies.today())
                .query(Boolean.class)
                .single();
        if (twin) {
            throw Refusal.of("name", "已经有叫这个名字的分公司了。");
        }
        var id = founding.branch(reader, name, shortName, area, company.id());
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
    void endBranch(Reader reader, CompanyView company, CompanyView.Branch branch, LocalDate day, String reason) {
        if (!day.isAfter(branch.since())) {
            throw Refusal.of("day", "撤掉要在成立（" + CivilTime.day(branch.since()) + "）以后。");
        }
        if (day.isAfter(companies.today().plusYears(1))) {
            throw Refusal.of("day", "最多提前一年登记。请填近一点的日子。");
        }
        var ended = jdbc.sql("""
                        update body set until = :day, ending = 'dissolved', version = version + 1
                        where id = :id and company = :company and until is null
                        """)
                .param("day", day)
                .param("id", branch.id())
                .param("company", company.id())
                .update();
        if (ended == 0) {
            throw Refusal.of("这家分公司已经撤了。");
        }
        var vacated = posts.with(reader, branch.id(), day);
        founding.change(reader, branch.id(), "dissolved", day, Map.of("posts", vacated), reason);
        record(
                reader,
                district(company),
                "company.branch_ended",
                company.id(),
                company.areaCode(),
                Map.of("branch", branch.id(), "day", day.toString(), "posts", vacated));
    }

    static int district(CompanyView company) {
        return company.areaCode().length() >= 6
                ? Integer.parseInt(company.areaCode().substring(0, 6))
                : 0;
    }

    private void record(Reader reader, int district, String action, long id, String area, Map<String, ?> detail) {
        audit.record(reader, district, action, "company", id, area, detail);
    }
}

package org.hemei.access.security;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.Map;
import org.hemei.access.AccountDesk;
import org.hemei.access.Role;
import org.hemei.access.delegation.DelegationDesk;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What comes of a finding: the grant ends with a reason, or it is confirmed for half a year with one. */
@Service
class ReviewDesk {

    static final int MONTHS = 6;

    private static final int LONGEST_REASON = 200;

    private final Review review;
    private final AccountDesk accounts;
    private final DelegationDesk delegations;
    private final JdbcClient jdbc;
    private final Audit audit;
    private final InstantSource clock;

    ReviewDesk(
            Review review,
            AccountDesk accounts,
            DelegationDesk delegations,
            JdbcClient jdbc,
            Audit audit,
            InstantSource clock) {
        this.review = review;
        this.accounts = accounts;
        this.delegations = delegations;
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional
    public void end(Reader reader, Finding finding, long grant, String reason) {
        var account = account(reader, finding, grant, reason);
        accounts.endGrant(reader, account, grant, reason);
    }

    @Transactional
    public void confirm(Reader reader, Finding finding, long grant, String reason) {
        var account = account(reader, finding, grant, reason);
        if (account == reader.account()) {
            throw Refusal.of("不能复核自己的职责。请另一位安全管理员来办。");
        }
        var now = clock.instant();
        var until = CivilTime.startOf(CivilTime.date(now).plusMonths(MONTHS).plusDays(1));
        jdbc.sql("""
                insert into grant_review (grant_id, finding, reason, confirmed_by, confirmed_at, valid_until)
                values (?, ?, ?, ?, ?, ?)
                """)
                .params(grant, finding.code(), reason, reader.account(), Timestamp.from(now), Timestamp.from(until))
                .update();
        audit.record(
                reader,
                0,
                "grant.confirmed",
                "account",
                account,
                null,
                Map.of("grant", grant, "finding", finding.code()));
    }

    /** Whose grant it is, when it is among the findings within the reader's area. */
    private long account(Reader reader, Finding finding, long grant, String reason) {
        checkReason(reason);
        if (!review.holds(reader.scope(Role.SECURITY), finding, grant)) {
            throw new Missing("这一条已经不在名单里了。");
        }
        return jdbc.sql("select account from access_grant where id = ? for update")
                .param(grant)
                .query(Long.class)
                .single();
    }

    @Transactional
    public void endDelegation(Reader reader, long id, String reason) {
        checkReason(reason);
        if (!review.runs(reader.scope(Role.SECURITY), id)) {
            throw new Missing("这次代办已经结束了。");
        }
        delegations.endFor(reader, id, reason);
    }

    private static void checkReason(String reason) {
        if (reason.length() < 2 || reason.length() > LONGEST_REASON) {
            throw Refusal.of("请写原因，2 到 200 个字。");
        }
    }
}

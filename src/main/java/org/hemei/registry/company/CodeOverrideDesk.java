package org.hemei.registry.company;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.log.LastChange;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * A credit code that fails the check of GB 32100-2015 and is in use all the same: one asks with the reason, a second person
 * looks at the licence and says yes or no.
 */
@Service
class CodeOverrideDesk {

    private final JdbcClient jdbc;
    private final CompanyFounding founding;
    private final Audit audit;
    private final InstantSource clock;
    private final LastChange lastChange;
    private final EventLog events;

    CodeOverrideDesk(
            JdbcClient jdbc,
            CompanyFounding founding,
            Audit audit,
            InstantSource clock,
            LastChange lastChange,
            EventLog events) {
        this.jdbc = jdbc;
        this.founding = founding;
        this.audit = audit;
        this.clock = clock;
        this.lastChange = lastChange;
        this.events = events;
    }

    @Transactional
    long propose(Reader reader, CompanyDraft draft, String reason) {
        founding.unknown(draft.creditCode());
        var waits = jdbc.sql("select exists (select from company_proposal where credit_code = ? and decision is null)")
                .param(draft.creditCode())
                .query(Boolean.class)
                .single();
        if (waits) {
            throw Refusal.of("code", "这个代码已经有人申请了，正等第二个人核对。");
        }
        var id = jdbc.sql("""
                        insert into company_proposal (credit_code, name, short_name, area, since, phone, address, reason, asked_by, asked_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) returning id
                        """)
                .params(Arrays.asList(
                        draft.creditCode(),
                        draft.name(),
                        draft.shortName(),
                        draft.area(),
                        draft.since(),
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

    @Transactional
    long confirm(Reader reader, Proposals.Proposal proposal) {
        decidable(reader, proposal);
        founding.unknown(proposal.creditCode());
        var draft = new CompanyDraft(
                proposal.creditCode(),
                proposal.name(),
                proposal.shortName(),
                proposal.areaCode(),
                proposal.since() == null ? CivilTime.date(clock.instant()) : proposal.since(),
                proposal.phone(),
                proposal.address());
        var id = founding.found(reader, draft);
        jdbc.sql("""
                        insert into company (body, credit_code, phone, address, override_reason, override_by, override_confirmed_by,
                                             override_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?)
                        """)
                .params(Arrays.asList(
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
        audit.record(
                reader,
                draft.district(),
                "company.override_confirmed",
                "company",
                id,
                draft.area(),
                Map.of("proposal", proposal.id()));
        events.announce(draft.district(), "company.override_confirmed", proposal.id(), Map.of());
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
        events.announce(0, "company.override_refused", proposal.id(), Map.of());
    }

    /** Whoever asked finds that it was wrong, before anybody has looked. */
    @Transactional
    void withdraw(Reader reader, Proposals.Proposal proposal) {
        if (proposal.askedBy() != reader.account()) {
            throw Refusal.of("这不是您申请的。不同意的，请写明原因选“不同意”。");
        }
        decide(reader, proposal.id(), "withdrawn", null, null);
        audit.record(
                reader,
                0,
                "company.proposal_withdrawn",
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
            throw jdbc.sql("select decided_by, decided_at from company_proposal where id = ?")
                    .param(proposal)
                    .query((r, n) -> lastChange.by(
                            reader, r.getObject("decided_by", Long.class), r.getTimestamp("decided_at"), "核对过这份申请"))
                    .single();
        }
    }

    private Timestamp now() {
        return Timestamp.from(clock.instant());
    }
}

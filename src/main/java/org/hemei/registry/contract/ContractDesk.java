package org.hemei.registry.contract;

import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.log.LastChange;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Signing, extending, ending contracts and putting them right. New orders follow by themselves: the estate's holder of a day is computed. Orders
 * on their way stay with whoever holds them until somebody dispatches them anew.
 */
@Service
public class ContractDesk {

    /** @param batch the change of many estates this is part of; null when it stands alone */
    public record Signing(
            long estate,
            long company,
            LocalDate first,
            @Nullable LocalDate last,
            @Nullable Integer feeFen,
            Collection<UUID> papers,
            @Nullable String reason,
            @Nullable Long batch) {}

    /** What a contract says, as it is put right. */
    public record Entry(
            long company,
            LocalDate first,
            @Nullable LocalDate last,
            @Nullable Integer feeFen) {

        static Entry of(Contract contract) {
            return new Entry(contract.company(), contract.first(), contract.last(), contract.feeFen());
        }

        Map<String, Object> told() {
            var told = new HashMap<String, Object>();
            told.put("company", company);
            told.put("first", first.toString());
            told.put("last", String.valueOf(last));
            told.put("fee_fen", feeFen);
            return told;
        }
    }

    private final JdbcClient jdbc;
    private final Contracts contracts;
    private final Handovers handovers;
    private final HandoversFollowing following;
    private final Attachments attachments;
    private final ContractHistory history;
    private final LastChange lastChange;

    ContractDesk(
            JdbcClient jdbc,
            Contracts contracts,
            Handovers handovers,
            HandoversFollowing following,
            Attachments attachments,
            ContractHistory history,
            LastChange lastChange) {
        this.jdbc = jdbc;
        this.contracts = contracts;
        this.handovers = handovers;
        this.following = following;
        this.attachments = attachments;
        this.history = history;
        this.lastChange = lastChange;
    }

    /** Why this cannot be signed, with every reason; empty when it can. */
    public List<Reason> problems(long estate, long company, LocalDate first, @Nullable LocalDate last) {
        if (contracts.company(company).isEmpty()) {
            return List.of(new Reason("company", "这家企业不在册或已注销。请重新选。"));
        }
        return ContractRule.signing(contracts.of(estate), first, last, bounds(company, estate));
    }

    /** Why it cannot end on that day; empty when it can. */
    public List<Reason> endingProblems(Contract contract, LocalDate last) {
        return ContractRule.ending(contract, last);
    }

    private ContractRule.Bounds bounds(long company, long estate) {
        return jdbc.sql("select b.since, b.until, e.until as gone from body b, estate e where b.id = ? and e.id = ?")
                .params(company, estate)
                .query((r, n) -> new ContractRule.Bounds(
                        r.getObject("since", LocalDate.class),
                        r.getObject("until", LocalDate.class),
                        r.getObject("gone", LocalDate.class)))
                .single();
    }

    @Transactional
    public long sign(Reader reader, Signing signing) {
        lock(signing.estate);
        var reasons = problems(signing.estate, signing.company, signing.first, signing.last);
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        var id = jdbc.sql("""
                        insert into contract (company, estate, during, fee_fen)
                        values (:company, :estate, daterange(:first, :past), :fee) returning id
                        """)
                .param("company", signing.company)
                .param("estate", signing.estate)
                .param("first", signing.first)
                .param("past", past(signing.last))
                .param("fee", signing.feeFen)
                .query(Long.class)
                .single();
        var contract = contracts.find(id).orElseThrow();
        attachments.attach(contract.district(), signing.papers, ContractPapers.OWNER_KIND, String.valueOf(id), reader);
        handovers.open(contract);
        history.record(reader, contract, "signed", ContractHistory.detail(contract), signing.reason, signing.batch);
        return id;
    }

    private static @Nullable LocalDate past(@Nullable LocalDate last) {
        return last == null ? null : last.plusDays(1);
    }

    @Transactional
    public void extend(Reader reader, Contract known, int version, LocalDate last, String reason) {
        lock(known.estate());
        var contract = current(reader, known, version);
        var reasons = ContractRule.extending(
                contracts.of(known.estate()), contract, last, bounds(known.company(), known.estate()));
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        until(contract.id(), last, null);
        history.record(
                reader, contract, "extended", ContractHistory.days(contract, contract.last(), last), reason, null);
    }

    @Transactional
    public void end(Reader reader, Contract known, int version, LocalDate last, String reason, @Nullable Long batch) {
        lock(known.estate());
        var contract = current(reader, known, version);
        var reasons = ContractRule.ending(contract, last);
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        until(contract.id(), last, reason);
        history.record(reader, contract, "ended", ContractHistory.days(contract, contract.last(), last), reason, batch);
    }

    private void until(long contract, @Nullable LocalDate last, @Nullable String reason) {
        jdbc.sql("""
                        update contract set during = daterange(lower(during), :past), ended_reason = :reason, version = version + 1
                        where id = :id
                        """)
                .param("past", past(last))
                .param("reason", reason)
                .param("id", contract)
                .update();
    }

    /** Before its first day nothing has happened under it: it is as if it had never been, but for its story. */
    @Transactional
    public void takeBack(Reader reader, Contract known, int version, String reason, @Nullable Long batch) {
        lock(known.estate());
        var contract = current(reader, known, version);
        if (!contract.ahead(contracts.today())) {
            throw Refusal.of("合同已经开始，不能撤回。请改用提前结束。");
        }
        handovers.forget(contract.id());
        var papers = jdbc.sql("""
                        update attachment set owner_kind = ?
                        where district = ? and owner_kind = ? and owner_id = ?
                        """)
                .params(
                        TakenBack.OWNER_KIND,
                        contract.district(),
                        ContractPapers.OWNER_KIND,
                        String.valueOf(contract.id()))
                .update();
        jdbc.sql("delete from contract where id = ?").param(contract.id()).update();
        var detail = ContractHistory.detail(contract);
        detail.put("papers", papers);
        history.record(reader, contract, "taken_back", detail, reason, batch);
    }

    /** Undoes an early end that belonged to a change of many estates, while the days are still free. */
    @Transactional
    public void restore(Reader reader, Contract contract, @Nullable LocalDate last, String reason, long batch) {
        lock(contract.estate());
        var ended = contract.last();
        if (ended != null) {
            var others = contracts.of(contract.estate()).stream()
                    .filter(other -> other.id() != contract.id())
                    .toList();
            var reasons = ContractRule.goingOn(
                    others, ended.plusDays(1), last, bounds(contract.company(), contract.estate()));
            if (!reasons.isEmpty()) {
                throw new Refusal(reasons);
            }
        }
        until(contract.id(), last, null);
        history.record(
                reader, contract, "extended", ContractHistory.days(contract, contract.last(), last), reason, batch);
    }

    /**
     * What was typed wrongly is put right, from the beginning. Orders stay where they are, and scores that were published are looked at by whoever runs the
     * campaign (decision 56); the record of handing over follows.
     */
    @Transactional
    public void correct(Reader reader, Contract known, int version, Entry right, String reason) {
        lock(known.estate());
        var wrong = current(reader, known, version);
        var reasons = contracts.registered(right.company)
                ? ContractRule.correcting(
                        contracts.of(known.estate()), wrong, right, bounds(right.company, known.estate()))
                : List.of(new Reason("company", "没有这家企业。请核对信用代码，或先登记企业。"));
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        jdbc.sql("""
                        update contract set company = :company, during = daterange(:first, :past), fee_fen = :fee, version = version + 1,
                                            ended_reason = case when cast(:past as date) is not null then ended_reason end
                        where id = :id
                        """)
                .param("company", right.company)
                .param("first", right.first)
                .param("past", past(right.last))
                .param("fee", right.feeFen)
                .param("id", wrong.id())
                .update();
        var contract = contracts.find(wrong.id()).orElseThrow();
        following.follow(wrong, contract, contracts.of(contract.estate()));
        history.record(
                reader,
                contract,
                "corrected",
                ContractHistory.corrected(wrong.id(), Entry.of(wrong), right),
                reason,
                null);
    }

    private void lock(long estate) {
        var held = jdbc.sql("select id from estate where id = ? for update")
                .param(estate)
                .query(Long.class)
                .optional();
        if (held.isEmpty()) {
            throw new Missing("没有这个小区。");
        }
    }

    private Contract current(Reader reader, Contract known, int version) {
        var contract = contracts.find(known.id()).orElseThrow(() -> new Missing("这份合同已经撤回了。"));
        if (contract.version() != version) {
            throw lastChange.stale(
                    reader, "estate", contract.estate(), Map.of("contract", contract.id()), "改过这份合同", "contract.%");
        }
        return contract;
    }
}

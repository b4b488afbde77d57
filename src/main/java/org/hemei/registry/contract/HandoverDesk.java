package org.hemei.registry.contract;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.LastChange;
import org.hemei.registry.Office;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/**
 * Handing over: the community, the street or one of the companies notes what was given; it is over when both companies have
 * confirmed the same list. For a company that has gone the street says it, with the reason.
 */
@Service
class HandoverDesk {

    private final JdbcClient jdbc;
    private final Handovers handovers;
    private final Audit audit;
    private final JsonMapper json;
    private final InstantSource clock;
    private final LastChange lastChange;

    HandoverDesk(
            JdbcClient jdbc,
            Handovers handovers,
            Audit audit,
            JsonMapper json,
            InstantSource clock,
            LastChange lastChange) {
        this.jdbc = jdbc;
        this.handovers = handovers;
        this.audit = audit;
        this.json = json;
        this.clock = clock;
        this.lastChange = lastChange;
    }

    static boolean notes(Reader reader, Handover handover) {
        return reader.scope(Office.COMMUNITY, Office.STREET).covers(handover.community())
                || speaksFor(reader, handover, Handover.Side.GIVEN)
                || speaksFor(reader, handover, Handover.Side.TAKEN);
    }

    static boolean speaksFor(Reader reader, Handover handover, Handover.Side side) {
        return reader.scope(Office.MANAGER).covers(handover.speaker(side), handover.estate());
    }

    static boolean speaksInstead(Reader reader, Handover handover) {
        return reader.scope(Office.STREET).covers(handover.community());
    }

    /** A changed list takes back both confirmations: they were for another list. */
    @Transactional
    void note(Reader reader, long contract, int version, List<Handover.Item> items, LocalDate due) {
        var handover = locked(reader, contract, version);
        if (!notes(reader, handover)) {
            throw new Missing("这份交接不归您登记。");
        }
        if (due.isBefore(handover.changesOn())) {
            throw Refusal.of("due", "交接要在换企业那天以后。请填那天或更晚。");
        }
        jdbc.sql("""
                        update contract_handover
                        set items = cast(:items as jsonb), due = :due,
                            due_basis = case when due = :due then due_basis else '双方约定' end, version = version + 1,
                            given_by = null, given_at = null, given_for = null, taken_by = null, taken_at = null, taken_for = null
                        where contract = :contract
                        """)
                .param("items", json.writeValueAsString(items))
                .param("due", due)
                .param("contract", contract)
                .update();
        record(reader, handover, "handover.noted", Map.of("contract", contract));
    }

    @Transactional
    void confirm(Reader reader, long contract, int version, Handover.Side side, @Nullable String instead) {
        var handover = locked(reader, contract, version);
        var own = speaksFor(reader, handover, side);
        if (!own && !speaksInstead(reader, handover)) {
            throw new Missing("这份交接要由企业自己确认。");
        }
        if (!own && instead == null) {
            throw Refusal.of("instead", "请写为什么替企业确认，例如“企业已撤场，电话确认过”。");
        }
        if (handover.count("open") > 0) {
            throw Refusal.of("还有 " + handover.count("open") + " 项没说交没交。请先把清单填完。");
        }
        var column = side == Handover.Side.GIVEN ? "given" : "taken";
        jdbc.sql("""
                        update contract_handover
                        set %1$s_by = :by, %1$s_at = :now, %1$s_for = :instead, version = version + 1
                        where contract = :contract
                        """.formatted(column))
                .param("by", reader.account())
                .param("now", Timestamp.from(clock.instant()))
                .param("instead", own ? null : instead)
                .param("contract", contract)
                .update();
        var done = jdbc.sql("""
                        update contract_handover set done_on = :today
                        where contract = :contract and given_at is not null and taken_at is not null
                        """)
                .param("today", handovers.today())
                .param("contract", contract)
                .update();
        record(reader, handover, "handover.confirmed", Map.of("contract", contract, "side", column, "done", done == 1));
    }

    private Handover locked(Reader reader, long contract, int version) {
        jdbc.sql("select contract from contract_handover where contract = ? for update")
                .param(contract)
                .query(Long.class)
                .optional();
        var handover = handovers.find(reader, contract).orElseThrow(() -> new Missing("没有这份交接，或它不归您看。"));
        if (handover.version() != version) {
            throw lastChange.stale(
                    reader, "estate", handover.estate(), Map.of("contract", contract), "改过这份清单", "handover.%");
        }
        if (handover.doneOn() != null) {
            throw Refusal.of("交接已经办完，不能再改。");
        }
        if (handover.one()) {
            throw Refusal.of("两家企业已经合并，不用再交接。");
        }
        return handover;
    }

    private void record(Reader reader, Handover handover, String action, Map<String, ?> detail) {
        audit.record(reader, handover.district(), action, "estate", handover.estate(), handover.community(), detail);
    }
}

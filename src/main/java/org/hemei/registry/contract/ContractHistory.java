package org.hemei.registry.contract;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** What happened to contracts: appended, audited at the estate, announced, never changed. */
@Component
class ContractHistory {

    private final JdbcClient jdbc;
    private final Audit audit;
    private final EventLog events;
    private final JsonMapper json;
    private final InstantSource clock;

    ContractHistory(JdbcClient jdbc, Audit audit, EventLog events, JsonMapper json, InstantSource clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.events = events;
        this.json = json;
        this.clock = clock;
    }

    static Map<String, Object> detail(Contract contract) {
        var detail = new HashMap<String, Object>();
        detail.put("contract", contract.id());
        detail.put("company", contract.company());
        detail.put("first", contract.first().toString());
        detail.put("last", String.valueOf(contract.last()));
        detail.put("fee_fen", contract.feeFen());
        return detail;
    }

    static Map<String, Object> days(Contract contract, @Nullable LocalDate before, @Nullable LocalDate after) {
        return Map.of("contract", contract.id(), "before", String.valueOf(before), "after", String.valueOf(after));
    }

    static Map<String, Object> corrected(long contract, ContractDesk.Entry wrong, ContractDesk.Entry right) {
        return Map.of("contract", contract, "before", wrong.told(), "after", right.told());
    }

    /** @param batch the change of many estates this is part of */
    void record(
            Reader reader,
            Contract contract,
            String verb,
            Map<String, Object> detail,
            @Nullable String reason,
            @Nullable Long batch) {
        jdbc.sql("""
                        insert into contract_change (contract, estate, company, verb, detail, reason, batch, account, at)
                        values (:contract, :estate, :company, :verb, cast(:detail as jsonb), :reason, :batch, :account, :at)
                        """)
                .param("contract", contract.id())
                .param("estate", contract.estate())
                .param("company", contract.company())
                .param("verb", verb)
                .param("detail", json.writeValueAsString(detail))
                .param("reason", reason)
                .param("batch", batch)
                .param("account", reader.signedIn() ? reader.account() : null)
                .param("at", Timestamp.from(clock.instant()))
                .update();
        audit.record(
                reader,
                contract.district(),
                "contract." + verb,
                "estate",
                contract.estate(),
                contract.community(),
                detail);
        events.announce(contract.district(), "contract." + verb, contract.estate(), detail);
    }
}

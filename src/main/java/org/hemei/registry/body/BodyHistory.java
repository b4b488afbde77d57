package org.hemei.registry.body;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** What happened to bodies: appended, audited, announced, never changed. */
@Component
class BodyHistory {

    private final JdbcClient jdbc;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;
    private final JsonMapper json;

    BodyHistory(JdbcClient jdbc, Audit audit, EventLog events, InstantSource clock, JsonMapper json) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
        this.json = json;
    }

    void changed(Reader reader, Body body, LocalDate day, String verb, Map<String, ?> detail, String basis) {
        changed(reader, body.id(), body.lastArea(), day, verb, detail, basis);
    }

    void changed(Reader reader, long id, String area, LocalDate day, String verb, Map<String, ?> detail, String basis) {
        var change = append(reader, id, day, verb, detail, basis.isEmpty() ? null : basis);
        var district = area.length() < 6 ? 0 : Integer.parseInt(area.substring(0, 6));
        audit.record(reader, district, "body." + verb, "body", id, area, Map.of("change", change, "day", day));
        events.announce(district, "body." + verb, id, Map.of("day", day, "area", area));
    }

    /** Somebody took a list along. */
    @Transactional
    public void taken(Reader reader, String filter, int rows) {
        audit.record(
                reader, 0, "body.export", "body_list", reader.account(), null, Map.of("filter", filter, "rows", rows));
    }

    private long append(
            Reader reader, long body, LocalDate day, String verb, Map<String, ?> detail, @Nullable String basis) {
        return jdbc.sql("""
                insert into body_change (body, day, verb, detail, basis, account, at)
                values (:body, :day, :verb, cast(:detail as jsonb), :basis, :account, :at) returning id
                """)
                .param("body", body)
                .param("day", day)
                .param("verb", verb)
                .param("detail", json.writeValueAsString(detail))
                .param("basis", basis)
                .param("account", reader.signedIn() ? reader.account() : null)
                .param("at", Timestamp.from(clock.instant()))
                .query(Long.class)
                .single();
    }
}

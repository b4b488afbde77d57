package org.hemei.platform.log;

import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Ids;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The audit trail: who did what to which thing. Only inside the transaction of the change it records. */
@Component
public class Audit {

    private final JdbcClient jdbc;
    private final Ids ids;
    private final InstantSource clock;
    private final JsonMapper json;

    Audit(JdbcClient jdbc, Ids ids, InstantSource clock, JsonMapper json) {
        this.jdbc = jdbc;
        this.ids = ids;
        this.clock = clock;
        this.json = json;
    }

    /**
     * @param district six-digit code of the district it happened in; 0 where it belongs to none
     * @param action verb, such as {@code work_order.dispatch}
     * @param detail ids and codes only, never words of people
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public void record(
            Reader reader,
            int district,
            String action,
            String subjectKind,
            Object subject,
            @Nullable String area,
            Map<String, ?> detail) {
        jdbc.sql("""
                insert into audit_entry (district, id, at, account, action, subject_kind, subject_id, area, detail)
                values (:district, :id, :at, :account, :action, :kind, :subject, :area, cast(:detail as jsonb))
                """)
                .param("district", district)
                .param("id", ids.next("audit_seq"))
                .param("at", java.sql.Timestamp.from(clock.instant()))
                .param("account", reader.signedIn() ? reader.account() : null)
                .param("action", action)
                .param("kind", subjectKind)
                .param("subject", subject.toString())
                .param("area", area)
                .param("detail", json.writeValueAsString(forWhom(reader, district, area, detail)))
                .update();
    }

    /** Who stands in for somebody signs for both. What happened in no place was nobody's duty. */
    private static Map<String, ?> forWhom(Reader reader, int district, @Nullable String area, Map<String, ?> detail) {
        var place = area == null ? (district == 0 ? null : String.valueOf(district)) : area;
        var behalf = place == null ? List.<Long>of() : reader.onBehalfOf(place);
        if (behalf.isEmpty()) {
            return detail;
        }
        Map<String, Object> all = new LinkedHashMap<>(detail);
        all.put("on_behalf_of", behalf);
        return all;
    }
}

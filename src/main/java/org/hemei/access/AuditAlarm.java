package org.hemei.access;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.List;
import org.hemei.platform.log.EventConsumer;
import org.hemei.platform.notice.NoticeKinds;
import org.hemei.platform.notice.Notices;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells every audit administrator when a check finds that the log was altered. */
@Component
class AuditAlarm implements EventConsumer, NoticeKinds {

    private static final Topic TOPIC = new Topic("audit_alarm", "审计告警", "核对发现审计日志被改过", true, false).onDuty();

    private final Notices notices;
    private final InstantSource clock;
    private final JdbcClient jdbc;

    AuditAlarm(Notices notices, InstantSource clock, JdbcClient jdbc) {
        this.clock = clock;
        this.notices = notices;
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "audit-alarm";
    }

    @Override
    public void handle(List<Event> events) {
        for (var event : events) {
            if (event.kind().equals("audit.broken")) {
                var words = "核对发现 " + event.body().path("breaks").asInt() + " 处对不上，请马上看。";
                for (var auditor : auditors()) {
                    notices.send(TOPIC, auditor, event.district(), "审计日志被改过", words, "/audit/seals/" + event.subject());
                }
            }
        }
    }

    private List<Long> auditors() {
        return jdbc.sql("""
                select distinct g.account from access_grant g join account a on a.id = g.account and a.disabled_at is null
                where g.role = 'AUDIT' and g.since <= :now and (g.until is null or g.until > :now)
                """)
                .param("now", Timestamp.from(clock.instant()))
                .query(Long.class)
                .list();
    }

    @Override
    public List<Topic> more() {
        return List.of(TOPIC);
    }
}

package org.hemei.workorder.incident;

import java.sql.Timestamp;
import java.util.List;
import org.hemei.platform.log.EventConsumer;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells an incident once to everybody who lives where it is, and its updates to those who follow it or filed for it. */
@Component
class IncidentNews implements EventConsumer {

    private static final String TELL = """
            with it as (
                select i.*, x.title from incident i
                         join incident_words x on x.district = i.district and x.incident_id = i.id
                where i.district = :district and i.id = :id
            ), told as (
                select g.account
                from it
                         join estate e on e.community = it.community and (it.estate is null or e.id = it.estate)
                         join access_grant g on g.role = 'RESIDENT' and g.estate = e.id
                         left join unit u on u.id = g.unit
                where :kind = 'publish' and (it.building is null or u.building = it.building)
                  and g.since <= :at and (g.until is null or g.until > :at)
                union
                select f.account from it join incident_follower f on f.district = it.district and f.incident_id = it.id
                where :kind in ('note', 'end')
                union
                select o.reporter
                from it
                         join incident_order x on x.district = it.district and x.incident_id = it.id
                         join work_order o on o.district = x.district and o.id = x.order_id
                where :kind in ('note', 'end', 'attach') and o.reporter is not null
                  and (:kind <> 'attach' or x.order_id = any(:orders))
            )
            insert into notice (district, id, account, at, title, body, link)
            select it.district, nextval('notice_seq'), t.account, :at, :words, it.title,
                   '/incidents/' || it.district || '-' || it.id
            from told t cross join it
            where t.account <> :actor
            """;

    private final JdbcClient jdbc;

    IncidentNews(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "incident-news";
    }

    @Override
    public void handle(List<Event> events) {
        for (var event : events) {
            if (event.kind().startsWith("incident.")) {
                tell(event, event.kind().substring("incident.".length()));
            }
        }
    }

    private void tell(Event event, String kind) {
        var words = switch (kind) {
            case "publish" -> "您那里有一个通知";
            case "note" -> "通知有更新";
            case "attach" -> "您的单和这个通知是同一件事";
            case "end" -> "通知的事结束了";
            default -> "";
        };
        if (words.isEmpty()) {
            return;
        }
        var id = IncidentId.valueOf(event.subject());
        jdbc.sql(TELL)
                .param("district", id.district())
                .param("id", id.id())
                .param("kind", kind)
                .param("at", Timestamp.from(event.at()))
                .param("words", words)
                .param("orders", orders(event))
                .param("actor", event.body().get("actor").asLong())
                .update();
    }

    /** Which orders were attached just then. */
    private static Long[] orders(Event event) {
        var ids = event.body().get("orders");
        return ids == null || !ids.isArray()
                ? new Long[0]
                : ids.valueStream().map(id -> id.asLong()).toArray(Long[]::new);
    }
}

package org.hemei.workorder.incident;

import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import org.hemei.platform.log.EventConsumer;
import org.hemei.platform.notice.NoticeKinds;
import org.hemei.platform.notice.NoticeTemplates;
import org.hemei.platform.notice.Notices;
import org.hemei.platform.notice.Notices.Told;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tells an incident once to everybody who lives where it is, and its updates to those who follow it, filed for it or joined who did. */
@Component
class IncidentNews implements EventConsumer, NoticeKinds {

    private static final Topic TOPIC = new Topic("incident", "群体通知", "停水、停电、电梯停用这些碰上很多家的事", false, false);
    private static final Kind PUBLISHED = kind("publish", "发通知", "您那里有一个通知");
    private static final Kind UPDATED = kind("note", "有更新", "通知有更新");
    private static final Kind ATTACHED = kind("attach", "单子并到通知", "您的单和这个通知是同一件事");
    private static final Kind ENDED = kind("end", "结束", "通知的事结束了");

    private static final String TELL = """
            with it as (
                select i.*, x.title from incident i
                         join incident_words x on x.district = i.district and x.incident_id = i.id
                where i.district = :district and i.id = :id
            ), told as (
                select g.account
                from it
                         join estate e on e.id = it.estate or it.estate is null and e.community = it.community
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
                union
                select k.reporter
                from it
                         join incident_order x on x.district = it.district and x.incident_id = it.id
                         join work_order k on k.district = x.district and k.kept = x.order_id
                where :kind in ('note', 'end') and k.reporter is not null
                union
                select j.account
                from it
                         join incident_order x on x.district = it.district and x.incident_id = it.id
                         join me_too j on j.district = x.district and j.order_id = x.order_id
                where :kind in ('note', 'end')
            )
            select t.account, it.title
            from told t cross join it
            where t.account <> :actor
            """;

    private final JdbcClient jdbc;
    private final NoticeTemplates templates;
    private final Notices notices;

    IncidentNews(JdbcClient jdbc, NoticeTemplates templates, Notices notices) {
        this.jdbc = jdbc;
        this.templates = templates;
        this.notices = notices;
    }

    private static Kind kind(String verb, String verbWords, String title) {
        return Kind.of(
                "incident." + verb,
                "群体通知：" + verbWords,
                "resident",
                "住在那里和点过单的居民",
                TOPIC,
                new Words(title, "{incident}"),
                Map.of("incident", "11月27日 8:00—17:00 停水"));
    }

    @Override
    public List<Kind> kinds() {
        return List.of(PUBLISHED, UPDATED, ATTACHED, ENDED);
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
        var said = switch (kind) {
            case "publish" -> PUBLISHED;
            case "note" -> UPDATED;
            case "attach" -> ATTACHED;
            case "end" -> ENDED;
            default -> null;
        };
        if (said == null) {
            return;
        }
        var id = IncidentId.valueOf(event.subject());
        var told = jdbc.sql(TELL)
                .param("district", id.district())
                .param("id", id.id())
                .param("kind", kind)
                .param("at", Timestamp.from(event.at()))
                .param("orders", orders(event))
                .param("actor", event.body().get("actor").asLong())
                .query((r, n) -> new Told(
                        r.getLong("account"),
                        id.district(),
                        Map.of("incident", r.getString("title")),
                        "/incidents/" + id))
                .list();
        notices.tell(templates.book(), said, told, event.at());
    }

    /** Which orders were attached just then. */
    private static Long[] orders(Event event) {
        var ids = event.body().get("orders");
        return ids == null || !ids.isArray()
                ? new Long[0]
                : ids.valueStream().map(id -> id.asLong()).toArray(Long[]::new);
    }
}

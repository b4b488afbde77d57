package org.hemei.workorder.incident;

import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.log.EventConsumer;
import org.hemei.platform.notice.NoticeKinds;
import org.hemei.platform.notice.NoticeTemplates;
import org.hemei.platform.notice.Notices;
import org.hemei.platform.notice.Notices.Told;
import org.hemei.platform.notice.Sms;
import org.hemei.workorder.Said;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells an incident once to everybody who lives where it is, and its updates to those who follow it, filed for it or joined who did.
 * What it ended with is said in so many words, to those whose order was settled by it and to whoever phoned by text: it stands in
 * their orders as the contact.
 */
@Component
class IncidentNews implements EventConsumer, NoticeKinds {

    private static final Topic TOPIC = new Topic("incident", "群体通知", "停水、停电、电梯停用这些碰上很多家的事", false, false);
    private static final Kind PUBLISHED = kind("publish", "发通知", "您那里有一个通知");
    private static final Kind UPDATED = kind("note", "有更新", "通知有更新");
    private static final Kind ATTACHED = kind("attach", "单子并到通知", "您的单和这个通知是同一件事");
    private static final Kind ENDED = said("end", "结束", "通知的事结束了");
    private static final Kind SETTLED = said("settle", "单子办好", "通知的事，您的单办好了");
    private static final Kind TEXTED = new Kind(
            "incident.settle",
            "群体通知：单子办好",
            "caller",
            "来电（访）的人，没有账号",
            TOPIC,
            false,
            Map.of(Channel.SMS, new Words("", "【和美】您反映的事（{incident}）：{words}还没好请再打电话。")),
            List.of(Channel.SMS),
            Map.of("incident", "11月27日 8:00—17:00 停水", "words", "19 点来水了。"));

    /** What it ended with; what one side settled its orders with stands in the last step of theirs. */
    private static final String SAID = """
            coalesce((select r.words from work_order_step s
                               join work_order_remark r on r.district = s.district and r.order_id = s.order_id and r.seq = s.seq
                      where :kind = 'settle' and s.district = it.district and s.order_id = (cast(:orders as bigint[]))[1] and s.verb = 'resolve'
                      order by s.seq desc limit 1),
                     (select n.words from incident_note n
                      where n.district = it.district and n.incident_id = it.id and n.kind = 'end' order by n.seq desc limit 1), '')""";

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
                where :kind in ('note', 'end', 'attach', 'settle') and o.reporter is not null
                  and (:kind in ('note', 'end') or x.order_id = any(:orders))
                union
                select k.reporter
                from it
                         join incident_order x on x.district = it.district and x.incident_id = it.id
                         join work_order k on k.district = x.district and k.kept = x.order_id
                where (:kind in ('note', 'end') or :kind = 'settle' and x.order_id = any(:orders)) and k.reporter is not null
                union
                select j.account
                from it
                         join incident_order x on x.district = it.district and x.incident_id = it.id
                         join me_too j on j.district = x.district and j.order_id = x.order_id
                where :kind in ('note', 'end') or :kind = 'settle' and x.order_id = any(:orders)
            )
            select t.account, it.title, %s as words
            from told t cross join it
            where t.account <> :actor
            """.formatted(SAID);

    /** Whoever phoned about one of these orders, with what it was settled with. */
    private static final String PHONES = """
            select w.caller_phone_cipher as phone, x.title, %s as words
            from incident it
                     join incident_words x on x.district = it.district and x.incident_id = it.id
                     join work_order o on o.district = it.district and o.id = any(:orders) and o.reporter is null
                     join work_order_words w on w.district = o.district and w.order_id = o.id and w.caller_phone_cipher is not null
            where it.district = :district and it.id = :id
            """.formatted(SAID);

    private final JdbcClient jdbc;
    private final NoticeTemplates templates;
    private final Notices notices;
    private final Sms sms;
    private final FieldCipher cipher;

    IncidentNews(JdbcClient jdbc, NoticeTemplates templates, Notices notices, Sms sms, FieldCipher cipher) {
        this.jdbc = jdbc;
        this.templates = templates;
        this.notices = notices;
        this.sms = sms;
        this.cipher = cipher;
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

    private static Kind said(String verb, String verbWords, String title) {
        return Kind.of(
                "incident." + verb,
                "群体通知：" + verbWords,
                "resident",
                "点过单和跟着看的居民",
                TOPIC,
                new Words(title, "{incident}：{words}"),
                Map.of("incident", "11月27日 8:00—17:00 停水", "words", "19 点来水了。"));
    }

    @Override
    public List<Kind> kinds() {
        return List.of(PUBLISHED, UPDATED, ATTACHED, ENDED, SETTLED, TEXTED);
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
            // who heard of the end by its own notice is not told the same words twice
            case "settle" -> event.body().path("ended").asBoolean(false) ? null : SETTLED;
            default -> null;
        };
        if (kind.equals("settle")) {
            text(event);
        }
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
                        Map.of("incident", r.getString("title"), "words", r.getString("words")),
                        "/incidents/" + id))
                .list();
        notices.tell(templates.book(), said, told, event.at());
    }

    private void text(Event event) {
        var id = IncidentId.valueOf(event.subject());
        templates
                .book()
                .words(TEXTED, Channel.SMS)
                .ifPresent(words -> jdbc.sql(PHONES)
                        .param("district", id.district())
                        .param("id", id.id())
                        .param("kind", "settle")
                        .param("orders", orders(event))
                        .query((r, n) -> Map.entry(
                                cipher.decrypt(r.getBytes("phone")),
                                Map.of(
                                        "incident",
                                        r.getString("title"),
                                        "words",
                                        Said.texted("", r.getString("words")))))
                        .list()
                        .forEach(to -> sms.send(to.getKey(), NoticeTemplates.filled(words.text(), to.getValue()))));
    }

    /** Which orders were attached, or settled, just then. */
    private static Long[] orders(Event event) {
        var ids = event.body().get("orders");
        return ids == null || !ids.isArray()
                ? new Long[0]
                : ids.valueStream().map(id -> id.asLong()).toArray(Long[]::new);
    }
}

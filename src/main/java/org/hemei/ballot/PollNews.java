package org.hemei.ballot;

import java.sql.Timestamp;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.log.EventConsumer;
import org.hemei.platform.notice.NoticeKinds;
import org.hemei.platform.notice.NoticeTemplates;
import org.hemei.platform.notice.Notices;
import org.hemei.platform.notice.Notices.Told;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells the people of a drawn household that their ballot waits, and all of them the same that it was counted: who was told says nothing
 * of who voted.
 */
@Component
class PollNews implements EventConsumer, NoticeKinds {

    private static final Topic TOPIC = new Topic("poll", "请您家投票", "抽中了请您投，点完了请您看", false, false);
    private static final Kind OPENED = kind("poll.opened", "开始投票", "请您家投一票", "{poll}抽中了{home}。一户一票，秘密的，{until}截止。");
    private static final Kind COUNTED = kind("poll.counted", "点完票", "票点完了，来看结果", "{poll}的结果公布了。拿回执能查到您家的票算进去了。");

    private final NoticeTemplates templates;
    private final Notices notices;
    private final PollStore store;
    private final JdbcClient jdbc;

    PollNews(NoticeTemplates templates, Notices notices, PollStore store, JdbcClient jdbc) {
        this.templates = templates;
        this.notices = notices;
        this.store = store;
        this.jdbc = jdbc;
    }

    private static Kind kind(String event, String eventWords, String title, String text) {
        Map<String, String> places = new LinkedHashMap<>();
        places.put("poll", "2026 年物业服务满意度");
        places.put("home", "和平花园 3幢1单元502");
        places.put("until", "12月10日 周四 24:00");
        return new Kind(
                event,
                eventWords,
                "household",
                "抽中的住户",
                TOPIC,
                false,
                Map.of(
                        Channel.INBOX, new Words(title, text),
                        // mail travels in the open: it does not say where somebody lives
                        Channel.MAIL, new Words("和美：" + title, text.replace("{home}", "您家"))),
                List.of(Channel.INBOX, Channel.MAIL),
                places);
    }

    @Override
    public List<Kind> kinds() {
        return List.of(OPENED, COUNTED);
    }

    @Override
    public String name() {
        return "poll-news";
    }

    @Override
    public void handle(List<Event> events) {
        for (var event : events) {
            switch (event.kind()) {
                case "poll.opened" -> tell(event, OPENED);
                case "poll.counted" -> tell(event, COUNTED);
                default -> {
                    // the rest is nothing that a household has to see to
                }
            }
        }
    }

    private void tell(Event event, Kind kind) {
        store.find(Long.parseLong(event.subject())).ifPresent(poll -> {
            var until = CivilTime.near(poll.closesAt(), event.at());
            notices.tell(
                    templates.book(),
                    kind,
                    jdbc.sql("""
                                    select distinct g.account, r.district, r.estate, r.unit, e.name || ' ' || b.name || u.name as home
                                    from ballot_roll r
                                             join access_grant g on g.unit = r.unit and g.role = 'RESIDENT' and g.since <= :at
                                                                and (g.until is null or g.until > :at)
                                             join account a on a.id = g.account and a.disabled_at is null
                                             join unit u on u.id = r.unit
                                             join building b on b.id = u.building
                                             join estate e on e.id = r.estate
                                    where r.poll = :poll
                                    """)
                            .param("poll", poll.id())
                            .param("at", Timestamp.from(event.at()))
                            .query((r, n) -> new Told(
                                    r.getLong("account"),
                                    r.getInt("district"),
                                    Map.of("poll", poll.title(), "home", r.getString("home"), "until", until),
                                    kind == OPENED
                                            ? "/ballots/" + poll.id() + "/units/" + r.getLong("unit") + "/take"
                                            : "/ballot-box/" + poll.id() + "/" + r.getLong("estate")))
                            .list());
        });
    }
}

package org.hemei.ballot;

import java.sql.Timestamp;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hemei.platform.GrantHolders;
import org.hemei.platform.log.EventConsumer;
import org.hemei.platform.notice.NoticeKinds;
import org.hemei.platform.notice.NoticeTemplates;
import org.hemei.platform.notice.Notices;
import org.hemei.platform.notice.Notices.Told;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells the people of a drawn household that their ballot waits, once more when the close is near and they have none, and when somebody
 * else took their line on the roll or gave it back; all of them the same that it was counted: who was told of that says nothing of who
 * voted.
 */
@Component
class PollNews implements EventConsumer, NoticeKinds {

    private static final Topic TOPIC = new Topic("poll", "请您家投票", "抽中了请您投，点完了请您看", false, false);
    private static final Kind OPENED = kind("poll.opened", "开始投票", "请您家投一票", "{poll}抽中了{home}。一户一票，秘密的，{until}截止。");
    private static final Kind REMINDED =
            kind("poll.reminded", "快截止还没领票", "您家的票还没领", "{poll}抽中了{home}，{until}截止。秘密投；用不了手机的，向社区要一张纸票。");
    private static final Kind HANDED_OUT = kind(
            "ballot.handed_out",
            "登记领了纸票",
            "您家登记领了纸票",
            "{poll}：社区、街道或测评员登记{home}领了一张纸票。没有领过的，请当天告诉社区或街道；小区还没开始录纸票的，退了能再投。");
    private static final Kind TAKEN_BACK =
            kind("ballot.taken_back", "退了纸票", "您家登记的纸票退了", "{poll}：登记{home}领的纸票退了，没有算。您家还能再领、再投，{until}截止。");
    private static final Kind AT_THE_DOOR = kind(
            "ballot.at_the_door",
            "上门投了票",
            "您家登记上门投过票",
            "{poll}：测评员登记{home}在他的平板上投过了。没有人来过的，请告诉社区或街道。是谁登记的，审计记录里有，由审计管理员查。");
    private static final Kind COUNTED = kind("poll.counted", "点完票", "票点完了，来查您家的票", "{poll}点完了，封存了。拿回执能查到您家的票算进去了。");

    private static final Kind VOIDED =
            kind("poll.voided", "票箱作废", "您小区这次的票作废了", "{poll}：票箱打不开，或有票被改过，一张都不能算。原因公布了。您家投了什么，没有人看过。");
    private static final Kind ANNULLED =
            kind("poll.annulled", "点票作废", "您小区这次的票不算了", "{poll}：查实收票或点票有错，这个小区的票一张都不算。原因公布了。谁家投了什么，还是没有人知道。");
    private static final Kind ANNUL_HEARD = kind(
            "poll.annul_heard",
            "点票要不要作废",
            "您小区这次的票要不要作废，在听取意见",
            "{poll}：查实收票或点票有错，物业还能提异议；定下来以前，公布的票数不变，还在公示的得分先按作废算。原因公布了。谁家投了什么，还是没有人知道。");
    private static final Kind REINSTATED =
            kind("poll.reinstated", "撤销点票作废", "您小区这次的票照算", "{poll}：查实点票没有错，作废撤销了，公布过的结果照算。谁家投了什么，还是没有人知道。");
    private static final Topic TROUBLE = new Topic("poll_trouble", "投票出了问题", "票箱打不开，要您来定", false, false).onDuty();
    private static final Kind STUCK = new Kind(
            "poll.stuck",
            "票箱打不开",
            "keeper",
            "投票的主管单位",
            TROUBLE,
            false,
            words("有票箱打不开，等您查清楚、定下来", "{poll}点不下去。别的小区照常点票。"),
            List.of(Channel.INBOX, Channel.MAIL),
            Map.of("poll", "2026 年物业服务满意度"));

    private final NoticeTemplates templates;
    private final Notices notices;
    private final GrantHolders holders;
    private final PollStore store;
    private final JdbcClient jdbc;

    PollNews(NoticeTemplates templates, Notices notices, GrantHolders holders, PollStore store, JdbcClient jdbc) {
        this.templates = templates;
        this.notices = notices;
        this.holders = holders;
        this.store = store;
        this.jdbc = jdbc;
    }

    private static Map<Channel, Words> words(String title, String text) {
        // mail travels in the open: it does not say where somebody lives
        return Map.of(
                Channel.INBOX, new Words(title, text),
                Channel.MAIL, new Words("和美：" + title, text.replace("{home}", "您家")));
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
                words(title, text),
                List.of(Channel.INBOX, Channel.MAIL),
                places);
    }

    @Override
    public List<Kind> kinds() {
        return List.of(
                OPENED,
                REMINDED,
                HANDED_OUT,
                TAKEN_BACK,
                AT_THE_DOOR,
                COUNTED,
                VOIDED,
                ANNULLED,
                ANNUL_HEARD,
                REINSTATED,
                STUCK);
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
                case "poll.reminded" -> tell(event, REMINDED);
                case "ballot.handed_out" -> tell(event, HANDED_OUT);
                case "ballot.taken_back" -> tell(event, TAKEN_BACK);
                case "ballot.at_the_door" -> tell(event, AT_THE_DOOR);
                case "poll.counted" -> tell(event, COUNTED);
                case "poll.voided" -> tell(event, VOIDED);
                case "poll.annulled" ->
                    tell(event, event.body().path("heard").asBoolean(false) ? ANNUL_HEARD : ANNULLED);
                case "poll.reinstated" -> tell(event, REINSTATED);
                case "poll.stuck" -> stuck(event);
                default -> {
                    // the rest is nothing that a household has to see to
                }
            }
        }
    }

    private void stuck(Event event) {
        store.find(Long.parseLong(event.subject())).ifPresent(poll -> {
            Set<Long> keepers = new LinkedHashSet<>();
            for (var role : VoidDesk.ROLES) {
                keepers.addAll(holders.accounts(role.name(), poll.area()));
            }
            notices.tell(
                    templates.book(),
                    STUCK,
                    keepers.stream()
                            .map(account -> new Told(
                                    account,
                                    event.district(),
                                    Map.of("poll", poll.title()),
                                    "/ballots/" + poll.id() + "/void"))
                            .toList(),
                    event.at());
        });
    }

    /**
     * All households of the poll, or of the one estate that it is about, or the one household; of a count, only those whose estate has one;
     * of a close that is near, only those without a ballot.
     */
    private void tell(Event event, Kind kind) {
        store.find(Long.parseLong(event.subject())).ifPresent(poll -> {
            var until = CivilTime.nearEnd(poll.closesAt(), event.at());
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
                                             join poll_group p on p.district = r.district and p.poll = r.poll and p.estate = r.estate
                                    where r.poll = :poll and (:estate = 0 or r.estate = :estate)
                                      and (:estate <> 0 or p.voided_at is null)
                                      and (:unit = 0 or r.unit = :unit) and (not :without or r.channel is null)
                                    """)
                            .param("poll", poll.id())
                            .param("estate", event.body().path("estate").asLong())
                            .param("unit", event.body().path("unit").asLong())
                            .param("without", kind == REMINDED)
                            .param("at", Timestamp.from(event.at()))
                            .query((r, n) -> new Told(
                                    r.getLong("account"),
                                    r.getInt("district"),
                                    Map.of("poll", poll.title(), "home", r.getString("home"), "until", until),
                                    kind == OPENED || kind == REMINDED || kind == TAKEN_BACK
                                            ? "/ballots/" + poll.id() + "/units/" + r.getLong("unit") + "/take"
                                            : "/ballot-box/" + poll.id() + "/" + r.getLong("estate")))
                            .list(),
                    event.at());
        });
    }
}

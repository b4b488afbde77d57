package org.hemei.workorder.overview;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hemei.access.Role;
import org.hemei.platform.GrantHolders;
import org.hemei.platform.log.EventConsumer;
import org.hemei.platform.notice.NoticeKinds;
import org.hemei.platform.notice.NoticeTemplates;
import org.hemei.platform.notice.Notices;
import org.hemei.platform.notice.Notices.Told;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Address;
import org.hemei.registry.Areas;
import org.hemei.workorder.OrderState;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * An estate came under another community: both communities, their streets and whoever works there are told, and the one that it left
 * how many of its orders are still open, to be finished there or handed on.
 */
@Component
class MoveNews implements EventConsumer, NoticeKinds {

    private static final String MOVED = "estate.moved";
    private static final Topic TOPIC = new Topic("estate_move", "小区换社区", "小区换了负责的社区", false, false);
    private static final Kind LEFT =
            kind("left", "原社区和它的街道", "{estate} 归了 {to}", "没办完的工单还有 {open} 件，照旧在您这儿办；要交过去的，在名单里勾选“转给新社区”。");
    private static final Kind CAME =
            kind("came", "新社区和它的街道", "{estate} 归您这边了，原来归 {from}", "新工单归您受理。以前的留在原社区；原社区转来的，在“移交”里等您答复，可以勾选了一起接下。");
    private static final Kind WORKS =
            kind("works", "在那里服务的单位", "{estate} 归了 {to}", "新工单由 {to} 派。手上没办完的 {open} 件，照旧对 {from}。");
    private static final Kind STAND = kind(
            "organisation",
            "组织部门",
            "{estate} 归了 {to}，还有 {bodies} 个组织挂在 {from}",
            "小区党支部、业委会这些，请用“换上级”“随小区换社区”登记从哪天起跟过去；党支部换了，楼栋党小组自动跟着。");

    /** What happened, for the words. @param bodies of the estate that still stand in the community it left */
    private record Move(
            long estate, String name, int district, int open, int bodies, String from, String to, Instant at) {

        Map<String, String> values() {
            return Map.of(
                    "estate",
                    name,
                    "from",
                    from,
                    "to",
                    to,
                    "open",
                    String.valueOf(open),
                    "bodies",
                    String.valueOf(bodies));
        }
    }

    private final JdbcClient jdbc;
    private final GrantHolders holders;
    private final NoticeTemplates templates;
    private final Notices notices;

    MoveNews(JdbcClient jdbc, GrantHolders holders, NoticeTemplates templates, Notices notices) {
        this.jdbc = jdbc;
        this.holders = holders;
        this.templates = templates;
        this.notices = notices;
    }

    private static Kind kind(String who, String whoWords, String title, String text) {
        return Kind.of(
                MOVED,
                "小区换了社区",
                who,
                whoWords,
                TOPIC,
                new Words(title, text),
                Map.of("estate", "和美花园", "from", "竹西社区", "to", "竹东社区", "open", "3", "bodies", "2"));
    }

    @Override
    public List<Kind> kinds() {
        return List.of(LEFT, CAME, WORKS, STAND);
    }

    @Override
    public String name() {
        return "estate-move-news";
    }

    @Override
    public void handle(List<Event> events) {
        events.stream().filter(event -> event.kind().equals(MOVED)).forEach(this::tell);
    }

    private void tell(Event event) {
        var from = event.body().get("from");
        var to = event.body().get("to");
        if (from == null || to == null) {
            return; // of before places were told
        }
        var move = move(Long.parseLong(event.subject()), from.asString(), to.asString(), event.at());
        var open = "/orders?estate=" + move.estate + "&state=open";
        tell(LEFT, move, offices(from.asString()), open);
        tell(CAME, move, offices(to.asString()), "/orders?estate=" + move.estate);
        tell(WORKS, move, workers(move.estate, event.at()), open);
        if (move.bodies > 0) {
            tell(
                    STAND,
                    move,
                    holders.accounts(Role.ORGANISATION.name(), to.asString()),
                    Address.of("/bodies")
                            .with("area", from.asString())
                            .with("q", move.name)
                            .toString());
        }
    }

    private Move move(long estate, String from, String to, Instant at) {
        return jdbc.sql("""
                        select e.id as estate, e.name, e.district,
                               (select count(*) from work_order o
                                where o.district in (select district from estate_ground where estate = e.id) and o.estate = e.id
                                  and o.community = :from and o.state in (%s)) as open,
                               (select count(*) from body b
                                where b.estate = e.id and b.area = :from and b.since <= cast(:day as date)
                                  and (b.until is null or b.until > :day)) as bodies,
                               (select name from area where code = :from) as "from", (select name from area where code = :to) as "to"
                        from estate e where e.id = :estate
                        """.formatted(OrderState.OWED_SQL))
                .param("estate", estate)
                .param("from", from)
                .param("to", to)
                .param("day", CivilTime.date(at))
                .query((r, n) -> new Move(
                        r.getLong("estate"),
                        r.getString("name"),
                        r.getInt("district"),
                        r.getInt("open"),
                        r.getInt("bodies"),
                        Areas.plain(r.getString("from")),
                        Areas.plain(r.getString("to")),
                        at))
                .single();
    }

    /** The community and its street. */
    private Set<Long> offices(String community) {
        var accounts = new LinkedHashSet<>(holders.accounts(Role.COMMUNITY.name(), community));
        accounts.addAll(holders.accounts(Role.STREET.name(), community));
        return accounts;
    }

    /** Those who manage what the estate's company or a holder of its open orders does there. */
    private List<Long> workers(long estate, Instant at) {
        return jdbc.sql("""
                        select distinct g.account
                        from access_grant g join account a on a.id = g.account and a.disabled_at is null
                        where g.role = 'MANAGER' and (g.estate is null or g.estate = :estate) and g.since <= :at
                          and (g.until is null or g.until > :at)
                          and g.body in (select k.company from contract k
                                         where k.estate = :estate and k.during @> cast(:day as date)
                                         union
                                         select o.holder from work_order o
                                         where o.district in (select district from estate_ground where estate = :estate)
                                           and o.estate = :estate and o.state in (%s))
                        """.formatted(OrderState.OWED_SQL))
                .param("estate", estate)
                .param("at", Timestamp.from(at))
                .param("day", CivilTime.date(at))
                .query(Long.class)
                .list();
    }

    private void tell(Kind kind, Move move, Iterable<Long> accounts, String link) {
        var told = new ArrayList<Told>();
        accounts.forEach(account -> told.add(new Told(account, move.district, move.values(), link)));
        notices.tell(templates.book(), kind, told, move.at);
    }
}

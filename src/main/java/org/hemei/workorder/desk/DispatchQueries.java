package org.hemei.workorder.desk;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.AssistDesk;
import org.hemei.workorder.DeadlineBook;
import org.hemei.workorder.Deadlines;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.Grams;
import org.hemei.workorder.HotlineDay;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.RoutingBook;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** ① 派给谁: who can hold an order, with the load each carries and how often it took orders in time. */
@Component
class DispatchQueries {

    private static final Duration PAST = Duration.ofDays(90);
    private static final int MOST = 60;

    /**
     * @param load open orders it holds: at this estate for a company, altogether for any other body
     * @param taken orders of the last 90 days that it took in time, of {@code asked}
     */
    record Choice(long id, String name, String kind, boolean suggested, int load, int taken, int asked) {

        String kindWords() {
            return switch (kind) {
                case "company" -> "物业企业";
                case "backstop_team" -> "社区兜底队";
                case "utility" -> "水电气热企业";
                case "authority" -> "主管部门";
                case "maintenance_firm" -> "维保单位";
                case "street_department" -> "街道部门";
                case "residents_committee" -> "居委会";
                default -> "单位";
            };
        }
    }

    /** The clocks that dispatching starts, as they would stand now. */
    record Starts(
            Instant take,
            Instant contact,
            Instant resolve,
            String contactWords,
            String resolveWords,
            RoutingBook.Answer routing) {}

    private static final String CANDIDATES = """
            select b.id, case b.kind when 'company' then b.short_name || '·' || (select e.name from estate e where e.id = :estate)
                                     else b.name end as name, b.kind, b.id = :suggested as suggested,
                   (select count(*) from work_order o
                    where o.district = :district and o.holder = b.id and o.state in (%s)
                      and (b.kind <> 'company' or o.estate = :estate)) as load
            from body b
            where b.kind <> 'party_organisation' and b.since <= :today and (b.until is null or b.until > :today)
              and case b.kind
                  when 'company' then exists (select from contract c
                                              where c.company = b.id and c.estate = :estate and c.during @> cast(:today as date))
                  else :community like b.area || '%%' end
            """.formatted(OrderState.HELD_SQL);

    private final JdbcClient jdbc;
    private final DeadlineBook deadlines;
    private final RoutingBook routing;
    private final InstantSource clock;

    DispatchQueries(JdbcClient jdbc, DeadlineBook deadlines, RoutingBook routing, InstantSource clock) {
        this.jdbc = jdbc;
        this.deadlines = deadlines;
        this.routing = routing;
        this.clock = clock;
    }

    /** The estate's default holder first, then the community's backstop team. */
    List<Choice> usual(OrderView order) {
        var choices = candidates(
                order,
                " and (b.id = :suggested or b.id = default_holder(:estate, :community, :today) or b.kind = 'backstop_team')"
                        + " order by suggested desc, b.id",
                "");
        return choices.stream().map(choice -> withPast(choice, order)).toList();
    }

    /** Any other body that works here, by name. */
    List<Choice> others(OrderView order, String q) {
        return candidates(
                order,
                " and b.kind <> 'company' and position(:q in b.name) > 0 order by b.kind, b.name limit " + MOST,
                q);
    }

    private List<Choice> candidates(OrderView order, String rest, String q) {
        return jdbc.sql(CANDIDATES + rest)
                .param("estate", order.head().estateId())
                .param("today", CivilTime.date(clock.instant()))
                .param("district", order.id().district())
                .param("community", order.head().communityCode())
                .param("q", q)
                .param("suggested", routing.answer(order.id()).body(), java.sql.Types.BIGINT)
                .query((r, n) -> new Choice(
                        r.getLong("id"),
                        r.getString("name"),
                        r.getString("kind"),
                        r.getBoolean("suggested"),
                        r.getInt("load"),
                        0,
                        0))
                .list();
    }

    private Choice withPast(Choice choice, OrderView order) {
        return jdbc.sql("""
                select count(*) filter (where taken.at <= sent.due_at) as taken, count(*) as asked
                from (select district, id from work_order
                      where district = :district and holder = :body and submitted_at >= :since
                        and (cast(:estate as bigint) is null or estate = :estate) offset 0) o
                         cross join lateral (select s.seq, s.due_at from work_order_step s
                                             where s.district = o.district and s.order_id = o.id
                                               and s.verb = 'dispatch' and s.body = :body) sent
                         left join lateral (select t.at from work_order_step t
                                            where t.district = o.district and t.order_id = o.id and t.verb = 'take'
                                              and t.seq > sent.seq order by t.seq limit 1) taken on true
                where taken.at is not null or sent.due_at < :now
                """)
                .param("body", choice.id)
                .param("district", order.id().district())
                .param("since", Timestamp.from(clock.instant().minus(PAST)))
                .param("estate", choice.kind.equals("company") ? order.head().estateId() : null)
                .param("now", Timestamp.from(clock.instant()))
                .query((r, n) -> new Choice(
                        choice.id,
                        choice.name,
                        choice.kind,
                        choice.suggested,
                        choice.load,
                        r.getInt("taken"),
                        r.getInt("asked")))
                .single();
    }

    Starts starts(OrderView order) {
        var now = clock.instant();
        var rules = deadlines.current();
        var routed = routing.answer(order.id());
        var about = new Deadlines.About(order.head().categoryCode(), routed.urgency());
        var ours = rules.due(about, Timer.RESOLVE, now);
        var work = HotlineDay.nearer(ours, hotlineDue(order), now);
        return new Starts(
                rules.due(about, Timer.TAKE, now),
                rules.due(about, Timer.CONTACT, now),
                work,
                rules.rule(about, Timer.CONTACT).words(),
                work.equals(ours) ? rules.rule(about, Timer.RESOLVE).words() : "热线要求的办结日",
                routed);
    }

    private static @Nullable LocalDate hotlineDue(OrderView order) {
        var hotline = order.around().hotline();
        return hotline == null ? null : hotline.due();
    }

    /** Somebody of the holder's own who can do the work. */
    record Worker(long account, String name, String duty, int load) {}

    List<Worker> workers(OrderView order) {
        var holder = order.head().holderId();
        if (holder == null) {
            return List.of();
        }
        return jdbc.sql("""
                select a.id, p.masked_name, bool_or(g.role = 'MANAGER') as manages,
                       (select count(*) from work_order o where o.district = :district and o.holder = :holder
                          and o.assignee = a.id and o.state in (%s)) as load
                from access_grant g join account a on a.id = g.account join person p on p.id = a.person
                where g.body = :holder and g.role in ('MANAGER', 'STAFF') and (g.estate is null or g.estate = :estate)
                  and g.since <= :now and (g.until is null or g.until > :now) and a.disabled_at is null
                group by a.id, p.masked_name
                order by manages, load, a.id
                limit %d
                """.formatted(OrderState.IN_HAND_SQL, MOST))
                .param("holder", holder)
                .param("district", order.id().district())
                .param("estate", order.head().estateId())
                .param("now", Timestamp.from(clock.instant()))
                .query((r, n) -> new Worker(
                        r.getLong("id"),
                        r.getString("masked_name"),
                        r.getBoolean("manages") ? "项目经理" : "员工",
                        r.getInt("load")))
                .list();
    }

    /** Bodies that can be asked to help here: those that work here, but the holder and those already asked. */
    List<Choice> helpers(OrderView order, String q) {
        var busy = new ArrayList<Long>();
        order.assists().stream().filter(AssistLine::open).forEach(a -> busy.add(a.bodyId()));
        if (order.head().holderId() != null) {
            busy.add(order.head().holderId());
        }
        return jdbc.sql("""
                select b.id, b.name, b.kind,
                       (select count(*) from assist_task a where a.body = b.id and a.state in ('asked', 'accepted')) as load
                from body b
                where %s and not b.id = any(:busy) and position(:q in b.name) > 0
                order by b.kind = 'company', b.kind, b.name
                limit %d""".formatted(AssistDesk.HELPS_SQL, MOST))
                .param("today", CivilTime.date(clock.instant()))
                .param("community", order.head().communityCode())
                .param("busy", busy.toArray(Long[]::new))
                .param("q", q)
                .query((r, n) -> new Choice(
                        r.getLong("id"), r.getString("name"), r.getString("kind"), false, r.getInt("load"), 0, 0))
                .list();
    }

    /** Another open order of the estate that may be about the same. */
    record Twin(
            OrderId id,
            Instant submittedAt,
            String title,
            @Nullable String building,
            OrderState state,
            int shared) {
        String number() {
            return id.number(submittedAt);
        }
    }

    /** By the words they share and the category; the likeliest first. */
    List<Twin> twins(OrderView order) {
        var terms = Grams.of(order.head().title(), order.head().words());
        return jdbc.sql("""
                select * from (
                    select o.district, o.id, o.submitted_at, w.title, b.name as building_name, o.state,
                           (select count(*) from unnest(w.grams) g where g = any(cast(:terms as text[])))
                               + case when o.category = mine.category then 3 else 0 end
                               + case when o.building = mine.building then 2 else 0 end as shared
                    from work_order mine
                             join work_order o on o.district = mine.district and o.estate = mine.estate
                             join work_order_words w on w.district = o.district and w.order_id = o.id
                             left join building b on b.id = o.building
                    where mine.district = :district and mine.id = :id and o.id <> mine.id
                      and o.submitted_at > mine.submitted_at - interval '30 days'
                      and o.state in (%s)
                ) likely
                where shared >= 5
                order by shared desc, submitted_at desc
                limit 5
                """.formatted(OrderState.OWED_SQL))
                .param("terms", terms)
                .param("district", order.id().district())
                .param("id", order.id().id())
                .query((r, n) -> new Twin(
                        new OrderId(r.getInt("district"), r.getLong("id")),
                        r.getTimestamp("submitted_at").toInstant(),
                        r.getString("title"),
                        r.getString("building_name"),
                        OrderState.of(r.getString("state")),
                        r.getInt("shared")))
                .list();
    }
}

package org.hemei.demo;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.hemei.access.Readers;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.ClockDesk;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.TimeDesk;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The clocks of the demo city: every open order gets its own, what ran out in the last days goes up the line, and around the
 * showcase some holders have asked for time, by the same desks as everybody.
 */
@Component
class TimeStories {

    private record Matter(OrderId order, int version, long manager, long community) {}

    private static final List<String> LONGER = List.of("门禁主板要从厂家调货，周五到。", "要等两户都在家才能开管井。", "材料批下来了，工人下周一才排得上。");

    private final JdbcClient jdbc;
    private final ClockDesk clocks;
    private final TimeDesk time;
    private final Readers readers;

    TimeStories(JdbcClient jdbc, ClockDesk clocks, TimeDesk time, Readers readers) {
        this.jdbc = jdbc;
        this.clocks = clocks;
        this.time = time;
        this.readers = readers;
    }

    void tell(Instant now) {
        clocks.begin(overdue(now));
        while (clocks.adopt() > 0) {
            // batch by batch, until every open order has its clock
        }
        clocks.fireAll();
        var matters = inHand(now);
        for (int i = 0; i < matters.size(); i++) {
            ask(matters.get(i), i, now);
        }
    }

    /** What ran out in the last two days: the clock goes through it as after a short halt. */
    private List<OrderId> overdue(Instant now) {
        return jdbc.sql("""
                select district, id from work_order
                where state in (%s) and due_at < :now and due_at > :since order by due_at limit 60
                """.formatted(OrderState.OWED_SQL))
                .param("now", Timestamp.from(now))
                .param("since", Timestamp.from(now.minusSeconds(2 * 86_400)))
                .query((r, n) -> new OrderId(r.getInt("district"), r.getLong("id")))
                .list();
    }

    /** Companies' orders that are being worked on, two of each community, the showcase's first. */
    private List<Matter> inHand(Instant now) {
        return jdbc.sql("""
                select * from (
                    select o.district, o.id, o.version, o.community,
                           (select min(g.account) from access_grant g
                            where g.role = 'MANAGER' and g.body = o.holder and (g.estate is null or g.estate = o.estate)) as manager,
                           (select min(g.account) from access_grant g
                            where g.role = 'COMMUNITY' and g.area = o.community) as desk,
                           row_number() over (partition by o.community order by o.id) as rank
                    from work_order o join body h on h.id = o.holder
                    where o.state = 'in_progress' and o.contacted_at is not null and not o.contact_denied and o.resolve_due > :soon and h.kind = 'company'
                      and coalesce(o.deadline_class, o.urgency) in ('ordinary', 'complex')) o
                where manager is not null and desk is not null and manager <> desk
                  and rank <= case when community = '340111002004' then 4 else 1 end
                order by community <> '340111002004', id limit 14
                """)
                .param("soon", Timestamp.from(now.plusSeconds(3600)))
                .query((r, n) -> new Matter(
                        new OrderId(r.getInt("district"), r.getLong("id")),
                        r.getInt("version"),
                        r.getLong("manager"),
                        r.getLong("desk")))
                .list();
    }

    private void ask(Matter matter, int index, Instant now) {
        var manager = reader(matter.manager);
        var community = reader(matter.community);
        var id = matter.order;
        if (index % 2 == 0) {
            time.askExtension(manager, id, matter.version, 2 + index % 3, LONGER.get(index % LONGER.size()));
            if (index % 6 == 4) {
                time.grantExtension(community, id, matter.version + 1, "请提前一天告诉居民。");
            }
            return;
        }
        var obstacle = index % 4 == 1 ? "parts" : "access";
        var said = obstacle.equals("parts") ? "水泵电机停产了，厂家下周发替代件。" : "楼上住户出差，约好回来再进门查。";
        var until = CivilTime.date(now).plusDays(7 + index % 5);
        time.askSuspension(manager, id, matter.version, obstacle, until, said);
        if (index % 4 == 1) {
            time.grantSuspension(community, id, matter.version + 1, "");
        }
    }

    private Reader reader(long account) {
        return readers.of(account).orElseThrow();
    }
}

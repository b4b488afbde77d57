package org.hemei.demo;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import org.hemei.access.Readers;
import org.hemei.platform.Reader;
import org.hemei.platform.time.ToldTime;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.incident.IncidentDesk;
import org.hemei.workorder.incident.IncidentOrders;
import org.hemei.workorder.incident.IncidentSettling;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What many are told of at once around the showcase, by the same desks as everybody. */
@Component
class IncidentStories {

    private final JdbcClient jdbc;
    private final Readers readers;
    private final IncidentDesk incidents;
    private final IncidentOrders attaching;
    private final IncidentSettling settling;

    IncidentStories(
            JdbcClient jdbc,
            Readers readers,
            IncidentDesk incidents,
            IncidentOrders attaching,
            IncidentSettling settling) {
        this.jdbc = jdbc;
        this.readers = readers;
        this.incidents = incidents;
        this.attaching = attaching;
        this.settling = settling;
    }

    /** One runs, with its orders; one is over. */
    void tell(Instant now) {
        var account = jdbc.sql("select min(account) from access_grant where role = 'COMMUNITY' and area = ?")
                .param(OrderPlans.SHOWCASE_COMMUNITY)
                .query(Long.class)
                .single();
        var desk = readers.of(account).orElseThrow();
        var estates = jdbc.sql("""
                select e.id from estate e
                where e.community = ? order by (select count(*) from work_order o
                    where o.district = e.district and o.estate = e.id and o.state = 'in_progress') desc, e.id limit 2
                """)
                .param(OrderPlans.SHOWCASE_COMMUNITY)
                .query(Long.class)
                .list();
        ToldTime.at(now.minus(Duration.ofHours(3)), () -> running(desk, estates.getFirst(), now));
        ToldTime.at(now.minus(Duration.ofHours(29)), () -> over(desk, estates.getLast(), now));
    }

    private void running(Reader desk, long estate, Instant now) {
        var running = incidents.publish(
                desk,
                new IncidentDesk.Draft(
                        "",
                        estate,
                        null,
                        "facility",
                        "电路检修，电梯和楼道灯间断停用",
                        "配电房换变压器，电梯、楼道灯和门禁会断断续续停。老人出门请打小区电话，值班员陪送。",
                        now.plus(Duration.ofHours(9))));
        var affected = jdbc.sql("""
                select o.district, o.id from work_order o
                where o.district = 340111 and o.estate = ? and o.category in ('facility.lift', 'facility.light', 'facility.door')
                  and o.state in ('submitted', 'awaiting_dispatch', 'dispatched', 'in_progress') and o.submitted_at > ?
                order by o.id limit 12
                """)
                .params(estate, Timestamp.from(now.minus(Duration.ofDays(25))))
                .query((r, n) -> new OrderId(r.getInt("district"), r.getLong("id")))
                .list();
        if (!affected.isEmpty()) {
            ToldTime.at(now.minus(Duration.ofMinutes(95)), () -> attaching.attach(desk, running, 1, affected));
            ToldTime.at(
                    now.minus(Duration.ofMinutes(50)),
                    () -> incidents.note(desk, running, 2, "新变压器到了，先装 1 幢到 4 幢。", now.plus(Duration.ofHours(8))));
        }
    }

    private void over(Reader desk, long estate, Instant now) {
        var over = incidents.publish(
                desk,
                new IncidentDesk.Draft(
                        "",
                        estate,
                        null,
                        "utility",
                        "水箱清洗停水 3 小时",
                        "今天上午清洗水箱，请提前接好水。",
                        now.minus(Duration.ofHours(26))));
        ToldTime.at(
                now.minus(Duration.ofHours(26)).minusSeconds(600),
                () -> settling.end(desk, over, 1, "清洗好了，已经来水。先放几分钟再用。"));
    }
}

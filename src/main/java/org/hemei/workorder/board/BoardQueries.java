package org.hemei.workorder.board;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.db.Where;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.list.AreaQueries;
import org.hemei.workorder.list.Fact;
import org.hemei.workorder.list.OrderScope;
import org.hemei.workorder.rollup.OrderCounts;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a board shows beside the counts: whose it is, where its estates lie, what went past its deadline lately. */
@Component
class BoardQueries {

    private static final int DISTRICT_DIGITS = 6;

    /** An estate with what is open there; where it lies, in degrees, null where nobody knows. */
    record Spot(
            long id,
            String name,
            int open,
            int overdue,
            @Nullable Double longitude,
            @Nullable Double latitude,
            boolean sample) {}

    private final JdbcClient jdbc;

    BoardQueries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Every desk of the reader's: areas, widest first, then the bodies they answer for. */
    List<Desk> desks(Reader reader) {
        var desks = new ArrayList<Desk>();
        for (var code : OrderScope.roots(reader)) {
            desks.add(new Desk(name("select name from area where code = ?", code), code, null, null));
        }
        for (var grant : reader.scope(Role.MANAGER).grants()) {
            if (grant.body() != null) {
                var body = name("select short_name from body where id = ?", grant.body());
                var estate = grant.estate() == null
                        ? ""
                        : "·" + name("select name from estate where id = ?", grant.estate());
                desks.add(new Desk(body + estate, null, grant.body(), grant.estate()));
            }
        }
        return desks.stream().distinct().toList();
    }

    /** An area below one of the reader's; null when there is none. */
    @Nullable
    Desk area(String code) {
        return jdbc.sql("select name from area where code = ?")
                .param(code)
                .query(String.class)
                .optional()
                .map(name -> new Desk(AreaQueries.plain(name), code, null, null))
                .orElse(null);
    }

    private String name(String sql, Object id) {
        return AreaQueries.plain(
                jdbc.sql(sql).param(id).query(String.class).optional().orElse("—"));
    }

    /** Estates with open orders, most first. */
    List<Spot> spots(Desk desk, int most) {
        var where = new Where();
        String scope;
        if (desk.isArea()) {
            scope = "'e' || e.id";
            where.and("e.community like :area", "area", desk.area() + "%");
        } else {
            scope = "'h' || cast(:body as text) || 'e' || e.id";
            where.and(
                    "e.id in (select cast(split_part(p.scope, 'e', 2) as bigint) from order_count p"
                            + " where p.scope like 'h' || cast(:body as text) || 'e%' and p.topic = '')",
                    "body", desk.body() == null ? 0L : desk.body());
            if (desk.estate() != null) {
                where.and("e.id = :estate", "estate", desk.estate());
            }
        }
        return jdbc.sql("""
                select e.id, e.name, sum(c.open) as open, sum(c.overdue) as overdue, e.longitude / 1000000.0 as longitude,
                       e.latitude / 1000000.0 as latitude, coalesce(e.located = 'sample', false) as sample
                from estate e join estate_ground g on g.estate = e.id join order_count c on c.district = g.district and c.scope = %s and c.topic = ''
                where %s
                group by e.id having sum(c.open) > 0
                order by sum(c.open) desc, e.id limit %d
                """.formatted(scope, where.sql(), most))
                .params(where.params())
                .query(Spot.class)
                .list();
    }

    /** What was said most since a day about one holder at one estate: few enough to be counted themselves. */
    List<OrderCounts.Topic> topics(Desk project, LocalDate since) {
        return jdbc.sql("""
                select top.code, top.name, count(*) as filed, count(*) filter (where %s) as open
                from work_order o join category c on c.code = o.category join category top on top.code = coalesce(c.parent, c.code)
                where o.district in (select district from estate_ground where estate = :estate) and o.estate = :estate and o.holder = :body
                  and o.submitted_at >= :since
                group by top.code, top.name order by count(*) desc, top.code limit 12
                """.formatted(Fact.OPEN.condition()))
                .param("estate", project.estate())
                .param("body", project.body())
                .param("since", Timestamp.from(CivilTime.startOf(since)))
                .query(OrderCounts.Topic.class)
                .list();
    }

    /** What became worse since the beginning of yesterday. */
    record Changes(int late, int unsolved, int supervised) {}

    /** Few of what is open, so they are counted themselves. */
    Changes sinceYesterday(Desk desk, Instant now) {
        return new Changes(
                count(desk, Fact.LATE_SINCE_YESTERDAY, now),
                count(desk, Fact.UNSOLVED_SINCE_YESTERDAY, now),
                count(desk, Fact.SUPERVISED_SINCE_YESTERDAY, now));
    }

    private int count(Desk desk, Fact fact, Instant now) {
        var where = new Where().and(fact.condition()).with("now", Timestamp.from(now));
        if (desk.isArea()) {
            var area = desk.area() == null ? "" : desk.area();
            where.and("o.community like :area", "area", area + "%");
            if (area.length() >= DISTRICT_DIGITS) {
                where.and("o.district = :district", "district", Integer.valueOf(area.substring(0, DISTRICT_DIGITS)));
            }
        } else {
            where.and("o.holder = :body", "body", desk.body() == null ? 0L : desk.body());
            if (desk.estate() != null) {
                where.and("o.estate = :estate", "estate", desk.estate())
                        .and("o.district in (select district from estate_ground where estate = :estate)");
            }
        }
        return jdbc.sql("select count(*) from work_order o where " + where.sql())
                .params(where.params())
                .query(Integer.class)
                .single();
    }
}

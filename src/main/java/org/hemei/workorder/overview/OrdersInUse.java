package org.hemei.workorder.overview;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.registry.EstateInUse;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.list.OrderScope;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Open orders of an estate, and notices of incidents that still run there. */
@Component
class OrdersInUse implements EstateInUse {

    private static final int AFTER_HOMES = 30;

    private final JdbcClient jdbc;

    OrdersInUse(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public int order() {
        return AFTER_HOMES;
    }

    @Override
    public List<Use> uses(Reader reader, Place place, LocalDate day) {
        var uses = new ArrayList<Use>();
        var open = jdbc.sql("""
                        select count(*) from work_order o
                        where o.district in (select district from estate_ground where estate = :estate) and o.estate = :estate
                          and o.state in (%s)
                        """.formatted(OrderState.OPEN_SQL))
                .param("estate", place.estate())
                .query(Integer.class)
                .single();
        if (open > 0) {
            uses.add(new Use(
                    "还有 " + open + " 件工单没有结束。请先办结。",
                    OrderScope.onDuty(reader) ? "/orders?estate=" + place.estate() + "&state=open" : null));
        }
        var sees = reader.scope(Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY)
                .covers(place.community());
        uses.addAll(jdbc.sql("select district, id from incident where estate = ? and state = 'running' order by id")
                .param(place.estate())
                .query((r, n) -> new Use(
                        "停水停电一类的通知还没有结束。请发通知的单位先结束。",
                        sees ? "/incidents/" + r.getInt("district") + "-" + r.getLong("id") : null))
                .list());
        return uses;
    }
}

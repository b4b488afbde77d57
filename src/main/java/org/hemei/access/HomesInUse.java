package org.hemei.access;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.EstateInUse;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Residents who are bound to homes of an estate, or ask to be. */
@Component
class HomesInUse implements EstateInUse {

    private static final int AFTER_REGISTRY = 20;

    private final JdbcClient jdbc;
    private final InstantSource clock;

    HomesInUse(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public int order() {
        return AFTER_REGISTRY;
    }

    @Override
    public List<Use> uses(Reader reader, Place place, LocalDate day) {
        var uses = new ArrayList<Use>();
        var community = reader.scope(Role.COMMUNITY).covers(place.community());
        var today = CivilTime.date(clock.instant());
        jdbc.sql("""
                        select upper(m.during) is null or upper(m.during) > :today as bound, count(distinct m.person) as people,
                               max(upper(m.during)) as gone
                        from household_member m join unit u on u.id = m.unit
                        where u.estate = :estate and (upper(m.during) is null or upper(m.during) > :day)
                        group by 1 order by 1 desc
                        """)
                .param("estate", place.estate())
                .param("day", day)
                .param("today", today)
                .query((r, n) -> new Use(
                        r.getBoolean("bound")
                                ? "还有 " + r.getInt("people") + " 位住户绑定着这里的房屋。请社区在“住户”里先解除。"
                                : "有 " + r.getInt("people") + " 位住户的绑定那天以后才解除。注销的日子请填 "
                                        + CivilTime.day(r.getObject("gone", LocalDate.class)) + " 或以后。",
                        community && r.getBoolean("bound") ? "/community/households?estate=" + place.estate() : null))
                .list()
                .forEach(uses::add);
        var waiting = jdbc.sql("""
                        select count(*) from binding_request r join unit u on u.id = r.unit
                        where u.estate = ? and r.status = 'waiting'
                        """).param(place.estate()).query(Integer.class).single();
        if (waiting > 0) {
            uses.add(new Use("还有 " + waiting + " 个绑定房屋的申请等社区办。请社区先办。", community ? "/community/bindings" : null));
        }
        return uses;
    }
}

package org.hemei.workorder.incident;

import java.time.InstantSource;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.list.AreaQueries;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** For whom an incident can be published, and what about. */
@Component
class IncidentPlaces {

    /** @param key c:community, e:estate or b:estate:building */
    record Place(String key, String name, int level) {}

    record Kind(String code, String name, boolean leaf) {}

    private final JdbcClient jdbc;
    private final InstantSource clock;

    IncidentPlaces(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The community its whole area, its estates and their buildings; a holder the estates it answers for. */
    List<Place> of(Reader reader) {
        return jdbc.sql("""
                with mine as (
                    select e.id, e.name, e.community, e.community like any(:areas) as whole from estate_now e
                    where e.community like any(:areas)
                       or e.id = any(:estates)
                       or default_holder(e.id, :today) = any(:bodies)
                          and e.community in (select x.community from estate x join contract k on k.estate = x.id
                                              where k.company = any(:bodies)
                                              union select b.area from body b where b.id = any(:bodies))
                )
                select key, name, level from (
                    select distinct 'c:' || a.code as key, a.name || '·全部小区' as name, 0 as level, a.code as one,
                           '' as two, 0 as three
                    from area a join mine m on m.community = a.code and m.whole
                    union all
                    select 'e:' || m.id, m.name, 1, m.community, m.name, 0 from mine m
                    union all
                    select 'b:' || m.id || ':' || b.id, m.name || ' ' || b.name, 2, m.community, m.name, b.position + 1
                    from mine m join building b on b.estate = m.id
                ) places order by one, two, three, name limit 2000
                """)
                .param("areas", reader.scope(Role.COMMUNITY).patterns())
                .param("estates", reader.scope(Role.MANAGER).estates())
                .param("bodies", reader.scope(Role.MANAGER).bodies())
                .param("today", CivilTime.date(clock.instant()))
                .query((r, n) -> new Place(
                        r.getString("key"),
                        r.getInt("level") == 0
                                ? AreaQueries.plain(r.getString("name").replace("·全部小区", "")) + "·全部小区"
                                : r.getString("name"),
                        r.getInt("level")))
                .list();
    }

    List<Kind> categories() {
        return jdbc.sql("""
                select c.code, c.name, c.parent is not null as leaf
                from category c left join category p on p.code = c.parent
                where c.active order by coalesce(p.position, c.position), coalesce(p.code, c.code), c.parent nulls first, c.position
                """).query(Kind.class).list();
    }
}

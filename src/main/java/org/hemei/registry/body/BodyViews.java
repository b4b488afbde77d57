package org.hemei.registry.body;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.hemei.platform.Scope;
import org.hemei.registry.Areas;
import org.hemei.registry.Bodies;
import org.hemei.registry.SmallCount;
import org.hemei.registry.people.PartyCounts;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads one body for its page. */
@Component
class BodyViews {

    private record Head(
            int version,
            String areaName,
            @Nullable String estateName,
            @Nullable String estateArea,
            @Nullable String successorName,
            @Nullable Long successor,
            @Nullable String ending) {}

    private final JdbcClient jdbc;
    private final Bodies bodies;
    private final PartyCounts counts;

    BodyViews(JdbcClient jdbc, Bodies bodies, PartyCounts counts) {
        this.jdbc = jdbc;
        this.bodies = bodies;
        this.counts = counts;
    }

    /** Within the scope, by where it stood on that day or stands now. */
    Optional<BodyView> one(Scope scope, long id, LocalDate on) {
        return bodies.find(id, on).filter(body -> scope.covers(body.area())).map(body -> {
            var head = head(id, body.area());
            return new BodyView(
                    body,
                    head.version(),
                    Areas.plain(head.areaName()),
                    head.estateName(),
                    head.estateArea(),
                    head.successorName(),
                    head.successor(),
                    head.ending(),
                    bodies.path(id, on),
                    bodies.children(id, on),
                    names(id, body),
                    holders(id, on),
                    buildings(id, on),
                    counts.ofOrganisation(id, on),
                    joined(id, on),
                    changes(id));
        });
    }

    private Head head(long id, String area) {
        return jdbc.sql("""
                        select b.version, a.name as area_name, e.name as estate_name, e.community as estate_area, s.name as successor_name, b.successor, b.ending
                        from body b
                                 join area a on a.code = :area
                                 left join estate e on e.id = b.estate
                                 left join body s on s.id = b.successor
                        where b.id = :id
                        """)
                .param("id", id)
                .param("area", area)
                .query(Head.class)
                .single();
    }

    private List<BodyView.OneName> names(long id, Bodies.Body body) {
        var names = jdbc.sql("""
                        select name, short_name as brief, lower(during) as from_day, upper(during) as until_day
                        from body_name where body = ? order by lower(during) desc
                        """)
                .param(id)
                .query((r, n) -> new BodyView.OneName(
                        r.getString("name"), r.getString("brief"), day(r, "from_day"), day(r, "until_day")))
                .list();
        return names.isEmpty()
                ? List.of(new BodyView.OneName(body.name(), body.shortName(), body.since(), body.until()))
                : names;
    }

    private List<BodyView.Holder> holders(long id, LocalDate on) {
        return jdbc.sql("""
                        select a.id, a.post, p.masked_name, lower(a.during) as from_day, upper(a.during) as until_day
                        from appointment a join person p on p.id = a.person join post t on t.name = a.post
                        where a.body = :id and a.during @> cast(:on as date)
                        order by t.rank, lower(a.during), a.id limit :most
                        """)
                .param("most", BodyView.SHOWN + 1)
                .param("id", id)
                .param("on", on)
                .query((r, n) -> new BodyView.Holder(
                        r.getLong("id"),
                        r.getString("post"),
                        r.getString("masked_name"),
                        day(r, "from_day"),
                        day(r, "until_day")))
                .list();
    }

    private List<String> buildings(long id, LocalDate on) {
        return jdbc.sql("""
                        select case when count(*) over (partition by u.name) > 1 then e.name || u.name else u.name end
                        from body_building bb join building u on u.id = bb.building join estate e on e.id = u.estate
                        where bb.body = ? and bb.during @> cast(? as date) order by e.name, u.position, u.name
                        """).params(id, on).query(String.class).list();
    }

    private SmallCount joined(long id, LocalDate on) {
        return SmallCount.of(
                jdbc.sql("""
                        select count(*) from party_membership
                        where organisation = :id and kind = 'joined' and during @> cast(:on as date)
                        """).param("id", id).param("on", on).query(Long.class).single());
    }

    /** Ids of bodies in the detail are shown by name. */
    List<BodyView.Change> changes(long id) {
        return jdbc.sql("""
                        select c.id, c.day, case when along and c.body in (select body from company union all select id from body where company is not null) then 'seated'
                                    when along then 'relocated'
                                    when c.verb = 'taken_back' and c.detail ->> 'verb' = 'name_corrected' then 'name_taken_back' else c.verb end as verb,
                               coalesce(fa.name, f.short_name, c.detail ->> 'from', jsonb_array_length(c.detail -> 'gone')::text) as from_words,
                               coalesce(ta.name, t.short_name, c.detail ->> 'to', jsonb_array_length(c.detail -> 'added')::text) as to_words, c.basis, p.masked_name, c.at,
                               exists (select from body_change later
                                       where later.body = c.body and later.verb = 'corrected'
                                         and later.detail ->> 'change' = c.id::text) as corrected,
                               exists (select from body_change later
                                       where later.body = c.body and later.verb = 'taken_back'
                                         and later.detail ->> 'change' = c.id::text) as taken_back,
                               exists (select from body_change later
                                       where later.body = c.body and later.verb = 'restored'
                                         and later.detail ->> 'change' = c.id::text) as restored,
                               c.verb = 'merged' and c.detail ->> 'from' is distinct from c.body::text as other
                        from body_change c
                                 -- no other parent: along with its estate to another community
                                 cross join lateral (select c.verb = 'moved' and c.detail ->> 'to' is null
                                                            and c.detail ->> 'area' is not null as along) how
                                 left join area fa on along and fa.code = c.detail ->> 'area_before'
                                 left join area ta on along and ta.code = c.detail ->> 'area'
                                 left join body f on (c.verb in ('moved', 'merged') or c.verb = 'taken_back') and f.id::text = c.detail ->> 'from'
                                 left join body t on (c.verb in ('moved', 'merged') or c.verb = 'taken_back') and t.id::text = c.detail ->> 'to'
                                 left join account a on a.id = c.account
                                 left join person p on p.id = a.person
                        where c.body = ? order by c.id desc limit 200
                        """)
                .param(id)
                .query((r, n) -> new BodyView.Change(
                        r.getLong("id"),
                        day(r, "day"),
                        r.getString("verb"),
                        plain(r.getString("from_words")),
                        plain(r.getString("to_words")),
                        r.getString("basis"),
                        r.getString("masked_name"),
                        r.getTimestamp("at").toInstant(),
                        r.getBoolean("corrected"),
                        r.getBoolean("taken_back"),
                        r.getBoolean("restored"),
                        r.getBoolean("other")))
                .list();
    }

    private static @Nullable String plain(@Nullable String name) {
        return name == null ? null : Areas.plain(name);
    }

    private static LocalDate day(ResultSet r, String column) throws SQLException {
        return r.getObject(column, LocalDate.class);
    }
}

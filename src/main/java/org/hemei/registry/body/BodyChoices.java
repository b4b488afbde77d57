package org.hemei.registry.body;

import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.hemei.registry.Bodies;
import org.hemei.registry.BodyKind;
import org.hemei.registry.Office;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the forms offer to choose from. */
@Component
class BodyChoices {

    /** @param taken whether one of the kind stands there already */
    record EstateChoice(long id, String name, boolean taken) {}

    /** @param own whether the group that is asked about has it */
    record Building(long id, String name, @Nullable String group, boolean own) {}

    /** What cannot be chosen, since another group has it: the names of the buildings by that group, in the order of the estate. */
    static Map<String, String> taken(List<Building> buildings) {
        return buildings.stream()
                .filter(building -> building.group() != null && !building.own())
                .collect(Collectors.groupingBy(
                        building -> Objects.requireNonNull(building.group()),
                        LinkedHashMap::new,
                        Collectors.mapping(Building::name, Collectors.joining("、"))));
    }

    record Company(long id, String name) {}

    /** So many can be chosen from at once. */
    static final int MOST = 500;

    private final JdbcClient jdbc;
    private final BodyFacts facts;
    private final BodyStore store;

    BodyChoices(JdbcClient jdbc, BodyFacts facts, BodyStore store) {
        this.jdbc = jdbc;
        this.facts = facts;
        this.store = store;
    }

    List<Bodies.Body> parents(BodyView view, LocalDate today) {
        var now =
                view.path().size() > 1 ? view.path().get(view.path().size() - 2).id() : 0;
        return facts
                .place(view.body().area(), view.body().estate())
                .map(place -> facts.parents(view.kind(), place, today))
                .orElse(List.of())
                .stream()
                .filter(parent -> view.astray() || parent.id() != now)
                .toList();
    }

    /**
     * Others of the kind that this reader keeps as well, the nearest first.
     *
     * @param q part of the name; a city has more companies than a list can hold
     */
    List<Bodies.Body> successors(Reader reader, BodyView view, LocalDate today, String q) {
        return jdbc.sql("select " + Bodies.COLUMNS + " from body b " + Bodies.NAMES + """
                        where coalesce(b.party_kind, b.kind) = :kind and b.id <> :id and b.until is null and b.since <= :on
                          and coalesce(ba.area, b.area) like any(:patterns)
                          and (:q = '' or position(:q in b.name) > 0 or position(:q in b.short_name) > 0)
                        order by coalesce(ba.area, b.area) <> :area, left(coalesce(ba.area, b.area), 9) <> left(:area, 9),
                                 coalesce(ba.area, b.area), b.id
                        limit %d
                        """.formatted(MOST))
                .param("kind", view.kind().code())
                .param("id", view.body().id())
                .param("on", today)
                .param("area", view.body().area())
                .param("patterns", BodyOffices.keepers(reader).patterns())
                .param("q", q)
                .query(Bodies::read)
                .list();
    }

    Running running(BodyView view, LocalDate day) {
        return facts.running(store.peek(view.body().id()), day);
    }

    List<EstateChoice> estates(BodyKind kind, String community, LocalDate day) {
        return jdbc.sql("""
                        select e.id, e.name,
                               exists (select from body b where b.estate = e.id and coalesce(b.party_kind, b.kind) = :kind
                                                            and (b.until is null or b.until > :day)) as taken
                        from estate_now e where e.community = :community order by e.name limit 300
                        """)
                .param("kind", kind.code())
                .param("community", community)
                .param("day", day)
                .query(EstateChoice.class)
                .list();
    }

    /** The buildings of an estate, with the group that looks after each. */
    List<Building> buildings(long estate, LocalDate day) {
        return jdbc.sql("""
                        select u.id, u.name,
                               (select b.short_name from body_building bb join body b on b.id = bb.body
                                where bb.building = u.id and (upper(bb.during) is null or upper(bb.during) > :day)
                                  and (b.until is null or b.until > :day) limit 1) as held
                        from building u where u.estate = :estate order by u.position, u.name
                        """)
                .param("estate", estate)
                .param("day", day)
                .query((r, n) -> new Building(r.getLong("id"), r.getString("name"), r.getString("held"), false))
                .list();
    }

    /** For a group that is there: the buildings of its estate, and those of another one that it came to look after. */
    List<Building> buildings(Bodies.Body group, LocalDate day) {
        return jdbc.sql("""
                        select u.id, case when u.estate = :estate then u.name else e.name || u.name end as name, own.yes as own,
                               (select b.short_name from body_building bb join body b on b.id = bb.body
                                where bb.building = u.id and bb.body <> :group and (upper(bb.during) is null or upper(bb.during) > :day)
                                  and (b.until is null or b.until > :day) limit 1) as held
                        from building u
                                 join estate e on e.id = u.estate
                                 cross join lateral (select exists (select from body_building m
                                                                    where m.building = u.id and m.body = :group
                                                                      and m.during @> cast(:day as date)) as yes) own
                        where u.estate = :estate or own.yes
                        order by u.estate <> :estate, e.name, u.position, u.name
                        """)
                .param("estate", group.estate())
                .param("group", group.id())
                .param("day", day)
                .query((r, n) ->
                        new Building(r.getLong("id"), r.getString("name"), r.getString("held"), r.getBoolean("own")))
                .list();
    }

    /** Companies of the area that no organisation covers on that day. */
    List<Company> uncovered(Reader reader, LocalDate day) {
        Scope scope = reader.scope(Office.ORGANISATION, Office.HOUSING);
        return jdbc.sql("""
                        select b.id, b.name from body b
                        where b.kind = 'company' and b.area like any(:patterns) and b.until is null
                          and not exists (select from company_coverage c
                                          where c.company = b.id and c.organisation is not null
                                            and (upper(c.during) is null or upper(c.during) > :day))
                        order by b.name limit 1000
                        """)
                .param("patterns", scope.patterns())
                .param("day", day)
                .query(Company.class)
                .list();
    }
}

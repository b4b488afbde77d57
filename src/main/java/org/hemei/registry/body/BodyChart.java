package org.hemei.registry.body;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Scope;
import org.hemei.registry.Areas;
import org.hemei.registry.Bodies;
import org.hemei.registry.BodyKind;
import org.hemei.registry.SmallCount;
import org.hemei.registry.people.PartyCounts;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Three levels of the network for one sheet of paper: a body, those under it, and those under them. */
@Component
class BodyChart {

    /** @param head who leads it, masked; @param members full members */
    record Box(Bodies.Body body, @Nullable String head, SmallCount members, List<Box> below) {

        boolean leaf() {
            return below.isEmpty()
                    && (body.kind() == BodyKind.COMPANY_ORGANISATION || body.kind() == BodyKind.BUILDING_GROUP);
        }
    }

    /** @param branches boxes of their own; @param leaves a plain list beside them */
    record Chart(Box root, List<Box> branches, List<Box> leaves) {}

    /** A body whose chart makes a good sheet. */
    record Choice(long id, String name, String area) {}

    private final JdbcClient jdbc;
    private final Bodies bodies;
    private final PartyCounts counts;

    BodyChart(JdbcClient jdbc, Bodies bodies, PartyCounts counts) {
        this.jdbc = jdbc;
        this.bodies = bodies;
        this.counts = counts;
    }

    Chart of(Bodies.Body root, LocalDate on) {
        var children = bodies.children(root.id(), on);
        var below = new HashMap<Long, List<Bodies.Body>>();
        var all = new ArrayList<Long>(List.of(root.id()));
        for (var child : children) {
            var own = bodies.children(child.id(), on);
            below.put(child.id(), own);
            all.add(child.id());
            own.forEach(one -> all.add(one.id()));
        }
        var heads = heads(all, on);
        var members = counts.ofOrganisations(all, on);
        var boxes = children.stream()
                .map(child -> box(
                        child,
                        heads,
                        members,
                        below.getOrDefault(child.id(), List.of()).stream()
                                .map(one -> box(one, heads, members, List.of()))
                                .toList()))
                .toList();
        return new Chart(
                box(root, heads, members, List.of()),
                boxes.stream().filter(box -> !box.leaf()).toList(),
                boxes.stream().filter(Box::leaf).toList());
    }

    private static Box box(Bodies.Body body, Map<Long, String> heads, Map<Long, SmallCount> members, List<Box> below) {
        return new Box(body, heads.get(body.id()), members.getOrDefault(body.id(), SmallCount.of(0)), below);
    }

    private Map<Long, String> heads(List<Long> of, LocalDate on) {
        var heads = new HashMap<Long, String>();
        jdbc.sql("""
                        select a.body, p.masked_name from appointment a
                                 join post t on t.name = a.post and t.duty = 'head'
                                 join person p on p.id = a.person
                        where a.body = any(:of) and a.during @> cast(:on as date) order by t.rank, a.id
                        """)
                .param("of", of.toArray(Long[]::new))
                .param("on", on)
                .query((r, n) -> heads.putIfAbsent(r.getLong(1), r.getString(2)))
                .list();
        return heads;
    }

    /** Committees of an area and of those one level below it, as far as they lie in the scope; of all areas where none is chosen. */
    List<Choice> choices(Scope scope, String area, LocalDate on) {
        return jdbc.sql("select " + Bodies.COLUMNS + ", a.name as area_name from body b " + Bodies.NAMES + """
                        join area a on a.code = coalesce(ba.area, b.area)
                        where b.party_kind in ('city_party_committee', 'district_party_committee', 'zone_working_committee',
                                               'street_working_committee', 'community_committee', 'industry_committee')
                          and coalesce(ba.area, b.area) like any(:patterns) and coalesce(ba.area, b.area) like :area
                          and (:area = '%' or length(a.code) in (length(:area) - 1,
                                                                 case length(:area) - 1 when 4 then 6 else length(:area) + 2 end)) and
                        """
                        + Bodies.STANDS + " order by length(a.code), coalesce(ba.area, b.area), b.id limit 200")
                .param("patterns", scope.patterns())
                .param("area", area + "%")
                .param("on", on)
                .query((r, n) ->
                        new Choice(r.getLong("id"), r.getString("name"), Areas.plain(r.getString("area_name"))))
                .list();
    }
}

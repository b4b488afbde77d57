package org.hemei.registry.body;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hemei.platform.Scope;
import org.hemei.registry.Areas;
import org.hemei.registry.Bodies;
import org.hemei.registry.BodyKind;
import org.hemei.registry.SmallCount;
import org.hemei.registry.people.PartyCounts;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The network as a tree, as of a day: areas down to the community, below that bodies under their parents; the industry's
 * line stands beside it. Only what is opened is read.
 */
@Component
class BodyTree {

    private static final Map<Integer, Integer> NEXT = Map.of(4, 6, 6, 9, 9, 12);
    private static final String ALL = "";

    /** Of branches and groups at or below a node; of members, those of the body itself, or of an area's bodies whose number is told. */
    record Counts(int branches, int groups, SmallCount members) {

        static final Counts NONE = new Counts(0, 0, SmallCount.of(0));

        Counts with(SmallCount other) {
            return new Counts(branches, groups, other);
        }
    }

    /**
     * @param at an area's code, or b and a body's number
     * @param body of a node that is a body
     * @param below null while it is closed
     */
    record Node(
            String at,
            String name,
            @Nullable Long body,
            @Nullable BodyKind kind,
            Counts counts,
            boolean opens,
            @Nullable List<Node> below) {

        Node with(Counts other) {
            return new Node(at, name, body, kind, other, opens, below);
        }

        Node opened(List<Node> nodes) {
            return new Node(at, name, body, kind, counts, opens, nodes);
        }
    }

    private final JdbcClient jdbc;
    private final Bodies bodies;
    private final PartyCounts party;

    BodyTree(JdbcClient jdbc, Bodies bodies, PartyCounts party) {
        this.jdbc = jdbc;
        this.bodies = bodies;
        this.party = party;
    }

    /** The reader's own areas and their industry committees, opened down to the node that was asked for. */
    List<Node> roots(Scope scope, List<Areas.Area> areas, String at, LocalDate on) {
        var way = way(at, on);
        var roots = new ArrayList<Node>();
        for (var area : areas) {
            var counts = counts(area.code(), on);
            var node = areaNode(area, counts, on);
            roots.add(way.contains(area.code()) ? node.opened(open(inArea(area.code(), counts, on), way, on)) : node);
        }
        roots.addAll(open(industry(scope, on), way, on));
        return roots;
    }

    private List<Node> open(List<Node> nodes, List<String> way, LocalDate on) {
        return nodes.stream()
                .map(node -> way.contains(node.at()) && node.opens()
                        ? node.opened(open(below(node.at(), on), way, on))
                        : node)
                .toList();
    }

    /** Every node above the one asked for, and itself. */
    private List<String> way(String at, LocalDate on) {
        var way = new ArrayList<String>();
        var area = at;
        if (at.startsWith("b")) {
            var line = bodies.path(Long.parseLong(at.substring(1)), on);
            line.forEach(body -> way.add("b" + body.id()));
            area = line.isEmpty() ? "" : line.getLast().area();
        }
        for (int length = 4; length <= area.length(); length++) {
            way.add(area.substring(0, length));
        }
        return way;
    }

    List<Node> below(String at, LocalDate on) {
        if (at.startsWith("b")) {
            return under(Long.parseLong(at.substring(1)), on);
        }
        return inArea(at, at.length() == 12 ? Map.of() : counts(at, on), on);
    }

    /** @param counted of the areas one level down */
    private List<Node> inArea(String at, Map<String, Counts> counted, LocalDate on) {
        if (at.length() == 12) {
            return inCommunity(at, on);
        }
        var nodes = new ArrayList<>(ofArea(at, on));
        nodes.addAll(areas(at, counted));
        return nodes;
    }

    private Node areaNode(Areas.Area area, Map<String, Counts> counted, LocalDate on) {
        var counts = counted.getOrDefault(ALL, Counts.NONE);
        // a whole city's number is the published one, as on every page
        var own = area.code().length() == Areas.CITY_DIGITS
                ? counts.with(party.ofArea(area.code(), on).getFirst())
                : counts;
        return new Node(area.code(), area.name(), null, null, own, true, null);
    }

    private List<Node> areas(String parent, Map<String, Counts> counts) {
        return jdbc.sql("select code, name from area where parent = ? and kind <> 'special' order by code")
                .param(parent)
                .query((r, n) -> new Node(
                        r.getString("code"),
                        Areas.plain(r.getString("name")),
                        null,
                        null,
                        counts.getOrDefault(r.getString("code"), Counts.NONE),
                        true,
                        null))
                .list();
    }

    /** By the codes one level down; under {@link #ALL}, of the area as a whole. */
    private Map<String, Counts> counts(String area, LocalDate on) {
        var counts = new HashMap<String, Counts>();
        jdbc.sql("with " + PartyCounts.TOLD + """
                        , placed as materialized (
                            select b.party_kind, coalesce(ba.area, b.area) as area
                            from body b left join body_area ba on ba.body = b.id and ba.during @> cast(:on as date)
                            where b.party_kind is not null and %s
                        )
                        select coalesce(code, '') as code, sum(branches) as branches, sum(groups) as groups, sum(members) as members
                        from (select left(area, :length) as code, case when party_kind = 'estate_branch' then 1 else 0 end as branches,
                                     case when party_kind = 'building_group' then 1 else 0 end as groups, 0 as members
                              from placed where area like :area
                              union all
                              select left(area, :length), 0, 0, members from told where told and area like :area) p
                        group by rollup (code)
                        """.formatted(Bodies.STANDS))
                .param("length", NEXT.getOrDefault(area.length(), 12))
                .param("area", area + "%")
                .param("on", on)
                .query((r, n) -> counts.put(r.getString("code"), read(r)))
                .list();
        return counts;
    }

    /** What stands at a city, a district or a street itself: its committee, its department, its centre. What is under them stands in the areas below. */
    private List<Node> ofArea(String area, LocalDate on) {
        return nodes("""
                coalesce(ba.area, b.area) = :at and coalesce(b.party_kind, '') not in ('industry_committee', 'company_organisation')
                and b.kind not in ('company', 'company_branch', 'utility', 'authority', 'maintenance_firm')
                """, area, on).stream()
                .map(node -> new Node(node.at, node.name, node.body, node.kind, Counts.NONE, false, null))
                .toList();
    }

    /** What stands in a community and under nothing there. */
    private List<Node> inCommunity(String community, LocalDate on) {
        return nodes("""
                coalesce(ba.area, b.area) = :at and b.kind not in ('company', 'company_branch', 'utility', 'authority', 'maintenance_firm')
                and not exists (select from body_parent x join body p on p.id = x.parent
                                         left join body_area pa on pa.body = p.id and pa.during @> cast(:on as date)
                                where x.body = b.id and x.during @> cast(:on as date) and coalesce(pa.area, p.area) = :at)
                """, community, on);
    }

    private List<Node> under(long body, LocalDate on) {
        return nodes(
                "exists (select from body_parent x where x.body = b.id and x.parent = cast(:at as bigint) and x.during @> cast(:on as date))",
                String.valueOf(body),
                on);
    }

    /** The highest industry committees within the scope. */
    private List<Node> industry(Scope scope, LocalDate on) {
        var found = new ArrayList<Node>();
        for (var area : scope.areas()) {
            found.addAll(nodes("""
                    b.party_kind = 'industry_committee' and coalesce(ba.area, b.area) = :at
                    """, area, on));
        }
        return found;
    }

    private List<Node> nodes(String condition, String at, LocalDate on) {
        var nodes = jdbc.sql("""
                        select %s, below.branches, below.groups, below.some, 0 as members
                        from body b %s
                        left join lateral (
                            select count(*) filter (where c.party_kind = 'estate_branch') as branches,
                                   count(*) filter (where c.party_kind = 'building_group')
                                   + (select count(*) from body_parent y join body g on g.id = y.body
                                      where y.parent = any(array_agg(c.id)) and y.during @> cast(:on as date)
                                        and g.party_kind = 'building_group' and (g.until is null or g.until > :on)) as groups,
                                   count(*) > 0 as some
                            from body_parent x join body c on c.id = x.body
                            where x.parent = b.id and x.during @> cast(:on as date) and (c.until is null or c.until > :on)) below on true
                        where %s and %s
                        order by b.party_kind nulls last, coalesce(ba.area, b.area), b.id limit 500
                        """.formatted(Bodies.COLUMNS, Bodies.NAMES, condition, Bodies.STANDS))
                .param("at", at)
                .param("on", on)
                .query((r, n) -> new Node(
                        "b" + r.getLong("id"),
                        r.getString("name"),
                        r.getLong("id"),
                        BodyKind.of(r.getString("kind")),
                        read(r),
                        r.getBoolean("some"),
                        null))
                .list();
        var members = party.ofOrganisations(
                nodes.stream().map(Node::body).filter(Objects::nonNull).toList(), on);
        return nodes.stream()
                .map(node -> node.with(
                        node.counts.with(members.getOrDefault(Objects.requireNonNull(node.body), SmallCount.of(0)))))
                .toList();
    }

    private static Counts read(ResultSet r) throws SQLException {
        return new Counts(r.getInt("branches"), r.getInt("groups"), SmallCount.of(r.getLong("members")));
    }
}

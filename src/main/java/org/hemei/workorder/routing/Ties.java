package org.hemei.workorder.routing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.hemei.workorder.Routing;
import org.hemei.workorder.Routing.Matter;
import org.hemei.workorder.Routing.Rule;
import org.hemei.workorder.RoutingBook;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Finds rules that nothing tells apart: two kinds of estate, an estate that is both, and no rule for both together. Asked
 * of the estates that are there, not of those that could be.
 */
@Component
class Ties {

    /** @param estate one of them, by name; @param estates how many there are */
    record Tie(Rule one, Rule other, String estate, int estates) {

        /** What would settle it. */
        Set<String> kinds() {
            var both = new java.util.TreeSet<>(one.about().kinds());
            both.addAll(other.about().kinds());
            return both;
        }
    }

    private record Yard(String community, Set<String> kinds, String name, int estates) {}

    private record Leaf(String code, @Nullable String branch) {}

    private final JdbcClient jdbc;

    Ties(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param area only there @param concerning only ties that a rule with one of these numbers has part in */
    List<Tie> among(List<Rule> rules, String area, Set<Long> concerning) {
        var byKind = rules.stream()
                .filter(r -> !r.about().kinds().isEmpty())
                .collect(Collectors.groupingBy(
                        r -> new Routing.About(r.about().area(), r.about().category(), Set.of())));
        if (byKind.values().stream().allMatch(same -> same.size() < 2)) {
            return List.of();
        }
        var routing = new Routing(rules);
        var leaves = leaves();
        Map<List<Rule>, Tie> ties = new LinkedHashMap<>();
        for (var yard : yards(area)) {
            for (var leaf : leaves) {
                var tied = routing.tied(new Matter(yard.community, leaf.code, leaf.branch, yard.kinds));
                if (tied.stream().anyMatch(rule -> concerning.contains(rule.id()))) {
                    var different = tied.stream()
                            .filter(r -> !r.sameAnswer(tied.getFirst()))
                            .findFirst()
                            .orElseThrow();
                    ties.merge(
                            List.of(tied.getFirst(), different),
                            new Tie(tied.getFirst(), different, yard.name, yard.estates),
                            (a, b) -> new Tie(a.one, a.other, a.estate, Math.max(a.estates, b.estates)));
                }
            }
        }
        return new ArrayList<>(ties.values());
    }

    /** Estates alike to the rules, of several kinds at once: no other can be tied. */
    private List<Yard> yards(String area) {
        return jdbc.sql("""
                        select community, kinds, min(name) as name, count(*) as estates from estate_now
                        where community like ? and cardinality(kinds) > 1
                        group by community, kinds order by 1, 2
                        """)
                .param(area + "%")
                .query((r, n) -> new Yard(
                        r.getString("community"),
                        RoutingBook.texts(r.getArray("kinds")),
                        r.getString("name"),
                        r.getInt("estates")))
                .list();
    }

    private List<Leaf> leaves() {
        return jdbc.sql("select code, parent as branch from category where parent is not null")
                .query(Leaf.class)
                .list();
    }
}

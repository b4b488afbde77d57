package org.hemei.workorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.hemei.workorder.Routing.About;
import org.hemei.workorder.Routing.Matter;
import org.hemei.workorder.Routing.Rule;
import org.hemei.workorder.Routing.Target;
import org.hemei.workorder.RoutingBook.Ground;

/** The most specific rule decides: nearer area, then leaf before branch before all, then more kinds of estate. */
class RoutingTest {

    private static final String COMMUNITY = "340111402001";
    private static final List<String> AREAS =
            List.of("3401", "340111", "340111402", COMMUNITY, "340102", "340111401", "340111402002");

    private static Rule rule(long id, String area, String category, Set<String> kinds, Target target) {
        return new Rule(id, new About(area, category, kinds), target, null, null, "依据");
    }

    @Provide
    Arbitrary<List<Rule>> rules() {
        var kinds = Arbitraries.of("三无", "老旧", "自管", "商品房").set().ofMaxSize(3);
        var category =
                Arbitraries.of("dog.leash", "dog", "noise", "noise.square").injectNull(0.3);
        return Combinators.combine(Arbitraries.of(AREAS), category, kinds, Arbitraries.of(Target.values()))
                .as((area, about, all, target) -> rule(0, area, about, all, target))
                .list()
                .ofMaxSize(25)
                .map(RoutingTest::numberedOnceEach);
    }

    /** The database takes one rule about the same on a day. */
    private static List<Rule> numberedOnceEach(List<Rule> rules) {
        var seen = new HashSet<About>();
        var numbered = new ArrayList<Rule>();
        for (var rule : rules) {
            if (seen.add(rule.about())) {
                numbered.add(new Rule(numbered.size() + 1, rule.about(), rule.target(), null, null, "依据"));
            }
        }
        return numbered;
    }

    @Provide
    Arbitrary<Set<String>> estates() {
        return Arbitraries.of("三无", "老旧", "自管", "商品房").set().ofMinSize(1).ofMaxSize(3);
    }

    /** The order as domain people say it, written out without looking at how the class does it. */
    private static final Comparator<Rule> SAID = Comparator.comparingInt(
                    (Rule r) -> r.about().area().length())
            .thenComparingInt(
                    r -> r.about().category() == null ? 0 : r.about().category().contains(".") ? 2 : 1)
            .thenComparingInt(r -> r.about().kinds().size());

    private static boolean fits(Rule rule, Set<String> kinds) {
        return COMMUNITY.startsWith(rule.about().area())
                && (rule.about().category() == null
                        || Set.of("dog.leash", "dog").contains(rule.about().category()))
                && kinds.containsAll(rule.about().kinds());
    }

    @Property(tries = 600)
    void the_most_specific_rule_decides(@ForAll("rules") List<Rule> rules, @ForAll("estates") Set<String> kinds) {
        var routing = new Routing(rules);
        var matter = new Matter(COMMUNITY, "dog.leash", "dog", kinds);
        var best = rules.stream().filter(r -> fits(r, kinds)).max(SAID);
        assertThat(routing.rule(matter).isPresent()).isEqualTo(best.isPresent());
        best.ifPresent(most -> {
            var decided = routing.rule(matter).orElseThrow();
            assertThat(SAID.compare(decided, most)).isZero();
            // among level ones the oldest
            assertThat(rules.stream().filter(r -> fits(r, kinds) && SAID.compare(r, most) == 0))
                    .allMatch(r -> r.id() >= decided.id());
            assertThat(routing.fitting(matter).getFirst()).isEqualTo(decided);
        });
        assertThat(routing.fitting(matter))
                .containsExactlyInAnyOrderElementsOf(
                        rules.stream().filter(r -> fits(r, kinds)).toList())
                .isSortedAccordingTo(SAID.reversed());
    }

    @Property(tries = 600)
    void a_tie_is_two_level_rules_that_lead_apart(
            @ForAll("rules") List<Rule> rules, @ForAll("estates") Set<String> kinds) {
        var tied = new Routing(rules).tied(new Matter(COMMUNITY, "dog.leash", "dog", kinds));
        var best = rules.stream().filter(r -> fits(r, kinds)).max(SAID);
        var level = rules.stream()
                .filter(r -> fits(r, kinds) && SAID.compare(r, best.orElseThrow()) == 0)
                .toList();
        var apart = level.stream().map(Rule::target).distinct().count() > 1;
        assertThat(tied).containsExactlyInAnyOrderElementsOf(apart ? level : List.of());
    }

    @Example
    void who_is_not_there_is_stood_in_for_by_the_estates_holder() {
        var ground = new Ground(COMMUNITY, Set.of("商品房"), 7L, null, null);
        for (var target : Target.values()) {
            var routing = new Routing(List.of(rule(1, "3401", null, Set.of(), target)));
            var answer = RoutingBook.answer(routing, ground, "dog.leash", "dog", Urgency.ORDINARY);
            assertThat(answer.body()).isEqualTo(7L);
            assertThat(answer.instead()).isEqualTo(target != Target.HOLDER);
        }
        var none = RoutingBook.answer(new Routing(List.of()), ground, "dog.leash", "dog", Urgency.ORDINARY);
        assertThat(none.rule()).isNull();
        assertThat(none.body()).isEqualTo(7L);
    }

    @Example
    void the_residents_committee_gets_it_only_where_somebody_takes_orders() {
        var routing = new Routing(List.of(rule(1, "3401", null, Set.of(), Target.COMMUNITY)));
        var staffed = new Ground(COMMUNITY, Set.of("商品房"), 7L, 8L, 9L);
        var empty = new Ground(COMMUNITY, Set.of("商品房"), 7L, 8L, null);
        assertThat(RoutingBook.answer(routing, staffed, "dog", null, Urgency.ORDINARY)
                        .body())
                .isEqualTo(9L);
        assertThat(RoutingBook.answer(routing, empty, "dog", null, Urgency.ORDINARY)
                        .body())
                .isEqualTo(8L);
    }
}

package org.hemei.registry.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.registry.BodyKind.*;

import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.hemei.platform.Refusal.Reason;
import org.hemei.registry.BodyKind;
import org.hemei.registry.body.BodyRule.Level;
import org.hemei.registry.body.BodyRule.Parent;
import org.hemei.registry.body.BodyRule.Place;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every kind of child under every kind of parent: these stand, all others are refused. */
class BodyRuleTest {

    private static final Map<BodyKind, Set<BodyKind>> STAND = Map.ofEntries(
            Map.entry(DISTRICT_PARTY_COMMITTEE, Set.of(CITY_PARTY_COMMITTEE)),
            Map.entry(ZONE_WORKING_COMMITTEE, Set.of(CITY_PARTY_COMMITTEE)),
            Map.entry(STREET_WORKING_COMMITTEE, Set.of(DISTRICT_PARTY_COMMITTEE, ZONE_WORKING_COMMITTEE)),
            Map.entry(COMMUNITY_COMMITTEE, Set.of(STREET_WORKING_COMMITTEE)),
            Map.entry(ESTATE_BRANCH, Set.of(COMMUNITY_COMMITTEE)),
            Map.entry(BUILDING_GROUP, Set.of(ESTATE_BRANCH)),
            Map.entry(OWNERS_COMMITTEE_ORGANISATION, Set.of(ESTATE_BRANCH, COMMUNITY_COMMITTEE)),
            Map.entry(INDUSTRY_COMMITTEE, Set.of(INDUSTRY_COMMITTEE)),
            Map.entry(COMPANY_ORGANISATION, Set.of(INDUSTRY_COMMITTEE)),
            Map.entry(COMPANY_BRANCH, Set.of(COMPANY)),
            Map.entry(MEDIATION_CENTRE, Set.of(MEDIATION_CENTRE)));

    private static final Map<Level, String> CODES = Map.of(
            Level.CITY, "3401",
            Level.DISTRICT, "340104",
            Level.STREET, "340104001",
            Level.COMMUNITY, "340104001001",
            Level.ESTATE, "340104001001");

    static Stream<Arguments> pairs() {
        return Arrays.stream(BodyKind.values())
                .flatMap(child -> Arrays.stream(BodyKind.values()).map(parent -> Arguments.of(child, parent)));
    }

    @ParameterizedTest(name = "{0} under {1}")
    @MethodSource("pairs")
    void theseStandAndAllOthersAreRefused(BodyKind child, BodyKind parent) {
        var stands = STAND.getOrDefault(child, Set.of()).contains(parent);
        // the lowest level of the child and the highest of the parent, so that only the kinds decide
        var level = BodyRule.of(child).levels().stream().max(Level::compareTo).orElseThrow();
        var above = child == parent
                ? Level.values()[level.ordinal() - 1 < 0 ? 0 : level.ordinal() - 1]
                : BodyRule.of(parent).levels().stream().min(Level::compareTo).orElseThrow();
        var reasons = BodyRule.of(child).reasons(place(level), new Parent(parent, code(above)));
        assertThat(reasons.isEmpty()).as("%s", reasons).isEqualTo(stands);
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void nobodyStandsUnderWhatLiesElsewhere(BodyKind child, BodyKind parent) {
        if (child == COMPANY_BRANCH) {
            return; // wherever its company is registered
        }
        var level = BodyRule.of(child).levels().stream().max(Level::compareTo).orElseThrow();
        assertThat(BodyRule.of(child).reasons(place(level), new Parent(parent, "340199")))
                .isNotEmpty();
    }

    @Test
    void everyKindHasARuleAndASentence() {
        for (var kind : BodyKind.values()) {
            assertThat(BodyRule.of(kind).levels()).as("%s", kind).isNotEmpty();
            assertThat(kind.words()).isNotBlank();
            assertThat(BodyKind.of(kind.code())).isEqualTo(kind);
        }
    }

    @Test
    void allReasonsAtOnce() {
        var reasons = BodyRule.of(ESTATE_BRANCH).reasons(place(Level.STREET), new Parent(INDUSTRY_COMMITTEE, "340104"));
        assertThat(reasons).extracting(Reason::field).containsExactly("area", "parent");
    }

    @Test
    void theTopOfALineStandsByItselfTheRestDoesNot() {
        assertThat(reasons(INDUSTRY_COMMITTEE, Level.CITY, null)).isEmpty();
        assertThat(reasons(INDUSTRY_COMMITTEE, Level.DISTRICT, null)).hasSize(1);
        assertThat(reasons(MEDIATION_CENTRE, Level.CITY, null)).isEmpty();
        assertThat(reasons(MEDIATION_CENTRE, Level.STREET, null)).hasSize(1);
        assertThat(reasons(MEDIATION_CENTRE, Level.STREET, new Parent(MEDIATION_CENTRE, "3401")))
                .as("the street's centre stands under the district's")
                .hasSize(1);
        assertThat(reasons(ESTATE_BRANCH, Level.ESTATE, null)).hasSize(1);
        assertThat(reasons(RESIDENTS_COMMITTEE, Level.COMMUNITY, null)).isEmpty();
    }

    private static java.util.List<Reason> reasons(BodyKind kind, Level level, @Nullable Parent parent) {
        return BodyRule.of(kind).reasons(place(level), parent);
    }

    private static Place place(Level level) {
        return new Place(code(level), level == Level.CITY ? null : code(Level.values()[level.ordinal() - 1]), level);
    }

    private static String code(Level level) {
        return java.util.Objects.requireNonNull(CODES.get(level));
    }
}

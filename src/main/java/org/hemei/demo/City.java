package org.hemei.demo;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The places of the demo city, as the other stages refer to them. */
record City(
        List<District> districts,
        List<Street> streets,
        List<Community> communities,
        List<Estate> estates,
        List<Unit> units) {

    record District(String code, String name) {}

    record Street(String code, String name, District district) {}

    record Community(String code, String name, String kind, Street street) {

        /** Residents' communities count for staffing; villages do not. */
        boolean residents() {
            return kind.equals("residents");
        }

        /** 竹西社区居民委员会 → 竹西社区 */
        String shortName() {
            return name.replaceFirst("(居民|民)?(委员会?|居委会|委会)$", "").replaceFirst("社区村$", "社区");
        }
    }

    record Building(long id, String name, int entrances, int floors) {}

    /** @param company short name of the company under contract for a showcase estate, if it has one */
    record Estate(
            long id,
            String name,
            Community community,
            List<String> kinds,
            int built,
            int perFloor,
            boolean showcase,
            boolean managed,
            @Nullable String company,
            List<Building> buildings) {

        int district() {
            return Integer.parseInt(community.street().district().code());
        }

        int households() {
            return buildings.stream()
                    .mapToInt(b -> b.entrances() * b.floors() * perFloor)
                    .sum();
        }

        boolean hasLift() {
            return buildings.getFirst().floors() > 7;
        }
    }

    record Unit(long id, Estate estate, Building building, int entrance, int floor, String name) {}

    /** By the code of their community, each in the order of the city. */
    static Map<String, List<Estate>> byCommunity(Collection<Estate> estates) {
        return estates.stream()
                .collect(Collectors.groupingBy(estate -> estate.community().code()));
    }
}

package org.hemei.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.demo.City.Community;
import org.hemei.demo.City.District;
import org.hemei.demo.City.Estate;
import org.hemei.demo.City.Street;

/**
 * The Party organisations of places: 社区党委 → 小区党支部 → 楼栋党小组 below streets and districts, and the industry's own
 * line apart from it. {@value #BRANCHES} estate branches as the article has them; a few communities and one district fall short.
 */
final class PartyTree {

    static final int BRANCHES = 887;
    private static final int WITHOUT_COMMITTEE = 6; // communities that a check must find
    private static final String WITHOUT_INDUSTRY = "340124"; // 庐江县 has not founded its industry committee yet
    private static final String CITY = "3401";
    private static final LocalDate LONG_AGO = LocalDate.of(2008, 7, 1);

    final Map<String, Long> communities = new HashMap<>(); // by community
    final Map<Long, Long> branches = new HashMap<>(); // by estate
    final Map<String, Long> industry = new HashMap<>(); // by district, and the city's
    final Rows groupBuildings = new Rows("body_building", "body, building, during");

    private final Dice dice = new Dice("party tree");
    private final City city;
    private final Bodies bodies;
    private final People people;
    private final LocalDate today;
    private final Map<String, Long> districts = new HashMap<>();
    private final Map<String, Long> streets = new HashMap<>();
    private long cityCommittee;

    PartyTree(City city, Bodies bodies, People people, LocalDate today) {
        this.city = city;
        this.bodies = bodies;
        this.people = people;
        this.today = today;
    }

    void build() {
        cityCommittee = bodies.party("city_party_committee", "合肥市委员会", CITY, LONG_AGO, null, null);
        city.districts().forEach(district -> districts.put(district.code(), district(district, cityCommittee)));
        city.streets().forEach(street -> streets.put(street.code(), street(street)));
        communities();
        branches();
        industry();
    }

    /** The secretaries of the city and the districts: last of all, so that nobody else of the sample becomes another person. */
    void heads() {
        people.post(people.person(), cityCommittee, "书记", null, tenure());
        districts.keySet().stream()
                .sorted()
                .forEach(code -> people.post(people.person(), Known.in(districts, code), "书记", null, tenure()));
    }

    private static boolean zone(District district) {
        return district.name().contains("开发区");
    }

    private long district(District district, long top) {
        var name = district.name() + (zone(district) ? "工作委员会" : "委员会");
        var kind = zone(district) ? "zone_working_committee" : "district_party_committee";
        return bodies.party(kind, name, district.code(), LONG_AGO, top, null);
    }

    private long street(Street street) {
        var town = street.name().endsWith("镇") || street.name().endsWith("乡");
        var name = street.name() + (town ? "委员会" : "工作委员会");
        long parent = Known.in(districts, street.district().code());
        long body = bodies.party("street_working_committee", name, street.code(), LONG_AGO, parent, null);
        people.post(people.person(), body, "书记", null, tenure());
        return body;
    }

    private void communities() {
        var inhabited = city.communities().stream()
                .filter(c -> bodies.committees.containsKey(c.code()))
                .toList();
        var shown = city.estates().stream()
                .filter(Estate::showcase)
                .map(Estate::community)
                .toList();
        var without = dice.shuffled(
                        inhabited.stream().filter(c -> !shown.contains(c)).toList())
                .subList(0, WITHOUT_COMMITTEE);
        for (var community : inhabited) {
            if (!without.contains(community)) {
                communities.put(community.code(), community(community));
            }
        }
    }

    private long community(Community community) {
        long parent = Known.in(streets, community.street().code());
        var since = LocalDate.of(2015, 7, 1);
        var name = community.shortName() + "委员会";
        return bodies.party("community_committee", name, community.code(), since, parent, null);
    }

    /** The showcase estates first, then the larger ones in turn, until there are as many as the article counts. */
    private void branches() {
        var shown = city.estates().stream().filter(Estate::showcase).toList();
        var others =
                dice.shuffled(city.estates().stream().filter(e -> !e.showcase()).toList());
        var order = new ArrayList<>(shown);
        order.addAll(others);
        for (var estate : order) {
            if (branches.size() < BRANCHES
                    && communities.containsKey(estate.community().code())) {
                branches.put(estate.id(), branch(estate));
            }
        }
    }

    private long branch(Estate estate) {
        var area = estate.community().code();
        var since = LocalDate.of(2019, 1, 1).plusDays(dice.between(0, 900));
        var name = estate.community().shortName() + estate.name() + "支部委员会";
        long branch = bodies.party("estate_branch", name, area, since, Known.in(communities, area), estate.id());
        people.post(people.person(), branch, "书记", null, since);
        groups(estate, branch, since.plusMonths(2));
        return branch;
    }

    /** One group for every four or five buildings; a branch in twelve has none yet. */
    private void groups(Estate estate, long branch, LocalDate since) {
        if (!estate.showcase() && dice.chance(0.08)) {
            return;
        }
        var buildings = estate.buildings();
        int step = dice.between(4, 5);
        for (int from = 0; from < buildings.size(); from += step) {
            var part = buildings.subList(from, Math.min(from + step, buildings.size()));
            var name = estate.name() + span(part) + "党小组";
            long group = bodies.party("building_group", name, estate.community().code(), since, branch, estate.id());
            part.forEach(building -> groupBuildings.add(group, building.id(), Rows.During.since(since)));
            people.post(people.person(), group, "党小组长", null, since);
        }
    }

    private static String span(List<City.Building> part) {
        var first = part.getFirst().name();
        return part.size() == 1
                ? first
                : first.replace("幢", "") + "至" + part.getLast().name();
    }

    private void industry() {
        var since = LocalDate.of(2020, 6, 1);
        long top = bodies.party("industry_committee", "合肥市物业行业委员会", CITY, since, null, null);
        industry.put(CITY, top);
        people.post(people.person(), top, "书记", null, since);
        for (var district : city.districts()) {
            if (!district.code().equals(WITHOUT_INDUSTRY)) {
                var own = since.plusMonths(dice.between(1, 20));
                var name = district.name() + "物业行业委员会";
                long body = bodies.party("industry_committee", name, district.code(), own, top, null);
                people.post(people.person(), body, "书记", null, own);
                industry.put(district.code(), body);
            }
        }
    }

    private LocalDate tenure() {
        return today.minusDays(dice.between(200, 1600));
    }
}

package org.hemei.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hemei.demo.City.Estate;

/** Every body that can hold a post, an order or a part of one. */
final class Bodies {

    /** One that helps: a public utility, an authority, a lift maintenance firm. Its district is 3401 where it serves the city. */
    record Helper(long id, String kind, String shortName, String area) {}

    final Rows bodies = new Rows("body", "id, kind, name, short_name, area, since");
    final Map<String, Long> departments = new HashMap<>(); // by street
    final Map<String, Long> committees = new HashMap<>(); // by community
    final Map<String, Long> teams = new HashMap<>(); // by community
    final List<Helper> helpers = new ArrayList<>();

    private static final String CITY = "3401";
    private static final LocalDate REFORM = LocalDate.of(2020, 9, 1); // street reform: a department for estates in each

    private final Phrases names = Phrases.read("demo/names.txt");

    long add(String kind, String name, String shortName, String area, LocalDate since) {
        long id = bodies.nextId();
        bodies.add(id, kind, name, shortName, area, since);
        return id;
    }

    void build(City city) {
        for (var street : city.streets()) {
            var name = street.name() + "城市管理部";
            departments.put(street.code(), add("street_department", name, name, street.code(), REFORM));
        }
        Set<String> inhabited = new TreeSet<>();
        city.estates().forEach(estate -> inhabited.add(estate.community().code()));
        for (var community : city.communities()) {
            if (inhabited.contains(community.code())) {
                var since = LocalDate.of(2015, 1, 1);
                var code = community.code();
                committees.put(code, add("residents_committee", community.name(), community.shortName(), code, since));
                var team = community.shortName() + "兜底服务队";
                teams.put(code, add("backstop_team", team, team, code, since));
            }
        }
        helpers(city);
    }

    private void helpers(City city) {
        var since = LocalDate.of(2010, 1, 1);
        for (var line : names.lines("utilities")) {
            var parts = line.split("\\|");
            help("utility", parts[0], parts[1], CITY, since);
        }
        for (var firm : names.words("firm.lift")) {
            help("maintenance_firm", firm + "有限公司", firm, CITY, since);
        }
        for (var district : city.districts()) {
            for (var authority : names.lines("authorities")) {
                var name = district.name() + authority;
                help("authority", name, name, district.code(), since);
            }
        }
    }

    private void help(String kind, String name, String shortName, String area, LocalDate since) {
        helpers.add(new Helper(add(kind, name, shortName, area, since), kind, shortName, area));
    }

    /** A helper whose name says this, for the estate's district or the whole city; each estate has its own lift firm. */
    Helper helper(String word, Estate estate) {
        var fitting = helpers.stream()
                .filter(h -> h.shortName().contains(word))
                .filter(h -> h.area().equals(CITY)
                        || h.area()
                                .equals(estate.community().street().district().code()))
                .toList();
        return fitting.get((int) (estate.id() % fitting.size()));
    }
}

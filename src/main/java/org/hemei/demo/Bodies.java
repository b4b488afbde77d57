package org.hemei.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.hemei.demo.City.Estate;
import org.hemei.demo.Rows.During;
import org.jspecify.annotations.Nullable;

/** Every body that can hold a post, an order or a part of one. */
final class Bodies {

    /** One that helps: a public utility, an authority, a lift maintenance firm. Its district is 3401 where it serves the city. */
    record Helper(long id, String kind, String shortName, String area) {}

    final Rows bodies = new Rows("body", "id, kind, name, short_name, area, since, party_kind, estate");
    final Rows parents = new Rows("body_parent", "id, body, parent, during");
    final Map<String, Long> departments = new HashMap<>(); // by street
    final Map<String, Long> committees = new HashMap<>(); // by community
    final Map<String, Long> teams = new HashMap<>(); // by community
    final List<Helper> helpers = new ArrayList<>();

    private static final String CITY = "3401";
    private static final LocalDate REFORM = LocalDate.of(2020, 9, 1); // street reform: a department for estates in each

    private final Phrases names = Phrases.read("demo/names.txt");

    long add(String kind, String name, String shortName, String area, LocalDate since) {
        return add(kind, name, shortName, area, since, null, null);
    }

    private long add(
            String kind,
            String name,
            String shortName,
            String area,
            LocalDate since,
            @Nullable String partyKind,
            @Nullable Long estate) {
        long id = bodies.nextId();
        bodies.add(id, kind, name, shortName, area, since, partyKind, estate);
        return id;
    }

    /** A Party organisation, under its parent from its first day on. */
    long party(
            String partyKind, String name, String area, LocalDate since, @Nullable Long parent, @Nullable Long estate) {
        long id = add("party_organisation", "中共" + name, name, area, since, partyKind, estate);
        if (parent != null) {
            under(id, parent, since);
        }
        return id;
    }

    long ownersCommittee(Estate estate, LocalDate since) {
        var name = estate.name() + "业主委员会";
        var area = estate.community().code();
        return add("owners_committee", name, estate.name() + "业委会", area, since, null, estate.id());
    }

    void under(long body, long parent, LocalDate since) {
        parents.add(parents.nextId(), body, parent, During.since(since));
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
        offices(city);
    }

    /** Mediation centres of street, district and city, and the housing departments that answer for the trade. */
    private void offices(City city) {
        var since = LocalDate.of(2020, 11, 1);
        long top = add("mediation_centre", "合肥市物业矛盾调处中心", "市调处中心", CITY, since);
        add("industry_department", "合肥市住房保障和房产管理局", "市房产局", CITY, LocalDate.of(2005, 1, 1));
        Map<String, Long> centres = new HashMap<>();
        for (var district : city.districts()) {
            var name = district.name() + "物业矛盾调处中心";
            long centre = add("mediation_centre", name, name, district.code(), since);
            under(centre, top, since);
            centres.put(district.code(), centre);
            var bureau = district.name() + "住房和城乡建设局";
            add("industry_department", bureau, bureau, district.code(), LocalDate.of(2005, 1, 1));
        }
        for (var street : city.streets()) {
            var name = street.name() + "物业矛盾调处中心";
            var begun = since.plusMonths(3);
            long centre = add("mediation_centre", name, name, street.code(), begun);
            under(centre, Known.in(centres, street.district().code()), begun);
        }
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

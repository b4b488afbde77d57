package org.hemei.demo;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.demo.City.Community;
import org.hemei.demo.City.Estate;

/** Who works where: community workers, project managers and their staff, backstop teams, streets, helpers. */
final class Staff {

    /** Who answers for an estate's orders: the body, its manager's account and those of its workers. */
    record Crew(long body, long manager, List<Long> workers, LocalDate since) {}

    final Map<String, List<Long>> communityWorkers = new HashMap<>();
    final Map<String, Long> streets = new HashMap<>();
    final Map<Long, Crew> crews = new HashMap<>(); // by estate
    final Map<Long, Long> helpers = new HashMap<>(); // by body

    private static final int FIRST_PHONE = 20_001;
    private static final int WITHOUT_WORKER = 7; // breaches that the staffing figure must find
    private static final int WITH_THREE = 5;
    private static final int PART_TIME = 6; // of so many property workers one works part time

    private final Dice dice = new Dice("staff");
    private final Map<String, String> wellKnown = DemoAccounts.names();
    private final City city;
    private final Bodies bodies;
    private final Companies companies;
    private final People people;
    private final LocalDate today;
    private int phone = FIRST_PHONE;

    Staff(City city, Bodies bodies, Companies companies, People people, LocalDate today) {
        this.city = city;
        this.bodies = bodies;
        this.companies = companies;
        this.people = people;
        this.today = today;
    }

    void build() {
        offices();
        communities();
        var teams = new HashMap<String, Crew>();
        for (var estate : city.estates()) {
            var charge = companies.byEstate.get(estate.id());
            crews.put(
                    estate.id(),
                    charge != null
                            ? project(estate, charge)
                            : teams.computeIfAbsent(estate.community().code(), code -> team(estate.community())));
        }
        for (var helper : bodies.helpers) {
            var since = since();
            long person = people.person(phone++);
            people.post(person, helper.id(), "值班员", null, since);
            long account = account(person, username(helper), since);
            people.atBody(account, "HELPER", helper.id(), null, since);
            helpers.put(helper.id(), account);
        }
        departments();
    }

    private void offices() {
        overArea("SYSTEM", "3401", "admin");
        overArea("CITY", "3401", "hefei");
        for (var district : city.districts()) {
            overArea("DISTRICT", district.code(), "qu" + district.code());
        }
        for (var street : city.streets()) {
            var since = since();
            long person = people.person(phone++);
            people.post(person, Known.in(bodies.departments, street.code()), "物业管理专员", null, since);
            long account = account(person, "jd" + street.code(), since);
            people.overArea(account, "STREET", street.code(), since);
            streets.put(street.code(), account);
        }
    }

    /** The two other administrators, and the departments of city and district. */
    private void departments() {
        overArea("SECURITY", "3401", "anquan");
        overArea("AUDIT", "3401", "shenji");
        overArea("ORGANISATION", "3401", "zuzhi");
        overArea("ORGANISATION", "340111", "baohe-zuzhi");
        overArea("HOUSING", "3401", "fangguan");
        overArea("ASSESSOR", "3401", "ceping");
        overArea("ASSESSOR", "3401", "ceping-b");
    }

    private void overArea(String role, String area, String username) {
        var since = since();
        people.overArea(account(people.person(phone++), username, since), role, area, since);
    }

    /** 每社区 1—2 人 for residents' communities, with a few breaches; one for each village where estates stand. */
    private void communities() {
        var shown = city.estates().stream()
                .filter(Estate::showcase)
                .map(Estate::community)
                .toList();
        var others = dice.shuffled(city.communities().stream()
                .filter(c -> c.residents() && !shown.contains(c))
                .toList());
        var none = others.subList(0, WITHOUT_WORKER);
        var three = others.subList(WITHOUT_WORKER, WITHOUT_WORKER + WITH_THREE);
        for (var community : city.communities()) {
            if (bodies.committees.containsKey(community.code())) {
                int number = none.contains(community)
                        ? 0
                        : three.contains(community) ? 3 : community.residents() ? dice.between(1, 2) : 1;
                workers(community, number);
            }
        }
    }

    private void workers(Community community, int number) {
        var accounts = new ArrayList<Long>();
        for (int n = 0; n < number; n++) {
            var since = since();
            long person = people.person(phone++);
            long committee = Known.in(bodies.committees, community.code());
            if (phone % PART_TIME == 0) {
                people.partTime(person, committee, "物业专员", since);
            } else {
                people.post(person, committee, "物业专员", null, since);
            }
            long account = account(person, "sq" + community.code() + (char) ('a' + n), since);
            people.overArea(account, "COMMUNITY", community.code(), since);
            accounts.add(account);
        }
        communityWorkers.put(community.code(), accounts);
    }

    private Crew project(Estate estate, Companies.Charge charge) {
        long body = charge.company().id();
        long manager = worker(body, estate, "MANAGER", "项目经理", "wy" + estate.id(), charge.since());
        var workers = new ArrayList<Long>();
        for (int n = 1; estate.showcase() && n <= 2; n++) {
            var post = n == 1 ? "维修工" : "客服管家";
            workers.add(worker(body, estate, "STAFF", post, "wy" + estate.id() + "-" + n, charge.since()));
        }
        return new Crew(body, manager, workers, charge.since());
    }

    private long worker(long body, Estate estate, String role, String post, String username, LocalDate since) {
        long person = people.person(phone++);
        people.post(person, body, post, estate.id(), since);
        long account = account(person, username, since);
        people.atBody(account, role, body, estate.id(), since);
        return account;
    }

    private Crew team(Community community) {
        long body = Known.in(bodies.teams, community.code());
        var since = today.minusDays(dice.between(800, 1500));
        long person = people.person(phone++);
        people.post(person, body, "队长", null, since);
        long account = account(person, "dd" + community.code(), since);
        people.atBody(account, "MANAGER", body, null, since);
        return new Crew(body, account, List.of(), since);
    }

    private long account(long person, String username, LocalDate since) {
        return people.staffAccount(person, wellKnown.getOrDefault(username, username), since);
    }

    private LocalDate since() {
        return today.minusDays(dice.between(800, 1500));
    }

    private String username(Bodies.Helper helper) {
        return "xz" + (wellKnown.containsKey("xz" + helper.shortName()) ? helper.shortName() : helper.id());
    }
}

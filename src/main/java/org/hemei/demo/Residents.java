package org.hemei.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.demo.City.Estate;
import org.hemei.demo.City.Unit;
import org.hemei.demo.Rows.During;
import org.hemei.platform.time.CivilTime;

/**
 * Residents of the showcase estates who use the system: every eighth home, {@value #NUMBER} in all. Their phone numbers
 * run on from {@value #FIRST_PHONE}, in the order of their units.
 */
final class Residents {

    static final int NUMBER = 5000;
    static final int FIRST_PHONE = 10_001;
    private static final int DEPUTY =
            2; // the third of them, of the list of sign-ins: deputy secretary of the estate's branch

    record Resident(long account, Unit unit) {}

    final Rows members = new Rows("household_member", "id, unit, person, relation, during");
    final Rows requests = new Rows("binding_request", "id, account, unit, relation, asked_at");
    final Map<Long, List<Resident>> byEstate = new HashMap<>();

    private final Dice dice = new Dice("residents");
    private final People people;
    private final PartyTree tree;
    private final Instant now;

    Residents(People people, PartyTree tree, Instant now) {
        this.people = people;
        this.tree = tree;
        this.now = now;
    }

    void build(City city) {
        int step = city.units().size() / NUMBER;
        for (int i = 0; i < NUMBER; i++) {
            var unit = city.units().get(i * step);
            var since = now.minus(Duration.ofDays(dice.between(740, 1100)));
            long person = people.person(FIRST_PHONE + i);
            boolean care = i % 40 == 1;
            long account = people.residentAccount(person, care, since);
            members.add(members.nextId(), unit.id(), person, relation(), During.since(movedIn(unit.estate())));
            people.atHome(account, unit.estate().id(), unit.id(), since);
            if (i == DEPUTY) {
                var branch = Known.in(tree.branches, unit.estate().id());
                people.post(person, branch, "副书记", null, CivilTime.date(now).minusDays(500));
            }
            byEstate.computeIfAbsent(unit.estate().id(), e -> new ArrayList<>()).add(new Resident(account, unit));
        }
        newcomers(city);
    }

    /** A few who signed up and wait for their community's word. */
    private void newcomers(City city) {
        for (int n = 0; n < 24; n++) {
            long account = people.residentAccount(people.person(n + 1), false, now.minus(Duration.ofDays(3)));
            // the first six at the showcase community, the others anywhere
            var unit = n < 6
                    ? city.units().get(n * 97 + 5)
                    : city.units().get(dice.between(0, city.units().size() - 1));
            requests.add(
                    requests.nextId(), account, unit.id(), relation(), now.minus(Duration.ofMinutes(40L + n * 75L)));
        }
    }

    private LocalDate movedIn(Estate estate) {
        var earliest = LocalDate.of(Math.min(estate.built(), 2022), 6, 1);
        var latest = CivilTime.date(now).minusDays(1200);
        return earliest.isBefore(latest)
                ? earliest.plusDays(dice.between(0, (int) (latest.toEpochDay() - earliest.toEpochDay())))
                : earliest;
    }

    private String relation() {
        return dice.of("owner", "owner", "owner", "owner", "tenant", "family");
    }
}

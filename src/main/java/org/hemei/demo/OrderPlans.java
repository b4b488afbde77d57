package org.hemei.demo;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.hemei.demo.City.Estate;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.OrderState;
import org.jspecify.annotations.Nullable;

/** Which estate reports something and when, over two years; numbered in the order of time. */
final class OrderPlans {

    static final String SHOWCASE_COMMUNITY = "340111002004"; // 竹西社区
    static final String SHOWCASE_STREET = "340111002"; // 常青街道

    private static final int DAYS = 730;
    private static final double PER_HOUSEHOLD = 0.55; // in two years, in a showcase estate
    private static final int ELSEWHERE = 4400;

    /**
     * @param stand the state where it stands still waiting today; null for one that runs its course
     * @param topic what it is about, if that is not left to chance
     */
    record Plan(
            long id,
            Estate estate,
            Instant at,
            @Nullable OrderState stand,
            @Nullable String topic) {

        /** Made for the people of the list of sign-ins, so that each finds something of their own. */
        boolean forTheList() {
            return topic != null;
        }
    }

    private final Dice dice = new Dice("plans");
    private final City city;
    private final Staff staff;
    private final Instant now;
    private final List<Plan> plans = new ArrayList<>();

    private OrderPlans(City city, Staff staff, Instant now) {
        this.city = city;
        this.staff = staff;
        this.now = now;
    }

    /** By estate, each in the order of time. */
    static Map<Long, List<Plan>> of(City city, Staff staff, Instant now) {
        var plans = new OrderPlans(city, staff, now);
        plans.history();
        plans.waiting();
        plans.forTheList();
        return plans.numbered();
    }

    private void history() {
        for (var estate : city.estates()) {
            if (estate.showcase()) {
                int number = (int) (estate.households() * PER_HOUSEHOLD * (0.8 + 0.4 * dice.fraction()));
                for (int i = 0; i < number; i++) {
                    plan(estate, null, past());
                }
            }
        }
        for (int i = 0; i < ELSEWHERE; i++) {
            var estate = dice.pick(city.estates());
            if (!Known.in(staff.communityWorkers, estate.community().code()).isEmpty()) {
                plan(estate, null, past());
            }
        }
    }

    /** What waits today in and around the showcase community, so that every inbox there has something to do. */
    private void waiting() {
        var near = city.estates().stream()
                .filter(Estate::showcase)
                .filter(e -> e.community().street().code().equals(SHOWCASE_STREET))
                .toList();
        var here = near.stream()
                .filter(e -> e.community().code().equals(SHOWCASE_COMMUNITY))
                .toList();
        waiting(here, OrderState.SUBMITTED, 5, 26);
        waiting(here, OrderState.AWAITING_DISPATCH, 4, 30);
        waiting(here, OrderState.DISPATCHED, 9, 44);
        waiting(here, OrderState.IN_PROGRESS, 24, 150);
        waiting(here, OrderState.RESOLVED, 7, 160);
        waiting(here, OrderState.AWAITING_RATING, 18, 220);
        waiting(near, OrderState.SUBMITTED, 9, 26);
        waiting(near, OrderState.AWAITING_DISPATCH, 8, 30);
        waiting(near, OrderState.DISPATCHED, 15, 44);
        waiting(near, OrderState.IN_PROGRESS, 34, 150);
        waiting(near, OrderState.RESOLVED, 12, 160);
        waiting(near, OrderState.AWAITING_RATING, 22, 220);
    }

    /** The first resident's own orders, and lifts for the maintenance firm. */
    private void forTheList() {
        var home = city.estates().getFirst();
        mine(home, "facility.door", OrderState.SUBMITTED, 1);
        mine(home, "facility.leak", OrderState.IN_PROGRESS, 70);
        mine(home, "environment.green", OrderState.AWAITING_RATING, 140);
        mine(home, "parking.ebike", null, 900);
        mine(home, "facility.light", null, 2300);
        mine(home, "utility.heating", null, 6800);
        for (int hours : new int[] {3, 6, 9, 13, 17, 22, 27}) {
            mine(home, "facility.lift", OrderState.IN_PROGRESS, hours);
        }
    }

    private void mine(Estate estate, String topic, @Nullable OrderState stand, int hoursBack) {
        var at = now.minus(Duration.ofHours(hoursBack)).minusSeconds(dice.between(60, 1800));
        plans.add(new Plan(0, estate, at, stand, topic));
    }

    private void waiting(List<Estate> estates, OrderState state, int number, int hoursBack) {
        for (int i = 0; i < number; i++) {
            long minutes = (long) (hoursBack * 60L * (0.02 + 0.98 * (i + dice.fraction()) / number));
            plan(dice.pick(estates), state, now.minus(Duration.ofMinutes(minutes)));
        }
    }

    private void plan(Estate estate, @Nullable OrderState stand, Instant at) {
        var since = CivilTime.startOf(Known.in(staff.crews, estate.id()).since());
        if (!at.isBefore(since) && at.isBefore(now)) {
            plans.add(new Plan(0, estate, at.truncatedTo(ChronoUnit.SECONDS), stand, null));
        }
    }

    /** A little more each month as people take to it; most in the morning and after work, few at night. */
    private Instant past() {
        int day = (int) (DAYS * Math.pow(dice.fraction(), 1.15));
        LocalDate date = CivilTime.date(now).minusDays(day);
        double[] hours = {1, .5, .5, .5, .5, 1, 3, 7, 10, 10, 9, 7, 6, 6, 7, 7, 7, 8, 10, 11, 9, 7, 4, 2};
        return CivilTime.startOf(date)
                .plus(Duration.ofHours(dice.weighted(hours)))
                .plusSeconds(dice.between(0, 3599));
    }

    private Map<Long, List<Plan>> numbered() {
        plans.sort(Comparator.comparing(Plan::at)
                .thenComparing(plan -> plan.estate().id()));
        Map<Long, List<Plan>> byEstate = new TreeMap<>();
        long id = 0;
        for (var plan : plans) {
            byEstate.computeIfAbsent(plan.estate().id(), e -> new ArrayList<>())
                    .add(new Plan(++id, plan.estate(), plan.at(), plan.stand(), plan.topic()));
        }
        return byEstate;
    }
}

package org.hemei.workorder.routing;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.LongConsumer;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.Routing;
import org.hemei.workorder.RoutingBook;
import org.hemei.workorder.RoutingBook.Answer;
import org.hemei.workorder.RoutingBook.Ground;
import org.hemei.workorder.Urgency;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * What a set of changes would have done to the orders of the last thirty days: each is asked of the rules as they are and
 * as they would be. The orders themselves stay as they are. Orders that no two rules can tell apart are counted together,
 * so that a city's month takes seconds.
 */
@Component
class Replay {

    static final Duration PAST = Duration.ofDays(30);
    private static final int EXAMPLES = 20;

    /** @param body null: nobody is there */
    record Shift(@Nullable Long body, String name, long before, long after) {}

    record Pace(Urgency urgency, long before, long after) {}

    /** One order that would go elsewhere, of {@code like} at this estate about the same. */
    record Example(
            int district,
            long order,
            Instant submittedAt,
            String estate,
            String category,
            @Nullable String before,
            @Nullable String after,
            Urgency paceBefore,
            Urgency paceAfter,
            long like) {

        boolean moved() {
            return !Objects.equals(before, after);
        }

        String number() {
            return new org.hemei.workorder.OrderId(district, order).number(submittedAt);
        }
    }

    /**
     * @param moved orders that would have had another holder; @param paced another deadline class
     */
    record Result(
            long orders,
            long moved,
            long paced,
            long nobody,
            List<Shift> holders,
            List<Pace> paces,
            List<Example> examples) {}

    private record Group(int district, long estate, String category, Urgency urgency, long count, long newest) {}

    private record Category(String name, @Nullable String branch) {}

    private record Yard(String name, Ground ground) {}

    private final JdbcClient jdbc;
    private final InstantSource clock;

    Replay(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** How many orders there are to look at. */
    long size(String area) {
        var total = 0L;
        for (int district : districts(area)) {
            total += jdbc.sql("select count(*) " + ORDERS)
                    .param("district", district)
                    .param("area", area + "%")
                    .param("since", since())
                    .query(Long.class)
                    .single();
        }
        return total;
    }

    private static final String ORDERS = """
            from work_order o
            where o.district = :district and o.community like :area and o.submitted_at >= :since and o.holder is not null
            """;

    private Timestamp since() {
        return Timestamp.from(clock.instant().minus(PAST));
    }

    private List<Integer> districts(String area) {
        // orders stay where they were filed: an estate that moved left its own in the district of then
        return jdbc.sql("""
                select distinct g.district from estate_ground g join estate e on e.id = g.estate
                where e.community like :area or cast(g.district as text) like left(:area, 6) order by 1
                """).param("area", area + "%").query(Integer.class).list();
    }

    /** @param progress told after each district how many orders were looked at */
    Result run(String area, Drafts.Sides sides, LongConsumer progress) {
        var before = new Routing(sides.before());
        var after = new Routing(sides.after());
        var categories = categories();
        var sum = new Sum();
        for (int district : districts(area)) {
            var groups = groups(district, area);
            var yards = yards(groups);
            for (var group : groups) {
                var yard = Objects.requireNonNull(yards.get(group.estate));
                var category = Objects.requireNonNull(categories.get(group.category));
                var was = RoutingBook.answer(before, yard.ground, group.category, category.branch, group.urgency);
                var is = RoutingBook.answer(after, yard.ground, group.category, category.branch, group.urgency);
                sum.add(group, yard, category, was, is);
            }
            progress.accept(sum.orders);
        }
        return sum.result(names(sum.bodies()), this::submittedAt);
    }

    private List<Group> groups(int district, String area) {
        return jdbc.sql("select o.estate, o.category, o.urgency, count(*) as count, max(o.id) as newest " + ORDERS
                        + " group by o.estate, o.category, o.urgency")
                .param("district", district)
                .param("area", area + "%")
                .param("since", since())
                .query((r, n) -> new Group(
                        district,
                        r.getLong("estate"),
                        r.getString("category"),
                        Urgency.of(r.getString("urgency")),
                        r.getLong("count"),
                        r.getLong("newest")))
                .list();
    }

    private Instant submittedAt(Group group) {
        return jdbc.sql("select submitted_at from work_order where district = ? and id = ?")
                .params(group.district, group.newest)
                .query(Timestamp.class)
                .single()
                .toInstant();
    }

    /** As they lie today, wherever that is by now: an order filed today would be asked about there. */
    private Map<Long, Yard> yards(List<Group> groups) {
        var yards = new HashMap<Long, Yard>();
        jdbc.sql("select e.id, e.name, " + RoutingBook.GROUND + " from estate e where e.id = any(:estates)")
                .param("estates", groups.stream().map(Group::estate).distinct().toArray(Long[]::new))
                .param("on", CivilTime.date(clock.instant()))
                .param("at", Timestamp.from(clock.instant()))
                .query((r, n) -> yards.put(r.getLong("id"), new Yard(r.getString("name"), RoutingBook.ground(r))))
                .list();
        return yards;
    }

    private Map<String, Category> categories() {
        var categories = new HashMap<String, Category>();
        jdbc.sql("select code, name, parent from category")
                .query((r, n) ->
                        categories.put(r.getString("code"), new Category(r.getString("name"), r.getString("parent"))))
                .list();
        return categories;
    }

    private Map<Long, String> names(List<Long> bodies) {
        var names = new HashMap<Long, String>();
        jdbc.sql("select id, short_name from body where id = any(?)")
                .param(bodies.toArray(Long[]::new))
                .query((r, n) -> names.put(r.getLong("id"), r.getString("short_name")))
                .list();
        return names;
    }

    /** What has been counted so far. */
    private static final class Sum {

        private record Seen(Group group, Yard yard, Category category, Answer was, Answer is) {}

        private long orders;
        private long moved;
        private long paced;
        private long nobody;
        private final Map<Long, long[]> holders = new HashMap<>();
        private final Map<Urgency, long[]> paces = new TreeMap<>();
        private final List<Seen> changed = new ArrayList<>();

        void add(Group group, Yard yard, Category category, Answer was, Answer is) {
            orders += group.count;
            if (is.body() == null) {
                nobody += group.count;
            }
            var otherHolder = !Objects.equals(was.body(), is.body());
            if (otherHolder) {
                moved += group.count;
                // 0 stands for nobody: no body has that number
                holders.computeIfAbsent(was.body() == null ? 0L : was.body(), b -> new long[2])[0] += group.count;
                holders.computeIfAbsent(is.body() == null ? 0L : is.body(), b -> new long[2])[1] += group.count;
            }
            if (was.urgency() != is.urgency()) {
                paced += group.count;
                paces.computeIfAbsent(was.urgency(), u -> new long[2])[0] += group.count;
                paces.computeIfAbsent(is.urgency(), u -> new long[2])[1] += group.count;
            }
            if (otherHolder || was.urgency() != is.urgency()) {
                changed.add(new Seen(group, yard, category, was, is));
            }
        }

        List<Long> bodies() {
            var bodies = new ArrayList<>(holders.keySet());
            changed.forEach(seen -> {
                bodies.add(Objects.requireNonNullElse(seen.was.body(), 0L));
                bodies.add(Objects.requireNonNullElse(seen.is.body(), 0L));
            });
            return bodies.stream().distinct().toList();
        }

        Result result(Map<Long, String> names, Function<Group, Instant> times) {
            var shifts = holders.entrySet().stream()
                    .map(e -> new Shift(
                            e.getKey() == 0 ? null : e.getKey(),
                            names.getOrDefault(e.getKey(), "没有人接"),
                            e.getValue()[0],
                            e.getValue()[1]))
                    .sorted(Comparator.comparingLong((Shift s) -> -Math.abs(s.after - s.before))
                            .thenComparing(Shift::name))
                    .limit(100)
                    .toList();
            var steps = paces.entrySet().stream()
                    .map(e -> new Pace(e.getKey(), e.getValue()[0], e.getValue()[1]))
                    .toList();
            var examples = changed.stream()
                    .sorted(Comparator.comparingLong((Seen s) -> -s.group.count)
                            .thenComparingLong(s -> -s.group.newest))
                    .limit(EXAMPLES)
                    .map(s -> example(s, names, times))
                    .toList();
            return new Result(orders, moved, paced, nobody, shifts, steps, examples);
        }

        private static Example example(Seen seen, Map<Long, String> names, Function<Group, Instant> times) {
            return new Example(
                    seen.group.district,
                    seen.group.newest,
                    times.apply(seen.group),
                    seen.yard.name,
                    seen.category.name,
                    seen.was.body() == null ? null : names.get(seen.was.body()),
                    seen.is.body() == null ? null : names.get(seen.is.body()),
                    seen.was.urgency(),
                    seen.is.urgency(),
                    seen.group.count);
        }
    }
}

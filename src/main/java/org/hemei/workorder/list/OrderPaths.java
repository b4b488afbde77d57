package org.hemei.workorder.list;

import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.hemei.platform.Grant;
import org.hemei.platform.Reader;
import org.hemei.platform.db.Where;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.Grams;
import org.hemei.workorder.OrderState;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The way into the table of orders for a list: which pieces of which index, each newest first, hold everything the list can
 * show. PostgreSQL merges the pieces as far as the page needs and no further. A way may lead past too much, never past too
 * little: what belongs on the list is for the scope and the filter to say.
 */
@Component
class OrderPaths {

    /** More pieces than this are planned longer than they are read: whole districts then. */
    private static final int MOST_PIECES = 64;

    /** As the partial index says it. */
    private static final String OPEN = "o.state in ("
            + java.util.Arrays.stream(OrderState.values())
                    .filter(OrderState::open)
                    .map(state -> "'" + state.code() + "'")
                    .collect(Collectors.joining(", "))
            + ")";

    /** Of these, those that somebody on duty owes a step with a deadline. */
    private static final String TIMED = "o.falls_due is not null and o.state in (" + OrderState.OWED_SQL + ")";

    private static final int DISTRICT = 6;
    private static final int STREET = 9;
    private static final int COMMUNITY = 12;

    /** @param marks one of which every order on the way has among its terms; empty when nothing is known */
    record Way(List<String> pieces, Map<String, Object> params, Set<String> marks) {

        /**
         * The first so many of the way. Each piece is sorted and bounded by itself: so PostgreSQL reads it from its index, and
         * merges the pieces no further than somebody asks. Without the bound it would read and sort them whole.
         */
        String sql(int most) {
            if (pieces.isEmpty()) {
                return "select o.* from work_order o where false";
            }
            var bound = "\n" + OrderStatements.NEWEST + " limit " + most + ")";
            var all = pieces.stream().collect(Collectors.joining(bound + "\nunion all\n(", "(", bound));
            return pieces.size() == 1
                    ? all
                    : "select o.* from (" + all + ") o\n" + OrderStatements.NEWEST + "\nlimit " + most;
        }
    }

    /** Pieces of what is open, without any order of their own. */
    record Open(List<String> pieces, Map<String, Object> params) {
        String sql() {
            return pieces.isEmpty() ? "select o.* from work_order o where false" : String.join("\nunion all\n", pieces);
        }

        /**
         * The first so many in an order that an index keeps. Each piece is filtered, sorted and bounded by itself, so that it is
         * read no further than for its own first ones; a filter outside would cut a piece short before it is full.
         *
         * @param words what the filter needs of the words; may be empty
         */
        String first(int most, String words, String filter, String order) {
            var end = "\n" + order + "\nlimit " + most;
            return pieces.stream()
                    .map(piece -> "(select o.* from (" + piece + ") o\n" + words + "where " + filter + end + ")")
                    .reduce((one, other) -> one + "\nunion all\n" + other)
                    .map(all -> "select o.* from (" + all + ") o" + end)
                    .orElse("select o.* from work_order o where false");
        }
    }

    private record Place(int district, long id) {}

    private final JdbcClient jdbc;

    OrderPaths(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Newest first, beginning after a key, within the days of the filter. Sorted by (submitted_at, id), descending. */
    Way newest(Reader reader, OrderFilter filter, OrderListQueries.@Nullable Key after) {
        var areas = areas(reader, filter);
        var range = range(filter, after);
        if (filter.onlyOpen() && !byAreas(reader, filter, areas)) {
            range.and(OPEN);
        }
        return pieces(reader, filter, areas, range).way(marks(reader, filter, areas));
    }

    /**
     * All that are open, in no order, filed before a key: for a list on which nothing else can be, where the newest of all do not fill
     * it. Empty where the index of open orders, which goes by areas, does not lead to them.
     */
    Optional<Open> open(Reader reader, OrderFilter filter, OrderListQueries.@Nullable Key after) {
        var areas = areas(reader, filter);
        return filter.onlyOpen() && byAreas(reader, filter, areas)
                ? Optional.of(pieces(reader, filter, areas, range(filter, after).and(OPEN))
                        .open())
                : Optional.empty();
    }

    private static boolean byAreas(Reader reader, OrderFilter filter, List<String> areas) {
        return filter.estate() == null
                && !byHolder(filter, areas)
                && OrderScope.holders(reader).isEmpty()
                && OrderScope.helpers(reader).isEmpty();
    }

    /** A holder is the shorter way where the areas are wide. */
    private static boolean byHolder(OrderFilter filter, List<String> areas) {
        return filter.holder() != null && areas.stream().allMatch(code -> code.length() <= DISTRICT);
    }

    /** Those whose clock runs, due after a key, filed within the days of the filter. */
    Open due(Reader reader, OrderFilter filter, OrderListQueries.@Nullable Key after) {
        // both as the partial indexes say it: by area, and by what is due in a district
        var range = range(filter, null).and(OPEN).and(TIMED);
        if (after != null) {
            range.and("(o.falls_due, o.id) > (:wayAt, :wayId)", "wayAt", Timestamp.from(after.at()))
                    .with("wayId", after.id());
        }
        return pieces(reader, filter, areas(reader, filter), range).open();
    }

    private Pieces pieces(Reader reader, OrderFilter filter, List<String> areas, Where range) {
        var pieces = new Pieces(range);
        var estate = filter.estate();
        if (estate != null) {
            long wanted = estate;
            districts(wanted).forEach(d -> pieces.estate(d, wanted));
        } else if (byHolder(filter, areas)) {
            holders(new Long[] {filter.holder()}).forEach(place -> pieces.holder(place.district, place.id));
        } else {
            areas(pieces, areas);
            held(pieces, reader, areas, filter);
        }
        return pieces;
    }

    /** The districts where orders of the reader can be: an order's number is looked for in each. */
    Integer[] districts(Reader reader) {
        var roots = OrderScope.roots(reader);
        if (roots.isEmpty()
                || !OrderScope.holders(reader).isEmpty()
                || !OrderScope.helpers(reader).isEmpty()) {
            return known(List.of(""));
        }
        return known(roots);
    }

    private Integer[] known(List<String> roots) {
        return jdbc.sql(
                        "select code from area where level = 'district' and (code like any(?) or left(code, 6) = any(?))")
                .param(roots.stream().map(root -> root + "%").toArray(String[]::new))
                .param(roots.stream()
                        .filter(root -> root.length() >= DISTRICT)
                        .map(root -> root.substring(0, DISTRICT))
                        .toArray(String[]::new))
                .query(Integer.class)
                .list()
                .toArray(Integer[]::new);
    }

    /** Where orders of the estate are: they stay where they were filed when it comes to another district. */
    private List<Integer> districts(long estate) {
        return jdbc.sql("select district from estate_ground where estate = ? order by district")
                .param(estate)
                .query(Integer.class)
                .list();
    }

    /** What the reader oversees of what is asked for, widest first. */
    private static List<String> areas(Reader reader, OrderFilter filter) {
        var wanted = filter.area();
        var roots = OrderScope.roots(reader);
        if (wanted == null) {
            return roots;
        }
        return roots.stream().anyMatch(wanted::startsWith)
                ? List.of(wanted)
                : roots.stream().filter(root -> root.startsWith(wanted)).toList();
    }

    private void areas(Pieces pieces, List<String> areas) {
        var fine = new LinkedHashSet<String>();
        for (var code : areas) {
            switch (code.length()) {
                case COMMUNITY, DISTRICT -> fine.add(code);
                case STREET -> fine.addAll(below(code, "community"));
                default -> fine.addAll(below(code, "district"));
            }
        }
        if (fine.size() > MOST_PIECES) {
            fine = fine.stream()
                    .map(code -> code.substring(0, DISTRICT))
                    .collect(Collectors.toCollection(LinkedHashSet::new));
        }
        fine.forEach(pieces::area);
    }

    private List<String> below(String code, String level) {
        return jdbc.sql("select code from area where code like ? and level = ? order by code")
                .params(code + "%", level)
                .query(String.class)
                .list();
    }

    /** What the reader's bodies hold and help with, where it does not lie in their areas anyway. */
    private void held(Pieces pieces, Reader reader, List<String> areas, OrderFilter filter) {
        var beyond = new Where();
        if (!areas.isEmpty()) {
            beyond.and("not " + "o.community like any(:wayAreas)")
                    .with("wayAreas", areas.stream().map(code -> code + "%").toArray(String[]::new));
        }
        var holders = OrderScope.holders(reader);
        pieces.beyond(beyond);
        var wide = new ArrayList<Long>();
        var seen = new LinkedHashSet<Place>();
        for (var grant : holders.grants()) {
            var body = grant.body();
            if (body == null) {
                continue;
            }
            var estate = grant.estate();
            if (estate == null) {
                wide.add(body);
            } else {
                long here = estate;
                districts(here).forEach(d -> seen.add(new Place(d, here)));
            }
        }
        seen.forEach(place -> pieces.estateOf(place.district, place.id, holders.bodies()));
        holders(wide.toArray(Long[]::new)).forEach(place -> pieces.holder(place.district, place.id));
        var helpers = OrderScope.helpers(reader);
        if (!helpers.isEmpty()) {
            if (!holders.isEmpty()) {
                beyond.and("not coalesce(" + OrderScope.heldBy(beyond, "wayHeld", holders) + ", false)");
            }
            pieces.beyond(beyond);
            pieces.helper(helpers.bodies());
        }
    }

    /** Where a body can hold orders: a company by its contracts of all years, any other in its area. */
    private List<Place> holders(Long[] bodies) {
        if (bodies.length == 0) {
            return List.of();
        }
        return jdbc.sql("""
                select g.district, c.company as id from contract c join estate_ground g on g.estate = c.estate where c.company = any(:bodies)
                union
                select cast(a.code as int), b.id
                from body b join area a on a.level = 'district' and (a.code like b.area || '%' or b.area like a.code || '%')
                where b.id = any(:bodies)
                order by 1, 2
                """)
                .param("bodies", bodies)
                .query((r, n) -> new Place(r.getInt(1), r.getLong(2)))
                .list();
    }

    /** The places among whose orders a text is looked for; none for those who also see orders elsewhere. */
    private Set<String> marks(Reader reader, OrderFilter filter, List<String> areas) {
        var holders = OrderScope.holders(reader);
        if (OrderScope.areas(reader).isEmpty() && !holders.isEmpty() && filter.area() == null) {
            var whole = holders.grants().stream().anyMatch(grant -> grant.estate() == null);
            var estates = holders.grants().stream()
                    .map(Grant::estate)
                    .filter(Objects::nonNull)
                    .toArray(Long[]::new);
            var communities = jdbc.sql("""
                    select distinct p.community from contract c join estate e on e.id = c.estate cross join lateral (
                        select e.community
                        union all
                        select g.detail -> 'community' ->> 0 from estate_change g where g.estate = e.id and g.verb = 'moved') p
                    where c.company = any(:bodies) and (:whole or e.id = any(:estates)) limit 65
                    """)
                    .param("bodies", holders.bodies())
                    .param("whole", whole)
                    .param("estates", estates)
                    .query(String.class)
                    .list();
            return communities.size() > MOST_PIECES || helps(reader) ? Set.of() : marks(communities);
        }
        var onlyAreas = holders.isEmpty() && OrderScope.helpers(reader).isEmpty();
        return onlyAreas && areas.size() <= MOST_PIECES ? marks(areas) : Set.of();
    }

    private boolean helps(Reader reader) {
        var bodies = OrderScope.helpers(reader).bodies();
        return bodies.length > 0
                && jdbc.sql(
                                "select exists (select from assist_task where body = any(?) and state not in ('cancelled', 'declined', 'given_up'))")
                        .param(bodies)
                        .query(Boolean.class)
                        .single();
    }

    private static Set<String> marks(List<String> codes) {
        // a city is everything: its mark would say nothing and is not kept
        return codes.stream().anyMatch(code -> code.length() < DISTRICT)
                ? Set.of()
                : codes.stream().map(Grams::place).collect(Collectors.toSet());
    }

    private static Where range(OrderFilter filter, OrderListQueries.@Nullable Key after) {
        var range = new Where();
        if (after != null) {
            range.and("(o.submitted_at, o.id) < (:wayAt, :wayId)", "wayAt", Timestamp.from(after.at()))
                    .with("wayId", after.id());
        }
        if (filter.from() != null) {
            range.and("o.submitted_at >= :wayFrom", "wayFrom", Timestamp.from(CivilTime.startOf(filter.from())));
        }
        var last = filter.lastDay();
        if (last != null) {
            range.and("o.submitted_at < :wayTo", "wayTo", Timestamp.from(CivilTime.startOf(last.plusDays(1))));
        }
        return range;
    }

    /** The pieces of one way, put together as selects that PostgreSQL can merge. */
    private static final class Pieces {
        private final List<String> selects = new ArrayList<>();
        private final Map<String, Object> params = new HashMap<>();
        private final String range;
        private String beyond = "";

        Pieces(Where range) {
            this.range = range.sql().equals("true") ? "" : " and " + range.sql();
            params.putAll(range.params());
        }

        /** What the next pieces leave out, because earlier ones have it. */
        void beyond(Where where) {
            params.putAll(where.params());
            beyond = where.sql().equals("true") ? "" : " and " + where.sql();
        }

        private String param(Object value) {
            var name = "way" + params.size();
            params.put(name, value);
            return ":" + name;
        }

        private void add(String condition) {
            selects.add("select o.* from work_order o where " + condition + range + beyond);
        }

        void area(String code) {
            var district = "o.district = " + param(Integer.valueOf(code.substring(0, DISTRICT)));
            add(code.length() == DISTRICT ? district : district + " and o.community = " + param(code));
        }

        void estate(int district, long estate) {
            add("o.district = " + param(district) + " and o.estate = " + param(estate));
        }

        void estateOf(int district, long estate, Long[] bodies) {
            add("o.district = " + param(district) + " and o.estate = " + param(estate) + " and o.holder = any("
                    + param(bodies) + ")");
        }

        void holder(int district, long body) {
            add("o.district = " + param(district) + " and o.holder = " + param(body));
        }

        void helper(Long[] bodies) {
            selects.add("""
                    select o.* from (select distinct a.district, a.order_id from assist_task a
                                     where a.body = any(%s) and a.state not in ('cancelled', 'declined', 'given_up')) mine
                    cross join lateral (select * from work_order o where o.district = mine.district and o.id = mine.order_id) o
                    where true""".formatted(param(bodies)) + range + beyond);
        }

        Open open() {
            return new Open(selects, params);
        }

        Way way(Set<String> marks) {
            return new Way(selects, params, marks);
        }
    }
}

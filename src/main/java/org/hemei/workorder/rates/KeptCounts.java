package org.hemei.workorder.rates;

import java.util.ArrayList;
import org.hemei.access.Role;
import org.hemei.platform.Grant;
import org.hemei.platform.Reader;
import org.hemei.platform.db.Where;
import org.hemei.workorder.measure.Parts;
import org.jspecify.annotations.Nullable;

/**
 * Which rows of {@code order_count} hold a figure, so that it is read from some hundred rows and not from orders. Rows are
 * kept for areas, estates, holders and holders at an estate; by topic for areas and holders as a whole.
 */
final class KeptCounts {

    /** The key under which the whole comes along where the parts leave out orders that nobody holds. */
    static final String WHOLE = "*";

    private KeptCounts() {}

    /** @param where with all its parameters */
    record Rows(String sql, Where where) {}

    /** Null where only the orders can tell: categories of estates, leaves of the category tree, both crossed with holders. */
    static @Nullable Rows of(RateFilter filter, By asked, @Nullable Reader reader) {
        var by = asked.in(filter);
        var covered = reader == null || (filter.area() != null && overseen(reader, filter.area()));
        if (!covered && filter.area() != null) {
            return null;
        }
        if (filter.category() != null || by == By.CATEGORY) {
            return byTopic(filter, by, covered);
        }
        if (covered && filter.company() == null && (by == By.AREA || by == By.ESTATE || by == By.MONTH)) {
            return ofPlace(filter, by);
        }
        return ofHolders(filter, by, covered ? null : reader);
    }

    /** Areas told apart at one level below the filter's, by the number of digits their codes have. */
    static Rows ofAreas(RateFilter filter, int digits) {
        var where = where(filter, "''")
                .and("c.scope like :area and length(c.scope) = " + digits, "area", filter.area() + "%");
        return select("c.scope", where);
    }

    private static boolean overseen(Reader reader, String area) {
        return reader.scope(Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY)
                .covers(area);
    }

    private static Where where(RateFilter filter, String topic) {
        return new Where()
                .and("c.topic = " + topic + " and c.month between :first and :last")
                .with("first", filter.period().first().atDay(1))
                .with("last", filter.period().last().atDay(1));
    }

    private static Rows select(String key, Where where) {
        return new Rows(
                "select " + key + " as key, " + Parts.sums("c") + " from order_count c where " + where.sql()
                        + " group by 1",
                where);
    }

    private static @Nullable Rows byTopic(RateFilter filter, By by, boolean covered) {
        var category = filter.category();
        var leaf = category != null && category.contains(".");
        if (leaf || !covered || filter.estate() != null || (filter.area() == null) == (filter.company() == null)) {
            return null;
        }
        var scope = filter.area() == null ? "h" + filter.company() : filter.area();
        if (category == null) {
            return select(
                    "c.topic", where(filter, "c.topic").and("c.topic <> '' and c.scope = :scope", "scope", scope));
        }
        var where = where(filter, ":topic").with("topic", category).and("c.topic <> ''");
        return switch (by) {
            case MONTH -> select(month(), where.and("c.scope = :scope", "scope", scope));
            case AREA ->
                filter.company() != null
                        ? null
                        : select(
                                "c.scope",
                                where.and("c.scope in (select code from area where parent = :scope)", "scope", scope));
            default -> null;
        };
    }

    private static String month() {
        return "to_char(c.month, 'YYYY-MM')";
    }

    /** Of an area or an estate, whoever holds its orders. */
    private static Rows ofPlace(RateFilter filter, By by) {
        var where = where(filter, "''");
        var area = filter.area();
        if (filter.estate() != null) {
            where.and("c.scope = :estate", "estate", "e" + filter.estate());
            if (area != null) {
                where.and("c.above like :area", "area", area + "%");
            }
            return select(
                    switch (by) {
                        case MONTH -> month();
                        case AREA -> "left(c.above, " + By.below(filter) + ")";
                        default -> "substr(c.scope, 2)";
                    },
                    where);
        }
        return switch (by) {
            case MONTH ->
                select(
                        month(),
                        area == null
                                ? where.and("length(c.scope) = 4 and c.above = ''")
                                : where.and("c.scope = :place", "place", area));
            case AREA -> select("c.scope", where.and("c.above = :place", "place", area == null ? "" : area));
            default ->
                select(
                        "substr(c.scope, 2)",
                        where.and("c.above like :area and c.scope like 'e%'", "area", area == null ? "%" : area + "%"));
        };
    }

    /** Of those who hold orders; where they are told apart, the whole comes along. */
    private static Rows ofHolders(RateFilter filter, By by, @Nullable Reader limited) {
        var where = where(filter, "''").and("c.scope like :holder", "holder", "h%e%");
        if (filter.company() != null) {
            where.and("c.scope like :company", "company", "h" + filter.company() + "e%");
        }
        if (filter.estate() != null) {
            where.and("c.scope like :at", "at", "h%e" + filter.estate());
        }
        if (filter.area() != null) {
            where.and("c.above like :area", "area", filter.area() + "%");
        }
        if (limited != null) {
            limit(where, limited);
        }
        var rows = select(
                switch (by) {
                    case AREA -> "left(c.above, " + By.below(filter) + ")";
                    case ESTATE -> "split_part(c.scope, 'e', 2)";
                    case COMPANY -> "substr(split_part(c.scope, 'e', 1), 2)";
                    case PROJECT -> "substr(replace(c.scope, 'e', '-'), 2)";
                    default -> month();
                },
                where);
        var apart = by == By.COMPANY || by == By.PROJECT;
        return apart && limited == null && filter.company() == null ? withWhole(rows, filter) : rows;
    }

    private static Rows withWhole(Rows rows, RateFilter filter) {
        var whole = ofPlace(filter, By.MONTH);
        whole.where.params().forEach(rows.where::with);
        return new Rows(
                rows.sql + " union all select '" + WHOLE + "', " + Parts.sums("w") + " from (" + whole.sql + ") w",
                rows.where);
    }

    /** To the holders, at the estates, that a manager answers for. */
    private static void limit(Where where, Reader reader) {
        var own = new ArrayList<String>();
        for (Grant grant : reader.scope(Role.MANAGER).grants()) {
            own.add("h" + grant.body() + "e" + (grant.estate() == null ? "%" : grant.estate()));
        }
        where.and("c.scope like any(:own)", "own", own.toArray(String[]::new));
    }
}

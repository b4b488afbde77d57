package org.hemei.workorder.rates;

import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.regex.Pattern;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.db.Where;
import org.hemei.platform.web.Address;
import org.hemei.workorder.list.OrderScope;
import org.hemei.workorder.measure.RateSql;
import org.jspecify.annotations.Nullable;

/**
 * Whose orders, of which kind, from when. Read from the address, so anything may stand there: what makes no sense is left out.
 *
 * @param company the body that holds the orders; with an estate it is a project
 */
public record RateFilter(
        @Nullable String area,
        @Nullable Long estate,
        @Nullable Long company,
        @Nullable String category,
        Period period) {

    private static final Pattern AREA = Pattern.compile("\\d{4}|\\d{6}|\\d{9}|\\d{12}");
    private static final Pattern CATEGORY = Pattern.compile("[a-z0-9_]{1,40}(\\.[a-z0-9_]{1,40})?");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    public static RateFilter of(Map<String, String> query, LocalDate today) {
        return new RateFilter(
                match(AREA, query.get("area")),
                number(query.get("estate")),
                number(query.get("company")),
                match(CATEGORY, query.get("category")),
                Period.of(query.get("month"), query.get("months"), today));
    }

    public static RateFilter area(String area, Period period) {
        return new RateFilter(area, null, null, null, period);
    }

    public static RateFilter company(long company, Period period) {
        return new RateFilter(null, null, company, null, period);
    }

    RateFilter in(@Nullable String code) {
        return new RateFilter(code, estate, company, category, period);
    }

    public Address on(String path) {
        return Address.of(path)
                .with("area", area)
                .with("estate", estate)
                .with("company", company)
                .with("category", category)
                .with("month", period.last())
                .with("months", period.months() == 1 ? null : period.months());
    }

    /** The condition on {@code work_order o}, with all parameters that {@link RateSql#cases} wants. */
    public Where where(Instant now) {
        return where().with("now", Timestamp.from(now));
    }

    /** The condition on {@code work_order o}. */
    Where where() {
        var where = new Where()
                .and("o.submitted_at >= :from and o.submitted_at < :to", "from", Timestamp.from(period.from()))
                .with("to", Timestamp.from(period.to()));
        if (area != null) {
            where.and("o.community like :area", "area", area + "%");
            if (area.length() >= 6) {
                where.and("o.district = :district", "district", Integer.valueOf(area.substring(0, 6)));
            }
        }
        if (estate != null) {
            where.and("o.estate = :estate", "estate", estate);
        }
        if (company != null) {
            where.and("o.holder = :company", "company", company);
        }
        if (category != null) {
            where.and("o.category = :category or o.category like :categoryBelow", "category", category)
                    .with("categoryBelow", category.replace("_", "\\_") + ".%");
        }
        return where;
    }

    /** Limits to what the reader may see: the areas they oversee, the orders their company holds. Nobody else, nothing. */
    static void limit(Where where, Reader reader) {
        var areas = reader.scope(Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY);
        var holders = reader.scope(Role.MANAGER);
        if (areas.isEmpty() && holders.isEmpty()) {
            where.and("false");
        } else if (holders.isEmpty()) {
            where.and(OrderScope.inAreas(where, "rateArea", areas));
        } else if (areas.isEmpty()) {
            where.and(OrderScope.heldBy(where, "rateHolder", holders));
        } else {
            where.and(OrderScope.inAreas(where, "rateArea", areas) + "\n or "
                    + OrderScope.heldBy(where, "rateHolder", holders));
        }
    }

    private static @Nullable String match(Pattern form, @Nullable String text) {
        return text != null && form.matcher(text).matches() ? text : null;
    }

    private static @Nullable Long number(@Nullable String text) {
        return match(NUMBER, text) == null ? null : Long.valueOf(text);
    }
}

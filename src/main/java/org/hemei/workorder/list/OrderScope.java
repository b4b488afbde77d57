package org.hemei.workorder.list;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.Grant;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.hemei.platform.db.Where;

/**
 * Which orders somebody on duty may read, as a condition on {@code work_order o}: those of the areas below for the
 * administration, those they hold for a company, those they were asked to help with for a helper. Nobody else, none.
 */
public final class OrderScope {

    private static final int DISTRICT_DIGITS = 6;

    /** Sorts after every digit. */
    private static final String AFTER_DIGITS = ":";

    private OrderScope() {}

    /** Whether the reader has any business with lists of orders. */
    public static boolean onDuty(Reader reader) {
        return !areas(reader).isEmpty()
                || !holders(reader).isEmpty()
                || !helpers(reader).isEmpty();
    }

    static Scope areas(Reader reader) {
        return reader.scope(Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY);
    }

    static Scope holders(Reader reader) {
        return reader.scope(Role.MANAGER, Role.STAFF);
    }

    public static Scope helpers(Reader reader) {
        return reader.scope(Role.HELPER, Role.MANAGER);
    }

    /** Whether the reader may read every order that a body holds at an estate. */
    public static boolean reads(Reader reader, long body, long estate, String community) {
        return areas(reader).covers(community) || holders(reader).covers(body, estate);
    }

    /** Adds the condition; the parameters are named scope…. */
    public static void limit(Where where, Reader reader) {
        var any = new ArrayList<String>();
        var areas = areas(reader);
        if (!areas.isEmpty()) {
            any.add(inAreas(where, "scopeArea", areas));
        }
        var holders = holders(reader);
        if (!holders.isEmpty()) {
            any.add(heldBy(where, "scopeHolder", holders));
        }
        var helpers = helpers(reader);
        if (!helpers.isEmpty()) {
            where.with("scopeHelper", helpers.bodies());
            any.add("""
                    exists (select from assist_task a where a.district = o.district and a.order_id = o.id
                            and a.body = any(:scopeHelper) and a.state not in ('cancelled', 'declined', 'given_up'))""");
        }
        where.and(any.isEmpty() ? "false" : String.join("\n or ", any));
    }

    /**
     * Orders whose community lies in the areas. It names the districts and the range of codes too: an index cannot be searched by
     * a list of patterns, but by these, so that only their shards and their part of an index are read.
     */
    public static String inAreas(Where where, String name, Scope areas) {
        var codes = areas.areas();
        where.with(name + "Like", areas.patterns());
        if (codes.stream().anyMatch(code -> code.length() < DISTRICT_DIGITS)) {
            return "o.community like any(:" + name + "Like)";
        }
        where.with(name + "District", districts(codes));
        where.with(name + "From", Collections.min(codes));
        where.with(
                name + "To",
                Collections.max(codes.stream().map(code -> code + AFTER_DIGITS).toList()));
        return """
                o.district = any(:%1$sDistrict) and o.community >= :%1$sFrom and o.community < :%1$sTo
                and o.community like any(:%1$sLike)""".formatted(name);
    }

    /** Orders held by one of the bodies, at the estate of the grant or wherever the body works. */
    public static String heldBy(Where where, String name, Scope holders) {
        return pairs(where, name, holders, "o.holder");
    }

    /** The same for another column that names a body of the order: each body at the estate of its own grant. */
    public static String pairs(Where where, String name, Scope holders, String body) {
        var grants = holders.grants();
        where.with(name + "Body", grants.stream().map(Grant::body).toArray(Long[]::new));
        where.with(name + "Estate", grants.stream().map(Grant::estate).toArray(Long[]::new));
        return """
                %2$s = any(:%1$sBody) and exists (
                    select from unnest(cast(:%1$sBody as bigint[]), cast(:%1$sEstate as bigint[])) as g (body, estate)
                    where g.body = %2$s and (g.estate is null or g.estate = o.estate))""".formatted(name, body);
    }

    static Integer[] districts(List<String> codes) {
        return codes.stream()
                .filter(code -> code.length() >= DISTRICT_DIGITS)
                .map(code -> Integer.valueOf(code.substring(0, DISTRICT_DIGITS)))
                .distinct()
                .toArray(Integer[]::new);
    }

    /** The areas the reader oversees, widest first. */
    public static List<String> roots(Reader reader) {
        var codes = areas(reader).areas().toArray(String[]::new);
        Arrays.sort(codes, java.util.Comparator.comparingInt(String::length).thenComparing(c -> c));
        var roots = new ArrayList<String>();
        for (var code : codes) {
            if (roots.stream().noneMatch(code::startsWith)) {
                roots.add(code);
            }
        }
        return roots;
    }
}

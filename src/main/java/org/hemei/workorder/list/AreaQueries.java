package org.hemei.workorder.list;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import org.hemei.platform.Grant;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.Areas;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The places and kinds that lists of orders can be narrowed to. */
@Component
public class AreaQueries {

    private static final int[] LEVELS = {4, 6, 9, 12};

    public record Area(String code, String name, String level) {

        public Area {
            name = plain(name);
        }
    }

    /** As people call it: 竹西社区 and not 竹西社区居民委员会, 大圩村 and not 大圩村民委员会. */
    public static String plain(String official) {
        return Areas.plain(official);
    }

    /**
     * Where a reader stands among the areas, and where they can go.
     *
     * @param path from the widest area of theirs down to the chosen one
     * @param below the areas one level under it
     */
    public record Picker(List<Area> path, List<Area> below) {

        /** The area looked at; null when the reader has none, or several and has not chosen. */
        @Nullable
        public Area here() {
            return path.isEmpty() ? null : path.getLast();
        }
    }

    public record Named(String id, String name) {

        public Named {
            name = plain(name);
        }
    }

    /** A branch of the category tree with its leaves. */
    record Branch(String code, String name, List<Named> leaves) {}

    private final JdbcClient jdbc;
    private final InstantSource clock;

    AreaQueries(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @param chosen an area code from the address; ignored when it lies outside what the reader oversees */
    public Picker picker(Reader reader, @Nullable String chosen) {
        var roots = OrderScope.roots(reader);
        if (roots.isEmpty()) {
            return new Picker(List.of(), List.of());
        }
        var target = chosen != null && roots.stream().anyMatch(chosen::startsWith)
                ? chosen
                : roots.size() == 1 ? roots.getFirst() : null;
        if (target == null) {
            return new Picker(List.of(), named(roots));
        }
        var path = new ArrayList<String>();
        for (int length : LEVELS) {
            if (length <= target.length()) {
                var code = target.substring(0, length);
                if (roots.stream().anyMatch(code::startsWith)) {
                    path.add(code);
                }
            }
        }
        return new Picker(named(path), below(target));
    }

    private List<Area> named(List<String> codes) {
        return jdbc.sql("select code, name, level from area where code = any(?) order by length(code), code")
                .param(codes.toArray(String[]::new))
                .query(Area.class)
                .list();
    }

    private List<Area> below(String code) {
        return jdbc.sql("select code, name, level from area where parent = ? order by code")
                .param(code)
                .query(Area.class)
                .list();
    }

    /** The estates of one community, with those that left it and have orders there, or those where the reader's company works; none where that would be too many. */
    List<Named> estates(Reader reader, @Nullable Area here) {
        if (here != null && here.level.equals("community")) {
            return jdbc.sql("""
                            select id, name from estate
                            where community = :community
                               or id in (select estate from estate_change
                                         where verb = 'moved' and detail -> 'community' ->> 0 = :community)
                            order by name
                            """)
                    .param("community", here.code)
                    .query(AreaQueries::named)
                    .list();
        }
        var holders = OrderScope.holders(reader);
        return jdbc.sql("""
                select e.id, e.name
                from estate e
                where e.id = any(:estates)
                   or exists (select from contract c where c.estate = e.id and c.company = any(:bodies) and c.during @> :today)
                order by e.name
                limit 200
                """)
                .param("estates", holders.estates())
                .param("bodies", wide(holders.grants()))
                .param("today", CivilTime.date(clock.instant()))
                .query(AreaQueries::named)
                .list();
    }

    /** The bodies of grants that hold everywhere the body works. */
    private static Long[] wide(List<Grant> grants) {
        return grants.stream()
                .filter(grant -> grant.estate() == null)
                .map(Grant::body)
                .filter(Objects::nonNull)
                .toArray(Long[]::new);
    }

    List<Branch> categories() {
        var branches = new LinkedHashMap<String, Branch>();
        jdbc.sql("""
                select c.code, c.name, c.parent, p.name as parent_name
                from category c join category p on p.code = c.parent
                where c.active and p.active
                order by p.position, c.position
                """)
                .query((r, n) -> branches.computeIfAbsent(r.getString("parent"), code -> branch(code, r))
                        .leaves()
                        .add(new Named(r.getString("code"), r.getString("name"))))
                .list();
        return List.copyOf(branches.values());
    }

    private static Branch branch(String code, ResultSet r) {
        try {
            return new Branch(code, r.getString("parent_name"), new ArrayList<>());
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** What a filter's numbers and codes stand for, so that the page can say it; null where there is no such thing. */
    record Names(
            @Nullable String estate,
            @Nullable String building,
            @Nullable String unit,
            @Nullable String holder,
            @Nullable String worker,
            @Nullable String category) {

        static final Names NONE = new Names(null, null, null, null, null, null);
    }

    /** People by their masked names, since a page is also printed, and only those who work. */
    Names names(OrderFilter filter) {
        if (filter.namesNothing()) {
            return Names.NONE;
        }
        return jdbc.sql("""
                select (select e.name from estate e where e.id = :estate) as estate,
                       (select b.name from building b where b.id = :building) as building,
                       (select b.name || ' ' || u.name from unit u join building b on b.id = u.building where u.id = :unit) as unit,
                       (select h.short_name from body h where h.id = :holder) as holder,
                       (select p.masked_name from account a join person p on p.id = a.person
                        where a.id = :worker and exists (select from access_grant g where g.account = a.id
                                                         and g.role in ('STAFF', 'MANAGER'))) as worker,
                       (select c.name from category c where c.code = :category) as category
                """)
                .param("estate", filter.estate(), Types.BIGINT)
                .param("building", filter.building(), Types.BIGINT)
                .param("unit", filter.unit(), Types.BIGINT)
                .param("holder", filter.holder(), Types.BIGINT)
                .param("worker", filter.worker(), Types.BIGINT)
                .param("category", filter.category(), Types.VARCHAR)
                .query(Names.class)
                .single();
    }

    private static Named named(ResultSet r, int n) throws SQLException {
        return new Named(r.getString("id"), r.getString("name"));
    }
}

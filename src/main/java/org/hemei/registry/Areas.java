package org.hemei.registry;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The areas somebody works in, and the way down through them: for filters and for choosing a place. */
@Component
public class Areas {

    /** The length of a city's code. */
    public static final int CITY_DIGITS = 4;

    private static final Office[] ADMINISTRATION = {
        Office.COMMUNITY, Office.STREET, Office.DISTRICT, Office.CITY, Office.ORGANISATION, Office.HOUSING
    };

    private static final int[] LEVELS = {4, 6, 9, 12};

    /** @param name as people call it */
    public record Area(String code, String name, String level) {

        public Area {
            name = plain(name);
        }
    }

    /**
     * @param path from the widest area of the reader's down to the chosen one
     * @param below the areas one level under it
     */
    public record Picker(List<Area> path, List<Area> below) {

        /** The area looked at; null when the reader has none, or several and has not chosen. */
        public @Nullable Area here() {
            return path.isEmpty() ? null : path.getLast();
        }

        /** What was chosen, if it is an area that the reader may look at; else empty, for all. */
        public String at(String chosen) {
            var here = here();
            return here != null && here.code().equals(chosen) ? chosen : "";
        }
    }

    /** A street with its communities. */
    public record Street(String code, String name, List<Area> communities) {}

    private final JdbcClient jdbc;

    Areas(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** 竹西社区 and not 竹西社区居民委员会 or 竹西社区居委会, 大圩村 and not 大圩村民委员会, 红旗社区 and not 红旗社区村民委员会. */
    public static String plain(String official) {
        for (var ending : List.of("居民委员会", "村民委员会", "居委会", "村委会")) {
            if (official.endsWith(ending) && official.length() > ending.length()) {
                var stem = official.substring(0, official.length() - ending.length());
                var whole = stem.endsWith("社区") || stem.endsWith("村");
                return whole ? stem : stem + (ending.startsWith("村") ? "村" : "社区");
            }
        }
        return official;
    }

    /** Where the administration, from a community's desk to the city's, sees places and bodies. */
    public static Scope seen(Reader reader) {
        return reader.scope(ADMINISTRATION);
    }

    /** The same, for pages that only the administration has. */
    public static Scope required(Reader reader) {
        return Office.required(reader, ADMINISTRATION);
    }

    /** @param chosen an area code from the address; ignored when it lies outside the scope */
    public Picker picker(Scope scope, @Nullable String chosen) {
        var roots = roots(scope);
        if (roots.isEmpty()) {
            return new Picker(List.of(), List.of());
        }
        var target = chosen != null && chosen.matches("\\d{4,12}") && scope.covers(chosen)
                ? chosen
                : roots.size() == 1 ? roots.getFirst() : null;
        if (target == null) {
            return new Picker(List.of(), named(roots));
        }
        var path = new ArrayList<String>();
        for (int length : LEVELS) {
            if (length <= target.length() && scope.covers(target.substring(0, length))) {
                path.add(target.substring(0, length));
            }
        }
        return new Picker(named(path), below(target));
    }

    /** The areas of a scope, none of them inside another. */
    private static List<String> roots(Scope scope) {
        var codes = scope.areas().toArray(String[]::new);
        Arrays.sort(codes, Comparator.comparingInt(String::length).thenComparing(c -> c));
        var roots = new ArrayList<String>();
        for (var code : codes) {
            if (roots.stream().noneMatch(code::startsWith)) {
                roots.add(code);
            }
        }
        return roots;
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

    public Optional<Area> find(String code) {
        return jdbc.sql("select code, name, level from area where code = ?")
                .param(code)
                .query(Area.class)
                .optional();
    }

    /** Where a company can be registered: the city's and the districts' areas of a scope, and those above it. */
    public List<Area> seats(Scope scope) {
        return jdbc.sql("""
                        select code, name, level from area
                        where level in ('city', 'district') and code like any(:patterns) order by code
                        """)
                .param("patterns", scope.patterns())
                .query(Area.class)
                .list();
    }

    /** Streets with their communities, inside a scope and under an area; none where that would be the whole city. */
    public List<Street> streets(Scope scope, String under) {
        if (under.length() < 6) {
            return List.of();
        }
        var streets = new ArrayList<Street>();
        jdbc.sql("""
                        select s.code as street, s.name as street_name, c.code, c.name
                        from area c join area s on s.code = c.parent
                        where c.level = 'community' and c.code like any(:patterns) and c.code like :under and c.kind <> 'special'
                        order by s.code, c.code
                        """)
                .param("patterns", scope.patterns())
                .param("under", under + "%")
                .query((r, n) -> {
                    if (streets.isEmpty() || !streets.getLast().code().equals(r.getString("street"))) {
                        streets.add(new Street(r.getString("street"), r.getString("street_name"), new ArrayList<>()));
                    }
                    return streets.getLast()
                            .communities()
                            .add(new Area(r.getString("code"), r.getString("name"), "community"));
                })
                .list();
        return streets;
    }
}

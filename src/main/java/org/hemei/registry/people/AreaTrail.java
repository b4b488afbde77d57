package org.hemei.registry.people;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.hemei.platform.Missing;
import org.hemei.platform.Scope;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The way from the widest area somebody oversees down to the one they look at, and where they can go from there. */
@Component
class AreaTrail {

    private static final int[] LEVELS = {4, 6, 9, 12};

    record Area(String code, String name, String level, String kind) {

        Area {
            name = plain(name);
        }

        boolean community() {
            return level.equals("community");
        }
    }

    /** @param path never empty: the last one is looked at */
    record Trail(List<Area> path, List<Area> below) {

        Area here() {
            return path.getLast();
        }

        String belowWords() {
            return switch (here().level()) {
                case "city" -> "区县";
                case "district" -> "街道（乡镇）";
                default -> "社区";
            };
        }
    }

    private final JdbcClient jdbc;

    AreaTrail(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** As people call it: 竹西社区 and not 竹西社区居民委员会, 大圩村 and not 大圩村民委员会. */
    static String plain(String official) {
        for (var ending : List.of("社区居民委员会", "村民委员会", "居民委员会")) {
            if (official.endsWith(ending) && official.length() > ending.length()) {
                var stem = official.substring(0, official.length() - ending.length());
                return stem + (ending.startsWith("村") ? "村" : "社区");
            }
        }
        return official;
    }

    /** @param chosen a code from the address; without one, the first of the reader's own areas */
    Trail to(Scope scope, @Nullable String chosen) {
        var roots = scope.areas().toArray(String[]::new);
        Arrays.sort(roots, Comparator.comparingInt(String::length).thenComparing(code -> code));
        var wanted = chosen == null || chosen.isBlank() ? roots.length == 0 ? "" : roots[0] : chosen;
        if (Arrays.stream(roots).noneMatch(wanted::startsWith)) {
            throw new Missing("没有这个地区，或它不归您看。");
        }
        var path = new ArrayList<String>();
        for (int length : LEVELS) {
            if (length <= wanted.length()) {
                var code = wanted.substring(0, length);
                if (Arrays.stream(roots).anyMatch(code::startsWith)) {
                    path.add(code);
                }
            }
        }
        var areas = areas("code = any(?) order by length(code), code", path.toArray(String[]::new));
        if (areas.isEmpty() || !areas.getLast().code().equals(wanted)) {
            throw new Missing("没有这个地区，或它不归您看。");
        }
        return new Trail(areas, areas("parent = ? order by code", wanted));
    }

    private List<Area> areas(String where, Object parameter) {
        return jdbc.sql("select code, name, level, kind from area where " + where)
                .param(parameter)
                .query(Area.class)
                .list();
    }
}

package org.hemei.oversight;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.hemei.platform.reference.ReferenceTable;
import org.hemei.registry.Areas;

/** What areas are called on tiles, and in which order they come: roughly as they lie, four in a row from the north-west. */
final class Tiles {

    private static final Map<String, String> NAMES = read();

    private static final List<String> ORDER = List.copyOf(NAMES.keySet());

    private Tiles() {}

    private static Map<String, String> read() {
        Map<String, String> names = new LinkedHashMap<>();
        ReferenceTable.read("reference/hefei-tiles.csv")
                .records()
                .forEach(r -> names.put(r.get("code"), r.get("name")));
        return names;
    }

    static String name(Areas.Area area) {
        var known = NAMES.get(area.code());
        return known == null
                ? area.name()
                        .replaceFirst("^(安徽省?|合肥市?)(?=.{2})", "")
                        .replaceFirst("(?<=.{2})(社区服务中心|街道|镇|乡|社区|村|区|县|市)$", "")
                : known;
    }

    static List<Place> asTheyLie(List<Place> places) {
        return inOrder(places, place -> place.area().code());
    }

    /** As they lie, by the code of their area. */
    static <T> List<T> inOrder(List<T> all, Function<T, String> code) {
        return all.stream()
                .sorted(Comparator.comparingInt((T each) -> at(code.apply(each)))
                        .thenComparing(code))
                .toList();
    }

    private static int at(String code) {
        var at = ORDER.indexOf(code);
        return at < 0 ? ORDER.size() : at;
    }
}

package org.hemei.workorder.filing;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hemei.workorder.filing.FilingQueries.Category;
import org.hemei.workorder.filing.FilingQueries.Place;
import org.hemei.workorder.filing.FilingQueries.Similar;
import org.hemei.workorder.incident.IncidentQueries;
import org.hemei.workorder.resident.ResidentQueries.Home;
import org.jspecify.annotations.Nullable;

/**
 * One step of filing, as its page shows it.
 *
 * @param once the key under which the order will be filed, the same on every step
 * @param buildings of the estate of the chosen place; @param others those of each estate where the reader has a home, to choose from
 * @param suggestion a leaf the words seem to mean, other than the chosen one
 */
record FilingView(
        int step,
        FilingDraft draft,
        String once,
        List<Home> homes,
        List<Place> buildings,
        Map<Long, List<Place>> others,
        List<Category> categories,
        @Nullable Category suggestion,
        List<Similar> similar,
        List<IncidentQueries.Running> incidents,
        @Nullable Promise promise) {

    /** What will happen by when, by the rules in force. */
    record Promise(String accept, String contact, String resolve, boolean urgent) {}

    /** Whether there is more than one building to choose from at an estate. */
    boolean more(long estate) {
        return others.getOrDefault(estate, List.of()).size() > 1;
    }

    /** Estates at which another building can be chosen, with their names. */
    Map<String, List<Place>> choices() {
        var choices = new LinkedHashMap<String, List<Place>>();
        homes.stream()
                .filter(home -> more(home.estate()))
                .forEach(home -> choices.put(home.estateName(), others.getOrDefault(home.estate(), List.of())));
        return choices;
    }

    /** Whether the building chosen from the list is one of the chosen estate. */
    boolean fits() {
        return buildings.stream().anyMatch(building -> Objects.equals(building.id(), draft.other()));
    }

    List<Category> branches() {
        return categories.stream().filter(c -> c.parent() == null).toList();
    }

    List<Category> leaves() {
        return categories.stream()
                .filter(c -> draft.branch().equals(c.parent()))
                .toList();
    }

    @Nullable
    Category category() {
        return find(draft.category());
    }

    private @Nullable Category find(String code) {
        return categories.stream()
                .filter(c -> c.code().equals(code))
                .findFirst()
                .orElse(null);
    }

    String categoryName() {
        var leaf = category();
        var branch = find(draft.branch());
        return leaf == null ? "" : branch == null ? leaf.name() : branch.name() + "·" + leaf.name();
    }

    String branchName(Category leaf) {
        var branch = leaf.parent() == null ? null : find(leaf.parent());
        return branch == null ? leaf.name() : branch.name() + "·" + leaf.name();
    }

    /** The binding at whose estate the chosen place lies. */
    @Nullable
    Home home() {
        return homes.stream()
                .filter(h -> Objects.equals(h.estate(), draft.estate()))
                .findFirst()
                .orElse(homes.isEmpty() ? null : homes.getFirst());
    }

    int district() {
        var home = home();
        return home == null ? 0 : home.district();
    }

    @Nullable
    String phone() {
        var home = home();
        return home == null ? null : home.phone();
    }

    /** The chosen place in words: 梧桐苑 3幢 2单元501, or its common ground. */
    String where() {
        var home = home();
        if (home == null) {
            return "";
        }
        var text = new StringBuilder(home.estateName());
        var unit = draft.unit();
        var building = draft.building();
        if (unit != null) {
            homes.stream()
                    .filter(h -> h.unit() == unit)
                    .findFirst()
                    .ifPresent(h -> text.append(' ').append(h.where()));
        } else if (building != null) {
            text.append(' ').append(buildingName(building)).append(" 公共部位");
        } else {
            text.append(" 公共区域");
        }
        return draft.place().isBlank() ? text.toString() : text + "·" + draft.place();
    }

    private String buildingName(long building) {
        return buildings.stream()
                .filter(b -> b.id() == building)
                .map(Place::name)
                .findFirst()
                .orElse("");
    }
}

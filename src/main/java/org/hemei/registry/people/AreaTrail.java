package org.hemei.registry.people;

import java.util.List;
import org.hemei.platform.Missing;
import org.hemei.platform.Scope;
import org.hemei.registry.Areas;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** The way from the widest area somebody oversees down to the one they look at, and where they can go from there. */
@Component
class AreaTrail {

    /** @param path never empty: the last one is looked at */
    record Trail(List<Areas.Area> path, List<Areas.Area> below) {

        Areas.Area here() {
            return path.getLast();
        }

        boolean community() {
            return here().level().equals("community");
        }

        /** The length of the codes one level down; of its own for a community. */
        int digitsBelow() {
            return switch (here().level()) {
                case "city" -> 6;
                case "district" -> 9;
                default -> 12;
            };
        }

        String belowWords() {
            return switch (here().level()) {
                case "city" -> "区县";
                case "district" -> "街道（乡镇）";
                default -> "社区";
            };
        }
    }

    private final Areas areas;

    AreaTrail(Areas areas) {
        this.areas = areas;
    }

    /** @param chosen a code from the address; without one, the first of the reader's own areas */
    Trail to(Scope scope, @Nullable String chosen) {
        var wanted = chosen == null || chosen.isBlank() ? null : chosen;
        var picker = areas.picker(scope, wanted);
        if (wanted == null && picker.here() == null && !picker.below().isEmpty()) {
            picker = areas.picker(scope, picker.below().getFirst().code());
        }
        var here = picker.here();
        if (here == null || wanted != null && !here.code().equals(wanted)) {
            throw new Missing("没有这个地区，或它不归您看。");
        }
        return new Trail(picker.path(), picker.below());
    }
}

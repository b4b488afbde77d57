package org.hemei.oversight;

import org.hemei.platform.MechanismCheck.State;
import org.hemei.registry.Areas;
import org.jspecify.annotations.Nullable;

/** An area with its figure; without one nothing is to be counted there. */
record Place(Areas.Area area, Figures.Row figure) {

    static Place of(Areas.Area area, Figures.@Nullable Row figure) {
        return new Place(area, figure == null ? new Figures.Row(area.code(), 0, 0, 0, State.NONE) : figure);
    }

    State state() {
        return figure.state();
    }

    /** How many fall short. */
    long lacking() {
        return figure.whole() - figure.part();
    }

    /** In thousandths, for what comes first. */
    long share() {
        return figure.whole() == 0 ? 0 : figure.part() * 1000L / figure.whole();
    }

    /** Short enough for a tile: 瑶海 and not 瑶海区. */
    String tile() {
        return Tiles.name(area);
    }

    String css() {
        return switch (state()) {
            case MET -> "s-ok";
            case NEAR -> "s-near";
            case NOT_MET -> "s-no";
            case NONE -> "s-na";
        };
    }
}

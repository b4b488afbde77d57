package org.hemei.registry.body;

import java.util.List;
import org.hemei.platform.Refusal.Reason;
import org.hemei.registry.BodyKind;
import org.jspecify.annotations.Nullable;

/** The rules of where a body may stand, for bodies that come many at a time. */
public final class BodyPlacement {

    /** How far ahead a change can be entered. */
    public static final int MONTHS_AHEAD = Body.AHEAD;

    private BodyPlacement() {}

    /**
     * Everything that speaks against it.
     *
     * @param area code of its area, or of its estate's community
     * @param above code of the area one level up; null for a city
     * @param level as {@code area.level} has it; estate where it belongs to one
     */
    public static List<Reason> reasons(
            BodyKind kind,
            String area,
            @Nullable String above,
            String level,
            @Nullable BodyKind parentKind,
            @Nullable String parentArea) {
        var parent = parentKind == null || parentArea == null ? null : new BodyRule.Parent(parentKind, parentArea);
        return BodyRule.of(kind).reasons(new BodyRule.Place(area, above, BodyRule.Level.of(level)), parent);
    }

    /** Whether there is at most one of this kind at a time in its area or estate. */
    public static boolean single(BodyKind kind) {
        return BodyRule.of(kind).single();
    }
}

package org.hemei.platform;

import org.jspecify.annotations.Nullable;

/**
 * One permission: a role, and where it holds.
 *
 * @param area code of an area; the grant holds there and in everything below it
 * @param estate one estate only
 * @param body the body in whose name the holder acts
 * @param unit the dwelling a resident is bound to
 * @param onBehalfOf the account whose grant this is, while its holder stands in for them
 */
public record Grant(
        String role,
        @Nullable String area,
        @Nullable Long estate,
        @Nullable Long body,
        @Nullable Long unit,
        @Nullable Long onBehalfOf) {

    /** One of the holder's own. */
    public Grant(String role, @Nullable String area, @Nullable Long estate, @Nullable Long body, @Nullable Long unit) {
        this(role, area, estate, body, unit, null);
    }

    /** Whether an act in this area can rest on the grant; where a body works, the area does not tell. */
    boolean reaches(String place) {
        return area == null || place.startsWith(area) || area.startsWith(place);
    }

    /** Whether this one, of the holder's own, is as good as another. */
    boolean standsFor(Grant other, String place) {
        return onBehalfOf == null
                && role.equals(other.role)
                && reaches(place)
                && (other.body == null || other.body.equals(body))
                && (estate == null || estate.equals(other.estate));
    }
}

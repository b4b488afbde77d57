package org.hemei.registry.people;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A body as an appointment needs to know it.
 *
 * @param estate of an owners' committee, an estate branch, a building group
 * @param company the company itself, or the one a branch belongs to; null for all others
 * @param until the day from which the body is no more
 */
public record BodyInOffice(
        long id,
        String kind,
        @Nullable String partyKind,
        String name,
        String area,
        @Nullable Long estate,
        @Nullable Long company,
        LocalDate since,
        @Nullable LocalDate until) {

    /** What {@link Post#kinds} names. */
    public String postKind() {
        return partyKind == null ? kind : partyKind;
    }

    boolean standsOn(LocalDate day) {
        return !day.isBefore(since) && (until == null || day.isBefore(until));
    }
}

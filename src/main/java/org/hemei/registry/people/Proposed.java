package org.hemei.registry.people;

import org.jspecify.annotations.Nullable;

/**
 * An appointment that somebody wants to make or change.
 *
 * @param appointment the one that is changed; null for a new one
 * @param person 0 for somebody who is not registered yet
 * @param estate a post at one estate
 */
public record Proposed(
        @Nullable Long appointment,
        long person,
        BodyInOffice body,
        Post post,
        @Nullable Long estate,
        boolean fullTime,
        Tenure tenure) {}

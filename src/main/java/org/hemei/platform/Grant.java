package org.hemei.platform;

import org.jspecify.annotations.Nullable;

/**
 * One permission: a role, and where it holds.
 *
 * @param area code of an area; the grant holds there and in everything below it
 * @param estate one estate only
 * @param body the body in whose name the holder acts
 * @param unit the dwelling a resident is bound to
 */
public record Grant(
        String role,
        @Nullable String area,
        @Nullable Long estate,
        @Nullable Long body,
        @Nullable Long unit) {}

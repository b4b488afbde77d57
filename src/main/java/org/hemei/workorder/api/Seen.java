package org.hemei.workorder.api;

import org.jspecify.annotations.Nullable;

/** What every verb is told: the version of the order that the caller saw, unless the header If-Match says it. */
interface Seen {

    @Nullable
    Integer version();

    /** A verb that needs nothing else. */
    record Only(@Nullable Integer version) implements Seen {}

    /** One with words that have to be there. */
    record WithWords(@Nullable Integer version, @Nullable String words) implements Seen {}

    /** One that needs a reason. */
    record WithReason(@Nullable Integer version, @Nullable String reason) implements Seen {}
}

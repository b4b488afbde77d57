package org.hemei.platform.web;

import org.hemei.platform.Stale;
import org.jspecify.annotations.Nullable;

/** A program has to say which version it acts on (RFC 6585: 428), and what it said was not the newest (RFC 9110: 412). */
public class Precondition extends RuntimeException {

    private final transient @Nullable Stale stale;

    /** The version in If-Match was changed by somebody in between. */
    public Precondition(Stale stale) {
        super(stale.getMessage(), null, false, false);
        this.stale = stale;
    }

    private Precondition() {
        super("请写明读到的版本：请求头 If-Match，或请求体里的 version。", null, false, false);
        this.stale = null;
    }

    /** Neither the header nor the body says a version. */
    public static Precondition required() {
        return new Precondition();
    }

    /** Who was first, and with what; null when no version was said at all. */
    public @Nullable Stale stale() {
        return stale;
    }
}

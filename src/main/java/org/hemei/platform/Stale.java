package org.hemei.platform;

import java.time.Instant;

/** Somebody else changed the thing after the reader opened it. Nothing was written; what was typed is kept. */
public class Stale extends RuntimeException {

    private final String who;
    private final String what;
    private final transient Instant at;

    /** @param who masked name or role of whoever was first; @param what what they did, as a Chinese verb */
    public Stale(String who, String what, Instant at) {
        super(who + "刚刚" + what + "了。请看看最新情况再决定。", null, false, false);
        this.who = who;
        this.what = what;
        this.at = at;
    }

    public String who() {
        return who;
    }

    public String what() {
        return what;
    }

    public Instant at() {
        return at;
    }
}

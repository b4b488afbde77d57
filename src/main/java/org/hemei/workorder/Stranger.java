package org.hemei.workorder;

import java.time.Instant;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;

/**
 * What somebody sees who is not signed in, at every open door alike (docs/adr/0065): of a matter its kind, its estate and the day;
 * of what people said of it, numbers from {@value #LEAST} on. Whoever knows who asked for something must not learn here what they
 * thought of the answer.
 */
public final class Stranger {

    /** A smaller number of people or matters could be pointed at. */
    public static final int LEAST = 5;

    private Stranger() {}

    /** Whether a number of its own is large enough to be told. */
    public static boolean hears(long count) {
        return count >= LEAST;
    }

    /** Whether a part is told beside its whole: not if what is left over, which anybody can work out, is one to four. */
    public static boolean hears(long part, long whole) {
        return hears(part) && hears(whole) && (part == whole || hears(whole - part));
    }

    /** The number, or null when it is too small to be told. */
    public static @Nullable Integer told(int count) {
        return hears(count) ? Integer.valueOf(count) : null;
    }

    /** The part, or null when it or what is left over is too small to be told. */
    public static @Nullable Integer told(int part, int whole) {
        return hears(part, whole) ? Integer.valueOf(part) : null;
    }

    /** Everything of a day has the same time: its first. */
    public static Instant day(Instant at) {
        return CivilTime.startOf(CivilTime.date(at));
    }

    /** The end of the day, for what is still to come. */
    public static Instant dayEnd(Instant at) {
        return CivilTime.startOf(CivilTime.date(at).plusDays(1));
    }
}

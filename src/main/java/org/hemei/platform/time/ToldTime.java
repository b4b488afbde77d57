package org.hemei.platform.time;

import java.time.Instant;
import java.time.InstantSource;

/**
 * History that is told through the desks happens at the moment of its story: whatever a thread does within {@link #at} reads that
 * moment from the one clock. The demo city is written so, and nothing else has a reason to.
 */
public final class ToldTime {

    private static final ScopedValue<Instant> MOMENT = ScopedValue.newInstance();

    private ToldTime() {}

    /** Runs what happened at a moment. Within it nothing else of this thread knows another time. */
    public static void at(Instant moment, Runnable happened) {
        ScopedValue.where(MOMENT, moment).run(happened);
    }

    /** Whether this thread tells a story just now. */
    public static boolean telling() {
        return MOMENT.isBound();
    }

    /** A clock that tells the moment of a story while one is told, and its own time otherwise. */
    public static InstantSource over(InstantSource clock) {
        return () -> MOMENT.isBound() ? MOMENT.get() : clock.instant();
    }
}

package org.hemei.evaluation.listing;

import java.util.Locale;

/** Of what somebody is reminded, once for each day it is about. */
enum Reminder {
    /** A step is due within three days. */
    NEAR,
    /** The day of a step is over, and it was not taken. */
    LATE,
    ANSWER_NEAR,
    ANSWER_LATE,
    /** The company can object once, and its time for it is nearly over. */
    OBJECT_NEAR,
    /** The minimum term is over: repair can be applied for. */
    REPAIR_OPEN,
    /** Publication ends within two weeks. */
    ENDING,
    /** It has been suspended for another thirty days, and nobody has said what became of it. */
    SUSPENDED;

    static final String EVENT = "listing.reminder";

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Reminder of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}

package org.hemei.platform.privacy;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one room holds on a person. A room that keeps personal data has a bean of this type; it then appears on the page 'what do
 * you hold about me', in the file handed out, and in an erasure. What must stay says why.
 */
public interface PersonalData {

    record Entry(String label, String value) {}

    /**
     * @param why what it is held for
     * @param kept how long
     */
    record Section(String title, String why, String kept, List<Entry> entries) {}

    /** Somebody saw what is masked: who (masked), what, and the reason they gave. */
    record Reveal(Instant at, String who, String what, String why) {}

    /** What an erasure leaves, and on which ground. */
    record Stays(Ground ground, String what) {}

    /** What went because its time was over: the kind as the audit log has it, and how many. */
    record Forgotten(String kind, int things) {}

    /** Rank on the page, lowest first. */
    int order();

    /** In plain words, for the person themselves. */
    List<Section> held(long person);

    default List<Reveal> reveals(long person) {
        return List.of();
    }

    /** What could not be erased now. */
    default List<Stays> stays(long person) {
        return List.of();
    }

    /**
     * Erases what may go, in the transaction of the caller. Ids in history and audit stay.
     *
     * @param inOffice whether the person still works here: then name and account stay
     */
    void erase(long person, boolean inOffice);

    /** The area whose staff know the person; null when this room cannot tell. */
    default @Nullable String area(long person) {
        return null;
    }

    /** The number to write to, before it is erased; null when this room has none. */
    default @Nullable String phone(long person) {
        return null;
    }

    /** Puts a name or a number right; null leaves it as it is. */
    default void correct(long person, @Nullable String name, @Nullable String phone) {}

    /**
     * What has been kept for as long as its section says goes; called each night, in a transaction of its own.
     *
     * @return for the log
     */
    default @Nullable Forgotten forget(Instant now) {
        return null;
    }
}

package org.hemei.registry.people;

import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;

/** For pages of bodies: whether this reader is shown the way to an appointment there. The desk decides again. */
public final class MayAppoint {

    private MayAppoint() {}

    /** @param kind of the body, for a Party organisation its kind within the Party; @param company where the body is one */
    public static boolean at(Reader reader, String kind, String area, @Nullable Long company) {
        return PeopleScope.mayAppoint(reader, kind, area, company);
    }
}

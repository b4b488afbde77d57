package org.hemei.registry.people;

import org.hemei.platform.Reader;

/** For pages of bodies and companies: whether this reader is shown the way to the list of people there. The list decides again. */
public final class PeopleAccess {

    private PeopleAccess() {}

    /** @param area where the body stands */
    public static boolean looks(Reader reader, String area) {
        return reader.scope(PeopleScope.LOOK).covers(area);
    }
}

package org.hemei.workorder.routing;

import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;

/** Who looks at routing rules and who changes them: the housing department and the district's or city's desk, for their area. */
final class Keepers {

    private static final Role[] READ = {Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY, Role.HOUSING};
    private static final Role[] KEEP = {Role.DISTRICT, Role.CITY, Role.HOUSING};

    private Keepers() {}

    /** Where the reader may look; 403 when nowhere. */
    static Scope sees(Reader reader) {
        return Role.required(reader, READ);
    }

    static Scope seen(Reader reader) {
        return reader.scope(READ);
    }

    /** Where the reader may change rules; 403 when nowhere. */
    static Scope keeps(Reader reader) {
        return Role.required(reader, KEEP);
    }

    static Scope kept(Reader reader) {
        return reader.scope(KEEP);
    }

    static boolean keeps(Reader reader, String area) {
        return reader.scope(KEEP).covers(area);
    }

    /** The district an area lies in, for the log; 0 for a city. */
    static int district(String area) {
        return area.length() < 6 ? 0 : Integer.parseInt(area.substring(0, 6));
    }

    static Missing elsewhere() {
        return new Missing("没有这批改动，或它不归您看。");
    }
}

package org.hemei.registry.body;

import static org.hemei.registry.BodyKind.*;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.hemei.registry.BodyKind;
import org.hemei.registry.Office;

/**
 * Who keeps which bodies, in their own area: the organisation department all but companies, which the housing department
 * registers with their branches; a community its branches, groups and owners' committees, as far as names and founding go.
 */
final class BodyOffices {

    /** What can be done with a body. */
    enum Verb {
        FOUND,
        RENAME,
        MOVE,
        MERGE,
        DISSOLVE,
        CORRECT
    }

    private static final Office[] READERS = {
        Office.COMMUNITY, Office.STREET, Office.DISTRICT, Office.CITY, Office.ORGANISATION, Office.HOUSING
    };

    private static final Set<BodyKind> COMMUNITYS =
            EnumSet.of(ESTATE_BRANCH, BUILDING_GROUP, OWNERS_COMMITTEE, OWNERS_COMMITTEE_ORGANISATION);

    private static final Set<BodyKind> HOUSINGS = EnumSet.of(COMPANY_BRANCH, MAINTENANCE_FIRM, UTILITY);

    private BodyOffices() {}

    /** @throws org.springframework.security.access.AccessDeniedException for whoever has no business with bodies */
    static Scope readers(Reader reader) {
        return Office.required(reader, READERS);
    }

    static Scope keepers(Reader reader) {
        return Office.required(reader, Office.ORGANISATION, Office.COMMUNITY, Office.HOUSING);
    }

    static boolean may(Reader reader, Verb verb, BodyKind kind, String area) {
        if (kind == COMPANY && verb != Verb.RENAME && verb != Verb.DISSOLVE) {
            return false;
        }
        if (reader.scope(Office.ORGANISATION).covers(area)) {
            return true;
        }
        if (reader.scope(Office.HOUSING).covers(area) && (HOUSINGS.contains(kind) || kind == COMPANY)) {
            return true;
        }
        return reader.scope(Office.COMMUNITY).covers(area)
                && COMMUNITYS.contains(kind)
                && (verb == Verb.FOUND || verb == Verb.RENAME || kind == BUILDING_GROUP);
    }

    /** The kinds this reader can found somewhere. */
    static List<BodyKind> foundable(Reader reader) {
        return Arrays.stream(BodyKind.values())
                .filter(kind -> kind != COMPANY)
                .filter(kind -> reader.has(Office.ORGANISATION)
                        || reader.has(Office.HOUSING) && HOUSINGS.contains(kind)
                        || reader.has(Office.COMMUNITY) && COMMUNITYS.contains(kind))
                .toList();
    }
}

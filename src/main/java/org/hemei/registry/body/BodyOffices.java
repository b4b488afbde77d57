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
 * Who keeps which bodies, in their own area: the organisation department all but companies, the housing department companies,
 * firms and utilities, a community its branches, groups and owners' committees as far as names and founding go.
 */
final class BodyOffices {

    /** What can be done with a body. */
    enum Verb {
        FOUND,
        RENAME,
        MOVE,
        MERGE,
        DISSOLVE,
        CORRECT,
        RESTORE
    }

    private static final Office[] READERS = {
        Office.COMMUNITY, Office.STREET, Office.DISTRICT, Office.CITY, Office.ORGANISATION, Office.HOUSING
    };

    private static final Set<BodyKind> COMMUNITYS =
            EnumSet.of(ESTATE_BRANCH, BUILDING_GROUP, OWNERS_COMMITTEE, OWNERS_COMMITTEE_ORGANISATION);

    private static final Set<BodyKind> HOUSINGS = EnumSet.of(MAINTENANCE_FIRM, UTILITY);

    /** Registered and struck off on the pages of companies, with their codes and contracts; all else is done as with any body. */
    private static final Set<BodyKind> COMPANIES = EnumSet.of(COMPANY, COMPANY_BRANCH);

    private BodyOffices() {}

    /** @throws org.springframework.security.access.AccessDeniedException for whoever has no business with bodies */
    static Scope readers(Reader reader) {
        return Office.required(reader, READERS);
    }

    static Scope keepers(Reader reader) {
        return Office.required(reader, Office.ORGANISATION, Office.COMMUNITY, Office.HOUSING);
    }

    static boolean may(Reader reader, Verb verb, BodyKind kind, String area) {
        if (COMPANIES.contains(kind)) {
            return reader.scope(Office.HOUSING).covers(area)
                    && verb != Verb.FOUND
                    && verb != Verb.DISSOLVE
                    && (verb != Verb.MERGE || kind == COMPANY);
        }
        if (reader.scope(Office.ORGANISATION).covers(area)) {
            return true;
        }
        if (reader.scope(Office.HOUSING).covers(area) && HOUSINGS.contains(kind)) {
            return true;
        }
        return reader.scope(Office.COMMUNITY).covers(area)
                && COMMUNITYS.contains(kind)
                && (verb == Verb.FOUND || verb == Verb.RENAME || kind == BUILDING_GROUP);
    }

    /** Whether this reader keeps which companies an organisation covers. */
    static boolean covers(Reader reader, org.hemei.registry.Bodies.Body body) {
        return body.kind() == COMPANY_ORGANISATION && Coverages.keeps(reader, body.area());
    }

    /** The kinds this reader can found somewhere. */
    static List<BodyKind> foundable(Reader reader) {
        return Arrays.stream(BodyKind.values())
                .filter(kind -> !COMPANIES.contains(kind))
                .filter(kind -> reader.has(Office.ORGANISATION)
                        || reader.has(Office.HOUSING) && HOUSINGS.contains(kind)
                        || reader.has(Office.COMMUNITY) && COMMUNITYS.contains(kind))
                .toList();
    }
}

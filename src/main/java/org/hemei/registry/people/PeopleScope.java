package org.hemei.registry.people;

import java.util.Arrays;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.hemei.registry.BodyKind;
import org.hemei.registry.Office;

/**
 * Who looks at people in posts, and who appoints to which body. Whoever appoints to a body sees its people by their full names,
 * because they must know whom they appoint; everybody else sees 王**.
 */
final class PeopleScope {

    static final Office[] LOOK = {
        Office.COMMUNITY, Office.STREET, Office.DISTRICT, Office.CITY, Office.ORGANISATION, Office.HOUSING
    };

    private static final Office[] GRASSROOTS = {
        Office.COMMUNITY, Office.STREET, Office.DISTRICT, Office.CITY, Office.ORGANISATION
    };
    private static final Office[] PLACE_PARTY = {Office.COMMUNITY, Office.STREET, Office.ORGANISATION};
    private static final Office[] STREET_PARTY = {Office.STREET, Office.ORGANISATION};
    private static final Office[] PARTY = {Office.ORGANISATION};
    /** The organisation department sends the advisers (党建指导员). */
    private static final Office[] INDUSTRY = {Office.HOUSING, Office.ORGANISATION, Office.DISTRICT, Office.CITY};

    private static final Office[] OFFICES = {Office.STREET, Office.DISTRICT, Office.CITY, Office.HOUSING};

    private PeopleScope() {}

    /** Where the reader may look at people in posts. */
    static Scope required(Reader reader) {
        return Office.required(reader, LOOK);
    }

    static boolean sees(Reader reader, BodyInOffice body) {
        return looks(reader, body)
                || mayAppoint(reader, body)
                || Arrays.asList(managed(reader)).contains(body.id());
    }

    /** Whether the reader oversees an area at all. */
    static boolean looks(Reader reader) {
        return !reader.scope(LOOK).isEmpty();
    }

    /** Over its area: whoever only appoints there, or runs it, does not see the rest of the body's page. */
    static boolean looks(Reader reader, BodyInOffice body) {
        return reader.scope(LOOK).covers(body.area());
    }

    static boolean mayAppoint(Reader reader, BodyInOffice body) {
        return mayAppoint(reader, body.postKind(), body.area(), body.company());
    }

    /** @param company the company, where the body is one or a branch of one: its own manager keeps its staff */
    static boolean mayAppoint(
            Reader reader, String postKind, String area, @org.jspecify.annotations.Nullable Long company) {
        var offices = switch (postKind) {
            case "residents_committee", "owners_committee", "backstop_team" -> GRASSROOTS;
            case "community_committee", "estate_branch", "building_group", "owners_committee_organisation" ->
                PLACE_PARTY;
            case "street_working_committee" -> STREET_PARTY;
            case "company", "company_branch" -> INDUSTRY;
            case "street_department",
                    "mediation_centre",
                    "industry_department",
                    "utility",
                    "authority",
                    "maintenance_firm" -> OFFICES;
            default -> PARTY;
        };
        return reader.scope(offices).covers(area) || company != null && manages(reader, company);
    }

    /** A manager of the whole company, not of one project. */
    private static boolean manages(Reader reader, long company) {
        return Arrays.asList(managed(reader)).contains(company);
    }

    /** The bodies that the reader runs as a whole. */
    static Long[] managed(Reader reader) {
        return reader.scope(Office.MANAGER).grants().stream()
                .filter(grant -> grant.body() != null && grant.estate() == null)
                .map(org.hemei.platform.Grant::body)
                .toArray(Long[]::new);
    }

    /** The kinds of bodies, as people call them, in the order of lists. */
    static final List<Kind> KINDS = Arrays.stream(BodyKind.values())
            .map(kind -> new Kind(kind.code(), kind.words()))
            .toList();

    record Kind(String code, String words) {}
}

package org.hemei.testing;

import org.hemei.access.Role;
import org.hemei.platform.Reader;

/**
 * A small city for one test: a near side and a far side, each a district with one street, one community and people of
 * every role. Whoever belongs to the near side has no business on the far side.
 *
 * @param city code of the city above both
 * @param system the system administrator; with security and audit one of the three that are kept apart
 */
public record Town(String city, Side near, Side far, Reader cityDesk, Reader system, Reader security, Reader audit) {

    /**
     * @param garden an estate with a company under contract
     * @param oldYard an estate without one (三无): the community's backstop team answers for it
     * @param unit a dwelling in the garden's building, where the resident lives
     * @param emptyUnit a dwelling next to it, where nobody is bound
     * @param company the garden's property company; its manager and staff work at the garden
     * @param helperBody a utility that helps; utilityManager takes orders for it
     * @param otherHelperBody a maintenance firm that helps
     */
    public record Side(
            int district,
            String street,
            String community,
            long garden,
            long oldYard,
            long building,
            long unit,
            long emptyUnit,
            long oldYardBuilding,
            long oldYardUnit,
            long company,
            long backstop,
            long committee,
            long helperBody,
            long otherHelperBody,
            Reader resident,
            Reader neighbour,
            Reader oldYardResident,
            Reader communityDesk,
            Reader manager,
            Reader staff,
            Reader backstopManager,
            Reader helper,
            Reader otherHelper,
            Reader utilityManager,
            Reader streetDesk,
            Reader districtDesk,
            Reader organisationDesk,
            Reader housingDesk,
            Reader assessor) {

        /** Somebody of this side who holds the role. */
        public Reader who(Role role) {
            return switch (role) {
                case RESIDENT -> resident;
                case COMMUNITY -> communityDesk;
                case MANAGER -> manager;
                case STAFF -> staff;
                case HELPER -> helper;
                case STREET -> streetDesk;
                case DISTRICT -> districtDesk;
                case ORGANISATION -> organisationDesk;
                case HOUSING -> housingDesk;
                case ASSESSOR -> assessor;
                case CITY, SYSTEM, SECURITY, AUDIT ->
                    throw new IllegalArgumentException("the town has one, not each side");
            };
        }
    }

    /** Somebody of the near side, or of the whole town, who holds the role. */
    public Reader who(Role role) {
        return switch (role) {
            case CITY -> cityDesk;
            case SYSTEM -> system;
            case SECURITY -> security;
            case AUDIT -> audit;
            default -> near.who(role);
        };
    }
}

package org.hemei.registry;

import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.springframework.security.access.AccessDeniedException;

/**
 * The roles that pages of this room are for. Grants name them; what a role is, and who holds it, is the business of the
 * room of access, which stands on this one.
 */
public enum Office {
    COMMUNITY,
    MANAGER,
    STAFF,
    STREET,
    DISTRICT,
    CITY,
    ORGANISATION,
    HOUSING,
    SYSTEM,
    SECURITY,
    AUDIT;

    /**
     * For pages that only some roles have at all.
     *
     * @return where the reader holds one of them
     * @throws AccessDeniedException answered with 403, when the reader holds none of them anywhere
     */
    public static Scope required(Reader reader, Office... offices) {
        var scope = reader.scope(offices);
        if (scope.isEmpty()) {
            throw new AccessDeniedException("none of the roles this page is for");
        }
        return scope;
    }
}

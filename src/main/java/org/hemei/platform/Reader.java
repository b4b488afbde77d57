package org.hemei.platform;

import java.util.List;
import java.util.Objects;

/**
 * Who reads or acts: an account and what it was granted. Every query and every verb takes one.
 *
 * @param account id of the account; 0 for a visitor
 * @param name the masked name, as it may be shown to others
 * @param care whether this person reads in 关怀版, the large-type mode
 */
public record Reader(long account, long person, String name, List<Grant> grants, boolean care) {

    public static final Reader VISITOR = new Reader(0, 0, "访客", List.of(), false);

    public boolean signedIn() {
        return account != 0;
    }

    public boolean has(Enum<?> role) {
        return grants.stream().anyMatch(g -> g.role().equals(role.name()));
    }

    /** Where this reader holds the role; an empty scope when nowhere. */
    public Scope scope(Enum<?>... roles) {
        return Scope.of(grants.stream().filter(g -> named(g, roles)).toList());
    }

    /** The same person, as if this grant were all they had. */
    public Reader only(Grant grant) {
        return new Reader(account, person, name, List.of(grant), care);
    }

    /** For whom the reader acts in an area: whose grants it takes, because none of their own is as good. */
    public List<Long> onBehalfOf(String area) {
        return grants.stream()
                .filter(lent -> lent.onBehalfOf() != null && lent.reaches(area))
                .filter(lent -> grants.stream().noneMatch(own -> own.standsFor(lent, area)))
                .map(Grant::onBehalfOf)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
    }

    private static boolean named(Grant grant, Enum<?>... roles) {
        for (var role : roles) {
            if (grant.role().equals(role.name())) {
                return true;
            }
        }
        return false;
    }
}

package org.hemei.platform;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who holds a role somewhere, so that they can be told of something. The room that knows grants has a bean of this type. */
public interface GrantHolders {

    /** Accounts that hold the role in this very area, or in one that holds it. */
    List<Long> accounts(String role, String area);

    /** Who is asked: those who answer for the body, or where there is none, those who hold the role there. */
    record Desk(
            @Nullable String role, String area, @Nullable Long body) {}

    /** Of these, by their places in the list, those where nobody has an account. */
    Set<Integer> nobodyAt(List<Desk> desks);

    /** Accounts that hold the role anywhere at all. */
    List<Long> anywhere(String role);

    /** Accounts that answer for a body. */
    List<Long> ofBody(long body);

    /** Of these, those who answer for it at this estate: for the whole of it, or for this very estate. */
    List<Long> ofBodyAt(long body, long estate);

    /** Of these, the managers of the whole of it: whoever manages one estate does not speak for the company. */
    List<Long> ofWholeBody(long body);
}

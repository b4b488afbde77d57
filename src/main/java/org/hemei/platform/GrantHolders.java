package org.hemei.platform;

import java.util.List;

/** Who holds a role somewhere, so that they can be told of something. The room that knows grants has a bean of this type. */
public interface GrantHolders {

    /** Accounts that hold the role in this very area, or in one that holds it. */
    List<Long> accounts(String role, String area);

    /** Accounts that hold the role anywhere at all. */
    List<Long> anywhere(String role);

    /** Accounts that answer for a body. */
    List<Long> ofBody(long body);

    /** Of these, those who answer for it at this estate: for the whole of it, or for this very estate. */
    List<Long> ofBodyAt(long body, long estate);

    /** Of these, the managers of the whole of it: whoever manages one estate does not speak for the company. */
    List<Long> ofWholeBody(long body);
}

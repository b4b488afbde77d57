package org.hemei.access;

import java.io.Serializable;
import java.security.Principal;

/** Who is signed in, as the security framework carries it. Everything else is read afresh for each request. */
public record AccountPrincipal(long account) implements Principal, Serializable {

    @Override
    public String getName() {
        return String.valueOf(account);
    }
}

package org.hemei.evaluation.listing;

import java.util.List;
import org.hemei.platform.web.ApiScopes;
import org.springframework.stereotype.Component;

/** What a token has to be good for, to take listings that may be shared. */
@Component
class ListingScopes implements ApiScopes {

    static final String SHARE = "listings:share";

    @Override
    public List<Scope> scopes() {
        return List.of(new Scope(SHARE, "取依据允许共享的“黑名单”；每次都记下取了哪些"));
    }
}

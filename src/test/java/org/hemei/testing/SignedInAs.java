package org.hemei.testing;

import java.util.List;
import org.hemei.access.AccountPrincipal;
import org.hemei.platform.Reader;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors;
import org.springframework.test.web.servlet.request.RequestPostProcessor;

/** MockMvc requests of somebody: {@code mvc.perform(get("/todo").with(as(town.community())))}. */
public final class SignedInAs {

    private SignedInAs() {}

    public static RequestPostProcessor as(Reader reader) {
        if (!reader.signedIn()) {
            return SecurityMockMvcRequestPostProcessors.anonymous();
        }
        return SecurityMockMvcRequestPostProcessors.authentication(UsernamePasswordAuthenticationToken.authenticated(
                new AccountPrincipal(reader.account()), null, List.of()));
    }
}

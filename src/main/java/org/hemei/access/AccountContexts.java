package org.hemei.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.security.web.context.HttpRequestResponseHolder;
import org.springframework.security.web.context.SecurityContextRepository;
import org.springframework.stereotype.Component;

/**
 * Finds out who is signed in: the session names the account, the database says whether it still stands. Asked only
 * when a request needs to know, so public files cost nothing.
 */
@Component
class AccountContexts implements SecurityContextRepository {

    private final Readers readers;
    private final InstantSource clock;

    AccountContexts(Readers readers, InstantSource clock) {
        this.readers = readers;
        this.clock = clock;
    }

    static Optional<SignedIn> signedIn(HttpServletRequest request) {
        var session = request.getSession(false);
        return session == null
                ? Optional.empty()
                : Optional.ofNullable((SignedIn) session.getAttribute(SignedIn.ATTRIBUTE));
    }

    @Override
    @SuppressWarnings("deprecation") // the base of loadDeferredContext, which the filter calls
    public SecurityContext loadContext(HttpRequestResponseHolder holder) {
        var request = holder.getRequest();
        return signedIn(request)
                .flatMap(signedIn -> readers.of(signedIn.account()))
                .<SecurityContext>map(reader -> {
                    ReaderArgument.keep(request, reader);
                    return new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(
                            new AccountPrincipal(reader.account()), null, List.of()));
                })
                .orElseGet(SecurityContextImpl::new);
    }

    @Override
    public void saveContext(SecurityContext context, HttpServletRequest request, HttpServletResponse response) {
        var authentication = context.getAuthentication();
        if (authentication != null && authentication.getPrincipal() instanceof AccountPrincipal principal) {
            save(request, principal.account(), false, false);
        }
    }

    void save(HttpServletRequest request, long account, boolean mustChange, boolean second) {
        request.getSession()
                .setAttribute(SignedIn.ATTRIBUTE, SignedIn.now(request, account, clock.instant(), mustChange, second));
    }

    @Override
    public boolean containsContext(HttpServletRequest request) {
        return signedIn(request).isPresent();
    }
}

package org.hemei.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.hemei.platform.Reader;
import org.springframework.beans.factory.annotation.Value;
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
    private final Duration staffLifetime;
    private final Duration residentLifetime;

    AccountContexts(
            Readers readers,
            InstantSource clock,
            @Value("${hemei.session.staff}") Duration staffLifetime,
            @Value("${hemei.session.resident}") Duration residentLifetime) {
        this.readers = readers;
        this.clock = clock;
        this.staffLifetime = staffLifetime;
        this.residentLifetime = residentLifetime;
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
                .flatMap(signedIn -> reader(request, signedIn).filter(reader -> lasts(request, signedIn, reader)))
                .<SecurityContext>map(reader -> {
                    ReaderArgument.keep(request, reader);
                    return new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(
                            new AccountPrincipal(reader.account()), null, List.of()));
                })
                .orElseGet(SecurityContextImpl::new);
    }

    /** The session has brought the reader along, unless it was made or changed hands in this very request. */
    private Optional<Reader> reader(HttpServletRequest request, SignedIn signedIn) {
        var session = request.getSession(false);
        return session != null
                        && session.getAttribute(ReaderRow.ATTRIBUTE) instanceof ReaderRow row
                        && row.account() == signedIn.account()
                ? Optional.of(row.at(clock.instant()))
                : readers.of(signedIn.account());
    }

    /** However busy a session is kept, it ends: staff show who they are again each day, residents each month (ASVS 3.3.2). */
    private boolean lasts(HttpServletRequest request, SignedIn signedIn, Reader reader) {
        var lifetime = Role.isStaff(reader) ? staffLifetime : residentLifetime;
        if (clock.instant().isBefore(signedIn.at().plus(lifetime))) {
            return true;
        }
        request.getSession().invalidate();
        return false;
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

package org.hemei.access.token;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.hemei.access.AccountPrincipal;
import org.hemei.access.ReaderArgument;
import org.hemei.access.Readers;
import org.hemei.platform.Reader;
import org.hemei.platform.web.ProblemWriter;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets programs in by their token (RFC 6750), without a session: the request becomes one of the integration's account. Where a
 * published specification has another place for it (Open311: api_key), it is read from there as well.
 */
public class BearerFilter extends OncePerRequestFilter {

    /** Request attribute with the codes of the scopes that the token is good for; not there without a token. */
    static final String SCOPES = BearerFilter.class.getName() + ".scopes";

    private static final String BEARER = "Bearer ";
    private static final String OPEN311 = "/open311/";

    private final Tokens tokens;
    private final Readers readers;
    private final ProblemWriter problems;

    BearerFilter(Tokens tokens, Readers readers, ProblemWriter problems) {
        this.tokens = tokens;
        this.readers = readers;
        this.problems = problems;
    }

    /** Whether a request is a program's: it comes with a token, or to an interface that knows no sessions. */
    public static boolean isPrograms(HttpServletRequest request) {
        var path = request.getRequestURI();
        return path.startsWith(OPEN311) || (path.startsWith("/api/") && bearer(request) != null);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var secret = secret(request);
        if (secret == null) {
            chain.doFilter(request, response);
            return;
        }
        var live = tokens.find(secret).orElse(null);
        var reader = live == null ? null : readers.of(live.account()).orElse(null);
        if (live == null || reader == null) {
            refuse(request, response, chain);
            return;
        }
        var use = tokens.count(live, request.getRemoteAddr());
        response.setHeader("RateLimit-Limit", String.valueOf(use.perMinute()));
        response.setHeader("RateLimit-Remaining", String.valueOf(use.left()));
        response.setHeader("RateLimit-Reset", String.valueOf(use.seconds()));
        if (use.tooMany()) {
            response.setHeader(HttpHeaders.RETRY_AFTER, String.valueOf(use.seconds()));
            problems.write(
                    response,
                    HttpStatus.TOO_MANY_REQUESTS,
                    "rate",
                    "这个令牌一分钟最多用 " + use.perMinute() + " 次。请过 " + use.seconds() + " 秒再试。");
            return;
        }
        enter(request, reader, live.scopes());
        chain.doFilter(request, response);
    }

    private static void enter(HttpServletRequest request, Reader reader, List<String> scopes) {
        SecurityContextHolder.setContext(new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(
                new AccountPrincipal(reader.account()), null, List.of())));
        ReaderArgument.keep(request, reader);
        request.setAttribute(SCOPES, scopes);
    }

    private void refuse(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        if (request.getRequestURI().startsWith(OPEN311)) {
            chain.doFilter(request, response); // it says so in the words of its own specification
            return;
        }
        response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"invalid_token\"");
        problems.write(response, HttpStatus.UNAUTHORIZED, "token", "令牌不对、到期了或已经作废。请向保管人要新的。");
    }

    private static @Nullable Secret secret(HttpServletRequest request) {
        var bearer = bearer(request);
        if (bearer != null) {
            return new Secret(bearer);
        }
        var key = request.getRequestURI().startsWith(OPEN311) ? request.getParameter("api_key") : null;
        return key == null ? null : new Secret(key);
    }

    private static @Nullable String bearer(HttpServletRequest request) {
        var header = request.getHeader(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? header.substring(BEARER.length()).strip()
                : null;
    }
}

package org.hemei.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import org.hemei.platform.Reader;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.HandlerInterceptor;

/** The three administrators come in with two factors or not at all: without the second one, setting it up is all that is open. */
@Component
public class SecondFactorDue implements HandlerInterceptor {

    private static final String[] OPEN = {
        "/assets/**",
        "/webjars/**",
        "/sign-in/**",
        "/sign-out",
        "/me/password/**",
        "/me/second-factor",
        "/me/second-factor/**",
        "/error"
    };

    private final ReaderArgument readers;

    SecondFactorDue(ReaderArgument readers) {
        this.readers = readers;
    }

    static String[] openWithout() {
        return OPEN.clone();
    }

    public static boolean administers(Reader reader) {
        return Arrays.stream(Role.values()).anyMatch(role -> role.administers() && reader.has(role));
    }

    /** Whether this session of an administrator came in by the password alone. */
    static boolean isDue(HttpServletRequest request, Reader reader) {
        return AccountContexts.signedIn(request)
                        .filter(signedIn -> !signedIn.second())
                        .isPresent()
                && administers(reader);
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        // a session without the second factor is looked at more closely; its reader is read for the page anyway
        if (AccountContexts.signedIn(request).filter(s -> !s.second()).isEmpty() || !administers(readers.of(request))) {
            return true;
        }
        if (request.getRequestURI().startsWith("/api/")) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        } else {
            response.sendRedirect("/me/second-factor");
        }
        return false;
    }
}

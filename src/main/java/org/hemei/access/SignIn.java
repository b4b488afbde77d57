package org.hemei.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.hemei.platform.Reader;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.csrf.CsrfTokenRepository;
import org.springframework.stereotype.Component;

/** Opens and ends the session of an account that has shown who it is. The session changes its id, so nobody planted it. */
@Component
public class SignIn {

    /** Idle time-outs: residents keep an evening, staff half an hour (等保三级), a visitor's form an hour. */
    static final Duration RESIDENT_IDLE = Duration.ofHours(8);

    static final Duration STAFF_IDLE = Duration.ofMinutes(30);
    static final Duration VISITOR_IDLE = Duration.ofHours(1);

    private final AccountContexts contexts;
    private final Readers readers;
    private final CsrfTokenRepository csrf;

    SignIn(AccountContexts contexts, Readers readers, CsrfTokenRepository csrf) {
        this.contexts = contexts;
        this.readers = readers;
        this.csrf = csrf;
    }

    /** @return the reader who is signed in from now on */
    public Reader start(HttpServletRequest request, HttpServletResponse response, long account) {
        return start(request, response, account, false);
    }

    Reader start(HttpServletRequest request, HttpServletResponse response, long account, boolean mustChange) {
        var reader = readers.of(account).orElseThrow(() -> new IllegalStateException("the account was closed"));
        request.getSession();
        request.changeSessionId();
        contexts.save(request, account, mustChange);
        csrf.saveToken(null, request, response);
        var idle = Role.isStaff(reader) ? STAFF_IDLE : RESIDENT_IDLE;
        request.getSession().setMaxInactiveInterval((int) idle.toSeconds());
        return reader;
    }

    /** The address a person starts from: where what they do first is. */
    public static String firstPage(Reader reader) {
        if (reader.has(Role.COMMUNITY)
                || reader.has(Role.MANAGER)
                || reader.has(Role.STAFF)
                || reader.has(Role.HELPER)) {
            return "/todo";
        }
        if (reader.has(Role.STREET) || reader.has(Role.DISTRICT) || reader.has(Role.CITY)) {
            return "/orders";
        }
        if (reader.has(Role.ORGANISATION)) {
            return "/bodies";
        }
        if (reader.has(Role.HOUSING)) {
            return "/companies";
        }
        if (reader.has(Role.SYSTEM) || reader.has(Role.SECURITY)) {
            return "/admin/accounts";
        }
        return reader.has(Role.AUDIT) ? "/audit" : "/home";
    }

    /** @param wanted what was asked for before signing in: only ever a path of this site */
    static String onward(Reader reader, @org.jspecify.annotations.Nullable String wanted) {
        return wanted != null && Wanted.isOwn(wanted) ? wanted : firstPage(reader);
    }

    static void end(HttpServletRequest request) {
        var session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        SecurityContextHolder.clearContext();
    }
}

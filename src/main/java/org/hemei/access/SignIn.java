package org.hemei.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import org.hemei.access.secondfactor.SecondFactors;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
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
    private final SecondFactors factors;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    SignIn(
            AccountContexts contexts,
            Readers readers,
            CsrfTokenRepository csrf,
            SecondFactors factors,
            JdbcClient jdbc,
            InstantSource clock) {
        this.contexts = contexts;
        this.readers = readers;
        this.csrf = csrf;
        this.factors = factors;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /**
     * For somebody who is vouched for altogether, as nobody is but in the demo.
     *
     * @return the reader who is signed in from now on
     */
    public Reader start(HttpServletRequest request, HttpServletResponse response, long account) {
        return start(request, response, account, false, true);
    }

    /**
     * Somebody has shown the first factor.
     *
     * @param wanted what was asked for before signing in
     * @return where to go on: to the second factor, when the account has one
     */
    public String enter(
            HttpServletRequest request,
            HttpServletResponse response,
            long account,
            boolean mustChange,
            @Nullable String wanted) {
        if (factors.isOn(account)) {
            new HalfSignedIn(account, mustChange, clock.instant()).keep(request);
            return "/sign-in/second"
                    + (wanted != null && !wanted.isEmpty() && Wanted.isOwn(wanted) ? Wanted.query(wanted) : "");
        }
        return finish(request, response, account, mustChange, false, wanted);
    }

    /** Everything that was asked of them is shown. */
    public String finish(
            HttpServletRequest request,
            HttpServletResponse response,
            long account,
            boolean mustChange,
            boolean second,
            @Nullable String wanted) {
        var reader = start(request, response, account, mustChange, second);
        return mustChange ? "/me/password" : onward(reader, wanted);
    }

    Reader start(
            HttpServletRequest request,
            HttpServletResponse response,
            long account,
            boolean mustChange,
            boolean second) {
        var reader = readers.of(account).orElseThrow(() -> new IllegalStateException("the account was closed"));
        request.getSession();
        request.changeSessionId();
        contexts.save(request, account, mustChange, second);
        jdbc.sql("update account set last_seen = ? where id = ?")
                .params(Timestamp.from(clock.instant()), account)
                .update();
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
        if (reader.has(Role.DISTRICT) || reader.has(Role.CITY)) {
            return "/cockpit";
        }
        if (reader.has(Role.STREET)) {
            return "/orders";
        }
        if (reader.has(Role.ORGANISATION)) {
            return "/bodies";
        }
        if (reader.has(Role.HOUSING)) {
            return "/companies";
        }
        if (reader.has(Role.ASSESSOR)) {
            return "/inspections";
        }
        if (reader.has(Role.SYSTEM) || reader.has(Role.SECURITY)) {
            return "/admin/accounts";
        }
        return reader.has(Role.AUDIT) ? "/audit" : "/home";
    }

    /** @param wanted what was asked for before signing in: only ever a path of this site */
    static String onward(Reader reader, @Nullable String wanted) {
        return wanted != null && Wanted.isOwn(wanted) ? wanted : firstPage(reader);
    }

    /** Whether a wanted page is one of this site. */
    public static boolean isOwn(String path) {
        return Wanted.isOwn(path);
    }

    static void end(HttpServletRequest request) {
        var session = request.getSession(false);
        if (session != null) {
            session.invalidate();
        }
        SecurityContextHolder.clearContext();
    }
}

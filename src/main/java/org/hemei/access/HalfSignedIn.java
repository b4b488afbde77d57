package org.hemei.access;

import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Who has shown the first factor and not yet the second: kept in the session for five minutes, and good for one thing. */
record HalfSignedIn(long account, boolean mustChange, Instant at) {

    static final Duration VALID = Duration.ofMinutes(5);

    private static final String ATTRIBUTE = "half-signed-in";

    void keep(HttpServletRequest request) {
        request.getSession()
                .setAttribute(ATTRIBUTE, account + " " + (mustChange ? "1" : "0") + " " + at.toEpochMilli());
    }

    static Optional<HalfSignedIn> of(HttpServletRequest request, Instant now) {
        var session = request.getSession(false);
        if (session == null || !(session.getAttribute(ATTRIBUTE) instanceof String words)) {
            return Optional.empty();
        }
        var parts = words.split(" ", 3);
        var half = new HalfSignedIn(
                Long.parseLong(parts[0]), parts[1].equals("1"), Instant.ofEpochMilli(Long.parseLong(parts[2])));
        return half.at.plus(VALID).isAfter(now) ? Optional.of(half) : Optional.empty();
    }

    static void forget(HttpServletRequest request) {
        var session = request.getSession(false);
        if (session != null) {
            session.removeAttribute(ATTRIBUTE);
        }
    }
}

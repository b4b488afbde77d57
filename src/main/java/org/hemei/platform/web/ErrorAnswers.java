package org.hemei.platform.web;

import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.ModelAndView;

/** Tells a problem the way the one who asked can read it: a page, a piece of a page for htmx, or RFC 9457. */
@Component
class ErrorAnswers {

    private static final Logger LOG = LoggerFactory.getLogger(ErrorAnswers.class);
    private static final String SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final int REFERENCE = 6;

    /** Somebody was first, or it cannot be done as it is: nothing is wrong with the words themselves, so they are given back. */
    private static final Set<HttpStatus> KEEPING = Set.of(HttpStatus.CONFLICT, HttpStatus.UNPROCESSABLE_CONTENT);

    private final SecureRandom random = new SecureRandom();
    private final Shells shells;

    ErrorAnswers(Shells shells) {
        this.shells = shells;
    }

    /** @param cause logged under a short reference when it is our fault; the reader gets the reference and no more */
    Object tell(HttpServletRequest request, Problem problem, @Nullable Throwable cause) {
        var told = problem.status().is5xxServerError() ? logged(request, problem, cause) : problem;
        if (isProgram(request)) {
            return ResponseEntity.status(told.status())
                    .contentType(MediaType.APPLICATION_PROBLEM_JSON)
                    .body(told.forPrograms());
        }
        return page(request, told);
    }

    private Problem logged(HttpServletRequest request, Problem problem, @Nullable Throwable cause) {
        var reference = new StringBuilder();
        for (var i = 0; i < REFERENCE; i++) {
            reference.append(SIGNS.charAt(random.nextInt(SIGNS.length())));
        }
        // the path without its query: that may hold somebody's words
        LOG.error("{}: {} {} failed", reference, request.getMethod(), path(request), cause);
        return problem.under(reference.toString());
    }

    private ModelAndView page(HttpServletRequest request, Problem problem) {
        var view = "platform/web/error";
        var kept = KEEPING.contains(problem.status()) ? Kept.of(request) : Kept.NONE;
        var model =
                new HashMap<String, @Nullable Object>(Map.of("problem", problem, "back", back(request), "kept", kept));
        if (request.getHeader("HX-Request") != null) {
            view = "platform/web/error-piece";
            model.put("shell", null);
        } else if (problem.status().is5xxServerError()) {
            // perhaps the database is away: this page asks it nothing
            view = "platform/web/broken";
            model.put("shell", null);
            model.put("demo", shells.knownDemo());
        }
        return new ModelAndView(view, model, problem.status());
    }

    private static boolean isProgram(HttpServletRequest request) {
        var accept = request.getHeader(HttpHeaders.ACCEPT);
        return path(request).startsWith("/api/")
                || (accept != null && accept.contains("json") && !accept.contains("html"));
    }

    /** The path asked for, also when the container has sent the request on to the error page. */
    private static String path(HttpServletRequest request) {
        return request.getAttribute(RequestDispatcher.ERROR_REQUEST_URI) instanceof String asked
                ? asked
                : request.getRequestURI();
    }

    /** The page the reader came from, if it is one of ours. */
    private static String back(HttpServletRequest request) {
        var referer = request.getHeader(HttpHeaders.REFERER);
        if (referer == null) {
            return "/";
        }
        try {
            var from = URI.create(referer);
            var path = from.getRawPath();
            if (!request.getServerName().equals(from.getHost()) || path == null || !path.startsWith("/")) {
                return "/";
            }
            var query = from.getRawQuery();
            return path.startsWith("//") ? "/" : path + (query == null ? "" : "?" + query);
        } catch (IllegalArgumentException e) {
            return "/";
        }
    }
}

package org.hemei.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.hemei.platform.web.ErrorPages;
import org.hemei.platform.web.ProblemWriter;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/** What a request gets that may not pass: the way to sign in, or a plain no; as a page, or as a problem (RFC 9457). */
@Component
class Turnaway implements AuthenticationEntryPoint, AccessDeniedHandler {

    private final ProblemWriter problems;

    Turnaway(ProblemWriter problems) {
        this.problems = problems;
    }

    @Override
    public void commence(HttpServletRequest request, HttpServletResponse response, AuthenticationException e)
            throws IOException {
        var target = "/sign-in";
        if (request.getMethod().equals("GET")) {
            var path =
                    request.getRequestURI() + (request.getQueryString() == null ? "" : "?" + request.getQueryString());
            target += Wanted.isOwn(path) && !path.equals("/") ? Wanted.query(path) : "";
        }
        if (isApi(request)) {
            response.setHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer");
            problems.write(response, HttpStatus.UNAUTHORIZED, "", "请先登录，或带上令牌再试。");
        } else if (request.getHeader("HX-Request") != null) {
            response.setHeader("HX-Redirect", "/sign-in");
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
        } else {
            response.sendRedirect(target);
        }
    }

    @Override
    public void handle(HttpServletRequest request, HttpServletResponse response, AccessDeniedException e)
            throws IOException {
        boolean old = e instanceof CsrfException;
        var words = old ? "登录已经换过，或者页面开着太久。请回刚才那页，刷新后再交一次。" : "这个页面只给有相应职责的人看。";
        if (isApi(request)) {
            problems.write(response, HttpStatus.FORBIDDEN, "", words);
        } else {
            request.setAttribute(ErrorPages.WORDS, words);
            if (old) {
                request.setAttribute(ErrorPages.TITLE, "这一页放得太久了");
            }
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    private static boolean isApi(HttpServletRequest request) {
        return request.getRequestURI().startsWith("/api/");
    }
}

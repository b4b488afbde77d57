package org.hemei.access;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.servlet.HandlerInterceptor;

/** A password that somebody else has seen opens one page only: the one to change it, which asks for a code from the holder's phone. */
final class FirstPassword implements HandlerInterceptor {

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        if (AccountContexts.signedIn(request).filter(SignedIn::mustChange).isEmpty()) {
            return true;
        }
        if (request.getRequestURI().startsWith("/api/")) {
            response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        } else {
            response.sendRedirect("/me/password");
        }
        return false;
    }
}

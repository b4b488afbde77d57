package org.hemei.platform.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.tomcat.util.http.InvalidParameterException;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Turns away parameters that no text column can hold, before anything reads them: a NUL, half a character, bytes that are
 * not UTF-8. Bodies that are not forms are judged by the database (see {@link Problems}).
 */
@Component
@Order(ReadableText.BEFORE_THE_GATE)
class ReadableText extends OncePerRequestFilter {

    /** Spring Security stands at -100. */
    static final int BEFORE_THE_GATE = -120;

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try {
            if (!readable(request)) {
                request.setAttribute(ErrorPages.WORDS, "里面有存不了的字符。请删掉特殊符号再试。");
                response.sendError(HttpServletResponse.SC_BAD_REQUEST);
                return;
            }
        } catch (InvalidParameterException e) {
            response.sendError(e.getErrorCode());
            return;
        }
        chain.doFilter(request, response);
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        var type = request.getContentType();
        // uploads are not unpacked for somebody who has not come through the gate yet
        return (type != null && type.startsWith("multipart/"))
                || (request.getQueryString() == null && !"POST".equals(request.getMethod()));
    }

    private static boolean readable(HttpServletRequest request) {
        for (var parameter : request.getParameterMap().entrySet()) {
            if (!isText(parameter.getKey())) {
                return false;
            }
            for (var value : parameter.getValue()) {
                if (!isText(value)) {
                    return false;
                }
            }
        }
        return true;
    }

    static boolean isText(String value) {
        for (var i = 0; i < value.length(); i++) {
            var c = value.charAt(i);
            if (c == 0 || c == '\uFFFD') {
                return false;
            }
            if (Character.isSurrogate(c)) {
                if (i + 1 == value.length() || !Character.isSurrogatePair(c, value.charAt(i + 1))) {
                    return false;
                }
                i++;
            }
        }
        return true;
    }
}

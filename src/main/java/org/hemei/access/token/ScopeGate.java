package org.hemei.access.token;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.hemei.platform.web.OutOfScope;
import org.hemei.platform.web.Scoped;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** A token opens what it is good for and nothing else; what no scope names stays closed to tokens. */
@Component
public class ScopeGate implements HandlerInterceptor {

    /** What a handler without a scope asks for; no token has it. */
    private static final String NONE = "none";

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (!(handler instanceof HandlerMethod method)) {
            return true;
        }
        var scoped = scoped(method);
        if (!(request.getAttribute(BearerFilter.SCOPES) instanceof List<?> held)) {
            if (scoped != null && scoped.tokenOnly()) {
                throw new OutOfScope(scoped.value(), List.of());
            }
            return true;
        }
        var needed = scoped == null ? NONE : scoped.value();
        if (!held.contains(needed)) {
            response.setHeader(
                    HttpHeaders.WWW_AUTHENTICATE, "Bearer error=\"insufficient_scope\", scope=\"" + needed + "\"");
            throw new OutOfScope(needed, held.stream().map(String::valueOf).toList());
        }
        return true;
    }

    private static @Nullable Scoped scoped(HandlerMethod method) {
        var own = method.getMethodAnnotation(Scoped.class);
        return own == null ? AnnotatedElementUtils.findMergedAnnotation(method.getBeanType(), Scoped.class) : own;
    }
}

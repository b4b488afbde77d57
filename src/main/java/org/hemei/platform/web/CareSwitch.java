package org.hemei.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.ResponseCookie;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * A visitor turns 关怀版 on or off by a link ({@code ?care=on}): it only writes a cookie, so that looking at public pages
 * needs no session and no form.
 */
@Configuration(proxyBeanMethods = false)
class CareSwitch implements WebMvcConfigurer, HandlerInterceptor {

    @Override
    public void addInterceptors(InterceptorRegistry registry) {
        registry.addInterceptor(this).excludePathPatterns("/assets/**", "/webjars/**", "/api/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler)
            throws IOException {
        var care = request.getMethod().equals("GET") ? request.getParameter("care") : null;
        if (care == null) {
            return true;
        }
        response.addHeader(
                "Set-Cookie",
                ResponseCookie.from(Shell.CARE_COOKIE, care.equals("on") ? "on" : "off")
                        .path("/")
                        .maxAge(Duration.ofDays(365))
                        .httpOnly(true)
                        .sameSite("Lax")
                        .build()
                        .toString());
        response.sendRedirect(request.getRequestURI());
        return false;
    }
}

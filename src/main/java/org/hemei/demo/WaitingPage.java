package org.hemei.demo;

import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/** While the demo city is being loaded, every page says how far it is: half a city would only mislead. */
@Component
@Order(Ordered.HIGHEST_PRECEDENCE + 10)
class WaitingPage extends OncePerRequestFilter {

    private static final Set<String> OPEN = Set.of("assets", "webjars", "actuator", "favicon.ico");
    private static final String SECONDS = "2";

    private final DemoProgress progress;
    private final TemplateEngine templates;

    WaitingPage(DemoProgress progress, TemplateEngine templates) {
        this.progress = progress;
        this.templates = templates;
    }

    @Override
    protected boolean shouldNotFilter(HttpServletRequest request) {
        return !progress.loading() || OPEN.contains(request.getRequestURI().split("/", 3)[1]);
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        var page = new Utf8ByteOutput();
        templates.render("demo/waiting.jte", Map.of("state", progress.state()), page);
        response.setStatus(HttpStatus.SERVICE_UNAVAILABLE.value());
        response.setHeader(HttpHeaders.RETRY_AFTER, SECONDS);
        response.setHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        response.setHeader("Content-Security-Policy", "default-src 'self'");
        response.setContentType("text/html;charset=UTF-8");
        response.setContentLength(page.getContentLength());
        page.writeTo(response.getOutputStream());
    }
}

package org.hemei.access.security;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Optional;
import org.hemei.access.ReaderArgument;
import org.hemei.platform.AccessReason;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Whether somebody gets a page: its own controller is asked, as that person, and what it would have shown is thrown away.
 * Nothing is written, for the transaction around it is rolled back.
 */
@Component
class RouteAccess implements AccessReason {

    private static final String OURS = "org.hemei.";

    private final ObjectProvider<RequestMappingHandlerMapping> mappings;
    private final ObjectProvider<RequestMappingHandlerAdapter> adapters;
    private final TransactionTemplate transaction;

    RouteAccess(
            @Qualifier("requestMappingHandlerMapping") ObjectProvider<RequestMappingHandlerMapping> mappings,
            ObjectProvider<RequestMappingHandlerAdapter> adapters,
            PlatformTransactionManager transactions) {
        this.mappings = mappings;
        this.adapters = adapters;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public List<Kind> kinds() {
        return List.of(new Kind("route", "页面", "网址里域名后面的部分，如 /overview"));
    }

    @Override
    public Optional<Answer> ask(String kind, String id, Reader reader) {
        if (!(RequestContextHolder.getRequestAttributes() instanceof ServletRequestAttributes here)) {
            return Optional.empty();
        }
        try {
            var uri = new URI(id.strip());
            var path = uri.getPath();
            if (path == null || !path.startsWith("/") || uri.getHost() != null) {
                return Optional.empty();
            }
            var request = new AskedRequest(here.getRequest(), path, uri.getQuery());
            var handler = handler(request);
            return handler == null
                    ? Optional.empty()
                    : Optional.of(new Answer(
                            "页面 " + path, opens(here, request, handler, reader) ? List.of("能打开") : List.of()));
        } catch (URISyntaxException noAddress) {
            return Optional.empty();
        }
    }

    private @Nullable HandlerMethod handler(HttpServletRequest request) {
        try {
            var chain = mappings.getObject().getHandler(request);
            return chain != null
                            && chain.getHandler() instanceof HandlerMethod method
                            && method.getBeanType().getName().startsWith(OURS)
                    ? method
                    : null;
        } catch (Exception notGet) {
            return null; // not a page: forms and programs ask otherwise
        }
    }

    private boolean opens(ServletRequestAttributes here, AskedRequest request, HandlerMethod handler, Reader reader) {
        return Boolean.TRUE.equals(transaction.execute(status -> {
            status.setRollbackOnly();
            var answer = new SwallowedResponse(java.util.Objects.requireNonNull(here.getResponse()));
            return ReaderArgument.as(reader, request, () -> {
                try {
                    adapters.getObject().handle(request, answer, handler);
                    return answer.getStatus() < 400;
                } catch (Missing | AccessDeniedException shut) {
                    return false;
                } catch (Refusal letInAndRefused) {
                    return true;
                } catch (Exception wrongAddress) {
                    return false;
                }
            });
        }));
    }
}

package org.hemei.access;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.function.Supplier;
import org.hemei.platform.Reader;
import org.hemei.platform.web.CurrentReader;
import org.jspecify.annotations.Nullable;
import org.springframework.core.MethodParameter;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;

/** Gives controllers their {@link Reader}; a visitor when nobody is signed in. Read once per request. */
@Component
public class ReaderArgument implements HandlerMethodArgumentResolver, CurrentReader {

    private static final String KEPT = Reader.class.getName();

    private final Readers readers;

    ReaderArgument(Readers readers) {
        this.readers = readers;
    }

    /** Lets later steps of the same request find the reader without asking the database again. */
    public static void keep(HttpServletRequest request, Reader reader) {
        request.setAttribute(KEPT, reader);
    }

    /** Does something as somebody else would find it; only ever to tell an administrator what that person can see. */
    public static <T> T as(Reader reader, HttpServletRequest request, Supplier<T> work) {
        var before = SecurityContextHolder.getContext();
        SecurityContextHolder.setContext(new SecurityContextImpl(UsernamePasswordAuthenticationToken.authenticated(
                new AccountPrincipal(reader.account()), null, List.of())));
        keep(request, reader);
        try {
            return work.get();
        } finally {
            SecurityContextHolder.setContext(before);
        }
    }

    @Override
    public Reader of(HttpServletRequest request) {
        var authentication = SecurityContextHolder.getContext().getAuthentication();
        if (authentication == null || !(authentication.getPrincipal() instanceof AccountPrincipal principal)) {
            return Reader.VISITOR;
        }
        if (request.getAttribute(KEPT) instanceof Reader kept && kept.account() == principal.account()) {
            return kept;
        }
        var reader = readers.of(principal.account()).orElse(Reader.VISITOR);
        keep(request, reader);
        return reader;
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == Reader.class;
    }

    @Override
    public Reader resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory binders) {
        var request = web.getNativeRequest(HttpServletRequest.class);
        return request == null ? Reader.VISITOR : of(request);
    }
}

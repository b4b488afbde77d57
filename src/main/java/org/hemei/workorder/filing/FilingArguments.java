package org.hemei.workorder.filing;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.validation.BindException;
import org.springframework.validation.FieldError;
import org.springframework.validation.MapBindingResult;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.bind.ServletRequestBindingException;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/**
 * Reads the forms of 我要点单 field by field. The general binder looks through all names of a form for each field of a
 * record; filing an order is what most people come for, and that search took a fifth of it (docs/adr/0016).
 */
@Configuration(proxyBeanMethods = false)
class FilingArguments implements WebMvcConfigurer, HandlerMethodArgumentResolver {

    private static final String FORM = "filing";

    /** The last form, handed in. */
    record Filed(
            FilingDraft draft,
            String once,
            @Nullable Long estate,
            @Nullable Long building,
            @Nullable Long unit) {}

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == FilingDraft.class || parameter.getParameterType() == Filed.class;
    }

    @Override
    public Object resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory binders)
            throws BindException, ServletRequestBindingException {
        var request = web.getNativeRequest(HttpServletRequest.class);
        if (request == null) {
            throw new IllegalStateException("forms come over HTTP");
        }
        return parameter.getParameterType() == Filed.class ? filed(request) : draft(request);
    }

    private static Filed filed(HttpServletRequest request) throws BindException, ServletRequestBindingException {
        var once = request.getParameter("_once");
        if (once == null) {
            throw new MissingServletRequestParameterException("_once", "String");
        }
        return new Filed(
                draft(request), once, number(request, "estate"), number(request, "building"), number(request, "unit"));
    }

    private static FilingDraft draft(HttpServletRequest request) throws BindException {
        return new FilingDraft(
                text(request, "spot"),
                number(request, "other"),
                text(request, "place"),
                text(request, "branch"),
                text(request, "category"),
                text(request, "declined"),
                text(request, "words"),
                choice(request, "anonymous"),
                ids(request, "photos"));
    }

    /** What is said twice is joined, as the general binder does, and then fits nowhere. */
    private static String text(HttpServletRequest request, String name) {
        var values = request.getParameterValues(name);
        return values == null ? "" : values.length == 1 ? values[0] : String.join(",", values);
    }

    private static @Nullable Long number(HttpServletRequest request, String name) throws BindException {
        var value = text(request, name).strip();
        try {
            return value.isEmpty() ? null : Long.valueOf(value);
        } catch (NumberFormatException e) {
            throw wrong(name, value);
        }
    }

    private static boolean choice(HttpServletRequest request, String name) throws BindException {
        var value = text(request, name).strip();
        return switch (value) {
            case "true", "on", "yes", "1" -> true;
            case "", "false", "off", "no", "0" -> false;
            default -> throw wrong(name, value);
        };
    }

    private static List<UUID> ids(HttpServletRequest request, String name) throws BindException {
        var values = request.getParameterValues(name);
        if (values == null) {
            return List.of();
        }
        var ids = new ArrayList<UUID>(values.length);
        for (var value : values) {
            try {
                if (!value.isBlank()) {
                    ids.add(UUID.fromString(value.strip()));
                }
            } catch (IllegalArgumentException e) {
                throw wrong(name, value);
            }
        }
        return ids;
    }

    /** As the general binder says it: this field, filled wrongly. */
    private static BindException wrong(String field, String value) {
        var errors = new MapBindingResult(Map.of(), FORM);
        errors.addError(new FieldError(FORM, field, value, true, null, null, null));
        return new BindException(errors);
    }
}

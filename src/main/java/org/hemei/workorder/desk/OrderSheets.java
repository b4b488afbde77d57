package org.hemei.workorder.desk;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.hemei.platform.web.CurrentReader;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.Verb;
import org.hemei.workorder.desk.OrderForms.Form;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.TypeMismatchException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.MethodParameter;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.web.bind.support.WebDataBinderFactory;
import org.springframework.web.context.request.NativeWebRequest;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.method.support.ModelAndViewContainer;
import org.springframework.web.servlet.HandlerMapping;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Gives controllers their {@link OrderSheet}: the verb is read from the route, the order and its part from the address. */
@Configuration(proxyBeanMethods = false)
class OrderSheets implements WebMvcConfigurer, HandlerMethodArgumentResolver {

    private static final String ORDER = "/orders/{id}";
    private static final String PART = "{}";

    private static final Map<String, Verb> VERBS =
            Arrays.stream(Verb.values()).collect(Collectors.toMap(verb -> Form.tail(verb, PART), Function.identity()));

    private final ObjectProvider<OrderForms> forms;
    private final ObjectProvider<CurrentReader> readers;

    OrderSheets(ObjectProvider<OrderForms> forms, ObjectProvider<CurrentReader> readers) {
        this.forms = forms;
        this.readers = readers;
    }

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(this);
    }

    @Override
    public boolean supportsParameter(MethodParameter parameter) {
        return parameter.getParameterType() == OrderSheet.class;
    }

    @Override
    public OrderSheet resolveArgument(
            MethodParameter parameter,
            @Nullable ModelAndViewContainer container,
            NativeWebRequest web,
            @Nullable WebDataBinderFactory binders)
            throws Exception {
        var request = web.getNativeRequest(HttpServletRequest.class);
        if (request == null || binders == null) {
            throw new IllegalStateException("forms come over HTTP");
        }
        var route = (String) request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
        var verb = VERBS.get(route.substring(ORDER.length()).replaceAll("\\{\\w+}", PART));
        if (verb == null) {
            throw new IllegalStateException("no verb has the route " + route);
        }
        @SuppressWarnings("unchecked")
        var places = (Map<String, String>) request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE);
        var id = new Place(parameter, web, binders).read("id", places.get("id"), OrderId.class);
        var part = places.keySet().stream().filter(name -> !name.equals("id")).findFirst();
        var about = part.isEmpty()
                ? null
                : new Place(parameter, web, binders).read(part.get(), places.get(part.get()), Long.class);
        var typed = new LinkedMultiValueMap<String, String>();
        request.getParameterMap().forEach((name, values) -> typed.addAll(name, Arrays.asList(values)));
        return new OrderSheet(
                forms.getObject(), new Form(verb, about), readers.getObject().of(request), id, Typed.of(typed));
    }

    /** Reads a place of the address as any path variable is read, and refuses it likewise. */
    private record Place(MethodParameter parameter, NativeWebRequest web, WebDataBinderFactory binders) {

        <T> T read(String name, @Nullable String text, Class<T> type) throws Exception {
            try {
                var read = binders.createBinder(web, null, name).convertIfNecessary(text, type);
                if (read == null) {
                    throw new IllegalStateException("no " + name + " in the address");
                }
                return read;
            } catch (TypeMismatchException wrong) {
                throw new MethodArgumentTypeMismatchException(text, type, name, parameter, wrong);
            }
        }
    }
}

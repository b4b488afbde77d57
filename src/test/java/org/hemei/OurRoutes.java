package org.hemei;

import java.util.Map;
import java.util.TreeMap;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** The routes that are delivered: those of our controllers, but not of the controllers that tests bring along. */
public final class OurRoutes {

    private OurRoutes() {}

    /** By method and path, as in {@link RouteTable.Line#route()}. */
    public static Map<String, HandlerMethod> of(RequestMappingHandlerMapping mappings) {
        var routes = new TreeMap<String, HandlerMethod>();
        mappings.getHandlerMethods().forEach((info, handler) -> {
            if (ours(handler.getBeanType()) && !info.getPatternValues().contains("/error")) {
                var methods = info.getMethodsCondition().getMethods();
                if (methods.isEmpty()) {
                    throw new AssertionError(handler + " answers to any method");
                }
                methods.forEach(
                        method -> info.getPatternValues().forEach(path -> routes.put(method + " " + path, handler)));
            }
        });
        return routes;
    }

    private static boolean ours(Class<?> controller) {
        return controller.getPackageName().startsWith("org.hemei")
                && !controller
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .getPath()
                        .contains("test-classes");
    }
}

package org.hemei.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Spring looks through every route for an address with a number in it, and there are many hundred. Here only those are looked
 * at that begin and end with the same word and are as long. Whatever is not plain, and whatever is refused, is left to Spring.
 */
@Component
class QuickRoutes implements WebMvcRegistrations {

    @Override
    public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new Mapping();
    }

    private static final class Mapping extends RequestMappingHandlerMapping {

        private record Route(RequestMappingInfo info, HandlerMethod method) {}

        private volatile Map<String, List<Route>> alike = Map.of();
        private volatile Set<String> direct = Set.of();

        @Override
        public void afterPropertiesSet() {
            super.afterPropertiesSet();
            var found = new HashMap<String, List<Route>>();
            var plain = new HashSet<String>();
            var anywhere = new ArrayList<Route>();
            getHandlerMethods().forEach((info, method) -> {
                var route = new Route(info, method);
                plain.addAll(info.getDirectPaths());
                if (info.getPatternValues().stream().allMatch(Mapping::isIndexed)) {
                    info.getPatternValues()
                            .forEach(pattern -> found.computeIfAbsent(
                                            endsPlain(pattern) ? kind(pattern) : sort(pattern),
                                            kind -> new ArrayList<>())
                                    .add(route));
                } else {
                    anywhere.add(route);
                }
            });
            // an address that ends in a word fits place-holders as well
            found.forEach((kind, routes) -> {
                var sort = kind.substring(0, kind.lastIndexOf(' ') + 1);
                if (!sort.equals(kind)) {
                    routes.addAll(found.getOrDefault(sort, List.of()));
                }
            });
            found.values().forEach(routes -> routes.addAll(anywhere));
            alike = found;
            direct = plain;
        }

        @Override
        protected @Nullable HandlerMethod lookupHandlerMethod(String path, HttpServletRequest request)
                throws Exception {
            var routes = direct.contains(path) || path.indexOf('%') >= 0 || path.indexOf(';') >= 0
                    ? null
                    : alike.getOrDefault(kind(path), alike.get(sort(path)));
            return routes == null ? super.lookupHandlerMethod(path, request) : best(routes, path, request);
        }

        private @Nullable HandlerMethod best(List<Route> routes, String path, HttpServletRequest request)
                throws Exception {
            var order = getMappingComparator(request);
            Route best = null;
            RequestMappingInfo bestMatch = null;
            for (var route : routes) {
                var match = getMatchingMapping(route.info, request);
                if (match != null) {
                    var closer = bestMatch == null ? -1 : order.compare(match, bestMatch);
                    if (closer == 0) {
                        return super.lookupHandlerMethod(path, request);
                    }
                    if (closer < 0) {
                        best = route;
                        bestMatch = match;
                    }
                }
            }
            if (best == null || bestMatch == null) {
                return super.lookupHandlerMethod(path, request);
            }
            request.setAttribute(BEST_MATCHING_HANDLER_ATTRIBUTE, best.method);
            handleMatch(bestMatch, path, request);
            return best.method;
        }

        /** Begins with a plain word, and has as many parts as every address it fits. */
        private static boolean isIndexed(String pattern) {
            return pattern.matches("/[a-z0-9-]+(/.*)?") && !pattern.contains("*");
        }

        private static boolean endsPlain(String pattern) {
            return pattern.indexOf('{', pattern.lastIndexOf('/')) < 0;
        }

        /** The first word and the number of parts: a place-holder never reaches over a slash. */
        private static String sort(String path) {
            var end = path.indexOf('/', 1);
            var word = path.substring(0, end < 0 ? path.length() : end);
            return word + ' ' + path.chars().filter(c -> c == '/').count() + ' ';
        }

        /** The same with the last word. */
        private static String kind(String path) {
            return sort(path) + path.substring(path.lastIndexOf('/') + 1);
        }
    }
}

package org.hemei.platform.web;

import jakarta.servlet.http.HttpServletRequest;
import java.util.IdentityHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.webmvc.autoconfigure.WebMvcRegistrations;
import org.springframework.stereotype.Component;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/**
 * Spring looks through every route for an address with a number in it, and there are many hundred: a route whose address begins
 * with another word is passed over at once. What is found is the same.
 */
@Component
class QuickRoutes implements WebMvcRegistrations {

    @Override
    public RequestMappingHandlerMapping getRequestMappingHandlerMapping() {
        return new Mapping();
    }

    private static final class Mapping extends RequestMappingHandlerMapping {

        private static final ThreadLocal<@Nullable String> ASKED = new ThreadLocal<>();

        private volatile Map<RequestMappingInfo, String> words = Map.of();

        @Override
        public void afterPropertiesSet() {
            super.afterPropertiesSet();
            var known = new IdentityHashMap<RequestMappingInfo, String>();
            getHandlerMethods().keySet().forEach(route -> {
                var word = word(route);
                if (word != null) {
                    known.put(route, word);
                }
            });
            words = known;
        }

        @Override
        protected @Nullable HandlerMethod lookupHandlerMethod(String path, HttpServletRequest request)
                throws Exception {
            var word = first(path);
            // written in another way it may mean the same
            ASKED.set(word.indexOf('%') < 0 && word.indexOf(';') < 0 ? word : null);
            try {
                return super.lookupHandlerMethod(path, request);
            } finally {
                ASKED.remove();
            }
        }

        @Override
        protected @Nullable RequestMappingInfo getMatchingMapping(
                RequestMappingInfo route, HttpServletRequest request) {
            var word = words.get(route);
            var asked = ASKED.get();
            return word == null || asked == null || word.equals(asked)
                    ? super.getMatchingMapping(route, request)
                    : null;
        }

        /** The first word of the route's address; null when it has several addresses, or a place-holder there. */
        private static @Nullable String word(RequestMappingInfo route) {
            var patterns = route.getPatternValues();
            if (patterns.size() != 1) {
                return null;
            }
            var word = first(patterns.iterator().next());
            return word.matches("[a-z0-9-]+") ? word : null;
        }

        private static String first(String path) {
            var end = path.indexOf('/', 1);
            return path.substring(Math.min(1, path.length()), end < 0 ? path.length() : end);
        }
    }
}

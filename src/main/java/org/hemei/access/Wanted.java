package org.hemei.access;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The page somebody wanted before they had to sign in. It travels in the address and in the form, so it is not trusted. */
final class Wanted {

    private Wanted() {}

    /** Only a path of this site: an open redirect would lend our name to others. */
    static boolean isOwn(@Nullable String path) {
        if (path == null || path.length() > 1000 || !path.startsWith("/") || path.startsWith("//")) {
            return false;
        }
        if (path.indexOf('\\') >= 0 || path.chars().anyMatch(c -> c < ' ' || c == 127)) {
            return false;
        }
        try {
            var uri = new URI(path);
            return uri.getHost() == null && !path.startsWith("/sign-");
        } catch (java.net.URISyntaxException notAPath) {
            return false;
        }
    }

    static String query(String path) {
        return "?to=" + URLEncoder.encode(path, StandardCharsets.UTF_8);
    }
}

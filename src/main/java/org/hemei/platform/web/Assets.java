package org.hemei.platform.web;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.util.DigestUtils;
import org.springframework.util.StringUtils;

/**
 * Addresses of style sheets, scripts and icons with a hash of their content in the name, so that a browser may keep them
 * for a year. The form is the one that Spring's content version strategy serves.
 */
public final class Assets {

    public static final String TABLER = "/webjars/tabler__core/1.4.0/dist/css/tabler.min.css";
    public static final String HTMX = "/webjars/htmx.org/2.0.10/dist/htmx.min.js";

    public static final String ECHARTS = "/webjars/echarts/5.3.1/dist/echarts.min.js";
    public static final String LEAFLET = "/webjars/leaflet/1.9.4/dist/leaflet.js";
    public static final String LEAFLET_CSS = "/webjars/leaflet/1.9.4/dist/leaflet.css";

    private static final Map<String, String> URLS = new ConcurrentHashMap<>();

    private Assets() {}

    /** @param path such as /assets/app.css */
    public static String url(String path) {
        return URLS.computeIfAbsent(path, Assets::versioned);
    }

    private static String versioned(String path) {
        var folder = path.startsWith("/webjars/") ? "META-INF/resources" : "static";
        try (var in = Assets.class.getClassLoader().getResourceAsStream(folder + path)) {
            if (in == null) {
                throw new IllegalArgumentException("no such asset: " + path);
            }
            var hash = DigestUtils.md5DigestAsHex(in);
            return StringUtils.stripFilenameExtension(path) + "-" + hash + "." + StringUtils.getFilenameExtension(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

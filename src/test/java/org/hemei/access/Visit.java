package org.hemei.access;

import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import jakarta.servlet.http.Cookie;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** Somebody with a browser: keeps the cookie, and sends forms as pages give them, with their token. */
final class Visit {

    private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final MockMvc mvc;
    private final String ip;
    private String agent = "Mozilla/5.0 (iPhone)";
    private @Nullable Cookie cookie;
    private String token = "";

    Visit(MockMvc mvc, String ip) {
        this.mvc = mvc;
        this.ip = ip;
    }

    Visit with(String userAgent) {
        agent = userAgent;
        return this;
    }

    @Nullable
    Cookie cookie() {
        return cookie;
    }

    void cookie(@Nullable Cookie other) {
        cookie = other;
    }

    MockHttpServletResponse open(String path) throws Exception {
        return send(get(java.net.URI.create(path)));
    }

    /** @param fields name, value, name, value … */
    MockHttpServletResponse submit(String path, String... fields) throws Exception {
        var request = post(path).param("_csrf", token);
        for (var i = 0; i < fields.length; i += 2) {
            request.param(fields[i], fields[i + 1]);
        }
        return send(request);
    }

    private MockHttpServletResponse send(MockHttpServletRequestBuilder request) throws Exception {
        request.with(r -> {
            r.setRemoteAddr(ip);
            return r;
        });
        request.header("User-Agent", agent);
        if (cookie != null) {
            request.cookie(cookie);
        }
        var response = mvc.perform(request).andReturn().getResponse();
        var set = response.getCookie("hemei");
        if (set != null) {
            cookie = set.getMaxAge() == 0 ? null : set;
        }
        var found = TOKEN.matcher(response.getContentAsString());
        if (found.find()) {
            token = found.group(1);
        }
        return response;
    }
}

package org.hemei.workorder.api;

import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.function.UnaryOperator;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MockMvcTester.MockMvcRequestBuilder;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Somebody who uses the interface: a program by its token, or a person's browser by its session. */
record Program(MockMvcTester mvc, @Nullable String token, Reader reader) {

    private static final JsonMapper JSON = new JsonMapper();
    static final String API = "/api/v1";

    static Program with(MockMvcTester mvc, String token) {
        return new Program(mvc, token, Reader.VISITOR);
    }

    static Program of(MockMvcTester mvc, Reader reader) {
        return new Program(mvc, null, reader);
    }

    private MockMvcRequestBuilder known(MockMvcRequestBuilder request) {
        return token == null
                ? request.with(as(reader)).with(csrf())
                : request.header("Authorization", "Bearer " + token);
    }

    MvcTestResult get(String path) {
        return known(mvc.get().uri(API + path)).exchange();
    }

    MvcTestResult get(String path, UnaryOperator<MockMvcRequestBuilder> more) {
        return more.apply(known(mvc.get().uri(API + path))).exchange();
    }

    /** With a key of its own, as each new thing has. */
    MvcTestResult post(String path, String body) {
        return post(
                path,
                body,
                request -> request.header("Idempotency-Key", UUID.randomUUID().toString()));
    }

    MvcTestResult post(String path, String body, UnaryOperator<MockMvcRequestBuilder> more) {
        return more.apply(known(mvc.post().uri(API + path))
                        .contentType(MediaType.APPLICATION_JSON)
                        .content(body))
                .exchange();
    }

    /** A verb on the order as this program sees it now. */
    MvcTestResult does(String verb, String order, String more) {
        var version = body(get("/orders/" + order)).get("version").asInt();
        return post(
                "/orders/" + order + "/" + verb, "{\"version\":" + version + (more.isEmpty() ? "" : "," + more) + "}");
    }

    static JsonNode body(MvcTestResult result) {
        try {
            return JSON.readTree(result.getResponse().getContentAsString(StandardCharsets.UTF_8));
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.hemei.workorder.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.workorder.api.Program.body;

import org.hemei.access.token.TokenThings;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.OrderId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Every kind of problem (RFC 9457) that a program can meet, with how it comes about. */
@HemeiTest
class ProblemTypesTest {

    @Autowired
    MockMvcTester mvc;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    TokenThings tokens;

    Town town;
    Program desk;
    OrderId order;

    @BeforeEach
    void build() {
        town = towns.make();
        desk = Program.of(mvc, town.near().communityDesk());
        order = orders.file(town.near().resident(), town.near().garden(), "水管漏水，请来看看。");
    }

    private static void problem(MvcTestResult answer, HttpStatus status, @Nullable String kind) {
        assertThat(answer).hasStatus(status).hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        var told = body(answer);
        assertThat(told.get("status").asInt()).isEqualTo(status.value());
        assertThat(told.get("title").asString()).isNotBlank();
        assertThat(told.get("detail").asString()).matches("(?s).*\\p{IsHan}.*");
        assertThat(told.path("type").asString("about:blank"))
                .isEqualTo(kind == null ? "about:blank" : "urn:hemei:problem:" + kind);
    }

    private MvcTestResult accept(String key, @Nullable String tag, String body) {
        return desk.post("/orders/" + order + "/accept", body, request -> {
            request.header("Idempotency-Key", key);
            return tag == null ? request : request.header("If-Match", tag);
        });
    }

    @Test
    void what_cannot_be_read_is_a_bad_request() {
        problem(desk.post("/orders", "not json"), HttpStatus.BAD_REQUEST, null);
        problem(desk.get("/estates?after=x"), HttpStatus.BAD_REQUEST, "invalid");
        problem(desk.get("/orders/x-y"), HttpStatus.NOT_FOUND, null);
        problem(desk.get("/no/such"), HttpStatus.NOT_FOUND, null);
        problem(desk.post("/orders/" + order + "/explode", "{}"), HttpStatus.NOT_FOUND, null);
    }

    @Test
    void whoever_is_nobody_or_may_not_is_told_so() {
        problem(Program.with(mvc, "hemei_nonsense").get("/orders"), HttpStatus.UNAUTHORIZED, "token");
        var reads = Program.with(mvc, tokens.program(town, "orders:read"));
        problem(reads.post("/orders", "{}"), HttpStatus.FORBIDDEN, "scope");
        problem(Program.of(mvc, town.far().communityDesk()).get("/orders/" + order), HttpStatus.NOT_FOUND, "missing");
    }

    @Test
    void every_fault_is_named_at_its_field() {
        var wrong = Program.of(mvc, town.near().resident())
                .post("/orders", "{\"estate\":" + town.near().garden() + ",\"words\":\"坏\"}");
        problem(wrong, HttpStatus.UNPROCESSABLE_CONTENT, "refused");
        assertThat(body(wrong)
                        .get("errors")
                        .valueStream()
                        .map(e -> e.get("field").asString()))
                .containsExactlyInAnyOrder("category", "words");
        problem(desk.post("/orders", "{}"), HttpStatus.UNPROCESSABLE_CONTENT, "refused");
        var reject = desk.post("/orders/" + order + "/reject", "{\"version\":1}");
        assertThat(body(reject)
                        .get("errors")
                        .valueStream()
                        .map(e -> e.get("field").asString()))
                .containsExactlyInAnyOrder("reason", "elsewhere");
    }

    @Test
    void a_key_is_needed_and_belongs_to_one_body() {
        problem(desk.post("/orders", "{}", request -> request), HttpStatus.UNPROCESSABLE_CONTENT, "refused");
        problem(accept("short", null, "{\"version\":1}"), HttpStatus.UNPROCESSABLE_CONTENT, "refused");
        assertThat(accept("one-key-for-it", null, "{\"version\":1}")).hasStatusOk();
        assertThat(accept("one-key-for-it", null, "{\"version\":1}")).hasStatusOk();
        assertThat(orders.version(order)).isEqualTo(2);
        problem(accept("one-key-for-it", null, "{\"version\":2}"), HttpStatus.UNPROCESSABLE_CONTENT, "idempotency-key");
        // the same key for something else is another body as well
        problem(
                desk.post(
                        "/orders/" + order + "/answer",
                        "{\"version\":2,\"words\":\"好\"}",
                        request -> request.header("Idempotency-Key", "one-key-for-it")),
                HttpStatus.UNPROCESSABLE_CONTENT,
                "idempotency-key");
        assertThat(orders.state(order)).isEqualTo("awaiting_dispatch");
    }

    @Test
    void the_version_is_needed_and_has_to_be_the_newest() {
        problem(accept("a-key-of-mine-1", null, "{}"), HttpStatus.PRECONDITION_REQUIRED, "version");
        problem(accept("a-key-of-mine-2", "\"x\"", "{}"), HttpStatus.UNPROCESSABLE_CONTENT, "refused");
        problem(accept("a-key-of-mine-3", "\"1\"", "{\"version\":2}"), HttpStatus.UNPROCESSABLE_CONTENT, "refused");
        var seen = desk.get("/orders/" + order);
        assertThat(seen).hasHeader("ETag", "\"1\"");
        assertThat(desk.get("/orders/" + order, request -> request.header("If-None-Match", "\"1\"")))
                .hasStatus(HttpStatus.NOT_MODIFIED);
        assertThat(accept("a-key-of-mine-4", "\"1\"", "{}")).hasStatusOk().hasHeader("ETag", "\"2\"");
        problem(accept("a-key-of-mine-5", "\"1\"", "{}"), HttpStatus.PRECONDITION_FAILED, "stale");
        problem(accept("a-key-of-mine-6", null, "{\"version\":1}"), HttpStatus.CONFLICT, "stale");
        problem(accept("a-key-of-mine-7", null, "{\"version\":2}"), HttpStatus.UNPROCESSABLE_CONTENT, "refused");
    }

    @Test
    void formats_and_methods_that_are_not_there_are_told() {
        problem(
                desk.get("/orders/" + order, request -> request.accept(MediaType.IMAGE_PNG)),
                HttpStatus.NOT_ACCEPTABLE,
                null);
        problem(
                desk.post("/orders", "<a/>", request -> request.contentType(MediaType.APPLICATION_XML)),
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                null);
        problem(desk.post("/categories", "{}"), HttpStatus.METHOD_NOT_ALLOWED, null);
    }
}

package org.hemei.workorder.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.OrderId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The same desks as JSON: once per key, problems in RFC 9457, nothing to see for strangers. */
@HemeiTest
class WorkOrderApiTest {

    private static final String ORDERS = "/api/v1/orders";

    @Autowired
    MockMvcTester mvc;

    @Autowired
    Towns towns;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JsonMapper json;

    Town town;
    Town.Side here;

    @BeforeEach
    void build() {
        town = towns.make();
        here = town.near();
    }

    @Test
    void an_order_lives_its_life_over_json() {
        var made = submit(here.resident(), key(), "东门道闸抬不起来。");
        assertThat(made).hasStatus(HttpStatus.CREATED);
        var id = body(made).get("id").asString();
        assertThat(made).hasHeader("Location", ORDERS + "/" + id);

        assertThat(act(here.communityDesk(), id, "dispatch", 1, "\"holder\":" + here.company()))
                .hasStatusOk();
        assertThat(act(here.manager(), id, "take", 3, null)).hasStatusOk();
        assertThat(act(here.manager(), id, "resolve", 4, "\"words\":\"换了电机\"")).hasStatusOk();
        assertThat(act(here.communityDesk(), id, "verify", 5, null)).hasStatusOk();
        var rated = act(here.resident(), id, "rate", 6, "\"solved\":true,\"satisfied\":5");
        assertThat(rated).hasStatusOk();
        assertThat(body(rated).get("state").asString()).isEqualTo("closed");
        assertThat(body(rated).get("history")).hasSize(7);

        var list = mvc.get().uri(ORDERS).with(as(here.communityDesk())).exchange();
        assertThat(body(list).get("orders").get(0).get("id").asString()).isEqualTo(id);
        var own = mvc.get().uri(ORDERS).with(as(here.resident())).exchange();
        assertThat(body(own).get("orders")).hasSize(1);
    }

    @Test
    void the_same_key_is_one_order_and_another_body_is_unprocessable() {
        var key = key();
        var first = submit(here.resident(), key, "花坛边有碎玻璃。");
        var again = submit(here.resident(), key, "花坛边有碎玻璃。");
        assertThat(body(again).get("id")).isEqualTo(body(first).get("id"));
        var other = submit(here.resident(), key, "完全另一件事。");
        assertThat(other)
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
    }

    @Test
    void a_retried_verb_is_done_once_and_a_late_one_is_a_conflict() {
        var id = body(submit(here.resident(), key(), "楼顶有异响。")).get("id").asString();
        var key = key();
        var body = "{\"version\":1}";
        assertThat(post(here.communityDesk(), ORDERS + "/" + id + "/accept", key, body))
                .hasStatusOk();
        assertThat(post(here.communityDesk(), ORDERS + "/" + id + "/accept", key, body))
                .hasStatusOk();
        assertThat(post(here.communityDesk(), ORDERS + "/" + id + "/accept", key(), body))
                .hasStatus(HttpStatus.CONFLICT)
                .hasContentType(MediaType.APPLICATION_PROBLEM_JSON);
        assertThat(jdbc.sql("select count(*) from work_order_step where order_id = ?")
                        .param(OrderId.valueOf(id).id())
                        .query(Integer.class)
                        .single())
                .isEqualTo(2);
    }

    @Test
    void every_fault_is_named_at_its_field() {
        var bad = post(here.resident(), ORDERS, key(), "{\"estate\":" + here.garden() + ",\"words\":\"坏\"}");
        assertThat(bad).hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        assertThat(body(bad).get("errors").toString()).contains("category").contains("words");
        assertThat(post(here.resident(), ORDERS, key(), "not json")).hasStatus(HttpStatus.BAD_REQUEST);
        assertThat(post(here.resident(), ORDERS, "short", "{\"estate\":1}"))
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);
    }

    @Test
    void strangers_and_unknown_verbs_find_nothing() {
        var id = body(submit(here.resident(), key(), "井盖松动。")).get("id").asString();
        for (var stranger : new Reader[] {
            town.far().resident(), town.far().communityDesk(), town.far().streetDesk(), here.helper(), here.neighbour()
        }) {
            assertThat(mvc.get().uri(ORDERS + "/" + id).with(as(stranger)).exchange())
                    .hasStatus(HttpStatus.NOT_FOUND);
            assertThat(act(stranger, id, "accept", 1, null)).hasStatus(HttpStatus.NOT_FOUND);
        }
        assertThat(act(here.communityDesk(), id, "explode", 1, null)).hasStatus(HttpStatus.NOT_FOUND);
        assertThat(mvc.get().uri(ORDERS + "/x-y").with(as(here.resident())).exchange())
                .hasStatus(HttpStatus.NOT_FOUND);
        assertThat(mvc.get().uri(ORDERS).with(as(Reader.VISITOR)).exchange()).hasStatus(HttpStatus.UNAUTHORIZED);
    }

    private MvcTestResult submit(Reader reader, String key, String words) {
        return post(
                reader,
                ORDERS,
                key,
                "{\"estate\":%d,\"category\":\"%s\",\"words\":\"%s\"}".formatted(here.garden(), category(), words));
    }

    private MvcTestResult act(Reader reader, String id, String verb, int version, String more) {
        var body = "{\"version\":" + version + (more == null ? "" : "," + more) + "}";
        return post(reader, ORDERS + "/" + id + "/" + verb, key(), body);
    }

    private MvcTestResult post(Reader reader, String path, String key, String body) {
        return mvc.post()
                .uri(path)
                .with(as(reader))
                .with(csrf())
                .header("Idempotency-Key", key)
                .contentType(MediaType.APPLICATION_JSON)
                .content(body)
                .exchange();
    }

    private JsonNode body(MvcTestResult result) {
        try {
            return json.readTree(result.getResponse().getContentAsString(java.nio.charset.StandardCharsets.UTF_8));
        } catch (java.io.UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private String category() {
        return jdbc.sql("select code from category where parent is not null order by code limit 1")
                .query(String.class)
                .single();
    }

    private static String key() {
        return UUID.randomUUID().toString();
    }
}

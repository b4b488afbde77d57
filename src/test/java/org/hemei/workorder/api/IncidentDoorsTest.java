package org.hemei.workorder.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.hemei.workorder.api.Program.body;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.hemei.access.Role;
import org.hemei.access.token.TokenThings;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** A known incident through its other doors: the desk to which somebody phones about it, and programs. */
@HemeiTest
class IncidentDoorsTest {

    @Autowired
    MockMvcTester mvc;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    TokenThings tokens;

    Town town;
    Town.Side here;
    String leaf;

    @BeforeEach
    void build() {
        town = towns.make();
        here = town.near();
        leaf = "utility.water";
    }

    private Program program(String... scopes) {
        var token = tokens.program(town, scopes);
        towns.grant(tokens.account(token), Role.COMMUNITY, here.community(), null, null, null);
        return Program.with(mvc, token);
    }

    private String publish(Program program) {
        var told = program.post(
                "/incidents", """
                {"estate": %d, "category": "utility", "title": "小区停水", "words": "水泵坏了，正在抢修。", "expectedEnd": "%s"}
                """.formatted(here.garden(), Instant.now().plus(Duration.ofHours(6))));
        assertThat(told).hasStatus(HttpStatus.CREATED).hasHeader("ETag", "\"1\"");
        return body(told).get("incident").get("id").asString();
    }

    @Test
    void aProgramTellsUpdatesJoinsAndEnds() {
        var program = program("incidents:read", "incidents:write");
        var order = orders.file(here.resident(), Orders.said(here.garden(), null, leaf, "家里没水了，什么时候好"));
        var id = publish(program);
        assertThat(body(program.get("/incidents"))
                        .get("incidents")
                        .get(0)
                        .get("place")
                        .asString())
                .isNotEmpty();
        var whole = body(program.get("/incidents/" + id));
        assertThat(whole.get("fitting").get(0).asString()).isEqualTo(order.toString());

        var attached = program.post("/incidents/" + id + "/attach", "{\"version\":1,\"orders\":[\"" + order + "\"]}");
        assertThat(attached).hasStatusOk();
        assertThat(body(attached).get("incident").get("attached").asInt()).isEqualTo(1);
        assertThat(program.post("/incidents/" + id + "/end", "{\"version\":1,\"words\":\"来水了\"}"))
                .hasStatus(HttpStatus.CONFLICT);
        assertThat(program.post("/incidents/" + id + "/end", "{\"words\":\"来水了\"}"))
                .hasStatus(HttpStatus.PRECONDITION_REQUIRED);
        var later = Instant.now().plus(Duration.ofHours(9));
        assertThat(program.post(
                        "/incidents/" + id + "/note",
                        "{\"version\":2,\"words\":\"新泵下午到\",\"expectedEnd\":\"" + later + "\"}"))
                .hasStatusOk();
        var ended = program.post("/incidents/" + id + "/end", "{\"version\":3,\"words\":\"19 点来水了，先放几分钟\"}");
        assertThat(ended).hasStatusOk();
        assertThat(body(ended).get("incident").get("state").asString()).isEqualTo("ended");
        assertThat(orders.state(order)).isEqualTo("answered");
        assertThat(body(program.get("/incidents")).get("incidents")).isEmpty();
        assertThat(body(program.get("/incidents?state=all")).get("incidents")).hasSize(1);
        assertThat(program.get("/incidents?state=gone")).hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);
    }

    @Test
    void scopesAndPlacesHold() {
        var reads = program("incidents:read");
        var id = publish(program("incidents:write", "incidents:read"));
        assertThat(reads.get("/incidents/" + id)).hasStatusOk();
        assertThat(reads.post("/incidents/" + id + "/end", "{\"version\":1,\"words\":\"好了\"}"))
                .hasStatus(HttpStatus.FORBIDDEN);
        assertThat(program("orders:read").get("/incidents")).hasStatus(HttpStatus.FORBIDDEN);
        assertThat(Program.of(mvc, town.far().communityDesk()).get("/incidents/" + id))
                .hasStatus(HttpStatus.NOT_FOUND);
        assertThat(body(Program.of(mvc, town.far().streetDesk()).get("/incidents"))
                        .get("incidents"))
                .isEmpty();
        // a resident of the place reads it and is counted in, without a word of others' orders
        var resident = Program.of(mvc, here.resident());
        assertThat(body(resident.post("/incidents/" + id + "/join", "{}"))
                        .get("incident")
                        .get("joined")
                        .asInt())
                .isEqualTo(1);
        assertThat(body(resident.get("/incidents/" + id)).get("fitting")).isEmpty();
        // the same key is the same incident
        var key = UUID.randomUUID().toString();
        var said =
                "{\"estate\": %d, \"category\": \"utility\", \"title\": \"停电\", \"words\": \"检修。今晚好。\", \"expectedEnd\": \"%s\"}"
                        .formatted(here.garden(), Instant.now().plus(Duration.ofHours(6)));
        var program = program("incidents:write", "incidents:read");
        var first = body(program.post("/incidents", said, r -> r.header("Idempotency-Key", key)));
        var again = body(program.post("/incidents", said, r -> r.header("Idempotency-Key", key)));
        assertThat(again.get("incident").get("id"))
                .isEqualTo(first.get("incident").get("id"));
    }

    @Test
    void whoPhonesAboutAKnownIncidentIsToldAtOnceAndTheirOrderGoesWithIt() {
        var id = publish(program("incidents:read", "incidents:write"));
        var page =
                mvc.get().uri("/desk/orders/new").with(as(here.communityDesk())).exchange();
        assertThat(page).bodyText().contains("他说的是不是这件事", "小区停水", "水泵坏了，正在抢修。");
        assertThat(mvc.get()
                        .uri("/desk/orders/new")
                        .with(as(town.far().communityDesk()))
                        .exchange())
                .bodyText()
                .doesNotContain("小区停水");

        // another kind than the notice's is refused at its field, and nothing is filed
        var reads = program("orders:read");
        var before = body(reads.get("/orders")).get("orders").size();
        assertThat(file(id, "facility.light", here.garden()))
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
                .bodyText()
                .contains("这张单不是。请改类别");
        assertThat(file(id, leaf, here.oldYard()))
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
                .bodyText()
                .contains("不是这里");
        assertThat(file("x", leaf, here.garden())).hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        assertThat(body(reads.get("/orders")).get("orders")).hasSize(before);

        assertThat(file(id, leaf, here.garden())).hasStatus(HttpStatus.SEE_OTHER);
        var whole = body(Program.of(mvc, here.communityDesk()).get("/incidents/" + id));
        assertThat(whole.get("orders")).hasSize(1);
        assertThat(file("", leaf, here.garden())).hasStatus(HttpStatus.SEE_OTHER);
        assertThat(body(Program.of(mvc, here.communityDesk()).get("/incidents/" + id))
                        .get("orders"))
                .hasSize(1);
    }

    private MvcTestResult file(String incident, String category, long estate) {
        return mvc.post()
                .uri("/desk/orders/new")
                .with(as(here.communityDesk()))
                .with(csrf())
                .param("_once", UUID.randomUUID().toString())
                .param("estate", String.valueOf(estate))
                .param("category", category)
                .param("words", "家里没水了，打电话来问什么时候好。")
                .param("channel", "phone")
                .param("callerName", "王小二")
                .param("callerPhone", "13800001111")
                .param("incident", incident)
                .exchange();
    }
}

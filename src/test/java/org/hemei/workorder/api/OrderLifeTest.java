package org.hemei.workorder.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.workorder.api.Program.body;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hemei.access.Role;
import org.hemei.access.token.TokenThings;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.hemei.testing.Orders.Stage;
import org.hemei.testing.Pictures;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

/** What an order goes through, told by the programs that carry it: the community's, the company's and a helper's. */
@HemeiTest
class OrderLifeTest {

    @Autowired
    MockMvcTester mvc;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    TokenThings tokens;

    @Autowired
    JdbcClient jdbc;

    Town town;
    Town.Side here;
    Program community;
    Program company;
    Program helper;
    Program resident;

    @BeforeEach
    void build() {
        town = towns.make();
        here = town.near();
        community = program(Role.COMMUNITY, here.community(), null);
        company = program(Role.MANAGER, null, here.company());
        helper = program(Role.HELPER, null, here.helperBody());
        resident = Program.of(mvc, here.resident());
    }

    private Program program(Role role, String area, Long body) {
        var token = tokens.program(town, "orders:read", "orders:write");
        towns.grant(tokens.account(token), role, area, null, body, null);
        return Program.with(mvc, token);
    }

    @Test
    void an_order_lives_its_whole_life_through_the_interface() {
        var kind = first(community.get("/categories"), "categories", "parent")
                .get("code")
                .asString();
        var estate = body(community.get("/estates?q=花园"))
                .get("estates")
                .get(0)
                .get("id")
                .asLong();
        var building = body(community.get("/estates/" + estate + "/buildings"))
                .get("buildings")
                .get(0)
                .get("id")
                .asLong();
        assertThat(body(community.get("/buildings/" + building + "/units")).get("units"))
                .hasSize(3);

        var filed = community.post("/orders", """
                {"estate": %d, "building": %d, "category": "%s", "words": "楼道灯不亮，晚上看不见路。", "place": "三楼",
                 "channel": "phone", "callerName": "王小二", "callerPhone": "13800001111"}
                """.formatted(estate, building, kind));
        assertThat(filed).hasStatus(HttpStatus.CREATED).hasHeader("ETag", "\"1\"");
        var id = body(filed).get("id").asString();
        assertThat(filed).hasHeader("Location", "/api/v1/orders/" + id);
        assertThat(filed).bodyText().doesNotContain("13800001111", "王小二");

        var choices = body(community.get("/orders/" + id + "/choices"));
        var holder = choices.get("holders").get(0);
        assertThat(holder.get("usual").asBoolean()).isTrue();
        assertThat(holder.get("id").asLong()).isEqualTo(here.company());
        ok(community.does("accept", id, ""), "awaiting_dispatch");
        ok(community.does("dispatch", id, "\"holder\":" + holder.get("id")), "dispatched");

        ok(company.does("take", id, ""), "in_progress");
        var worker = first(company.get("/orders/" + id + "/choices"), "workers", "account")
                .get("account")
                .asLong();
        ok(company.does("assign", id, "\"assignee\":" + worker), "in_progress");
        ok(company.does("contact", id, "\"how\":\"phone\",\"words\":\"约好明早九点\""), "in_progress");
        ok(
                company.does("ask_help", id, """
                "body":%d,"what":"来看看线路","due":"%s"
                """.formatted(
                                here.helperBody(), java.time.Instant.now().plus(java.time.Duration.ofDays(3)))),
                "in_progress");

        var task = body(company.get("/orders/" + id + "/choices"))
                .get("assists")
                .get(0)
                .get("id")
                .asLong();
        helped("help_accept", id, "\"assist\":" + task);
        helped("help_done", id, "\"assist\":" + task + ",\"result\":\"线路没问题\"");

        var photo = upload(company);
        ok(company.does("resolve", id, "\"words\":\"换了镇流器\",\"after\":[\"" + photo + "\"]"), "resolved");
        ok(community.does("verify", id, "\"words\":\"看过了，亮了\""), "awaiting_rating");

        var pictures = body(community.get("/orders/" + id + "/photos")).get("photos");
        assertThat(pictures).hasSize(1);
        assertThat(pictures.get(0).get("use").asString()).isEqualTo("after");
        assertThat(community.get(pictures.get(0).get("address").asString().substring(Program.API.length())))
                .hasStatusOk()
                .hasHeader("Content-Type", "image/png");

        var steps = body(community.get("/orders/" + id + "/history")).get("steps");
        assertThat(steps.valueStream().map(step -> step.get("verb").asString()))
                .containsExactly(
                        "submit",
                        "accept",
                        "dispatch",
                        "take",
                        "assign",
                        "contact",
                        "ask_help",
                        "help_accept",
                        "help_done",
                        "resolve",
                        "verify");
        assertThat(steps.get(9).get("words").asString()).isEqualTo("换了镇流器");
    }

    @Test
    void a_resident_rates_and_what_is_not_solved_starts_again() {
        var id = body(resident.post("/orders", """
                {"estate": %d, "category": "%s", "words": "东门道闸抬不起来。"}
                """.formatted(here.garden(), orders.category())))
                .get("id")
                .asString();
        ok(community.does("dispatch", id, "\"holder\":" + here.company()), "dispatched");
        ok(company.does("take", id, ""), "in_progress");
        ok(company.does("resolve", id, "\"words\":\"换了电机\""), "resolved");
        ok(community.does("verify", id, ""), "awaiting_rating");
        ok(resident.does("rate", id, "\"solved\":false,\"satisfied\":2,\"words\":\"还是不抬\""), "in_progress");
        ok(company.does("resolve", id, "\"words\":\"换了控制板\""), "resolved");
        ok(community.does("send_back", id, "\"reason\":\"还差一次试抬\""), "in_progress");
        ok(company.does("resolve", id, "\"words\":\"试过十次\""), "resolved");
        ok(community.does("verify", id, ""), "awaiting_rating");
        ok(resident.does("rate", id, "\"solved\":true,\"satisfied\":5"), "closed");
        assertThat(body(resident.get("/orders")).get("orders")).hasSize(1);
        assertThat(body(resident.get("/orders?state=finished")).get("orders")).hasSize(1);
        assertThat(body(resident.get("/orders?state=open")).get("orders")).isEmpty();
        assertThat(resident.get("/orders?sort=due")).hasStatus(422);
        assertThat(body(resident.get("/orders/" + id + "/history"))
                        .get("steps")
                        .get(3)
                        .get("words")
                        .isNull())
                .isTrue();
    }

    @Test
    void the_company_reads_of_an_anonymous_order_the_building_only() {
        for (var anonymous : List.of(true, false)) {
            var id = body(resident.post(
                            "/orders", """
                    {"estate": %d, "building": %d, "category": "%s", "words": "楼上装修太吵。", "place": "2单元501门口", "anonymous": %s}
                    """.formatted(here.garden(), here.building(), orders.category(), anonymous)))
                    .get("id")
                    .asString();
            ok(community.does("dispatch", id, "\"holder\":" + here.company()), "dispatched");
            for (var knows : List.of(community, program(Role.STREET, here.street(), null), resident)) {
                assertThat(place(knows, id)).isEqualTo("2单元501门口");
            }
            for (var other : List.of(company, program(Role.STAFF, null, here.company()))) {
                assertThat(place(other, id)).isEqualTo(anonymous ? "" : "2单元501门口");
                assertThat(body(other.get("/orders/" + id)).get("buildingId").asLong())
                        .isEqualTo(here.building());
            }
        }
    }

    @Test
    void what_neighbours_reported_is_found_before_filing_and_a_phone_on_a_reason_alone() {
        var id = orders.file(here.resident(), Orders.said(here.garden(), null, "facility.lift", "电梯停在三楼不动了，打不开门。"))
                .toString();
        var asked = """
                {"estate": %d, "category": "facility.lift", "words": "电梯停在三楼不动了"}""".formatted(here.garden());
        var found = body(community.post("/orders/similar", asked)).get("orders");
        assertThat(found.get(0).get("id").asString()).isEqualTo(id);
        assertThat(body(Program.of(mvc, here.neighbour()).post("/orders/similar", asked))
                        .get("orders"))
                .hasSize(1);
        assertThat(body(resident.post("/orders/similar", asked)).get("orders"))
                .as("their own")
                .isEmpty();
        for (var stranger : List.of(town.far().resident(), town.far().communityDesk(), here.manager())) {
            assertThat(Program.of(mvc, stranger).post("/orders/similar", asked)).hasStatus(HttpStatus.NOT_FOUND);
        }

        assertThat(community.post("/orders/" + id + "/phone", "{}")).hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        assertThat(company.post("/orders/" + id + "/phone", "{\"reason\":\"contact\"}"))
                .hasStatus(HttpStatus.NOT_FOUND);
        var phone = community.post("/orders/" + id + "/phone", "{\"reason\":\"contact\"}");
        assertThat(phone).hasStatusOk().hasHeader("Cache-Control", "no-store");
        assertThat(body(phone).get("phone").asString()).isEqualTo(towns.phoneOf(here.resident()));
        assertThat(jdbc.sql(
                                "select count(*) from audit_entry where action = 'work_order.reveal_phone' and subject_id = ?")
                        .param(id)
                        .query(Integer.class)
                        .single())
                .isOne();
    }

    @Test
    void what_would_be_refused_stands_among_nobodys_verbs() {
        var id = orders.at(Stage.WORKING, here, here.resident(), "水管漏水，没人来。");
        assertThat(verbs(company, id))
                .contains("ask_extension", "request_return")
                .doesNotContain("ask_suspension");
        assertThat(verbs(community, id)).doesNotContain("deny_contact", "answer_instruction");
        jdbc.sql("update work_order set resolve_due = now() - interval '1 hour' where district = ? and id = ?")
                .params(id.district(), id.id())
                .update();
        assertThat(verbs(company, id)).doesNotContain("ask_extension");
        ok(
                company.does("request_return", id.toString(), "\"ground\":\"not_ours\",\"reason\":\"墙外不归物业\""),
                "return_requested");
        ok(community.does("refuse_return", id.toString(), "\"reason\":\"在墙内\""), "in_progress");
        assertThat(verbs(company, id)).as("a second time").doesNotContain("request_return");
    }

    private static List<String> verbs(Program program, Object id) {
        return body(program.get("/orders/" + id))
                .get("verbs")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    @Test
    void an_appeal_goes_its_way_through_the_interface() {
        var street = program(Role.STREET, here.street(), null);
        var district = program(Role.DISTRICT, String.valueOf(here.district()), null);
        var id = orders.at(Stage.WORKING, here, here.resident(), "水管漏水，没人来。");
        jdbc.sql("update work_order set contact_due = now() - interval '1 hour' where district = ? and id = ?")
                .params(id.district(), id.id())
                .update();
        var counting = body(company.get("/orders/" + id + "/counting"));
        assertThat(counting.get("rates").get(0).get("parts").get(0).asString()).isEqualTo("missed");
        assertThat(counting.get("appealable").get(0).asString()).isEqualTo("response");
        assertThat(counting.get("reasons")
                        .valueStream()
                        .map(one -> one.get("code").asString()))
                .contains("repeated");
        assertThat(company.post("/orders/" + id + "/appeals", "{\"rates\":[\"colour\"]}"))
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        assertThat(Program.of(mvc, town.far().manager()).get("/orders/" + id + "/counting"))
                .hasStatus(HttpStatus.NOT_FOUND);
        var filed = company.post(
                "/orders/" + id + "/appeals",
                "{\"rates\":[\"response\"],\"reason\":\"repeated\",\"words\":\"按前一张单办了，前一张联系过。\"}");
        assertThat(filed).hasStatus(HttpStatus.CREATED);
        var appeal = "/appeals/" + body(filed).get("id").asString();
        assertThat(body(street.get("/appeals")).get("appeals")).hasSize(1);
        assertThat(company.post(appeal + "/decide", "{\"version\":0,\"upheld\":true,\"words\":\"同意\"}"))
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        var refused = street.post(appeal + "/decide", "{\"version\":0,\"upheld\":false,\"words\":\"没有记录，不同意。\"}");
        assertThat(refused).hasStatusOk().hasHeader("ETag", "\"1\"");
        assertThat(street.post(appeal + "/decide", "{\"version\":0,\"upheld\":true,\"words\":\"同意\"}"))
                .hasStatus(HttpStatus.CONFLICT);
        assertThat(company.post(appeal + "/second", "{\"version\":1,\"words\":\"有通话记录，请再看。\"}"))
                .hasStatusOk();
        assertThat(district.post(appeal + "/decide", "{\"version\":2,\"upheld\":true,\"words\":\"看过记录，同意。\"}"))
                .hasStatusOk();
        var whole = body(company.get(appeal));
        assertThat(whole.get("appeal").get("upheld").asBoolean()).isTrue();
        assertThat(whole.get("steps")).hasSize(4);
        assertThat(body(company.get("/orders/" + id + "/counting"))
                        .get("rates")
                        .get(0)
                        .get("parts")
                        .get(0)
                        .asString())
                .isEqualTo("left_out");
    }

    private String place(Program program, String id) {
        return body(program.get("/orders/" + id)).get("place").asString();
    }

    @Test
    void a_dispute_is_carried_through_the_interface() {
        var street = program(Role.STREET, here.street(), null);
        var id = orders.file(here.resident(), here.garden(), "围墙外的树压着电线。").toString();
        ok(community.does("dispatch", id, "\"holder\":" + here.company()), "dispatched");
        ok(company.does("request_return", id, "\"ground\":\"not_ours\",\"reason\":\"墙外不归物业\""), "return_requested");
        ok(community.does("grant_return", id, "\"holder\":" + here.backstop() + ",\"words\":\"兜底队去\""), "dispatched");
        ok(street.does("supervise", id, "\"words\":\"请三天内办好\""), "dispatched");
        assertThat(body(street.get("/orders/" + id)).get("supervised").asBoolean())
                .isTrue();
        ok(street.does("lift_supervision", id, "\"words\":\"知道了\""), "dispatched");
        assertThat(body(street.get("/orders/" + id)).get("supervised").asBoolean())
                .isFalse();
    }

    @Test
    void an_order_says_what_happens_by_itself_and_until_when_its_clock_stands() {
        var waiting = body(community.get("/orders/" + orders.at(Stage.DISPATCHED, here, here.resident(), "水管漏水，没人来。")));
        var ahead = waiting.get("ahead").valueStream().toList();
        assertThat(ahead)
                .anySatisfy(step -> {
                    assertThat(step.get("clock").asString()).isEqualTo("take");
                    assertThat(step.get("warning").asBoolean()).isFalse();
                    assertThat(step.get("level").asString()).isEqualTo("community");
                    assertThat(step.get("words").asString()).contains("还没接单");
                })
                .anySatisfy(step -> assertThat(step.get("level").asString()).isEqualTo("street"))
                .isSortedAccordingTo(java.util.Comparator.comparing(
                        step -> java.time.Instant.parse(step.get("at").asString())));
        assertThat(waiting.get("suspendedUntil").isNull()).isTrue();

        var id = orders.at(Stage.SUSPENDED, here, here.resident(), "电梯等配件，请来看看。");
        var stopped = body(community.get("/orders/" + id));
        var until = jdbc.sql("select resumes_on from order_clock where district = ? and order_id = ? and part = 'work'")
                .params(id.district(), id.id())
                .query(java.time.LocalDate.class)
                .single();
        assertThat(stopped.get("suspendedUntil").asString()).isEqualTo(until.toString());
        assertThat(stopped.get("ahead").valueStream())
                .as("a clock that stands does nothing by itself")
                .noneMatch(step -> step.get("clock").asString().equals("resolve"));
    }

    @Test
    void the_list_takes_the_filters_of_the_page_and_refuses_what_it_does_not_understand() {
        var first = orders.file(here.resident(), here.garden(), "水管漏水，请来看看。").toString();
        orders.file(here.resident(), here.garden(), "楼道灯不亮，看不见路。");
        assertThat(ids(community.get("/orders?q=漏水"))).containsExactly(first);
        assertThat(ids(community.get("/orders?state=submitted&estate=" + here.garden())))
                .hasSize(2);
        assertThat(ids(community.get("/orders?state=finished"))).isEmpty();
        var wrong = community.get("/orders?state=nonsense&colour=red&from=2026-13-01");
        assertThat(wrong).hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        assertThat(body(wrong)
                        .get("errors")
                        .valueStream()
                        .map(e -> e.get("field").asString()))
                .containsExactlyInAnyOrder("state", "colour", "from");
    }

    @Test
    void pages_follow_each_other_by_their_key() {
        for (int n = 0; n < 51; n++) {
            orders.file(towns.resident(here.garden(), here.unit()), here.garden(), "第 " + n + " 件事，请来看看。");
        }
        var page = body(community.get("/orders"));
        assertThat(page.get("orders")).hasSize(50);
        var rest = body(community.get("/orders?after=" + page.get("next").asString()));
        assertThat(rest.get("orders")).hasSize(1);
        assertThat(rest.get("next").isNull()).isTrue();
    }

    @Test
    void others_see_nothing_of_it() {
        var id = orders.file(here.resident(), here.garden(), "井盖松动，请来看看。").toString();
        for (var stranger :
                List.of(town.far().resident(), town.far().communityDesk(), here.helper(), here.neighbour())) {
            var program = Program.of(mvc, stranger);
            for (var part : List.of("", "/history", "/photos", "/choices")) {
                assertThat(program.get("/orders/" + id + part)).hasStatus(HttpStatus.NOT_FOUND);
            }
            assertThat(program.post("/orders/" + id + "/accept", "{\"version\":1}"))
                    .hasStatus(HttpStatus.NOT_FOUND);
        }
        assertThat(Program.of(mvc, here.resident()).get("/orders/" + id + "/choices"))
                .hasStatus(HttpStatus.NOT_FOUND);
        assertThat(Program.of(mvc, here.manager()).get("/buildings/" + here.building() + "/units"))
                .hasStatus(HttpStatus.NOT_FOUND);
        assertThat(Program.of(mvc, Reader.VISITOR).get("/orders")).hasStatus(HttpStatus.UNAUTHORIZED);
    }

    private static List<String> ids(MvcTestResult list) {
        return body(list)
                .get("orders")
                .valueStream()
                .map(one -> one.get("id").asString())
                .toList();
    }

    /** The first of a list that has something under this name. */
    private static JsonNode first(MvcTestResult answer, String list, String with) {
        return body(answer)
                .get(list)
                .valueStream()
                .filter(one -> !one.get(with).isNull())
                .findFirst()
                .orElseThrow();
    }

    private static void ok(MvcTestResult answer, String state) {
        assertThat(answer).hasStatusOk();
        assertThat(body(answer).get("state").asString()).isEqualTo(state);
    }

    @Test
    void help_is_taken_back_and_given_up_through_the_interface() {
        var id = orders.at(Orders.Stage.HELPED, here, here.resident(), "总闸跳了。");
        var asked = orders.assist(id, here.helperBody());
        ok(company.does("recall_help", id.toString(), "\"assist\":" + asked + ",\"reason\":\"自己会修\""), "in_progress");
        var helping = orders.at(Orders.Stage.HELPING, here, here.resident(), "总闸又跳了。");
        var accepted = orders.assist(helping, here.helperBody());
        assertThat(helper.post(
                        "/orders/" + helping + "/help_give_up",
                        "{\"version\":%d,\"assist\":%d,\"reason\":\"没有配件\"}"
                                .formatted(orders.version(helping), accepted)))
                .as("nothing more of it is theirs to read")
                .hasStatus(HttpStatus.NO_CONTENT);
        for (var told : Map.of(id, "recall_help", helping, "help_give_up").entrySet()) {
            var steps =
                    body(community.get("/orders/" + told.getKey() + "/history")).get("steps");
            assertThat(steps.valueStream().map(step -> step.get("verb").asString()))
                    .last()
                    .isEqualTo(told.getValue());
        }
        assertThat(helper.get("/orders/" + helping)).hasStatus(HttpStatus.NOT_FOUND);
    }

    /** A helper acts on its task, and does not read the order. */
    private void helped(String verb, String id, String more) {
        var version = body(company.get("/orders/" + id)).get("version").asInt();
        assertThat(helper.post("/orders/" + id + "/" + verb, "{\"version\":" + version + "," + more + "}"))
                .hasStatusOk();
    }

    @Test
    void aPhotoSentAgainUnderItsKeyIsOnePhoto() {
        var key = UUID.randomUUID().toString();
        var first = upload(company, key, 40);
        var again = upload(company, key, 40);
        assertThat(first).hasStatus(HttpStatus.CREATED);
        assertThat(again).hasStatus(HttpStatus.CREATED);
        assertThat(body(again).get("id")).isEqualTo(body(first).get("id"));
        assertThat(jdbc.sql(
                                "select count(*) from attachment where uploaded_by = (select uploaded_by from attachment where id = ?)")
                        .param(UUID.fromString(body(first).get("id").asString()))
                        .query(Integer.class)
                        .single())
                .isOne();
        assertThat(upload(company, key, 41)).as("another photo, the same key").hasStatus(422);
        assertThat(upload(company, "short", 40)).as("no key").hasStatus(422);
    }

    private UUID upload(Program program) {
        var answer = upload(program, UUID.randomUUID().toString(), 40);
        assertThat(answer).hasStatus(HttpStatus.CREATED);
        return UUID.fromString(body(answer).get("id").asString());
    }

    private MvcTestResult upload(Program program, String key, int width) {
        return mvc.post()
                .uri("/api/v1/photos?district=" + here.district())
                .multipart()
                .file(new MockMultipartFile("file", "x.png", "image/png", Pictures.of("png", width, 30)))
                .header("Authorization", "Bearer " + program.token())
                .header("Idempotency-Key", key)
                .exchange();
    }
}

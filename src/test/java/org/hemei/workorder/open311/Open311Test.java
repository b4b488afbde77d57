package org.hemei.workorder.open311;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hemei.testing.SignedInAs.as;

import java.io.UnsupportedEncodingException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.access.token.TokenThings;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Orders;
import org.hemei.testing.Orders.Stage;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import tools.jackson.databind.JsonNode;

/** GeoReport v2, held against the published specification: its examples, its tables, its words for errors. */
@HemeiTest
class Open311Test {

    private static final String V2 = "/open311/v2";

    @Autowired
    MockMvcTester mvc;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    TokenThings tokens;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    Town town;
    Town.Side here;
    String key;

    @BeforeEach
    void build() {
        town = towns.make();
        here = town.near();
        key = tokens.program(town, "open311");
        towns.grant(tokens.account(key), Role.COMMUNITY, here.community(), null, null, null);
    }

    @AfterEach
    void putBack() {
        clock.reset();
    }

    private static String text(MvcTestResult answer) {
        try {
            return answer.getResponse().getContentAsString(StandardCharsets.UTF_8);
        } catch (UnsupportedEncodingException e) {
            throw new IllegalStateException(e);
        }
    }

    private MvcTestResult get(String path) {
        return mvc.get().uri(path).exchange();
    }

    /** Both formats, the XML by its schema and the JSON by the convention; the document as JSON with text. */
    private JsonNode valid(String schema, String path, String query) {
        var xml = get(path + ".xml" + query);
        assertThat(xml).hasStatusOk().hasContentType("text/xml;charset=utf-8");
        assertThat(text(xml)).startsWith("<?xml version=\"1.0\" encoding=\"utf-8\"?>");
        Specification.validate(schema, text(xml));
        var json = get(path + ".json" + query);
        assertThat(json).hasStatusOk().hasContentType("application/json;charset=utf-8");
        assertThat(Specification.asText(text(json))).isEqualTo(Specification.spark(text(xml)));
        return Specification.asText(text(json));
    }

    private void error(MvcTestResult answer, HttpStatus status) {
        assertThat(answer).hasStatus(status);
        Specification.validate("errors", text(answer));
        assertThat(Specification.spark(text(answer)).get(0).get("code").asString())
                .isEqualTo(String.valueOf(status.value()));
    }

    private MvcTestResult post(String format, Map<String, String> fields) {
        var request = mvc.post().uri(V2 + "/requests." + format).contentType(MediaType.APPLICATION_FORM_URLENCODED);
        fields.forEach(request::param);
        return request.exchange();
    }

    private Map<String, String> report(String... more) {
        var fields = new java.util.LinkedHashMap<>(Map.of(
                "api_key", key,
                "service_code", "facility.light",
                "address_id", String.valueOf(here.garden()),
                "description", "楼道灯不亮，晚上看不见路。",
                "first_name", "小二",
                "last_name", "王",
                "phone", "13800001111"));
        for (int i = 0; i < more.length; i += 2) {
            fields.put(more[i], more[i + 1]);
        }
        fields.values().removeIf(String::isEmpty);
        return fields;
    }

    @ParameterizedTest
    @CsvSource({
        "services, services", "service-definition, service-definition", "created, created", "token, token",
        "requests, requests", "request, requests", "errors, errors", "discovery, discovery"
    })
    void the_schemas_take_the_examples_of_the_specification(String example, String schema) {
        Specification.validate(schema, Specification.example("spec-" + example + ".xml"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"service-definition", "created", "token", "errors"})
    void the_convention_makes_the_json_of_the_specification_from_its_xml(String example) {
        assertThat(Specification.spark(Specification.example("spec-" + example + ".xml")))
                .isEqualTo(Specification.asText(Specification.example("spec-" + example + ".json")));
    }

    @Test
    void a_schema_refuses_what_the_specification_does_not_know() {
        var requests = Specification.example("spec-requests.xml");
        for (var wrong : List.of(
                requests.replace("<status>open</status>", "<status>assigned</status>"),
                requests.replace("2010-04-14T06:37:38-08:00", "2010-04-14 06:37"),
                requests.replace("<zipcode>94122</zipcode>", ""))) {
            assertThatThrownBy(() -> Specification.validate("requests", wrong)).isInstanceOf(AssertionError.class);
        }
    }

    @Test
    void services_and_their_definitions_are_as_the_specification_says() {
        var services = valid("services", V2 + "/services", "");
        assertThat(services.valueStream().map(s -> s.get("service_code").asString()))
                .contains("facility.light");
        var leaves = jdbc.sql("select count(*) from category where active and parent is not null")
                .query(Integer.class)
                .single();
        assertThat(services).hasSize(leaves);
        var definition =
                valid("service-definition", V2 + "/services/facility.light", "?jurisdiction_id=" + town.city());
        assertThat(definition.get("attributes").get(0).get("values")).hasSize(3);
        valid("discovery", "/open311/discovery", "");
    }

    @Test
    void a_report_becomes_an_order_and_can_be_followed() {
        var made = post(
                "xml",
                report("attribute[place]", "三楼", "attribute[building]", "1 幢", "media_url", "http://x.example/1.jpg"));
        assertThat(made).hasStatusOk();
        Specification.validate("created", text(made));
        var created = Specification.spark(text(made)).get(0);
        assertThat(created.get("service_notice").asString()).contains("没有取");
        var id = created.get("service_request_id").asString();

        var order = jdbc.sql("""
                select o.channel, o.building, w.words, w.place, w.caller_phone_cipher is not null as phoned
                from work_order o join work_order_words w on w.district = o.district and w.order_id = o.id
                where o.district || '-' || o.id = ?
                """).param(id).query().singleRow();
        assertThat(order).containsEntry("channel", "phone").containsEntry("building", here.building());
        assertThat(order).containsEntry("place", "三楼").containsEntry("phoned", true);

        var request =
                valid("requests", V2 + "/requests/" + id, "?api_key=" + key).get(0);
        assertThat(request.get("status").asString()).isEqualTo("open");
        assertThat(request.get("status_notes").asString()).isEqualTo("待受理");
        assertThat(request.get("address_id").asString()).isEqualTo(String.valueOf(here.garden()));
        assertThat(request.get("requested_datetime").asString())
                .endsWith("+08:00")
                .isNotEqualTo(today());
        assertThat(valid("requests", V2 + "/requests", "?jurisdiction_id=" + here.district() + "&api_key=" + key)
                        .get(0)
                        .get("service_request_id")
                        .asString())
                .isEqualTo(id);
    }

    private String today() {
        return CivilTime.date(clock.instant()) + "T00:00:00+08:00";
    }

    /** Whoever watches the door must not tell from here what went on within the hour, nor what somebody thought of an answer. */
    @Test
    void a_stranger_sees_days_that_are_over_and_neither_holder_nor_verdict() {
        var id = orders.at(Stage.CLOSED, here, here.resident(), "东门道闸抬不起来。");
        var day = today();
        var area = "jurisdiction_id=" + here.district();
        error(get(V2 + "/requests/" + id + ".xml"), HttpStatus.NOT_FOUND);
        assertThat(valid("requests", V2 + "/requests", "?" + area)).isEmpty();
        assertThat(valid("requests", V2 + "/requests", "?service_request_id=" + id))
                .isEmpty();
        // a key is good for what its own program filed
        assertThat(valid("requests", V2 + "/requests", "?" + area + "&api_key=" + key))
                .isEmpty();

        var filed = clock.instant();
        clock.advance(Duration.ofDays(1));
        var seen = valid("requests", V2 + "/requests/" + id, "").get(0);
        assertThat(seen.get("requested_datetime").asString()).isEqualTo(day);
        assertThat(seen.get("updated_datetime").asString()).isEqualTo(day);
        assertThat(seen.get("agency_responsible").isNull()).isTrue();
        assertThat(seen.get("status_notes").asString()).isEqualTo("办结");
        // and not by halving the span either: its ends are whole days
        var before = filed.minusSeconds(3600).truncatedTo(ChronoUnit.SECONDS);
        if (CivilTime.date(before).equals(CivilTime.date(filed))) {
            assertThat(valid(
                            "requests",
                            V2 + "/requests",
                            "?" + area + "&start_date=" + before.minusSeconds(60) + "&end_date=" + before))
                    .hasSize(1);
        }
    }

    @Test
    void what_is_the_programs_alone_is_kept_by_nobody_on_the_way() {
        var made = post("xml", report());
        var id =
                Specification.spark(text(made)).get(0).get("service_request_id").asString();
        assertThat(made).hasHeader("Cache-Control", "no-store");
        assertThat(get(V2 + "/requests/" + id + ".xml?api_key=" + key)).hasHeader("Cache-Control", "no-store");
        var lost = mvc.post()
                .uri(V2 + "/requests.json")
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .header("Idempotency-Key", "not-cached-" + here.district());
        report().forEach(lost::param);
        assertThat(lost.exchange()).hasStatusOk();
        assertThat(get(V2 + "/tokens/not-cached-" + here.district() + ".xml"))
                .hasStatusOk()
                .hasHeader("Cache-Control", "no-store");
        assertThat(get(V2 + "/services.xml")).hasHeader("Cache-Control", "max-age=60, public");
    }

    @Test
    void what_the_public_sees_holds_no_word_and_no_place_within_the_estate() {
        var made = text(post("xml", report("attribute[building]", "1幢", "attribute[place]", "三楼王家门口")));
        var id = Specification.spark(made).get(0).get("service_request_id").asString();
        clock.advance(Duration.ofDays(1));
        var shown =
                text(get(V2 + "/requests/" + id + ".xml")) + text(get(V2 + "/requests.json?service_request_id=" + id));
        assertThat(shown)
                .contains("楼道灯和路灯")
                .doesNotContain("晚上看不见路", "三楼", "王", "1幢", "13800001111")
                .contains("<media_url></media_url>", "\"media_url\":null");
    }

    @Test
    void open_and_closed_are_what_they_are_and_closed_says_how() {
        var closed = orders.at(Stage.CLOSED, here, here.resident(), "东门道闸抬不起来。");
        var open = orders.file(here.resident(), here.garden(), "水管漏水，请来看看。");
        clock.advance(Duration.ofDays(1));
        var all = valid("requests", V2 + "/requests", "?jurisdiction_id=" + here.district());
        assertThat(all.valueStream().map(r -> r.get("service_request_id").asString()))
                .containsExactly(open.toString(), closed.toString());
        var ended = valid("requests", V2 + "/requests", "?status=closed&jurisdiction_id=" + here.district());
        assertThat(ended).hasSize(1);
        assertThat(ended.get(0).get("status_notes").asString()).isEqualTo("办结");
        assertThat(valid("requests", V2 + "/requests", "?status=open,closed&jurisdiction_id=" + here.district()))
                .hasSize(2);
        assertThat(valid(
                        "requests",
                        V2 + "/requests",
                        "?status=open&service_code=dog.leash&jurisdiction_id=" + here.district()))
                .isEmpty();
        assertThat(valid(
                        "requests",
                        V2 + "/requests",
                        "?jurisdiction_id=" + town.far().district()))
                .isEmpty();
        // several ids override all other arguments
        assertThat(valid("requests", V2 + "/requests", "?status=open&service_request_id=" + closed + "," + open))
                .hasSize(2);
    }

    @Test
    void ninety_days_and_a_thousand_are_the_most() {
        clock.advance(Duration.ofDays(-95));
        orders.file(here.resident(), here.garden(), "很早以前的一件事。");
        clock.reset();
        var area = "&jurisdiction_id=" + here.district();
        assertThat(valid("requests", V2 + "/requests", "?status=" + area)).isEmpty();
        var then = clock.instant().minus(Duration.ofDays(100)).truncatedTo(ChronoUnit.SECONDS);
        assertThat(valid("requests", V2 + "/requests", "?start_date=" + then + area))
                .hasSize(1);
        assertThat(valid("requests", V2 + "/requests", "?end_date=" + then + area))
                .isEmpty();
        var last = then.plus(GeoReport.SPAN);
        assertThat(valid("requests", V2 + "/requests", "?start_date=" + then + "&end_date=" + last + area))
                .hasSize(1);
        error(
                get(V2 + "/requests.xml?start_date=" + then + "&end_date=" + last.plusSeconds(1)),
                HttpStatus.BAD_REQUEST);
        error(get(V2 + "/requests.xml?start_date=" + last + "&end_date=" + then), HttpStatus.BAD_REQUEST);
    }

    @Test
    void a_report_whose_answer_was_lost_is_found_by_its_key_and_is_not_made_twice() {
        for (int n = 0; n < 2; n++) {
            var request = mvc.post()
                    .uri(V2 + "/requests.json")
                    .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                    .header("Idempotency-Key", "lost-answer-" + here.district());
            report().forEach(request::param);
            assertThat(request.exchange()).hasStatusOk();
        }
        var tooShort = mvc.post()
                .uri(V2 + "/requests.json")
                .contentType(MediaType.APPLICATION_FORM_URLENCODED)
                .header("Idempotency-Key", "short");
        report().forEach(tooShort::param);
        assertThat(tooShort.exchange())
                .hasStatus(HttpStatus.BAD_REQUEST)
                .bodyText()
                .contains("Idempotency-Key 要 8 到 80 个字符");
        var found = valid("token", V2 + "/tokens/lost-answer-" + here.district(), "");
        assertThat(found).hasSize(1);
        var id = found.get(0).get("service_request_id").asString();
        assertThat(valid("requests", V2 + "/requests", "?jurisdiction_id=" + here.district() + "&api_key=" + key)
                        .valueStream()
                        .map(r -> r.get("service_request_id").asString()))
                .containsExactly(id);
        error(get(V2 + "/tokens/nobody-sent-this.xml"), HttpStatus.NOT_FOUND);
    }

    @Test
    void a_place_is_found_by_id_by_name_or_by_a_point_near_it() {
        jdbc.sql("update estate set latitude = 31700000, longitude = 117300000, located = 'given' where id = ?")
                .param(here.garden())
                .update();
        var name = jdbc.sql("select name from estate where id = ?")
                .param(here.garden())
                .query(String.class)
                .single();
        assertThat(post("xml", report("address_id", "", "address_string", name + "3幢楼下")))
                .hasStatusOk();
        assertThat(post("xml", report("address_id", "", "lat", "31.7002", "long", "117.3003")))
                .hasStatusOk();
        // 花园二期 holds the words of 花园 too: the longest is meant
        jdbc.sql("update estate set name = ? where id = ?")
                .params(name + "二期", here.oldYard())
                .update();
        var second = post("xml", report("address_id", "", "address_string", name + "二期3幢楼下"));
        assertThat(second).hasStatusOk();
        assertThat(valid(
                                "requests",
                                V2 + "/requests/"
                                        + Specification.spark(text(second))
                                                .get(0)
                                                .get("service_request_id")
                                                .asString(),
                                "?api_key=" + key)
                        .get(0)
                        .get("address_id")
                        .asString())
                .isEqualTo(String.valueOf(here.oldYard()));
        var shown = valid("requests", V2 + "/requests", "?jurisdiction_id=" + here.district() + "&api_key=" + key);
        assertThat(shown).hasSize(3);
        assertThat(shown.get(1).get("lat").asString()).isEqualTo("31.7");
        error(post("xml", report("address_id", "", "lat", "31.8", "long", "117.3")), HttpStatus.BAD_REQUEST);
        error(post("xml", report("address_id", "", "lat", "north", "long", "117.3")), HttpStatus.BAD_REQUEST);
        error(post("xml", report("address_id", "", "address_string", "不知道在哪")), HttpStatus.BAD_REQUEST);
        error(post("xml", report("address_id", "")), HttpStatus.BAD_REQUEST);
        error(post("xml", report("address_id", String.valueOf(town.far().garden()))), HttpStatus.BAD_REQUEST);
        error(post("xml", report("attribute[building]", "99幢")), HttpStatus.BAD_REQUEST);
    }

    @Test
    void a_key_is_needed_and_has_to_be_good_for_it() {
        error(post("xml", report("api_key", "")), HttpStatus.FORBIDDEN);
        error(post("xml", report("api_key", "xyz")), HttpStatus.FORBIDDEN);
        error(post("xml", report("api_key", tokens.program(town, "orders:write"))), HttpStatus.FORBIDDEN);
        // a session of a browser is no key
        var session = mvc.post()
                .uri(V2 + "/requests.xml")
                .with(as(here.communityDesk()))
                .contentType(MediaType.APPLICATION_FORM_URLENCODED);
        report("api_key", "").forEach(session::param);
        error(session.exchange(), HttpStatus.FORBIDDEN);
        // a program without a community to file for reaches no estate
        error(post("xml", report("api_key", tokens.program(town, "open311"))), HttpStatus.BAD_REQUEST);
        var json = post("json", report("api_key", "xyz"));
        assertThat(json).hasStatus(HttpStatus.FORBIDDEN).hasContentType("application/json;charset=utf-8");
        assertThat(Specification.asText(text(json)).get(0).get("code").asString())
                .isEqualTo("403");
    }

    @Test
    void what_is_not_there_or_wrong_is_said_in_the_words_of_the_specification() {
        error(get(V2 + "/services.xml?jurisdiction_id=city.gov"), HttpStatus.NOT_FOUND);
        error(get(V2 + "/services/no.such.xml"), HttpStatus.NOT_FOUND);
        error(get(V2 + "/requests/340111-999999999.xml"), HttpStatus.NOT_FOUND);
        error(get(V2 + "/requests.xml?status=assigned"), HttpStatus.BAD_REQUEST);
        error(get(V2 + "/requests.xml?start_date=yesterday"), HttpStatus.BAD_REQUEST);
        error(post("xml", report("service_code", "")), HttpStatus.BAD_REQUEST);
        error(post("xml", report("service_code", "999")), HttpStatus.NOT_FOUND);
        error(post("xml", report("jurisdiction_id", "city.gov")), HttpStatus.NOT_FOUND);
        var several = post("xml", report("description", "坏", "phone", "not a number"));
        error(several, HttpStatus.BAD_REQUEST);
        assertThat(Specification.spark(text(several))).hasSize(2);
        // with the parameters given but empty, it is as if they were not given
        valid("services", V2 + "/services", "?jurisdiction_id=");
    }
}

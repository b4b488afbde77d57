package org.hemei.platform.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.standardwebhooks.Webhook;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.hemei.access.Role;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.notice.Notice;
import org.hemei.platform.notice.Notices;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Orders;
import org.hemei.testing.Pump;
import org.hemei.testing.TakenLists;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.assertj.MvcTestResult;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@HemeiTest
class WebhookTest {

    private record Got(Map<String, List<String>> headers, String body) {
        String header(String name) {
            return headers.entrySet().stream()
                    .filter(header -> header.getKey().equalsIgnoreCase(name))
                    .findFirst()
                    .orElseThrow()
                    .getValue()
                    .getFirst();
        }
    }

    @Autowired
    TakenLists taken;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    FieldCipher cipher;

    @Autowired
    Webhooks webhooks;

    @Autowired
    org.springframework.test.web.servlet.assertj.MockMvcTester programs;

    @Autowired
    org.hemei.access.token.TokenThings tokens;

    @Autowired
    Notices notices;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    MovableClock clock;

    @Autowired
    Pump pump;

    @Autowired
    WebhookDesk desk;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    JsonMapper json;

    @Autowired
    MockMvc mvc;

    private final List<Got> got = new CopyOnWriteArrayList<>();
    private final AtomicInteger answer = new AtomicInteger(200);
    private HttpServer receiver;
    private Town town;
    private long hook;

    @BeforeEach
    void open() throws IOException {
        jdbc.sql("delete from webhook_attempt").update();
        jdbc.sql("delete from webhook_delivery").update();
        jdbc.sql("delete from webhook").update();
        town = towns.make();
        receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        receiver.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        receiver.createContext("/", this::take);
        receiver.start();
        hook = Long.parseLong(desk.create(
                town.near().districtDesk(),
                UUID.randomUUID().toString(),
                new WebhookDesk.Wanted(
                        "区城运中心",
                        "https://1.1.1.1/",
                        String.valueOf(town.near().district()),
                        List.of("work_order.submit", "work_order.dispatch"))));
        jdbc.sql("update webhook set url = ? where id = ?")
                .params("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook", hook)
                .update();
    }

    @AfterEach
    void close() {
        receiver.stop(0);
        clock.reset();
        jdbc.sql("delete from webhook_attempt").update();
        jdbc.sql("delete from webhook_delivery").update();
        jdbc.sql("delete from webhook").update();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            got.add(new Got(
                    Map.copyOf(exchange.getRequestHeaders()),
                    new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(answer.get(), -1);
        }
    }

    private WebhookPost copy() {
        return new WebhookPost(jdbc, cipher, new Destination(true), webhooks, notices, transaction, clock);
    }

    /** A round from its beginning until every receiver had its turn. */
    private static void round(WebhookPost post) {
        try (post) {
            for (var turn : post.begin()) {
                turn.get(20, TimeUnit.SECONDS);
            }
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private void round() {
        round(copy());
    }

    private String state() {
        return jdbc.sql("select string_agg(state || ' ' || attempts, ', ' order by at, event) from webhook_delivery")
                .query(String.class)
                .single();
    }

    private void file() {
        orders.file(town.near().resident(), town.near().garden(), "三楼王大妈家的水管漏了");
        pump.run();
    }

    /** The example that the specification's libraries are tested with. */
    @Test
    void signsAsTheSpecificationDoes() {
        assertThat(Signature.of(
                        "msg_p5jXN8AQM9LWM0D4loKWxJek",
                        1614265330,
                        "{\"test\": 2432232314}",
                        List.of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")))
                .isEqualTo("v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=");
    }

    @Test
    void aReceiverThatTakesItsTimeKeepsNoOtherWaitingNotEvenForTheNextRound() throws Exception {
        var other = Long.parseLong(desk.create(
                town.near().districtDesk(),
                UUID.randomUUID().toString(),
                new WebhookDesk.Wanted(
                        "另一个系统",
                        "https://1.1.1.1/",
                        String.valueOf(town.near().district()),
                        List.of("work_order.submit"))));
        jdbc.sql("update webhook set url = ? where id = ?")
                .params("http://127.0.0.1:" + receiver.getAddress().getPort() + "/slow", other)
                .update();
        var asked = new CountDownLatch(1);
        var free = new CountDownLatch(1);
        var turns = new AtomicInteger();
        receiver.createContext("/slow", exchange -> {
            try (exchange) {
                turns.incrementAndGet();
                asked.countDown();
                free.await(10, TimeUnit.SECONDS);
                exchange.sendResponseHeaders(200, -1);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        file();
        try (var post = copy()) {
            var first = post.begin();
            assertThat(first).hasSize(2);
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            file();
            await(() -> got.size() == 1);
            for (int round = 0; round < 100 && got.size() < 2; round++) {
                post.run();
                Thread.sleep(20);
            }
            assertThat(got)
                    .as("the second one's, while the first still holds its own")
                    .hasSize(2);
            assertThat(turns).as("the silent one is asked one thing at a time").hasValue(1);
            free.countDown();
            for (var turn : first) {
                turn.get(10, TimeUnit.SECONDS);
            }
        }
        assertThat(turns).hasValue(2);
    }

    private static void await(BooleanSupplier until) throws InterruptedException {
        for (int n = 0; n < 500 && !until.getAsBoolean(); n++) {
            Thread.sleep(20);
        }
        assertThat(until.getAsBoolean()).isTrue();
    }

    /** What is decided while a try is out holds for it too. */
    @Test
    void aPauseReachesWhatIsOnItsWay() {
        answer.set(500);
        receiver.createContext("/paused", exchange -> {
            desk.pause(town.near().districtDesk(), hook, 0);
            take(exchange);
        });
        jdbc.sql("update webhook set url = ? where id = ?")
                .params("http://127.0.0.1:" + receiver.getAddress().getPort() + "/paused", hook)
                .update();
        file();
        round();
        assertThat(got).hasSize(1);
        assertThat(state()).isEqualTo("held 1");

        // and what waits although it is off, however it came to, stays where it is
        jdbc.sql("update webhook_delivery set state = 'waiting'").update();
        clock.advance(Duration.ofHours(1));
        round();
        assertThat(got).hasSize(1);
    }

    /** DNS rebinding: a public address for whoever looks before, this machine for whoever connects. */
    @Test
    void aNameThatTurnsInwardBetweenLookingAndConnectingHearsNothing() throws Exception {
        try (var inside = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var wire = new Wire(new Destination(false, host ->
                        new InetAddress[] {InetAddress.getByAddress(host, new byte[] {1, 1, 1, 1})}))) {
            var heard = CompletableFuture.supplyAsync(() -> {
                try (var connection = inside.accept()) {
                    return connection.getInputStream().read();
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            var address = "https://localhost:" + inside.getLocalPort() + "/hook";
            assertThat(new Destination(false, host -> new InetAddress[] {InetAddress.getByName("1.1.1.1")})
                            .refuse(address))
                    .isEmpty();
            assertThatThrownBy(() -> wire.post(URI.create(address), Map.of(), "{}"))
                    .isInstanceOf(Wire.Inward.class);
            assertThat(heard.get(10, TimeUnit.SECONDS)).as("not a byte").isEqualTo(-1);
        }
    }

    @Test
    void whatArrivesIsSignedThinAndReadByTheSpecificationsLibrary() throws Exception {
        var secret = desk.reveal(town.near().districtDesk(), hook);
        file();
        orders.file(town.far().resident(), town.far().garden(), "别处的事，不归这里。");
        pump.run();
        round();

        assertThat(got).hasSize(1);
        new Webhook(secret)
                .verify(got.getFirst().body, java.net.http.HttpHeaders.of(got.getFirst().headers, (a, b) -> true));
        var body = json.readTree(got.getFirst().body);
        assertThat(body.get("type").asString()).isEqualTo("work_order.submit");
        assertThat(body.get("data").get("url").asString()).startsWith("https://hemei.example/api/v1/orders/");
        assertThat(body.get("data").size()).isEqualTo(4);
        assertThat(got.getFirst().body).doesNotContain("王大妈", "水管");
        assertThat(state()).isEqualTo("sent 1");
    }

    @Test
    void whileASecretChangesBothSign() throws Exception {
        var worker = town.near().districtDesk();
        var before = desk.reveal(worker, hook);
        desk.rotate(worker, hook, 0);
        var after = desk.reveal(worker, hook);
        assertThat(after).isNotEqualTo(before);
        file();
        round();
        var headers = java.net.http.HttpHeaders.of(got.getFirst().headers, (a, b) -> true);
        new Webhook(before).verify(got.getFirst().body, headers);
        new Webhook(after).verify(got.getFirst().body, headers);

        clock.advance(Duration.ofHours(25));
        file();
        round();
        assertThat(got.getLast().header("webhook-signature").split(" ")).hasSize(1);
    }

    @Test
    void itIsTriedForThreeDaysAndEachTryIsOnRecord() throws Exception {
        answer.set(500);
        file();
        round();
        for (var pause : WebhookPost.BACK_OFF) {
            round();
            clock.advance(pause.multipliedBy(12).dividedBy(10));
            round();
        }
        assertThat(state()).isEqualTo("failed 10");
        assertThat(got).hasSize(10);
        assertThat(got.stream().map(one -> one.header("webhook-id")).distinct()).hasSize(1);
        assertThat(got.stream().map(one -> one.header("webhook-timestamp")).distinct())
                .hasSize(got.size());
        mvc.perform(get("/webhooks/" + hook).with(as(town.near().districtDesk())))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("HTTP 500")))
                .andExpect(content().string(containsString(got.size() + " 次尝试")));
        var sheet = taken.taken(mvc, town.near().districtDesk(), "webhook-log", "webhook", hook + "", "failed", "yes");
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(sheet))) {
            var row = book.getFirstSheet().read().get(1);
            assertThat(row.getCellText(0)).startsWith("msg_");
            assertThat(row.getCellText(4)).isEqualTo("10");
            assertThat(row.getCellText(6)).isEqualTo("HTTP 500");
        }
    }

    @Test
    void afterFiveDaysOfFailureItStopsAndItsKeeperIsTold() {
        answer.set(503);
        file();
        round();
        clock.advance(Duration.ofDays(6));
        file();
        round();

        assertThat(jdbc.sql("select state from webhook where id = ?")
                        .param(hook)
                        .query(String.class)
                        .single())
                .isEqualTo("stopped");
        assertThat(notices.list(town.near().districtDesk(), null, 9))
                .extracting(Notice::title)
                .contains("有一个推送自动停了");
        file();
        assertThat(state()).as("what comes meanwhile is kept").contains("held 0");

        answer.set(200);
        got.clear();
        var version = jdbc.sql("select version from webhook where id = ?")
                .param(hook)
                .query(Integer.class)
                .single();
        desk.resume(town.near().districtDesk(), hook, version);
        var now = clock.instant();
        var many = desk.replay(
                town.near().districtDesk(), hook, now.minus(Duration.ofDays(8)), now.plusSeconds(60), false);
        clock.advance(Duration.ofSeconds(5));
        round();
        assertThat(many).isEqualTo(3);
        assertThat(got).hasSize(3);
        assertThat(state()).doesNotContain("held", "failed", "waiting");
    }

    @Test
    void goneMeansStop() {
        answer.set(410);
        file();
        round();
        assertThat(jdbc.sql("select state || stopped_why from webhook where id = ?")
                        .param(hook)
                        .query(String.class)
                        .single())
                .startsWith("stopped对方说不再接收");
    }

    @Test
    void oneIsReplayedUnderItsOldId() {
        file();
        round();
        var id = got.getFirst().header("webhook-id");
        var parts = id.split("_");
        desk.replay(town.near().districtDesk(), hook, Integer.parseInt(parts[1]), Long.parseLong(parts[2]));
        round();
        assertThat(got).hasSize(2);
        assertThat(got.getLast().header("webhook-id")).isEqualTo(id);
    }

    @Test
    void whatIsNoHttpIsNoAnswer() throws Exception {
        try (var other = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                var wire = new Wire(new Destination(true))) {
            var talking = CompletableFuture.runAsync(() -> {
                try (var connection = other.accept()) {
                    connection.getInputStream().read(new byte[2_000]);
                    connection
                            .getOutputStream()
                            .write("220 mail.example ready\r\n\r\n".getBytes(StandardCharsets.UTF_8));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            var address = URI.create("http://127.0.0.1:" + other.getLocalPort() + "/hook");
            assertThatThrownBy(() -> wire.post(address, Map.of(), "{}")).isInstanceOf(IOException.class);
            talking.get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void severalCopiesSendEachOnce() throws Exception {
        for (var n = 0; n < 10; n++) {
            orders.file(town.near().resident(), town.near().garden(), "水管漏水，请来看看。");
        }
        pump.run();
        try (var copies = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var n = 0; n < 4; n++) {
                copies.submit(() -> round());
            }
            copies.shutdown();
            assertThat(copies.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(jdbc.sql("select words from webhook_attempt where words <> ''")
                        .query(String.class)
                        .list())
                .isEmpty();
        assertThat(state()).isEqualTo(String.join(", ", Collections.nCopies(10, "sent 1")));
        assertThat(got).hasSize(10);
        assertThat(got.stream().map(one -> one.header("webhook-id")).distinct()).hasSize(10);
    }

    @Test
    void whoeverNoLongerAnswersForTheAreaSendsNothing() {
        jdbc.sql("update access_grant set until = now() where account = ?")
                .param(town.near().districtDesk().account())
                .update();
        file();
        round();
        assertThat(got).isEmpty();
    }

    /** What was fine when it was typed is looked at again: nothing is sent to it. */
    @Test
    void anAddressThatTurnedInwardIsNotCalled() {
        file();
        round(new WebhookPost(jdbc, cipher, new Destination(false), webhooks, notices, transaction, clock));
        assertThat(got).isEmpty();
        assertThat(jdbc.sql("select words from webhook_attempt")
                        .query(String.class)
                        .single())
                .contains("https");
    }

    private MvcTestResult call(String token, String path, @Nullable String body) {
        var request = body == null
                ? programs.get().uri("/api/v1/webhooks" + path)
                : programs.post()
                        .uri("/api/v1/webhooks" + path)
                        .contentType(MediaType.APPLICATION_JSON)
                        .header("Idempotency-Key", UUID.randomUUID().toString())
                        .content(body);
        return request.header("Authorization", "Bearer " + token).exchange();
    }

    private JsonNode read(MvcTestResult result) throws Exception {
        return json.readTree(result.getResponse().getContentAsString(StandardCharsets.UTF_8));
    }

    /** Set up, used, changed and deleted by a program; and what it set up ends with its token. */
    @Test
    void aProgramKeepsItsOwnAndTheyEndWithItsToken() throws Exception {
        jdbc.sql("delete from webhook").update();
        var token = tokens.program(town, "webhooks:read", "webhooks:write");
        towns.grant(tokens.account(token), Role.COMMUNITY, town.near().community(), null, null, null);
        var elsewhere = call(token, "", said(town.far().community()));
        assertThat(elsewhere).hasStatus(HttpStatus.UNPROCESSABLE_CONTENT);
        var made = call(token, "", said(town.near().community()));
        assertThat(made).hasStatus(HttpStatus.CREATED);
        var id = read(made).get("id").asLong();
        var secret = read(made).get("secret").asString();
        assertThat(secret).startsWith("whsec_");
        assertThat(read(call(token, "", null))
                        .get("webhooks")
                        .get(0)
                        .get("secret")
                        .isNull())
                .isTrue();
        jdbc.sql("update webhook set url = ? where id = ?")
                .params("http://127.0.0.1:" + receiver.getAddress().getPort() + "/hook", id)
                .update();

        file();
        round();
        assertThat(got).hasSize(1);
        new Webhook(secret)
                .verify(got.getFirst().body, java.net.http.HttpHeaders.of(got.getFirst().headers, (a, b) -> true));
        var log = read(call(token, "/" + id + "/deliveries", null));
        assertThat(log.get("deliveries").get(0).get("state").asString()).isEqualTo("sent");
        var delivery = log.get("deliveries").get(0).get("id").asString();
        assertThat(call(token, "/" + id + "/deliveries/" + delivery + "/replay", "{}"))
                .hasStatusOk();
        round();
        assertThat(got).hasSize(2);
        assertThat(read(call(token, "/" + id + "/rotate", "{\"version\":0}"))
                        .get("secret")
                        .asString())
                .isNotEqualTo(secret);
        assertThat(call(token, "/" + id + "/pause", "{\"version\":0}")).hasStatus(HttpStatus.CONFLICT);
        assertThat(call(token, "/" + id + "/pause", "{}")).hasStatus(HttpStatus.PRECONDITION_REQUIRED);
        assertThat(call(token, "/" + id + "/pause", "{\"version\":1}")).hasStatusOk();
        assertThat(call(token, "/" + id + "/resume", "{\"version\":2}")).hasStatusOk();

        // another program does not see it; the district sees it and may stop it, and nothing else
        var other = tokens.program(town, "webhooks:read", "webhooks:write");
        towns.grant(
                tokens.account(other), Role.DISTRICT, String.valueOf(town.near().district()), null, null, null);
        assertThat(call(other, "/" + id, null)).hasStatus(HttpStatus.NOT_FOUND);
        assertThat(call(tokens.program(town, "orders:read"), "", null)).hasStatus(HttpStatus.FORBIDDEN);
        var district = town.near().districtDesk();
        assertThat(webhooks.list(district)).singleElement().matches(org.hemei.platform.webhook.Webhook::program);
        assertThatThrownBy(() -> desk.reveal(district, id)).hasMessageContaining("由它来改");
        assertThatThrownBy(() -> desk.remove(district, id, 3)).hasMessageContaining("由它来改");

        // the token is withdrawn while something waits: that is not sent either
        orders.file(town.near().resident(), town.near().garden(), "楼道灯又不亮了，请来看看");
        pump.run();
        jdbc.sql(
                        "update api_token set revoked_by = made_by, revoked_at = ? where integration = (select id from integration where account = ?)")
                .params(java.sql.Timestamp.from(clock.instant()), tokens.account(token))
                .update();
        got.clear();
        round();
        assertThat(got).isEmpty();
        assertThat(jdbc.sql("select state || stopped_why from webhook where id = ?")
                        .param(id)
                        .query(String.class)
                        .single())
                .startsWith("stopped设它的程序，令牌都作废");
        file();
        round();
        assertThat(got).isEmpty();
        assertThat(notices.list(town.near().communityDesk(), null, 9))
                .as("its keeper is told")
                .extracting(Notice::title)
                .contains("有一个推送自动停了");

        // a new token of the same program takes it up again, and deletes it
        var next = tokens.again(token);
        var version = read(call(next, "/" + id, null)).get("version").asInt();
        assertThat(call(next, "/" + id + "/resume", "{\"version\":" + version + "}"))
                .hasStatusOk();
        assertThat(call(
                        next,
                        "/" + id + "/replay",
                        "{\"from\":\"2020-01-01T00:00:00Z\",\"until\":\"2030-01-01T00:00:00Z\"}"))
                .hasStatusOk();
        round();
        assertThat(got).isNotEmpty();
        assertThat(call(next, "/" + id + "/delete", "{\"version\":" + (version + 1) + "}"))
                .hasStatusOk();
        assertThat(call(next, "/" + id, null)).hasStatus(HttpStatus.NOT_FOUND);
    }

    private static String said(String area) {
        return "{\"name\":\"社区大屏\",\"url\":\"https://1.1.1.1/hook\",\"area\":\"" + area
                + "\",\"kinds\":[\"work_order.submit\"]}";
    }

    @Test
    void thePageRefusesAndExplains() throws Exception {
        mvc.perform(post("/webhooks")
                        .param("_once", UUID.randomUUID().toString())
                        .param("name", "内网")
                        .param("url", "https://192.168.1.10/")
                        .param("area", town.far().community().substring(0, 6))
                        .with(as(town.near().districtDesk()))
                        .with(csrf()))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("在内部网络里")))
                .andExpect(content().string(containsString("请选您负责的一个地方")))
                .andExpect(content().string(containsString("请至少选一种事")));
    }
}

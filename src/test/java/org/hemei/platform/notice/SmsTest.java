package org.hemei.platform.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.setup.MockMvcBuilders.standaloneSetup;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.hemei.platform.DemoMode;
import org.hemei.platform.Missing;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.json.JsonMapper;

/** Text messages against a provider that is a real small HTTP server: taken, broken, silent. */
@HemeiTest
class SmsTest {

    private record Taken(String id, String body) {}

    @Autowired
    JdbcClient jdbc;

    @Autowired
    FieldCipher cipher;

    @Autowired
    MovableClock clock;

    @Autowired
    JsonMapper json;

    @Autowired
    Sms sms;

    @Autowired
    MessageUpkeep upkeep;

    @Autowired
    QuietHours quiet;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    MockMvc mvc;

    private final List<Taken> taken = new CopyOnWriteArrayList<>();
    private final AtomicInteger status = new AtomicInteger(200);
    private volatile Duration thinks = Duration.ZERO;
    private volatile int goesAwayAfter = Integer.MAX_VALUE;
    private HttpServer provider;

    @BeforeEach
    void open() throws IOException {
        clock.set(CivilTime.at(CivilTime.date(clock.instant()), LocalTime.NOON));
        jdbc.sql("delete from sms_message").update();
        provider = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        provider.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        provider.createContext("/send", this::answer);
        provider.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Thread.sleep(thinks);
            if (taken.size() >= goesAwayAfter) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            if (status.get() == 200) {
                taken.add(new Taken(exchange.getRequestHeaders().getFirst("Idempotency-Key"), body));
            }
            exchange.sendResponseHeaders(status.get(), -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterEach
    void close() {
        provider.stop(0);
        clock.reset();
        jdbc.sql("delete from sms_message").update();
    }

    private SmsSettings settings(String contentType, String template) {
        return new SmsSettings(
                "http://127.0.0.1:" + provider.getAddress().getPort() + "/send",
                Map.of("Authorization", "key"),
                contentType,
                template,
                "",
                Duration.ofSeconds(5));
    }

    private SmsSender sender() {
        var settings = settings("application/json", "{\"to\":\"{phone}\",\"text\":\"{words}\"}");
        return new SmsSender(jdbc, cipher, new HttpSmsGateway(settings, json), quiet, clock);
    }

    private void write(String words) {
        transaction.executeWithoutResult(s -> sms.send("13800001234", words));
    }

    private String state() {
        return jdbc.sql("select status || ' ' || attempts || ' ' || coalesce(last_error, '-') from sms_message")
                .query(String.class)
                .single();
    }

    @Test
    void aMessageArrivesAsTheProviderWantsIt() {
        write("验证码 \"123456\"\\ 换行\n完");

        sender().run();
        sender().run();

        assertThat(taken).hasSize(1);
        assertThat(json.readTree(taken.getFirst().body).get("text").asString()).isEqualTo("验证码 \"123456\"\\ 换行\n完");
        assertThat(json.readTree(taken.getFirst().body).get("to").asString()).isEqualTo("13800001234");
        assertThat(state()).isEqualTo("sent 1 -");
    }

    @Test
    void aFormIsEscapedAsAForm() throws Exception {
        var settings = settings("application/x-www-form-urlencoded", "mobile={phone}&content={words}");

        new HttpSmsGateway(settings, json).deliver(new SmsGateway.Message("id-1", "13800001234", "a&b=甲"));

        assertThat(taken.getFirst().body).isEqualTo("mobile=13800001234&content=a%26b%3D%E7%94%B2");
    }

    @Test
    void aBrokenProviderIsTriedAgainLaterUnderTheSameId() {
        write("水管明天修。");
        status.set(500);
        sender().run();
        assertThat(state()).isEqualTo("waiting 1 HTTP 500");
        sender().run();
        assertThat(state()).as("not before its time").isEqualTo("waiting 1 HTTP 500");

        clock.advance(Duration.ofSeconds(6));
        status.set(200);
        sender().run();

        assertThat(state()).isEqualTo("sent 2 -");
        assertThat(taken).hasSize(1);
    }

    @Test
    void oneThatCannotBeReadHoldsUpNoOther() {
        write("水管明天修。");
        write("电梯修好了。");
        jdbc.sql(
                        "update sms_message set body_cipher = decode('00', 'hex') where id = (select min(id) from sms_message)")
                .update();

        sender().run();

        assertThat(taken).singleElement().satisfies(one -> assertThat(one.body).contains("电梯修好了"));
        assertThat(jdbc.sql("select status || ' ' || coalesce(last_error, '-') from sms_message order by id")
                        .query(String.class)
                        .list())
                .containsExactly("failed cannot be decrypted", "sent -");
    }

    @Test
    void whenSomethingGoesWrongWithOneTheOthersWaitAsIfUntried() {
        write("一");
        write("二");
        write("三");
        SmsGateway broken = message -> {
            if (message.words().equals("二")) {
                throw new IllegalStateException("broken");
            }
        };
        new SmsSender(jdbc, cipher, broken, quiet, clock).run();
        assertThat(jdbc.sql("select status || ' ' || attempts from sms_message order by id")
                        .query(String.class)
                        .list())
                .containsExactly("sent 1", "waiting 1", "waiting 0");
    }

    @Test
    void aSilentProviderTimesOutAndTheRetryCanBeTold() {
        write("水管明天修。");
        thinks = Duration.ofSeconds(6);
        sender().run();
        assertThat(state()).startsWith("waiting 1 HttpTimeout");

        thinks = Duration.ZERO;
        clock.advance(Duration.ofSeconds(6));
        sender().run();

        assertThat(state()).isEqualTo("sent 2 -");
        assertThat(taken.stream().map(Taken::id).distinct()).hasSize(1);
    }

    @Test
    void aProviderThatIsAwayIsTriedForADayAndThenTheMessageIsOfNoUse() {
        transaction.executeWithoutResult(s -> sms.urgent("13800001234", "水管明天修。", null));
        status.set(503);
        for (var i = 0; i < 40; i++) {
            sender().run();
            clock.advance(Duration.ofMinutes(61));
        }
        assertThat(state()).startsWith("failed").endsWith("older than 24 hours");
    }

    @Test
    void atNightOnlyWhatIsUrgentGoesOutAndTheRestInTheMorning() {
        clock.set(CivilTime.at(CivilTime.date(clock.instant()), LocalTime.of(23, 30)));
        write("水管明天修。");
        transaction.executeWithoutResult(s -> sms.urgent("13800001234", "验证码 123456", Duration.ofMinutes(5)));

        sender().run();
        assertThat(taken).singleElement().extracting(Taken::body).asString().contains("123456");

        clock.advance(Duration.ofHours(7).plusMinutes(29));
        sender().run();
        assertThat(taken).as("not before seven").hasSize(1);
        clock.advance(Duration.ofMinutes(1));
        sender().run();
        assertThat(taken).hasSize(2);
    }

    @Test
    void aCodeThatCameTooLateIsNotSent() {
        transaction.executeWithoutResult(s -> sms.urgent("13800001234", "验证码 123456", Duration.ofMinutes(5)));
        clock.advance(Duration.ofMinutes(6));

        sender().run();

        assertThat(taken).isEmpty();
        assertThat(state()).isEqualTo("failed 1 no longer of use");
    }

    @Test
    void whatTheProviderCallsWrongIsNotRepeatedAndYesterdaysCodeNotSent() {
        write("号码不对");
        status.set(400);
        sender().run();
        assertThat(state()).isEqualTo("failed 1 HTTP 400");

        jdbc.sql("delete from sms_message").update();
        transaction.executeWithoutResult(s -> sms.urgent("13800001234", "昨天的验证码", null));
        clock.advance(Duration.ofHours(25));
        status.set(200);
        sender().run();
        assertThat(state()).isEqualTo("failed 1 older than 24 hours");
        assertThat(taken).isEmpty();
    }

    @Test
    void severalCopiesSendEachMessageOnce() throws Exception {
        for (var i = 0; i < 60; i++) {
            write("第" + i + "条");
        }
        try (var copies = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var i = 0; i < 8; i++) {
                copies.submit(() -> sender().run());
            }
            copies.shutdown();
            assertThat(copies.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
        assertThat(taken).hasSize(60);
        assertThat(taken.stream().map(Taken::id).distinct()).hasSize(60);
        assertThat(jdbc.sql("select count(*) from sms_message where status = 'sent'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(60);
    }

    @Test
    void manyGoOutInOneTurnAndThoseToOnePhoneInTheirOrder() {
        transaction.executeWithoutResult(s -> {
            for (var i = 0; i < 300; i++) {
                sms.send("1380000123" + i % 3, "第%03d条".formatted(i));
            }
        });
        sender().run();
        assertThat(taken).hasSize(300);
        for (var phone = 0; phone < 3; phone++) {
            var to = "1380000123" + phone;
            assertThat(taken.stream().map(Taken::body).filter(body -> body.contains(to)))
                    .hasSize(100)
                    .isSorted();
        }
    }

    @Test
    void whenTheProviderGoesAwayInTheMiddleWhatWasNotTriedIsAsIfItHadNotBeenClaimed() {
        transaction.executeWithoutResult(s -> {
            for (var i = 0; i < 40; i++) {
                sms.send("138000012" + (10 + i % 20), "第%03d条".formatted(i));
            }
        });
        goesAwayAfter = 9;
        sender().run();
        assertThat(taken).as("one alone, then as many as are on their way").hasSizeBetween(9, 15);
        var tried = jdbc.sql("select count(*) from sms_message where status = 'waiting' and attempts > 0")
                .query(Integer.class)
                .single();
        assertThat(tried).isBetween(1, 6);
        assertThat(jdbc.sql(
                                "select count(*) from sms_message where status = 'waiting' and attempts = 0 and next_try_at = created_at")
                        .query(Integer.class)
                        .single())
                .isEqualTo(40 - taken.size() - tried);

        goesAwayAfter = Integer.MAX_VALUE;
        clock.advance(Duration.ofSeconds(6));
        sender().run();
        assertThat(taken).hasSize(40);
        assertThat(taken.stream().map(Taken::id).distinct()).hasSize(40);
    }

    @Test
    void whatWasSentIsKeptForNinetyDaysAndWhatWaitsIsNotLost() {
        for (var days : List.of(89, 91)) {
            for (var state : List.of("sent", "failed", "waiting")) {
                write(state + days);
                jdbc.sql("""
                        update sms_message set status = ?, last_error = ?, created_at = cast(? as timestamptz) - make_interval(days => ?)
                        where id = (select max(id) from sms_message)
                        """)
                        .params(state, state + days, Timestamp.from(clock.instant()), days)
                        .update();
            }
        }
        upkeep.forget();
        assertThat(jdbc.sql("select last_error from sms_message")
                        .query(String.class)
                        .list())
                .containsExactlyInAnyOrder("sent89", "failed89", "waiting89", "waiting91");
    }

    @Test
    void aRolledBackChangeSendsNothing() {
        transaction.executeWithoutResult(s -> {
            sms.send("13800001234", "没有发生");
            s.setRollbackOnly();
        });
        sender().run();
        assertThat(taken).isEmpty();
    }

    @Test
    void theMailboxShowsWordsButNotWholeNumbersAndOnlyToThisMachine() throws Exception {
        write("验证码 123456，5 分钟内有效。");
        var model = new org.springframework.ui.ExtendedModelMap();
        var mailbox = new DemoMailbox(new DemoMode("on"), jdbc, cipher);

        assertThat(mailbox.page(request("127.0.0.1", "localhost", null), model)).isEqualTo("platform/notice/mailbox");
        assertThat(model.get("letters"))
                .asString()
                .contains("138****1234", "123456")
                .doesNotContain("13800001234");
        for (var elsewhere : List.of(
                request("10.0.0.9", "localhost", null),
                request("127.0.0.1", "hemei.example", null),
                request("127.0.0.1", "localhost", "203.0.113.7"))) {
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> mailbox.page(elsewhere, model))
                    .isInstanceOf(Missing.class);
        }
        org.assertj.core.api.Assertions.assertThatThrownBy(() -> new DemoMailbox(new DemoMode("off"), jdbc, cipher)
                        .page(request("127.0.0.1", "localhost", null), model))
                .as("no demo, no mailbox")
                .isInstanceOf(Missing.class);
    }

    private static org.springframework.mock.web.MockHttpServletRequest request(
            String from, String host, @org.jspecify.annotations.Nullable String forwardedFor) {
        var request = new org.springframework.mock.web.MockHttpServletRequest("GET", "/demo/mailbox");
        request.setRemoteAddr(from);
        request.setServerName(host);
        if (forwardedFor != null) {
            request.addHeader("X-Forwarded-For", forwardedFor);
        }
        return request;
    }

    @Autowired
    org.springframework.web.servlet.ViewResolver viewResolver;

    @Test
    void theMailboxPageRenders() throws Exception {
        write("验证码 <b>123456</b>");
        standaloneSetup(new DemoMailbox(new DemoMode("on"), jdbc, cipher))
                .setViewResolvers(viewResolver)
                .build()
                .perform(get("/demo/mailbox"))
                .andExpect(org.springframework.test.web.servlet.result.MockMvcResultMatchers.content()
                        .string(containsString("&lt;b&gt;123456")))
                .andExpect(org.springframework.test.web.servlet.result.MockMvcResultMatchers.content()
                        .string(not(containsString("13800001234"))));
    }

    /** The clock ran ahead while the provider was silent, and is put right: nobody waits for hours. */
    @Test
    void aClockThatRanAheadHoldsNothingBack() {
        write("早一点");
        clock.advance(Duration.ofHours(20));
        status.set(503);
        sender().run();
        clock.advance(Duration.ofHours(-20));
        status.set(200);
        sender().run();
        assertThat(taken).hasSize(1);
        sender().run();
        assertThat(taken).hasSize(1);
    }
}

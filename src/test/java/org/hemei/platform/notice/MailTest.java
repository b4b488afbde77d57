package org.hemei.platform.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.hemei.platform.Reader;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Orders;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.WorkOrderDesk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mail.javamail.JavaMailSenderImpl;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/** E-mail to a real SMTP server: from the news of an order to the letter, the way out of it, and a server that is away. */
@HemeiTest
class MailTest {

    private static final String SAID = "三楼王大妈家的水管漏了";

    @Autowired
    JdbcClient jdbc;

    @Autowired
    FieldCipher cipher;

    @Autowired
    MovableClock clock;

    @Autowired
    Mails mails;

    @Autowired
    MailAddresses addresses;

    @Autowired
    MailDigest digest;

    @Autowired
    MessageUpkeep upkeep;

    @Autowired
    Unsubscribe unsubscribe;

    @Autowired
    QuietHours quiet;

    @Autowired
    Pump pump;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    WorkOrderDesk desk;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    MockMvc mvc;

    private Town town;
    private GreenMail server;

    @BeforeEach
    void open() {
        forget();
        // words that another test of this database set, or switched off
        jdbc.sql("delete from notice_template").update();
        clock.set(CivilTime.at(CivilTime.date(clock.instant()), LocalTime.NOON));
        town = towns.make();
        server = new GreenMail(ServerSetup.SMTP.dynamicPort().setVerbose(false));
        server.start();
    }

    @AfterEach
    void close() {
        server.stop();
        clock.reset();
        forget();
    }

    private void forget() {
        jdbc.sql("delete from mail_message").update();
        jdbc.sql("delete from mail_digest_item").update();
    }

    /** A copy of the process, as after a restart: it knows only what is written down. */
    private MailPost copy() {
        var smtp = new JavaMailSenderImpl();
        smtp.setHost("127.0.0.1");
        smtp.setPort(server.getSmtp().getPort());
        smtp.getJavaMailProperties().setProperty("mail.smtp.connectiontimeout", "2000");
        smtp.getJavaMailProperties().setProperty("mail.smtp.timeout", "5000");
        return new MailPost(
                jdbc,
                cipher,
                new SmtpGateway(smtp, "和美 <no-reply@hemei.example>", clock),
                unsubscribe,
                quiet,
                clock,
                "https://hemei.example");
    }

    private List<MimeMessage> letters() {
        return Arrays.asList(server.getReceivedMessages());
    }

    private void hasAddress(Reader reader, String address) {
        transaction.executeWithoutResult(status ->
                jdbc.sql("""
                        insert into mail_address (account, address_cipher, confirmed_at) values (?, ?, now())
                        """).params(reader.account(), cipher.encrypt(address)).update());
    }

    private String body(MimeMessage letter) throws Exception {
        return String.valueOf(letter.getContent()).replace("\r\n", "\n");
    }

    @Test
    void oneThatCannotBeReadHoldsUpNoOther() {
        for (var reader : List.of(town.near().resident(), town.near().neighbour())) {
            addresses.ask(reader, reader.account() + "@example.org");
        }
        jdbc.sql(
                        "update mail_message set body_cipher = decode('00', 'hex') where id = (select min(id) from mail_message)")
                .update();
        copy().run();
        assertThat(letters()).hasSize(1);
        assertThat(jdbc.sql("select status || ' ' || coalesce(last_error, '-') from mail_message order by id")
                        .query(String.class)
                        .list())
                .containsExactly("failed cannot be decrypted", "sent -");
    }

    @Test
    void anAddressCountsOnceItsCodeCameBack() throws Exception {
        var resident = town.near().resident();
        mvc.perform(post("/me/notices/address")
                        .param("address", "not an address")
                        .with(as(resident))
                        .with(csrf()))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("邮箱的样子不对")));
        mvc.perform(post("/me/notices/address")
                        .param("address", "wang@example.org")
                        .with(as(resident))
                        .with(csrf()))
                .andExpect(redirectedUrl("/me/notices?done=sent"));
        copy().run();
        var letter = letters().getFirst();
        assertThat(letter.getSubject()).isEqualTo("和美：邮箱验证码");
        assertThat(letter.getHeader("List-Unsubscribe")).as("it was asked for").isNull();
        var code = body(letter).replaceAll("(?s).*验证码 (\\d{6}).*", "$1");
        assertThat(addresses.clear(resident.account()))
                .as("not before the code")
                .isEmpty();

        mvc.perform(post("/me/notices/confirm")
                        .param("code", "x" + code)
                        .with(as(resident))
                        .with(csrf()))
                .andExpect(status().isUnprocessableContent());
        mvc.perform(post("/me/notices/confirm")
                        .param("code", code)
                        .with(as(town.near().neighbour()))
                        .with(csrf()))
                .andExpect(status().isUnprocessableContent());
        mvc.perform(post("/me/notices/confirm")
                        .param("code", code)
                        .with(as(resident))
                        .with(csrf()))
                .andExpect(redirectedUrl("/me/notices?done=confirmed"));

        mvc.perform(get("/me/notices").with(as(resident)))
                .andExpect(content().string(containsString("w***@example.org")))
                .andExpect(content().string(not(containsString("wang@example.org"))));
        mvc.perform(post("/me/notices/remove").with(as(resident)).with(csrf()));
        assertThat(jdbc.sql("select count(*) from mail_message where account = ?")
                        .param(resident.account())
                        .query(Integer.class)
                        .single())
                .as("nothing of it is left")
                .isZero();
    }

    @Test
    void newsOfAnOrderGoOutWithoutAWordOfAnybody() throws Exception {
        var resident = town.near().resident();
        hasAddress(resident, "resident@example.org");
        var id = orders.at(Orders.Stage.DISPATCHED, town.near(), resident, SAID);
        pump.run();
        copy().run();

        assertThat(letters()).hasSize(1);
        var letter = letters().getFirst();
        assertThat(letter.getSubject()).isEqualTo("和美：社区受理了您的单，已经派出去");
        assertThat(letter.getMessageID()).startsWith("<hemei-").endsWith("@hemei.example>");
        assertThat(to(letter)).isEqualTo("resident@example.org");
        assertThat(body(letter))
                .contains("单号 2", "https://hemei.example/orders/" + id, "https://hemei.example/me/notices")
                .doesNotContain("王大妈", "水管");
    }

    @Test
    void theLinkInALetterStopsItsSortAndNothingElse() throws Exception {
        var resident = town.near().resident();
        hasAddress(resident, "resident@example.org");
        orders.at(Orders.Stage.DISPATCHED, town.near(), resident, SAID);
        pump.run();
        copy().run();
        var stop = letters().getFirst().getHeader("List-Unsubscribe", null).replaceAll("[<>]", "");
        assertThat(letters().getFirst().getHeader("List-Unsubscribe-Post", null))
                .isEqualTo("List-Unsubscribe=One-Click");
        var path = stop.substring("https://hemei.example".length());

        mvc.perform(get(path)).andExpect(status().isOk()).andExpect(content().string(containsString("您的单的进展")));
        assertThat(unwanted(resident)).as("looking changes nothing").isEmpty();
        mvc.perform(get(path.substring(0, path.length() - 1) + (path.endsWith("A") ? "B" : "A")))
                .andExpect(status().isNotFound());
        mvc.perform(post(path).param("List-Unsubscribe", "One-Click"))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("退订好了")));
        assertThat(unwanted(resident)).containsExactly("order_progress");

        orders.at(Orders.Stage.DISPATCHED, town.near(), resident, SAID);
        var refused = orders.file(resident, town.near().garden(), SAID);
        desk.reject(town.near().communityDesk(), refused, orders.version(refused), "这是小区外面的路。", "市政热线 12345");
        pump.run();
        copy().run();
        assertThat(letters()).as("a decision is told all the same").hasSize(2);
        var decision = letters().getLast();
        assertThat(decision.getSubject()).contains("没有受理");
        assertThat(decision.getHeader("List-Unsubscribe")).isNull();
    }

    private Set<String> unwanted(Reader reader) {
        return Set.copyOf(
                jdbc.sql("select topic from notice_choice where account = ? and channel = 'mail' and not wanted")
                        .param(reader.account())
                        .query(String.class)
                        .list());
    }

    @Test
    void whoWantsOneLetterADayGetsOne() throws Exception {
        var worker = town.near().communityDesk();
        hasAddress(worker, "desk@example.org");
        jdbc.sql("update mail_address set digest = true where account = ?")
                .param(worker.account())
                .update();
        for (var n = 0; n < 3; n++) {
            orders.file(town.near().resident(), town.near().garden(), SAID);
        }
        pump.run();
        copy().run();
        digest.run();
        copy().run();
        assertThat(letters()).as("not before eight").isEmpty();

        clock.advance(Duration.ofHours(20));
        digest.run();
        digest.run();
        copy().run();

        assertThat(letters()).hasSize(1);
        assertThat(letters().getFirst().getSubject()).isEqualTo("和美：3 条新消息");
        assertThat(body(letters().getFirst())).contains("有新点单，等您受理").doesNotContain("王大妈");
    }

    /** An hour without a server, a restart in between, two copies at work: each letter once. */
    @Test
    void aServerThatIsAwayForAnHourCostsNothingAndDoublesNothing() throws Exception {
        var port = server.getSmtp().getPort();
        server.stop();
        for (var n = 0; n < 20; n++) {
            var to = towns.resident(town.near().garden(), town.near().unit());
            hasAddress(to, "to" + n + "@example.org");
            transaction.executeWithoutResult(status -> mails.tell(List.of(new Mails.News(
                    to.account(), town.near().district(), NoticeKinds.DUTIES, false, "有一条消息", "请看看。", "/me"))));
        }
        var before = copy(port);
        for (var minute = 0; minute < 60; minute += 2) {
            before.run();
            clock.advance(Duration.ofMinutes(2));
        }
        assertThat(jdbc.sql("select count(*) from mail_message where status = 'waiting'")
                        .query(Integer.class)
                        .single())
                .isEqualTo(20);

        server = new GreenMail(new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
        server.start();
        clock.advance(Duration.ofHours(1));
        try (var copies = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var n = 0; n < 2; n++) {
                copies.submit(() -> copy(port).run());
            }
            copies.shutdown();
            assertThat(copies.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }

        assertThat(letters()).hasSize(20);
        assertThat(letters().stream().map(MailTest::to).collect(Collectors.toSet()))
                .hasSize(20);
        copy(port).run();
        assertThat(letters()).hasSize(20);
    }

    private MailPost copy(int port) {
        var smtp = new JavaMailSenderImpl();
        smtp.setHost("127.0.0.1");
        smtp.setPort(port);
        return new MailPost(
                jdbc,
                cipher,
                new SmtpGateway(smtp, "no-reply@hemei.example", clock),
                unsubscribe,
                quiet,
                clock,
                "https://hemei.example");
    }

    private static String to(MimeMessage letter) {
        try {
            return letter.getAllRecipients()[0].toString();
        } catch (jakarta.mail.MessagingException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatTheServerCallsWrongIsNotRepeated() {
        hasAddress(town.near().resident(), "a@b@c.example");
        transaction.executeWithoutResult(status -> mails.tell(List.of(new Mails.News(
                town.near().resident().account(), 0, NoticeKinds.DUTIES, false, "有一条消息", "请看看。", "/me"))));

        copy().run();

        assertThat(jdbc.sql("select status from mail_message")
                        .query(String.class)
                        .single())
                .isEqualTo("failed");
        assertThat(letters()).isEmpty();
        clock.advance(MessageUpkeep.KEPT.minusMinutes(1));
        upkeep.forget();
        assertThat(jdbc.sql("select count(*) from mail_message")
                        .query(Long.class)
                        .single())
                .isEqualTo(1);
        clock.advance(Duration.ofMinutes(2));
        upkeep.forget();
        assertThat(jdbc.sql("select count(*) from mail_message")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    @Test
    void theAddressIsNowhereInTheClear() {
        hasAddress(town.near().resident(), "secret.address@example.org");
        transaction.executeWithoutResult(status -> mails.tell(List.of(new Mails.News(
                town.near().resident().account(), 0, NoticeKinds.DUTIES, false, "有一条消息", "请看看。", "/me"))));
        assertThat(jdbc.sql(
                                "select string_agg(m::text, '') || (select string_agg(a::text, '') from mail_address a) from mail_message m")
                        .query(String.class)
                        .single())
                .doesNotContain("secret.address", "请看看")
                .doesNotContain(java.util.HexFormat.of()
                        .formatHex("secret.address".getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }
}

package org.hemei.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** Phone and one-time code: the way in, and every limit. */
@HemeiTest
class PhoneSignInTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    FieldCipher cipher;

    @Autowired
    MovableClock clock;

    @AfterEach
    void now() {
        clock.reset();
    }

    private String code(String phone) {
        return SentCode.newest(jdbc, cipher, phone);
    }

    private static String other(String code) {
        return (code.charAt(0) == '1' ? "2" : "1") + code.substring(1);
    }

    @Test
    void somebodyNewGetsAnAccountWithTheFirstRightCode() throws Exception {
        var phone = towns.phone();
        var visit = new Visit(mvc, "10.2.0.1");
        visit.open("/sign-in/phone");
        var sent = visit.submit("/sign-in/phone", "phone", phone, "to", "/me");
        assertThat(sent.getRedirectedUrl()).isEqualTo("/sign-in/code?to=%2Fme");
        assertThat(visit.open("/sign-in/code?to=%2Fme").getContentAsString()).contains("尾号 " + phone.substring(7));
        var in = visit.submit("/sign-in/code", "code", code(phone), "to", "/me");
        assertThat(in.getStatus()).isEqualTo(303);
        assertThat(in.getRedirectedUrl()).isEqualTo("/me");
        var found = jdbc.sql("""
                        select p.masked_name || ' ' || (select count(*) from account a where a.person = p.id)
                        from person p where phone_index = ?
                        """)
                .param(cipher.blindIndex(phone))
                .query(String.class)
                .single();
        assertThat(found).isEqualTo("尾号 " + phone.substring(7) + " 1");
        // a code opens one session only
        var second = new Visit(mvc, "10.2.0.1");
        second.open("/sign-in/phone");
        assertThat(second.submit("/sign-in/code", "phone", phone, "code", code(phone))
                        .getStatus())
                .isEqualTo(422);
    }

    @Test
    void aKnownPhoneLooksTheSameAndOpensItsAccount() throws Exception {
        var resident = towns.make().near().resident();
        var phone = towns.phoneOf(resident);
        var visit = new Visit(mvc, "10.2.0.2");
        visit.open("/sign-in/phone");
        assertThat(visit.submit("/sign-in/phone", "phone", phone).getRedirectedUrl())
                .isEqualTo("/sign-in/code");
        assertThat(visit.submit("/sign-in/code", "phone", phone, "code", code(phone))
                        .getRedirectedUrl())
                .isEqualTo("/home");
        assertThat(jdbc.sql(
                                "select count(*) from spring_session where principal_name = ? and max_inactive_interval = 28800")
                        .param(String.valueOf(resident.account()))
                        .query(Integer.class)
                        .single())
                .isOne();
    }

    @Test
    void aCodeLivesFiveMinutesAndFiveAttempts() throws Exception {
        var phone = towns.phone();
        var visit = new Visit(mvc, "10.2.0.3");
        visit.open("/sign-in/phone");
        visit.submit("/sign-in/phone", "phone", phone);
        var right = code(phone);
        for (var i = 0; i < PhoneCodes.ATTEMPTS; i++) {
            var wrong = visit.submit("/sign-in/code", "phone", phone, "code", other(right));
            assertThat(wrong.getStatus()).isEqualTo(422);
        }
        assertThat(visit.submit("/sign-in/code", "phone", phone, "code", right).getStatus())
                .isEqualTo(422);
        clock.advance(Duration.ofSeconds(61));
        visit.submit("/sign-in/phone", "phone", phone);
        clock.advance(Duration.ofMinutes(5).plusSeconds(1));
        assertThat(visit.submit("/sign-in/code", "phone", phone, "code", code(phone))
                        .getStatus())
                .isEqualTo(422);
    }

    @Test
    void oneCodeAMinuteFiveAnHourAndTwentyForAnAddress() throws Exception {
        var phone = towns.phone();
        var visit = new Visit(mvc, "10.2.0.4");
        visit.open("/sign-in/phone");
        assertThat(visit.submit("/sign-in/phone", "phone", phone).getStatus()).isEqualTo(303);
        var soon = visit.submit("/sign-in/phone", "phone", phone);
        assertThat(soon.getStatus()).isEqualTo(429);
        assertThat(soon.getContentAsString()).contains("一分钟里只能要一次");
        for (var i = 1; i < PhoneCodes.PER_HOUR; i++) {
            clock.advance(Duration.ofSeconds(61));
            assertThat(visit.submit("/sign-in/phone", "phone", phone).getStatus())
                    .isEqualTo(303);
        }
        clock.advance(Duration.ofSeconds(61));
        assertThat(visit.submit("/sign-in/phone", "phone", phone).getStatus()).isEqualTo(429);
        for (var i = PhoneCodes.PER_HOUR; i < PhoneCodes.PER_HOUR_AND_IP; i++) {
            assertThat(visit.submit("/sign-in/phone", "phone", towns.phone()).getStatus())
                    .isEqualTo(303);
        }
        assertThat(visit.submit("/sign-in/phone", "phone", towns.phone()).getStatus())
                .isEqualTo(429);
        clock.advance(Duration.ofHours(1));
        assertThat(visit.submit("/sign-in/phone", "phone", phone).getStatus()).isEqualTo(303);
    }

    @Test
    void aWrongNumberIsToldNextToItsField() throws Exception {
        var visit = new Visit(mvc, "10.2.0.5");
        visit.open("/sign-in/phone");
        assertThat(visit.submit("/sign-in/phone", "phone", "1390013800").getContentAsString())
                .contains("少了 1 位。请填 11 位手机号。")
                .contains("value=\"1390013800\"");
        for (var bad : new String[] {"", "abc", "<b>1</b>", "99999999999", "1390013800139001", "' or ''='"}) {
            assertThat(visit.submit("/sign-in/phone", "phone", bad).getStatus()).isEqualTo(422);
        }
        for (var bad : new String[] {"", "abc", "1234567890123456789", "<i>"}) {
            assertThat(visit.submit("/sign-in/code", "phone", "13900138000", "code", bad)
                            .getStatus())
                    .isEqualTo(422);
        }
        assertThat(visit.open("/sign-in/code").getRedirectedUrl()).isEqualTo("/sign-in/phone");
    }

    @Test
    void noPhoneAndNoCodeStandInTheDatabaseInClear() throws Exception {
        var phone = towns.phone();
        var visit = new Visit(mvc, "10.2.0.6");
        visit.open("/sign-in/phone");
        visit.submit("/sign-in/phone", "phone", phone);
        var code = code(phone);
        for (var table :
                new String[] {"sign_in_code", "sms_message", "spring_session_attributes", "person", "audit_entry"}) {
            assertThat(jdbc.sql("select count(*) from " + table + " t where t::text like ? or t::text like ?")
                            .params(
                                    "%" + phone + "%",
                                    "%"
                                            + java.util.HexFormat.of()
                                                    .formatHex(
                                                            phone.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                                            + "%")
                            .query(Integer.class)
                            .single())
                    .as(table)
                    .isZero();
        }
        assertThat(jdbc.sql("select count(*) from sign_in_code where code_hash like ?")
                        .param("%" + code + "%")
                        .query(Integer.class)
                        .single())
                .isZero();
    }
}

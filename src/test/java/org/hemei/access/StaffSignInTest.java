package org.hemei.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;

/** Account and password: the way in, the lock, the limits. */
@HemeiTest
class StaffSignInTest {

    private static final String PASSWORD = "Ban-Deng-2021";

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PasswordEncoder passwords;

    @Autowired
    MovableClock clock;

    @AfterEach
    void now() {
        clock.reset();
    }

    private String staff(String name) {
        var reader = towns.make().near().communityDesk();
        var username = name + reader.account();
        jdbc.sql("update account set username = ?, password_hash = ? where id = ?")
                .params(username, passwords.encode(PASSWORD), reader.account())
                .update();
        return username;
    }

    private long audited(String action, String username) {
        return jdbc.sql("""
                        select count(*) from audit_entry
                        where action = ? and subject_kind = 'account'
                          and subject_id = (select id::text from account where username = ?)
                        """).params(action, username).query(Long.class).single();
    }

    @Test
    void anUnknownNameTakesAsLongAsAWrongPassword() {
        assertThat(passwords.upgradeEncoding(StaffSignIn.NOBODYS_HASH))
                .as("nobody's hash costs what our encoder's hashes cost")
                .isFalse();
        assertThat(passwords.matches(PASSWORD, StaffSignIn.NOBODYS_HASH)).isFalse();
    }

    @Test
    void theRightPasswordLeadsToTheWantedPageInANewSession() throws Exception {
        var username = staff("ma");
        var visit = new Visit(mvc, "10.1.0.1");
        visit.open("/sign-in?to=/my/orders");
        var before = visit.cookie();
        var answer = visit.submit("/sign-in", "username", username, "password", PASSWORD, "to", "/todo?q=1");
        assertThat(answer.getStatus()).isEqualTo(303);
        assertThat(answer.getRedirectedUrl()).isEqualTo("/todo?q=1");
        assertThat(visit.cookie()).isNotNull();
        assertThat(visit.cookie().getValue()).isNotEqualTo(before.getValue());
        assertThat(audited("sign_in.staff", username)).isOne();
        // the session of before is worth nothing now
        var thief = new Visit(mvc, "10.1.0.2");
        thief.cookie(before);
        assertThat(thief.open("/me").getRedirectedUrl()).startsWith("/sign-in");
        // staff are signed out after half an hour without a sign of life
        assertThat(jdbc.sql("""
                        select max_inactive_interval from spring_session
                        where principal_name = (select id::text from account where username = ?)
                        """).param(username).query(Integer.class).single()).isEqualTo(1800);
    }

    @Test
    void nobodyIsSentToAnotherSite() throws Exception {
        for (var bad :
                new String[] {"//evil.example/x", "https://evil.example", "/\\evil.example", "javascript:alert(1)"}) {
            var username = staff("ev");
            var visit = new Visit(mvc, "10.1.0.3");
            visit.open("/sign-in");
            assertThat(visit.submit("/sign-in", "username", username, "password", PASSWORD, "to", bad)
                            .getRedirectedUrl())
                    .isEqualTo("/todo");
        }
    }

    @Test
    void fiveFailuresLockForAQuarterOfAnHourInTheSameWordsAsAnUnknownAccount() throws Exception {
        var username = staff("li");
        var visit = new Visit(mvc, "10.1.0.4");
        visit.open("/sign-in");
        var words = "";
        for (var i = 0; i < StaffSignIn.FAILURES_TO_LOCK; i++) {
            var answer = visit.submit("/sign-in", "username", username, "password", "wrong" + i);
            assertThat(answer.getStatus()).isEqualTo(422);
            words = error(answer.getContentAsString());
        }
        var locked = visit.submit("/sign-in", "username", username, "password", PASSWORD);
        assertThat(locked.getStatus()).isEqualTo(422);
        assertThat(error(locked.getContentAsString())).isEqualTo(words).contains("账号或密码不对");
        var unknown = visit.submit("/sign-in", "username", "nobody-at-all", "password", PASSWORD);
        assertThat(error(unknown.getContentAsString())).isEqualTo(words);
        assertThat(audited("account.locked", username)).isOne();
        clock.advance(Duration.ofMinutes(15).plusSeconds(1));
        assertThat(visit.submit("/sign-in", "username", username, "password", PASSWORD)
                        .getStatus())
                .isEqualTo(303);
    }

    @Test
    void whoTriesManyAccountsFromOneAddressHasToWait() throws Exception {
        var visit = new Visit(mvc, "10.1.0.5");
        visit.open("/sign-in");
        for (var i = 0; i < SignInLimits.FAILURES_PER_IP; i++) {
            jdbc.sql("insert into sign_in_failure (from_ip, at) values ('10.1.0.5', now())")
                    .update();
        }
        var username = staff("wu");
        assertThat(visit.submit("/sign-in", "username", username, "password", PASSWORD)
                        .getStatus())
                .isEqualTo(429);
        clock.advance(Duration.ofMinutes(16));
        assertThat(visit.submit("/sign-in", "username", username, "password", PASSWORD)
                        .getStatus())
                .isEqualTo(303);
    }

    /** A city whose neighbourhoods share addresses sets it otherwise. */
    @Test
    void howManyFailuresAnAddressHasIsASetting() {
        var strict = new SignInLimits(jdbc, clock, 1);
        strict.check("10.1.0.7");
        strict.failed("10.1.0.7");
        assertThatThrownBy(() -> strict.check("10.1.0.7")).isInstanceOf(SignInLimits.TooMany.class);
    }

    @Test
    void hostileInputIsAnsweredLikeAnyWrongInput() throws Exception {
        var visit = new Visit(mvc, "10.1.0.6");
        visit.open("/sign-in");
        for (var bad : new String[] {
            "' or 1=1 --", "<script>alert(1)</script>", "\uD83D\uDE00".repeat(50), "x".repeat(5000), "", " "
        }) {
            var answer = visit.submit("/sign-in", "username", bad, "password", "p" + bad);
            assertThat(answer.getStatus()).isEqualTo(422);
            assertThat(answer.getContentAsString()).doesNotContain("<script>alert");
        }
        assertThat(visit.submit("/sign-in", "username", "a\0b", "password", "x").getStatus())
                .isEqualTo(400);
    }

    private static String error(String page) {
        var found = java.util.regex.Pattern.compile(
                        "id=\"e-password\">.*?<span>(.*?)</span>", java.util.regex.Pattern.DOTALL)
                .matcher(page);
        return found.find() ? found.group(1) : "no error shown";
    }
}

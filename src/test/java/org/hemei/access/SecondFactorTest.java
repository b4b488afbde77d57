package org.hemei.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.hemei.access.secondfactor.SecondFactors;
import org.hemei.platform.Reader;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;

/** The second factor through the pages: set up, asked for, lost, reset; and what the three administrators can do without it: nothing. */
@HemeiTest
class SecondFactorTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    FieldCipher cipher;

    @Autowired
    PasswordEncoder passwords;

    @Autowired
    SecondFactors factors;

    @Autowired
    AccountDesk desk;

    @Autowired
    MovableClock clock;

    Town town;
    Staff staff;
    Factor factor;

    @BeforeEach
    void people() {
        town = towns.make();
        staff = new Staff(mvc, jdbc, passwords);
        factor = new Factor(mvc, jdbc, cipher);
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    private Visit half(String username, String ip) throws Exception {
        var visit = new Visit(mvc, ip);
        visit.open("/sign-in");
        var answer = visit.submit("/sign-in", "username", username, "password", Staff.PASSWORD, "to", "/me/password");
        assertThat(answer.getRedirectedUrl()).startsWith("/sign-in/second");
        visit.open("/sign-in/second");
        return visit;
    }

    private MockHttpServletResponse second(Visit visit, String code) throws Exception {
        return visit.submit("/sign-in/second", "code", code, "to", "/me/password");
    }

    @Test
    void anAdministratorGetsNowhereWithoutIt() throws Exception {
        for (var reader : new Reader[] {town.system(), town.security(), town.audit()}) {
            var visit = staff.signIn(reader);
            for (var path : new String[] {"/", "/me", "/audit", "/admin/accounts", "/notices", "/calendar"}) {
                assertThat(visit.open(path).getRedirectedUrl()).as(path).isEqualTo("/me/second-factor");
            }
            assertThat(visit.open("/actuator/metrics").getStatus()).isEqualTo(403);
            assertThat(visit.open("/api/v1/orders").getStatus()).isEqualTo(403);
            assertThat(visit.open("/me/second-factor").getContentAsString()).contains("先在这里开好");
            factor.setUp(visit, "user" + reader.account());
            assertThat(visit.open("/me").getStatus()).isEqualTo(200);
        }
        // others may do without
        assertThat(staff.signIn(town.near().communityDesk()).open("/todo").getStatus())
                .isEqualTo(200);
    }

    @Test
    void aCodeIsAskedForAndGoodOnce() throws Exception {
        var reader = town.near().communityDesk();
        var visit = staff.signIn(reader);
        var username = "user" + reader.account();
        var recovery = factor.setUp(visit, username);
        assertThat(recovery).hasSize(10).doesNotHaveDuplicates();
        assertThat(visit.open("/me/second-factor/codes").getRedirectedUrl())
                .as("shown once")
                .isEqualTo("/me/second-factor");
        clock.advance(Duration.ofSeconds(61));
        var code = factor.code(username, clock.instant());

        var again = half(username, "10.9.0.1");
        assertThat(again.open("/me").getRedirectedUrl()).as("not in yet").startsWith("/sign-in");
        assertThat(second(again, "000000").getStatus()).isEqualTo(422);
        assertThat(second(again, code).getRedirectedUrl()).isEqualTo("/me/password");
        assertThat(again.open("/me").getStatus()).isEqualTo(200);
        var replay = half(username, "10.9.0.2");
        assertThat(second(replay, code).getStatus()).as("the same step again").isEqualTo(422);
        assertThat(second(replay, recovery.getFirst().toUpperCase(java.util.Locale.ROOT))
                        .getStatus())
                .isEqualTo(303);
        var twice = half(username, "10.9.0.3");
        assertThat(second(twice, recovery.getFirst()).getStatus()).isEqualTo(422);
        assertThat(factors.state(reader.account()).codesLeft()).isEqualTo(9);
    }

    @Test
    void fiveWrongOnesLockIt() throws Exception {
        var reader = town.near().streetDesk();
        var username = "user" + reader.account();
        factor.setUp(staff.signIn(reader), username);
        clock.advance(Duration.ofSeconds(61));
        var visit = half(username, "10.9.1.1");
        for (var i = 0; i < 5; i++) {
            assertThat(second(visit, "00000" + i).getStatus()).isEqualTo(422);
        }
        var right = factor.code(username, clock.instant());
        assertThat(second(visit, right).getStatus()).isEqualTo(429);
        clock.advance(Duration.ofMinutes(15).plusSeconds(1));
        var later = half(username, "10.9.1.2");
        assertThat(second(later, factor.code(username, clock.instant())).getStatus())
                .isEqualTo(303);
    }

    @Test
    void theFirstFactorIsGoodForFiveMinutes() throws Exception {
        var reader = town.near().districtDesk();
        var username = "user" + reader.account();
        factor.setUp(staff.signIn(reader), username);
        clock.advance(Duration.ofSeconds(61));
        var visit = half(username, "10.9.2.1");
        clock.advance(HalfSignedIn.VALID);
        assertThat(second(visit, factor.code(username, clock.instant())).getRedirectedUrl())
                .isEqualTo("/sign-in");
    }

    @Test
    void itIsSwitchedOffWithThePasswordAndByAnAdministratorWithACodeBesides() throws Exception {
        var reader = town.near().communityDesk();
        var visit = staff.signIn(reader);
        factor.setUp(visit, "user" + reader.account());
        assertThat(visit.submit("/me/second-factor/off", "password", "wrong").getStatus())
                .isEqualTo(422);
        assertThat(visit.submit("/me/second-factor/off", "password", Staff.PASSWORD)
                        .getStatus())
                .isEqualTo(303);
        assertThat(factors.isOn(reader.account())).isFalse();

        var auditor = staff.signIn(town.audit());
        var codes = factor.setUp(auditor, "user" + town.audit().account());
        auditor.open("/me/second-factor");
        assertThat(auditor.submit("/me/second-factor/off", "password", Staff.PASSWORD)
                        .getStatus())
                .isEqualTo(422);
        assertThat(auditor.submit("/me/second-factor/off", "password", Staff.PASSWORD, "offCode", codes.get(1))
                        .getStatus())
                .isEqualTo(303);
        assertThat(auditor.open("/audit").getRedirectedUrl()).isEqualTo("/me/second-factor");
    }

    @Test
    void securityResetsALostOneWithAReason() throws Exception {
        var reader = town.near().communityDesk();
        var visit = staff.signIn(reader);
        factor.setUp(visit, "user" + reader.account());
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> desk.resetSecondFactor(town.security(), reader.account(), ""))
                .hasMessageContaining("为什么");
        desk.resetSecondFactor(town.security(), reader.account(), "手机丢了");
        assertThat(visit.open("/me").getRedirectedUrl()).as("signed out").startsWith("/sign-in");
        assertThat(staff.signIn(reader).open("/todo").getStatus()).isEqualTo(200);
        assertThat(jdbc.sql(
                                "select detail ->> 'reason' from audit_entry where action = 'second_factor.reset' and subject_id = ?")
                        .param(String.valueOf(reader.account()))
                        .query(String.class)
                        .single())
                .isEqualTo("手机丢了");
    }

    /** Else the system administrator could become the auditor: a new password, a second factor of their own. */
    @Test
    void nobodyGetsANewPasswordForAnAdministratorWithoutASecondFactor() throws Exception {
        var auditor = town.audit();
        staff.username(auditor);
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> desk.resetPassword(town.system(), auditor.account(), "Chong-She-3"))
                .hasMessageContaining("第二重验证");
        factor.setUp(staff.signIn(auditor), "user" + auditor.account());
        desk.resetPassword(town.system(), auditor.account(), "Chong-She-3");
    }
}

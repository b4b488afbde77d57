package org.hemei.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;

/** A session ends in the end, however busy it is kept; and what signing in leaves behind is forgotten. */
@HemeiTest
class SessionLifetimeTest {

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

    @Autowired
    SignInUpkeep upkeep;

    @AfterEach
    void now() {
        clock.reset();
    }

    private void lasts(Reader reader, Duration lifetime) throws Exception {
        var visit = new Staff(mvc, jdbc, passwords).signIn(reader);
        clock.advance(lifetime.minusMinutes(1));
        assertThat(visit.open("/me").getStatus()).isEqualTo(200);
        clock.advance(Duration.ofMinutes(2));
        assertThat(visit.open("/me").getRedirectedUrl()).startsWith("/sign-in");
        assertThat(jdbc.sql("select count(*) from spring_session where principal_name = ?")
                        .param(String.valueOf(reader.account()))
                        .query(Integer.class)
                        .single())
                .as("the session is gone, not only unheard")
                .isZero();
    }

    @Test
    void ofStaffAfterTwelveHours() throws Exception {
        lasts(towns.make().near().communityDesk(), Duration.ofHours(12));
    }

    @Test
    void ofAResidentAfterThirtyDays() throws Exception {
        lasts(towns.make().near().resident(), Duration.ofDays(30));
    }

    @Test
    void oldCodesAndFailuresAreForgottenAndRecentOnesKept() {
        for (var days : new int[] {29, 31}) {
            jdbc.sql("""
                    insert into sign_in_code (phone_index, code_hash, from_ip, created_at, expires_at)
                    values ('\\x01', 'x', '10.79.0.1', now() - make_interval(days => :days), now() - make_interval(days => :days))
                    """).param("days", days).update();
            jdbc.sql(
                            "insert into sign_in_failure (from_ip, at) values ('10.79.0.1', now() - make_interval(days => :days))")
                    .param("days", days)
                    .update();
        }
        upkeep.run();
        for (var table : new String[] {"sign_in_code", "sign_in_failure"}) {
            assertThat(jdbc.sql("select count(*) from " + table + " where from_ip = '10.79.0.1'")
                            .query(Integer.class)
                            .single())
                    .as(table)
                    .isOne();
        }
    }
}

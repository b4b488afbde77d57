package org.hemei.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;

/** One's own account: sessions, password, large type. */
@HemeiTest
class MeTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PasswordEncoder passwords;

    @Autowired
    Readers readers;

    Staff staff;
    Reader reader;

    @BeforeEach
    void people() {
        staff = new Staff(mvc, jdbc, passwords);
        reader = towns.make().near().communityDesk();
    }

    @Test
    void sessionsAreListedAndEndedOneByOneOrAllTheOthers() throws Exception {
        var username = staff.username(reader);
        var here = staff.signIn(username, Staff.PASSWORD, "10.3.0.1");
        var phone = new Visit(mvc, "10.3.0.2").with("Mozilla/5.0 (Linux; Android 14) MicroMessenger");
        phone.open("/sign-in");
        phone.submit("/sign-in", "username", username, "password", Staff.PASSWORD);
        var page = here.open("/me").getContentAsString();
        assertThat(page).contains("安卓手机 · 微信").contains("10.3.0.2").contains("就是这台");
        // what stands in the page is not what opens a session
        assertThat(page)
                .doesNotContain(
                        jdbc.sql("select string_agg(session_id, ' ') from spring_session where principal_name = ?")
                                .param(String.valueOf(reader.account()))
                                .query(String.class)
                                .single()
                                .split(" ")[0]);
        var id = Pattern.compile("/me/sessions/([0-9a-f-]{36})/end").matcher(page);
        assertThat(id.find()).isTrue();
        assertThat(here.submit("/me/sessions/" + id.group(1) + "/end").getStatus())
                .isEqualTo(303);
        assertThat(phone.open("/me").getRedirectedUrl()).startsWith("/sign-in");
        assertThat(here.open("/me").getStatus()).isEqualTo(200);

        var third = staff.signIn(username, Staff.PASSWORD, "10.3.0.3");
        here.open("/me");
        here.submit("/me/sessions/end-others");
        assertThat(third.open("/me").getRedirectedUrl()).startsWith("/sign-in");
        assertThat(here.open("/me").getStatus()).isEqualTo(200);
    }

    @Test
    void nobodyEndsTheSessionOfSomebodyElse() throws Exception {
        var other = towns.make().near().communityDesk();
        var theirs = staff.signIn(other);
        var mine = staff.signIn(reader);
        mine.open("/me");
        var id = jdbc.sql("select primary_id from spring_session where principal_name = ?")
                .param(String.valueOf(other.account()))
                .query(String.class)
                .single();
        assertThat(mine.submit("/me/sessions/" + id + "/end").getStatus()).isEqualTo(404);
        assertThat(theirs.open("/me").getStatus()).isEqualTo(200);
    }

    @Test
    void signingOutEndsTheSession() throws Exception {
        var visit = staff.signIn(reader);
        var cookie = visit.cookie();
        visit.open("/me");
        assertThat(visit.submit("/sign-out").getRedirectedUrl()).isEqualTo("/");
        visit.cookie(cookie);
        assertThat(visit.open("/me").getRedirectedUrl()).startsWith("/sign-in");
    }

    @Test
    void anUnchangedSessionIsNotWrittenAgain() throws Exception {
        var visit = staff.signIn(reader);
        visit.open("/me");
        var version = "select xmin::text || ' ' || last_access_time from spring_session where principal_name = ?";
        var before = jdbc.sql(version)
                .param(String.valueOf(reader.account()))
                .query(String.class)
                .single();
        visit.open("/me");
        visit.open("/me/password");
        assertThat(jdbc.sql(version)
                        .param(String.valueOf(reader.account()))
                        .query(String.class)
                        .single())
                .isEqualTo(before);
        // after a minute it is
        jdbc.sql("update spring_session set last_access_time = last_access_time - 61000 where principal_name = ?")
                .param(String.valueOf(reader.account()))
                .update();
        var aged = jdbc.sql(version)
                .param(String.valueOf(reader.account()))
                .query(String.class)
                .single();
        visit.open("/me");
        assertThat(jdbc.sql(version)
                        .param(String.valueOf(reader.account()))
                        .query(String.class)
                        .single())
                .isNotEqualTo(aged);
    }

    @Test
    void theLookUpOfASessionUsesItsIndex() {
        var plan = String.join(
                "\n",
                jdbc.sql("explain select * from spring_session where session_id = cast(? as varchar)")
                        .param("x")
                        .query(String.class)
                        .list());
        jdbc.sql("set enable_seqscan = on").update();
        assertThat(jdbc.sql("""
                        select string_agg(data_type, ',') from information_schema.columns
                        where table_name like 'spring_session%' and column_name in ('primary_id', 'session_id', 'session_primary_id')
                        """).query(String.class).single())
                .as(plan)
                .isEqualTo("character varying,character varying,character varying");
    }

    @Test
    void aPasswordIsChangedAgainstTheOldOneAndEverybodyElseIsOut() throws Exception {
        var username = staff.username(reader);
        var here = staff.signIn(username, Staff.PASSWORD, "10.3.1.1");
        var other = staff.signIn(username, Staff.PASSWORD, "10.3.1.2");
        here.open("/me/password");
        var wrong = here.submit("/me/password", "old", "nope", "fresh", "Xin-Mi-Ma-8", "again", "Xin-Mi-Ma-8");
        assertThat(wrong.getStatus()).isEqualTo(422);
        assertThat(wrong.getContentAsString()).contains("现在的密码不对");
        var weak = here.submit("/me/password", "old", Staff.PASSWORD, "fresh", "abc", "again", "abd");
        assertThat(weak.getContentAsString())
                .contains("至少 8 个字符")
                .contains("至少用三种")
                .contains("两次填的不一样");
        assertThat(here.submit("/me/password", "old", Staff.PASSWORD, "fresh", "Xin-Mi-Ma-8", "again", "Xin-Mi-Ma-8")
                        .getStatus())
                .isEqualTo(303);
        assertThat(other.open("/me").getRedirectedUrl()).startsWith("/sign-in");
        assertThat(here.open("/me").getStatus()).isEqualTo(200);
        staff.signIn(username, "Xin-Mi-Ma-8", "10.3.1.3");
    }

    @Test
    void aPasswordSetBySomebodyElseOpensOnePageOnly() throws Exception {
        var username = staff.username(reader);
        jdbc.sql("update account set must_change_password = true where id = ?")
                .param(reader.account())
                .update();
        jdbc.sql("update person set phone_cipher = null, phone_index = null where id = ?")
                .param(reader.person())
                .update();
        var visit = new Visit(mvc, "10.3.2.1");
        visit.open("/sign-in");
        assertThat(visit.submit("/sign-in", "username", username, "password", Staff.PASSWORD, "to", "/me")
                        .getRedirectedUrl())
                .isEqualTo("/me/password");
        assertThat(visit.open("/me").getRedirectedUrl()).isEqualTo("/me/password");
        var page = visit.open("/me/password").getContentAsString();
        assertThat(page).as("an account that knows no phone").doesNotContain("验证码");
        visit.submit("/me/password", "old", Staff.PASSWORD, "fresh", "Xin-Mi-Ma-9", "again", "Xin-Mi-Ma-9");
        assertThat(visit.open("/me").getStatus()).isEqualTo(200);
    }

    @Test
    void largeTypeIsKeptWithTheAccount() throws Exception {
        var visit = staff.signIn(reader);
        visit.open("/me");
        visit.submit("/me/care", "care", "on");
        assertThat(readers.of(reader.account()).orElseThrow().care()).isTrue();
        assertThat(visit.open("/me").getContentAsString()).contains("data-care").contains("换回标准版");
    }
}

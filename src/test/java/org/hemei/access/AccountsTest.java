package org.hemei.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.registry.PartyOffices;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.test.web.servlet.MockMvc;

/** The administrator's work: accounts, duties, locks, passwords. */
@HemeiTest
class AccountsTest {

    private static final String FIRST = "Di-Yi-Ci-1";

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    PasswordEncoder passwords;

    @Autowired
    PartyOffices offices;

    @Autowired
    FieldCipher cipher;

    Town town;

    @BeforeEach
    void people() {
        town = towns.make();
    }

    private MockHttpServletResponse send(Reader reader, String path, String... fields) throws Exception {
        var request = post(path).with(as(reader)).with(csrf());
        for (var i = 0; i < fields.length; i += 2) {
            request.param(fields[i], fields[i + 1]);
        }
        return mvc.perform(request).andReturn().getResponse();
    }

    private String page(Reader reader, String path) throws Exception {
        return mvc.perform(get(path).with(as(reader))).andReturn().getResponse().getContentAsString();
    }

    private String open(String username) throws Exception {
        return opened(username, towns.phone());
    }

    private String opened(String username, String phone) throws Exception {
        var answer = open("钱小七", phone, username);
        assertThat(answer.getStatus()).isEqualTo(303);
        return answer.getRedirectedUrl();
    }

    private MockHttpServletResponse open(String name, String phone, String username) throws Exception {
        return send(
                town.system(),
                "/admin/accounts/new",
                "_once",
                UUID.randomUUID().toString(),
                "name",
                name,
                "phone",
                phone,
                "username",
                username,
                "password",
                FIRST);
    }

    private long id(String path) {
        return Long.parseLong(path.substring(path.lastIndexOf('/') + 1));
    }

    @Test
    void anAccountIsOpenedGrantedUsedAndEnded() throws Exception {
        var username = "qian" + town.city();
        var phone = towns.phone();
        var path = opened(username, phone);
        var side = town.near();
        assertThat(page(town.system(), "/admin/accounts?q=" + username))
                .contains(username)
                .contains("钱**")
                .doesNotContain("钱小七");
        assertThat(send(town.security(), path + "/grants", "role", "COMMUNITY", "area", side.community())
                        .getStatus())
                .isEqualTo(303);
        assertThat(send(
                                town.security(),
                                path + "/grants",
                                "role",
                                "MANAGER",
                                "body",
                                "" + side.company(),
                                "estate",
                                "" + side.garden())
                        .getStatus())
                .isEqualTo(303);
        var reader = towns.reader(id(path));
        assertThat(reader.scope(Role.COMMUNITY).covers(side.community())).isTrue();
        assertThat(reader.scope(Role.MANAGER).covers(side.company(), side.garden()))
                .isTrue();
        var staff = new Staff(mvc, jdbc, passwords);
        var visit = staff.signIn(username, FIRST, "10.4.0.1");
        assertThat(visit.open("/community/bindings").getRedirectedUrl()).isEqualTo("/me/password");
        choose(visit, phone, FIRST, "Zi-Ji-De-2");
        assertThat(visit.open("/community/bindings").getStatus()).isEqualTo(200);
        // ended: the very next request is refused
        var grant = jdbc.sql("select id from access_grant where account = ? and role = 'COMMUNITY'")
                .param(id(path))
                .query(Long.class)
                .single();
        assertThat(send(town.security(), path + "/grants/" + grant + "/end").getContentAsString())
                .contains("请写为什么结束这个职责");
        assertThat(send(town.security(), path + "/grants/" + grant + "/end", "reason", "调到街道去了")
                        .getStatus())
                .isEqualTo(303);
        assertThat(jdbc.sql("select body from notice where account = ? order by id desc limit 1")
                        .param(id(path))
                        .query(String.class)
                        .single())
                .contains("社区", "调到街道去了", "安全管理员");
        assertThat(visit.open("/community/bindings").getStatus()).isEqualTo(403);
        // closed: the session is gone
        assertThat(send(town.security(), path + "/lock").getContentAsString()).contains("请写为什么停用", "id=\"f-closing\"");
        assertThat(send(town.security(), path + "/lock", "closing", "离职了").getStatus())
                .isEqualTo(303);
        assertThat(visit.open("/me").getRedirectedUrl()).startsWith("/sign-in");
        assertThat(send(town.security(), path + "/unlock").getStatus()).isEqualTo(303);
        assertThat(send(town.system(), path + "/password", "password", "Chong-She-3")
                        .getStatus())
                .isEqualTo(303);
        staff.signIn(username, "Chong-She-3", "10.4.0.2");
        assertThat(jdbc.sql(
                                "select count(distinct action) from audit_entry where subject_kind = 'account' and subject_id = ?")
                        .param(String.valueOf(id(path)))
                        .query(Integer.class)
                        .single())
                .isGreaterThanOrEqualTo(7);
    }

    @Test
    void whoShowsThatAClosedAccountIsTheirsReadsWhyAndNobodyElseDoes() throws Exception {
        var username = "ting" + town.city();
        var path = open(username);
        assertThat(send(town.security(), path + "/lock", "closing", "离职了").getStatus())
                .isEqualTo(303);
        assertThat(signIn(username, FIRST)).contains("这个账号停用了，原因：离职了。", "安全管理员");
        for (var n = 0; n < StaffSignIn.FAILURES_TO_LOCK; n++) {
            assertThat(signIn(username, FIRST + "x")).contains("账号或密码不对").doesNotContain("停用");
        }
        assertThat(signIn(username, FIRST))
                .as("locked: a guess that is right looks like any other")
                .contains("账号或密码不对")
                .doesNotContain("停用");
        assertThat(send(town.security(), path + "/unlock").getStatus()).isEqualTo(303);
        assertThat(signIn(username, FIRST)).doesNotContain("停用");
    }

    private String signIn(String username, String password) throws Exception {
        return mvc.perform(post("/sign-in")
                        .with(csrf())
                        .param("username", username)
                        .param("password", password))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    @Test
    void accountsAreListedByDutyAndByState() throws Exception {
        var username = "shai" + town.city();
        var path = open(username);
        var list = "/admin/accounts?q=" + username;
        assertThat(page(town.security(), list + "&state=bare")).contains(path);
        assertThat(page(town.security(), list + "&state=idle")).contains(path);
        assertThat(page(town.security(), list + "&role=COMMUNITY")).doesNotContain(path);
        send(
                town.security(),
                path + "/grants",
                "role",
                "COMMUNITY",
                "area",
                town.near().community());
        assertThat(page(town.security(), list + "&state=bare")).doesNotContain(path);
        assertThat(page(town.security(), list + "&role=COMMUNITY&state=open")).contains(path);
        assertThat(page(town.security(), list + "&role=STREET")).doesNotContain(path);
        send(town.security(), path + "/lock", "closing", "离职了");
        assertThat(page(town.security(), list + "&state=open")).doesNotContain(path);
        assertThat(page(town.security(), list + "&state=closed")).contains(path);
        assertThat(page(town.security(), list + "&state=<x>&role=<x>")).contains(path);
    }

    @Test
    void whatDoesNotFitARoleIsRefusedWithTheReason() throws Exception {
        var path = open("wei" + town.city());
        assertThat(send(
                                town.security(),
                                path + "/grants",
                                "role",
                                "STREET",
                                "area",
                                town.near().community())
                        .getContentAsString())
                .contains("要选到街道这一级");
        assertThat(send(town.security(), path + "/grants", "role", "HELPER").getContentAsString())
                .contains("请选为哪个单位办事");
        assertThat(send(town.security(), path + "/grants", "role", "RESIDENT").getStatus())
                .isEqualTo(422);
        assertThat(send(town.security(), path + "/grants", "role", "<x>").getStatus())
                .isEqualTo(422);
        assertThat(send(
                                town.security(),
                                path + "/grants",
                                "role",
                                "MANAGER",
                                "body",
                                "" + town.near().company(),
                                "estate",
                                "" + town.near().oldYard())
                        .getStatus())
                .isEqualTo(422);
        assertThat(towns.reader(id(path)).grants()).isEmpty();
    }

    @Test
    void anAdministratorOfElsewhereSeesAndGrantsNothingHere() throws Exception {
        var foreign = towns.make().security();
        var here = "/admin/accounts/" + town.near().communityDesk().account();
        assertThat(send(foreign, here + "/lock").getStatus()).isEqualTo(404);
        assertThat(send(towns.make().system(), here + "/password", "password", FIRST)
                        .getStatus())
                .isEqualTo(404);
        assertThat(mvc.perform(get(here).with(as(foreign)))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(404);
        var path = open("yuan" + town.city());
        assertThat(send(
                                foreign,
                                path + "/grants",
                                "role",
                                "COMMUNITY",
                                "area",
                                town.near().community())
                        .getStatus())
                .isEqualTo(422);
    }

    @Test
    void nobodyChangesTheirOwnAccount() throws Exception {
        var own = "/admin/accounts/" + town.security().account();
        assertThat(send(town.system(), "/admin/accounts/" + town.system().account() + "/password", "password", FIRST)
                        .getStatus())
                .isEqualTo(422);
        for (var verb : new String[] {"/lock", "/unlock", "/grants"}) {
            assertThat(send(town.security(), own + verb, "role", "CITY", "area", town.city())
                            .getStatus())
                    .isEqualTo(422);
        }
    }

    @Test
    void ofTheTwoEachDoesTheirOwn() throws Exception {
        var path = open("ge" + town.city());
        assertThat(send(town.system(), path + "/grants", "role", "CITY", "area", town.city())
                        .getStatus())
                .isEqualTo(403);
        assertThat(send(town.system(), path + "/lock").getStatus()).isEqualTo(403);
        assertThat(send(town.security(), path + "/password", "password", "Chong-She-3")
                        .getStatus())
                .isEqualTo(403);
        assertThat(page(town.system(), path)).contains("重设密码").doesNotContain("加职责");
        assertThat(page(town.security(), path)).contains("加职责").doesNotContain(">重设密码<");
        assertThat(send(town.audit(), path + "/lock").getStatus()).isEqualTo(403);
    }

    @Test
    void aRoleOfTwoLevelsIsOfferedAtBoth() throws Exception {
        var path = open("liang" + town.city());
        var city = page(town.security(), path + "?role=ORGANISATION&area=" + town.city());
        assertThat(city).contains("加这个职责").contains("再往下选").contains("试区" + town.city() + "-1");
        var district = page(
                town.security(), path + "?role=ORGANISATION&area=" + town.near().district());
        assertThat(district).contains("加这个职责").doesNotContain("再往下选");
        assertThat(page(town.security(), path + "?role=STREET&area=" + town.city()))
                .doesNotContain("加这个职责")
                .contains("再往下选");
    }

    /** Else whoever appoints could be somebody else to the appointed, by the other account of theirs. */
    @Test
    void onePersonHasOneAccountHoweverTheyComeIn() throws Exception {
        var phone = towns.phone();
        var clerk = towns.reader(id(open("钱小七", phone, "one" + town.city()).getRedirectedUrl()));
        towns.grant(
                clerk.account(), Role.ORGANISATION, String.valueOf(town.near().district()), null, null, null);
        var branch = towns.bodyOf(
                "party_organisation",
                "estate_branch",
                "试支部",
                town.near().community(),
                town.near().garden());
        assertThat(send(
                                towns.reader(clerk.account()),
                                "/appointments",
                                "_once",
                                UUID.randomUUID().toString(),
                                "body",
                                "" + branch,
                                "name",
                                "钱小七",
                                "phone",
                                phone,
                                "post",
                                "书记",
                                "from",
                                "2026-01-01")
                        .getStatus())
                .isEqualTo(303);
        assertThat(jdbc.sql("select a.id from account a join appointment t on t.person = a.person where t.body = ?")
                        .param(branch)
                        .query(Long.class)
                        .list())
                .as("who signs in by that phone")
                .containsExactly(clerk.account());
        assertThat(offices.onlyByOwnHand(clerk, branch)).isTrue();
        assertThat(offices.holds(clerk, branch)).isFalse();
        var again = open("钱小七", phone, "two" + town.city());
        assertThat(again.getStatus()).isEqualTo(422);
        assertThat(again.getContentAsString()).contains("一个人只用一个账号", "one" + town.city());
        assertThat(open("孙小八", phone, "two" + town.city()).getContentAsString()).contains("另一个人（钱**）");
    }

    @Test
    void whoSignsInByPhoneKeepsThatWayAndNoAdministratorHasAnotherIntoIt() throws Exception {
        var resident = town.near().resident();
        var username = "res" + town.city();
        var opened = open("王小试", towns.phoneOf(resident), username);
        assertThat(opened.getRedirectedUrl()).isEqualTo("/admin/accounts/" + resident.account());
        assertThat(send(
                                town.security(),
                                opened.getRedirectedUrl() + "/grants",
                                "role",
                                "COMMUNITY",
                                "area",
                                town.near().community())
                        .getStatus())
                .isEqualTo(303);
        var visit = new Visit(mvc, "10.4.0.9");
        visit.open("/sign-in");
        assertThat(visit.submit("/sign-in", "username", username, "password", FIRST)
                        .getStatus())
                .isEqualTo(422);
        var reset = send(town.system(), opened.getRedirectedUrl() + "/password", "password", "Chong-She-3");
        assertThat(reset.getStatus()).isEqualTo(422);
        assertThat(reset.getContentAsString()).contains("用手机验证码登录，没有密码");
        assertThat(page(resident, "/me/password")).contains("没有密码可改");
    }

    private void choose(Visit visit, String phone, String old, String fresh) throws Exception {
        visit.open("/me/password");
        assertThat(visit.submit("/me/password/code").getRedirectedUrl()).isEqualTo("/me/password?sent=on");
        var code = SentCode.newest(jdbc, cipher, phone);
        var refused = visit.submit(
                "/me/password", "sent", "on", "code", code, "old", old, "fresh", fresh, "again", "Bu-Yi-Yang-9");
        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(refused.getContentAsString())
                .as("the code is still good")
                .contains("value=\"" + code + "\"", "短信发到了")
                .doesNotContain("先确认是您本人");
        assertThat(visit.submit("/me/password", "code", code, "old", old, "fresh", fresh, "again", fresh)
                        .getRedirectedUrl())
                .isEqualTo("/me");
    }

    @Test
    void aPasswordThatAnAdministratorChoseOpensNothingOfTheResidentWhoseAccountItIs() throws Exception {
        var username = "sms" + town.city();
        var phone = towns.phone();
        var path = opened(username, phone);
        var administrator = new Visit(mvc, "10.4.0.21");
        administrator.open("/sign-in");
        assertThat(administrator
                        .submit("/sign-in", "username", username, "password", FIRST)
                        .getRedirectedUrl())
                .isEqualTo("/me/password");
        assertThat(administrator.open("/me/password").getContentAsString())
                .contains("往您尾号 " + phone.substring(7) + " 的手机发一个验证码");
        administrator.submit("/me/password/code");
        for (var guess : new String[] {"", "000", other(SentCode.newest(jdbc, cipher, phone))}) {
            var refused = administrator.submit(
                    "/me/password", "code", guess, "old", FIRST, "fresh", "Zi-Ji-De-2", "again", "Zi-Ji-De-2");
            assertThat(refused.getStatus()).isEqualTo(422);
            assertThat(refused.getContentAsString()).contains("id=\"e-code\"");
        }
        assertThat(administrator.open("/me").getRedirectedUrl()).isEqualTo("/me/password");
        // the citizen comes by phone into the same account, and the password still opens nothing
        var citizen = new Visit(mvc, "10.4.0.22");
        citizen.open("/sign-in/phone");
        assertThat(citizen.submit("/sign-in/code", "phone", phone, "code", SentCode.newest(jdbc, cipher, phone))
                        .getRedirectedUrl())
                .isEqualTo("/home");
        assertThat(citizen.open("/me").getStatus()).isEqualTo(200);
        assertThat(administrator.open("/me").getRedirectedUrl()).isEqualTo("/me/password");
        assertThat(send(town.system(), path + "/password", "password", "Chong-She-3")
                        .getStatus())
                .isEqualTo(303);
        administrator.open("/sign-in");
        assertThat(administrator
                        .submit("/sign-in", "username", username, "password", "Chong-She-3")
                        .getRedirectedUrl())
                .isEqualTo("/me/password");
        administrator.open("/me/password");
        assertThat(administrator
                        .submit("/me/password", "old", "Chong-She-3", "fresh", "Zi-Ji-De-4", "again", "Zi-Ji-De-4")
                        .getStatus())
                .isEqualTo(422);
    }

    private static String other(String code) {
        return (code.charAt(0) == '1' ? "2" : "1") + code.substring(1);
    }

    @Test
    void badInputOfANewAccountIsToldFieldByField() throws Exception {
        var page = send(
                        town.system(),
                        "/admin/accounts/new",
                        "_once",
                        UUID.randomUUID().toString(),
                        "name",
                        "<b>",
                        "phone",
                        "138",
                        "username",
                        "1",
                        "password",
                        "abc")
                .getContentAsString();
        assertThat(page)
                .contains("请填真实姓名")
                .contains("少了 8 位")
                .contains("字母开头")
                .contains("至少 8 个字符")
                .contains("至少用三种");
        open("twice" + town.city());
        var again = open("钱小八", towns.phone(), "twice" + town.city());
        assertThat(again.getStatus()).isEqualTo(422);
        assertThat(again.getContentAsString()).contains("有人用了");
    }
}

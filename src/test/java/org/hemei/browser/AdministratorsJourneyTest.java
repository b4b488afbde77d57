package org.hemei.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.hemei.access.secondfactor.Totp;
import org.hemei.platform.Reader;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.testing.MovableClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.crypto.password.PasswordEncoder;

/** 三员: one opens an account, another gives it a duty, the third sees that both did; and nobody gets in by a password alone. */
class AdministratorsJourneyTest extends Browsing {

    private static final String PASSWORD = "Ban-Deng-2021";

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private FieldCipher cipher;

    @Autowired
    private PasswordEncoder passwords;

    @Autowired
    private MovableClock clock;

    @AfterEach
    void now() {
        clock.reset();
    }

    private String username(Reader reader) {
        var username = "san" + reader.account();
        jdbc.sql("update account set username = ?, password_hash = ? where id = ?")
                .params(username, passwords.encode(PASSWORD), reader.account())
                .update();
        return username;
    }

    private String code(Reader reader, Instant at) {
        var secret = jdbc.sql("select secret_cipher from second_factor where account = ?")
                .param(reader.account())
                .query(byte[].class)
                .single();
        return Totp.code(cipher.decrypt(secret), at);
    }

    @ParameterizedTest
    @CsvSource({"DESK, true", "PHONE, true", "DESK, false"})
    void three_people_and_two_factors(Screen screen, boolean script) {
        var town = town();
        var system = town.system();
        var username = username(system);
        var opened = "xiaoqian" + town.city();
        try (var pc = visit(Reader.VISITOR, screen, script)) {
            pc.open("/sign-in").write("账号", username).write("密码", PASSWORD).press("登录");
            assertThat(pc.path()).isEqualTo("/me/second-factor");
            pc.sees("先在这里开好").press("开第二重验证").sees("扫一扫");
            pc.expecting(422)
                    .write("6 位数字", "000000")
                    .press("开好了")
                    .sees("验证码不对")
                    .expecting(200);
            pc.write("6 位数字", code(system, clock.instant())).press("开好了").sees("只显示这一次");
            pc.follow("收好了");
            assertThat(pc.path()).isEqualTo("/admin/accounts");
            pc.follow("开账号")
                    .write("姓名", "钱小七")
                    .write("手机号", towns.phone())
                    .write("账号", opened)
                    .write("密码", "Di-Yi-Ci-1");
            pc.page().locator("main form button.btn-primary").first().click();
            pc.page().waitForURL("**/admin/accounts/*");
            pc.look().sees("还没有授权").seesNot("加职责");
            pc.open("/me/second-factor").sees("备用码还剩 10 个");
        }
        clock.advance(java.time.Duration.ofSeconds(61));
        try (var pc = visit(Reader.VISITOR, screen, script)) {
            pc.open("/sign-in").write("账号", username).write("密码", PASSWORD).press("登录");
            assertThat(pc.path()).startsWith("/sign-in/second");
            pc.write("验证码", code(system, clock.instant())).press("登录").sees("账号");
        }
        clock.reset();
        var account = jdbc.sql("select id from account where username = ?")
                .param(opened)
                .query(Long.class)
                .single();
        try (var pc = visit(town.security(), screen, script)) {
            pc.open("/admin/accounts/" + account + "?role=COMMUNITY&area="
                            + town.near().community())
                    .press("加这个职责")
                    .sees("社区工作人员");
            pc.open("/security/why?account=" + account + "&kind=area&id="
                            + town.near().community())
                    .sees("看得到");
            pc.open("/security/review").sees("90 天没登录").open("/security/review?finding=delegations");
        }
        try (var pc = visit(town.audit(), screen, script)) {
            pc.open("/audit?thing=" + account).sees("开账号").sees("加职责");
            pc.open("/audit?who=nobody").sees("这里没有记录");
        }
    }

    @ParameterizedTest
    @CsvSource({"DESK, true", "PHONE, false"})
    void somebody_stands_in(Screen screen, boolean script) {
        var town = town();
        var near = town.near();
        var taker = towns.account(org.hemei.access.Role.STAFF, null, near.oldYard(), near.company(), null);
        try (var phone = visit(near.manager(), screen, script)) {
            phone.open("/me").follow("休假代办");
            phone.expecting(422).press("请他代办").sees("请填到哪天为止").expecting(200);
            phone.page().locator("#f-taker").selectOption(String.valueOf(taker.account()));
            phone.page()
                    .locator("#f-until")
                    .fill(org.hemei.platform.time.CivilTime.date(Instant.now())
                            .plusDays(3)
                            .toString());
            phone.write("为什么", "年假").press("请他代办").sees("正在代办");
        }
        try (var phone = visit(taker, screen, script)) {
            phone.open("/me").sees("代办").open("/me/delegation").press("不代办了").sees("结束了");
        }
    }
}

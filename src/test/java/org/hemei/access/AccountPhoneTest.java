package org.hemei.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.hemei.platform.Reader;
import org.hemei.platform.crypto.FieldCipher;
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
import org.springframework.transaction.support.TransactionTemplate;

/** An account of earlier days gets its phone, and with it the person who is appointed under that phone. */
@HemeiTest
class AccountPhoneTest {

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
    TransactionTemplate transactions;

    Town town;
    Reader clerk;
    String path;

    @BeforeEach
    void build() {
        town = towns.make();
        clerk = town.near().communityDesk();
        jdbc.sql("update person set name_cipher = ?, phone_cipher = null, phone_index = null where id = ?")
                .params(cipher.encrypt("周小明"), clerk.person())
                .update();
        path = "/admin/accounts/" + clerk.account();
    }

    private String page(Reader reader, String where) throws Exception {
        return mvc.perform(get(where).with(as(reader)))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private MockHttpServletResponse register(String name, String phone) throws Exception {
        return mvc.perform(post(path + "/phone")
                        .param("name", name)
                        .param("phone", phone)
                        .with(as(town.system()))
                        .with(csrf()))
                .andReturn()
                .getResponse();
    }

    private long person() {
        return jdbc.sql("select person from account where id = ?")
                .param(clerk.account())
                .query(Long.class)
                .single();
    }

    private long appointed(String name, String phone) {
        return jdbc.sql("""
                        insert into person (name_cipher, masked_name, phone_cipher, phone_index) values (?, '周**', ?, ?) returning id
                        """)
                .params(cipher.encrypt(name), cipher.encrypt(phone), cipher.blindIndex(phone))
                .query(Long.class)
                .single();
    }

    @Test
    void itBecomesTheAccountOfWhoeverIsAppointedUnderThatPhone() throws Exception {
        var phone = towns.phone();
        var person = appointed("周小明", phone);
        towns.post(person, town.near().company(), "项目经理");
        assertThat(page(town.system(), path)).contains(path + "/phone");
        assertThat(register("周小红", phone).getContentAsString()).contains("另一个人（周**）");
        assertThat(register("周小明", phone).getStatus()).isEqualTo(303);
        assertThat(person()).isEqualTo(person);
        assertThat(page(town.system(), path)).doesNotContain(path + "/phone");
        assertThat(register("周小明", towns.phone()).getContentAsString()).contains("已经有手机号了");
        assertThat(jdbc.sql(
                                "select detail ->> 'joined' from audit_entry where action = 'account.phone_registered' and subject_id = ?")
                        .param(String.valueOf(clerk.account()))
                        .query(String.class)
                        .single())
                .isEqualTo("true");
    }

    @Test
    void theFormerPersonLeavesNoNameBehindThatNobodyCouldErase() throws Exception {
        var phone = towns.phone();
        var person = appointed("周小明", phone);
        var unit = town.near().emptyUnit();
        for (var one : List.of(person, clerk.person())) {
            jdbc.sql(
                            "insert into household_member (unit, person, relation, during) values (?, ?, 'owner', '[2024-01-01,)')")
                    .params(unit, one)
                    .update();
        }
        assertThat(register("周小明", phone).getStatus()).isEqualTo(303);
        assertThat(person()).isEqualTo(person);
        assertThat(jdbc.sql("select person from household_member where unit = ?")
                        .param(unit)
                        .query(Long.class)
                        .list())
                .as("one occupant, not two")
                .containsExactly(person);
        assertThat(jdbc.sql("select name_cipher from person where id = ?")
                        .param(clerk.person())
                        .query(byte[].class)
                        .list())
                .noneMatch(name -> cipher.decrypt(name).contains("周小明"));
    }

    /** Somebody signs in by that phone for the first time while an administrator registers it. */
    @Test
    void whoComesAtTheSameMomentMakesTheAdministratorTryAgain() throws Exception {
        var phone = towns.phone();
        var written = new CountDownLatch(1);
        var seen = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var first = threads.submit(() -> transactions.executeWithoutResult(status -> {
                appointed("周小明", phone);
                written.countDown();
                try {
                    seen.await(2, TimeUnit.SECONDS);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }));
            written.await(10, TimeUnit.SECONDS);
            var second = register("周小明", phone);
            seen.countDown();
            first.get();
            assertThat(second.getStatus()).isEqualTo(422);
            assertThat(second.getContentAsString()).contains("请再试一次");
        }
        assertThat(register("周小明", phone).getStatus()).isEqualTo(303);
    }

    @Test
    void onlyWhoeverHasThePhoneGoesOnWithTheAccount() throws Exception {
        var staff = new Staff(mvc, jdbc, passwords);
        var username = staff.username(clerk);
        var before = staff.signIn(username, Staff.PASSWORD, "10.4.1.1");
        var phone = towns.phone();
        assertThat(register("周小明", phone).getStatus()).isEqualTo(303);
        assertThat(before.open("/me").getRedirectedUrl()).as("signed out").startsWith("/sign-in");
        var after = staff.signIn(username, Staff.PASSWORD, "10.4.1.2");
        assertThat(after.open("/me").getRedirectedUrl()).isEqualTo("/me/password");
        assertThat(after.open("/me/password").getContentAsString()).contains("尾号 " + phone.substring(7));
    }

    @Test
    void nobodyRegistersThePhoneOfAnAdministratorWithoutASecondFactor() throws Exception {
        jdbc.sql("update access_grant set role = 'AUDIT', area = ?, estate = null, body = null where account = ?")
                .params(town.city(), clerk.account())
                .update();
        assertThat(register("周小明", towns.phone()).getContentAsString()).contains("还没开第二重验证");
        assertThat(person()).isEqualTo(clerk.person());
    }

    @Test
    void whatCannotBeTheSamePersonIsRefusedWithWords() throws Exception {
        assertThat(register("周大明", towns.phone()).getContentAsString()).contains("和这个账号登记的姓名不一样");
        assertThat(register("", "138").getContentAsString()).contains("id=\"e-name\"", "id=\"e-phone\"");
        var other = town.near().resident();
        jdbc.sql("update person set name_cipher = ? where id = ?")
                .params(cipher.encrypt("周小明"), other.person())
                .update();
        assertThat(register("周小明", towns.phoneOf(other)).getContentAsString()).contains("这个手机号已经有账号了");
        assertThat(person()).isEqualTo(clerk.person());
        assertThat(mvc.perform(post(path + "/phone")
                                .param("name", "周小明")
                                .param("phone", towns.phone())
                                .with(as(town.security()))
                                .with(csrf()))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(403);
    }
}

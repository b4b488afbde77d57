package org.hemei.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.LocalDate;
import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** The end of a binding: by oneself, or by the community with a reason; from then on nothing is open for that home. */
@HemeiTest
class HouseholdTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Pump pump;

    Town town;
    Reader tenant;
    long member;

    @BeforeEach
    void people() throws Exception {
        town = towns.make();
        tenant = towns.reader(towns.account());
        var here = town.near();
        var once = UUID.randomUUID().toString();
        send(tenant, "/me/bind", "_once", once, "unit", "" + here.emptyUnit(), "relation", "tenant", "words", "租约在手");
        var asked = jdbc.sql("select id from binding_request where account = ?")
                .param(tenant.account())
                .query(Long.class)
                .single();
        send(here.communityDesk(), "/community/bindings/" + asked + "/approve");
        member = jdbc.sql("select id from household_member where person = ?")
                .param(tenant.person())
                .query(Long.class)
                .single();
        since(LocalDate.of(2025, 1, 1));
    }

    private void since(LocalDate day) {
        jdbc.sql("update household_member set during = daterange(?, null) where id = ?")
                .params(day, member)
                .update();
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

    private Reader now() {
        return towns.reader(tenant.account());
    }

    private String building() {
        return "/community/households?estate=" + town.near().garden() + "&building="
                + town.near().building();
    }

    @Test
    void whoMovesOutSaysSoAndFilesNothingForThatHomeAnyMore() throws Exception {
        assertThat(page(now(), "/me")).contains("不住这里了", "/me/homes/" + member + "/end");
        assertThat(page(now(), "/orders/new")).contains("1单元301");
        assertThat(send(town.near().resident(), "/me/homes/" + member + "/end").getStatus())
                .as("of somebody else")
                .isEqualTo(404);
        assertThat(send(tenant, "/me/homes/" + member + "/end").getRedirectedUrl())
                .isEqualTo("/me?done=left");
        assertThat(now().has(Role.RESIDENT)).isFalse();
        assertThat(page(now(), "/orders/new")).doesNotContain("1单元301");
        assertThat(page(now(), "/me")).doesNotContain("/me/homes/").contains("绑定了房屋，才能点单和评价");
        assertThat(jdbc.sql("select upper(during) is not null from household_member where id = ?")
                        .param(member)
                        .query(Boolean.class)
                        .single())
                .as("that they lived there stays for as long as it is kept")
                .isTrue();
        assertThat(send(tenant, "/me/homes/" + member + "/end").getStatus())
                .as("once")
                .isEqualTo(404);
        // and back again on the same day
        var once = UUID.randomUUID().toString();
        assertThat(send(
                                tenant,
                                "/me/bind",
                                "_once",
                                once,
                                "unit",
                                "" + town.near().emptyUnit(),
                                "relation",
                                "tenant")
                        .getStatus())
                .isEqualTo(303);
    }

    @Test
    void theCommunityEndsItWithAReasonThatTheResidentReads() throws Exception {
        var desk = town.near().communityDesk();
        assertThat(page(desk, building())).contains("/community/households/" + member + "/end", "租客");
        assertThat(page(town.far().communityDesk(), building())).doesNotContain("/community/households/" + member);
        var path = "/community/households/" + member + "/end";
        assertThat(send(town.far().communityDesk(), path, "reason", "搬走了").getStatus())
                .isEqualTo(404);
        assertThat(send(desk, path, "reason", " ").getStatus()).isEqualTo(422);
        assertThat(now().has(Role.RESIDENT)).isTrue();
        assertThat(send(desk, path, "reason", "<b>租约到期</b>").getStatus()).isEqualTo(303);
        assertThat(now().has(Role.RESIDENT)).isFalse();
        assertThat(page(desk, building())).doesNotContain("/community/households/" + member);
        assertThat(page(now(), "/me")).contains("社区结束了绑定", "租约到期").doesNotContain("<b>租约");
        assertThat(page(now(), "/me/data")).contains("社区结束的");
        var once = UUID.randomUUID().toString();
        send(tenant, "/me/bind", "_once", once, "unit", "" + town.near().emptyUnit(), "relation", "tenant");
        assertThat(page(now(), "/me"))
                .as("asked for again")
                .doesNotContain("社区结束了绑定")
                .contains("等社区看");
        pump.run();
        assertThat(page(now(), "/notices")).contains("房屋绑定结束了");
        assertThat(jdbc.sql(
                                "select account || ' ' || (detail -> 'reason' is null) from audit_entry where action = 'binding.ended' and subject_id = ?")
                        .param(String.valueOf(member))
                        .query(String.class)
                        .single())
                .as("who, and the reason in a row that can be erased")
                .isEqualTo(desk.account() + " true");
    }

    @Test
    void whoHasNoAccountYetReadsTheReasonOnceTheyHaveOne() throws Exception {
        var desk = town.near().communityDesk();
        var person = towns.person("周没有");
        var home = jdbc.sql(
                        "insert into household_member (unit, person, relation, during) values (?, ?, 'tenant', '[2024-01-01,)') returning id")
                .params(town.near().emptyUnit(), person)
                .query(Long.class)
                .single();
        assertThat(page(desk, building())).contains("他还没有账号，登录以后看得到");
        assertThat(send(desk, "/community/households/" + home + "/end", "reason", "租约到期")
                        .getStatus())
                .isEqualTo(303);
        var account = jdbc.sql("insert into account (person, created_at) values (?, now()) returning id")
                .param(person)
                .query(Long.class)
                .single();
        assertThat(page(towns.reader(account), "/me")).contains("社区结束了绑定", "租约到期");
        assertThat(page(towns.reader(account), "/me/data")).contains("社区结束的：租约到期");
    }

    @Test
    void whoWasBoundByMistakeOnThatVeryDayNeverLivedThere() throws Exception {
        jdbc.sql(
                        "update household_member set during = daterange((now() at time zone 'Asia/Shanghai')::date, null) where id = ?")
                .param(member)
                .update();
        send(town.near().communityDesk(), "/community/households/" + member + "/end", "reason", "绑错了户");
        assertThat(jdbc.sql("select count(*) from household_member where person = ?")
                        .param(tenant.person())
                        .query(Integer.class)
                        .single())
                .isZero();
        assertThat(now().has(Role.RESIDENT)).isFalse();
    }
}

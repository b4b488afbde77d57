package org.hemei.access.security;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.util.List;
import java.util.UUID;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.SubmissionDesk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** The answer agrees with what the person gets: for orders, places and pages. */
@HemeiTest
class WhyTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    SubmissionDesk submissions;

    @Autowired
    JdbcClient jdbc;

    Town town;

    @BeforeEach
    void people() {
        town = towns.make();
    }

    private String ask(Reader person, String kind, String id) throws Exception {
        var page = mvc.perform(get("/security/why")
                        .param("account", "" + person.account())
                        .param("kind", kind)
                        .param("id", id)
                        .with(as(town.security())))
                .andReturn()
                .getResponse();
        assertThat(page.getStatus()).isEqualTo(200);
        return page.getContentAsString();
    }

    private String order() {
        var near = town.near();
        return submissions
                .submit(
                        near.resident(),
                        UUID.randomUUID().toString(),
                        new SubmissionDesk.Submission(
                                near.garden(),
                                null,
                                null,
                                "facility.light",
                                "楼道灯不亮，晚上看不见路",
                                "",
                                false,
                                java.util.List.of(),
                                "resident",
                                null,
                                null))
                .toString();
    }

    @Test
    void anOrderIsExplainedByTheStandingsToIt() throws Exception {
        var id = order();
        assertThat(ask(town.near().communityDesk(), "order", id)).contains("看得到", "身份：社区", "社区工作人员");
        assertThat(ask(town.near().resident(), "order", id)).contains("不靠授权也看得到：点单人", "不包含它");
        assertThat(ask(town.far().communityDesk(), "order", id)).contains("看不到", "不包含它");
        assertThat(ask(town.near().communityDesk(), "order", "340111-999999999"))
                .contains("没有这样东西");
        assertThat(ask(town.near().communityDesk(), "order", "'; drop")).contains("没有这样东西");
    }

    @Test
    void ofSeveralGrantsOnlyThoseThatCountAreNamed() throws Exception {
        var account = towns.account(Role.STREET, town.near().street(), null, null, null);
        towns.grant(account.account(), Role.COMMUNITY, town.far().community(), null, null, null);
        jdbc.sql("update access_grant set until = now() where account = ? and role = 'COMMUNITY'")
                .param(account.account())
                .update();
        var page = ask(account, "area", town.near().community());
        assertThat(page).contains("管着这个地方", "结束了");
        assertThat(ask(account, "area", town.far().community())).contains("现有的授权都不包含它");
        for (var blind : List.of(town.near().assessor(), town.system(), town.audit())) {
            assertThat(ask(blind, "area", town.near().community())).doesNotContain("管着这个地方");
        }
        assertThat(ask(town.near().manager(), "estate", "" + town.near().garden()))
                .contains("在这个小区办事");
        assertThat(ask(town.near().manager(), "body", "" + town.near().company()))
                .contains("替这家单位办事");
    }

    @Test
    void aListOfMembersIsOpenByPostAndByNoGrant() throws Exception {
        var near = town.near();
        var branch = "" + towns.bodyOf("party_organisation", "estate_branch", "试支部", near.community(), near.garden());
        towns.post(near.resident().person(), Long.parseLong(branch), "书记");
        assertThat(ask(near.resident(), "members", branch)).contains("看得到", "不靠授权也看得到：书记");
        for (var overseer : new Reader[] {near.organisationDesk(), near.communityDesk(), town.cityDesk()}) {
            assertThat(ask(overseer, "members", branch)).contains("看不到", "授权给不了");
        }
        assertThat(ask(near.resident(), "members", "" + near.committee())).contains("没有这样东西");
    }

    @Test
    void aPageAnswersForItself() throws Exception {
        var id = order();
        for (var person : new Reader[] {
            town.near().communityDesk(),
            town.far().communityDesk(),
            town.near().resident(),
            town.near().helper()
        }) {
            for (var path : new String[] {"/todo", "/overview", "/community/bindings", "/orders/" + id, "/me"}) {
                var status = mvc.perform(get(path).with(as(towns.reader(person.account()))))
                        .andReturn()
                        .getResponse()
                        .getStatus();
                assertThat(ask(person, "route", path))
                        .as(path + " " + status)
                        .contains(status < 400 ? ">看得到<" : ">看不到<");
            }
        }
        assertThat(ask(town.near().communityDesk(), "route", "/no-such-page")).contains("没有这样东西");
        assertThat(ask(town.near().communityDesk(), "route", "https://elsewhere.example/"))
                .contains("没有这样东西");
    }

    @Test
    void thatItWasAskedIsOnRecordAndAClosedAccountSeesNothing() throws Exception {
        var person = town.near().communityDesk();
        jdbc.sql("update account set disabled_at = now() where id = ?")
                .param(person.account())
                .update();
        assertThat(ask(person, "area", town.near().community())).contains("账号停用了");
        assertThat(jdbc.sql("select count(*) from audit_entry where action = 'access.explained' and subject_id = ?")
                        .param("" + person.account())
                        .query(Integer.class)
                        .single())
                .isOne();
    }
}

package org.hemei.platform.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Duration;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

@HemeiTest
class NoticesTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    MovableClock clock;

    @Autowired
    Notices notices;

    @Autowired
    NoticeChoices choices;

    @Autowired
    TransactionTemplate transaction;

    private Town town;

    @BeforeEach
    void build() {
        town = towns.make();
    }

    @AfterEach
    void putBack() {
        clock.reset();
    }

    private void send(Reader to, String title) {
        transaction.executeWithoutResult(status -> notices.send(
                NoticeKinds.DUTIES, to.account(), town.near().district(), title, "维修师傅今天上门。", "/orders/1-2"));
        clock.advance(Duration.ofMinutes(1));
    }

    @Test
    void nobodyIsToldOfWhatWasRolledBack() {
        var resident = town.near().resident();
        transaction.executeWithoutResult(status -> {
            notices.send(NoticeKinds.DUTIES, resident.account(), town.near().district(), "没有发生", "", "/");
            status.setRollbackOnly();
        });

        assertThat(notices.unread(resident)).isZero();
        assertThatThrownBy(() -> notices.send(NoticeKinds.DUTIES, resident.account(), 1, "", "", "/"))
                .as("only inside a transaction")
                .isInstanceOf(org.springframework.transaction.IllegalTransactionStateException.class);
    }

    /** Whatever is sent has a place on the page of choices, and nobody is asked about what never comes to them, or not that way. */
    @Test
    void eachSortOfNewsStandsOnThePageOfThoseWhoAreToldOfIt() throws Exception {
        assertThat(choices.topics())
                .extracting(NoticeKinds.Topic::code)
                .contains("other", "programs", "listing", "audit_alarm", "privacy_answer")
                .doesNotHaveDuplicates();
        mvc.perform(get("/me/notices").with(as(town.near().housingDesk())))
                .andExpect(content().string(containsString("“黑名单”")))
                .andExpect(content().string(containsString("代办和任职")))
                .andExpect(content().string(not(containsString("name=\"sms\" value=\"listing\""))))
                .andExpect(content().string(containsString("name=\"sms\" value=\"order_rating\"")));
        var resident = town.near().resident();
        mvc.perform(get("/me/notices").with(as(resident)))
                .andExpect(content().string(containsString("您的个人信息请求")))
                .andExpect(content().string(containsString("name=\"sms\" value=\"order_rating\"")))
                .andExpect(content().string(not(containsString("审计告警"))))
                .andExpect(content().string(not(containsString("value=\"listing\""))));
        choices.setAll(resident, java.util.List.of(), java.util.List.of(), false);
        assertThat(choices.of(resident.account(), NoticeKinds.Channel.MAIL))
                .containsEntry("order_rating", false)
                .doesNotContainKey("listing");
    }

    @Test
    void aNoticeLeadsToAPageOfOurs() {
        assertThatThrownBy(() -> transaction.executeWithoutResult(
                        status -> notices.send(NoticeKinds.DUTIES, 1, 340111, "t", "b", "https://elsewhere.example/")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theInboxIsKeyPagedAndOnesOwn() throws Exception {
        var resident = town.near().resident();
        for (var i = 1; i <= 25; i++) {
            send(resident, "第" + i + "条");
        }
        var shown = mvc.perform(get("/notices").with(as(resident)))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("第25条")))
                .andExpect(content().string(containsString("25 条没看")))
                .andExpect(content().string(not(containsString("第5条"))))
                .andReturn()
                .getResponse()
                .getContentAsString();
        var next = shown.substring(shown.indexOf("/notices?before="));
        mvc.perform(get(next.substring(0, next.indexOf('"'))).with(as(resident)))
                .andExpect(content().string(containsString("第5条")))
                .andExpect(content().string(containsString("第1条")))
                .andExpect(content().string(not(containsString("第6条"))));
        mvc.perform(get("/notices").with(as(town.near().neighbour())))
                .andExpect(content().string(containsString("还没有消息")));
        mvc.perform(get("/notices").param("before", "' or 1=1 --").with(as(resident)))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("第25条")));
    }

    @Test
    void openingOneMarksItAndLeadsOn() throws Exception {
        var resident = town.near().resident();
        send(resident, "派单了");
        var id = notices.list(resident, null, 1).getFirst().id();

        mvc.perform(post("/notices/" + id + "/read")
                        .with(as(town.near().neighbour()))
                        .with(csrf()))
                .andExpect(status().isNotFound());
        assertThat(notices.unread(resident)).isOne();

        mvc.perform(post("/notices/" + id + "/read").with(as(resident)).with(csrf()))
                .andExpect(status().isSeeOther())
                .andExpect(redirectedUrl("/orders/1-2"));
        assertThat(notices.unread(resident)).isZero();
    }

    @Test
    void readAllLeavesWhatCameInMeanwhile() throws Exception {
        var desk = town.near().communityDesk();
        send(desk, "早来的");
        var page = mvc.perform(get("/notices").with(as(desk)))
                .andExpect(content().string(containsString("早来的")))
                .andReturn()
                .getResponse()
                .getContentAsString();
        var before = clock.instant().minus(Duration.ofDays(1));
        send(desk, "后来的");
        transaction.executeWithoutResult(status -> notices.send(
                NoticeKinds.DUTIES,
                desk.account(),
                town.near().district(),
                "昨天的事，后来才说",
                "维修师傅今天上门。",
                "/orders/1-2",
                before));

        mvc.perform(post("/notices/read-all")
                        .param("asOf", value(page, "asOf"))
                        .param("shown", value(page, "shown"))
                        .with(as(desk))
                        .with(csrf()))
                .andExpect(status().isSeeOther());

        assertThat(notices.list(desk, null, 5))
                .extracting(Notice::title, Notice::unread)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("后来的", true),
                        org.assertj.core.groups.Tuple.tuple("早来的", false),
                        org.assertj.core.groups.Tuple.tuple("昨天的事，后来才说", true));
    }

    @Test
    void readAllReachesWhatStoodBelowThePage() {
        var desk = town.near().communityDesk();
        send(desk, "在下面的");
        send(desk, "在页上的");
        var shown = List.of(notices.list(desk, null, 1).getFirst().id());
        clock.reset();
        var made = clock.instant();
        notices.readAll(desk, shown, made);
        assertThat(notices.unread(desk)).as("it may have come in just now").isOne();
        notices.readAll(desk, shown, made.plus(Duration.ofMinutes(3)));
        assertThat(notices.unread(desk)).isZero();
    }

    private static String value(String page, String name) {
        var start = "name=\"" + name + "\" value=\"";
        var rest = page.substring(page.indexOf(start) + start.length());
        return rest.substring(0, rest.indexOf('"'));
    }
}

package org.hemei.workorder.desk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.startsWith;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.header;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.DisputeDesk;
import org.hemei.workorder.JointDesk;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.SubmissionDesk.Submission;
import org.hemei.workorder.SupervisionDesk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** What the desks see and do over HTTP: forms for what they may do, refusals with what was typed, stale versions, scope. */
@HemeiTest
class DeskPagesTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    SupervisionDesk supervisions;

    @Autowired
    DisputeDesk disputes;

    @Autowired
    JointDesk joint;

    @Autowired
    JdbcClient jdbc;

    Town town;
    Town.Side near;
    OrderId order;

    @BeforeEach
    void anOrderIsFiled() {
        town = towns.make();
        near = town.near();
        order = orders.file(near.resident(), said("楼道灯不亮，晚上看不见路", false));
    }

    private Submission said(String words, boolean anonymous) {
        return new Submission(
                near.garden(),
                near.building(),
                near.unit(),
                "facility.light",
                words,
                "",
                anonymous,
                List.of(),
                "resident",
                null,
                null);
    }

    private ResultActions see(Reader reader, String path) throws Exception {
        return mvc.perform(get(path).with(as(reader)));
    }

    private ResultActions send(Reader reader, String verb, String... form) throws Exception {
        var request = post("/orders/" + order + "/" + verb)
                .with(as(reader))
                .with(csrf())
                .param("version", Integer.toString(orders.version(order)));
        for (int i = 0; i < form.length; i += 2) {
            request.param(form[i], form[i + 1]);
        }
        return mvc.perform(request);
    }

    @Test
    void theCommunityDispatchesFromTheInboxWithTheUsualHolderChosen() throws Exception {
        see(near.communityDesk(), "/todo")
                .andExpect(status().isOk())
                .andExpect(content()
                        .string(allOf(
                                containsString("楼道灯不亮"),
                                containsString("② 派单"),
                                containsString("name=\"holder\" value=\"" + near.company() + "\" checked"))));
        send(near.communityDesk(), "dispatch", "holder", "" + near.company(), "back", "/todo")
                .andExpect(status().isSeeOther())
                .andExpect(header().string("Location", "/todo?did=dispatch&order=" + order));
        assertThat(orders.state(order)).isEqualTo("dispatched");
        see(near.communityDesk(), "/todo?did=dispatch&order=" + order)
                .andExpect(content().string(containsString("派出去了")));
        see(near.manager(), "/todo").andExpect(content().string(containsString("接单")));
    }

    @Test
    void whoOnlyHelpsReadsNeitherMarksNorDisputes() throws Exception {
        var shared = orders.at(Orders.Stage.MARKED, near, near.neighbour(), "树挡了窗，请来看看");
        supervisions.supervise(near.streetDesk(), shared, orders.version(shared), "三天没动静，请说清楚");
        disputes.request(near.manager(), shared, orders.version(shared), "not_ours", "这棵树归园林");
        disputes.refuse(near.communityDesk(), shared, orders.version(shared), "在围墙以内");
        joint.share(
                near.communityDesk(),
                shared,
                orders.version(shared),
                near.helperBody(),
                "查树根",
                java.time.Instant.now().plusSeconds(86_400));
        var said = List.of("李某某", "请抓紧办", "三天没动静", "这棵树归园林", "在围墙以内");
        for (var words : said) {
            see(near.manager(), "/orders/" + shared).andExpect(content().string(containsString(words)));
            see(near.helper(), "/orders/" + shared)
                    .andExpect(status().isOk())
                    .andExpect(content().string(containsString("查树根")))
                    .andExpect(content().string(not(containsString(words))));
        }
    }

    @Test
    void theWholeWayOverTheForms() throws Exception {
        send(near.communityDesk(), "dispatch", "holder", "" + near.company()).andExpect(status().isSeeOther());
        send(near.manager(), "take").andExpect(status().isSeeOther());
        for (var form : List.of("assign", "contact", "ask-help", "resolve", "note")) {
            see(near.manager(), "/orders/" + order + "/" + form).andExpect(status().isOk());
        }
        send(near.manager(), "assign", "assignee", "" + near.staff().account()).andExpect(status().isSeeOther());
        see(near.staff(), "/todo").andExpect(content().string(containsString("楼道灯不亮")));
        send(near.staff(), "contact", "how", "phone", "words", "约了今晚来修").andExpect(status().isSeeOther());
        var soon =
                org.hemei.platform.time.CivilTime.date(java.time.Instant.now()).plusDays(3);
        for (var body : List.of(near.helperBody(), near.otherHelperBody())) {
            send(near.manager(), "ask-help", "body", "" + body, "what", "查一查线路", "due", soon.toString())
                    .andExpect(status().isSeeOther());
        }
        var first = assist(near.helperBody());
        see(near.helper(), "/todo").andExpect(content().string(containsString("查一查线路")));
        see(near.helper(), "/orders/" + order).andExpect(content().string(containsString("接下协办")));
        send(near.helper(), "assists/" + first + "/accept").andExpect(status().isSeeOther());
        see(near.helper(), "/orders/" + order + "/assists/" + first + "/done").andExpect(status().isOk());
        send(near.helper(), "assists/" + first + "/done", "result", "线路没问题").andExpect(status().isSeeOther());
        var second = assist(near.otherHelperBody());
        see(near.otherHelper(), "/orders/" + order + "/assists/" + second + "/decline")
                .andExpect(status().isOk());
        send(near.otherHelper(), "assists/" + second + "/decline", "reason", "不归我们管")
                .andExpect(status().isSeeOther());
        send(near.manager(), "resolve", "words", "换了灯泡").andExpect(status().isSeeOther());
        assertThat(orders.state(order)).isEqualTo("resolved");
        see(near.communityDesk(), "/orders/" + order)
                .andExpect(content().string(allOf(containsString("核验通过"), containsString("换了灯泡"))));
        see(near.communityDesk(), "/orders/" + order + "/send-back").andExpect(status().isOk());
        send(near.communityDesk(), "send-back", "reason", "还是不亮").andExpect(status().isSeeOther());
        send(near.manager(), "resolve", "words", "换了整盏灯").andExpect(status().isSeeOther());
        send(near.communityDesk(), "verify", "words", "亮了").andExpect(status().isSeeOther());
        assertThat(orders.state(order)).isEqualTo("awaiting_rating");
        see(near.streetDesk(), "/orders/" + order)
                .andExpect(content().string(allOf(containsString("亮了"), not(containsString("核验通过，请居民评价")))));
    }

    private long assist(long body) {
        return jdbc.sql("select id from assist_task where district = ? and order_id = ? and body = ?")
                .params(order.district(), order.id(), body)
                .query(Long.class)
                .single();
    }

    @Test
    void aRefusalStandsAtItsFieldAndKeepsWhatWasTyped() throws Exception {
        for (var form : List.of("dispatch", "reject", "answer", "merge")) {
            see(near.communityDesk(), "/orders/" + order + "/" + form).andExpect(status().isOk());
        }
        send(near.communityDesk(), "reject", "reason", "不归社区管", "elsewhere", "")
                .andExpect(status().isUnprocessableContent())
                .andExpect(content()
                        .string(allOf(
                                containsString("还没写该去哪儿办"),
                                containsString("不归社区管"),
                                containsString("aria-invalid=\"true\""))));
        send(near.communityDesk(), "dispatch").andExpect(status().isUnprocessableContent());
        send(near.communityDesk(), "dispatch", "holder", "" + town.far().company())
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("不管这个小区")));
        send(near.communityDesk(), "merge", "kept", "' or 1=1").andExpect(status().isUnprocessableContent());
        send(near.communityDesk(), "merge", "number", order.number(java.time.Instant.now()))
                .andExpect(status().isUnprocessableContent());
        assertThat(orders.state(order)).isEqualTo("submitted");
    }

    @Test
    void aStaleVersionSaysWhoWasFirstAndKeepsWhatWasTyped() throws Exception {
        var seen = orders.version(order);
        send(near.communityDesk(), "accept").andExpect(status().isSeeOther());
        mvc.perform(post("/orders/" + order + "/answer")
                        .with(as(near.communityDesk()))
                        .with(csrf())
                        .param("version", "" + seen)
                        .param("words", "路灯归市政管，已经报修"))
                .andExpect(status().isConflict())
                .andExpect(content().string(allOf(containsString("先受理了"), containsString("路灯归市政管，已经报修"))));
        assertThat(orders.state(order)).isEqualTo("awaiting_dispatch");
    }

    @Test
    void nobodyFromTheFarSideFindsTheOrder() throws Exception {
        var far = town.far();
        for (var reader : List.of(
                far.communityDesk(), far.manager(), far.staff(), far.helper(), far.streetDesk(), far.districtDesk())) {
            see(reader, "/orders/" + order).andExpect(status().isNotFound());
            see(reader, "/orders?q=" + order.id()).andExpect(content().string(not(containsString("楼道灯不亮"))));
            see(reader, "/orders?area=" + near.community()).andExpect(content().string(not(containsString("楼道灯不亮"))));
            for (var verb : List.of("dispatch", "take", "verify", "answer", "note", "ask-help", "resolve")) {
                see(reader, "/orders/" + order + "/" + verb);
                send(reader, verb, "holder", "1", "words", "x").andExpect(status().isNotFound());
            }
        }
        assertThat(orders.state(order)).isEqualTo("submitted");
    }

    @Test
    void theCompanySeesOfAnAnonymousOrderTheBuildingOnly() throws Exception {
        order = orders.file(near.resident(), said("物业私自涨停车费，请管一管", true));
        send(near.communityDesk(), "dispatch", "holder", "" + near.company());
        send(near.manager(), "take");
        see(near.communityDesk(), "/orders/" + order)
                .andExpect(content().string(allOf(containsString("王**"), containsString("1单元101"))));
        for (var page : List.of("", "/contact", "/resolve", "/note")) {
            see(near.manager(), "/orders/" + order + page)
                    .andExpect(content().string(allOf(containsString("1幢"), not(containsString("1单元101")))))
                    .andExpect(content().string(not(containsString("/phone\""))));
        }
        see(near.manager(), "/orders/" + order).andExpect(content().string(containsString("匿名")));
        see(near.manager(), "/orders/" + order + "/phone").andExpect(status().isNotFound());
    }

    @Test
    void noButtonThatWouldBeRefused() throws Exception {
        see(near.districtDesk(), "/orders/" + order)
                .andExpect(status().isOk())
                .andExpect(content().string(not(containsString("method=\"post\" action=\"/orders/"))));
        see(near.streetDesk(), "/orders/" + order + "/dispatch")
                .andExpect(status().isSeeOther())
                .andExpect(header().string("Location", startsWith("/orders/")));
        see(near.resident(), "/todo").andExpect(status().isForbidden());
    }
}

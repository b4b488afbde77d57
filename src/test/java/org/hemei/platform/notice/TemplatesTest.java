package org.hemei.platform.notice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** Words as data: seen before they count, refused with an unknown place, versioned, and in force from then on. */
@HemeiTest
class TemplatesTest {

    private static final String ONE = "/admin/notices/work_order.dispatch/reporter/inbox";

    @Autowired
    MockMvc mvc;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    Pump pump;

    @Autowired
    Notices notices;

    private Town town;

    @BeforeEach
    void build() {
        asShipped();
        town = towns.make();
    }

    @AfterEach
    void asShipped() {
        jdbc.sql("delete from notice_template").update();
    }

    private ResultActions hand(String path, int version, String title, String text, String active, String what)
            throws Exception {
        return mvc.perform(post(path)
                .param("version", String.valueOf(version))
                .param("title", title)
                .param("text", text)
                .param("active", active)
                .param("do", what)
                .with(as(town.system()))
                .with(csrf()));
    }

    @Test
    void wordsAreSeenBeforeTheyCountAndCountFromThenOn() throws Exception {
        hand(ONE, 0, "{estate}的单派出去了", "", "yes", "preview")
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("和平花园的单派出去了")));
        assertThat(jdbc.sql("select count(*) from notice_template")
                        .query(Integer.class)
                        .single())
                .isZero();
        hand(ONE, 0, "{estate}的单派出去了", "", "yes", "set").andExpect(redirectedUrl(ONE + "?done=set"));
        hand(ONE, 0, "别人同时改的", "", "yes", "set").andExpect(status().isConflict());

        var resident = town.near().resident();
        orders.at(Orders.Stage.DISPATCHED, town.near(), resident, "水管漏水，请来看看。");
        pump.run();
        var name = jdbc.sql("select name from estate where id = ?")
                .param(town.near().garden())
                .query(String.class)
                .single();
        assertThat(notices.list(resident, null, 9)).extracting(Notice::title).contains(name + "的单派出去了");
        mvc.perform(get(ONE).with(as(town.system())))
                .andExpect(content().string(containsString("第 1 次")))
                .andExpect(content().string(containsString("随系统来的")));
    }

    @Test
    void aPlaceThatIsNotThereIsRefused() throws Exception {
        hand(ONE, 0, "{name}说的事", "", "yes", "set")
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("没有“{name}”这个位置")));
        hand(ONE, 0, "{estate 的单", "", "yes", "set")
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("大括号不成对")));
        hand("/admin/notices/work_order.verify/reporter/sms", 0, "", "字".repeat(131), "yes", "set")
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("最多 130 个字")));
    }

    @Test
    void whatIsSwitchedOffIsNotSaid() throws Exception {
        hand(ONE, 0, "派出去了", "", "no", "set").andExpect(redirectedUrl(ONE + "?done=set"));
        var resident = town.near().resident();
        orders.at(Orders.Stage.DISPATCHED, town.near(), resident, "水管漏水，请来看看。");
        pump.run();
        assertThat(notices.list(resident, null, 9)).isEmpty();
    }

    @Test
    void hoursOfQuietAreARuleWithABasis() throws Exception {
        var page = mvc.perform(get("/admin/notices").with(as(town.system())))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("22:00—07:00")));
        page.andExpect(content().string(containsString("有新点单，等您受理")));
        mvc.perform(post("/admin/notices/quiet")
                        .param("channel", "mail")
                        .param("from", "21:00")
                        .param("to", "25:00")
                        .param("since", "2020-01-01")
                        .with(as(town.system()))
                        .with(csrf()))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("请填几点几分")))
                .andExpect(content().string(containsString("请写依据")));
        mvc.perform(get("/admin/notices").with(as(town.near().communityDesk())))
                .andExpect(status().isForbidden())
                .andExpect(content().string(not(containsString("22:00"))));
    }
}

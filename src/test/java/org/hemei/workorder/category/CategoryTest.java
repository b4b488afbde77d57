package org.hemei.workorder.category;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.hemei.testing.Orders.Stage;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.filing.FilingQueries;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;
import org.springframework.transaction.annotation.Transactional;

/** The tree of categories as the city keeps it; each test's tree is undone. */
@HemeiTest
@Transactional
class CategoryTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    FilingQueries filing;

    @Autowired
    JdbcClient jdbc;

    Town town;
    Reader city;

    @BeforeEach
    void who() {
        town = towns.make();
        city = town.cityDesk();
    }

    @Test
    void a_new_leaf_is_offered_and_found_by_what_people_say() throws Exception {
        var near = town.near();
        var some = orders.at(Stage.SUBMITTED, near, near.resident(), "扶梯不动了");
        send("/categories/new", leaf("扶梯停了", "扶梯、自动扶梯")).andExpect(status().isSeeOther());
        var leaf = filing.categories().stream()
                .filter(one -> one.name().equals("扶梯停了"))
                .findFirst()
                .orElseThrow();
        assertThat(leaf.code()).isEqualTo("facility.c1");
        assertThat(leaf.icon()).isEqualTo(icon("facility"));
        assertThat(FilingQueries.suggest(filing.categories(), "商场的自动扶梯不动", "")).contains(leaf);
        see("/categories").andExpect(content().string(containsString("扶梯停了")));
        jdbc.sql("update work_order set category = 'facility.c1' where (district, id) = (?, ?)")
                .params(some.district(), some.id())
                .update();
        see("/categories")
                .andExpect(content().string(containsString("/orders?category=facility.c1&amp;state=open\">1 张</a>")));
        see("/orders?category=facility.c1&state=open").andExpect(content().string(containsString("扶梯不动了")));
    }

    @Test
    void a_branch_is_offered_once_it_has_a_leaf() throws Exception {
        send("/categories/new", values("", "宠物", "宠物", "ordinary") + "&icon=dog")
                .andExpect(status().isSeeOther());
        assertThat(filing.categories()).noneMatch(one -> one.name().equals("宠物"));
        send("/categories/new", values("c1", "猫", "流浪猫", "ordinary")).andExpect(status().isSeeOther());
        assertThat(filing.categories()).anyMatch(one -> one.name().equals("宠物"));
        assertThat(filing.categories()).anyMatch(one -> one.code().equals("c1.c1"));
    }

    @Test
    void what_is_wrong_is_said_at_its_field() throws Exception {
        send("/categories/new", "parent=facility&name=&words=&urgency=&position=0&basis=")
                .andExpect(status().isUnprocessableContent())
                .andExpect(content()
                        .string(allOf(
                                containsString("请填名字"),
                                containsString("至少一个词"),
                                containsString("请选缓急"),
                                containsString("请写依据"))));
        send("/categories/new", values("facility", "新的", "一二三四五六七八九十一二三", "ordinary"))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("一个词最多 12 个字")));
        send("/categories/new", values("facility", "新的", "一二三四五六七八九十一二", "ordinary"))
                .andExpect(status().isSeeOther());
        send("/categories/new", values("facility", "电梯", "电梯", "ordinary"))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("已经有“电梯”了")));
        send("/categories/new", values("facility.lift", "再小一类", "小", "ordinary"))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("没有这个大类")));
        send("/categories/new", values("", "没有图", "图", "ordinary"))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("请选一张图")));
    }

    @Test
    void a_change_of_urgency_is_for_what_is_filed_from_then_on_and_stays_readable() throws Exception {
        var near = towns.make().near();
        var before = orders.at(Stage.SUBMITTED, near, near.resident(), "楼道的灯不亮了");
        var category = category(before.toString());
        var page = see("/categories/" + category)
                .andExpect(content().string(containsString("没有改过")))
                .andReturn();
        assertThat(page.getResponse().getContentAsString()).contains("name=\"version\" value=\"1\"");
        var changed = "version=1&name=" + name(category) + "&words=一个词&urgency=urgent&position=1&basis=新办法";
        send("/categories/" + category, changed).andExpect(status().isSeeOther());
        assertThat(urgency(before.toString())).isEqualTo("ordinary");
        assertThat(jdbc.sql("select urgency from category where code = ?")
                        .param(category)
                        .query(String.class)
                        .single())
                .isEqualTo("urgent");
        see("/categories/" + category)
                .andExpect(content()
                        .string(allOf(containsString("→ 紧急"), containsString("→ 一个词"), containsString("新办法"))));
        send("/categories/" + category, changed.replace("一个词", "别的词"))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(allOf(containsString("刚被别人改过"), containsString("别的词"))));
    }

    @Test
    void a_branch_that_is_renamed_keeps_what_its_form_does_not_ask() throws Exception {
        send("/categories/fire", "version=1&name=消防&words=消防&position=8&basis=新办法&icon=fire")
                .andExpect(status().isSeeOther());
        assertThat(jdbc.sql("select urgency from category where code = 'fire'")
                        .query(String.class)
                        .single())
                .isEqualTo("urgent");
        see("/categories/fire").andExpect(content().string(not(containsString("缓急："))));
    }

    @Test
    void what_is_stopped_takes_no_new_orders_and_may_come_back() throws Exception {
        send("/categories/dog/stop", "version=1&reason=").andExpect(status().isUnprocessableContent());
        send("/categories/dog/stop", "version=1&reason=归城管办").andExpect(status().isSeeOther());
        assertThat(filing.categories()).noneMatch(one -> one.code().startsWith("dog"));
        send("/categories/dog.bite/restore", "version=2&reason=再办")
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("请先启用大类")));
        send("/categories/dog/restore", "version=2&reason=再办").andExpect(status().isSeeOther());
        assertThat(filing.categories()).noneMatch(one -> one.code().startsWith("dog"));
        send("/categories/dog.bite/restore", "version=2&reason=再办").andExpect(status().isSeeOther());
        assertThat(filing.categories()).anyMatch(one -> one.code().equals("dog"));
        see("/categories/dog.bite").andExpect(content().string(allOf(containsString("归城管办"), containsString("重新启用"))));
    }

    @Test
    void the_last_leaf_cannot_be_stopped() throws Exception {
        jdbc.sql("update category set active = false where parent is not null and code <> 'dog.bite'")
                .update();
        send("/categories/dog.bite/stop", "version=1&reason=试")
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("最后一类")));
        send("/categories/dog/stop", "version=1&reason=试").andExpect(status().isUnprocessableContent());
    }

    @Test
    void who_is_on_duty_reads_and_only_the_city_changes() throws Exception {
        var desk = towns.make().near().communityDesk();
        mvc.perform(get("/categories/dog.bite").with(as(desk)))
                .andExpect(status().isOk())
                .andExpect(content().string(not(containsString("name=\"version\""))));
        mvc.perform(post("/categories/dog.bite/stop")
                        .with(as(desk))
                        .with(csrf())
                        .param("version", "1")
                        .param("reason", "试")
                        .param("_once", UUID.randomUUID().toString()))
                .andExpect(status().isForbidden());
    }

    private static String leaf(String name, String words) {
        return values("facility", name, words, "utility");
    }

    private static String values(String parent, String name, String words, String urgency) {
        return "parent=" + parent + "&name=" + name + "&words=" + words + "&urgency=" + urgency
                + "&position=50&basis=试行办法";
    }

    private String icon(String code) {
        return jdbc.sql("select icon from category where code = ?")
                .param(code)
                .query(String.class)
                .single();
    }

    private String name(String code) {
        return jdbc.sql("select name from category where code = ?")
                .param(code)
                .query(String.class)
                .single();
    }

    private String category(String order) {
        return column("category", order);
    }

    private String urgency(String order) {
        return column("urgency", order);
    }

    private String column(String column, String order) {
        var id = org.hemei.workorder.OrderId.valueOf(order);
        return jdbc.sql("select " + column + " from work_order where district = ? and id = ?")
                .params(id.district(), id.id())
                .query(String.class)
                .single();
    }

    private ResultActions see(String path) throws Exception {
        return mvc.perform(get(path).with(as(city)));
    }

    private ResultActions send(String path, String form) throws Exception {
        var request = post(path)
                .with(as(city))
                .with(csrf())
                .param("_once", UUID.randomUUID().toString());
        for (var pair : form.split("&")) {
            var value = pair.split("=", 2);
            request.param(value[0], value[1]);
        }
        return mvc.perform(request);
    }
}

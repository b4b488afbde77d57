package org.hemei.workorder.clock;

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

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.hemei.testing.Orders.Stage;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.OrderId;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** Time over HTTP: what each side is shown of a clock, what it may ask and decide, and how the city sets the rules. */
@HemeiTest
class ClockPagesTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    InstantSource clock;

    Town town;
    Town.Side near;

    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
    }

    @Test
    void who_decides_finds_the_request_in_the_inbox_and_on_the_order() throws Exception {
        var order = orders.at(Stage.EXTENDING, near, near.resident(), "门锁坏了");
        see(near.communityDesk(), "/todo?need=decide_extension")
                .andExpect(content().string(allOf(containsString("定延期"), containsString("门锁坏了"))));
        see(near.streetDesk(), "/todo").andExpect(content().string(not(containsString("门锁坏了"))));
        see(near.communityDesk(), "/orders/" + order)
                .andExpect(content()
                        .string(allOf(
                                containsString("处理单位要延期"), containsString("延期 3 个工作日"), containsString("配件要订货"))));
        send(near.communityDesk(), order, "refuse-extension", "reason", "")
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("不同意的理由")));
        send(near.communityDesk(), order, "grant-extension").andExpect(status().isSeeOther());
        assertThat(orders.state(order)).isEqualTo("in_progress");
        see(near.manager(), "/orders/" + order).andExpect(content().string(not(containsString("/ask-extension"))));
    }

    @Test
    void a_stopped_clock_says_what_it_waits_for_wherever_it_is_shown() throws Exception {
        var order = orders.at(Stage.SUSPENDED, near, near.resident(), "门锁坏了，等锁芯");
        var waits = containsString("计时已停，等配件、材料到货");
        see(near.communityDesk(), "/orders/" + order).andExpect(content().string(waits));
        see(near.manager(), "/orders/" + order).andExpect(content().string(allOf(waits, containsString("障碍没了，恢复计时"))));
        see(near.communityDesk(), "/orders?state=suspended").andExpect(content().string(waits));
        see(near.resident(), "/my/orders").andExpect(content().string(waits));
        see(near.resident(), "/orders/" + order)
                .andExpect(content().string(allOf(containsString("计时已停"), containsString("自动恢复计时"))));
        see(near.manager(), "/todo").andExpect(content().string(not(containsString("门锁坏了，等锁芯"))));
    }

    @Test
    void the_resident_reads_in_advance_what_happens_by_itself() throws Exception {
        var order = orders.at(Stage.CONTACTED, near, near.resident(), "门锁坏了");
        see(near.resident(), "/orders/" + order)
                .andExpect(content()
                        .string(allOf(
                                containsString("系统会自己往上报"),
                                containsString("还没处理好，报社区"),
                                containsString("还没处理好，报街道"),
                                not(containsString("提醒处理单位")))));
        see(near.manager(), "/orders/" + order).andExpect(content().string(containsString("处理快到期，提醒处理单位")));
    }

    @Test
    void asking_says_all_that_is_missing_at_its_field() throws Exception {
        var order = orders.at(Stage.CONTACTED, near, near.resident(), "门锁坏了");
        see(near.manager(), "/orders/" + order + "/ask-suspension")
                .andExpect(content().string(allOf(containsString("等配件、材料到货"), containsString("最多停 30 天"))));
        send(near.manager(), order, "ask-suspension", "obstacle", "laziness", "until", "2020-01-01", "reason", "")
                .andExpect(status().isUnprocessableContent())
                .andExpect(content()
                        .string(allOf(containsString("id=\"e-obstacle\""), containsString("id=\"e-reason\""))));
        send(near.manager(), order, "ask-extension", "days", "ten", "reason", "要订货")
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("id=\"e-days\"")));
    }

    @Test
    void the_city_sets_a_rule_from_a_day_on_and_everybody_on_duty_reads_it() throws Exception {
        var day = CivilTime.date(clock.instant()).plusDays(400);
        var key = UUID.randomUUID().toString();
        set(
                        "/deadlines/new",
                        key,
                        "clock",
                        "contact",
                        "category",
                        "fee",
                        "amount",
                        "9",
                        "measure",
                        "hour",
                        "since",
                        day.toString(),
                        "basis",
                        "和美〔2026〕8 号")
                .andExpect(status().isSeeOther());
        see(near.communityDesk(), "/deadlines")
                .andExpect(content().string(allOf(containsString("和美〔2026〕8 号"), not(containsString("停用")))));
        set(
                        "/deadlines/new",
                        UUID.randomUUID().toString(),
                        "clock",
                        "contact",
                        "category",
                        "fee",
                        "amount",
                        "8",
                        "measure",
                        "hour",
                        "since",
                        day.toString(),
                        "basis",
                        "又一份")
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("这一天已经定过一次")));
        var today = CivilTime.date(clock.instant()).toString();
        set(
                        "/deadlines/new",
                        UUID.randomUUID().toString(),
                        "clock",
                        "contact",
                        "category",
                        "fee",
                        "amount",
                        "8",
                        "measure",
                        "hour",
                        "since",
                        today,
                        "basis",
                        "又一份")
                .andExpect(content().string(containsString("今天按今天的规则")));
        var id = jdbc.sql("select id from deadline_rule where basis = '和美〔2026〕8 号'")
                .query(Long.class)
                .single();
        mvc.perform(post("/deadlines/" + id + "/end").with(as(town.cityDesk())).with(csrf()))
                .andExpect(status().isSeeOther());
        assertThat(jdbc.sql("select count(*) from deadline_rule where id = ?")
                        .param(id)
                        .query(Long.class)
                        .single())
                .as("what has not begun is taken back")
                .isZero();
    }

    @Test
    void a_new_version_ends_the_one_before_on_its_first_day() throws Exception {
        var first = CivilTime.date(clock.instant()).plusDays(500);
        for (var since : new LocalDate[] {first, first.plusDays(30), first.plusDays(10)}) {
            set(
                            "/deadlines/steps/new",
                            UUID.randomUUID().toString(),
                            "clock",
                            "verify",
                            "category",
                            "fee",
                            "moment",
                            "after",
                            "amount",
                            "3",
                            "measure",
                            "hour",
                            "level",
                            "city",
                            "since",
                            since.toString(),
                            "basis",
                            "版本")
                    .andExpect(status().isSeeOther());
        }
        assertThat(daysOfSteps(first)).containsExactly("0 10", "10 30", "30 ");
        var middle = jdbc.sql("select id from escalation_rule where category = 'fee' and lower(valid) = ?")
                .param(first.plusDays(10))
                .query(Long.class)
                .single();
        mvc.perform(post("/deadlines/steps/" + middle + "/end")
                        .with(as(town.cityDesk()))
                        .with(csrf()))
                .andExpect(status().isSeeOther());
        assertThat(daysOfSteps(first)).as("the one before goes on").containsExactly("0 30", "30 ");
        jdbc.sql("delete from escalation_rule where category = 'fee'").update();
    }

    @Test
    void one_step_for_a_category_takes_no_other_away_and_the_whole_is_shown_before_it_is_set() throws Exception {
        var day = CivilTime.date(clock.instant()).plusDays(450);
        set(
                        "/deadlines/steps/new",
                        UUID.randomUUID().toString(),
                        "clock",
                        "resolve",
                        "category",
                        "fee",
                        "urgency",
                        "ordinary",
                        "moment",
                        "after",
                        "amount",
                        "3",
                        "measure",
                        "hour",
                        "level",
                        "street",
                        "since",
                        day.toString(),
                        "basis",
                        "先看看",
                        "go",
                        "look")
                .andExpect(status().isOk())
                .andExpect(content()
                        .string(allOf(
                                containsString("到期前 1 个工作日提醒处理单位"),
                                containsString("到期没办，报社区"),
                                containsString("<b>超时 3 小时，报街道</b>"),
                                not(containsString("超时 1 个工作日，报街道")),
                                containsString("超时 3 个工作日，报区"),
                                containsString("定下来"))));
        assertThat(jdbc.sql("select count(*) from escalation_rule where basis = '先看看'")
                        .query(Long.class)
                        .single())
                .as("only looked at")
                .isZero();
    }

    private List<String> daysOfSteps(LocalDate first) {
        return jdbc.sql("""
                        select lower(valid) - cast(? as date) || ' ' || coalesce((upper(valid) - cast(? as date))::text, '')
                        from escalation_rule where category = 'fee' and level = 'city' order by lower(valid)
                        """).params(first, first).query(String.class).list();
    }

    /** A rule every order of an urgency has is never without a version: one to come is taken back, what holds stays. */
    @Test
    void whatIsSaidOfAnUrgencyIsOnlyTakenBack() throws Exception {
        var day = CivilTime.date(clock.instant()).plusDays(600);
        set(
                        "/deadlines/new",
                        UUID.randomUUID().toString(),
                        "clock",
                        "contact",
                        "urgency",
                        "ordinary",
                        "amount",
                        "9",
                        "measure",
                        "hour",
                        "since",
                        day.toString(),
                        "basis",
                        "和美〔2026〕9 号")
                .andExpect(status().isSeeOther());
        var versions = jdbc.sql("""
                        select id from deadline_rule
                        where clock = 'contact' and urgency = 'ordinary' and category is null and (upper(valid) is null or upper(valid) = ?)
                        order by valid
                        """).param(day).query(Long.class).list();
        assertThat(versions).hasSize(2);
        mvc.perform(post("/deadlines/" + versions.getFirst() + "/end")
                        .with(as(town.cityDesk()))
                        .with(csrf()))
                .andExpect(status().isNotFound());
        mvc.perform(post("/deadlines/" + versions.getLast() + "/end")
                        .with(as(town.cityDesk()))
                        .with(csrf()))
                .andExpect(status().isSeeOther());
        assertThat(jdbc.sql("select upper_inf(valid) from deadline_rule where id = ?")
                        .param(versions.getFirst())
                        .query(Boolean.class)
                        .single())
                .as("the one before goes on")
                .isTrue();
    }

    private ResultActions set(String path, String key, String... form) throws Exception {
        var request = post(path).with(as(town.cityDesk())).with(csrf()).param("_once", key);
        for (int i = 0; i < form.length; i += 2) {
            request.param(form[i], form[i + 1]);
        }
        return mvc.perform(request);
    }

    private ResultActions see(Reader reader, String path) throws Exception {
        return mvc.perform(get(path).with(as(reader)));
    }

    private ResultActions send(Reader reader, OrderId order, String verb, String... form) throws Exception {
        var request = post("/orders/" + order + "/" + verb)
                .with(as(reader))
                .with(csrf())
                .param("version", Integer.toString(orders.version(order)));
        for (int i = 0; i < form.length; i += 2) {
            request.param(form[i], form[i + 1]);
        }
        return mvc.perform(request);
    }
}

package org.hemei.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.Orders.Stage;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Time asked for and decided: the manager on a phone, the community at a desk, the resident who reads what comes of it. */
class TimeJourneyTest extends Browsing {

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void the_manager_asks_for_more_time_and_the_community_grants_it(boolean script) {
        var side = town().near();
        var id = orders.at(Stage.CONTACTED, side, side.resident(), "单元门关不上，夜里有风");
        try (var phone = visit(side.manager(), Screen.PHONE, script)) {
            phone.open("/orders/" + id).sees("系统自己往上报").sees("还没处理好，报社区");
            phone.follow("来不及，申请延期").sees("一张单只能延一次");
            phone.write("要多几个工作日", "3").write("为什么要延期", "门锁要从厂家订，周五到");
            phone.press("申请延期").sees("申请报上去了").sees("延期申请");
        }
        try (var pc = visit(side.communityDesk(), Screen.DESK, script)) {
            pc.open("/todo?need=decide_extension").sees("定延期").sees("门锁要从厂家订");
            pc.follow("同意延期").sees("同意后的期限");
            pc.press("同意延期").sees("同意了，期限往后延");
            assertThat(orders.state(id)).isEqualTo("in_progress");
        }
        try (var phone = visit(side.resident(), Screen.PHONE, script)) {
            phone.open("/orders/" + id).sees("社区同意延期").sees("新的处理期限").sees("系统会自己往上报");
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void an_obstacle_stops_the_clock_for_all_to_see_until_it_is_gone(boolean script) {
        var side = town().near();
        var id = orders.at(Stage.CONTACTED, side, side.resident(), "单元门锁芯坏了");
        try (var phone = visit(side.manager(), Screen.PHONE, script)) {
            phone.open("/orders/" + id).follow("有障碍，申请挂起").choose("等配件、材料到货");
            phone.write("哪天恢复计时", CivilTime.date(Instant.now()).plusDays(9).toString());
            phone.write("具体是什么情况", "锁芯停产，厂家下周发替代件");
            phone.press("申请挂起").sees("申请报上去了");
        }
        try (var pc = visit(side.communityDesk(), Screen.DESK, script)) {
            pc.open("/orders/" + id)
                    .sees("处理单位要挂起")
                    .follow("同意，停止计时")
                    .press("同意挂起")
                    .sees("计时停了");
            pc.sees("计时已停，等配件、材料到货");
            pc.open("/orders?state=suspended").sees("计时已停，等配件、材料到货");
        }
        try (var phone = visit(side.resident(), Screen.PHONE, script)) {
            phone.open("/my/orders").sees("计时已停").open("/orders/" + id).sees("自动恢复计时");
        }
        try (var phone = visit(side.manager(), Screen.PHONE, script)) {
            phone.open("/orders/" + id).follow("障碍没了，恢复计时").write("障碍怎么消除的", "锁芯提前到了");
            phone.press("恢复计时").sees("恢复计时了");
        }
        assertThat(orders.state(id)).isEqualTo("in_progress");
    }

    @ParameterizedTest
    @CsvSource({"DESK", "PHONE"})
    void the_city_sets_a_rule_and_takes_it_back(Screen screen) {
        var town = town();
        try (var pc = visit(town.cityDesk(), screen, true)) {
            pc.open("/deadlines").sees("每一步多久办完").sees("到时没办，会怎样").sees("可以挂起的客观障碍");
            pc.follow("定时限").expecting(422);
            pc.page().locator("#f-clock").selectOption("resolve");
            pc.page().locator("#f-category").selectOption("dog.waste");
            pc.page().locator("#f-measure").selectOption("working_day");
            pc.press("定下来").sees("请填多久").expecting(200);
            var day = CivilTime.date(Instant.now()).plusDays(40 + screen.ordinal());
            pc.write("多久", "2").write("从哪天起", day.toString()).write("依据", "试验办法");
            pc.press("定下来").sees("定好了").sees("已经定好、还没到日子").press("撤回：2 个工作日").sees("撤回了");
            pc.follow("定提醒、上报").sees("提前或超过多久");
        }
    }
}

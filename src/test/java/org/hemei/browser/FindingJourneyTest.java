package org.hemei.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.hemei.testing.Orders;
import org.hemei.testing.Town;
import org.junit.jupiter.api.Test;

/** Looking for something, keeping a view, acting on many, taking a list away: by mouse, by key, on a phone and without script. */
class FindingJourneyTest extends Browsing {

    @Test
    void a_worker_finds_by_key_keeps_a_view_and_dispatches_several_at_once() {
        var town = towns.make();
        Town.Side side = town.near();
        orders.file(side.resident(), Orders.said(side.garden(), side.building(), "facility.lift", "电梯半夜异响，像拖铁链。"));
        orders.file(side.resident(), Orders.said(side.garden(), null, "facility.light", "楼道灯不亮，晚上看不见路。"));
        try (var pc = visit(side.communityDesk(), Screen.DESK, true)) {
            pc.open("/todo");
            pc.page().keyboard().press("/");
            pc.page().keyboard().type("半夜异响");
            pc.page().keyboard().press("Enter");
            pc.page().waitForURL(url -> !url.endsWith("/todo"));
            pc.sees("电梯半夜异响").look();
            pc.follow("电梯半夜异响").sees("走到哪一步");

            pc.open("/orders?category=facility");
            pc.page().locator(".views summary").click();
            pc.write("名字", "设施的").press("存下来").sees("设为默认").press("设为默认").sees("默认");
            pc.open("/orders").sees("不再默认打开");
            assertThat(pc.path()).contains("category=facility");
            pc.press("删除视图").sees("一天内可以找回").press("找回来").sees("不再默认打开");

            pc.page().locator("[data-pick-all]").check();
            pc.sees("选了 2 件");
            pc.page().locator("#act").selectOption("dispatch");
            pc.press("先看看").sees("派给谁");
            pc.page().locator("#f-target").selectOption("0");
            pc.press("看看能不能办").sees("能办 2 件").look();
            pc.press("派单这 2 件").sees("办成 2 件").follow("回名单").sees("待接单");
        }
        try (var phone = visit(side.resident(), Screen.PHONE, true)) {
            phone.open("/home")
                    .follow("搜索")
                    .write("找什么", "异响")
                    .press("搜索")
                    .sees("我点的单")
                    .look();
        }
    }

    @Test
    void without_script_the_same_works() {
        var town = towns.make();
        var side = town.near();
        orders.file(side.resident(), Orders.said(side.garden(), null, "facility.light", "楼道灯不亮，晚上看不见路。"));
        try (var pc = visit(side.communityDesk(), Screen.PHONE, false)) {
            pc.open("/find").write("找什么", "楼道灯").press("搜索").sees("楼道灯不亮").look();
            pc.open("/orders").look();
            pc.page().locator("input.pick-box").first().check();
            pc.page().locator("#act").selectOption("accept");
            pc.press("先看看").sees("能办 1 件").look().press("受理这 1 件").sees("办成 1 件");
            pc.open("/orders");
            pc.page().locator("input.pick-box").first().check();
            pc.press("导出勾选的").sees("导出“工单”");
        }
    }
}

package org.hemei.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import java.nio.file.Path;
import org.hemei.testing.Orders;
import org.hemei.testing.Orders.Stage;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.WorkOrderDesk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;

/** Who does it, who presses, what belongs together: manager and residents on phones, community and street at their desks. */
class DisputeJourneyTest extends Browsing {

    @Autowired
    private WorkOrderDesk desk;

    @Test
    void the_manager_returns_the_community_redispatches_and_the_street_rules() {
        var side = town().near();
        var id = orders.at(Stage.DISPATCHED, side, side.resident(), "楼道水管漏水，地上全是水");
        try (var phone = visit(side.manager(), Screen.PHONE, true)) {
            phone.open("/orders/" + id).follow("不归我们办").choose("不归我们管").write("写清楚", "是供水集团的表前管");
            picture(phone, "return");
            phone.press("申请退单").sees("退单报上去了");
        }
        try (var pc = visit(side.communityDesk(), Screen.DESK, true)) {
            pc.open("/todo").sees("定退单").sees("处理单位要退单");
            picture(pc, "decide");
            pc.open("/orders/" + id).follow("同意，改派别家");
            pc.page()
                    .locator("input[name=holder][value='" + side.helperBody() + "']")
                    .check();
            picture(pc, "grant");
            pc.press("同意退单").sees("同意了");
        }
        try (var phone = visit(side.utilityManager(), Screen.PHONE, false)) {
            phone.open("/orders/" + id).follow("不归我们办").choose("合同里没有这项").write("写清楚", "表后管归业主");
            phone.press("申请退单").sees("退单报上去了");
        }
        try (var pc = visit(side.streetDesk(), Screen.DESK, true)) {
            pc.open("/disputes").sees("等街道裁定").follow("楼道水管漏水").follow("裁定由谁办");
            pc.page()
                    .locator("input[name=holder][value='" + side.backstop() + "']")
                    .check();
            pc.write("为什么这样裁定", "先止水，费用另行分担");
            picture(pc, "rule");
            pc.press("裁定").sees("裁定好了");
        }
        assertThat(orders.state(id)).isEqualTo("dispatched");
        try (var phone = visit(side.resident(), Screen.PHONE, true)) {
            phone.open("/orders/" + id).sees("街道裁定由");
            picture(phone, "resident");
        }
    }

    @Test
    void the_street_presses_the_holder_answers_and_a_leader_writes_on_it() {
        var side = town().near();
        var id = orders.at(Stage.WORKING, side, side.resident(), "电梯停了五天，老人下不了楼");
        try (var pc = visit(side.streetDesk(), Screen.DESK, true)) {
            pc.open("/orders/" + id)
                    .follow("督办…")
                    .write("要求是什么", "写明哪天修好")
                    .press("督办")
                    .sees("列入督办了");
            pc.follow("记一条批示").write("谁批示的", "李某某 副区长").write("批示的内容", "请抓紧").choose("处理单位");
            picture(pc, "instruct");
            pc.press("记下批示").sees("记下了");
        }
        try (var phone = visit(side.manager(), Screen.PHONE, true)) {
            phone.open("/todo").sees("书面答复督办").sees("答复批示");
            phone.open("/orders/" + id);
            picture(phone, "pressed");
            phone.follow("书面答复").write("答复", "周五换好").press("答复督办").sees("等街道看");
            phone.follow("答复批示").write("答复", "周五换好，已告知老人").press("答复批示").sees("记批示的人看得到");
        }
        try (var pc = visit(side.streetDesk(), Screen.DESK, false)) {
            pc.open("/supervisions").sees("等街道看").follow("电梯停了五天").follow("可以了，解除督办");
            pc.press("解除督办").sees("督办解除了").open("/instructions?state=all").sees("李某某");
        }
    }

    @Test
    void an_offer_is_taken_back_by_the_side_that_made_it() {
        var side = town().near();
        var id = orders.at(Stage.OFFERED, side, side.resident(), "北门的栏杆松了，一碰就倒");
        try (var pc = visit(side.communityDesk(), Screen.DESK, true)) {
            pc.open("/orders/" + id).follow("不转了，收回来").sees("对方还没接");
            picture(pc, "recall");
            pc.write("为什么收回", "到现场看了，栏杆是这边的").press("收回来，接着办").sees("收回来了，接着办");
            pc.open("/transfers?state=all").sees("北门的栏杆").sees("收回了");
        }
        assertThat(orders.state(id)).isEqualTo("awaiting_dispatch");
        try (var phone = visit(side.resident(), Screen.PHONE, false)) {
            phone.open("/orders/" + id).sees("不转了").sees("还由这边办");
        }
    }

    /** Chosen from what looks alike, or by the number that somebody reads out. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void the_community_merges_and_the_neighbour_follows_and_rates_for_themselves(boolean chosen) {
        var side = town().near();
        var kept = orders.at(Stage.WORKING, side, side.resident(), "东门路灯不亮");
        var twin = orders.file(side.neighbour(), side.garden(), "东门口路灯坏了好几天");
        try (var pc = visit(side.communityDesk(), Screen.DESK, chosen)) {
            pc.open("/orders/" + twin).follow("合并到").sees("保留哪一张");
            if (chosen) {
                pc.page().locator("input[name=kept][value='" + kept.id() + "']").check();
                picture(pc, "merge");
            } else {
                pc.expecting(422).press("合并").sees("请选一张保留的工单").expecting(200);
                pc.write("或填保留的那张单的单号", String.valueOf(kept.id()));
            }
            pc.press("合并").sees("合并好了");
        }
        assertThat(orders.state(twin)).isEqualTo("merged");
        finish(side, kept);
        try (var phone = visit(side.neighbour(), Screen.PHONE, true)) {
            phone.open("/orders/" + twin).sees("合在一起的那张单").sees("说处理好了");
            picture(phone, "merged");
            phone.choose("解决了");
            phone.page()
                    .locator("input[name=satisfied][value='4']")
                    .check(new com.microsoft.playwright.Locator.CheckOptions().setForce(true));
            phone.press("交评价").sees("已解决");
        }
        try (var pc = visit(side.communityDesk(), Screen.DESK, true)) {
            pc.open("/orders/" + kept).sees("合并到这张的 1 张单");
            picture(pc, "kept");
        }
    }

    @Test
    void one_notice_before_filing_and_on_the_first_screen() {
        var side = town().near();
        var id = orders.file(
                side.resident(), Orders.said(side.garden(), side.building(), "utility.water", "家里没水了，洗不了菜"));
        try (var pc = visit(side.communityDesk(), Screen.DESK, true)) {
            pc.open("/incidents").sees("现在没有群体通知").follow("发通知");
            pc.page().locator("#f-place").selectOption("e:" + side.garden());
            pc.page().locator("#f-category").selectOption("utility");
            pc.write("标题", "小区停水").write("通知的内容", "水泵坏了，正在抢修");
            pc.page()
                    .locator("#f-end")
                    .fill(org.hemei.platform.time.CivilTime.date(java.time.Instant.now())
                                    .plusDays(1)
                            + "T18:00");
            picture(pc, "publish");
            pc.press("发通知").sees("发出去了").follow("先看一遍，再归并");
            picture(pc, "attach");
            pc.press("归并打勾的").sees("归并好了");
            picture(pc, "incident");
        }
        try (var phone = visit(side.neighbour(), Screen.PHONE, true)) {
            phone.open("/home").sees("小区停水").follow("小区停水");
            picture(phone, "told");
            phone.press("我也受影响").sees("有更新会通知您");
        }
        try (var pc = visit(side.communityDesk(), Screen.DESK, false)) {
            pc.open("/incidents")
                    .follow("小区停水")
                    .write("怎么结束的", "来水了")
                    .press("结束，一次办掉")
                    .sees("一次办掉了");
        }
        assertThat(orders.state(id)).isEqualTo("answered");
    }

    private void finish(org.hemei.testing.Town.Side side, OrderId id) {
        desk.resolve(side.manager(), id, orders.version(id), "换了灯", java.util.List.of(), java.util.List.of());
        desk.verify(side.communityDesk(), id, orders.version(id), "亮了");
    }

    private static void picture(Visit visit, String name) {
        if (System.getProperty("hemei.pictures") != null) {
            visit.page()
                    .screenshot(new Page.ScreenshotOptions()
                            .setPath(Path.of(System.getProperty("hemei.pictures"), name + ".png"))
                            .setFullPage(true));
        }
    }
}

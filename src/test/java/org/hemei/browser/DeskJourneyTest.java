package org.hemei.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.FilePayload;
import java.time.Instant;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.Orders;
import org.hemei.testing.Pictures;
import org.hemei.testing.Town.Side;
import org.hemei.workorder.AssistDesk;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.WorkOrderDesk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;

/** The desks at work: community at a PC, manager and helper on phones, with script and without; axe looks at every page. */
class DeskJourneyTest extends Browsing {

    @Autowired
    private WorkOrderDesk desk;

    @Autowired
    private AssistDesk assists;

    private OrderId file(Side side, String words) {
        return orders.file(side.resident(), Orders.said(side.garden(), side.building(), "facility.light", words));
    }

    @ParameterizedTest
    @CsvSource({"DESK, true", "DESK, false"})
    void the_community_dispatches_in_two_clicks_answers_and_refuses(Screen screen, boolean script) {
        var side = town().near();
        var first = file(side, "楼道灯不亮，晚上看不见路");
        var second = file(side, "单元门口的灯一直亮着");
        var third = file(side, "想问路灯归谁管");
        try (var pc = visit(side.communityDesk(), screen, script)) {
            pc.open("/todo").sees("3 件等您处理").sees("② 派单");
            pc.page().locator("a.wide-only[href*='" + second + "']").click();
            pc.page().locator("#o-t:has-text('一直亮着')").waitFor();
            pc.look().press("② 派单").sees("派出去了");
            assertThat(orders.state(second)).isEqualTo("dispatched");

            pc.open("/orders/" + third).follow("直接答复").expecting(422);
            pc.page().locator("textarea").evaluate("e => e.removeAttribute('required')");
            pc.press("发出答复").sees("还没写答复").expecting(200);
            pc.write("怎么答复", "小区里的归物业，马路上的归市政").press("发出答复").sees("答复已发给点单人");

            pc.open("/orders/" + first).follow("合并到").sees("保留哪一张").follow("先不办");
            pc.follow("不予受理").write("为什么不受理", "不归社区").write("该去哪儿办", "打 12345").press("不予受理");
            pc.sees("已告诉点单人");
            pc.open("/orders/" + second).follow("改派").sees("现在派给").follow("先不改派");
            pc.open("/orders").sees("3 件").open("/orders?state=open&late=1").sees("没有符合的");
            pc.open("/todo?view=board").open("/todo?q=没有这样的").sees("都办完了");
        }
    }

    @ParameterizedTest
    @CsvSource({"true", "false"})
    void the_community_files_for_somebody_on_the_phone(boolean script) {
        var side = town().near();
        file(side, "楼道灯不亮，晚上看不见路");
        try (var pc = visit(side.communityDesk(), Screen.DESK, script)) {
            pc.open("/desk/orders/new");
            pc.write("来电（访）人姓名", "张大妈").write("说了什么事", "三楼楼道灯不亮，晚上看不见路，太黑了");
            pc.page().locator("#f-callerPhone").fill("05511234567");
            pc.page().locator("#f-estate").selectOption(Long.toString(side.garden()));
            if (script) {
                pc.page()
                        .locator("#f-building option[value='" + side.building() + "']")
                        .waitFor(new com.microsoft.playwright.Locator.WaitForOptions()
                                .setState(com.microsoft.playwright.options.WaitForSelectorState.ATTACHED));
            }
            pc.page().locator("#f-category").selectOption("facility.light");
            if (script) {
                pc.page().locator("#beside .note").waitFor();
            } else {
                pc.press("查楼栋和重复");
            }
            pc.look().sees("有 1 件像的").press("点单").sees("代点好了").sees("来电（访）人").seesNot("05511234567");
            pc.follow("看电话").choose("联系点单人").press("看电话").sees("05511234567").sees("张大妈");
        }
    }

    @ParameterizedTest
    @CsvSource({"PHONE, true", "PHONE, false", "SMALL_PHONE, true"})
    void the_manager_takes_contacts_asks_two_helpers_and_reports_with_photos(Screen screen, boolean script) {
        var side = town().near();
        var id = file(side, "楼道灯不亮，晚上看不见路");
        desk.dispatch(side.communityDesk(), id, orders.version(id), side.company());
        try (var phone = visit(side.manager(), screen, script)) {
            phone.open("/todo").sees("接单").follow("楼道灯不亮");
            phone.press("接单").sees("接下了");
            phone.follow("安排人员");
            phone.page().locator("input[name=assignee]").last().check();
            phone.press("安排给这个人").sees("安排好了");
            phone.follow("联系居民，记一笔")
                    .choose("电话")
                    .write("说了什么", "约了今晚来修")
                    .press("记下这次联系")
                    .sees("能说没联系");
            for (var body : List.of(side.helperBody(), side.otherHelperBody())) {
                phone.follow("请别家协办");
                phone.page().locator("input[name=body][value='" + body + "']").check();
                phone.write("请他们做什么", "查一查线路").press("请他们协办").sees("请出去了");
            }
            phone.follow("处理好了，报结果").write("怎么处理的", "换了灯泡和灯座");
            phone.page().setInputFiles("input[name=filesAfter]", photo());
            if (script) {
                phone.page().locator("#f-after .thumbs img").waitFor();
            }
            phone.look().press("报处理好了").sees("等核验");
            assertThat(orders.state(id)).isEqualTo("resolved");
            assertThat(phone.page().locator("img[alt^='处理后的照片']").count()).isEqualTo(1);
        }
        try (var pc = visit(side.communityDesk(), Screen.DESK, script)) {
            pc.open("/todo").sees("到场核验").press("核验通过").sees("请居民来评价");
        }
    }

    @ParameterizedTest
    @CsvSource({"PHONE, true", "PHONE, false"})
    void helpers_accept_and_report_or_decline(Screen screen, boolean script) {
        var side = town().near();
        var id = file(side, "楼道灯不亮，晚上看不见路");
        desk.dispatch(side.communityDesk(), id, orders.version(id), side.company());
        desk.take(side.manager(), id, orders.version(id));
        var soon = Instant.now().plusSeconds(86_400);
        assists.ask(side.manager(), id, orders.version(id), side.helperBody(), "查一查线路", soon);
        assists.ask(side.manager(), id, orders.version(id), side.otherHelperBody(), "借一架梯子", soon);
        try (var phone = visit(side.helper(), screen, script)) {
            phone.open("/todo").sees("查一查线路").follow("楼道灯不亮");
            phone.press("接下协办").sees("接下了协办").follow("办完了，报结果").write("办得怎么样", "线路没问题");
            phone.page().setInputFiles("input[type=file]", photo());
            if (script) {
                phone.page().locator(".thumbs img").last().waitFor();
            }
            phone.press("报结果").sees("报上去了").sees("线路没问题");
        }
        try (var phone = visit(side.otherHelper(), screen, script)) {
            phone.open("/orders/" + id)
                    .follow("接不了")
                    .write("为什么接不了", "梯子借出去了")
                    .press("谢绝协办")
                    .sees("谢绝了");
        }
    }

    @Test
    void those_above_read_and_every_figure_opens_its_list() {
        var town = town();
        var side = town.near();
        var id = file(side, "楼道灯不亮，晚上看不见路");
        for (var reader : List.of(side.streetDesk(), side.districtDesk(), town.cityDesk())) {
            for (var screen : List.of(Screen.DESK, Screen.PHONE)) {
                look(reader, screen, id);
            }
        }
        try (var pc = visit(town.cityDesk(), Screen.DESK, true)) {
            pc.open("/calendar?year=2029").sees("还没有放假安排");
            pc.write("第一天", "2029-10-01").write("最后一天", "2029-10-07").choose("放假");
            pc.write("名称", "国庆节")
                    .write("依据", "试验通知 1 号")
                    .press("记下这段日子")
                    .sees("记下了")
                    .sees("2029年10月1日");
            pc.press("取消 2029年10月1日").sees("还没有安排");
        }
    }

    private void look(Reader reader, Screen screen, OrderId id) {
        try (var window = visit(reader, screen, true)) {
            window.open("/orders").sees("楼道灯不亮").open("/orders/" + id).seesNot("② 派单");
            window.open("/overview");
            var figure = window.page().locator("dl a").first();
            figure.click();
            window.page().waitForURL("**/orders?**");
            window.stands().sees("楼道灯不亮");
            window.open("/calendar?year=" + CivilTime.date(Instant.now()).getYear());
        }
    }

    private static FilePayload photo() {
        return new FilePayload("after.png", "image/png", Pictures.of("png", 64, 48));
    }
}

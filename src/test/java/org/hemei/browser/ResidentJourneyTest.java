package org.hemei.browser;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.options.FilePayload;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.testing.Orders;
import org.hemei.testing.Pictures;
import org.hemei.testing.Town.Side;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.WorkOrderDesk;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A resident on the phone: files in four steps, follows, urges, adds, rates; a neighbour joins. With script and without. */
class ResidentJourneyTest extends Browsing {

    @Autowired
    private WorkOrderDesk desk;

    @Autowired
    private JdbcClient jdbc;

    @ParameterizedTest
    @CsvSource({"PHONE, true", "PHONE, false", "SMALL_PHONE, true"})
    void files_follows_and_rates(Screen screen, boolean script) {
        var side = town().near();
        try (var phone = visit(side.resident(), screen, script)) {
            phone.open("/home").sees("还没有点过单").follow("我要点单");
            fileLight(phone, script);
            phone.sees("单子交给社区了").sees("等社区受理").sees("对物业匿名").sees("到时没做");
            var id = OrderId.valueOf(phone.path().replaceAll("^/orders/([0-9-]+).*", "$1"));

            phone.press("催一催").sees("催了，处理的人看得到");
            phone.expecting(422).press("催一催").sees("您今天已经催过了").expecting(200);

            work(side, id);
            phone.open("/home").sees("等您评价").sees("解决没有，您来定").follow("去评价");
            phone.sees("换了两盏灯")
                    .sees("核验过")
                    .expecting(422)
                    .press("交评价")
                    .sees("请选解决了没有")
                    .expecting(200);
            phone.choose("解决了").choose("4 满意").write("想说的话", "来得快").press("交评价");
            phone.sees("评价收到").sees("已解决").sees("来得快").seesNot("催一催");
            phone.open("/my/orders").sees("办结").sees("您说解决了");
        }
    }

    /** Every step is refused once first, so that its words are seen, then answered. */
    private void fileLight(Visit phone, boolean script) {
        phone.sees("第 1 步").choose("小区公共区域").expecting(422).press("下一步");
        phone.sees("请写具体地点").expecting(200).write("具体地点", "地库 B 区").press("下一步");
        phone.sees("第 2 步")
                .write("说说情况", "坏")
                .expecting(422)
                .press("下一步")
                .sees("至少 4 个字")
                .expecting(200);
        phone.write("说说情况", "路灯坏了三盏，晚上不亮，太暗了");
        if (!script) {
            phone.expecting(422).press("下一步").expecting(200);
        }
        phone.page().getByText("看着像").waitFor();
        phone.sees("楼道灯和路灯").press("对").sees("第 3 步");
        phone.page().setInputFiles("input[type=file]", photo());
        if (script) {
            phone.page().locator(".thumbs img").waitFor();
        }
        phone.choose("对物业匿名").press("下一步").sees("第 4 步").sees("地库 B 区").sees("5 个工作日内处理好");
        assertThat(phone.page().locator(".thumbs img").count()).isEqualTo(1);
        phone.press("交给社区");
    }

    private void work(Side side, OrderId id) {
        desk.dispatch(side.communityDesk(), id, orders.version(id), side.company());
        desk.take(side.manager(), id, orders.version(id));
        desk.contact(side.manager(), id, orders.version(id), "phone", "说了明天来");
        desk.resolve(side.manager(), id, orders.version(id), "换了两盏灯", List.of(), List.of());
        desk.verify(side.communityDesk(), id, orders.version(id), "都亮了");
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void adds_words_and_a_photo_says_nobody_called_and_withdraws(boolean script) {
        var side = town().near();
        var id = file(side.resident(), side, "单元门关不严，门锁坏了");
        desk.dispatch(side.communityDesk(), id, orders.version(id), side.company());
        desk.take(side.manager(), id, orders.version(id));
        desk.contact(side.manager(), id, orders.version(id), "phone", "打过电话");
        try (var phone = visit(side.resident(), Screen.PHONE, script)) {
            phone.open("/orders/" + id).sees("已回应").press("没联系过我").sees("记下了").sees("没联系");
            phone.follow("补充情况或照片").expecting(422).press("交上去").sees("还没写情况").expecting(200);
            phone.write("有什么新情况", "今天门把手也掉了");
            phone.page().setInputFiles("input[type=file]", photo());
            if (script) {
                phone.page().locator(".thumbs img").waitFor();
            }
            phone.press("交上去").sees("补上了").sees("今天门把手也掉了");
            assertThat(phone.page().locator(".tl .thumbs img").count()).isEqualTo(1);
            phone.follow("不用办了").sees("撤了就不再办").write("为什么撤", "自己换了").press("撤单");
            phone.sees("撤单了，不再办").sees("已撤单").sees("自己换了");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_neighbour_joins_instead_of_filing_again_and_reads_no_words_of_the_reporter(boolean script) {
        var side = town().near();
        var id = file(side.resident(), side, "单元门坏了，门禁刷卡没反应。我家孩子进不来");
        try (var phone = visit(side.neighbour(), Screen.PHONE, script)) {
            phone.open("/orders/new").choose("1幢 公共部位").press("下一步");
            phone.write("说说情况", "门禁坏了，刷卡没反应").choose("设施维修");
            if (!script) {
                phone.expecting(422).press("下一步").sees("具体是哪一种").expecting(200);
            }
            phone.choose("门禁和单元门").press("下一步").sees("邻居报过，是同一件吗").press("我也遇到了");
            phone.sees("加上了").sees("您也遇到").sees("1 户也遇到了").seesNot("我家孩子").seesNot("1单元101");
            assertThat(phone.path()).startsWith("/orders/" + id);
            phone.open("/home").sees("也遇到");
        }
    }

    @Test
    void not_solved_starts_again() {
        var side = town().near();
        var id = file(side.resident(), side, "楼道灯一直亮着，没人管");
        work(side, id);
        try (var phone = visit(side.resident(), Screen.PHONE, true)) {
            phone.open("/orders/" + id).choose("没解决").choose("1 很不满意").press("交评价");
            phone.sees("重新办").sees("处理中").sees("没解决");
        }
    }

    @Test
    void the_large_type_and_the_printed_page_hold_every_page() {
        var side = town().near();
        var id = file(side.resident(), side, "电梯抖动，按键不亮");
        jdbc.sql("update account set care = true where id = ?")
                .param(side.resident().account())
                .update();
        for (var screen : List.of(Screen.PHONE, Screen.SMALL_PHONE)) {
            try (var phone = visit(side.resident(), screen, true)) {
                phone.open("/home").sees("换回标准版");
                phone.open("/my/orders").open("/orders/new").open("/orders/" + id);
                phone.open("/orders/" + id + "/remark").open("/orders/" + id + "/withdraw");
                assertThat(phone.page().evaluate("() => getComputedStyle(document.documentElement).fontSize"))
                        .isEqualTo("20px");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void a_visitor_looks_up_an_estate_and_reads_nobodys_words(boolean script) {
        var side = town().near();
        file(side.resident(), side, "门禁又坏了，我是三楼的老李");
        counting.catchUp();
        for (var screen : Screen.values()) {
            try (var phone = visit(Reader.VISITOR, screen, script)) {
                phone.open("/estates").write("小区名", "试和美花园").press("找").sees("找到");
                phone.open("/estates/" + side.garden())
                        .sees("今年办事")
                        .sees("谁在管")
                        .sees("在办")
                        .seesNot("老李")
                        .seesNot("门禁");
                phone.open("/estates/" + side.oldYard()).sees("没有物业企业").sees("兜底");
            }
        }
    }

    private OrderId file(Reader resident, Side side, String words) {
        return orders.file(resident, Orders.said(side.garden(), side.building(), "facility.door", words));
    }

    private static FilePayload photo() {
        return new FilePayload("灯.jpg", "image/jpeg", Pictures.of("jpg", 400, 300));
    }
}

package org.hemei.browser;

import org.hemei.testing.Orders.Stage;
import org.hemei.testing.Town;
import org.hemei.workorder.routing.RoutingDrafts;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A district's desk asks where things go, prepares a change, sees what it would do, and sets its day. */
class RoutingJourneyTest extends Browsing {

    @Autowired
    RoutingDrafts drafts;

    @Autowired
    JdbcClient jdbc;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void from_the_question_to_the_day_it_holds(boolean script) {
        var town = town();
        var near = town.near();
        var category = orders.category();
        orders.at(Stage.DISPATCHED, near, near.resident(), "路灯不亮，请来看看");
        try (var desk = visit(near.districtDesk(), Screen.DESK, script)) {
            ask(desk, near, category);
            desk.open("/routing").sees("这里没有规则").follow("准备改动");
            desk.write("名字", "照明的事改派").press("开始准备").sees("这批里还没有改动");
            desk.page().locator("#f-category").selectOption(category);
            desk.page().locator("input[name=target][value=named]").check();
            desk.page().locator("#f-body").selectOption(String.valueOf(near.helperBody()));
            desk.page().locator("#f-urgency").selectOption("complex");
            desk.write("依据", "区房管局会议纪要");
            desk.press("放进这批").sees("还没有生效").press("算一算影响").sees("1 件会换单位").sees("比如这些单");
            desk.follow("试一试：派给谁").write("小区名字", name(near.garden()));
            desk.page().locator("#f-category").selectOption(category);
            desk.press("问派给谁").sees("改了以后").sees("只有这一条管到它");
            desk.page().goBack();
            desk.page().goBack();
            desk.press("定下来").sees("起按新的派；已经派出去的单不变");
            desk.open("/routing").sees("还没到").sees("区房管局会议纪要");
            desk.page().locator("td a[href^='/routing/rules/']").first().click();
            desk.sees("每次改动").sees("还没到");
        }
    }

    private void ask(Visit desk, Town.Side near, String category) {
        desk.open("/routing/where").sees("问一件事会派给谁").write("小区名字", name(near.garden()));
        desk.page().locator("#f-category").selectOption(category);
        desk.press("问派给谁").sees("没有规则管到它").sees("前处理好");
    }

    private String name(long estate) {
        return jdbc.sql("select name from estate where id = ?")
                .param(estate)
                .query(String.class)
                .single();
    }

    /** The busiest page, with a set that was replayed, on the phone and at the desk. */
    @ParameterizedTest
    @ValueSource(strings = {"DESK", "PHONE"})
    void the_pages_stand_on_every_screen(String screen) {
        var town = town();
        var near = town.near();
        orders.at(Stage.DISPATCHED, near, near.resident(), "路灯不亮，请来看看");
        var draft = drafts.replayed(town, orders.category());
        try (var visit = visit(near.districtDesk(), Screen.valueOf(screen), true)) {
            visit.open("/routing").sees("两条都管到，听谁的");
            visit.open("/routing/drafts/" + draft).sees("对最近 30 天的影响").sees("定下来");
            visit.open("/routing/where?q=" + name(near.oldYard()) + "&category=" + orders.category())
                    .sees("为什么");
        }
    }
}

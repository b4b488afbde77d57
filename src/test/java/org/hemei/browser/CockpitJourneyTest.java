package org.hemei.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.hemei.testing.Orders.Stage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A leader of the city goes from a figure down to the order behind it; those on duty see on their board how things go. */
class CockpitJourneyTest extends Browsing {

    @Autowired
    JdbcClient jdbc;

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void from_a_figure_of_the_city_down_to_an_order(boolean script) {
        var town = town();
        var near = town.near();
        orders.at(Stage.CLOSED, near, near.resident(), "楼道灯不亮，晚上看不见路");
        orders.at(Stage.DISPATCHED, near, near.resident(), "电梯上下有异响，请来看看");
        counting.catchUp();
        try (var city = visit(town.cityDesk(), Screen.DESK, script)) {
            city.open("/cockpit").sees("响应率").sees("1 / 1").sees("数据到").sees("达标");
            assertThat(city.page().locator("svg.chart").isVisible()).isTrue();
            city.page().locator(".tiles a").first().click();
            city.sees("试区" + town.city() + "-1").sees("群众说得最多的");
            city.page()
                    .locator("section[aria-labelledby=r-satisfaction] a")
                    .nth(1)
                    .click();
            city.sees("共 1 条").follow("楼道灯不亮");
            city.sees("办结");
        }
        try (var phone = visit(near.districtDesk(), Screen.PHONE, script)) {
            phone.open("/cockpit").sees("没办完的，点单多久了").sees("共 1 件");
        }
    }

    @Test
    void a_board_shows_today_and_where_it_clusters() {
        var town = town();
        var near = town.near();
        jdbc.sql("update estate set longitude = 117280000, latitude = 31800000, located = 'given' where id = ?")
                .param(near.garden())
                .update();
        for (int n = 0; n < 3; n++) {
            orders.at(Stage.DISPATCHED, near, near.resident(), "楼道灯不亮，第 " + n + " 层");
        }
        counting.catchUp();
        for (var reader : List.of(near.communityDesk(), near.manager(), near.streetDesk())) {
            try (var visit = visit(reader, Screen.DESK, true)) {
                visit.open("/board").sees("今天点单").sees("没有新超时的").sees("不到 1 天");
                assertThat(visit.page().locator(".big-n .rate-n").first().textContent())
                        .isEqualTo("3");
                assertThat(visit.page()
                                .locator("section[aria-labelledby=h-k] li")
                                .count())
                        .isEqualTo(1);
                visit.page().locator(".echart canvas").first().waitFor();
                visit.page().locator(".board-map .spot").first().waitFor();
                assertThat(visit.page().locator(".board-map .spot").allTextContents())
                        .containsExactly("3");
                visit.page().locator(".board-map .spot").first().click();
                visit.sees("筛出 3 件");
            }
        }
        try (var visit = visit(near.communityDesk(), Screen.PHONE, false)) {
            visit.open("/board").sees("今天点单").sees("3 件");
        }
        neighboursAreOneMarkUntilTheyStandApart(near);
    }

    /** Two estates a street apart: one mark from afar, two from near, and never one upon the other. */
    private void neighboursAreOneMarkUntilTheyStandApart(org.hemei.testing.Town.Side near) {
        orders.file(near.oldYardResident(), near.oldYard(), "路面积水了。");
        counting.catchUp();
        jdbc.sql("update estate set longitude = 117281000, latitude = 31800000, located = 'given' where id = ?")
                .param(near.oldYard())
                .update();
        try (var visit = visit(near.communityDesk(), Screen.PHONE, true)) {
            visit.open("/board");
            var spots = visit.page().locator(".board-map .spot");
            spots.first().waitFor();
            for (int n = 0; n < 6 && spots.count() > 1; n++) {
                assertThat(apart(visit)).isTrue();
                visit.page().locator(".leaflet-control-zoom-out").click();
            }
            assertThat(spots.allTextContents()).containsExactly("4");
            spots.first().click();
            assertThat(spots.allTextContents()).containsExactlyInAnyOrder("3", "1");
            assertThat(apart(visit)).isTrue();
        }
    }

    private static boolean apart(Visit visit) {
        return (boolean) visit.page().evaluate("""
                () => {
                  const all = [...document.querySelectorAll('.board-map .spot')].map((one) => one.getBoundingClientRect());
                  return all.every((one, i) => all.every((other, j) => i === j || Math.hypot(one.x + one.width / 2 - other.x - other.width / 2,
                    one.y + one.height / 2 - other.y - other.height / 2) >= (one.width + other.width) / 2));
                }""");
    }

    @Test
    void the_system_administrator_has_everything_counted_anew() {
        var town = town();
        try (var visit = visit(town.system(), Screen.DESK, true)) {
            visit.open("/system/counts").sees("数到").press("全部重数一遍").sees("重数所有工单");
        }
    }
}

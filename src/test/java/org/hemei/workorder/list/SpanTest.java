package org.hemei.workorder.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.hemei.testing.Orders.Stage;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.incident.IncidentThings;
import org.hemei.workorder.rates.RateThings;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.test.web.servlet.MockMvc;

/** Where and when, on the lists beside the orders: what lies there and then is shown, anything else is not. */
@HemeiTest
class SpanTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    IncidentThings incidents;

    @Autowired
    RateThings rates;

    @Autowired
    InstantSource clock;

    private String page(Town.Side side, String path) throws Exception {
        var answer =
                mvc.perform(get(path).with(as(side.streetDesk()))).andReturn().getResponse();
        assertThat(answer.getStatus()).as(path).isEqualTo(200);
        return answer.getContentAsString(StandardCharsets.UTF_8);
    }

    @Test
    void areaAndDaysNarrowEachListAndNothingElseDoes() throws Exception {
        var town = towns.make();
        var near = town.near();
        var lists = new LinkedHashMap<String, String>();
        lists.put("/disputes?", at(Stage.RETURNED, near));
        lists.put("/supervisions?", at(Stage.SUPERVISED, near));
        lists.put("/instructions?", at(Stage.MARKED, near));
        lists.put("/transfers?", at(Stage.OFFERED, near));
        lists.put(
                "/incidents?",
                "/incidents/" + incidents.thing("$incident", town, null).orElseThrow());
        lists.put(
                "/rates/appeals?box=all&",
                "/rates/appeals/" + rates.thing("$appeal", town, null).orElseThrow());
        var today = CivilTime.date(clock.instant());
        for (var list : lists.entrySet()) {
            for (var found : List.of(
                    "area=" + near.community(),
                    "area=" + near.street() + "&from=" + today + "&to=" + today,
                    "from=" + today.minusDays(1))) {
                var page = page(near, list.getKey() + found);
                assertThat(page).as(list.getKey() + found).contains("href=\"" + list.getValue() + "\"");
            }
            for (var missed : List.of(
                    "area=" + near.street() + "999",
                    "from=" + today.plusDays(1),
                    "to=" + today.minusDays(1),
                    "area=" + near.community() + "&to=" + today.minusDays(1))) {
                assertThat(page(near, list.getKey() + missed))
                        .as(list.getKey() + missed)
                        .doesNotContain("href=\"" + list.getValue() + "\"")
                        .contains("清除");
            }
            assertThat(page(near, list.getKey() + "from=" + today + "&to=" + today))
                    .as("what was asked for stands in its fields, and goes along into the sheet")
                    .contains(
                            "name=\"from\" value=\"" + today + "\"",
                            "type=\"hidden\" name=\"to\" value=\"" + today + "\"");
            // what makes no sense is left out
            assertThat(page(near, list.getKey() + "from=2026-13-45&area=x"))
                    .contains("href=\"" + list.getValue() + "\"");
        }
    }

    private String at(Stage stage, Town.Side near) {
        return "/orders/" + orders.at(stage, near, towns.resident(near.garden(), near.unit()), "楼道里的事，等着看。");
    }
}

package org.hemei.workorder.rates;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.InstantSource;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.measure.Part;
import org.hemei.workorder.measure.Rate;
import org.hemei.workorder.measure.RateSql;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The figures of /rates and of ranking read no order; lists and reports read those of their months, never all there are. */
@HemeiTest
class RatePlansTest {

    private static final int ORDERS = 40_000;
    /** One in so many was referred elsewhere. */
    private static final int RARE = 500;

    private static final List<String> LARGE =
            List.of("work_order", "work_order_rating", "work_order_step", "order_fact");

    @Autowired
    Towns towns;

    @Autowired
    RateCases cases;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JsonMapper json;

    @Autowired
    InstantSource clock;

    private Town town;
    private Town.Side near;
    private final List<String> wrong = new ArrayList<>();

    /** Four years of orders, all contacted in time, solved and satisfied but for a few. */
    private void fill() {
        town = towns.make();
        near = town.near();
        // what other tests filled and emptied left indexes twice their size, which plans heed
        for (var table : List.of("work_order", "order_fact", "work_order_rating")) {
            jdbc.sql("vacuum (full, analyze) " + table).update();
        }
        jdbc.sql("""
                insert into work_order (district, id, version, state, community, estate, category, urgency, channel, filed_by, holder,
                                        submitted_at, closed_at, solved)
                select :district, 8000000000000 + n, 1, 'closed', :community, :estate, 'facility.light', 'ordinary', 'patrol', :account,
                       :company, now() - interval '4 years' + n * interval '52 minutes', now(), true
                from generate_series(1, :orders) n;
                insert into order_fact (district, order_id, community, estate, topic, holder, filed, closed, facts, parts)
                select district, id, community, estate, 'facility', holder, cast(submitted_at as date), cast(closed_at as date), 4,
                       case when id % :rare = 0 then 12 else 1 end | (cast(1 as bigint) << 8) | (cast(1 as bigint) << 36)
                from work_order where district = :district;
                insert into work_order_rating (district, order_id, account, round, solved, satisfied, at)
                select district, id, :account, 1, true, 5, closed_at
                from work_order where district = :district and id > 8000000000000;
                analyze work_order; analyze order_fact; analyze work_order_rating
                """)
                .param("district", near.district())
                .param("community", near.community())
                .param("estate", near.garden())
                .param("account", near.communityDesk().account())
                .param("company", near.company())
                .param("orders", ORDERS)
                .param("rare", RARE)
                .update();
    }

    @AfterEach
    void empty() {
        jdbc.sql("""
                delete from work_order_rating where district = :district and order_id > 8000000000000;
                delete from order_fact where district = :district and order_id > 8000000000000;
                delete from work_order where district = :district and id > 8000000000000;
                analyze work_order; analyze order_fact; analyze work_order_rating
                """).param("district", near.district()).update();
    }

    @Test
    void noFigureNorListReadsAllOrders() {
        fill();
        var month = YearMonth.from(CivilTime.date(clock.instant())).minusMonths(2);
        for (var area : List.of(town.city(), String.valueOf(near.district()), near.street(), near.community())) {
            for (var months : List.of(1, 3)) {
                var filter = RateFilter.area(area, new Period(month, months));
                for (var by : By.values()) {
                    var kept = KeptCounts.of(filter, by, null);
                    assertThat(kept).as(area + " " + by).isNotNull();
                    assertThat(kept.sql()).doesNotContain("work_order", "order_fact");
                }
                lists(area + " " + months, filter);
            }
        }
        var filter = RateFilter.area(String.valueOf(near.district()), Period.of(month));
        var report = filter.where(clock.instant());
        look(
                "report",
                "select rate, part, count(*) from (" + RateSql.cases(report.sql()) + ") c group by 1, 2",
                report.params());
        var leaf = new RateFilter(town.city(), null, null, "facility.light", Period.of(month)).where();
        look("leaf of the tree", RateQueries.added(leaf.sql(), "o.category"), leaf.params());
        assertThat(wrong).isEmpty();
    }

    private void lists(String what, RateFilter filter) {
        for (var part : List.of(Part.IN_TIME, Part.REFERRED)) {
            var list = cases.statement(town.cityDesk(), filter, RateCases.Wanted.of(Rate.RESPONSE, part), null, 51);
            look(what + " " + part, list.sql(), list.where().params());
        }
    }

    private void look(String what, String sql, Map<String, Object> params) {
        var plan = json.readTree(jdbc.sql("explain (analyze, format json) " + sql)
                .params(params)
                .query(String.class)
                .single());
        walk(what, plan.get(0).get("Plan"));
    }

    private void walk(String what, JsonNode node) {
        var table = node.has("Relation Name") ? node.get("Relation Name").asString() : "";
        var loops = node.get("Actual Loops").asInt();
        if (LARGE.contains(table) && loops > 0) {
            if (node.get("Node Type").asString().contains("Seq Scan")) {
                wrong.add(what + ": reads " + table + " whole");
            }
            if (node.get("Actual Rows").asDouble() * loops > ORDERS * 0.4) {
                wrong.add(what + ": reads " + node.get("Actual Rows").asDouble() * loops + " of " + table);
            }
        }
        if (node.has("Plans")) {
            node.get("Plans").forEach(child -> walk(what, child));
        }
    }
}

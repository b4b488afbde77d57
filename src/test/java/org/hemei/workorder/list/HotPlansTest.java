package org.hemei.workorder.list;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The plans of every statement that runs on each list, search and count of orders, over a filled and analysed table: no large
 * table is read whole, no large part of one is sorted. All hot statements stand here, in {@link #hot}.
 */
@HemeiTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HotPlansTest {

    private static final int ORDERS = 40_000;
    private static final int SORTED = 6_000;
    private static final List<String> LARGE =
            List.of("work_order", "work_order_words", "work_order_step", "work_order_rating");

    @Autowired
    Towns towns;

    @Autowired
    OrderListQueries lists;

    @Autowired
    OrderStatements statements;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    JsonMapper json;

    Town town;
    Town.Side near;
    boolean filled;

    @BeforeEach
    void fill() {
        if (filled) {
            return;
        }
        filled = true;
        town = towns.make();
        near = town.near();
        jdbc.sql("""
                insert into work_order (district, id, version, state, community, estate, category, urgency, channel, filed_by, holder,
                                        submitted_at, closed_at, solved, due_at)
                select :district, 8000000000000 + n, 1, case when n > :orders - 400 then 'in_progress' else 'closed' end, :community,
                       :estate, case n % 7 when 0 then 'facility.lift' else 'facility.light' end, 'ordinary', 'patrol', :account, :company,
                       now() - interval '4 years' + n * interval '52 minutes',
                       case when n > :orders - 400 then null else now() - interval '4 years' + n * interval '53 minutes' end,
                       case when n > :orders - 400 then null else true end,
                       case when n > :orders - 400 then now() + n * interval '1 minute' end
                from generate_series(1, :orders) n;
                insert into work_order_words (district, order_id, title, words, grams)
                select o.district, o.id, '路灯不亮', '路灯不亮了',
                       array['路灯', '灯不', '不亮', '亮了', case when o.id % 20 = 0 then '漏水' else '没有' end,
                             case when o.id % 20000 = 1 then '白蚁' else '常见' end,
                             '3', case when o.id % 20000 = 2 then '3幢' else '3楼' end, '@' || o.district, '@' || left(o.community, 9),
                             '@' || o.community, '#' || cast(floor(extract(epoch from o.submitted_at) / 604800) as int)]
                from work_order o where o.district = :district and o.id > 8000000000000;
                analyze work_order; analyze work_order_words
                """)
                .param("district", near.district())
                .param("community", near.community())
                .param("estate", near.garden())
                .param("account", near.communityDesk().account())
                .param("company", near.company())
                .param("orders", ORDERS)
                .update();
    }

    @org.junit.jupiter.api.AfterAll
    void empty() {
        jdbc.sql("""
                delete from work_order_words where district = :district and order_id > 8000000000000;
                delete from work_order where district = :district and id > 8000000000000;
                analyze work_order; analyze work_order_words
                """).param("district", near.district()).update();
    }

    /** Every statement of lists, search and counts, for one reader and one filter. */
    private List<OrderStatements.Hot> hot(Reader reader, Map<String, String> query) {
        var filter = OrderFilter.of(query);
        var all = new ArrayList<OrderStatements.Hot>();
        if (filter.byDue()) {
            all.add(statements.due(reader, filter, null, 51));
            all.add(statements.counting(reader, filter));
        } else if (filter.q().isEmpty()) {
            all.add(statements.newest(reader, filter, null, 1000));
            statements.open(reader, filter, null, 51).ifPresent(all::add);
            all.add(statements.counting(reader, filter));
        } else {
            all.add(statements.reading(reader, filter, null, 2000));
            if (!filter.terms().isEmpty()) {
                all.add(statements.termed(reader, filter, null, 1, 51));
                all.add(statements.termed(reader, filter, null, 0, 51));
            }
            statements.open(reader, filter, null, 51).ifPresent(all::add);
            all.add(statements.byNumber(reader, OrderFilter.of(Map.of("q", "4711"))));
            all.add(statements.phoned(reader, new byte[] {1, 2, 3}, 50));
        }
        return all;
    }

    @Test
    void noLargeTableIsReadWholeNorSorted() {
        var readers = new LinkedHashMap<String, Reader>();
        readers.put("community", near.communityDesk());
        readers.put("street", near.streetDesk());
        readers.put("district", near.districtDesk());
        readers.put("city", town.cityDesk());
        readers.put("manager", near.manager());
        readers.put("helper", near.helper());
        var wrong = new ArrayList<String>();
        for (var reader : readers.entrySet()) {
            for (var query : List.of(
                    Map.<String, String>of(),
                    Map.of("state", "open"),
                    Map.of("state", "rejected"),
                    Map.of("category", "facility.lift"),
                    Map.of("late", "1"),
                    Map.of("estate", String.valueOf(near.garden())),
                    Map.of("holder", String.valueOf(near.company())),
                    Map.of("from", "2025-03-01", "to", "2025-03-31"),
                    Map.of("fact", "solved"),
                    Map.of("sort", "due"),
                    Map.of("sort", "due", "holder", String.valueOf(near.company())),
                    Map.of("sort", "due", "q", "白蚁"),
                    Map.of("state", "open", "q", "灯"),
                    Map.of("q", "3号楼"),
                    Map.of("q", "白蚁"))) {
                for (var hot : hot(reader.getValue(), query)) {
                    look(reader.getKey() + " " + query + " " + hot.name(), hot, wrong);
                }
            }
        }
        assertThat(wrong).isEmpty();
    }

    private void look(String what, OrderStatements.Hot hot, List<String> wrong) {
        walk(what, plan(hot), wrong);
    }

    private JsonNode plan(OrderStatements.Hot hot) {
        return json.readTree(jdbc.sql("explain (analyze, format json) " + hot.sql())
                        .params(hot.params())
                        .query(String.class)
                        .single())
                .get(0)
                .get("Plan");
    }

    private static void walk(String what, JsonNode node, List<String> wrong) {
        var type = node.get("Node Type").asString();
        var table = node.has("Relation Name") ? node.get("Relation Name").asString() : "";
        if (type.contains("Seq Scan")
                && LARGE.contains(table)
                && node.get("Actual Loops").asInt() > 0) {
            wrong.add(what + ": reads " + table + " whole");
        }
        if (type.equals("Sort") && node.get("Plans").get(0).get("Actual Rows").asDouble() > SORTED) {
            wrong.add(what + ": sorts " + node.get("Plans").get(0).get("Actual Rows") + " rows");
        }
        if (node.has("Plans")) {
            node.get("Plans").forEach(child -> walk(what, child, wrong));
        }
    }

    @Test
    void aCommonAndARareWordFillTheirPagesAndAnUnfilledPageSaysHowFarItLooked() {
        for (var reader : List.of(near.communityDesk(), near.districtDesk(), town.cityDesk(), near.manager())) {
            assertThat(lists.page(reader, OrderFilter.of(Map.of("q", "漏水")), null)
                            .rows())
                    .hasSize(OrderListQueries.PAGE);
            for (var rare : List.of("白蚁", "3幢")) {
                assertThat(lists.page(reader, OrderFilter.of(Map.of("q", rare)), null)
                                .rows())
                        .hasSize(2);
            }
        }
        var rejected = OrderFilter.of(Map.of("state", "rejected"));
        var page = lists.page(near.districtDesk(), rejected, null);
        assertThat(page.rows()).isEmpty();
        assertThat(page.upTo()).as("it looked at 20,000 of 40,000").isNotNull();
        var rest = lists.page(near.districtDesk(), rejected, page.more());
        var last = lists.page(near.districtDesk(), rejected, rest.more());
        assertThat(last.upTo()).as("and came to the end by the third page").isNull();
    }

    @Test
    void openOnesThatLieBelowManyOthersAreAllFoundNewestFirst() {
        jdbc.sql("""
                update work_order set state = 'in_progress', closed_at = null, solved = null, due_at = now() - interval '1 day'
                where district = ? and id in (8000000000005, 8000000000050, 8000000000500)
                """).param(near.district()).update();
        jdbc.sql(
                        "update work_order set state = 'closed', closed_at = now(), solved = true, due_at = null where district = ? and id > ?")
                .params(near.district(), 8000000000000L + ORDERS - 400)
                .update();
        try {
            for (var query : List.of(Map.of("state", "open"), Map.of("late", "1"), Map.of("state", "open", "q", "灯"))) {
                for (var reader : List.of(near.communityDesk(), near.districtDesk(), town.cityDesk(), near.manager())) {
                    var page = lists.page(reader, OrderFilter.of(query), null);
                    assertThat(page.rows().stream().map(row -> row.id().id()))
                            .containsSubsequence(8000000000500L, 8000000000050L, 8000000000005L);
                    assertThat(page.upTo()).isNull();
                    assertThat(lists.count(reader, OrderFilter.of(query), page))
                            .isEqualTo(new OrderListQueries.Count(page.rows().size(), false));
                }
            }
        } finally {
            empty();
            filled = false;
        }
    }

    @Test
    void pagesOfACommonWordMissAndRepeatNothing() {
        var filter = OrderFilter.of(Map.of("q", "漏水"));
        var seen = new ArrayList<Long>();
        OrderListQueries.Key after = null;
        do {
            var page = lists.page(town.cityDesk(), filter, after);
            page.rows().forEach(row -> seen.add(row.id().id()));
            after = page.more();
        } while (after != null);
        assertThat(seen)
                .hasSize(ORDERS / 20)
                .doesNotHaveDuplicates()
                .isSortedAccordingTo(java.util.Comparator.reverseOrder());
    }

    @Test
    void byTimeLeftACityReadsAPageOfEachDistrictAndLosesNothingAtTheSeam() {
        // in the other district an hour's orders are due at the same moment, which is that of one of the first district
        // as well
        jdbc.sql("""
                insert into work_order (district, id, version, state, community, estate, category, urgency, channel, filed_by, holder,
                                        submitted_at, due_at)
                select :far, o.id + 1000000, 1, o.state, :community, :garden, o.category, 'ordinary', 'patrol', o.filed_by, :company,
                       o.submitted_at, (select min(x.due_at) from work_order x
                                        where x.district = o.district and x.id > 8000000000000 and x.id / 60 = o.id / 60)
                from work_order o where o.district = :near and o.id > 8000000000000 and o.due_at is not null;
                insert into work_order_words (district, order_id, title, words, grams)
                select district, id, '路灯不亮', '路灯不亮了', array['路灯'] from work_order where district = :far and id > 8000000000000;
                analyze work_order
                """)
                .param("near", near.district())
                .param("far", town.far().district())
                .param("community", town.far().community())
                .param("garden", town.far().garden())
                .param("company", town.far().company())
                .update();
        try {
            for (var query : List.of(Map.of("sort", "due"), Map.of("sort", "due", "category", "facility.lift"))) {
                var filter = OrderFilter.of(query);
                var expected = jdbc.sql("""
                                select id from work_order where district = any(?) and due_at is not null and id > 8000000000000
                                  and category like ? order by due_at, id
                                """)
                        .params(
                                new Integer[] {near.district(), town.far().district()},
                                query.getOrDefault("category", "%"))
                        .query(Long.class)
                        .list();
                var seen = new ArrayList<Long>();
                OrderListQueries.Key after = null;
                do {
                    var page = lists.page(town.cityDesk(), filter, after);
                    page.rows().forEach(row -> seen.add(row.id().id()));
                    after = page.more();
                } while (after != null);
                assertThat(seen).isEqualTo(expected).hasSizeGreaterThan(2 * OrderListQueries.PAGE);
            }
            for (var reader : List.of(town.cityDesk(), near.districtDesk())) {
                var read = new ArrayList<Double>();
                scanned(plan(statements.due(reader, OrderFilter.of(Map.of("sort", "due")), null, 51)), read);
                assertThat(read).isNotEmpty().allMatch(rows -> rows <= 51);
            }
        } finally {
            jdbc.sql("""
                    delete from work_order_words where district = :far and order_id > 8000000000000;
                    delete from work_order where district = :far and id > 8000000000000
                    """).param("far", town.far().district()).update();
        }
    }

    private static void scanned(JsonNode node, List<Double> read) {
        if (node.has("Relation Name")
                && "work_order".equals(node.get("Relation Name").asString())) {
            read.add(node.get("Actual Rows").asDouble());
        }
        if (node.has("Plans")) {
            node.get("Plans").forEach(child -> scanned(child, read));
        }
    }
}

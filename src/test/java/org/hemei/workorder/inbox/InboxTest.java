package org.hemei.workorder.inbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.inbox.InboxRow.Band;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** 待办 with more than a page of it: every row once, the filters over all of them, and figures that do not end with the page. */
@HemeiTest
class InboxTest {

    private static final int MANY = 130;

    @Autowired
    InboxFinder finder;

    @Autowired
    InboxQueries queries;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    MockMvc mvc;

    @Autowired
    JdbcClient jdbc;

    Town.Side here;
    List<OrderId> filed = new ArrayList<>();

    @BeforeEach
    void build() {
        here = towns.make().near();
        filed.clear();
        for (int n = 0; n < MANY; n++) {
            var resident = n % 10 == 0
                    ? towns.resident(here.oldYard(), here.oldYardUnit())
                    : towns.resident(here.garden(), here.unit());
            var estate = n % 10 == 0 ? here.oldYard() : here.garden();
            var category = n % 2 == 0 ? "facility.light" : "facility.lift";
            filed.add(orders.file(resident, Orders.said(estate, null, category, "第 " + n + " 件事，请来看看。")));
        }
        // many due at the same moment, some late, and some without any deadline
        jdbc.sql("""
                update work_order set due_at = case when id % 3 = 0 then timestamptz '2020-01-01 00:00+08'
                                                    when id % 3 = 1 then timestamptz '2090-01-01 00:00+08' end
                where district = ? and community = ?
                """).params(here.district(), here.community()).update();
    }

    private Inbox inbox(Map<String, String> query) {
        return finder.find(here.communityDesk(), Inbox.Filter.of(query), query.get("after"));
    }

    private List<String> walk(Map<String, String> query) {
        var seen = new ArrayList<String>();
        var after = new java.util.HashMap<>(query);
        Inbox page;
        do {
            page = inbox(after);
            assertThat(page.shown()).hasSizeLessThanOrEqualTo(InboxFinder.PAGE);
            page.shown().forEach(row -> seen.add(row.id() + " " + row.need()));
            if (page.next() != null) {
                after.put("after", page.next());
            }
        } while (page.next() != null);
        return seen;
    }

    @Test
    void every_row_is_on_one_page_and_late_ones_come_first() {
        var all = walk(Map.of());
        assertThat(all).hasSize(MANY).doesNotHaveDuplicates();
        assertThat(all)
                .isEqualTo(queries.rows(here.communityDesk()).stream()
                        .map(row -> row.id() + " " + row.need())
                        .toList());
        var first = inbox(Map.of());
        var totals = first.totals();
        assertThat(first.shown()).hasSize(InboxFinder.PAGE);
        assertThat(totals.all()).isEqualTo(MANY).isEqualTo(totals.found());
        assertThat(totals.late()).isEqualTo(totals.bands().get(Band.LATE)).isBetween(MANY / 3 - 1, MANY / 3 + 1);
        assertThat(totals.bands().get(Band.LATER)).isEqualTo(MANY - totals.late());
        assertThat(totals.ahead()).isAfter(first.now());
    }

    @Test
    void filters_look_at_all_that_waits_and_not_at_a_page() throws Exception {
        var old = "" + here.oldYard();
        assertThat(walk(Map.of("estate", old))).hasSize(MANY / 10);
        assertThat(walk(Map.of("category", "facility"))).hasSize(MANY);
        assertThat(walk(Map.of("need", "verify"))).isEmpty();
        assertThat(walk(Map.of("due", "today")))
                .hasSize(inbox(Map.of()).totals().late());
        assertThat(walk(Map.of("q", "第 129 件"))).hasSize(1);
        assertThat(walk(Map.of("q", filed.get(7).number(java.time.Instant.now()))))
                .hasSize(1);
        assertThat(walk(Map.of("q", "老院子", "estate", old))).hasSize(MANY / 10);
        assertThat(walk(Map.of("q", "%"))).isEmpty();
        var totals = inbox(Map.of("estate", old)).totals();
        assertThat(totals.found()).isEqualTo(MANY / 10);
        assertThat(totals.estates()).extracting(Inbox.Option::count).containsExactly(MANY - MANY / 10, MANY / 10);
        assertThat(totals.estates()).filteredOn(Inbox.Option::current).hasSize(1);
        assertThat(totals.needs()).extracting(Inbox.Option::label).containsExactly("派单");
        assertThat(inbox(Map.of("view", "board")).shown()).hasSize(MANY);
    }

    @Test
    void the_page_leads_on_and_back_and_its_figures_are_those_of_all() throws Exception {
        var page = page("/todo");
        assertThat(page).contains(MANY + " 件", "后面的", "这一页 25 件").doesNotContain("回到最前");
        var ids = new LinkedHashSet<String>();
        filed.stream().map(OrderId::toString).filter(page::contains).forEach(ids::add);
        assertThat(ids).hasSize(InboxFinder.PAGE);
        var next = inbox(Map.of()).nextPath();
        var second = page(next);
        assertThat(second).contains("回到最前", "后面的");
        assertThat(ids).noneMatch(id -> second.contains("href=\"/orders/" + id + "\""));
        for (var wrong : List.of("x", "1.2.3", "9".repeat(30), "1.2.3.x'--")) {
            assertThat(page("/todo?after=" + wrong)).contains("这一页 25 件");
        }
    }

    private String page(String path) throws Exception {
        return mvc.perform(get(java.net.URI.create(path)).with(as(here.communityDesk())))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }
}

package org.hemei.workorder.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.db.Pointers;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.Counting;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Orders;
import org.hemei.testing.Orders.Stage;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.testing.Waiting;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.WorkOrderDesk;
import org.hemei.workorder.measure.Part;
import org.hemei.workorder.measure.Rate;
import org.hemei.workorder.measure.Tallies;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/** A first contact that was made or missed is that of whoever held the order then, wherever the order goes (decision 81). */
@HemeiTest
class HeldBeforeTest {

    @Autowired
    private Towns towns;

    @Autowired
    private Orders orders;

    @Autowired
    private WorkOrderDesk desk;

    @Autowired
    private AppealDesk appeals;

    @Autowired
    private RateQueries rates;

    @Autowired
    private RateCases cases;

    @Autowired
    private Pointers pointers;

    @Autowired
    private Counting counting;

    @Autowired
    private MovableClock clock;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvc mvc;

    @Autowired
    private TransactionTemplate transaction;

    private Town town;
    private Town.Side near;
    private OrderId id;

    /** The company missed it; the backstop team, to whom it went, did not. */
    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
        id = orders.at(Stage.WORKING, near, near.resident(), "地下车库的灯全灭了。");
        clock.set(clock.instant().plus(Duration.ofDays(15)));
        desk.dispatch(near.communityDesk(), id, orders.version(id), near.backstop(), "合同到期");
        desk.take(near.backstopManager(), id, orders.version(id));
        desk.contact(near.backstopManager(), id, orders.version(id), "phone", "约好了");
    }

    @AfterEach
    void putBack() {
        clock.reset();
    }

    @Test
    void each_company_answers_for_its_own_contact_and_the_area_for_both() {
        assertThat(parts(near.company())).isEqualTo(Map.of(Part.MISSED, 1L));
        assertThat(parts(near.backstop())).isEqualTo(Map.of(Part.IN_TIME, 1L));
        var area = RateQueries.sum(by(By.AREA)).of(Rate.RESPONSE);
        assertThat(List.of(area.of(Part.IN_TIME), area.of(Part.MISSED))).containsExactly(1L, 1L);
        assertThat(RateQueries.sum(by(By.AREA)).of(Rate.RESOLUTION).outside())
                .as("one order")
                .isOne();
        for (var by : By.values()) {
            assertThat(rates.added(filter(), by, null)).as(by.words()).isEqualTo(by(by));
        }
    }

    @Test
    void going_back_to_the_first_wipes_nothing_and_counts_nobody_twice() {
        desk.dispatch(near.communityDesk(), id, orders.version(id), near.company(), "合同续上了");
        desk.take(near.manager(), id, orders.version(id));
        desk.contact(near.manager(), id, orders.version(id), "phone", "约好了");
        assertThat(parts(near.company())).isEqualTo(Map.of(Part.MISSED, 1L));
        assertThat(parts(near.backstop())).isEqualTo(Map.of(Part.IN_TIME, 1L));

        desk.dispatch(near.communityDesk(), id, orders.version(id), near.backstop(), "又要换");
        desk.take(near.backstopManager(), id, orders.version(id));
        assertThat(parts(near.company())).isEqualTo(Map.of(Part.MISSED, 1L));
        assertThat(parts(near.backstop())).as("its contact was made").isEqualTo(Map.of(Part.IN_TIME, 1L));
    }

    @Test
    void the_number_lists_it_for_whoever_held_it() {
        counting.catchUp();
        var own = page(near.manager(), "/rates/cases?rate=response&part=missed&months=3&company=" + near.company());
        assertThat(own).contains("地下车库的灯全灭了", "后来换了处理单位", "/orders/" + id + "/counting?holder=" + near.company());
        assertThat(page(near.manager(), "/orders/" + id + "/counting"))
                .contains("承接时的首次联系", "没按时联系")
                .doesNotContain("解决率");
        assertThat(page(near.backstopManager(), "/orders/" + id + "/counting")).contains("先前的处理单位", "没有登记联系", "按时联系");
        assertThat(page(near.communityDesk(), "/orders/" + id + "/counting?holder=" + near.company()))
                .contains("承接时的首次联系");
        assertThat(page(town.far().manager(), "/orders/" + id + "/counting")).doesNotContain("首次联系");
    }

    @Test
    void it_is_appealed_by_whoever_it_weighs_on_and_the_other_stays_as_it_was() {
        assertThatThrownBy(() -> file(town.far().manager(), near.company())).isInstanceOf(Missing.class);
        assertThatThrownBy(() -> file(near.manager(), null)).isInstanceOf(Missing.class);
        var appeal = file(near.manager(), near.company());
        appeals.decide(near.streetDesk(), appeal, 0, true, "前一张联系过。");
        assertThat(parts(near.company())).isEqualTo(Map.of(Part.LEFT_OUT, 1L));
        assertThat(parts(near.backstop())).isEqualTo(Map.of(Part.IN_TIME, 1L));
        assertThat(page(near.manager(), "/rates/appeals/" + appeal)).contains("同意");

        desk.dispatch(near.communityDesk(), id, orders.version(id), near.company(), "合同续上了");
        assertThat(parts(near.company())).as("what was decided goes along").isEqualTo(Map.of(Part.LEFT_OUT, 1L));
        desk.dispatch(near.communityDesk(), id, orders.version(id), near.backstop(), "又要换");
        assertThat(parts(near.company())).isEqualTo(Map.of(Part.LEFT_OUT, 1L));
        assertThat(parts(near.backstop())).isEqualTo(Map.of(Part.IN_TIME, 1L));
    }

    @Test
    void whoever_held_it_reads_their_own_appeal_and_nobody_elses() {
        var path = "/orders/" + id + "/counting?holder=" + near.company();
        var of = file(near.manager(), near.company());
        assertThat(page(near.manager(), path)).contains("/rates/appeals/" + of);
        appeals.withdraw(near.manager(), of, 0);
        jdbc.sql("update rate_appeal set holder = ? where district = ? and id = ?")
                .params(near.backstop(), of.district(), of.id())
                .update();
        assertThat(page(near.manager(), path)).doesNotContain("/rates/appeals/" + of);
        assertThat(page(near.communityDesk(), "/orders/" + id + "/counting")).contains("/rates/appeals/" + of);
    }

    @Test
    void two_who_held_it_appeal_at_the_same_time_and_neither_waits_for_the_other() {
        jdbc.sql("update work_order set contact_denied = true where district = ? and id = ?")
                .params(id.district(), id.id())
                .update();
        clock.set(clock.instant().plus(Duration.ofDays(15)));
        counting.catchUp();
        var first = file(near.manager(), near.company());
        assertThatThrownBy(() -> file(near.manager(), near.company()))
                .as("the same holder twice")
                .hasMessageContaining("这家在这张单上已经有一件申诉在等结果");
        assertThatThrownBy(() -> file(near.communityDesk(), near.company()))
                .as("the community about the same holder")
                .hasMessageContaining("已经有一件申诉在等结果");
        assertThat(page(near.backstopManager(), "/orders/" + id + "/counting"))
                .as("theirs can be appealed, and the other's is not theirs to open")
                .contains("交给街道定")
                .doesNotContain("/rates/appeals/" + first);
        var second = file(near.backstopManager(), null);
        assertThatThrownBy(() -> file(near.backstopManager(), null)).hasMessageContaining("已经有一件申诉在等结果");
        assertThat(page(near.backstopManager(), "/orders/" + id + "/counting"))
                .contains("/rates/appeals/" + second)
                .doesNotContain("交给街道定");
        appeals.decide(near.streetDesk(), first, 0, true, "前一张联系过。");
        assertThat(parts(near.company())).isEqualTo(Map.of(Part.LEFT_OUT, 1L));
        assertThat(parts(near.backstop())).as("not decided yet").isEqualTo(Map.of(Part.MISSED, 1L));
        appeals.decide(near.streetDesk(), second, 0, false, "登记的联系居民说没有。");
        assertThat(parts(near.company())).isEqualTo(Map.of(Part.LEFT_OUT, 1L));
        assertThat(parts(near.backstop())).isEqualTo(Map.of(Part.MISSED, 1L));
    }

    @Test
    void two_appeals_of_an_order_that_are_decided_together_both_hold() throws Exception {
        jdbc.sql("update work_order set contact_denied = true where district = ? and id = ?")
                .params(id.district(), id.id())
                .update();
        clock.set(clock.instant().plus(Duration.ofDays(15)));
        counting.catchUp();
        var first = file(near.manager(), near.company());
        var second = file(near.backstopManager(), null);
        var done = new CompletableFuture<Void>();
        transaction.executeWithoutResult(status -> {
            appeals.decide(near.streetDesk(), first, 0, true, "前一张联系过。");
            Thread.ofVirtual().start(() -> {
                try {
                    appeals.decide(near.streetDesk(), second, 0, true, "电话打过。");
                    done.complete(null);
                } catch (Throwable e) {
                    done.completeExceptionally(e);
                }
            });
            Waiting.forThis(jdbc);
        });
        done.get(30, TimeUnit.SECONDS);
        assertThat(parts(near.company())).isEqualTo(Map.of(Part.LEFT_OUT, 1L));
        assertThat(parts(near.backstop())).isEqualTo(Map.of(Part.LEFT_OUT, 1L));
    }

    /** Whoever moves the order holds it, and waits for what was decided: so nobody who waits for the order may hold an appeal. */
    @Test
    void who_decides_while_the_order_is_moved_waits_without_the_appeal() throws Exception {
        var appeal = file(near.manager(), near.company());
        var done = new CompletableFuture<Void>();
        transaction.executeWithoutResult(status -> {
            jdbc.sql("select id from work_order where district = ? and id = ? for update")
                    .params(id.district(), id.id())
                    .query(Long.class)
                    .single();
            Thread.ofVirtual().start(() -> {
                try {
                    appeals.decide(near.streetDesk(), appeal, 0, true, "前一张联系过。");
                    done.complete(null);
                } catch (Throwable e) {
                    done.completeExceptionally(e);
                }
            });
            Waiting.forThis(jdbc);
            jdbc.sql("select id from rate_appeal where district = ? and id = ? for update nowait")
                    .params(appeal.district(), appeal.id())
                    .query(Long.class)
                    .single();
        });
        done.get(30, TimeUnit.SECONDS);
        assertThat(parts(near.company())).isEqualTo(Map.of(Part.LEFT_OUT, 1L));
    }

    @Test
    void pages_of_cases_lose_nobody_where_one_ends_inside_an_order() {
        // three bodies held it one after the other, each too late
        var other = orders.at(Stage.WORKING, near, near.resident(), "单元门关不上。");
        for (var order : List.of(id, other)) {
            jdbc.sql("""
                            insert into held_before (district, order_id, holder, contact_due, contact_denied)
                            select o.district, o.id, b.id, o.submitted_at + interval '1 hour', false
                            from work_order o, (select id from body where id <> ? and id <> ? order by id limit 3) b
                            where o.district = ? and o.id = ?
                            """)
                    .params(near.company(), near.backstop(), order.district(), order.id())
                    .update();
            jdbc.sql("update order_fact set turns_at = '2000-01-01' where district = ? and order_id = ?")
                    .params(order.district(), order.id())
                    .update();
        }
        clock.set(clock.instant().plus(Duration.ofDays(1)));
        counting.catchUp();
        var wanted = RateCases.Wanted.of(Rate.RESPONSE, Part.MISSED);
        var all = cases.rows(near.communityDesk(), filter(), wanted, null, 50);
        assertThat(all).hasSizeGreaterThanOrEqualTo(7);
        for (var size = 1; size < 5; size++) {
            var found = new ArrayList<RateCases.Row>();
            for (RateCases.Key after = null; ; after = found.getLast().key()) {
                var page = cases.rows(near.communityDesk(), filter(), wanted, after, size);
                found.addAll(page);
                if (page.isEmpty()) {
                    break;
                }
            }
            assertThat(found).as("by " + size).isEqualTo(all);
        }
    }

    /** Nothing else may point to it any more: then it would go, and the figure would be of nobody. */
    @Test
    void a_body_that_held_an_order_is_not_taken_away() {
        assertThat(pointers.to("body"))
                .filteredOn(pointer -> pointer.column().equals("holder"))
                .extracting(Pointers.Pointer::table)
                .contains("held_before", "order_dispute", "rate_appeal", "work_order");
        assertThat(pointers.words("body", List.of(near.company()), "work_order"))
                .contains("先前处理单位的首次联系");
    }

    private AppealId file(Reader reader, Long before) {
        return appeals.file(reader, id, before, List.of(Rate.RESPONSE), "repeated", "按前一张单办了。", List.of());
    }

    private Map<Part, Long> parts(long holder) {
        return by(By.COMPANY)
                .getOrDefault(String.valueOf(holder), Tallies.NONE)
                .of(Rate.RESPONSE)
                .parts();
    }

    private Map<String, Tallies> by(By by) {
        counting.catchUp();
        return rates.by(filter(), by, null);
    }

    private RateFilter filter() {
        return RateFilter.area(near.community(), new Period(YearMonth.from(CivilTime.date(clock.instant())), 3));
    }

    private String page(Reader reader, String path) {
        try {
            return mvc.perform(get(path).with(as(reader)))
                    .andReturn()
                    .getResponse()
                    .getContentAsString(StandardCharsets.UTF_8);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

package org.hemei.workorder.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayInputStream;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.Counting;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Orders;
import org.hemei.testing.Orders.Stage;
import org.hemei.testing.TakenLists;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.RatingDesk;
import org.hemei.workorder.SubmissionDesk;
import org.hemei.workorder.WorkOrderDesk;
import org.hemei.workorder.measure.Part;
import org.hemei.workorder.measure.Rate;
import org.hemei.workorder.measure.RateRules;
import org.hemei.workorder.measure.Tallies;
import org.hemei.workorder.measure.Tally;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** What the three rates count, at every edge; and that a number and the list behind it hold the same. */
@HemeiTest
class RatesTest {

    @Autowired
    TakenLists taken;

    @Autowired
    private Towns towns;

    @Autowired
    private Orders orders;

    @Autowired
    private WorkOrderDesk desk;

    @Autowired
    private RatingDesk ratings;

    @Autowired
    private RateQueries queries;

    @Autowired
    private RateCases cases;

    @Autowired
    private RateRules rules;

    @Autowired
    private Counting counting;

    @Autowired
    private MovableClock clock;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvc mvc;

    private Town town;
    private Town.Side near;

    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
    }

    @AfterEach
    void putBack() {
        clock.reset();
    }

    private Period period() {
        return Period.of(YearMonth.from(CivilTime.date(clock.instant())));
    }

    private RateFilter here() {
        return RateFilter.area(near.community(), new Period(period().last(), 3));
    }

    /** After counting anew what the test put into the tables itself. */
    private Map<String, Tallies> by(RateFilter filter, By by, @Nullable Reader reader) {
        counting.anew(town);
        return queries.by(filter, by, reader);
    }

    private Tallies tallies() {
        return RateQueries.sum(by(here(), By.AREA, null));
    }

    private Tally of(Rate rate) {
        return tallies().of(rate);
    }

    /** What a patrol found stands beside the rate, from its dispatch to its end; what was rejected stands there as that. */
    @Test
    void where_there_is_nobody_to_contact_nobody_is_late_with_it() throws Exception {
        var found = orders.patrolled(near, "井盖松动了，要换。");
        desk.dispatch(near.communityDesk(), found, orders.version(found), near.company());
        desk.take(near.manager(), found, orders.version(found));
        var refused = orders.patrolled(near, "马路上的坑，不归我们。");
        desk.reject(near.communityDesk(), refused, orders.version(refused), "是市政道路", "市政热线 12319");
        var nameless = orders.file(
                near.communityDesk(),
                new SubmissionDesk.Submission(
                        near.garden(),
                        null,
                        null,
                        orders.category(),
                        "灯不亮了。",
                        "",
                        false,
                        List.of(),
                        "walk_in",
                        "来访人",
                        ""));
        desk.dispatch(near.communityDesk(), nameless, orders.version(nameless), near.company());
        clock.advance(Duration.ofDays(30));
        var response = of(Rate.RESPONSE);
        assertThat(response.of(Part.NOBODY)).isEqualTo(2);
        assertThat(response.of(Part.REJECTED)).isEqualTo(1);
        assertThat(response.of(Part.MISSED)).isZero();
        assertThat(of(Rate.RESOLUTION).of(Part.NOBODY)).isZero();
        for (var id : List.of(found, nameless)) {
            mvc.perform(get("/orders/" + id + "/counting").with(as(near.manager())))
                    .andExpect(content().string(containsString("没有人可联系")));
        }
        mvc.perform(get("/todo").with(as(near.manager()))).andExpect(content().string(not(containsString("联系居民"))));
        mvc.perform(get("/orders/" + found).with(as(near.manager())))
                .andExpect(content().string(containsString("不算联系时限")))
                .andExpect(content().string(not(containsString("联系居民，记一笔"))));
        mvc.perform(get("/orders/" + found + "/contact").with(as(near.manager())))
                .andExpect(content().string(not(containsString("value=\"message\""))));
        desk.resolve(near.manager(), found, orders.version(found), "换好了", List.of(), List.of());
        desk.verify(near.communityDesk(), found, orders.version(found), "");
        assertThat(of(Rate.RESPONSE).of(Part.NOBODY)).isEqualTo(2);
    }

    private OrderId order(Stage stage) {
        return orders.at(stage, near, near.resident(), "路灯不亮");
    }

    private void set(OrderId id, String column, Object value) {
        jdbc.sql("update work_order set " + column + " = ? where district = ? and id = ?")
                .params(value, id.district(), id.id())
                .update();
    }

    private static Timestamp stamp(Instant at) {
        return Timestamp.from(at);
    }

    private void rating(OrderId id, Reader reader, int round, boolean solved, int satisfied, Instant at) {
        jdbc.sql("""
                insert into work_order_rating (district, order_id, account, round, solved, satisfied, words, at)
                values (?, ?, ?, ?, ?, ?, '', ?)
                """)
                .params(id.district(), id.id(), reader.account(), round, solved, satisfied, stamp(at))
                .update();
    }

    /** Every part of every rate lists exactly as many cases as it counts, and the parts of a rate are all there is. */
    private void agrees() {
        var sum = tallies();
        for (var rate : Rate.values()) {
            var listed = 0;
            for (var part : Part.values()) {
                var rows = cases.rows(near.districtDesk(), here(), RateCases.Wanted.of(rate, part), null, 1000);
                assertThat(rows).as(rate + " " + part).hasSize((int)
                        sum.of(rate).of(part));
                listed += rows.size();
            }
            assertThat(cases.rows(
                            near.districtDesk(), here(), RateCases.Wanted.of(rate, RateCases.Group.ALL), null, 1000))
                    .hasSize(listed);
            assertThat(cases.rows(
                            near.districtDesk(),
                            here(),
                            RateCases.Wanted.of(rate, RateCases.Group.COUNTED),
                            null,
                            1000))
                    .hasSize((int) sum.of(rate).denominator());
        }
    }

    @Test
    void nothing_at_all_is_no_rate() throws Exception {
        assertThat(tallies()).isEqualTo(Tallies.NONE);
        assertThat(of(Rate.RESPONSE).denominator()).isZero();
        mvc.perform(get("/rates").with(as(near.streetDesk())))
                .andExpect(status().isOk())
                .andExpect(content().string(org.hamcrest.Matchers.containsString("还没有能算的")));
    }

    @Test
    void contact_at_the_deadline_is_in_time_and_a_moment_later_is_not() {
        var due = clock.instant().plus(Duration.ofHours(3)).truncatedTo(java.time.temporal.ChronoUnit.MICROS);
        var exactly = order(Stage.WORKING);
        var later = order(Stage.WORKING);
        for (var id : List.of(exactly, later)) {
            set(id, "contact_due", stamp(due));
        }
        assertThat(of(Rate.RESPONSE).of(Part.NOT_YET)).as("the clock runs").isEqualTo(2);
        clock.set(due.minusSeconds(30));
        assertThat(of(Rate.RESPONSE).denominator()).as("not over yet").isZero();
        set(exactly, "contacted_at", stamp(due));
        set(later, "contacted_at", stamp(due.plusNanos(1000)));
        var response = of(Rate.RESPONSE);
        assertThat(response.numerator()).isEqualTo(1);
        assertThat(response.denominator()).isEqualTo(2);
        agrees();
    }

    @Test
    void never_contacted_is_missed_once_the_time_is_over() {
        order(Stage.WORKING);
        clock.advance(Duration.ofDays(20));
        assertThat(of(Rate.RESPONSE).of(Part.MISSED)).isEqualTo(1);
        assertThat(of(Rate.RESPONSE).of(Part.NOT_YET)).isZero();
    }

    @Test
    void the_residents_word_beats_the_log() {
        var id = order(Stage.CONTACTED);
        assertThat(of(Rate.RESPONSE).numerator()).isEqualTo(1);
        desk.denyContact(near.resident(), id, orders.version(id));
        assertThat(of(Rate.RESPONSE).numerator()).isZero();
        assertThat(of(Rate.RESPONSE).of(Part.MISSED)).isEqualTo(1);
        agrees();
    }

    @Test
    void silence_is_beside_the_rates_and_never_in_them() {
        order(Stage.VERIFIED);
        order(Stage.VERIFIED);
        assertThat(of(Rate.SATISFACTION).of(Part.NOT_YET)).isEqualTo(2);
        clock.advance(Duration.ofDays(20));
        while (ratings.closeUnrated() > 0) {
            // until all are closed
        }
        for (var rate : List.of(Rate.RESOLUTION, Rate.SATISFACTION)) {
            assertThat(of(rate).denominator()).isZero();
            assertThat(of(rate).of(Part.UNRATED)).isEqualTo(2);
        }
        agrees();
    }

    @Test
    void one_rating_is_all_or_nothing() {
        var id = order(Stage.VERIFIED);
        ratings.rate(near.resident(), id, orders.version(id), true, 3, "");
        assertThat(of(Rate.RESOLUTION))
                .extracting(Tally::numerator, Tally::denominator)
                .containsExactly(1L, 1L);
        assertThat(of(Rate.SATISFACTION))
                .extracting(Tally::numerator, Tally::denominator)
                .containsExactly(0L, 1L);
        agrees();
    }

    @Test
    void reopened_and_then_solved_is_solved() {
        var id = order(Stage.VERIFIED);
        ratings.rate(near.resident(), id, orders.version(id), false, 1, "还漏");
        assertThat(of(Rate.RESOLUTION))
                .extracting(Tally::numerator, Tally::denominator)
                .containsExactly(0L, 1L);
        desk.contact(near.staff(), id, orders.version(id), "phone", "再来");
        desk.resolve(near.staff(), id, orders.version(id), "换了管子", List.of(), List.of());
        desk.verify(near.communityDesk(), id, orders.version(id), "看过了");
        ratings.rate(near.resident(), id, orders.version(id), true, 5, "好了");
        assertThat(of(Rate.RESOLUTION))
                .extracting(Tally::numerator, Tally::denominator)
                .containsExactly(1L, 1L);
        assertThat(of(Rate.SATISFACTION))
                .extracting(Tally::numerator, Tally::denominator)
                .containsExactly(1L, 1L);
        agrees();
    }

    @Test
    void not_solved_and_then_silent_stays_not_solved() {
        var id = order(Stage.VERIFIED);
        ratings.rate(near.resident(), id, orders.version(id), false, 1, "还漏");
        set(id, "state", "closed_unrated");
        assertThat(of(Rate.RESOLUTION).of(Part.UNSOLVED)).isEqualTo(1);
        assertThat(of(Rate.RESOLUTION).of(Part.UNRATED)).isZero();
    }

    @Test
    void each_reporter_of_an_order_counts_once() {
        var id = order(Stage.CLOSED);
        rating(id, near.neighbour(), 1, false, 1, clock.instant());
        rating(id, near.neighbour(), 2, true, 4, clock.instant());
        rating(id, near.oldYardResident(), 1, false, 2, clock.instant());
        assertThat(of(Rate.RESOLUTION))
                .extracting(Tally::numerator, Tally::denominator)
                .containsExactly(2L, 3L);
        assertThat(of(Rate.RESPONSE).denominator()).as("one order all the same").isEqualTo(1);
        agrees();
    }

    @Test
    void every_way_out_is_named() {
        for (var state : List.of("rejected", "answered", "withdrawn")) {
            set(order(Stage.SUBMITTED), "state", state);
        }
        var kept = order(Stage.WORKING);
        var merged = order(Stage.SUBMITTED);
        jdbc.sql("update work_order set state = 'merged', kept = ? where district = ? and id = ?")
                .params(kept.id(), merged.district(), merged.id())
                .update();
        set(order(Stage.WORKING), "state", "transferred");
        var referred = order(Stage.WORKING);
        set(referred, "state", "transferred");
        jdbc.sql("""
                insert into work_order_step (district, order_id, seq, at, verb, to_state, actor_as)
                values (?, ?, 99, now(), 'refer', 'transferred', 'community')
                """).params(referred.district(), referred.id()).update();
        var ratedAnswer = order(Stage.SUBMITTED);
        set(ratedAnswer, "state", "answered");
        rating(ratedAnswer, near.resident(), 1, true, 5, clock.instant());
        for (var rate : List.of(Rate.RESPONSE, Rate.RESOLUTION)) {
            for (var part : List.of(Part.REJECTED, Part.WITHDRAWN, Part.MERGED, Part.TRANSFERRED, Part.REFERRED)) {
                assertThat(of(rate).of(part)).as(rate + " " + part).isEqualTo(1);
            }
        }
        assertThat(of(Rate.RESPONSE).of(Part.ANSWERED)).isEqualTo(2);
        assertThat(of(Rate.RESOLUTION).of(Part.ANSWERED))
                .as("the other one was rated")
                .isEqualTo(1);
        assertThat(of(Rate.RESOLUTION).numerator()).isEqualTo(1);
        agrees();
    }

    @Test
    void who_was_merged_rates_whoever_did_the_work() {
        var kept = order(Stage.WORKING);
        var twin = orders.file(near.neighbour(), near.garden(), "路灯也不亮");
        desk.merge(near.communityDesk(), twin, 1, kept);
        desk.resolve(near.manager(), kept, orders.version(kept), "换了灯", List.of(), List.of());
        desk.verify(near.communityDesk(), kept, orders.version(kept), "");
        ratings.rate(near.resident(), kept, orders.version(kept), true, 5, "");
        ratings.rate(near.neighbour(), twin, orders.version(twin), true, 2, "太慢");
        var company = String.valueOf(near.company());
        var ofCompany = Objects.requireNonNull(by(here(), By.COMPANY, null).get(company));
        assertThat(ofCompany.of(Rate.RESOLUTION).denominator()).isEqualTo(2);
        assertThat(ofCompany.of(Rate.SATISFACTION).numerator()).isEqualTo(1);
        var ofProject = Objects.requireNonNull(by(here(), By.PROJECT, null).get(company + "-" + near.garden()));
        assertThat(ofProject.of(Rate.RESOLUTION).denominator()).isEqualTo(2);
        agrees();
    }

    @Test
    void who_phoned_is_asked_by_phone_and_counts_once_whoever_asks() throws Exception {
        var id = order(Stage.CALLED);
        var colleague = towns.account(Role.COMMUNITY, near.community(), null, null, null);
        mvc.perform(get("/todo?need=call_back").with(as(near.communityDesk())))
                .andExpect(content().string(containsString("/orders/" + id)));
        var silent = order(Stage.CALLED);
        jdbc.sql("update work_order_words set caller_phone_cipher = null where district = ? and order_id = ?")
                .params(silent.district(), silent.id())
                .update();
        mvc.perform(get("/todo?need=call_back").with(as(near.communityDesk())))
                .andExpect(content().string(not(containsString("/orders/" + silent))));
        jdbc.sql("update work_order set state = 'withdrawn' where district = ? and id = ?")
                .params(silent.district(), silent.id())
                .update();
        mvc.perform(get("/orders/" + id).with(as(near.communityDesk())))
                .andExpect(content().string(containsString("/orders/" + id + "/call-back")));
        mvc.perform(get("/orders/" + id).with(as(near.streetDesk())))
                .andExpect(content().string(not(containsString("/orders/" + id + "/call-back"))));
        mvc.perform(post("/orders/" + id + "/call-back")
                        .param("version", String.valueOf(orders.version(id)))
                        .param("words", "电话里说还亮不了")
                        .with(as(near.communityDesk()))
                        .with(csrf()))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("请选解决了没有")))
                .andExpect(content().string(containsString("电话里说还亮不了")));
        mvc.perform(post("/orders/" + id + "/call-back")
                        .param("version", String.valueOf(orders.version(id)))
                        .param("solved", "no")
                        .param("satisfied", "2")
                        .with(as(near.communityDesk()))
                        .with(csrf()))
                .andExpect(status().is3xxRedirection());
        assertThat(orders.state(id)).isEqualTo("in_progress");
        desk.resolve(near.manager(), id, orders.version(id), "又换了灯", List.of(), List.of());
        desk.verify(near.communityDesk(), id, orders.version(id), "");
        ratings.rate(colleague, id, orders.version(id), true, 5, "说亮了");
        assertThat(orders.state(id)).isEqualTo("closed");
        assertThat(of(Rate.RESOLUTION).denominator()).isEqualTo(1);
        assertThat(of(Rate.SATISFACTION).numerator()).isEqualTo(1);
        agrees();
        mvc.perform(get("/orders/" + id).with(as(near.communityDesk())))
                .andExpect(content().string(containsString("社区电话回访，记下评价")))
                .andExpect(content().string(containsString("社区电话回访，来电人说没解决，重新办")));
        mvc.perform(get("/rates/cases?rate=resolution").with(as(near.communityDesk())))
                .andExpect(content().string(containsString("电话回访")));
    }

    @Test
    void whoever_did_the_work_does_not_rate_it_by_way_of_a_merged_order() {
        var kept = order(Stage.WORKING);
        var neighbour = near.neighbour();
        towns.grant(neighbour.account(), Role.STAFF, null, near.garden(), near.company(), null);
        var twin = orders.file(neighbour, near.garden(), "路灯也不亮");
        desk.merge(near.communityDesk(), twin, 1, kept);
        desk.assign(near.manager(), kept, orders.version(kept), neighbour.account());
        var worker = towns.reader(neighbour.account());
        desk.resolve(worker, kept, orders.version(kept), "换了灯", List.of(), List.of());
        desk.verify(near.communityDesk(), kept, orders.version(kept), "");
        assertThatThrownBy(() -> ratings.rate(worker, twin, orders.version(twin), true, 5, ""))
                .hasMessageContaining("处理的人不能自己评价");
    }

    @Test
    void months_begin_and_end_in_shanghai() {
        var month = YearMonth.from(CivilTime.date(clock.instant())).minusMonths(1);
        var first = CivilTime.startOf(month.atDay(1));
        var next = CivilTime.startOf(month.plusMonths(1).atDay(1));
        for (var at : List.of(first.minusMillis(1), first, next.minusMillis(1), next)) {
            set(order(Stage.CLOSED), "submitted_at", stamp(at));
        }
        var months = by(RateFilter.area(near.community(), new Period(month.plusMonths(1), 3)), By.MONTH, null);
        assertThat(months.get(month.minusMonths(1).toString()).orders()).isEqualTo(1);
        assertThat(months.get(month.toString()).orders()).isEqualTo(2);
        assertThat(months.get(month.plusMonths(1).toString()).orders()).isEqualTo(1);
    }

    @Test
    void a_company_with_two_projects_is_told_apart_and_together() {
        order(Stage.CLOSED);
        towns.contract(
                near.company(),
                towns.estate("试第二园", String.valueOf(near.district()), near.street(), near.community(), "商品房"));
        var second = jdbc.sql("select max(id) from estate").query(Long.class).single();
        var other = order(Stage.VERIFIED);
        set(other, "estate", second);
        rating(other, near.resident(), 1, false, 1, clock.instant());
        var company = RateFilter.company(near.company(), period());
        assertThat(RateQueries.sum(by(company, By.PROJECT, null)).of(Rate.RESOLUTION))
                .extracting(Tally::numerator, Tally::denominator)
                .containsExactly(1L, 2L);
        var projects = by(company, By.PROJECT, null);
        assertThat(projects.get(near.company() + "-" + near.garden())
                        .of(Rate.RESOLUTION)
                        .numerator())
                .isEqualTo(1);
        assertThat(projects.get(near.company() + "-" + second)
                        .of(Rate.RESOLUTION)
                        .numerator())
                .isZero();
        // its manager answers for the garden alone
        assertThat(by(company, By.ESTATE, near.manager())).containsOnlyKeys(String.valueOf(near.garden()));
    }

    @Test
    void from_how_many_of_five_one_is_satisfied_is_a_rule_of_the_place_and_month() {
        var id = order(Stage.VERIFIED);
        ratings.rate(near.resident(), id, orders.version(id), true, 4, "");
        assertThat(of(Rate.SATISFACTION).numerator()).isEqualTo(1);
        var next = LocalDate.now(CivilTime.ZONE).plusMonths(1).withDayOfMonth(1);
        rules.set(near.districtDesk(), RateRules.Name.SATISFIED_FROM, String.valueOf(near.district()), 5, next, "试行");
        assertThat(of(Rate.SATISFACTION).numerator())
                .as("this month keeps its measure")
                .isEqualTo(1);
        set(id, "submitted_at", stamp(CivilTime.startOf(next.plusDays(2))));
        var later = RateFilter.area(near.community(), Period.of(YearMonth.from(next)));
        assertThat(RateQueries.sum(by(later, By.AREA, null))
                        .of(Rate.SATISFACTION)
                        .numerator())
                .isZero();
    }

    /** Every filter and every way to tell apart: what is kept by month is what adding up the orders finds. */
    @Test
    void what_is_kept_by_month_is_what_adding_up_finds() {
        for (var stage : List.of(Stage.SUBMITTED, Stage.WORKING, Stage.CONTACTED, Stage.VERIFIED, Stage.CLOSED)) {
            order(stage);
            orders.at(stage, town.far(), town.far().resident(), "路灯不亮");
        }
        set(
                order(Stage.CLOSED),
                "submitted_at",
                stamp(CivilTime.startOf(period().last().minusMonths(1).atDay(3))));
        var moved = order(Stage.CLOSED);
        jdbc.sql("update work_order set category = 'facility.lift' where district = ? and id = ?")
                .params(moved.district(), moved.id())
                .update();
        counting.anew(town);
        var months = new Period(period().last(), 3);
        var places = new ArrayList<RateFilter>();
        for (var area : List.of(town.city(), String.valueOf(near.district()), near.street(), near.community())) {
            places.add(RateFilter.area(area, months));
            places.add(new RateFilter(area, near.garden(), null, null, months));
            places.add(new RateFilter(area, null, near.company(), null, months));
            places.add(new RateFilter(area, near.garden(), near.company(), null, months));
        }
        places.add(RateFilter.company(near.company(), months));
        for (var place : places) {
            for (var category : Arrays.asList(null, "facility", "facility.lift")) {
                var filter = new RateFilter(place.area(), place.estate(), place.company(), category, months);
                for (var by : By.values()) {
                    assertThat(queries.by(filter, by, null))
                            .as(filter + " " + by)
                            .isEqualTo(queries.added(filter, by, null));
                }
            }
        }
        var own = new RateFilter(null, null, null, null, months);
        for (var reader : List.of(near.manager(), town.far().manager())) {
            for (var by : By.values()) {
                assertThat(queries.by(own, by, reader)).as(by.code()).isEqualTo(queries.added(own, by, reader));
            }
        }
        assertThat(by(own, By.MONTH, near.manager())).isNotEmpty();
        assertThat(by(RateFilter.area(near.community(), months), By.COMPANY, null))
                .containsKey("");
    }

    @Test
    void nobody_counts_or_lists_what_is_not_theirs() throws Exception {
        order(Stage.CLOSED);
        var far = town.far();
        assertThat(by(here(), By.AREA, far.districtDesk())).isEmpty();
        assertThat(cases.rows(
                        far.streetDesk(), here(), RateCases.Wanted.of(Rate.RESPONSE, RateCases.Group.ALL), null, 10))
                .isEmpty();
        assertThat(by(here(), By.AREA, far.manager())).isEmpty();
        mvc.perform(get("/rates").param("area", near.community()).with(as(far.streetDesk())))
                .andExpect(status().isNotFound());
    }

    @Test
    void the_sheet_says_what_the_page_says() throws Exception {
        order(Stage.CLOSED);
        order(Stage.WORKING);
        counting.catchUp();
        var bytes = taken.taken(mvc, near.communityDesk(), "rates", "by", "estate");
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(bytes))) {
            var rows = book.getFirstSheet().read();
            assertThat(rows.getLast().getCellText(0)).contains("，分小区，数据到 ");
            var garden = rows.stream()
                    .filter(row -> row.getCellText(0).startsWith("试和美花园"))
                    .findFirst()
                    .orElseThrow();
            assertThat(garden.getCellText(1)).isEqualTo("2");
            assertThat(garden.getCellText(2)).isEqualTo("100.0");
        }
    }
}

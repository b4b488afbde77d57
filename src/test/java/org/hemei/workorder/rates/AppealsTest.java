package org.hemei.workorder.rates;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Duration;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.hamcrest.Matchers;
import org.hemei.access.Role;
import org.hemei.platform.Grant;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.notice.Notices;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.Counting;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Orders;
import org.hemei.testing.Orders.Stage;
import org.hemei.testing.Pictures;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.RatingDesk;
import org.hemei.workorder.measure.Part;
import org.hemei.workorder.measure.Rate;
import org.hemei.workorder.measure.RateRules;
import org.hemei.workorder.measure.RateSql;
import org.hemei.workorder.measure.Tally;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

/** Whether an order counts: asked by whom it weighs on, decided by the street, looked at again by the district, never by oneself. */
@HemeiTest
class AppealsTest {

    @Autowired
    private Towns towns;

    @Autowired
    private RateThings things;

    @Autowired
    private Orders orders;

    @Autowired
    private RatingDesk ratings;

    @Autowired
    private AppealDesk desk;

    @Autowired
    private Appeals appeals;

    @Autowired
    private AppealQueries queries;

    @Autowired
    private RateQueries rates;

    @Autowired
    private Counting counting;

    @Autowired
    private RateRules rules;

    @Autowired
    private Attachments attachments;

    @Autowired
    private Notices notices;

    @Autowired
    private Pump pump;

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

    /** As the counts follow the log: a decision is announced, and so are an order's own steps. */
    private Tally of(Rate rate) {
        counting.catchUp();
        var here = RateFilter.area(near.community(), new Period(YearMonth.from(CivilTime.date(clock.instant())), 3));
        return RateQueries.sum(rates.by(here, By.AREA, null)).of(rate);
    }

    private AppealState state(AppealId id) {
        return appeals.find(id).orElseThrow().state();
    }

    private List<String> told(Reader reader) {
        pump.run();
        return notices.list(reader, null, 10).stream()
                .map(notice -> notice.title())
                .toList();
    }

    private UUID photo(Reader reader) {
        return attachments.store(
                reader,
                near.district(),
                new MockMultipartFile("file", "x.png", "image/png", Pictures.of("png", 40, 30)),
                Attachments.Purpose.PHOTO);
    }

    private OrderId unhappy() {
        var id = orders.at(Stage.VERIFIED, near, near.resident(), "楼道灯不亮");
        ratings.rate(near.resident(), id, orders.version(id), true, 1, "");
        return id;
    }

    @Test
    void left_out_by_the_street_and_back_in_by_the_district() {
        var order = unhappy();
        assertThat(of(Rate.SATISFACTION).denominator()).isEqualTo(1);
        var id = desk.file(
                near.manager(),
                order,
                null,
                List.of(Rate.SATISFACTION),
                "malicious",
                "同一天在五个小区点了一样的单。",
                List.of(photo(near.manager())));
        assertThat(of(Rate.SATISFACTION).denominator())
                .as("until it is decided it counts")
                .isEqualTo(1);
        assertThat(queries.waiting(near.streetDesk())).isEqualTo(1);
        assertThat(told(near.streetDesk())).contains("有一件三率申诉等您定");

        desk.decide(near.streetDesk(), id, 0, true, "核对了五张单，一字不差。");
        assertThat(of(Rate.SATISFACTION).denominator()).isZero();
        assertThat(of(Rate.SATISFACTION).of(Part.LEFT_OUT)).as("and is listed").isEqualTo(1);
        assertThat(of(Rate.RESOLUTION).denominator())
                .as("the other rates are not asked about")
                .isEqualTo(1);
        assertThat(told(near.manager())).contains("申诉定了：同意");
        assertThat(told(near.resident())).as("whose word it was").contains("申诉定了：同意");

        desk.askSecond(near.resident(), id, 1, "五个小区我都有房子。");
        assertThat(of(Rate.SATISFACTION).denominator())
                .as("what was decided holds meanwhile")
                .isZero();
        assertThat(queries.waiting(near.districtDesk())).isEqualTo(1);
        desk.decide(near.districtDesk(), id, 2, false, "查了产权，属实。");
        assertThat(state(id)).isEqualTo(AppealState.FINAL);
        assertThat(of(Rate.SATISFACTION).denominator()).isEqualTo(1);
        assertThat(of(Rate.SATISFACTION).of(Part.LEFT_OUT)).isZero();
        assertThat(told(near.manager())).contains("申诉定了：不同意");
        assertThat(appeals.steps(id))
                .extracting(Appeal.Step::verb)
                .containsExactly(AppealVerb.FILE, AppealVerb.UPHOLD, AppealVerb.ASK_SECOND, AppealVerb.REFUSE);
        assertThat(jdbc.sql(
                                "select action from audit_entry where subject_kind = 'rate_appeal' and subject_id = ? order by id")
                        .param(id.toString())
                        .query(String.class)
                        .list())
                .containsExactly(
                        "rate_appeal.file", "rate_appeal.uphold", "rate_appeal.ask_second", "rate_appeal.refuse");
    }

    private String response(OrderId id) {
        return jdbc.sql("select part from (" + RateSql.cases("o.district = :district and o.id = :id")
                        + ") c where rate = 'response'")
                .param("district", id.district())
                .param("id", id.id())
                .param("now", java.sql.Timestamp.from(clock.instant()))
                .query(String.class)
                .single();
    }

    @Test
    void the_reporter_has_a_rejected_order_counted() {
        var order = things.rejected(near, near.resident());
        assertThat(of(Rate.RESPONSE).of(Part.REJECTED)).isEqualTo(1);
        var id = desk.file(
                near.resident(), order, null, List.of(Rate.RESPONSE), "should_count", "路灯是小区的，归物业。", List.of());
        desk.decide(near.streetDesk(), id, 0, true, "路灯在小区红线内，该受理。");
        assertThat(of(Rate.RESPONSE).of(Part.MISSED)).isEqualTo(1);
        assertThat(of(Rate.RESPONSE).of(Part.REJECTED)).isZero();
        assertThat(response(order)).isEqualTo("missed");
        // were it open and its time stood still, the ruling would not make it late
        jdbc.sql(
                        "update work_order set state = 'return_requested', holder = ?, closed_at = null where district = ? and id = ?")
                .params(near.company(), order.district(), order.id())
                .update();
        assertThat(response(order)).isEqualTo("not_yet");
        jdbc.sql(
                        "update work_order set state = 'rejected', holder = null, closed_at = submitted_at where district = ? and id = ?")
                .params(order.district(), order.id())
                .update();
        assertThat(told(near.communityDesk())).contains("申诉定了：同意");
        desk.askSecond(near.communityDesk(), id, 1, "路灯属市政，有移交单。");
        desk.decide(near.districtDesk(), id, 2, false, "移交单属实。");
        assertThat(of(Rate.RESPONSE).of(Part.REJECTED)).isEqualTo(1);
    }

    @Test
    void nobody_decides_on_their_own_case() {
        var order = things.missed(near, near.resident());
        var id = things.appeal(town, near.resident());
        // the community filed for itself, and the same person sits at the street
        var both = towns.account(Role.COMMUNITY, near.community(), null, near.committee(), null);
        towns.grant(both.account(), Role.STREET, near.street(), null, null, null);
        both = towns.reader(both.account());
        var own = desk.file(both, order, null, List.of(Rate.RESPONSE), "repeated", "重复的。", List.of());
        var filer = both;
        assertThatThrownBy(() -> desk.decide(filer, own, 0, true, "同意。"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("申诉的人不能自己定");
        // somebody stands in for the one who filed
        var standIn = new Reader(
                near.streetDesk().account(),
                near.streetDesk().person(),
                "",
                List.of(
                        near.streetDesk().grants().getFirst(),
                        new Grant("COMMUNITY", near.community(), null, null, null, filer.account())),
                false);
        assertThatThrownBy(() -> desk.decide(standIn, own, 0, true, "同意。")).hasMessageContaining("申诉的人不能自己定");
        // whoever worked on the order
        jdbc.sql("""
                insert into work_order_step (district, order_id, seq, at, verb, to_state, actor, actor_as)
                values (?, ?, 99, now(), 'remark', 'in_progress', ?, 'street')
                """)
                .params(order.district(), order.id(), near.streetDesk().account())
                .update();
        assertThatThrownBy(() -> desk.decide(near.streetDesk(), own, 0, true, "同意。"))
                .hasMessageContaining("您办过这张工单");
        // the wrong office, the other side, and those from elsewhere
        for (var wrong : List.of(near.districtDesk(), near.communityDesk(), near.manager(), town.cityDesk())) {
            assertThatThrownBy(() -> desk.decide(wrong, id, 0, true, "同意。"))
                    .as(wrong.toString())
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("由街道定");
        }
        for (var stranger : List.of(town.far().streetDesk(), near.neighbour(), near.staff(), near.helper())) {
            assertThatThrownBy(() -> desk.decide(stranger, id, 0, true, "同意。")).isInstanceOf(Missing.class);
        }
        // and the street does not look twice
        desk.decide(near.streetDesk(), id, 0, false, "前一张也没有联系。");
        desk.askSecond(near.manager(), id, 1, "有通话记录。");
        assertThatThrownBy(() -> desk.decide(near.streetDesk(), id, 2, true, "同意。"))
                .hasMessageContaining("复核由区里定");
        towns.grant(near.streetDesk().account(), Role.DISTRICT, String.valueOf(near.district()), null, null, null);
        var risen = towns.reader(near.streetDesk().account());
        assertThatThrownBy(() -> desk.decide(risen, id, 2, true, "同意。")).hasMessageContaining("第一次是您定的");
    }

    @Test
    void what_stands_against_filing_is_said_all_at_once() {
        var order = unhappy();
        assertThatThrownBy(() ->
                        desk.file(near.manager(), order, null, List.of(Rate.RESPONSE), "malicious", " ", List.of()))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.reasons())
                                .extracting(Refusal.Reason::field)
                                .containsExactly("rate", "words", "photos"));
        assertThatThrownBy(() -> desk.file(near.manager(), order, null, List.of(), "should_count", "x", List.of()))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.reasons())
                                .extracting(Refusal.Reason::field)
                                .containsExactly("rate", "reason"));
        assertThatThrownBy(() ->
                        desk.file(near.resident(), order, null, List.of(Rate.SATISFACTION), "repeated", "x", List.of()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("没有不利");
        assertThatThrownBy(() ->
                        desk.file(near.staff(), order, null, List.of(Rate.SATISFACTION), "repeated", "x", List.of()))
                .isInstanceOf(Missing.class);
        assertThatThrownBy(() -> desk.file(
                        town.far().manager(), order, null, List.of(Rate.SATISFACTION), "repeated", "x", List.of()))
                .isInstanceOf(Missing.class);
        desk.file(near.communityDesk(), order, null, List.of(Rate.SATISFACTION), "repeated", "x", List.of());
        assertThatThrownBy(() ->
                        desk.file(near.manager(), order, null, List.of(Rate.SATISFACTION), "repeated", "x", List.of()))
                .hasMessageContaining("已经有一件申诉");
    }

    @Test
    void time_for_an_appeal_and_for_a_second_look_runs_out() {
        var order = unhappy();
        var late = unhappy();
        var until = desk.until(appeals.counted(order).orElseThrow());
        clock.set(until);
        var id = desk.file(near.manager(), order, null, List.of(Rate.SATISFACTION), "repeated", "重复。", List.of());
        clock.set(desk.until(appeals.counted(late).orElseThrow()).plusSeconds(1));
        assertThatThrownBy(() ->
                        desk.file(near.manager(), late, null, List.of(Rate.SATISFACTION), "repeated", "x", List.of()))
                .hasMessageContaining("申诉期过了");
        desk.decide(near.streetDesk(), id, 0, false, "不同意。");
        clock.advance(Duration.ofDays(30));
        assertThatThrownBy(() -> desk.askSecond(near.manager(), id, 1, "再看看。")).hasMessageContaining("时间过了");
    }

    @Test
    void withdrawn_before_it_is_decided_and_filed_again() {
        var id = things.appeal(town, near.resident());
        assertThatThrownBy(() -> desk.withdraw(near.communityDesk(), id, 0)).hasMessageContaining("申诉的一方");
        desk.withdraw(near.manager(), id, 0);
        assertThat(state(id)).isEqualTo(AppealState.WITHDRAWN);
        assertThatThrownBy(() -> desk.decide(near.streetDesk(), id, 1, true, "同意。"))
                .hasMessageContaining("撤回了");
        var order = appeals.find(id).orElseThrow().order();
        desk.file(near.manager(), order, null, List.of(Rate.RESPONSE), "repeated", "想清楚了。", List.of());
    }

    @Test
    void every_state_takes_only_the_verbs_of_the_table() {
        for (var from : AppealState.values()) {
            for (var verb : AppealVerb.values()) {
                var possible = verb.after(from).isPresent();
                var named = switch (from) {
                    case FILED -> List.of(AppealVerb.UPHOLD, AppealVerb.REFUSE, AppealVerb.WITHDRAW);
                    case DECIDED -> List.of(AppealVerb.ASK_SECOND);
                    case SECOND -> List.of(AppealVerb.UPHOLD, AppealVerb.REFUSE);
                    case FINAL, WITHDRAWN -> List.of();
                };
                assertThat(possible).as(from + " " + verb).isEqualTo(named.contains(verb));
            }
        }
    }

    @Test
    void of_many_who_decide_at_once_one_does() throws Exception {
        var id = things.appeal(town, near.resident());
        var done = new ArrayList<Future<Boolean>>();
        try (var pool = Executors.newFixedThreadPool(8)) {
            for (int i = 0; i < 8; i++) {
                var yes = i % 2 == 0;
                done.add(pool.submit((Callable<Boolean>) () -> {
                    try {
                        desk.decide(near.streetDesk(), id, 0, yes, "看过了。");
                        return true;
                    } catch (Stale other) {
                        return false;
                    }
                }));
            }
        }
        var won = 0;
        for (var one : done) {
            won += one.get() ? 1 : 0;
        }
        assertThat(won).isEqualTo(1);
        assertThat(appeals.steps(id)).hasSize(2);
    }

    @Test
    void filed_on_the_page_once_with_evidence_that_only_the_two_sides_and_offices_see() throws Exception {
        var order = things.missed(near, near.resident());
        var key = UUID.randomUUID().toString();
        for (int i = 0; i < 2; i++) {
            mvc.perform(multipart("/orders/" + order + "/counting")
                            .file(new MockMultipartFile("files", "x.png", "image/png", Pictures.of("png", 40, 30)))
                            .param("_once", key)
                            .param("rate", "response")
                            .param("reason", "beyond")
                            .param("words", "那天全城停电。")
                            .with(as(near.manager()))
                            .with(csrf()))
                    .andExpect(i == 0 ? status().isSeeOther() : status().is4xxClientError());
        }
        var appeal = appeals.of(order).getFirst();
        assertThat(appeals.of(order)).hasSize(1);
        var file = attachments
                .list(near.district(), AppealDesk.OWNER_KIND, appeal.id().toString())
                .getFirst();
        for (var may : List.of(near.manager(), near.streetDesk(), near.resident(), near.districtDesk())) {
            mvc.perform(get(file.address()).with(as(may))).andExpect(status().isOk());
        }
        for (var not : List.of(near.neighbour(), near.helper(), town.far().streetDesk())) {
            mvc.perform(get(file.address()).with(as(not))).andExpect(status().isNotFound());
        }
        mvc.perform(get("/orders/" + order + "/counting").with(as(near.resident())))
                .andExpect(status().isOk())
                .andExpect(content().string(Matchers.containsString("没按时联系")));
        mvc.perform(get("/rates/appeals").with(as(near.streetDesk())))
                .andExpect(content().string(Matchers.containsString("剔除：响应率")));
        mvc.perform(get("/rates/appeals").with(as(town.far().streetDesk())))
                .andExpect(content().string(Matchers.not(Matchers.containsString("剔除：响应率"))));
    }
}

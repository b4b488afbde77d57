package org.hemei.evaluation.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.hemei.evaluation.YearResult;
import org.hemei.platform.MechanismCheck.Figure;
import org.hemei.platform.MechanismCheck.Shortfall;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.notice.Notice;
import org.hemei.platform.notice.Notices;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** Each day of the procedure is told of before and after, once, to whoever owes the step; and what is left of the edges. */
@HemeiTest
class ListingDeadlinesTest {

    /** The clock goes on while a look at all cases takes its time. */
    private static final int MARGIN = 600;

    @Autowired
    private Towns towns;

    @Autowired
    private ListingThings things;

    @Autowired
    private ListingDesk desk;

    @Autowired
    private DecisionDesk decisions;

    @Autowired
    private ListingDue due;

    @Autowired
    private Listings listings;

    @Autowired
    private ListingCheck check;

    @Autowired
    private OverturnDesk overturns;

    @Autowired
    private SuspensionDesk suspensions;

    @Autowired
    private ListingSheets sheets;

    @Autowired
    private Pump pump;

    @Autowired
    private Notices notices;

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

    /** How often somebody was told something that begins so, with two looks at that moment. */
    private long told(Instant at, Reader reader, String begins) {
        clock.set(at);
        for (int i = 0; i < 2; i++) {
            due.run();
            pump.run();
        }
        return notices.list(reader, null, 60).stream()
                .map(Notice::title)
                .filter(title -> title.startsWith(begins))
                .count();
    }

    private Instant dueAt(long id) {
        return listings.find(id).orElseThrow().dueAt;
    }

    @Test
    void who_owes_a_step_is_told_three_days_before_and_once_it_is_late() {
        var id = things.at(ListingState.PROPOSED, near);
        var until = dueAt(id);
        var bureau = near.housingDesk();
        assertThat(told(until.minus(Duration.ofDays(3)).minusSeconds(MARGIN), bureau, "告知企业"))
                .isZero();
        assertThat(told(until.minus(Duration.ofDays(3)).plusSeconds(MARGIN), bureau, "告知企业到"))
                .isEqualTo(1);
        assertThat(told(until.plusSeconds(1), bureau, "告知企业过了期限")).isEqualTo(1);
        assertThat(told(until.plusSeconds(9), bureau, "告知企业")).as("once each").isEqualTo(2);

        desk.notify(bureau, id, 0, Weight.ORDINARY, things.basis(near), "两年不合格。", List.of());
        assertThat(told(dueAt(id).minusSeconds(MARGIN), bureau, "把告知书送达企业到")).isEqualTo(1);
        assertThat(told(dueAt(id).plusSeconds(60), bureau, "把告知书送达企业过了期限")).isEqualTo(1);
        assertThat(things.state(id)).as("no defence runs before").isEqualTo(ListingState.NOTICED);
        things.deliver(id, near);
        var heard = dueAt(id);
        assertThat(told(heard.minusSeconds(MARGIN), near.manager(), "陈述申辩到")).isEqualTo(1);
        assertThat(told(heard.plusSeconds(60), near.manager(), "陈述申辩过"))
                .as("its end is no delay")
                .isZero();
        assertThat(things.state(id)).isEqualTo(ListingState.HEARD);
        assertThat(told(dueAt(id).plusSeconds(60), bureau, "集体讨论决定过了期限")).isEqualTo(1);
        decisions.decide(
                bureau,
                id,
                things.version(id),
                ListingThings.all(things.members(near, 3), Votes.Choice.FOR),
                "整改。",
                List.of());
        assertThat(told(dueAt(id).minusSeconds(MARGIN), bureau, "把决定送达企业到")).isEqualTo(1);
        desk.serve(bureau, id, things.version(id), things.today(), "当面", List.of());

        var listing = listings.find(id).orElseThrow();
        assertThat(told(CivilTime.at(listing.leastLast, LocalTime.of(23, 0)), near.manager(), "最短期限过了"))
                .isZero();
        assertThat(told(CivilTime.startOf(listing.leastLast.plusDays(1)), near.manager(), "最短期限过了"))
                .isEqualTo(1);
        assertThat(told(CivilTime.startOf(listing.mostLast.minusDays(14)), near.manager(), "“黑名单”公示到"))
                .isEqualTo(1);
        assertThat(told(CivilTime.startOf(listing.mostLast.minusDays(13)), bureau, "“黑名单”公示到"))
                .isEqualTo(1);
        assertThat(told(CivilTime.startOf(listing.mostLast.plusDays(1)), near.manager(), "最长期限到了"))
                .isEqualTo(1);
    }

    @Test
    void a_company_is_told_once_before_its_one_objection_lapses_unless_it_objected() {
        var id = things.at(ListingState.LISTED, near);
        var objected = things.at(ListingState.LISTED, near);
        things.object(objected, near);
        var until = listings.find(id).orElseThrow().objectUntil;
        assertThat(told(until.minus(Duration.ofDays(3)).minusSeconds(MARGIN), near.manager(), "对列入可以提一次异议"))
                .isZero();
        assertThat(told(until.minus(Duration.ofDays(3)).plusSeconds(MARGIN), near.manager(), "对列入可以提一次异议"))
                .as("of one listing, once, and not of the other")
                .isEqualTo(1);
        assertThat(told(until.plusSeconds(MARGIN), near.manager(), "对列入可以提一次异议"))
                .as("nothing more when it is over")
                .isEqualTo(1);
        assertThat(told(until.plusSeconds(MARGIN), near.housingDesk(), "对列入可以提一次异议"))
                .as("it is the company's")
                .isZero();
    }

    @Test
    void a_bureau_is_reminded_every_thirty_days_while_a_listing_is_suspended() {
        var bureau = near.housingDesk();
        var id = things.at(ListingState.LISTED, near);
        overturns.appeal(bureau, id, things.version(id), Appeal.SUIT, "某区法院受理。", sheets.scan(bureau, near));
        suspensions.suspend(bureau, id, things.version(id), "某区法院裁定。", sheets.scan(bureau, near));
        var since = listings.at(id, ListingVerb.SUSPEND);
        var day = CivilTime.day(CivilTime.date(since));
        var words = "“黑名单”从 " + day + " 起停止执行";
        assertThat(told(since.plus(Duration.ofDays(30)).minusSeconds(MARGIN), bureau, words))
                .isZero();
        assertThat(told(since.plus(Duration.ofDays(30)).plusSeconds(MARGIN), bureau, words))
                .isEqualTo(1);
        assertThat(told(since.plus(Duration.ofDays(60)).minusSeconds(MARGIN), bureau, words))
                .as("once in thirty days")
                .isEqualTo(1);
        assertThat(told(since.plus(Duration.ofDays(60)).plusSeconds(MARGIN), bureau, words))
                .isEqualTo(2);
        assertThat(told(since.plus(Duration.ofDays(60)).plusSeconds(MARGIN), near.manager(), words))
                .as("it is the bureau's")
                .isZero();
        suspensions.resume(bureau, id, things.version(id), "裁定已经撤销。", sheets.scan(bureau, near));
        assertThat(told(since.plus(Duration.ofDays(90)).plusSeconds(MARGIN), bureau, words))
                .as("nothing more once it is resumed")
                .isEqualTo(2);
    }

    @Test
    void a_repair_and_an_objection_are_answered_in_time_or_somebody_hears_of_it() {
        var asked = things.at(ListingState.REPAIR_APPLIED, near);
        var until = dueAt(asked);
        assertThat(told(until.minusSeconds(MARGIN), near.streetDesk(), "核验修复到")).isEqualTo(1);
        assertThat(told(until.plusSeconds(60), near.housingDesk(), "核验修复过了期限")).isEqualTo(1);
        clock.reset();
        var objected = things.at(ListingState.LISTED, near);
        things.object(objected, near);
        var answer = listings.find(objected).orElseThrow().answerDue;
        assertThat(told(answer.minusSeconds(MARGIN), near.housingDesk(), "“黑名单”异议的答复到"))
                .isEqualTo(1);
        assertThat(told(answer.plusSeconds(60), near.housingDesk(), "“黑名单”异议的答复过了期限"))
                .isEqualTo(1);
        things.answer(objected, near, false);
        assertThat(listings.find(objected).orElseThrow().answerDue).isNull();
    }

    @Test
    void decided_in_time_is_up_to_the_last_day_and_what_fell_away_does_not_count() {
        var day = things.today();
        var last = CivilTime.at(day, LocalTime.of(17, 30));
        var inTime = at(ListingState.LISTED, last, day);
        var late = at(ListingState.LISTED, last, day.plusDays(1));
        var spared = at(ListingState.SPARED, last, day);
        var open = at(ListingState.HEARD, last, null);
        var fell = at(ListingState.HEARD, last, null);
        things.overturn(fell);
        assertThat(things.state(fell)).isEqualTo(ListingState.DROPPED);
        assertThat(figure(day))
                .as("its last day is not over: two decided, none missed")
                .isEqualTo("2/2");
        assertThat(figure(day.plusDays(1))).isEqualTo("2/4");
        assertThat(check.shortfalls(ListingThings.area(near), day.plusDays(1), "", 10))
                .extracting(Shortfall::link)
                .containsExactlyInAnyOrder("/listings/" + late, "/listings/" + open);
        jdbc.sql("update listing set notice_due = null, deliver_due = null, serve_due = null where area = ?")
                .param(ListingThings.area(near))
                .update();
        assertThat(figure(day.plusYears(1).minusDays(1))).as("a year counts").isEqualTo("2/4");
        assertThat(figure(day.plusYears(1))).as("and no day more").isEqualTo("none");
        assertThat(List.of(inTime, spared)).doesNotContainNull();
    }

    @Test
    void a_proposal_that_nobody_gives_notice_of_and_a_decision_that_nobody_serves_are_late() {
        var id = things.at(ListingState.PROPOSED, near);
        var until = CivilTime.date(dueAt(id));
        assertThat(figure(until)).as("its last day is not over").isEqualTo("none");
        assertThat(figure(until.plusDays(1))).isEqualTo("0/1");
        assertThat(check.shortfalls(ListingThings.area(near), until.plusDays(1), "", 10))
                .extracting(Shortfall::missing)
                .containsExactly("过了期限还没有告知企业，或者办晚了");
        desk.notify(near.housingDesk(), id, 0, Weight.ORDINARY, things.basis(near), "两年不合格。", List.of());
        var delivery = CivilTime.date(dueAt(id)).plusDays(1);
        assertThat(check.shortfalls(ListingThings.area(near), delivery, "", 10))
                .extracting(Shortfall::missing)
                .containsExactly("过了期限还没有送达告知书，或者办晚了");
        things.deliver(id, near);
        assertThat(check.shortfalls(ListingThings.area(near), delivery, "", 10)).isEmpty();
        things.closeDefence(id);
        decisions.decide(
                near.housingDesk(),
                id,
                things.version(id),
                ListingThings.all(things.members(near, 3), Votes.Choice.FOR),
                "整改。",
                List.of());
        var served = CivilTime.date(dueAt(id));
        var late = served.isBefore(until) ? until.plusDays(1) : served.plusDays(1);
        assertThat(check.shortfalls(ListingThings.area(near), late, "", 10))
                .extracting(Shortfall::missing)
                .contains("过了期限还没有把决定送达企业，或者办晚了");
        desk.serve(near.housingDesk(), id, things.version(id), things.today(), "当面", List.of());
        assertThat(check.shortfalls(ListingThings.area(near), late, "", 10))
                .extracting(Shortfall::missing)
                .doesNotContain("过了期限还没有把决定送达企业，或者办晚了");
    }

    private Long at(ListingState state, Instant decideDue, LocalDate decidedOn) {
        var id = things.at(state, near);
        jdbc.sql(
                        "update listing set decide_due = :due, decided_on = :on, due_at = coalesce(due_at, :due) where id = :id")
                .param("due", Timestamp.from(decideDue))
                .param("on", decidedOn)
                .param("id", id)
                .update();
        return id;
    }

    private String figure(LocalDate on) {
        return check.measure(on).stream()
                .filter(figure -> figure.area().equals(ListingThings.area(near)))
                .map(ListingDeadlinesTest::words)
                .findFirst()
                .orElse("none");
    }

    private static String words(Figure figure) {
        return figure.part() + "/" + figure.whole();
    }

    @Test
    void a_companys_page_says_how_it_stands_to_each_what_concerns_them() throws Exception {
        things.at(ListingState.PROPOSED, near);
        things.speaksFor(near, near.company());
        var page = "/companies/" + near.company();
        assertThat(page(near.housingDesk(), page)).contains("“黑名单”和异议", "拟列入");
        assertThat(page(near.manager(), page + "/public"))
                .as("before the notice it is not the company's")
                .doesNotContain("拟列入");
        assertThat(page(near.communityDesk(), page)).doesNotContain("拟列入");
        assertThat(page(Reader.VISITOR, page + "/public")).doesNotContain("拟列入");
        var id = jdbc.sql("select max(id) from listing where company = ?")
                .param(near.company())
                .query(Long.class)
                .single();
        desk.notify(near.housingDesk(), id, 0, Weight.ORDINARY, things.basis(near), "两年不合格。", List.of());
        assertThat(page(near.manager(), page + "/public")).contains("已告知", "/listings/" + id);
        assertThat(page(town.far().manager(), page + "/public")).doesNotContain("已告知");
        assertThat(page(near.communityDesk(), page)).doesNotContain("已告知");
        things.deliver(id, near);
        things.closeDefence(id);
        things.list(id, near);
        assertThat(page(near.communityDesk(), page))
                .as("what is public is no secret inside")
                .contains("列入中", "只供参考，不限制投标")
                .doesNotContain("/listings/" + id);
        assertThat(page(near.streetDesk(), page)).contains("/listings/" + id, "年度测评结果");
        assertThat(page(Reader.VISITOR, page + "/public")).contains("列入中", "年度测评结果");
    }

    private String page(Reader reader, String path) throws Exception {
        return mvc.perform(get(path).with(as(reader))).andReturn().getResponse().getContentAsString();
    }

    @Test
    void a_case_is_found_by_the_name_its_company_has_or_had_and_by_its_code() throws Exception {
        var id = things.at(ListingState.NOTICED, near);
        var other = things.at(ListingState.NOTICED, near);
        var company = listings.find(id).orElseThrow().company;
        var code = jdbc.sql("select credit_code from company where body = ?")
                .param(company)
                .query(String.class)
                .single();
        jdbc.sql(
                        "insert into body_name (body, name, short_name, during) values (?, '从前的Jin鑫物业', '金鑫', daterange('1990-01-01', '1991-01-01'))")
                .param(company)
                .update();
        for (var q : List.of("jin鑫", code, code.toLowerCase(java.util.Locale.ROOT))) {
            assertThat(page(near.housingDesk(), "/listings?q=" + q))
                    .as(q)
                    .contains("/listings/" + id + "\"")
                    .doesNotContain("/listings/" + other + "\"");
        }
        assertThat(page(near.housingDesk(), "/listings?q=没有的名字")).contains("没有这样的", "清除");
        assertThat(page(near.housingDesk(), "/listings?q=%25"))
                .as("no sign stands for others")
                .doesNotContain("/listings/" + id + "\"");
    }

    @Test
    void a_company_in_two_districts_has_one_case_where_it_is_registered_and_both_streets_know() {
        towns.contract(near.company(), town.far().oldYard());
        var id = things.at(ListingState.LISTED, near);
        pump.run();
        assertThat(jdbc.sql("select count(*) from listing where company = ?")
                        .param(near.company())
                        .query(Integer.class)
                        .single())
                .as("two districts, one year of the company, one case")
                .isEqualTo(1);
        for (var street : List.of(near.streetDesk(), town.far().streetDesk())) {
            assertThat(notices.list(street, null, 20)).extracting(Notice::title).contains("您这里的物业企业列入了“黑名单”");
            assertThat(status(street, "/listings/" + id)).isEqualTo(200);
        }
        assertThat(status(town.far().housingDesk(), "/listings/" + id))
                .as("whose bureau decides is where it is registered")
                .isEqualTo(404);
        assertThat(status(town.cityDesk(), "/listings/" + id)).isEqualTo(200);

        // either street can look whether it was mended; not the bureau of the other district
        things.applyRepair(id, near);
        assertThatThrownBy(() -> things.verify(id, town.far().housingDesk())).isInstanceOf(RuntimeException.class);
        things.verify(id, town.far().streetDesk());
        assertThat(things.state(id)).isEqualTo(ListingState.REPAIR_VERIFIED);
        assertThatThrownBy(() -> things.verify(id, near.streetDesk())).isInstanceOf(Refusal.class);
    }

    @Test
    void a_street_hears_of_the_companies_that_serve_there_today_also_until_a_last_day() {
        during("daterange(:today - 100, :today + 1)", near.garden());
        towns.contract(near.company(), town.far().oldYard());
        during("daterange(:today + 1, null)", town.far().oldYard());
        var id = things.at(ListingState.LISTED, near);
        var listed = "您这里的物业企业列入了“黑名单”";
        assertThat(told(clock.instant(), near.streetDesk(), listed))
                .as("today is the last day of its contract")
                .isEqualTo(1);
        assertThat(told(clock.instant(), town.far().streetDesk(), listed))
                .as("where it begins tomorrow")
                .isZero();
        during("daterange(:today - 100, :today + 200)", near.garden());
        things.applyRepair(id, near);
        assertThat(told(clock.instant(), near.streetDesk(), "企业申请修复，请去看看")).isEqualTo(1);
        assertThat(told(dueAt(id).minusSeconds(MARGIN), near.streetDesk(), "核验修复到"))
                .isEqualTo(1);
    }

    private void during(String days, long estate) {
        jdbc.sql("update contract set during = " + days + " where company = :company and estate = :estate")
                .param("today", things.today())
                .param("company", near.company())
                .param("estate", estate)
                .update();
    }

    private int status(Reader reader, String path) {
        try {
            return mvc.perform(get(path).with(as(reader)))
                    .andReturn()
                    .getResponse()
                    .getStatus();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void a_past_year_that_changes_is_looked_at_in_every_case_that_rests_on_it() {
        var company = near.company();
        var year = things.thisYear();
        for (int y = year - 3; y < year; y++) {
            things.fails(company, y);
        }
        pump.run();
        assertThat(states(company))
                .as("the pair of three years back is too old to be taken up")
                .containsExactly((year - 2) + " proposed", (year - 1) + " proposed");
        things.year(company, year - 2, YearResult.PASS, false);
        pump.run();
        assertThat(states(company))
                .as("both rested on it")
                .containsExactly((year - 2) + " dropped", (year - 1) + " dropped");
        things.fails(company, year - 2);
        pump.run();
        assertThat(states(company))
                .as("failed after all: both are proposed anew")
                .containsExactly(
                        (year - 2) + " dropped",
                        (year - 1) + " dropped",
                        (year - 2) + " proposed",
                        (year - 1) + " proposed");
        things.fails(company, year);
        things.year(company, year - 3, YearResult.NOT_RATED, false);
        pump.run();
        assertThat(states(company))
                .as("each falls alone, and the new year makes its own pair")
                .containsExactly(
                        (year - 2) + " dropped",
                        (year - 1) + " dropped",
                        (year - 2) + " dropped",
                        (year - 1) + " proposed",
                        year + " proposed");
    }

    private List<String> states(long company) {
        return jdbc.sql("select second_year || ' ' || state from listing where company = ? order by id")
                .param(company)
                .query(String.class)
                .list();
    }
}

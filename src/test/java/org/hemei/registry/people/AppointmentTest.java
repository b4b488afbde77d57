package org.hemei.registry.people;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.Missing;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** Appointments at the edges of their rules: days, posts of one, conflicts from both sides, concurrent posts. */
@HemeiTest
class AppointmentTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    AppointmentDesk desk;

    @Autowired
    Conflicts conflicts;

    @Autowired
    ConflictWatch watch;

    @Autowired
    PeopleQueries queries;

    @Autowired
    PostHistory history;

    @Autowired
    Towns towns;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    Town town;
    Town.Side side;
    long owners;

    @BeforeEach
    void build() {
        town = towns.make();
        side = town.near();
        owners = towns.bodyOf("owners_committee", null, "试业委会" + town.city(), side.community(), side.garden());
    }

    @AfterEach
    void rightTime() {
        clock.reset();
    }

    private LocalDate today() {
        return CivilTime.date(clock.instant());
    }

    private AppointmentDesk.Appointing to(long person, long body, String post, LocalDate first, LocalDate last) {
        return new AppointmentDesk.Appointing(person, "", "", body, post, null, true, first, last);
    }

    private long appoint(long person, long body, String post) {
        return desk.appoint(side.communityDesk(), to(person, body, post, today(), null));
    }

    /** Somebody whom the community knows, because they hold a post there. */
    private long official() {
        var person = towns.person("周委员");
        towns.post(person, side.backstop(), "队员");
        return person;
    }

    @Test
    void who_leaves_today_is_still_in_office_today_and_not_tomorrow() {
        var person = official();
        var id = appoint(person, side.committee(), "居委会委员");
        desk.end(side.communityDesk(), id, 0, today(), EndReason.RESIGNED);

        assertThat(inOffice(id, today())).isTrue();
        assertThat(inOffice(id, today().plusDays(1))).isFalse();
        var tenure = new Tenure(today(), today());
        assertThat(tenure.covers(today())).isTrue();
        assertThat(tenure.over(today())).isFalse();
        assertThat(tenure.over(today().plusDays(1))).isTrue();
    }

    /** Shanghai's day counts, not the machine's: at 17:00 UTC it is tomorrow there. */
    @Test
    void the_day_changes_when_it_does_in_Shanghai() {
        clock.set(Instant.parse("2026-03-01T15:59:30Z"));
        assertThat(today()).isEqualTo("2026-03-01");
        clock.set(Instant.parse("2026-03-01T16:00:30Z"));
        assertThat(today()).isEqualTo("2026-03-02");
    }

    private boolean inOffice(long id, LocalDate day) {
        return jdbc.sql("select during @> ? from appointment where id = ?")
                .params(day, id)
                .query(Boolean.class)
                .single();
    }

    @Test
    void a_post_of_one_passes_on_the_day_after_and_not_on_the_last_day() {
        var old = appoint(official(), side.committee(), "居委会主任");
        var next = official();
        assertThatThrownBy(() -> appoint(next, side.committee(), "居委会主任"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("同时只有一个人");
        desk.end(side.communityDesk(), old, 0, today().plusDays(3), EndReason.TERM_OVER);
        assertThatThrownBy(() -> desk.appoint(
                        side.communityDesk(), to(next, side.committee(), "居委会主任", today().plusDays(3), null)))
                .as("his last day")
                .isInstanceOf(Refusal.class);
        var id = desk.appoint(side.communityDesk(), to(next, side.committee(), "居委会主任", today().plusDays(4), null));
        assertThat(inOffice(id, today().plusDays(4))).isTrue();
    }

    @Test
    void the_database_keeps_a_post_of_one_too() {
        towns.post(official(), side.committee(), "居委会主任");
        assertThatThrownBy(() -> towns.post(official(), side.committee(), "居委会主任"))
                .hasMessageContaining("appointment_single");
    }

    @Test
    void one_person_holds_several_posts_at_once_but_none_twice() {
        var person = official();
        appoint(person, side.committee(), "居委会委员");
        appoint(person, owners, "业委会委员");
        assertThat(queries.one(side.communityDesk(), person, today()).posts())
                .extracting(PeopleQueries.Held::post)
                .contains("居委会委员", "业委会委员", "队员");
        assertThatThrownBy(() -> appoint(person, owners, "业委会委员"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("日期重了");
    }

    @Test
    void a_post_belongs_to_its_kind_of_body_and_all_reasons_are_told_at_once() {
        var person = official();
        assertThatThrownBy(() -> desk.appoint(
                        side.communityDesk(), to(person, side.committee(), "业委会主任", today().minusYears(20), null)))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        refusal -> assertThat(refusal.reasons())
                                .extracting(Refusal.Reason::field)
                                .contains("post", "from"));
        assertThatThrownBy(() -> desk.appoint(
                        side.communityDesk(), to(person, side.committee(), "居委会委员", today(), today().minusDays(1))))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("最后一天比第一天还早");
        var one = desk.appoint(side.communityDesk(), to(person, side.committee(), "居委会委员", today(), today()));
        assertThat(inOffice(one, today())).as("a tenure of one day").isTrue();
    }

    @Test
    void staff_of_the_serving_company_do_not_sit_on_the_committee_and_the_other_way_round() {
        var worker = official();
        towns.post(worker, side.company(), "物业员工");
        assertThatThrownBy(() -> appoint(worker, owners, "业委会委员"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("不能进这个小区的业委会");

        var member = official();
        appoint(member, owners, "业委会委员");
        assertThatThrownBy(() -> desk.appoint(town.cityDesk(), to(member, side.company(), "物业员工", today(), null)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("不能进这家公司");

        var adviser = official();
        towns.post(adviser, side.company(), "党建指导员");
        assertThat(appoint(adviser, owners, "业委会委员"))
                .as("an adviser is not staff")
                .isPositive();

        var former = official();
        towns.post(former, side.company(), "物业员工", today().minusYears(1), today());
        assertThat(appoint(former, owners, "业委会委员")).as("left yesterday").isPositive();
        var leaving = official();
        towns.post(leaving, side.company(), "物业员工", today().minusYears(1), today().plusDays(1));
        assertThatThrownBy(() -> appoint(leaving, owners, "业委会委员"))
                .as("leaves today")
                .isInstanceOf(Refusal.class);
    }

    @Test
    void a_contract_that_makes_the_employer_the_serving_company_is_warned_of_and_found_at_night() {
        var other = towns.body("company", "试后来物业" + town.city(), String.valueOf(side.district()));
        jdbc.sql("insert into company (body, credit_code) values (?, ?)")
                .params(other, "T" + "%017d".formatted(other))
                .update();
        var member = official();
        towns.post(member, owners, "业委会委员");
        towns.post(member, other, "项目经理");
        watch.recheck();
        assertThat(watch.recheck()).as("whatever others left is known now").isZero();
        assertThat(conflicts.atContract(other, side.garden(), today().plusDays(10), null))
                .singleElement()
                .satisfies(found -> {
                    assertThat(found.name()).isEqualTo("周**");
                    assertThat(found.from()).isEqualTo(today().plusDays(10));
                });
        jdbc.sql("delete from contract where estate = ?").param(side.garden()).update();
        towns.contract(other, side.garden());
        assertThat(watch.recheck()).isEqualTo(1);
        assertThat(watch.recheck()).as("found once").isZero();
        assertThat(open()).isEqualTo(1);

        var seat = jdbc.sql("select id from appointment where person = ? and body = ?")
                .params(member, owners)
                .query(Long.class)
                .single();
        desk.end(side.communityDesk(), seat, 0, today(), EndReason.RESIGNED);
        watch.recheck();
        assertThat(open()).as("his last day").isEqualTo(1);
        clock.advance(java.time.Duration.ofDays(1));
        watch.recheck();
        assertThat(open()).isZero();
    }

    @Test
    void a_conflict_becomes_a_task_once_and_is_taken_out_with_it() throws Exception {
        var member = towns.person("吴委员");
        towns.post(member, owners, "业委会委员");
        towns.post(member, side.company(), "物业员工");
        watch.recheck();
        var page = got(get("/appointments/conflicts"));
        var making = "/mechanism/conflict-free/tasks?area=" + side.community() + "&amp;key=" + side.community() + "-"
                + "%012d".formatted(owners);
        assertThat(page).contains(making);
        assertThat(got(get("/appointments/conflicts").param("area", side.community())))
                .contains(making);
        var there = get("/appointments/conflicts").param("area", town.far().community());
        assertThat(got(there)).as("not theirs to look at: nothing is narrowed").contains(making);
        assertThat(mvc.perform(there.with(as(town.cityDesk())))
                        .andReturn()
                        .getResponse()
                        .getContentAsString())
                .doesNotContain(making)
                .contains("换个地区，或者清除筛选");
        assertThat(got(get(making.replace("&amp;", "&")))).contains("试业委会");
        var once = java.util.UUID.randomUUID().toString();
        for (var press : List.of("the first", "the second")) {
            var answer = mvc.perform(post("/mechanism/conflict-free/tasks")
                            .param("area", side.community())
                            .param("key", side.community() + "-" + "%012d".formatted(owners))
                            .param("to", "COMMUNITY")
                            .param("days", "5")
                            .param("words", "请和本人谈，退出一头。")
                            .param("_once", once)
                            .with(as(side.streetDesk()))
                            .with(csrf()))
                    .andReturn()
                    .getResponse();
            assertThat(answer.getStatus()).as(press).isEqualTo(303);
        }
        assertThat(got(get("/appointments/conflicts"))).contains("/tasks/").doesNotContain(making);
        assertThat(got(get("/appointments/conflicts"))).contains("导出");
        var elsewhere = town.far().community();
        jdbc.sql("update task set subject = ? where source = 'check:conflict-free' and subject like ?")
                .params(elsewhere + "-" + "%012d".formatted(owners), "%" + "%012d".formatted(owners))
                .update();
        assertThat(got(get(making.replace("&amp;", "&"))))
                .as("the estate stood elsewhere when the task was made")
                .doesNotContain("试业委会");
    }

    private String got(org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder request)
            throws Exception {
        return mvc.perform(request.with(as(side.streetDesk())))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    private int open() {
        return jdbc.sql("select count(*) from appointment_conflict where estate = ? and resolved_on is null")
                .param(side.garden())
                .query(Integer.class)
                .single();
    }

    @Test
    void a_person_is_known_by_phone_and_not_made_twice() {
        var phone = towns.phone();
        var wanted =
                new AppointmentDesk.Appointing(0, "陈新来", phone, side.committee(), "居委会委员", null, false, today(), null);
        desk.appoint(side.communityDesk(), wanted);
        var again = new AppointmentDesk.Appointing(0, "陈新来", phone, owners, "业委会委员", null, false, today(), null);
        desk.appoint(side.communityDesk(), again);
        var somebody = new AppointmentDesk.Appointing(0, "别的人", phone, owners, "业委会主任", null, false, today(), null);
        assertThatThrownBy(() -> desk.appoint(side.communityDesk(), somebody))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("另一个人（陈**）");
    }

    @Test
    void nobody_appoints_outside_their_area_or_duty_and_a_stale_form_is_told() {
        var person = official();
        assertThatThrownBy(() ->
                        desk.appoint(town.far().communityDesk(), to(person, side.committee(), "居委会委员", today(), null)))
                .isInstanceOf(Missing.class);
        assertThatThrownBy(() -> desk.appoint(side.communityDesk(), to(person, side.company(), "物业员工", today(), null)))
                .as("a company is not the community's")
                .isInstanceOf(Missing.class);
        var id = appoint(person, side.committee(), "居委会委员");
        desk.correct(side.communityDesk(), id, 0, false, today().minusDays(2), null, EntryReason.WRONG_DAY);
        assertThatThrownBy(() -> desk.end(side.communityDesk(), id, 0, today(), EndReason.MOVED))
                .isInstanceOf(Stale.class);
        assertThat(history.changes(id)).extracting(PostHistory.Change::verb).containsExactly("任命", "更正");
        assertThat(history.changes(id).getLast().reason()).isEqualTo("日期登记错了");
        assertThat(history.changes(id).getLast().was()).isEqualTo("从" + CivilTime.day(today()) + "起，没定最后一天，全职");
    }

    @Test
    void names_are_full_for_who_appoints_and_masked_for_who_looks() {
        var person = official();
        towns.post(person, side.committee(), "居委会委员");
        assertThat(queries.one(side.communityDesk(), person, today()).name()).isEqualTo("周委员");
        assertThat(queries.one(side.housingDesk(), person, today()).name()).isEqualTo("周**");
        assertThatThrownBy(() -> queries.one(town.far().communityDesk(), person, today()))
                .isInstanceOf(Missing.class);
    }
}

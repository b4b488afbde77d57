package org.hemei.evaluation.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.hemei.access.Role;
import org.hemei.ballot.PollHands;
import org.hemei.ballot.Polls;
import org.hemei.evaluation.Interests;
import org.hemei.evaluation.score.Scores;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockHttpServletRequestBuilder;

/** What others find and put right, who decides, and who hears of it. */
@HemeiTest
class ConcernedTest {

    @Autowired
    CampaignDesk desk;

    @Autowired
    EvaluationThings things;

    @Autowired
    Scores scores;

    @Autowired
    MockMvc mvc;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Towns towns;

    @Autowired
    Pump pump;

    @Autowired
    InstantSource clock;

    @Autowired
    Interests interests;

    @Autowired
    VoteHands hands;

    @Autowired
    Polls polls;

    private Town town;
    private Town.Side near;

    @BeforeEach
    void town() {
        town = towns.make();
        near = town.near();
    }

    private MockHttpServletRequestBuilder form(String path, Reader reader, String... values) {
        var request = post(path).with(as(reader)).with(csrf());
        for (int n = 0; n < values.length; n += 2) {
            request.param(values[n], values[n + 1]);
        }
        return request;
    }

    /** Titles of what an account was told, the newest last. */
    private List<String> told(Reader reader) {
        pump.run();
        return jdbc.sql("select title || ' ' || link from notice where account = ? order by at, id")
                .param(reader.account())
                .query(String.class)
                .list();
    }

    @Test
    void a_conflict_that_others_found_gives_the_estates_to_another_and_says_why() throws Exception {
        var other = towns.account(Role.ASSESSOR, String.valueOf(near.district()), null, null, null);
        var id = things.campaign(near, "collecting");
        var look = things.inspection(near, id, 1, near.assessor().account());
        var path = "/campaigns/" + id + "/ties";
        mvc.perform(get(path).with(as(town.far().housingDesk()))).andExpect(status().isNotFound());
        // every refusal at its field
        mvc.perform(form(path, near.housingDesk(), "assessor", "1", "company", "1", "kind", "friend"))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("id=\"e-assessor\"")))
                .andExpect(content().string(containsString("id=\"e-company\"")))
                .andExpect(content().string(containsString("id=\"e-kind\"")))
                .andExpect(content().string(containsString("id=\"e-why\"")));
        String[] found = {
            "assessor",
            String.valueOf(near.assessor().account()),
            "company",
            // as it is written, chosen from those that are listed
            jdbc.sql("select name from body where id = ?")
                    .param(near.company())
                    .query(String.class)
                    .single(),
            "kind",
            "employed",
            "why",
            "社保记录显示他还在那里上班"
        };
        // a company that is not evaluated here
        mvc.perform(form(
                        path,
                        near.housingDesk(),
                        "company",
                        String.valueOf(towns.body("company", "没有项目的物业" + System.nanoTime(), "3401"))))
                .andExpect(content().string(containsString("id=\"e-company\"")));
        mvc.perform(form(path, near.housingDesk(), found)).andExpect(status().isSeeOther());
        assertThat(jdbc.sql("select state || assessor from evaluation_inspection where campaign = ? order by id")
                        .param(id)
                        .query(String.class)
                        .list())
                .containsExactly("replaced" + near.assessor().account(), "open" + other.account());
        mvc.perform(get("/inspections/" + look).with(as(near.assessor()))).andExpect(status().isNotFound());
        // whoever is concerned reads it: both assessors are told, the first one reads why, the keeper finds it in the
        // list
        assertThat(told(near.assessor())).containsExactly("查出您和一家企业有关系，它的小区您看的不算 /inspections");
        assertThat(told(other)).containsExactly("有小区换给您看 /inspections");
        assertThat(told(near.housingDesk())).isEmpty();
        mvc.perform(get("/inspections").with(as(near.assessor())))
                .andExpect(content().string(containsString("社保记录显示他还在那里上班")));
        mvc.perform(get(path).with(as(near.housingDesk())))
                .andExpect(content().string(containsString("社保记录显示他还在那里上班")));
        mvc.perform(form(path, near.housingDesk(), found))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("已经登记过了")));
    }

    @Test
    void estates_that_nobody_is_left_to_see_are_told_to_whoever_runs_it_and_a_cancelled_campaign_takes_nothing()
            throws Exception {
        var id = things.campaign(near, "collecting");
        things.inspection(near, id, 1, near.assessor().account());
        mvc.perform(form(
                        "/inspections/ties",
                        near.assessor(),
                        "company",
                        String.valueOf(near.company()),
                        "kind",
                        "family"))
                .andExpect(status().isSeeOther());
        assertThat(told(near.housingDesk())).containsExactly("有 1 个小区没有测评员看了 /campaigns/" + id + "/ties");
        var late = things.campaign(near, "objection");
        jdbc.sql("update evaluation_campaign set state = 'cancelled' where id = ?")
                .param(late)
                .update();
        mvc.perform(form(
                        "/campaigns/" + late + "/ties",
                        near.housingDesk(),
                        "assessor",
                        String.valueOf(near.assessor().account()),
                        "company",
                        String.valueOf(near.company()),
                        "kind",
                        "owner",
                        "why",
                        "股权登记里有他"))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("取消了，什么也不算")));
    }

    @Test
    void an_assessor_who_does_not_come_is_replaced_for_a_reason_and_what_they_saw_counts() throws Exception {
        var id = things.campaign(near, "collecting");
        var ill = near.assessor();
        var path = "/campaigns/" + id + "/handover";
        String[] why = {"from", String.valueOf(ill.account()), "reason", "住院了，一个月来不了"};
        var look = things.inspection(near, id, 1, ill.account());
        mvc.perform(form(path, town.far().housingDesk(), why)).andExpect(status().isNotFound());
        mvc.perform(form(path, near.housingDesk(), why))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("没有别的测评员能看")));
        var other = towns.account(Role.ASSESSOR, String.valueOf(near.district()), null, null, null);
        mvc.perform(form(path, near.housingDesk(), "from", "1", "reason", " "))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("id=\"e-from\"")))
                .andExpect(content().string(containsString("id=\"e-reason\"")));
        mvc.perform(form(path, near.housingDesk(), why)).andExpect(status().isSeeOther());
        mvc.perform(get("/inspections/" + look).with(as(ill))).andExpect(status().isNotFound());
        assertThat(told(ill)).containsExactly("有 1 个小区换给别人看了 /inspections");
        assertThat(told(other)).containsExactly("又有 1 个小区等您看 /inspections");
        mvc.perform(get("/campaigns/" + id + "/ties").with(as(near.housingDesk())))
                .andExpect(content().string(containsString("住院了，一个月来不了")));
        mvc.perform(form(path, near.housingDesk(), why))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("没有还没看的小区")));
    }

    private String[] correction(int version, String part, String item, String value) {
        return new String[] {
            "_once",
            UUID.randomUUID().toString(),
            "version",
            String.valueOf(version),
            "part",
            part,
            "item",
            item,
            "value",
            value,
            "basis",
            "市住建局复核记录 3 号",
            "why",
            "那天看的是隔壁小区"
        };
    }

    @Test
    void a_late_correction_is_a_new_version_with_its_basis_and_everybody_concerned_is_told() throws Exception {
        var score = things.score(near);
        var path = "/scores/" + score + "/correction";
        mvc.perform(get("/scores/" + score).with(as(near.housingDesk())))
                .andExpect(content().string(containsString(path)));
        mvc.perform(get("/scores/" + score)).andExpect(content().string(not(containsString(path))));
        // every refusal at its field; what residents said is not among what can be chosen
        mvc.perform(form(path, near.housingDesk(), "_once", UUID.randomUUID().toString(), "version", "1"))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("id=\"e-item\"")))
                .andExpect(content().string(containsString("id=\"e-basis\"")))
                .andExpect(content().string(containsString("id=\"e-why\"")));
        mvc.perform(form(path, near.housingDesk(), correction(1, "satisfaction", "s1", "100")))
                .andExpect(status().isUnprocessableContent());
        mvc.perform(form(path, near.housingDesk(), correction(1, "territory", "t1", "101")))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("id=\"e-value\"")));
        mvc.perform(form(path, near.housingDesk(), correction(1, "territory", "t1", "90")))
                .andExpect(status().isSeeOther());
        var newest = scores.latest(scores.find(score).orElseThrow().project()).orElseThrow();
        assertThat(newest.version()).isEqualTo(2);
        assertThat(newest.reason()).isEqualTo("依据市住建局复核记录 3 号：那天看的是隔壁小区");
        assertThat(newest.inputs().corrections().getLast().value()).isEqualTo("90");
        assertThat(scores.find(score).orElseThrow().version()).isEqualTo(1);
        mvc.perform(get(newest.path())).andExpect(content().string(containsString("那天看的是隔壁小区")));
        // a colleague who still looks at the first version changes nothing
        mvc.perform(form(path, near.districtDesk(), correction(1, "territory", "t1", "10")))
                .andExpect(status().isConflict());
        assertThat(told(near.manager())).containsExactly("您的小区得分更正了 " + newest.path());
        assertThat(told(near.streetDesk())).containsExactly("您地界里有个小区得分更正了 " + newest.path());
        assertThat(told(near.communityDesk())).containsExactly("您地界里有个小区得分更正了 " + newest.path());
        assertThat(told(near.housingDesk())).isEmpty();
    }

    @Test
    void each_part_is_objected_to_by_itself_and_a_decision_rights_all_its_items_upwards() throws Exception {
        var whole = towns.account(Role.MANAGER, null, null, near.company(), null);
        var elsewhere = towns.account(Role.MANAGER, null, near.oldYard(), near.company(), null);
        var first = things.objection(near);
        var score = jdbc.sql("select score from evaluation_objection where id = ?")
                .param(first)
                .query(Long.class)
                .single();
        var file = "/scores/" + score + "/objection";
        mvc.perform(get(file).with(as(near.manager())))
                .andExpect(content().string(containsString("value=\"inspection\"")))
                .andExpect(content().string(containsString("合同归属")));
        mvc.perform(form(
                        file,
                        near.manager(),
                        "_once",
                        UUID.randomUUID().toString(),
                        "dimension",
                        "inspection",
                        "words",
                        "还有一项。"))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("对这一部分已经有一件异议")));
        mvc.perform(form(
                        file,
                        near.manager(),
                        "_once",
                        UUID.randomUUID().toString(),
                        "dimension",
                        "contract",
                        "words",
                        "我们二月才接手。"))
                .andExpect(status().isSeeOther());
        var path = "/objections/" + first + "/decide";
        String[] decision = {
            "version", "0", "upheld", "yes", "decision", "两项都核对了。", "value-i1", "not", "value-i2", "partly"
        };
        mvc.perform(form(path, near.housingDesk(), decision))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("id=\"e-value-i1\"")))
                .andExpect(content().string(containsString("不会比现在高")));
        decision[7] = "met";
        mvc.perform(form(path, near.housingDesk(), decision)).andExpect(status().isSeeOther());
        var newest = scores.latest(scores.find(score).orElseThrow().project()).orElseThrow();
        assertThat(newest.version()).as("one version for both").isEqualTo(2);
        assertThat(newest.inputs().corrections())
                .extracting(one -> one.item() + one.value())
                .containsExactly("i1met", "i2partly");
        // the contracts are put right where they are registered, first: upheld, and no new score yet
        var second = jdbc.sql("select id from evaluation_objection where project = ? and dimension = 'CONTRACT'")
                .param(newest.project())
                .query(Long.class)
                .single();
        for (var reader : List.of(near.housingDesk(), near.manager())) {
            assertThat(read(reader, "/objections")).contains("/objections/" + second, "合同归属");
        }
        String[] upheld = {"version", "0", "upheld", "yes", "decision", "合同写的是二月。"};
        mvc.perform(form("/objections/" + second + "/decide", near.housingDesk(), upheld))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("先请登记合同的人照证据更正")));
        var campaign = newest.campaign();
        jdbc.sql("update evaluation_project set days = days - 1 where id = ?")
                .param(newest.project())
                .update();
        mvc.perform(form("/objections/" + second + "/decide", near.housingDesk(), upheld))
                .andExpect(status().isSeeOther());
        // the year does not become final for a company that was just found wronged
        jdbc.sql("""
                update evaluation_campaign set objection_until = current_date - 2, objection_from = current_date - 9,
                       review_until = current_date - 10, collect_until = current_date - 11, collect_from = current_date - 12
                where id = ?
                """).param(campaign).update();
        assertThat(desk.advance(campaign)).isFalse();
        assertThat(read(near.housingDesk(), "/campaigns/" + campaign)).contains("不定终评");
        jdbc.sql("update evaluation_project set days = days + 1 where id = ?")
                .param(newest.project())
                .update();
        assertThat(desk.advance(campaign)).as("put right and back again").isTrue();
        assertThat(scores.latest(newest.project()).orElseThrow().version())
                .as("and the final one")
                .isEqualTo(3);
        assertThat(told(near.manager()))
                .containsExactlyInAnyOrder(
                        "您提的测评异议成立，得分改了 /objections/" + first,
                        "您提的测评异议成立 /objections/" + second,
                        "终评定了：不评定 1 个 "
                                + scores.latest(newest.project()).orElseThrow().path());
        // whoever manages the whole company hears so too, whoever manages another of its estates does not
        assertThat(told(whole)).hasSize(4).last().asString().startsWith("2031 年的测评结果定了：不评定 ");
        assertThat(told(elsewhere)).isEmpty();
    }

    @Test
    void who_scored_neither_decides_nor_corrects_and_an_objection_is_answered_first() throws Exception {
        var objection = things.objection(near);
        var score = jdbc.sql("select score from evaluation_objection where id = ?")
                .param(objection)
                .query(Long.class)
                .single();
        var found = scores.find(score).orElseThrow();
        mvc.perform(form(
                        "/scores/" + score + "/correction",
                        near.housingDesk(),
                        correction(1, "inspection", "i1", "partly")))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("先答复异议")));
        String[] refusal = {"version", "0", "upheld", "no", "decision", "核对过照片，不成立。"};
        var path = "/objections/" + objection + "/decide";
        // the reviewer once was the assessor there
        var look =
                things.inspection(near, found.campaign(), 1, near.housingDesk().account());
        mvc.perform(form(path, near.housingDesk(), refusal))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("您给这个项目打过分")));
        // also when the estate was given to another meanwhile
        jdbc.sql("update evaluation_inspection set state = 'replaced' where id = ?")
                .param(look)
                .update();
        mvc.perform(form(path, near.housingDesk(), refusal)).andExpect(status().isUnprocessableContent());
        // the same for who gave points
        jdbc.sql("""
                insert into evaluation_opinion (campaign, estate, item, version, area, points, given_by, given_at)
                values (?, ?, 't1', 1, ?, 50, ?, now())
                """)
                .params(
                        found.campaign(),
                        near.garden(),
                        near.community(),
                        near.districtDesk().account())
                .update();
        mvc.perform(form(path, near.districtDesk(), refusal))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("您给这个项目打过分")));
        mvc.perform(form(path, town.cityDesk(), refusal)).andExpect(status().isSeeOther());
        assertThat(told(near.manager())).containsExactly("您提的测评异议不成立，得分不变 /objections/" + objection);
        mvc.perform(form(
                        "/scores/" + score + "/correction",
                        near.districtDesk(),
                        correction(1, "inspection", "i1", "partly")))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("您给这个项目打过分")));
    }

    private void works(Reader reader, String post, LocalDate since, LocalDate end) {
        towns.post(reader.person(), near.company(), post, since, end);
    }

    @Test
    void who_works_or_worked_for_the_company_neither_scores_nor_looks_nor_answers_nor_rights() throws Exception {
        var objection = things.objection(near);
        var score = jdbc.sql("select score from evaluation_objection where id = ?")
                .param(objection)
                .query(Long.class)
                .single();
        String[] refusal = {"version", "0", "upheld", "no", "decision", "核对过照片，不成立。"};
        var path = "/objections/" + objection + "/decide";
        works(near.housingDesk(), "负责人", LocalDate.of(2020, 1, 1), CivilTime.date(clock.instant()));
        mvc.perform(form(path, near.housingDesk(), refusal))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString(Interests.WORDS)));
        mvc.perform(form(path, near.districtDesk(), refusal)).andExpect(status().isSeeOther());
        mvc.perform(form(
                        "/scores/" + score + "/correction",
                        near.housingDesk(),
                        correction(1, "inspection", "i1", "partly")))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString(Interests.WORDS)));

        var id = things.campaign(near, "collecting");
        var opinion = "/opinions/" + id + "/" + near.garden();
        towns.grant(near.communityDesk().account(), Role.MANAGER, null, null, near.company(), null);
        mvc.perform(get(opinion).with(as(near.communityDesk())))
                .andExpect(content().string(containsString(Interests.WORDS)))
                .andExpect(content().string(not(containsString("name=\"points-"))));
        mvc.perform(form(opinion, near.communityDesk(), "points-t2", "90"))
                .andExpect(status().isUnprocessableContent());
        mvc.perform(get("/opinions").with(as(near.communityDesk())))
                .andExpect(content().string(containsString("您要回避")));
        mvc.perform(form(
                        "/campaigns/" + id + "/ties",
                        near.housingDesk(),
                        "assessor",
                        String.valueOf(near.assessor().account()),
                        "company",
                        String.valueOf(near.company()),
                        "kind",
                        "owner",
                        "why",
                        "看得太严了"))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString(Interests.WORDS)));

        // an assessor of whom it is recorded is passed over without saying so, and reports nothing that they were given
        // before
        var look = things.inspection(near, id, 1, near.assessor().account());
        works(near.assessor(), "物业员工", CivilTime.date(clock.instant()).minusYears(1), null);
        mvc.perform(form("/inspections/" + look, near.assessor(), "version", "0"))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("要回避")));
    }

    @Test
    void who_looks_at_an_estate_as_a_third_party_gives_no_points_there() throws Exception {
        var id = things.campaign(near, "collecting");
        things.inspection(near, id, 1, near.streetDesk().account());
        var opinion = "/opinions/" + id + "/" + near.garden();
        mvc.perform(get(opinion).with(as(near.streetDesk())))
                .andExpect(content().string(containsString("您是这个小区的测评员")));
        mvc.perform(form(opinion, near.streetDesk(), "points-t1", "90")).andExpect(status().isUnprocessableContent());
    }

    @Test
    void a_tie_to_a_branch_is_one_to_its_company_and_is_over_after_three_years() {
        var today = CivilTime.date(clock.instant());
        var branch = jdbc.sql("""
                        insert into body (kind, name, short_name, area, company, since)
                        values ('company_branch', '试分公司', '试分公司', ?, ?, '2020-01-01') returning id
                        """)
                .params(String.valueOf(near.district()), near.company())
                .query(Long.class)
                .single();
        var edge = today.minusYears(3);
        towns.post(near.streetDesk().person(), branch, "项目经理", edge.minusYears(1), edge.plusDays(1));
        towns.post(near.communityDesk().person(), branch, "项目经理", edge.minusYears(1), edge);
        assertThat(interests.companies(near.streetDesk())).containsExactly(near.company());
        assertThat(interests.companies(near.communityDesk())).isEmpty();
        assertThat(interests.accounts(near.company()))
                .contains(
                        near.streetDesk().account(),
                        near.manager().account(),
                        near.staff().account())
                .doesNotContain(
                        near.communityDesk().account(), near.backstopManager().account());
        assertThat(interests.companies(Reader.VISITOR)).isEmpty();
    }

    @Test
    void the_ballots_of_an_estate_are_not_for_who_is_tied_to_its_company_by_whichever_role() {
        var id = things.campaign(near, "collecting");
        var poll = jdbc.sql("""
                        insert into poll (purpose, title, about, area, state, opens_at, closes_at, count_by, minimum)
                        values (:purpose, '满意度', '满意度', :area, 'open', '2016-01-01', '2216-02-01', '2216-02-01', 5) returning id
                        """)
                .param("purpose", "evaluation:" + id)
                .param("area", String.valueOf(near.district()))
                .query(Long.class)
                .single();
        jdbc.sql("update evaluation_campaign set poll = ? where id = ?")
                .params(poll, id)
                .update();
        var held = polls.find(poll).orElseThrow();
        assertThat(hands.against(near.communityDesk(), held, near.garden())).isNull();
        assertThat(hands.barred(near.communityDesk())).isEmpty();
        works(near.communityDesk(), "客服管家", CivilTime.date(clock.instant()).minusYears(2), null);
        assertThat(hands.against(near.communityDesk(), held, near.garden())).contains("不能由您经手");
        assertThat(hands.barred(near.communityDesk())).containsExactly(new PollHands.Place(poll, near.garden()));
        jdbc.sql("update poll set state = 'cancelled' where id = ?").param(poll).update();
    }

    private String read(Reader reader, String path) throws Exception {
        return mvc.perform(get(path).with(as(reader)))
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString();
    }

    @Test
    void lists_are_narrowed_by_area_time_and_state_in_their_address() throws Exception {
        var mine = "/objections/" + things.objection(near);
        var day = CivilTime.date(clock.instant());
        for (var wide : List.of(
                "", "?area=" + near.street(), "?state=all", "?from=" + day + "&to=" + day, "?from=2026-02-31")) {
            assertThat(read(near.housingDesk(), "/objections" + wide)).as(wide).contains(mine);
        }
        for (var narrow : List.of(
                "?area=" + town.far().district(),
                "?state=upheld",
                "?from=" + day.plusDays(1),
                "?to=" + day.minusDays(1))) {
            assertThat(read(near.housingDesk(), "/objections" + narrow))
                    .as(narrow)
                    .doesNotContain(mine);
        }
        var id = "/campaigns/" + things.campaign(near, "collecting") + "\"";
        assertThat(read(Reader.VISITOR, "/campaigns?year=2030&state=collecting&area=" + near.district()))
                .contains(id);
        assertThat(read(Reader.VISITOR, "/campaigns?year=2029")).doesNotContain(id);
        assertThat(read(Reader.VISITOR, "/campaigns?state=final&area=" + near.district()))
                .doesNotContain(id);
        assertThat(read(Reader.VISITOR, "/campaigns?area=" + town.far().district()))
                .doesNotContain(id);
        assertThat(read(near.streetDesk(), "/opinions?area=" + near.community()))
                .contains("/opinions/");
        assertThat(read(near.streetDesk(), "/opinions?area=" + town.far().community()))
                .doesNotContain("data-label=\"截止\"");
    }

    @Test
    void a_company_told_of_the_publication_finds_its_scores_and_a_resident_the_newest_at_home() throws Exception {
        var score = things.score(near);
        assertThat(read(near.manager(), "/objections"))
                .contains("/scores/" + score + "\"", "/scores/" + score + "/objection\"");
        assertThat(read(town.far().manager(), "/objections")).doesNotContain("/scores/");
        assertThat(read(near.resident(), "/home")).contains("/scores/" + score + "\"", "公示中");
        assertThat(read(near.oldYardResident(), "/home")).doesNotContain("/scores/");
        // one that waits for its answer is in the list below, and above as long as another part can be objected to
        var objected = things.objection(near);
        var objectedScore = jdbc.sql("select score from evaluation_objection where id = ?")
                .param(objected)
                .query(Long.class)
                .single();
        assertThat(read(near.manager(), "/objections"))
                .contains("/objections/" + objected, "对别的部分提", "/scores/" + objectedScore + "/objection\"");
        jdbc.sql("""
                insert into evaluation_objection (project, score, district, dimension, filed_by, filed_at, due_on)
                select o.project, o.score, o.district, part, o.filed_by, o.filed_at, o.due_on
                from evaluation_objection o, unnest(array['SATISFACTION', 'INSPECTION', 'TERRITORY', 'CASES', 'CONTRACT']) part
                where o.id = ? and part <> o.dimension
                """).param(objected).update();
        assertThat(read(near.manager(), "/objections")).doesNotContain("/scores/" + objectedScore + "/objection\"");
    }
}

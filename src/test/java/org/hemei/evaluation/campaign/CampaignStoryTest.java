package org.hemei.evaluation.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrlPattern;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.Map;
import org.hemei.ballot.BallotThings;
import org.hemei.evaluation.CompanyYears;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.campaign.SampleDesk.Plan;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.evaluation.score.Gathering.Period;
import org.hemei.evaluation.score.ScoreDesk;
import org.hemei.evaluation.score.Scores;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.ToldTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.annotation.Transactional;

/** A campaign from its plan to the corrected final result, and what nobody may do on the way. */
@HemeiTest
@Transactional
class CampaignStoryTest {

    private static final java.time.LocalDate SEED_ON = java.time.LocalDate.of(2041, 10, 1);

    @Autowired
    SampleDesk samples;

    @Autowired
    CampaignDesk desk;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Frames frames;

    @Autowired
    EvaluationThings things;

    @Autowired
    BallotThings ballots;

    @Autowired
    Schemes schemes;

    @Autowired
    ScoreDesk scoreDesk;

    @Autowired
    Scores scores;

    @Autowired
    CompanyYears years;

    @Autowired
    MockMvc mvc;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Towns towns;

    @Autowired
    MovableClock clock;

    private Town town;
    private Town.Side near;
    private Reader keeper;

    @BeforeEach
    void town() {
        town = towns.make();
        near = town.near();
        keeper = near.housingDesk();
    }

    private long plan() {
        var scheme = things.scheme(String.valueOf(near.district()), "published");
        return samples.plan(
                keeper,
                new Plan(
                        String.valueOf(near.district()),
                        2041,
                        scheme,
                        "试着测评",
                        "开奖号码",
                        SEED_ON,
                        java.time.LocalDate.of(2041, 10, 10)));
    }

    private int version(long id) {
        return campaigns.find(id).orElseThrow().version();
    }

    private void draw(long id, String seed, java.time.LocalDate on) {
        ToldTime.at(CivilTime.startOf(on), () -> samples.draw(keeper, id, version(id), seed));
    }

    @Test
    void the_sample_follows_from_frame_and_seed_and_anybody_can_draw_it_again() throws Exception {
        var id = plan();
        assertThat(campaigns.find(id).orElseThrow().sampleHash()).isNull();
        draw(id, "03 11 19 22 27 30 + 08", SEED_ON);
        var campaign = campaigns.find(id).orElseThrow();
        assertThat(campaign.state()).isEqualTo(CampaignState.DRAWN);
        assertThat(frames.again(campaign, frames.frames(id, 0, 10), 120).same()).isTrue();
        assertThat(frames.sample(id).get(near.garden())).hasSize(3);
        // the same by hand
        var units = jdbc.sql("select id from unit where estate = ? order by id")
                .param(near.garden())
                .query(Long.class)
                .list();
        var byHand = units.stream()
                .sorted(java.util.Comparator.comparing(unit -> sha256(campaign.seed() + ":" + unit)))
                .toList();
        assertThat(frames.sample(id).get(near.garden())).containsExactlyElementsOf(byHand);
        assertThat(campaign.frameHash()).isEqualTo(sha256(near.garden() + ":3:" + sha256(joined(units))));
        assertThat(campaign.sampleHash()).isEqualTo(sha256(near.garden() + ":3:" + sha256(joined(byHand))));
    }

    private static String joined(java.util.List<Long> units) {
        return units.stream().map(String::valueOf).collect(java.util.stream.Collectors.joining(","));
    }

    private static String sha256(String text) {
        try {
            return java.util.HexFormat.of()
                    .formatHex(java.security.MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(java.nio.charset.StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private void built() {
        jdbc.sql(
                        "insert into unit (building, estate, entrance, name, floor, area) values (?, ?, 1, '1单元999', 9, 900000)")
                .params(near.building(), near.garden())
                .update();
    }

    @Test
    void what_is_built_after_the_draw_does_not_change_it_and_who_was_put_in_by_hand_is_found() throws Exception {
        var id = plan();
        draw(id, "0311", SEED_ON);
        built();
        var campaign = campaigns.find(id).orElseThrow();
        var shown = frames.frames(id, 0, 10);
        assertThat(frames.again(campaign, shown, 120).same()).isTrue();
        var lines = new java.util.ArrayList<String>();
        frames.write(id, lines::add);
        assertThat(lines).hasSize(3);
        jdbc.sql("update evaluation_sample set place = 100 where campaign = ? and place = 1")
                .param(id)
                .update();
        assertThat(frames.again(campaign, shown, 120).others()).hasSize(1);
    }

    @Test
    void units_that_changed_after_the_seal_stop_the_draw_until_the_frame_is_sealed_anew_for_another_seed() {
        var id = plan();
        assertThatThrownBy(() -> draw(id, "0311", SEED_ON.minusDays(1))).hasMessageContaining("到那天再抽");
        built();
        assertThatThrownBy(() -> draw(id, "0311", SEED_ON))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("房屋或合同变了");
        // the numbers are out by now
        ToldTime.at(CivilTime.startOf(SEED_ON), () -> {
            assertThatThrownBy(() -> samples.reframe(keeper, id, 0, "开奖号码", SEED_ON.plusDays(3)))
                    .hasMessageContaining("换一个种子");
            assertThatThrownBy(() -> samples.reframe(keeper, id, 0, "下一期开奖号码", SEED_ON))
                    .hasMessageContaining("最早明天");
            samples.reframe(keeper, id, 0, "下一期开奖号码", SEED_ON.plusDays(3));
        });
        assertThatThrownBy(() -> draw(id, "0311", SEED_ON)).hasMessageContaining("到那天再抽");
        draw(id, "1507", SEED_ON.plusDays(3));
        assertThat(frames.sample(id).get(near.garden())).hasSize(4);
        assertThat(campaigns.steps(id).getFirst().remark()).contains("下一期开奖号码");
    }

    /** A slip of the pen is put right for everybody to read; the frame stays, and so does the right to one seed only. */
    @Test
    void a_seed_that_was_copied_wrongly_is_put_right_before_the_sample_is_sealed() throws Exception {
        var id = plan();
        draw(id, "0311", SEED_ON);
        var wrong = campaigns.find(id).orElseThrow();
        assertThatThrownBy(() -> samples.redraw(keeper, id, version(id), "0311", "没有错"))
                .hasMessageContaining("不用更正");
        assertThatThrownBy(() -> samples.redraw(keeper, id, version(id), "0312", " "))
                .hasMessageContaining("错在哪里");
        mvc.perform(post(wrong.path() + "/redraw")
                        .param("version", String.valueOf(version(id)))
                        .param("seed", "0312")
                        .param("wrong", "抄错了最后一个数")
                        .with(as(keeper))
                        .with(csrf()))
                .andExpect(status().isSeeOther());
        var right = campaigns.find(id).orElseThrow();
        assertThat(right.state()).isEqualTo(CampaignState.DRAWN);
        assertThat(right.seed()).isEqualTo("0312");
        assertThat(right.frameHash()).isEqualTo(wrong.frameHash());
        assertThat(frames.again(right, frames.frames(id, 0, 10), 120).same()).isTrue();
        assertThat(frames.sample(id).get(near.garden())).hasSize(3);
        mvc.perform(get(right.path()))
                .andExpect(content().string(containsString("原来填的 0311，应为 0312：抄错了最后一个数")))
                .andExpect(content().string(not(containsString("更正种子，重新抽样"))));
        mvc.perform(get(right.path()).with(as(keeper))).andExpect(content().string(containsString("再看一眼")));
        jdbc.sql("update evaluation_campaign set state = 'sealed' where id = ?")
                .param(id)
                .update();
        assertThatThrownBy(() -> samples.redraw(keeper, id, version(id), "0313", "再改"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("不能更正种子");
    }

    @Test
    void the_calendar_drives_it_to_the_end_and_a_stalled_one_shows() {
        var id = things.campaign(near, "collecting");
        var campaign = campaigns.find(id).orElseThrow();
        assertThat(campaign.stalled(campaign.collectUntil())).isFalse();
        assertThat(campaign.stalled(campaign.collectUntil().plusDays(2))).isTrue();
        jdbc.sql("update evaluation_campaign set collect_until = collect_from where id = ?")
                .param(id)
                .update();
        assertThat(desk.advance(id)).isTrue();
        assertThat(campaigns.find(id).orElseThrow().state()).isEqualTo(CampaignState.REVIEW);
        assertThat(campaigns.steps(id).getLast().actorAs()).isEqualTo("日程");
        jdbc.sql("update evaluation_campaign set state = 'preliminary' where id = ?")
                .param(id)
                .update();
        assertThat(desk.advance(id)).isFalse();
        jdbc.sql("""
                insert into evaluation_step (campaign, seq, at, verb, to_state, actor_as)
                select id, 90, (collect_from - 42)::timestamptz, 'compute', 'preliminary', '日程' from evaluation_campaign where id = ?
                """).param(id).update();
        // published late, the time to object is as long as the scheme says all the same
        jdbc.sql("""
                update evaluation_campaign set collect_from = collect_from - 60, collect_until = collect_from - 60,
                       review_until = collect_from - 40, objection_from = collect_from - 40, objection_until = collect_from - 30,
                       final_by = collect_from - 10 where id = ?
                """).param(id).update();
        assertThat(desk.advance(id)).isTrue();
        var published = campaigns.find(id).orElseThrow();
        assertThat(published.state()).isEqualTo(CampaignState.OBJECTION);
        assertThat(published.objectionUntil())
                .isEqualTo(CivilTime.date(clock.instant()).plusDays(10));
        assertThat(desk.advance(id)).isFalse();
    }

    @Test
    void an_upheld_objection_after_the_final_result_is_a_new_version_of_score_and_year() {
        var id = things.campaign(near, "final");
        var campaign = campaigns.find(id).orElseThrow();
        var scheme = schemes.find(campaign.scheme()).orElseThrow();
        var look = things.inspection(near, id, 1, near.assessor().account());
        for (var item : scheme.content().items(org.hemei.evaluation.scheme.SchemeContent.Kind.INSPECTION)) {
            jdbc.sql(
                            "insert into evaluation_inspection_item (inspection, item, level, note) values (?, ?, 'not', '没有')")
                    .params(look, item.code())
                    .update();
        }
        jdbc.sql("update evaluation_inspection set state = 'done', done_at = now() where id = ?")
                .param(look)
                .update();
        for (var item : scheme.content().items(org.hemei.evaluation.scheme.SchemeContent.Kind.TERRITORY)) {
            jdbc.sql("""
                    insert into evaluation_opinion (campaign, estate, item, version, area, points, given_by, given_at)
                    values (?, ?, ?, 1, ?, 50, ?, now())
                    """)
                    .params(
                            id,
                            near.garden(),
                            item.code(),
                            near.street(),
                            near.streetDesk().account())
                    .update();
        }
        // an order of the year that the resident confirmed: the part on complaints has something to say
        scoreDesk.compute(
                keeper,
                new Period(id, campaign.from(), campaign.until()),
                scheme,
                Map.of(near.garden(), EvaluationThings.votes(scheme, 40)));
        scoreDesk.conclude(keeper, id, campaign.year(), scheme);
        var project = scores.ofCampaign(id).getFirst();
        // 40·80 + 30·0 + 20·50 + 10·100, of 100
        assertThat(project.score()).isEqualTo(5200);
        assertThat(years.latest(near.company(), campaign.year()).orElseThrow().failsBeyondDoubt())
                .isTrue();
        var put = scoreDesk.correct(
                keeper,
                project.project(),
                java.util.List.of(new org.hemei.evaluation.score.ProjectInputs.Correction(1, "t3", "100")),
                "异议成立");
        assertThat(put.version()).isEqualTo(3);
        assertThat(put.isFinal()).isTrue();
        assertThat(put.score()).isEqualTo(5600);
        var year = years.latest(near.company(), campaign.year()).orElseThrow();
        assertThat(year.version()).isEqualTo(2);
        assertThat(year.reason()).isEqualTo("异议成立");
        assertThat(year.result()).isEqualTo(YearResult.FAIL);
        assertThat(scoreDesk.same(put)).isTrue();
        assertThatThrownBy(() -> jdbc.sql("update evaluation_score set score = 9999 where id = ?")
                        .param(put.id())
                        .update())
                .hasMessageContaining("never changed");
    }

    @Test
    void an_assessor_who_is_tied_loses_the_companys_estates_to_another() throws Exception {
        var other = towns.account(org.hemei.access.Role.ASSESSOR, String.valueOf(near.district()), null, null, null);
        var id = things.campaign(near, "collecting");
        var look = things.inspection(near, id, 1, near.assessor().account());
        mvc.perform(post("/inspections/ties")
                        .with(as(near.assessor()))
                        .with(csrf())
                        .param(
                                "company",
                                jdbc.sql("select credit_code from company where body = ?")
                                        .param(near.company())
                                        .query(String.class)
                                        .single())
                        .param("kind", "family"))
                .andExpect(status().isSeeOther());
        assertThat(jdbc.sql("select state from evaluation_inspection where id = ?")
                        .param(look)
                        .query(String.class)
                        .single())
                .isEqualTo("replaced");
        assertThat(jdbc.sql("select assessor from evaluation_inspection where campaign = ? and state = 'open'")
                        .param(id)
                        .query(Long.class)
                        .single())
                .isEqualTo(other.account());
        mvc.perform(get("/inspections/" + look).with(as(near.assessor()))).andExpect(status().isNotFound());
    }

    /** Whoever inspects elsewhere, or is tied to the company, neither keys its sheets nor stands at its doors. */
    @Test
    void an_assessor_handles_the_ballots_of_their_own_estates_only() throws Exception {
        var id = things.campaign(near, "collecting");
        var poll = ballots.open(near, near.unit());
        jdbc.sql("update evaluation_campaign set poll = ? where id = ?")
                .params(poll, id)
                .update();
        var desk = "/ballots/" + poll + "/" + near.garden();
        mvc.perform(get(desk).with(as(near.assessor())))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("没有分给您测评")))
                .andExpect(content().string(not(containsString("发纸票</h2>"))));
        mvc.perform(get(desk + "/tablet").with(as(near.assessor()))).andExpect(status().isNotFound());
        jdbc.sql("update poll set closes_at = opens_at + interval '2 days' where id = ?")
                .param(poll)
                .update();
        mvc.perform(get("/ballots?waits=1").with(as(near.assessor())))
                .andExpect(content().string(not(containsString(desk))));
        things.inspection(near, id, 1, near.assessor().account());
        mvc.perform(get("/ballots?waits=1").with(as(near.assessor())))
                .andExpect(content().string(containsString(desk)));
        mvc.perform(get(desk + "/tablet").with(as(near.assessor()))).andExpect(status().isOk());
        mvc.perform(get(desk).with(as(near.assessor()))).andExpect(content().string(containsString("先在上面编号、打印")));
        mvc.perform(post("/inspections/ties")
                        .with(as(near.assessor()))
                        .with(csrf())
                        .param("company", String.valueOf(near.company()))
                        .param("kind", "family"))
                .andExpect(status().isSeeOther());
        for (var path : new String[] {"/hand-out", "/key", "/face"}) {
            mvc.perform(post(desk + path)
                            .with(as(near.assessor()))
                            .with(csrf())
                            .param("unit", String.valueOf(near.unit()))
                            .param("blinded", "00")
                            .param("serial", "000000000000"))
                    .andExpect(status().isNotFound());
        }
        mvc.perform(get(desk).with(as(near.communityDesk())))
                .andExpect(content().string(containsString("先在上面编号、打印")));
    }

    @Test
    void who_scored_does_not_decide_and_the_street_scores_its_own_territory_only() throws Exception {
        var id = things.campaign(near, "collecting");
        var path = "/opinions/" + id + "/" + near.garden();
        mvc.perform(get(path).with(as(town.far().streetDesk()))).andExpect(status().isNotFound());
        mvc.perform(post(path).with(as(near.streetDesk())).with(csrf()).param("points-t3", "55"))
                .andExpect(status().isUnprocessableContent());
        mvc.perform(post(path)
                        .with(as(near.streetDesk()))
                        .with(csrf())
                        .param("points-t3", "55")
                        .param("why-t3", "三次催办没有整改"))
                .andExpect(redirectedUrlPattern("/opinions*"));
        // an item of the community's that the street sends along is not taken
        mvc.perform(post(path)
                        .with(as(near.streetDesk()))
                        .with(csrf())
                        .param("points-t3", "70")
                        .param("seen-t3", "1")
                        .param("points-t1", "1"))
                .andExpect(redirectedUrlPattern("/opinions*"));
        assertThat(jdbc.sql(
                                "select item || version || ':' || points from evaluation_opinion where campaign = ? order by 1")
                        .param(id)
                        .query(String.class)
                        .list())
                .containsExactly("t31:55", "t32:70");
    }
}

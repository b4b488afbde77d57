package org.hemei.evaluation.objection;

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

import java.time.Duration;
import java.util.List;
import org.hemei.ballot.BallotThings;
import org.hemei.ballot.PollClock;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.campaign.CampaignDesk;
import org.hemei.evaluation.campaign.CampaignState;
import org.hemei.evaluation.campaign.Campaigns;
import org.hemei.evaluation.campaign.EvaluationThings;
import org.hemei.evaluation.campaign.Progress;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.evaluation.score.ScoreDesk;
import org.hemei.evaluation.score.Scores;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
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

/** What becomes of an estate whose ballots cannot be counted, or were counted wrongly. */
@HemeiTest
class CountsTest {

    @Autowired
    Towns towns;

    @Autowired
    EvaluationThings things;

    @Autowired
    BallotThings ballots;

    @Autowired
    PollClock polls;

    @Autowired
    CampaignDesk desk;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Progress progress;

    @Autowired
    Schemes schemes;

    @Autowired
    ScoreDesk scoreDesk;

    @Autowired
    Scores scores;

    @Autowired
    Pump pump;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MockMvc mvc;

    private Town town;
    private Town.Side near;

    @BeforeEach
    void town() {
        town = towns.make();
        near = town.near();
    }

    @AfterEach
    void backInTime() {
        clock.reset();
    }

    private int send(String path, String... values) throws Exception {
        return sent(path, values).getStatus();
    }

    private org.springframework.mock.web.MockHttpServletResponse sent(String path, String... values) throws Exception {
        var request = post(path).with(as(near.housingDesk())).with(csrf());
        for (int n = 0; n < values.length; n += 2) {
            request.param(values[n], values[n + 1]);
        }
        return mvc.perform(request).andReturn().getResponse();
    }

    private List<String> told(Reader reader, String link) {
        pump.run();
        return jdbc.sql("select title from notice where account = ? and link = ? order by id")
                .params(reader.account(), link)
                .query(String.class)
                .list();
    }

    private Progress.Data data(long campaign) {
        var one = campaigns.find(campaign).orElseThrow();
        return progress.of(one, schemes.find(one.scheme()).orElseThrow().content());
    }

    private String version(String table, long id) {
        return jdbc.sql("select version from " + table + " where id = ?")
                .param(id)
                .query(String.class)
                .single();
    }

    /** In review; the garden's box did not open and was given up. */
    private long givenUp() throws Exception {
        var id = things.campaign(near, "collecting");
        var poll = ballots.stuck(near);
        jdbc.sql("update evaluation_campaign set state = 'review', poll = ? where id = ?")
                .params(poll, id)
                .update();
        assertThat(send("/ballots/" + poll + "/void", "version", version("poll", poll), "reason", "查到有人改了数据库"))
                .isEqualTo(303);
        polls.run(poll);
        return id;
    }

    @Test
    void households_whose_box_was_given_up_are_asked_once_more_before_any_score_is_out() throws Exception {
        var id = givenUp();
        var path = "/campaigns/" + id;
        assertThat(data(id).givenUp()).isEqualTo(1);
        assertThat(data(id).complete()).as("whether to ask again is a person's").isFalse();
        mvc.perform(get(path).with(as(near.housingDesk())))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("请他们再投一次")));
        var tomorrow = CivilTime.date(clock.instant()).plusDays(1);
        var version = version("evaluation_campaign", id);
        assertThat(send(
                        path + "/again",
                        "version",
                        version,
                        "from",
                        tomorrow.minusDays(1).toString()))
                .as("nobody is asked before they were told")
                .isEqualTo(422);
        assertThat(send(path + "/again", "version", version, "from", tomorrow.toString()))
                .isEqualTo(303);
        var campaign = campaigns.find(id).orElseThrow();
        assertThat(campaign.state()).isEqualTo(CampaignState.REVIEW);
        assertThat(campaign.reviewUntil()).isAfter(tomorrow.plusDays(7));
        var first = java.util.Objects.requireNonNull(campaign.poll());
        var again = java.util.Objects.requireNonNull(data(id).lastPoll());
        assertThat(told(near.manager(), "/ballot-box/" + again)).containsExactly("您的小区要再投一次票");
        mvc.perform(get("/ballot-box/" + first + "/" + near.garden()))
                .andExpect(content().string(containsString("/ballot-box/" + again + "/" + near.garden())));
        assertThatThrownBy(() -> desk.compute(near.housingDesk(), id, campaign.version()))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("票还没有点完");

        clock.advance(Duration.ofDays(1));
        polls.run(again);
        assertThat(told(near.resident(), "/ballots/" + again + "/units/" + near.unit() + "/take"))
                .containsExactly("请您家投一票");
        ballots.cast(near, again, near.unit(), "2n");
        clock.advance(Duration.ofDays(40));
        polls.run(again);
        desk.compute(near.housingDesk(), id, campaign.version());
        var score = scores.ofCampaign(id).stream()
                .filter(one -> one.estate() == near.garden())
                .findFirst()
                .orElseThrow();
        assertThat(score.inputs().voided()).isFalse();
        assertThat(score.inputs().ballots()).isEqualTo(1);
        // never a third time
        assertThat(sent(
                                path + "/again",
                                "version",
                                version("evaluation_campaign", id),
                                "from",
                                tomorrow.plusDays(60).toString())
                        .getContentAsString())
                .contains("不能投第三次");
    }

    /** An objection to the garden's satisfaction, whose ballots were counted; another company has a score there as well. */
    private long objection(long poll) {
        var id = things.objection(near);
        jdbc.sql("update evaluation_objection set dimension = 'SATISFACTION' where id = ?")
                .param(id)
                .update();
        var campaign = jdbc.sql("""
                        update evaluation_campaign set poll = :poll
                        where id = (select p.campaign from evaluation_objection o join evaluation_project p on p.id = o.project where o.id = :o)
                        returning id
                        """)
                .param("poll", poll)
                .param("o", id)
                .query(Long.class)
                .single();
        jdbc.sql("""
                with other as (
                    insert into evaluation_project (campaign, district, estate, company, bodies, households, kinds, days, counts)
                    values (:campaign, :district, :estate, :company, array[cast(:company as bigint)], 10, array['商品房'], 30, true) returning id)
                insert into evaluation_score (project, version, stage, result, score, margin, ballots, inputs, reason, made_at)
                select other.id, 1, s.stage, s.result, s.score, s.margin, s.ballots, s.inputs, '', s.made_at
                from other, evaluation_score s join evaluation_objection o on o.score = s.id where o.id = :o
                """)
                .param("campaign", campaign)
                .param("district", near.district())
                .param("estate", near.garden())
                .param("company", town.far().company())
                .param("o", id)
                .update();
        return id;
    }

    @Test
    void an_objection_that_shows_a_count_was_wrong_voids_it_for_every_company_of_the_estate() throws Exception {
        var poll = ballots.counted(town);
        var id = objection(poll);
        var score = jdbc.sql("select score from evaluation_objection where id = ?")
                .param(id)
                .query(Long.class)
                .single();
        var found = scores.find(score).orElseThrow();
        var second = secondObjection(id);
        var list = "/ballot-box/" + poll + "/" + near.garden();
        var root = jdbc.sql("select root from poll_group where poll = ?")
                .param(poll)
                .query(byte[].class)
                .single();
        var path = "/objections/" + id;
        mvc.perform(get(path).with(as(near.housingDesk()))).andExpect(content().string(containsString("成立，点票作废")));
        String[] decision = {
            "version",
            "0",
            "upheld",
            "yes",
            "item",
            "satisfaction",
            "value",
            "void",
            "decision",
            "社区录纸票的人是物业的家属，查实了。",
            "why",
            ""
        };
        assertThat(sent(path + "/decide", decision).getContentAsString()).contains("id=\"e-why\"");
        decision[11] = "录纸票的人和物业有关系，没有回避";
        assertThat(send(path + "/decide", decision)).isEqualTo(303);

        assertThat(scores.ofCampaign(found.campaign(), near.garden()))
                .hasSize(2)
                .allSatisfy(one -> {
                    assertThat(one.version()).isEqualTo(2);
                    assertThat(one.result()).isEqualTo(YearResult.NOT_RATED);
                    assertThat(one.reason()).contains("点票作废：录纸票的人和物业有关系");
                    assertThat(scoreDesk.same(one)).isTrue();
                });
        // what was published stays, with the reason beside it and under the same root; who cast what is as unknown as
        // before
        mvc.perform(get(list)).andExpect(content().string(containsString("这里的票一张都不算")));
        mvc.perform(get("/ballot-box/" + poll)).andExpect(content().string(containsString("票作废了")));
        assertThat(jdbc.sql("select root from poll_group where poll = ?")
                        .param(poll)
                        .query(byte[].class)
                        .single())
                .isEqualTo(root);
        assertThat(told(near.resident(), list)).contains("您小区这次的票不算了");
        assertThat(told(near.manager(), path)).containsExactly("您提的测评异议成立，得分改了");
        assertThat(jdbc.sql("select count(*) from audit_entry where action = 'poll.annulled' and subject_id = ?")
                        .param(String.valueOf(poll))
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
        // another company was right about the same count as well: there is nothing more to put right
        var other = "/objections/" + second;
        mvc.perform(get(other).with(as(near.housingDesk()))).andExpect(content().string(containsString("成立的，得分不再变")));
        decision[11] = "";
        assertThat(send(other + "/decide", decision)).isEqualTo(303);
        assertThat(jdbc.sql("select state from evaluation_objection where id = ?")
                        .param(second)
                        .query(String.class)
                        .single())
                .isEqualToIgnoringCase("upheld");
        assertThat(scores.ofCampaign(found.campaign(), near.garden()))
                .extracting(Scores.Score::version)
                .containsOnly(2);
        assertThat(told(near.resident(), list)).containsOnlyOnce("您小区这次的票不算了");
        // it cannot be voided twice
        assertThat(sent(
                                scores.latest(found.project()).orElseThrow().path() + "/correction",
                                "_once",
                                java.util.UUID.randomUUID().toString(),
                                "version",
                                "2",
                                "part",
                                "satisfaction",
                                "item",
                                "satisfaction",
                                "value",
                                "void",
                                "basis",
                                "判决",
                                "why",
                                "再来一次")
                        .getContentAsString())
                .contains("这个小区的票已经作废了");
    }

    /** The other company objects to the same count. */
    private long secondObjection(long first) {
        var id = jdbc.sql("""
                        insert into evaluation_objection (project, score, district, dimension, filed_by, filed_at, due_on)
                        select s.project, s.id, o.district, o.dimension, :by, o.filed_at, o.due_on
                        from evaluation_objection o
                                 join evaluation_project own on own.id = o.project
                                 join evaluation_project p on p.campaign = own.campaign and p.estate = own.estate and p.id <> own.id
                                 join evaluation_score s on s.project = p.id
                        where o.id = :first returning id
                        """)
                .param("by", town.far().manager().account())
                .param("first", first)
                .query(Long.class)
                .single();
        jdbc.sql("insert into evaluation_objection_words (objection, words) values (?, '我们也认为点错了。')")
                .param(id)
                .update();
        return id;
    }

    @Test
    void a_void_that_was_wrong_is_lifted_for_every_company_and_the_households_are_told() throws Exception {
        var poll = ballots.counted(town);
        var first = objection(poll);
        var others = secondObjection(first);
        assertThat(upheld(first)).isEqualTo(303);
        // two companies object to the void
        jdbc.sql("update evaluation_objection set filed_at = ? where id = ?")
                .params(java.sql.Timestamp.from(clock.instant()), others)
                .update();
        var own = jdbc.sql("""
                        with o as (insert into evaluation_objection (project, score, district, dimension, filed_by, filed_at, due_on)
                                   select project, score, district, dimension, filed_by, ?, due_on from evaluation_objection where id = ?
                                   returning id)
                        insert into evaluation_objection_words (objection, words) select id, '票没有点错。' from o returning objection
                        """)
                .params(java.sql.Timestamp.from(clock.instant()), first)
                .query(Long.class)
                .single();
        assertThat(upheld(others)).as("it was theirs").isEqualTo(422);
        assertThat(lifted(others)).isEqualTo(303);

        var campaign = jdbc.sql("select id from evaluation_campaign where poll = ?")
                .param(poll)
                .query(Long.class)
                .single();
        assertThat(scores.ofCampaign(campaign, near.garden())).hasSize(2).allSatisfy(one -> {
            assertThat(one.version()).isEqualTo(3);
            assertThat(one.inputs().counted()).isEqualTo(40);
            assertThat(one.reason()).contains("撤销点票作废：录票的是另一个人");
            assertThat(scoreDesk.same(one)).isTrue();
        });
        var list = "/ballot-box/" + poll + "/" + near.garden();
        mvc.perform(get(list)).andExpect(content().string(not(containsString("一张都不算"))));
        assertThat(told(near.resident(), list)).contains("您小区这次的票不算了", "您小区这次的票照算");
        // the other was right as well, and voids nothing again
        assertThat(lifted(own)).isEqualTo(303);
        assertThat(scores.ofCampaign(campaign, near.garden()))
                .extracting(Scores.Score::version)
                .containsOnly(3);
    }

    private int lifted(long objection) throws Exception {
        return mvc.perform(post("/objections/" + objection + "/decide")
                        .with(as(near.districtDesk()))
                        .with(csrf())
                        .param("version", "0")
                        .param("upheld", "yes")
                        .param("why", "录票的是另一个人")
                        .param("decision", "查实了。"))
                .andReturn()
                .getResponse()
                .getStatus();
    }

    @Test
    void two_who_decide_on_one_count_at_once_void_it_once() throws Exception {
        var poll = ballots.counted(town);
        var first = objection(poll);
        var second = secondObjection(first);
        try (var both = java.util.concurrent.Executors.newFixedThreadPool(2)) {
            var answers = both.invokeAll(List.of(() -> upheld(first), () -> upheld(second)));
            for (var answer : answers) {
                assertThat(answer.get()).isEqualTo(303);
            }
        }
        var campaign = jdbc.sql("select id from evaluation_campaign where poll = ?")
                .param(poll)
                .query(Long.class)
                .single();
        assertThat(scores.ofCampaign(campaign, near.garden()))
                .hasSize(2)
                .extracting(Scores.Score::version)
                .containsOnly(2);
        assertThat(told(near.resident(), "/ballot-box/" + poll + "/" + near.garden()))
                .containsOnlyOnce("您小区这次的票不算了");
    }

    private int upheld(long objection) throws Exception {
        return send(
                "/objections/" + objection + "/decide",
                "version",
                "0",
                "upheld",
                "yes",
                "item",
                "satisfaction",
                "value",
                "void",
                "decision",
                "查实了。",
                "why",
                "录纸票的人和物业有关系，没有回避");
    }

    /** The garden's poll is held again; it begins tomorrow. @return that poll */
    private long heldAgain(long campaign) throws Exception {
        assertThat(send(
                        "/campaigns/" + campaign + "/again",
                        "version",
                        version("evaluation_campaign", campaign),
                        "from",
                        CivilTime.date(clock.instant()).plusDays(1).toString()))
                .isEqualTo(303);
        return java.util.Objects.requireNonNull(data(campaign).lastPoll());
    }

    @Test
    void a_poll_that_is_held_again_is_told_as_it_stands_and_not_when_it_was_cancelled() throws Exception {
        var id = givenUp();
        var again = heldAgain(id);
        var first = "/ballot-box/" + campaigns.find(id).orElseThrow().poll() + "/" + near.garden();
        mvc.perform(get(first)).andExpect(content().string(containsString("这里要再投一次")));
        clock.advance(Duration.ofDays(1));
        polls.run(again);
        mvc.perform(get(first)).andExpect(content().string(containsString("这里正在再投一次")));
        assertThat(send(
                        "/campaigns/" + id + "/cancel",
                        "version",
                        version("evaluation_campaign", id),
                        "reason",
                        "今年不测了"))
                .isEqualTo(303);
        mvc.perform(get(first)).andExpect(status().isOk()).andExpect(content().string(not(containsString("再投"))));
        mvc.perform(get("/campaigns/" + id).with(as(near.housingDesk())))
                .andExpect(status().isOk())
                .andExpect(content().string(not(containsString("/ballot-box/" + again))));
    }

    @Test
    void whose_second_box_does_not_open_either_is_not_told_of_a_third_time() throws Exception {
        var again = heldAgain(givenUp());
        clock.advance(Duration.ofDays(1));
        polls.run(again);
        ballots.cast(near, again, near.unit(), "2n");
        ballots.alter(again);
        clock.advance(Duration.ofDays(40));
        polls.run(again);
        assertThat(send("/ballots/" + again + "/void", "version", version("poll", again), "reason", "又有人改了数据库"))
                .isEqualTo(303);
        var box = "/ballot-box/" + again + "/" + near.garden();
        assertThat(told(near.manager(), box)).containsExactly("您的小区再投的票也作废了");
    }
}

package org.hemei.evaluation.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.evaluation.CompanyYears;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.campaign.CampaignDesk.Plan;
import org.hemei.evaluation.scheme.Scheme;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.evaluation.score.CompanyResults;
import org.hemei.evaluation.score.Gathering.Ballots;
import org.hemei.evaluation.score.Gathering.Period;
import org.hemei.evaluation.score.ProjectInputs.Correction;
import org.hemei.evaluation.score.ScoreDesk;
import org.hemei.evaluation.score.Scores;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.ToldTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Orders;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.annotation.Transactional;

/** Where a campaign could rate whom it should not: missing looks, changed contracts, mergers, other districts, late scores. */
@HemeiTest
@Transactional
class CampaignEdgesTest {

    private static final LocalDate FROM = LocalDate.of(2026, 1, 1);
    private static final LocalDate UNTIL = LocalDate.of(2200, 1, 1);
    private static final LocalDate SEED_ON = LocalDate.of(2041, 6, 28);

    @Autowired
    CampaignDesk desk;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Projects projects;

    @Autowired
    Progress progress;

    @Autowired
    EvaluationThings things;

    @Autowired
    Schemes schemes;

    @Autowired
    ScoreDesk scoreDesk;

    @Autowired
    Scores scores;

    @Autowired
    CompanyYears years;

    @Autowired
    CompanyResults results;

    @Autowired
    MockMvc mvc;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

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

    private Campaign campaign(long id) {
        return campaigns.find(id).orElseThrow();
    }

    private Scheme scheme(long campaign) {
        return schemes.find(campaign(campaign).scheme()).orElseThrow();
    }

    private void set(long campaign, String what) {
        jdbc.sql("update evaluation_campaign set " + what + " where id = ?")
                .param(campaign)
                .update();
    }

    /** In review, the ballots counted, every opinion given; nobody has looked yet. */
    private long inReview() {
        var id = things.campaign(near, "collecting");
        var poll = jdbc.sql("""
                        insert into poll (purpose, title, about, area, state, opens_at, closes_at, count_by, minimum, root)
                        values (:purpose, '满意度', '满意度', :area, 'counted', '2016-01-01', '2016-02-01', '2016-02-01', 5, sha256(''))
                        returning id
                        """)
                .param("purpose", "evaluation:" + id)
                .param("area", String.valueOf(near.district()))
                .query(Long.class)
                .single();
        jdbc.sql("update evaluation_campaign set state = 'review', poll = ? where id = ?")
                .params(poll, id)
                .update();
        for (var item : scheme(id).content().items(Kind.TERRITORY)) {
            jdbc.sql("""
                    insert into evaluation_opinion (campaign, estate, item, version, area, points, given_by, given_at)
                    values (?, ?, ?, 1, ?, 80, ?, now())
                    """)
                    .params(
                            id,
                            near.garden(),
                            item.code(),
                            near.street(),
                            near.streetDesk().account())
                    .update();
        }
        return id;
    }

    private long looked(long campaign, Reader assessor) {
        var look = things.inspection(near, campaign, 1, assessor.account());
        for (var item : scheme(campaign).content().items(Kind.INSPECTION)) {
            jdbc.sql(
                            "insert into evaluation_inspection_item (inspection, item, level, note) values (?, ?, 'partly', '电梯口堆了纸箱')")
                    .params(look, item.code())
                    .update();
        }
        jdbc.sql("update evaluation_inspection set state = 'done', done_at = now() where id = ?")
                .param(look)
                .update();
        return look;
    }

    @Test
    void an_estate_that_nobody_was_sent_to_is_waited_for() {
        var id = inReview();
        assertThat(progress.of(campaign(id), scheme(id).content()).complete()).isFalse();
        assertThat(desk.advance(id)).isFalse();
        assertThat(campaign(id).state()).isEqualTo(CampaignState.REVIEW);
        var look = looked(id, near.assessor());
        jdbc.sql("update evaluation_inspection set state = 'replaced', done_at = null where id = ?")
                .param(look)
                .update();
        assertThat(progress.of(campaign(id), scheme(id).content()).complete()).isFalse();
        looked(id, near.assessor());
        assertThat(progress.of(campaign(id), scheme(id).content()).complete()).isTrue();
    }

    @Test
    void scores_computed_late_are_published_by_whoever_read_them() {
        var id = inReview();
        looked(id, near.assessor());
        set(
                id,
                "review_until = current_date - 1, objection_from = current_date - 1, collect_until = current_date - 2,"
                        + " collect_from = current_date - 9");
        assertThat(desk.advance(id)).isFalse();
        assertThat(campaign(id).state()).isEqualTo(CampaignState.PRELIMINARY);
        // nor at the next turn
        assertThat(desk.advance(id)).isFalse();
        var waiting = campaign(id);
        assertThat(waiting.state()).isEqualTo(CampaignState.PRELIMINARY);
        assertThat(waiting.stalled(CivilTime.date(clock.instant()))).isTrue();
        desk.publish(keeper, id, waiting.version());
        assertThat(campaign(id).state()).isEqualTo(CampaignState.OBJECTION);
        assertThat(campaign(id).objectionUntil())
                .isEqualTo(CivilTime.date(clock.instant()).plusDays(10));
    }

    @Test
    void a_year_too_young_to_rate_anybody_is_not_planned() {
        var scheme = things.scheme(String.valueOf(near.district()), "published");
        var area = String.valueOf(near.district());
        assertThatThrownBy(
                        () -> desk.plan(keeper, new Plan(area, 2041, scheme, "太早了", "开奖号码", SEED_ON, LocalDate.of(2041, 7, 2))))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("182 天")
                .hasMessageContaining("7月3日");
        assertThat(desk.plan(keeper, new Plan(area, 2041, scheme, "刚好", "开奖号码", SEED_ON, LocalDate.of(2041, 7, 3))))
                .isPositive();
    }

    /** The garden changes hands on a day of the period. */
    private void taken(long by, LocalDate on) {
        jdbc.sql("update contract set during = daterange(lower(during), ?) where estate = ? and upper_inf(during)")
                .params(on, near.garden())
                .update();
        jdbc.sql("insert into contract (company, estate, during, fee_fen) values (?, ?, daterange(?, null), 160)")
                .params(by, near.garden(), on)
                .update();
    }

    private List<String> held(long campaign) {
        return jdbc.sql(
                        "select company || ':' || counts from evaluation_project where campaign = ? order by counts desc")
                .param(campaign)
                .query(String.class)
                .list();
    }

    @Test
    void whose_year_it_is_follows_the_contracts_to_the_end_of_the_period() {
        var scheme = things.scheme(String.valueOf(near.district()), "published");
        var id = desk.plan(
                keeper,
                new Plan(String.valueOf(near.district()), 2041, scheme, "试着测评", "开奖号码", SEED_ON, LocalDate.of(2041, 10, 10)));
        assertThat(held(id)).containsExactly(near.company() + ":true");
        ToldTime.at(CivilTime.startOf(SEED_ON), () -> desk.draw(keeper, id, 0, "0311"));
        var next = town.far().company();
        taken(next, LocalDate.of(2041, 2, 1));
        desk.seal(keeper, id, 1);
        assertThat(held(id)).containsExactly(next + ":true", near.company() + ":false");
        assertThat(campaigns.steps(id).getLast().remark()).contains("2 个项目的合同");
    }

    @Test
    void a_company_that_came_after_the_seal_is_scored_and_not_by_whom_it_pays() {
        var id = inReview();
        looked(id, near.assessor());
        var next = town.far().company();
        jdbc.sql("""
                insert into evaluation_conflict (campaign, assessor, company, kind, declared_by, declared_at)
                values (:c, :a, :company, 'family', :a, now())
                """)
                .param("c", id)
                .param("a", near.assessor().account())
                .param("company", next)
                .update();
        taken(next, FROM.plusDays(10));
        assertThat(desk.advance(id)).isFalse();
        assertThat(held(id).getFirst()).isEqualTo(next + ":true");
        // the look does not count, and is waited for
        assertThat(campaign(id).state()).isEqualTo(CampaignState.REVIEW);
        looked(id, towns.account(org.hemei.access.Role.ASSESSOR, String.valueOf(near.district()), null, null, null));
        desk.advance(id);
        assertThat(campaign(id).state()).isEqualTo(CampaignState.PRELIMINARY);
        assertThat(scores.ofCampaign(id)).extracting(Scores.Score::company).contains(next);
    }

    @Test
    void what_residents_brought_to_a_company_goes_with_it_into_the_merged_one() {
        orders.at(Orders.Stage.WORKING, near, near.resident(), "路灯坏了");
        var heir = town.far().company();
        jdbc.sql("update body set until = current_date, ending = 'merged', successor = ? where id = ?")
                .params(heir, near.company())
                .update();
        var id = things.campaign(near, "collecting");
        scoreDesk.compute(keeper, new Period(id, FROM, UNTIL), scheme(id), Map.of());
        var score = scores.ofCampaign(id).getFirst();
        assertThat(score.company()).isEqualTo(heir);
        assertThat(score.inputs().cases().cases()).isEqualTo(1);
    }

    private static Ballots votes(Scheme scheme, char grade) {
        var counts = new HashMap<Integer, Map<Character, Integer>>();
        for (int n = 1; n <= scheme.content().items(Kind.SATISFACTION).size(); n++) {
            counts.put(n, Map.of(grade, 40));
        }
        return new Ballots(100, 40, counts);
    }

    /** The company has an estate in the other district as well, whose campaign of the same year has not ended. */
    private long elsewhere(String state) {
        var far = town.far();
        var estate = towns.estate(
                "试邻区花园" + far.district(), String.valueOf(far.district()), far.street(), far.community(), "商品房");
        towns.contract(near.company(), estate);
        var other = things.campaign(far, state);
        set(other, "year = 2033");
        return other;
    }

    /** The near district's campaign, ended: all satisfied, or nobody. */
    private long ended(char grade) {
        var id = things.campaign(near, "final");
        looked(id, near.assessor());
        for (var item : scheme(id).content().items(Kind.TERRITORY)) {
            jdbc.sql("""
                    insert into evaluation_opinion (campaign, estate, item, version, area, points, given_by, given_at)
                    values (?, ?, ?, 1, ?, 80, ?, now())
                    """)
                    .params(
                            id,
                            near.garden(),
                            item.code(),
                            near.street(),
                            near.streetDesk().account())
                    .update();
        }
        scoreDesk.compute(
                keeper, new Period(id, FROM, UNTIL), scheme(id), Map.of(near.garden(), votes(scheme(id), grade)));
        scoreDesk.conclude(keeper, id, 2033, scheme(id));
        return id;
    }

    @Test
    void a_district_that_cancels_keeps_no_company_waiting() {
        var other = elsewhere("collecting");
        ended('5');
        assertThat(years.latest(near.company(), 2033)).isEmpty();
        desk.cancel(town.far().housingDesk(), other, campaign(other).version(), "重复了");
        var year = years.latest(near.company(), 2033).orElseThrow();
        assertThat(year.version()).isEqualTo(1);
        assertThat(year.result()).isEqualTo(YearResult.PASS);
        // whose only campaign it was has no year
        assertThat(years.latest(town.far().company(), 2033)).isEmpty();
    }

    @Test
    void a_year_is_judged_by_one_rule_in_all_its_versions() {
        var id = ended('5');
        var first = years.latest(near.company(), 2033).orElseThrow();
        assertThat(first.result()).isEqualTo(YearResult.PASS);
        // another district's scheme asks for more, and its campaign of the year ends later
        var strict =
                jdbc.sql("""
                        insert into evaluation_scheme (area, title, basis, state, version, content, content_hash, made_at, published_at)
                        select area, title, basis, state, version, jsonb_set(content, '{passLine}', '9900'), content_hash, made_at, published_at
                        from evaluation_scheme where id = ? returning id
                        """).param(campaign(id).scheme()).query(Long.class).single();
        set(id, "scheme = " + strict);
        var project = scores.ofCampaign(id).getFirst().project();
        scoreDesk.correct(keeper, project, new Correction(1, "t3", "90"), "异议成立");
        var second = years.latest(near.company(), 2033).orElseThrow();
        assertThat(second.version()).isEqualTo(2);
        assertThat(results.inputs(near.company(), 2033, 2).orElseThrow().passLine())
                .isEqualTo(6000);
        assertThat(second.result()).isEqualTo(YearResult.PASS);
    }

    @Test
    void what_an_assessor_wrote_is_for_the_company_and_the_administration() throws Exception {
        var id = ended('3');
        var page = "/scores/" + scores.ofCampaign(id).getFirst().id();
        assertThat(page(page, near.manager())).contains("电梯口堆了纸箱");
        assertThat(page(page, near.streetDesk())).contains("电梯口堆了纸箱");
        assertThat(page(page, near.resident())).doesNotContain("纸箱").contains("95% 的把握，误差不超过");
        assertThat(page(page, town.far().manager())).doesNotContain("纸箱");
        assertThat(page(page, town.far().streetDesk())).doesNotContain("纸箱");
    }

    private String page(String path, Reader reader) throws Exception {
        return mvc.perform(get(path).with(as(reader))).andReturn().getResponse().getContentAsString();
    }
}

package org.hemei.evaluation.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hemei.access.Role;
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
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.attachment.Samples;
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
import org.springframework.mock.web.MockMultipartFile;
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
    org.hemei.platform.attachment.Attachments attachments;

    @Autowired
    org.hemei.evaluation.inspection.Sights sights;

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
        jdbc.sql("""
                insert into audit_entry (district, id, at, action, subject_kind, subject_id, detail)
                select 0, nextval('audit_seq'), now(), 'poll.counted', 'poll', id, jsonb_build_object('root', encode(root, 'hex'))
                from poll where id = ?
                """).param(poll).update();
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
        return looked(campaign, assessor, 1, "partly");
    }

    private long looked(long campaign, Reader assessor, int turn, String level) {
        return see(things.inspection(near, campaign, turn, assessor.account()), level);
    }

    private long see(long look, String level) {
        var campaign = jdbc.sql("select campaign from evaluation_inspection where id = ?")
                .param(look)
                .query(Long.class)
                .single();
        for (var item : scheme(campaign).content().items(Kind.INSPECTION)) {
            jdbc.sql(
                            "insert into evaluation_inspection_item (inspection, item, level, note) values (?, ?, ?, '电梯口堆了纸箱')")
                    .params(look, item.code(), level)
                    .update();
        }
        jdbc.sql("update evaluation_inspection set state = 'done', done_at = now() where id = ?")
                .param(look)
                .update();
        return look;
    }

    @Test
    void an_estate_that_nobody_was_sent_to_is_waited_for() {
        jdbc.sql("delete from access_grant where account = ?")
                .param(near.assessor().account())
                .update();
        var id = inReview();
        assertThat(progress.of(campaign(id), scheme(id).content()).complete()).isFalse();
        assertThat(desk.advance(id)).isFalse();
        assertThat(campaign(id).state()).isEqualTo(CampaignState.REVIEW);
        var look = looked(id, near.assessor());
        jdbc.sql("update evaluation_inspection set state = 'replaced', done_at = null where id = ?")
                .param(look)
                .update();
        assertThat(progress.of(campaign(id), scheme(id).content()).complete()).isFalse();
        // an assessor who comes later is given the estate
        var late = assessor();
        desk.advance(id);
        assertThat(open(id)).containsExactly(late.account());
        assertThat(jdbc.sql("""
                        select body #>> '{to,0,account}' from event_log
                        where kind = 'evaluation.inspection.given' and subject = cast(? as text)
                        """).param(id).query(Long.class).list())
                .as("and is told")
                .containsExactly(late.account());
        see(open(id, late), "met");
        assertThat(progress.of(campaign(id), scheme(id).content()).complete()).isTrue();
    }

    @Test
    void looks_of_whoever_has_no_grant_any_more_go_to_others_and_one_of_two_areas_sees_both() {
        var id = things.campaign(near, "collecting");
        var gone = near.assessor();
        things.inspection(near, id, 1, gone.account());
        var second = assessor();
        things.inspection(near, id, 2, second.account());
        desk.advance(id);
        assertThat(open(id)).as("both can look").containsExactly(gone.account(), second.account());
        jdbc.sql("update access_grant set until = now() where account = any(?)")
                .param(new Long[] {gone.account(), second.account()})
                .update();
        var late = assessor();
        // granted another district first: it covers this one all the same
        var two = towns.account(Role.ASSESSOR, String.valueOf(town.far().district()), null, null, null);
        towns.grant(two.account(), Role.ASSESSOR, String.valueOf(near.district()), null, null, null);
        desk.advance(id);
        assertThat(open(id)).containsExactlyInAnyOrder(late.account(), two.account());
    }

    @Test
    void a_sample_that_is_sealed_late_leaves_as_many_days_to_vote_as_the_scheme_says() {
        var id = desk.plan(
                keeper,
                new Plan(
                        String.valueOf(near.district()),
                        2041,
                        things.scheme(String.valueOf(near.district()), "published"),
                        "晚锁定",
                        "开奖号码",
                        SEED_ON,
                        LocalDate.of(2041, 10, 10)));
        ToldTime.at(CivilTime.startOf(LocalDate.of(2041, 10, 9)), () -> desk.draw(keeper, id, 0, "0311"));
        var planned = campaign(id);
        var late = planned.collectUntil().minusDays(1);
        ToldTime.at(CivilTime.startOf(late), () -> desk.seal(keeper, id, planned.version()));
        var sealed = campaign(id);
        var days = scheme(id).content().collectDays();
        assertThat(sealed.collectFrom()).isEqualTo(late.plusDays(1));
        assertThat(sealed.collectUntil()).isEqualTo(late.plusDays(days));
        assertThat(sealed.reviewUntil()).isAfter(planned.reviewUntil());
        assertThat(campaigns.steps(id).getLast().remark()).contains("日程顺延");
        assertThat(jdbc.sql("select closes_at from poll where id = ?")
                        .param(sealed.poll())
                        .query(java.sql.Timestamp.class)
                        .single()
                        .toInstant())
                .isEqualTo(CivilTime.startOf(sealed.collectUntil().plusDays(1)));
    }

    private Reader assessor() {
        return towns.account(Role.ASSESSOR, String.valueOf(near.district()), null, null, null);
    }

    private List<Long> open(long campaign) {
        return jdbc.sql("select assessor from evaluation_inspection where campaign = ? and state = 'open' order by id")
                .param(campaign)
                .query(Long.class)
                .list();
    }

    private long open(long campaign, Reader assessor) {
        return jdbc.sql("select id from evaluation_inspection where campaign = ? and assessor = ? and state = 'open'")
                .params(campaign, assessor.account())
                .query(Long.class)
                .single();
    }

    /** Points and a look at an estate whose contract left the campaign are neither counted nor waited for. */
    @Test
    void what_was_given_at_an_estate_that_left_is_not_counted() {
        var id = inReview();
        looked(id, near.assessor());
        var content = scheme(id).content();
        var before = progress.of(campaign(id), content);
        assertThat(before.complete()).isTrue();
        jdbc.sql("""
                insert into evaluation_opinion (campaign, estate, item, version, area, points, given_by, given_at)
                select campaign, ?, item, version, area, points, given_by, given_at from evaluation_opinion where campaign = ?
                """).params(near.oldYard(), id).update();
        jdbc.sql("""
                insert into evaluation_inspection (campaign, district, estate, turn, assessor, state, due_on, done_at)
                select campaign, district, ?, turn, assessor, state, due_on, done_at from evaluation_inspection where campaign = ?
                """).params(near.oldYard(), id).update();
        var after = progress.of(campaign(id), content);
        assertThat(after.given()).isEqualTo(before.given());
        assertThat(after.looked()).isEqualTo(before.looked());
        assertThat(after.complete()).isTrue();
    }

    @Test
    void a_look_of_somebody_who_came_to_the_company_does_not_count_without_anybody_saying_so() {
        var id = inReview();
        looked(id, near.assessor());
        var other = assessor();
        towns.post(near.assessor().person(), near.company(), "物业员工");
        assertThat(desk.advance(id)).isFalse();
        assertThat(campaign(id).state()).isEqualTo(CampaignState.REVIEW);
        assertThat(open(id)).containsExactly(other.account());
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
        assertThatThrownBy(() -> desk.plan(
                        keeper, new Plan(area, 2041, scheme, "太早了", "开奖号码", SEED_ON, LocalDate.of(2041, 7, 2))))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("182 天")
                .hasMessageContaining("7月3日");
        var id = desk.plan(keeper, new Plan(area, 2041, scheme, "刚好", "开奖号码", SEED_ON, LocalDate.of(2041, 7, 3)));
        assertThat(jdbc.sql("select planned_by from evaluation_campaign where id = ?")
                        .param(id)
                        .query(LocalDate.class)
                        .single())
                .as("kept, whatever moves the days")
                .isEqualTo(campaign(id).finalBy());
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
                new Plan(
                        String.valueOf(near.district()),
                        2041,
                        scheme,
                        "试着测评",
                        "开奖号码",
                        SEED_ON,
                        LocalDate.of(2041, 10, 10)));
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
        looked(id, assessor());
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
        return ended(things.campaign(near, "final"), grade);
    }

    private long ended(long id, char grade) {
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
    void a_box_that_was_given_up_leaves_its_projects_unrated_and_says_so() {
        var id = things.campaign(near, "collecting");
        scoreDesk.compute(
                keeper,
                new Period(id, FROM, UNTIL),
                scheme(id),
                Map.of(near.garden(), new Ballots(100, 0, Map.of(), true)));
        var score = scores.ofCampaign(id).getFirst();
        assertThat(score.result()).isEqualTo(YearResult.NOT_RATED);
        assertThat(scoreDesk.again(score).why()).contains("票作废了，一张都不算：不评定").noneMatch(why -> why.contains("样本太少"));
        assertThat(scoreDesk.same(score)).isTrue();
    }

    @Test
    void an_estate_that_comes_under_another_district_stays_in_its_campaign_with_its_orders() {
        orders.at(Orders.Stage.WORKING, near, near.resident(), "路灯坏了");
        var id = inReview();
        var far = town.far();
        moved(far);
        var content = scheme(id).content();
        assertThat(projects.refresh(campaign(id), content)).isZero();
        scoreDesk.compute(keeper, new Period(id, FROM, UNTIL), scheme(id), Map.of());
        var score = scores.ofCampaign(id).stream()
                .filter(one -> one.estate() == near.garden())
                .findFirst()
                .orElseThrow();
        assertThat(score.company()).isEqualTo(near.company());
        assertThat(score.inputs().cases().cases()).isEqualTo(1);
        assertThat(projects.changes(campaign(id), content, near.garden()))
                .as("no contract is another")
                .isEmpty();
    }

    /** The garden comes under the far side. */
    private void moved(Town.Side far) {
        jdbc.sql("insert into estate_past (estate, district, until) values (?, ?, current_date)")
                .params(near.garden(), near.district())
                .update();
        jdbc.sql("update estate set district = ?, street = ?, community = ? where id = ?")
                .params(far.district(), far.street(), far.community(), near.garden())
                .update();
    }

    private List<Long> estates(long campaign) {
        return jdbc.sql("select distinct estate from evaluation_project where campaign = ?")
                .param(campaign)
                .query(Long.class)
                .list();
    }

    @Test
    void an_estate_that_one_district_has_drawn_is_not_asked_by_the_other_that_it_comes_under() {
        var far = town.far();
        var scheme = things.scheme(String.valueOf(far.district()), "published");
        var plan = new Plan(
                String.valueOf(far.district()), 2041, scheme, "试着测评", "开奖号码", SEED_ON, LocalDate.of(2041, 10, 10));
        var drew = things.campaign(near, "collecting");
        set(drew, "year = 2041");
        moved(far);
        var id = desk.plan(far.housingDesk(), plan);
        assertThat(estates(id)).containsExactly(far.garden());
        desk.reframe(far.housingDesk(), id, 0, "另一期开奖号码", SEED_ON.plusDays(1));
        assertThat(estates(id)).containsExactly(far.garden());
        ToldTime.at(CivilTime.startOf(SEED_ON.plusDays(1)), () -> desk.draw(far.housingDesk(), id, 1, "0311"));
        assertThat(estates(id)).containsExactly(far.garden());
        assertThat(estates(drew)).contains(near.garden());
        // one that has drawn nothing, or was cancelled, asks nobody there
        for (var gives : List.of("state = 'planned'", "state = 'cancelled'", "state = 'sealed', year = 2042")) {
            set(id, "state = 'planned'");
            set(drew, gives);
            assertThat(projects.refresh(campaign(id), scheme(id).content()))
                    .as(gives)
                    .isPositive();
            assertThat(estates(id)).as(gives).contains(near.garden());
            set(drew, "state = 'sealed', year = 2041");
            projects.refresh(campaign(id), scheme(id).content());
            assertThat(estates(id)).containsExactly(far.garden());
        }
    }

    @Test
    void a_draft_is_tried_on_the_last_years_data_and_says_whose_result_would_be_another() throws Exception {
        var before = scores.ofCampaign(ended('4')).getFirst();
        assertThat(before.result()).isEqualTo(YearResult.PASS);
        var draft = things.scheme(String.valueOf(near.district()), "draft");
        assertThat(page("/schemes/" + draft + "/preview", keeper)).contains("没有一个项目的结果会变");
        jdbc.sql("update evaluation_scheme set content = jsonb_set(content, '{passLine}', '9900') where id = ?")
                .param(draft)
                .update();
        assertThat(page("/schemes/" + draft + "/preview", keeper)).contains("结果不一样的：1 个");
        assertThat(scores.ofCampaign(before.campaign()).getFirst().version()).isEqualTo(before.version());
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
        scoreDesk.correct(keeper, project, List.of(new Correction(1, "t3", "90")), "异议成立");
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
        // and so with what was photographed; where the assessor stood is for whoever decides
        var look = scores.ofCampaign(id).getFirst().inputs().looks().getFirst().inspection();
        var photo = java.util.UUID.randomUUID();
        jdbc.sql("update evaluation_inspection set longitude = 117226000, latitude = 31820000 where id = ?")
                .param(look)
                .update();
        jdbc.sql("""
                insert into attachment (district, id, owner_kind, owner_id, purpose, media_type, byte_size, sha256, file_name, uploaded_by, uploaded_at)
                values (?, ?, 'evaluation_inspection', ?, 'photo', 'image/png', 1, repeat('0', 64), 'a.png', ?, now())
                """)
                .params(
                        near.district(),
                        photo,
                        String.valueOf(look),
                        near.assessor().account())
                .update();
        assertThat(page(page, near.manager()))
                .contains("/attachments/" + near.district() + "/" + photo)
                .doesNotContain("东经");
        assertThat(page(page, near.streetDesk())).contains(photo.toString());
        assertThat(page(page, near.resident())).doesNotContain(photo.toString());
        assertThat(attachments.find(near.manager(), near.district(), photo)).isNotNull();
        assertThat(attachments.find(near.communityDesk(), near.district(), photo))
                .isNotNull();
        for (var other :
                List.of(near.resident(), town.far().manager(), town.far().streetDesk())) {
            assertThatThrownBy(() -> attachments.find(other, near.district(), photo))
                    .isInstanceOf(Missing.class);
        }
        assertThat(sights.of(List.of(look), true).getFirst().place()).isEqualTo("东经 117.226000，北纬 31.820000");
        assertThat(page(page, town.far().streetDesk())).doesNotContain("纸箱");
    }

    private org.springframework.test.web.servlet.ResultActions found(long campaign) throws Exception {
        return mvc.perform(post("/campaigns/" + campaign + "/ties")
                .with(as(keeper))
                .with(csrf())
                .param("assessor", String.valueOf(near.assessor().account()))
                .param("company", String.valueOf(near.company()))
                .param("kind", "owner")
                .param("why", "股权登记里有他"));
    }

    @Test
    void a_tie_found_before_the_scores_are_public_sends_the_campaign_back_to_be_looked_at_again() throws Exception {
        var id = inReview();
        looked(id, near.assessor());
        desk.advance(id);
        assertThat(campaign(id).state()).isEqualTo(CampaignState.PRELIMINARY);
        var other = assessor();
        found(id).andExpect(status().isSeeOther());
        assertThat(campaign(id).state()).isEqualTo(CampaignState.REVIEW);
        assertThat(campaigns.steps(id).getLast().verb()).isEqualTo("退回了复核");
        assertThat(open(id)).containsExactly(other.account());
        var again = see(open(id, other), "met");
        desk.advance(id);
        assertThat(campaign(id).state()).isEqualTo(CampaignState.PRELIMINARY);
        assertThat(scores.ofCampaign(id).getFirst().inputs().looks())
                .extracting(look -> look.inspection())
                .containsExactly(again);
    }

    @Test
    void a_tie_found_later_takes_the_look_out_of_the_score_and_of_the_companys_year() throws Exception {
        var id = ended('5');
        assertThat(years.latest(near.company(), 2033).orElseThrow().result()).isEqualTo(YearResult.PASS);
        found(id).andExpect(status().isSeeOther());
        var struck = scores.ofCampaign(id).getFirst();
        assertThat(struck.result()).isEqualTo(YearResult.NOT_RATED);
        assertThat(struck.isFinal()).isTrue();
        assertThat(scoreDesk.again(struck).why()).containsExactly("没有“现场检查”的结果");
        assertThat(scoreDesk.same(struck)).isTrue();
        var year = years.latest(near.company(), 2033).orElseThrow();
        assertThat(year.version()).isEqualTo(2);
        assertThat(year.result()).isEqualTo(YearResult.NOT_RATED);
        assertThat(year.reason()).contains("回避").doesNotContain("股权");
    }

    @Test
    void where_somebody_else_looked_as_well_that_look_alone_counts() throws Exception {
        var id = things.campaign(near, "final");
        looked(id, assessor(), 2, "met");
        ended(id, '5');
        var before = scores.ofCampaign(id).getFirst();
        assertThat(before.inputs().looks()).hasSize(2);
        found(id).andExpect(status().isSeeOther());
        var after = scores.ofCampaign(id).getFirst();
        assertThat(after.score()).isGreaterThan(before.score());
        assertThat(scoreDesk.again(after).parts().get(1).points()).isEqualTo(10_000);
    }

    private org.springframework.mock.web.MockHttpServletResponse correct(
            Scores.Score score, String part, String item, String value, MockMultipartFile... files) throws Exception {
        var request = multipart(score.path() + "/correction");
        for (var file : files) {
            request.file(file);
        }
        return mvc.perform(request.param("_once", UUID.randomUUID().toString())
                        .param("version", String.valueOf(score.version()))
                        .param("part", part)
                        .param("item", item)
                        .param("value", value)
                        .param("basis", "（2034）皖行终 12 号判决")
                        .param("why", "判决认定点票程序不对")
                        .with(as(keeper))
                        .with(csrf()))
                .andReturn()
                .getResponse();
    }

    @Test
    void a_final_score_is_put_right_by_a_judgment_that_lies_beside_it_and_a_wrong_count_does_not_count()
            throws Exception {
        var score = scores.ofCampaign(ended('5')).getFirst();
        var judgment = new MockMultipartFile("documents", "判决书.pdf", "application/pdf", Samples.pdf());
        var other = another(score);
        assertThat(correct(score, "territory", "t1", "10").getContentAsString()).contains("id=\"e-documents\"");
        assertThat(correct(score, "satisfaction", "s1", "100", judgment).getStatus())
                .isEqualTo(422);
        var answer = correct(score, "satisfaction", "satisfaction", "void", judgment);
        assertThat(answer.getStatus()).isEqualTo(303);
        var voided = scores.latest(score.project()).orElseThrow();
        assertThat(voided.result()).isEqualTo(YearResult.NOT_RATED);
        assertThat(voided.reason()).contains("皖行终 12 号");
        assertThat(scoreDesk.same(voided)).isTrue();
        assertThat(years.latest(near.company(), 2033).orElseThrow().result()).isEqualTo(YearResult.NOT_RATED);
        // each company of the estate has a new version, and the judgment beside it
        var others = scores.latest(other).orElseThrow();
        assertThat(others.result()).isEqualTo(YearResult.NOT_RATED);
        assertThat(page(others.path(), keeper)).contains("判决书.pdf");
        // the two sides read the judgment; everybody else its number
        assertThat(page(voided.path(), near.manager())).contains("判决书.pdf");
        assertThat(page(voided.path(), near.resident())).contains("皖行终 12 号").doesNotContain("判决书.pdf");
        var file = jdbc.sql("select id from attachment where owner_kind = 'evaluation_score' and owner_id = ?")
                .param(String.valueOf(voided.id()))
                .query(UUID.class)
                .single();
        var path = "/attachments/" + near.district() + "/" + file;
        mvc.perform(get(path).with(as(near.manager()))).andExpect(status().isOk());
        mvc.perform(get(path).with(as(town.far().manager()))).andExpect(status().isNotFound());
        mvc.perform(get(path).with(as(near.resident()))).andExpect(status().isNotFound());
    }

    /** Another company that held the estate in the same year, with the same score. @return its project */
    private long another(Scores.Score score) {
        return jdbc.sql("""
                        with other as (
                            insert into evaluation_project (campaign, district, estate, company, bodies, households, days, counts)
                            values (:campaign, :district, :estate, :company, array[cast(:company as bigint)], 10, 30, true) returning id)
                        insert into evaluation_score (project, version, stage, result, score, margin, ballots, inputs, reason, made_at)
                        select other.id, 1, s.stage, s.result, s.score, s.margin, s.ballots, s.inputs, '', s.made_at
                        from other, evaluation_score s where s.id = :score returning project
                        """)
                .param("campaign", score.campaign())
                .param("district", near.district())
                .param("estate", near.garden())
                .param("company", town.far().company())
                .param("score", score.id())
                .query(Long.class)
                .single();
    }

    private String page(String path, Reader reader) throws Exception {
        return mvc.perform(get(path).with(as(reader))).andReturn().getResponse().getContentAsString();
    }
}

package org.hemei.evaluation.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.hemei.evaluation.campaign.SampleDesk.Plan;
import org.hemei.evaluation.score.Gathering.Period;
import org.hemei.evaluation.score.Scores;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.ToldTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.hemei.testing.Town;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.annotation.Transactional;

/** Whom a campaign rates: contracts that change hands, companies that merge, estates that come under another district. */
@HemeiTest
@Transactional
class CampaignContractsTest extends CampaignCase {

    private static final LocalDate SEED_ON = LocalDate.of(2041, 6, 28);

    @Autowired
    SampleDesk samples;

    @Autowired
    CampaignDesk desk;

    @Autowired
    Projects projects;

    @Autowired
    Scores scores;

    @Autowired
    Orders orders;

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
        var id = samples.plan(
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
        ToldTime.at(CivilTime.startOf(SEED_ON), () -> samples.draw(keeper, id, 0, "0311"));
        var next = town.far().company();
        taken(next, LocalDate.of(2041, 2, 1));
        samples.seal(keeper, id, 1);
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

    @Test
    void an_estate_that_one_district_has_drawn_is_not_asked_by_the_other_that_it_comes_under() {
        var far = town.far();
        var scheme = things.scheme(String.valueOf(far.district()), "published");
        var plan = new Plan(
                String.valueOf(far.district()), 2041, scheme, "试着测评", "开奖号码", SEED_ON, LocalDate.of(2041, 10, 10));
        var drew = things.campaign(near, "collecting");
        set(drew, "year = 2041");
        moved(far);
        var id = samples.plan(far.housingDesk(), plan);
        assertThat(estates(id)).containsExactly(far.garden());
        samples.reframe(far.housingDesk(), id, 0, "另一期开奖号码", SEED_ON.plusDays(1));
        assertThat(estates(id)).containsExactly(far.garden());
        ToldTime.at(CivilTime.startOf(SEED_ON.plusDays(1)), () -> samples.draw(far.housingDesk(), id, 1, "0311"));
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
}

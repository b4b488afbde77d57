package org.hemei.evaluation.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.util.List;
import org.hemei.evaluation.CompanyYears;
import org.hemei.evaluation.Interests;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.score.Scores;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A contract that is put right after scores were published: whose year it was is found, judged by a person, and followed to the listing. */
@HemeiTest
class ReattributionTest extends HearingCase {

    private static final int YEAR = 2033;

    @Autowired
    Orders orders;

    /** The garden's company failed two years running, which proposes it. */
    private long failed() {
        var outcome = new CompanyYears.Outcome(YearResult.FAIL, 4000, 100, false, "{}");
        transaction.executeWithoutResult(status -> years.conclude(near.company(), YEAR - 1, null, outcome, ""));
        var id = over('1');
        pump.run();
        pump.run(); // the years that follow from it are events of their own
        return id;
    }

    private List<String> listing(long company) {
        return jdbc.sql("select state from listing where company = ? and second_year = ?")
                .params(company, YEAR)
                .query(String.class)
                .list();
    }

    @Test
    void the_score_goes_to_whose_year_it_was_and_the_run_of_the_other_is_broken() throws Exception {
        var id = failed();
        var other = town.far().company();
        assertThat(years.latest(near.company(), YEAR).orElseThrow().result()).isEqualTo(YearResult.FAIL);
        assertThat(listing(near.company())).containsExactly("proposed");
        // an order that comes in after the scores: the company's days become others, its orders are not counted anew
        var counted = scores.ofCampaign(id).stream()
                .filter(score -> score.company() == near.company() && score.estate() == near.garden())
                .findFirst()
                .orElseThrow()
                .inputs()
                .cases();
        orders.at(Orders.Stage.WORKING, near, near.resident(), "路灯坏了");

        putRight(other);
        pump.run(); // what was found is an event of its own
        assertThat(years.latest(near.company(), YEAR).orElseThrow().version())
                .as("no score moves by itself")
                .isEqualTo(1);
        var path = "/campaigns/" + id + "/contracts";
        assertThat(jdbc.sql("select title from notice where account = ? and link = ?")
                        .params(near.housingDesk().account(), path)
                        .query(String.class)
                        .list())
                .containsExactly("有项目的合同登记更正了，得分要您核对");
        assertThat(page("/campaigns/" + id, near.housingDesk())).contains(path);
        assertThat(page(path, near.housingDesk())).contains("得分不算这家的").contains("没管过");

        // who is tied to the company that comes in by it decides as little as who is tied to the one that was scored
        towns.post(near.districtDesk().person(), other, "负责人");
        keeper = near.districtDesk();
        var refused = reattributed(id);
        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(refused.getContentAsString()).contains(Interests.WORDS);
        keeper = near.housingDesk();
        assertThat(reattributed(id).getStatus()).isEqualTo(303);

        assertThat(scores.ofCampaign(id).stream().filter(score -> score.estate() == near.garden()))
                .extracting(Scores.Score::company, Scores.Score::result, Scores.Score::isFinal)
                .containsExactlyInAnyOrder(
                        tuple(near.company(), YearResult.NOT_RATED, true), tuple(other, YearResult.FAIL, false));
        assertThat(scores.ofCampaign(id).stream()
                        .filter(score -> score.company() == near.company() && score.estate() == near.garden()))
                .allSatisfy(score -> assertThat(score.inputs().cases()).isEqualTo(counted));
        assertThat(scores.ofCampaign(id)).allMatch(scoreDesk::same);
        var mine = scores.ofCampaign(id).stream()
                .filter(score -> score.company() == other)
                .findFirst()
                .orElseThrow();
        assertThat(mine.inputs().ballots()).as("residents are not asked again").isEqualTo(40);
        assertThat(page(mine.path(), near.housingDesk())).contains("文书.pdf").contains("写晚了一年");

        var year = years.latest(near.company(), YEAR).orElseThrow();
        assertThat(year.result()).isEqualTo(YearResult.NOT_RATED);
        assertThat(year.reason()).contains("合同登记更正");
        assertThat(years.latest(other, YEAR)).as("it was not heard yet").isEmpty();
        jdbc.sql("update evaluation_hearing set opened_on = opened_on - 60, until = opened_on - 50 where project = ?")
                .param(mine.project())
                .update();
        scoreDesk.heard(mine.project());
        assertThat(years.latest(other, YEAR).orElseThrow().result()).isEqualTo(YearResult.FAIL);
        pump.run();
        assertThat(listing(near.company())).containsExactly("dropped");
        assertThat(page(path, near.housingDesk())).contains("合同和算分时一样");
        assertThat(jdbc.sql("select count(*) from evaluation_contract_differs where campaign = ?")
                        .param(id)
                        .query(Integer.class)
                        .single())
                .isZero();
    }
}

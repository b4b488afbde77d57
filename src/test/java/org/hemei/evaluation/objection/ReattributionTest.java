package org.hemei.evaluation.objection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.hemei.evaluation.CompanyYears;
import org.hemei.evaluation.Interests;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.campaign.Campaigns;
import org.hemei.evaluation.campaign.EvaluationThings;
import org.hemei.evaluation.scheme.Scheme;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.evaluation.score.Gathering.Ballots;
import org.hemei.evaluation.score.Gathering.Period;
import org.hemei.evaluation.score.ScoreDesk;
import org.hemei.evaluation.score.Scores;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.Samples;
import org.hemei.platform.log.EventLog;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/** A contract that is put right after scores were published: whose year it was is found, judged by a person, and followed to the listing. */
@HemeiTest
class ReattributionTest {

    private static final int YEAR = 2033;

    @Autowired
    Towns towns;

    @Autowired
    EvaluationThings things;

    @Autowired
    Campaigns campaigns;

    @Autowired
    Schemes schemes;

    @Autowired
    ScoreDesk desk;

    @Autowired
    Orders orders;

    @Autowired
    Scores scores;

    @Autowired
    CompanyYears years;

    @Autowired
    EventLog events;

    @Autowired
    Pump pump;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MockMvc mvc;

    private Town town;
    private Town.Side near;

    /** The garden's company failed two years running, which proposes it. */
    private long failed() {
        var id = things.campaign(near, "final");
        var campaign = campaigns.find(id).orElseThrow();
        var scheme = schemes.find(campaign.scheme()).orElseThrow();
        var look = things.inspection(near, id, 1, near.assessor().account());
        for (var item : scheme.content().items(Kind.INSPECTION)) {
            jdbc.sql(
                            "insert into evaluation_inspection_item (inspection, item, level, note) values (?, ?, 'not', '没做')")
                    .params(look, item.code())
                    .update();
        }
        jdbc.sql("update evaluation_inspection set state = 'done', done_at = now() where id = ?")
                .param(look)
                .update();
        for (var item : scheme.content().items(Kind.TERRITORY)) {
            jdbc.sql("""
                    insert into evaluation_opinion (campaign, estate, item, version, area, points, given_by, given_at)
                    values (?, ?, ?, 1, ?, 20, ?, now())
                    """)
                    .params(
                            id,
                            near.garden(),
                            item.code(),
                            near.street(),
                            near.streetDesk().account())
                    .update();
        }
        transaction.executeWithoutResult(status -> {
            var outcome = new CompanyYears.Outcome(YearResult.FAIL, 4000, 100, false, "{}");
            years.conclude(near.company(), YEAR - 1, null, outcome, "");
            desk.compute(
                    near.housingDesk(),
                    new Period(id, campaign.from(), campaign.until()),
                    scheme,
                    Map.of(near.garden(), unhappy(scheme)));
            desk.conclude(near.housingDesk(), id, YEAR, scheme);
        });
        pump.run();
        return id;
    }

    private static Ballots unhappy(Scheme scheme) {
        var counts = new HashMap<Integer, Map<Character, Integer>>();
        for (int n = 1; n <= scheme.content().items(Kind.SATISFACTION).size(); n++) {
            counts.put(n, Map.of('1', 40));
        }
        return new Ballots(100, 40, counts);
    }

    /** The register said one company; the papers say that another one came in January. */
    private void putRight(long by) {
        var on = LocalDate.of(2026, 1, 11);
        transaction.executeWithoutResult(status -> {
            jdbc.sql("""
                    update contract set during = daterange(least(lower(during), ?), ?) where estate = ? and upper_inf(during)
                    """).params(on.minusDays(100), on, near.garden()).update();
            jdbc.sql("insert into contract (company, estate, during, fee_fen) values (?, ?, daterange(?, null), 160)")
                    .params(by, near.garden(), on)
                    .update();
            events.announce(near.district(), "contract.ended", near.garden(), Map.of());
            events.announce(near.district(), "contract.signed", near.garden(), Map.of());
        });
        pump.run();
        pump.run(); // what was found is an event of its own
    }

    private List<String> listing(long company) {
        return jdbc.sql("select state from listing where company = ? and second_year = ?")
                .params(company, YEAR)
                .query(String.class)
                .list();
    }

    private String page(String path, Reader reader) throws Exception {
        return mvc.perform(get(path).with(as(reader))).andReturn().getResponse().getContentAsString();
    }

    private static String between(String text, String from, String to) {
        var at = text.indexOf(from) + from.length();
        return text.substring(at, text.indexOf(to, at));
    }

    private MockHttpServletResponse corrected(String path, Reader reader) throws Exception {
        var form = page(path + "?estate=" + near.garden(), reader);
        return mvc.perform(multipart(path)
                        .file(new MockMultipartFile("documents", "合同.pdf", "application/pdf", Samples.pdf()))
                        .param("_once", UUID.randomUUID().toString())
                        .param("estate", String.valueOf(near.garden()))
                        .param("seen", between(form, "name=\"seen\" value=\"", "\""))
                        .param("basis", "2026 年 1 月的物业服务合同")
                        .param("why", "登记时把交接的日子写晚了一年")
                        .with(as(reader))
                        .with(csrf()))
                .andReturn()
                .getResponse();
    }

    @Test
    void the_score_goes_to_whose_year_it_was_and_the_run_of_the_other_is_broken() throws Exception {
        town = towns.make();
        near = town.near();
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
        var refused = corrected(path, near.districtDesk());
        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(refused.getContentAsString()).contains(Interests.WORDS);
        assertThat(corrected(path, near.housingDesk()).getStatus()).isEqualTo(303);

        assertThat(scores.ofCampaign(id).stream().filter(score -> score.estate() == near.garden()))
                .extracting(Scores.Score::company, Scores.Score::result, Scores.Score::isFinal)
                .containsExactlyInAnyOrder(
                        tuple(near.company(), YearResult.NOT_RATED, true), tuple(other, YearResult.FAIL, false));
        assertThat(scores.ofCampaign(id).stream()
                        .filter(score -> score.company() == near.company() && score.estate() == near.garden()))
                .allSatisfy(score -> assertThat(score.inputs().cases()).isEqualTo(counted));
        assertThat(scores.ofCampaign(id)).allMatch(desk::same);
        var mine = scores.ofCampaign(id).stream()
                .filter(score -> score.company() == other)
                .findFirst()
                .orElseThrow();
        assertThat(mine.inputs().ballots()).as("residents are not asked again").isEqualTo(40);
        assertThat(page(mine.path(), near.housingDesk())).contains("合同.pdf").contains("写晚了一年");

        var year = years.latest(near.company(), YEAR).orElseThrow();
        assertThat(year.result()).isEqualTo(YearResult.NOT_RATED);
        assertThat(year.reason()).contains("合同登记更正");
        assertThat(years.latest(other, YEAR)).as("it was not heard yet").isEmpty();
        jdbc.sql("update evaluation_hearing set opened_on = opened_on - 60, until = opened_on - 50 where project = ?")
                .param(mine.project())
                .update();
        desk.heard(mine.project());
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

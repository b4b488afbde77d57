package org.hemei.evaluation.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.evaluation.CompanyYears;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.listing.ListingDesk;
import org.hemei.evaluation.listing.ListingThings;
import org.hemei.evaluation.listing.PublicListings;
import org.hemei.evaluation.listing.RepairDesk;
import org.hemei.evaluation.listing.Weight;
import org.hemei.evaluation.objection.FilingDesk;
import org.hemei.evaluation.objection.ObjectionDesk;
import org.hemei.evaluation.objection.ObjectionDesk.Decision;
import org.hemei.evaluation.scheme.SchemeContent;
import org.hemei.evaluation.scheme.SchemeDesk;
import org.hemei.evaluation.score.Gathering.Period;
import org.hemei.evaluation.score.Scores;
import org.hemei.evaluation.score.Scores.Score;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Pump;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.support.TransactionTemplate;

/** Two failed years of one company, from the scheme to the repair, over both rooms: the blacklist rests on what the campaigns made final. */
@HemeiTest
class TwoYearsTest extends CampaignCase {

    @Autowired
    private SchemeDesk schemeDesk;

    @Autowired
    private CampaignDesk campaignDesk;

    @Autowired
    private FilingDesk filing;

    @Autowired
    private ObjectionDesk objections;

    @Autowired
    private Scores scores;

    @Autowired
    private CompanyYears years;

    @Autowired
    private ListingThings cases;

    @Autowired
    private ListingDesk listings;

    @Autowired
    private RepairDesk repairs;

    @Autowired
    private PublicListings published;

    @Autowired
    private Pump pump;

    @Autowired
    private TransactionTemplate transaction;

    @Test
    void a_scheme_two_campaigns_their_objections_a_listing_and_its_repair() throws Exception {
        var scheme = publishedScheme();
        var first = cases.thisYear() - 2;
        var before = failed(scheme, first);
        pump.run();
        assertThat(listed()).as("one year is nothing").isEmpty();
        var after = failed(scheme, first + 1);
        pump.run();
        assertThat(listed()).as("proposed, by two years that are final").hasSize(1);
        var id = listed().getFirst();
        assertThat(state(id)).isEqualTo("proposed");
        assertThat(page("/listings/" + id, keeper))
                .contains(points(before), points(after), first + " 年", (first + 1) + " 年");

        towns.grant(near.manager().account(), Role.MANAGER, null, null, near.company(), null);
        var company = towns.reader(near.manager().account());
        cases.office(String.valueOf(near.district()));
        listings.notify(keeper, id, version(id), Weight.ORDINARY, basis(), "两年测评都低于 60 分。", List.of());
        listings.deliver(keeper, id, version(id), cases.today(), "当面送达", List.of());
        listings.state(company, id, version(id), "电梯在换了。", List.of());
        cases.closeDefence(id);
        assertThatThrownBy(() -> listings.serve(keeper, id, version(id), cases.today(), "当面", List.of()))
                .as("nobody is listed without several who decide")
                .hasMessageContaining("不能送达");
        cases.list(id, near);
        assertThat(published.inForce(List.of(near.company()))).singleElement().satisfies(one -> {
            assertThat(one.firstYear()).isEqualTo(first);
            assertThat(one.secondYear()).isEqualTo(first + 1);
            assertThat(one.excludes()).as("it informs").isFalse();
        });
        assertThat(page("/blacklist", Reader.VISITOR)).contains("/companies/" + near.company() + "/public");

        cases.applyRepair(id, near);
        cases.verify(id, near.streetDesk());
        repairs.conclude(keeper, id, version(id), true, "都改好了。", List.of());
        assertThat(state(id)).isEqualTo("removed");
        assertThat(published.published(near.company())).isEmpty();
        assertThat(years.latest(near.company(), first + 1).orElseThrow().result())
                .as("a repair rights no score")
                .isEqualTo(YearResult.FAIL);
    }

    private long publishedScheme() {
        var draft =
                new SchemeDesk.Draft(String.valueOf(near.district()), "物业测评方案", "示例办法第三条", SchemeContent.template());
        var id = schemeDesk.draft(keeper, draft, null);
        schemeDesk.publish(keeper, id, schemes.find(id).orElseThrow().version());
        return id;
    }

    /** A campaign of that year in which nobody was satisfied and nothing in order; the company objects and is answered. @return its final score */
    private Score failed(long scheme, int year) {
        var id = inReview();
        set(id, "year = " + year + ", scheme = " + scheme);
        looked(id, near.assessor(), 1, "not");
        transaction.executeWithoutResult(status -> scoreDesk.compute(
                keeper, new Period(id, FROM, UNTIL), scheme(id), Map.of(near.garden(), votes(scheme(id), '1'))));
        set(id, """
                state = 'objection', collect_from = current_date - 90, collect_until = current_date - 80, review_until = current_date - 60,
                objection_from = current_date - 30, objection_until = current_date + 30, final_by = current_date + 40
                """);
        var preliminary = scores.ofCampaign(id).getFirst();
        assertThat(preliminary.isFinal()).isFalse();
        var objection = filing.file(near.manager(), preliminary.id(), "inspection", "那天正在检修。", List.of());
        set(id, "objection_until = current_date - 2");
        assertThat(campaignDesk.advance(id))
                .as("not over an objection that nobody answered")
                .isFalse();
        objections.decide(
                near.districtDesk(), objection, versionOf(objection), new Decision(false, Map.of(), "", "照片是前一天的。"));
        assertThat(campaignDesk.advance(id)).isTrue();
        assertThat(campaign(id).state()).isEqualTo(CampaignState.FINAL);
        var score = scores.ofCampaign(id).getFirst();
        assertThat(score.isFinal()).isTrue();
        assertThat(scoreDesk.same(score)).isTrue();
        var result = years.latest(near.company(), year).orElseThrow();
        assertThat(result.failsBeyondDoubt()).isTrue();
        assertThat(result.score()).as("its only project").isEqualTo(score.score());
        return score;
    }

    private int versionOf(long objection) {
        return jdbc.sql("select version from evaluation_objection where id = ?")
                .param(objection)
                .query(Integer.class)
                .single();
    }

    private List<Long> listed() {
        return new ArrayList<>(jdbc.sql("select id from listing where company = ? order by id")
                .param(near.company())
                .query(Long.class)
                .list());
    }

    private String state(long id) {
        return jdbc.sql("select state from listing where id = ?")
                .param(id)
                .query(String.class)
                .single();
    }

    private int version(long id) {
        return jdbc.sql("select version from listing where id = ?")
                .param(id)
                .query(Integer.class)
                .single();
    }

    private long basis() {
        return jdbc.sql("select min(id) from listing_basis where area is null")
                .query(Long.class)
                .single();
    }

    private static String points(Score score) {
        return PublicListings.points(score.score());
    }
}

package org.hemei.evaluation.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.hemei.evaluation.score.CompanyResults;
import org.hemei.evaluation.score.CompanyScore;
import org.hemei.evaluation.score.Gathering.Period;
import org.hemei.evaluation.score.Scores;
import org.hemei.testing.HemeiTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Where estates weigh by the days a company held them: a version goes with its own days, and another number of days is another version. */
@HemeiTest
class YearByDaysTest extends HearingCase {

    @Autowired
    CompanyResults companies;

    @Autowired
    JsonMapper json;

    private long other;

    /** Ended under 按天数折算: the garden and another estate of its company. */
    private long weighed() {
        other = towns.estate("另一园", String.valueOf(near.district()), near.street(), near.community(), "商品房");
        towns.contract(near.company(), other);
        jdbc.sql("""
                update contract set during = daterange(date '2025-01-01', null) where estate in (?, ?) and upper_inf(during)
                """).params(near.garden(), other).update();
        var id = things.campaign(near, "final");
        var content = (ObjectNode) json.valueToTree(scheme(id).content());
        content.put("contractPolicy", "DAYS");
        var made = json.treeToValue(content, org.hemei.evaluation.scheme.SchemeContent.class);
        var scheme = jdbc.sql("""
                        insert into evaluation_scheme (area, title, basis, state, version, content, content_hash, made_at, published_at)
                        values (?, '按天', '示例办法', 'published', 2, cast(? as jsonb), ?, now(), now()) returning id
                        """)
                .params(String.valueOf(near.district()), json.writeValueAsString(made), schemes.hash(made))
                .query(Long.class)
                .single();
        set(id, "scheme = " + scheme);
        for (var estate : List.of(near.garden(), other)) {
            see(looks(id, estate), "met");
            opinions(id, estate);
        }
        transaction.executeWithoutResult(status -> {
            scoreDesk.compute(
                    keeper,
                    new Period(id, FROM, UNTIL),
                    scheme(id),
                    Map.of(near.garden(), votes(scheme(id), '5'), other, votes(scheme(id), '4')));
            scoreDesk.conclude(keeper, id, 2033, scheme(id));
        });
        return id;
    }

    private long looks(long campaign, long estate) {
        return jdbc.sql("""
                        insert into evaluation_inspection (campaign, district, estate, turn, assessor, state, due_on)
                        values (?, ?, ?, 1, ?, 'open', current_date) returning id
                        """)
                .params(campaign, near.district(), estate, near.assessor().account())
                .query(Long.class)
                .single();
    }

    private void opinions(long campaign, long estate) {
        scheme(campaign)
                .content()
                .items(org.hemei.evaluation.scheme.SchemeContent.Kind.TERRITORY)
                .forEach(item -> jdbc.sql("""
                        insert into evaluation_opinion (campaign, estate, item, version, area, points, given_by, given_at)
                        values (?, ?, ?, 1, ?, 80, ?, now())
                        """)
                        .params(
                                campaign,
                                estate,
                                item.code(),
                                near.street(),
                                near.streetDesk().account())
                        .update());
    }

    /** The garden's contract ended after two years of the period; somebody else came. */
    private void ended(LocalDate on) {
        transaction.executeWithoutResult(status -> {
            jdbc.sql("update contract set during = daterange(lower(during), ?) where estate = ? and upper_inf(during)")
                    .params(on, near.garden())
                    .update();
            jdbc.sql("insert into contract (company, estate, during, fee_fen) values (?, ?, daterange(?, null), 160)")
                    .params(town.far().company(), near.garden(), on)
                    .update();
            events.announce(near.district(), "contract.signed", near.garden(), Map.of());
        });
        pump.run();
    }

    private CompanyScore.Project in(CompanyScore.Inputs inputs, long project) {
        return inputs.projects().stream()
                .filter(one -> one.project() == project)
                .findFirst()
                .orElseThrow();
    }

    private CompanyScore.Inputs year(int version) {
        return companies.inputs(near.company(), 2033, version).orElseThrow();
    }

    @Test
    void a_year_goes_with_the_days_of_the_versions_it_uses_and_is_made_anew_when_other_days_hold() throws Exception {
        var id = weighed();
        var garden = score(id, near.company());
        var before = in(year(1), garden.project());
        assertThat(before.days()).isEqualTo(garden.days());

        ended(FROM.plusDays(730));
        assertThat(reattributed(id).getStatus()).isEqualTo(303);
        var pending = score(id, near.company());
        assertThat(pending.isFinal()).as("its weight is heard").isFalse();
        assertThat(pending.days()).isEqualTo(730);
        assertThat(scores.find(garden.id()).orElseThrow().days())
                .as("it keeps its own")
                .isEqualTo(garden.days());

        // another estate of the company is put right meanwhile: the year is made anew, with what holds of the garden
        var second = scores.ofCampaign(id, other).stream()
                .filter(one -> one.company() == near.company())
                .findFirst()
                .orElseThrow();
        points(second, "100");
        assertThat(years.latest(near.company(), 2033).orElseThrow().version()).isEqualTo(2);
        assertThat(in(year(2), garden.project())).isEqualTo(before);

        // what is put right in a version that is heard keeps its days
        points(pending, "70");
        later(garden.project());
        scoreDesk.heard(garden.project());
        var held = score(id, near.company());
        assertThat(held.isFinal()).isTrue();
        assertThat(held.days()).isEqualTo(730);
        assertThat(years.latest(near.company(), 2033).orElseThrow().version()).isEqualTo(3);
        assertThat(in(year(3), garden.project()).days()).isEqualTo(730);
        assertThat(in(year(3), garden.project()).version()).isEqualTo(held.version());
        assertThat(companies.same(years.latest(near.company(), 2033).orElseThrow(), year(3)))
                .isTrue();
        assertThat(scores.seal(held)).isEqualTo(Scores.Seal.SAME);
    }
}

package org.hemei.evaluation.publication;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Objects;
import org.hemei.evaluation.campaign.EvaluationThings;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The public list of scores goes on by key: nothing is missed or said twice, not among equals and not among those without a score. */
@HemeiTest
class RatingsTest {

    private static final int YEAR = 2031;

    @Autowired
    private Ratings ratings;

    @Autowired
    private EvaluationThings things;

    @Autowired
    private Towns towns;

    @Autowired
    private JdbcClient jdbc;

    @Test
    void pages_by_key_miss_and_repeat_nothing() {
        var near = towns.make().near();
        var campaign = things.campaign(near, "objection");
        var scores = new Integer[] {7000, 8000, null, 7000, 7000, null, 9100};
        for (var n = 0; n < scores.length; n++) {
            var estate =
                    towns.estate("评分小区" + n, String.valueOf(near.district()), near.street(), near.community(), "商品房");
            jdbc.sql("""
                    with p as (
                        insert into evaluation_project (campaign, district, estate, company, households, days, counts, bodies)
                        values (:campaign, :district, :estate, :company, 700, 365, true, array[cast(:company as bigint)]) returning id)
                    insert into evaluation_score (project, version, stage, result, score, margin, ballots, inputs, made_at)
                    select id, 1, 'preliminary', case when cast(:score as int) is null then 'not_rated' else 'pass' end, :score,
                           case when cast(:score as int) is null then null else 100 end, 40, '{}', now()
                    from p
                    """)
                    .param("campaign", campaign)
                    .param("district", near.district())
                    .param("estate", estate)
                    .param("company", near.company())
                    .param("score", scores[n], java.sql.Types.INTEGER)
                    .update();
        }
        var area = String.valueOf(near.district());
        var all = ratings.list(YEAR, area, Ratings.Size.MIDDLE, null, 100);
        assertThat(all.stream().map(Ratings.Row::points)).containsExactly(9100, 8000, 7000, 7000, 7000, null, null);
        var paged = new ArrayList<Ratings.Row>();
        Ratings.Key after = null;
        for (var page = ratings.list(YEAR, area, Ratings.Size.MIDDLE, null, 2);
                !page.isEmpty();
                page = ratings.list(YEAR, area, Ratings.Size.MIDDLE, after, 2)) {
            paged.addAll(page);
            // as it goes through the address
            after = Objects.requireNonNull(
                    Ratings.Key.of(Ratings.Key.of(page.getLast()).toString()));
        }
        assertThat(paged).isEqualTo(all);
        assertThat(Ratings.Key.of("100"))
                .as("an address of before begins at the top")
                .isNull();
    }
}

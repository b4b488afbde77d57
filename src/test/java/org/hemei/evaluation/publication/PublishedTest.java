package org.hemei.evaluation.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.util.List;
import java.util.Map;
import org.hemei.evaluation.campaign.EvaluationThings;
import org.hemei.evaluation.score.ProjectInputs;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;
import tools.jackson.databind.json.JsonMapper;

/** After a campaign everybody reads what is final, also while a later version of it is being heard (decision 82). */
@HemeiTest
class PublishedTest {

    private static final int YEAR = 2033;
    private static final String MIDDLE = "project-m";

    @Autowired
    private Ratings ratings;

    @Autowired
    private Leagues leagues;

    @Autowired
    private EvaluationThings things;

    @Autowired
    private Towns towns;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private JsonMapper json;

    @Autowired
    private MockMvc mvc;

    private Town town;
    private Town.Side near;
    private long campaign;

    @BeforeEach
    void town() {
        town = towns.make();
        near = town.near();
        campaign = things.campaign(near, "final");
        jdbc.sql("delete from evaluation_project where campaign = ?")
                .param(campaign)
                .update();
    }

    private long project(long estate, long company, boolean counts) {
        return jdbc.sql("""
                        insert into evaluation_project (campaign, district, estate, company, households, kinds, days, counts, bodies)
                        values (:campaign, :district, :estate, :company, 700, array['商品房'], 365, :counts, array[cast(:company as bigint)]) returning id
                        """)
                .param("campaign", campaign)
                .param("district", near.district())
                .param("estate", estate)
                .param("company", company)
                .param("counts", counts)
                .query(Long.class)
                .single();
    }

    private long version(long project, int version, boolean isFinal, @Nullable Integer points) {
        return version(project, version, isFinal, points, true);
    }

    private long version(long project, int version, boolean isFinal, @Nullable Integer points, boolean counts) {
        var inputs = new ProjectInputs(
                1,
                "",
                counts,
                "",
                100,
                3,
                List.of(),
                List.of(),
                Map.of(),
                new ProjectInputs.Cases(700, 0, 0, 0),
                List.of());
        return jdbc.sql("""
                        insert into evaluation_score (project, version, stage, result, score, margin, ballots, inputs, made_at)
                        values (:project, :version, :stage, :result, :score, :margin, 40, cast(:inputs as jsonb), now()) returning id
                        """)
                .param("project", project)
                .param("version", version)
                .param("stage", isFinal ? "final" : "preliminary")
                .param("result", points == null ? "not_rated" : points < 6000 ? "fail" : "pass")
                .param("score", points, java.sql.Types.INTEGER)
                .param("margin", points == null ? null : 0, java.sql.Types.INTEGER)
                .param("inputs", json.writeValueAsString(inputs))
                .query(Long.class)
                .single();
    }

    /** A neighbour of the same league whose score nobody touches. */
    private long other(int points) {
        var estate = towns.estate("邻家园", String.valueOf(near.district()), near.street(), near.community(), "商品房");
        return version(project(estate, near.company(), true), 1, true, points);
    }

    private String area() {
        return String.valueOf(near.district());
    }

    private List<Ratings.Row> list() {
        return ratings.list(YEAR, area(), MIDDLE, "", null, 100);
    }

    private Ratings.Year trend() {
        return ratings.trend(area(), MIDDLE).stream()
                .filter(one -> one.year() == YEAR)
                .findFirst()
                .orElse(new Ratings.Year(YEAR, 0, 0, 0));
    }

    private MockHttpServletResponse got(String path, @Nullable Reader reader) throws Exception {
        return mvc.perform(reader == null ? get(path) : get(path).with(as(reader)))
                .andReturn()
                .getResponse();
    }

    private String page(String path) throws Exception {
        return got(path, null).getContentAsString();
    }

    private static String quoted(String points) {
        return "," + points + ",";
    }

    @Test
    void a_worse_version_has_no_place_band_or_trend_while_it_is_heard_and_all_of_them_after_it() throws Exception {
        var project = project(near.garden(), near.company(), true);
        version(project, 1, false, 9000);
        var holds = version(project, 2, true, 9000);
        var pending = version(project, 3, false, 5000);
        var other = other(8000);
        assertThat(list()).extracting(Ratings.Row::score).containsExactly(holds, other);
        assertThat(list()).extracting(Ratings.Row::place).containsExactly(1, 2);
        assertThat(list()).extracting(Ratings.Row::heard).containsExactly(true, false);
        assertThat(ratings.bands(YEAR, area(), MIDDLE))
                .containsExactly(new Ratings.Band(80, 1), new Ratings.Band(90, 1));
        assertThat(ratings.place(YEAR, area(), MIDDLE, 8000, 0)).isEqualTo(2);
        assertThat(trend()).isEqualTo(new Ratings.Year(YEAR, 2, 0, 0));
        assertThat(ratings.ofEstate(near.garden()))
                .extracting(Ratings.Row::score)
                .containsExactly(holds);
        var query = "?year=" + YEAR + "&area=" + area();
        assertThat(page("/ratings" + query))
                .contains("有改动在听取意见", "/scores/" + holds)
                .doesNotContain("/scores/" + pending, "50.00", "公示中");
        assertThat(page("/ratings.csv" + query).lines().filter(line -> line.startsWith(holds + ",")))
                .singleElement()
                .asString()
                .contains(quoted("90.00"))
                .endsWith(",true");
        assertThat(page("/ratings.csv" + query).lines().filter(line -> line.startsWith(other + ",")))
                .singleElement()
                .asString()
                .endsWith(",false");
        assertThat(page("/ratings.json" + query)).doesNotContain("\"score\":" + pending);

        version(project, 4, true, 5000);
        assertThat(list()).extracting(Ratings.Row::points).containsExactly(8000, 5000);
        assertThat(list()).extracting(Ratings.Row::heard).containsExactly(false, false);
        assertThat(trend()).isEqualTo(new Ratings.Year(YEAR, 1, 1, 0));
        assertThat(page("/scores/" + pending)).as("it is history").contains("50.00 分");
    }

    @Test
    void the_page_of_a_score_tells_of_a_hearing_without_its_numbers_but_to_those_concerned() throws Exception {
        var project = project(near.garden(), near.company(), true);
        var holds = version(project, 1, true, 9000);
        var pending = version(project, 2, false, 5000);
        other(8000);
        assertThat(page("/scores/" + holds))
                .contains("这个分有改动，在听取企业意见；定下来以前，以这一版为准。", "排在第 <b class=\"num\">1</b> 位")
                .doesNotContain("50.00", "/scores/" + pending);
        assertThat(got("/scores/" + pending, null).getStatus()).isEqualTo(404);
        assertThat(got("/scores/" + pending, near.resident()).getStatus()).isEqualTo(404);
        for (var concerned : List.of(near.manager(), near.housingDesk(), near.streetDesk(), near.communityDesk())) {
            assertThat(got("/scores/" + pending, concerned).getContentAsString())
                    .contains("50.00 分")
                    .doesNotContain("排在第");
            assertThat(got("/scores/" + holds, concerned).getContentAsString()).contains("/scores/" + pending);
        }
    }

    @Test
    void a_version_that_would_not_rate_leaves_the_score_that_holds() {
        var project = project(near.garden(), near.company(), true);
        var holds = version(project, 1, true, 7000);
        version(project, 2, false, null);
        assertThat(list()).singleElement().satisfies(row -> {
            assertThat(row.score()).isEqualTo(holds);
            assertThat(row.heard()).isTrue();
        });
        assertThat(trend()).isEqualTo(new Ratings.Year(YEAR, 1, 0, 0));
    }

    @Test
    void a_better_version_is_final_at_once_and_counts_at_once() {
        var project = project(near.garden(), near.company(), true);
        version(project, 1, true, 5000);
        version(project, 2, true, 7000);
        assertThat(list()).singleElement().satisfies(row -> {
            assertThat(row.points()).isEqualTo(7000);
            assertThat(row.heard()).isFalse();
        });
    }

    /** The estate's fail goes to another company: nobody has it until that one was heard. */
    @Test
    void the_first_version_of_a_company_is_on_no_list_before_it_was_heard() throws Exception {
        var before = project(near.garden(), near.company(), false);
        version(before, 1, true, 5000);
        version(before, 2, true, null, false);
        var first = project(near.garden(), town.far().company(), true);
        var pending = version(first, 1, false, 5000);
        assertThat(list()).isEmpty();
        assertThat(leagues.in(YEAR, area())).isEmpty();
        assertThat(trend()).isEqualTo(new Ratings.Year(YEAR, 0, 0, 0));
        assertThat(ratings.ofEstate(near.garden())).isEmpty();
        assertThat(ratings.heard(near.garden())).containsExactly(YEAR);
        assertThat(page("/estates/" + near.garden()))
                .contains(YEAR + " 年的得分改算给了别的企业，在听取它的意见")
                .doesNotContain("/scores/" + pending);
        version(first, 2, true, 5000);
        assertThat(list())
                .extracting(Ratings.Row::company)
                .containsExactly(town.far().company());
        assertThat(ratings.heard(near.garden())).isEmpty();
    }

    /** A pass that would go to another company is still the first one's. */
    @Test
    void a_score_that_would_be_taken_from_its_company_is_its_own_until_that_holds() {
        var before = project(near.garden(), near.company(), false);
        var holds = version(before, 1, true, 8000);
        version(before, 2, false, null, false);
        version(project(near.garden(), town.far().company(), true), 1, false, 8000);
        assertThat(list()).extracting(Ratings.Row::score).containsExactly(holds);
        assertThat(leagues.in(YEAR, area()))
                .singleElement()
                .satisfies(one -> assertThat(one.projects()).isEqualTo(1));
        assertThat(ratings.heard(near.garden())).isEmpty();
    }
}

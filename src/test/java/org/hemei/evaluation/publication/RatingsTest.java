package org.hemei.evaluation.publication;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hemei.evaluation.campaign.EvaluationThings;
import org.hemei.evaluation.score.ProjectInputs;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import tools.jackson.databind.json.JsonMapper;

/** The public list of scores: who shares a place, who stands beside whom, what open data say; and it goes on by key without missing any. */
@HemeiTest
class RatingsTest {

    private static final int YEAR = 2031;

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

    private static final String SMALL = "project-s";
    private static final String MIDDLE = "project-m";
    private static final String LARGE = "project-l";
    private static final String OLD = "project-old";
    private static final String NONE = "project-none";

    private long scored(
            Town.Side near, long campaign, String name, int households, @Nullable Integer points, int margin) {
        return scored(near, campaign, name, households, points, margin, "商品房");
    }

    /** A project with a published score. @param kinds of its estate @return the score */
    private long scored(
            Town.Side near,
            long campaign,
            String name,
            int households,
            @Nullable Integer points,
            int margin,
            String... kinds) {
        var estate = towns.estate(name, String.valueOf(near.district()), near.street(), near.community(), "商品房");
        var inputs = new ProjectInputs(
                1,
                "",
                true,
                "",
                100,
                3,
                List.of(),
                List.of(),
                Map.of(),
                new ProjectInputs.Cases(households, 0, 0, 0),
                List.of());
        return jdbc.sql("""
                        with p as (
                            insert into evaluation_project (campaign, district, estate, company, households, kinds, days, counts, bodies)
                            values (:campaign, :district, :estate, :company, :households, :kinds, 365, true, array[cast(:company as bigint)]) returning id)
                        insert into evaluation_score (project, version, stage, result, score, margin, ballots, inputs, made_at)
                        select id, 1, 'preliminary',
                               case when cast(:score as int) is null then 'not_rated' when cast(:score as int) < 6000 then 'fail' else 'pass' end,
                               :score, case when cast(:score as int) is null then null else cast(:margin as int) end, 40, cast(:inputs as jsonb), now()
                        from p returning id
                        """)
                .param("campaign", campaign)
                .param("district", near.district())
                .param("estate", estate)
                .param("company", near.company())
                .param("households", households)
                .param("kinds", kinds)
                .param("score", points, java.sql.Types.INTEGER)
                .param("margin", margin)
                .param("inputs", json.writeValueAsString(inputs))
                .query(Long.class)
                .single();
    }

    private List<Ratings.Row> all(Town.Side near, String league, String q) {
        return ratings.list(YEAR, String.valueOf(near.district()), league, q, null, 100);
    }

    @Test
    void who_cannot_be_told_apart_shares_a_place() {
        var near = towns.make().near();
        var campaign = things.campaign(near, "objection");
        scored(near, campaign, "甲园", 700, 9000, 100);
        scored(near, campaign, "乙园", 700, 8801, 100);
        scored(near, campaign, "丙园", 700, 8700, 100);
        scored(near, campaign, "丁园", 700, null, 0);
        // 90±1 reaches down to 89: 88.01±1 reaches up to 89.01, 87±1 only to 88
        assertThat(all(near, MIDDLE, "")).extracting(Ratings.Row::place).containsExactly(1, 1, 2, null);
        assertThat(all(near, MIDDLE, "丙"))
                .as("found, with its place among all")
                .extracting(Ratings.Row::place)
                .containsExactly(2);
        assertThat(ratings.place(YEAR, String.valueOf(near.district()), MIDDLE, 8700, 100))
                .isEqualTo(2);
        assertThat(ratings.place(YEAR, String.valueOf(near.district()), MIDDLE, 8800, 100))
                .as("touching is no difference")
                .isEqualTo(1);
        assertThat(all(near, MIDDLE, "没有这家")).isEmpty();
    }

    @Test
    void sizes_end_where_they_say_and_only_the_like_stand_beside_each_other() {
        var near = towns.make().near();
        var campaign = things.campaign(near, "objection");
        for (var households : new int[] {499, 500, 1499, 1500}) {
            scored(near, campaign, "户数" + households, households, 7000, 100);
        }
        assertThat(all(near, SMALL, "")).extracting(Ratings.Row::households).containsExactly(499);
        assertThat(all(near, MIDDLE, "")).extracting(Ratings.Row::households).containsExactlyInAnyOrder(500, 1499);
        assertThat(all(near, LARGE, "")).extracting(Ratings.Row::households).containsExactly(1500);
    }

    /** An old walk-up and an estate without anybody who manages it are not measured against new towers of the same size. */
    @Test
    void kinds_stand_apart_whatever_their_size_and_a_place_is_that_among_its_kind() throws Exception {
        var near = towns.make().near();
        var campaign = things.campaign(near, "objection");
        scored(near, campaign, "新楼一", 700, 9500, 100, "商品房");
        scored(near, campaign, "新楼二", 700, 9000, 100, "商品房", "商住");
        var best = scored(near, campaign, "老楼一", 700, 8000, 100, "老旧");
        scored(near, campaign, "老楼二", 90, 7000, 100, "单位房", "老旧");
        scored(near, campaign, "三无一", 700, 6500, 100, "老旧", "三无");
        assertThat(all(near, MIDDLE, "")).extracting(Ratings.Row::estateName).containsExactly("新楼一", "新楼二");
        assertThat(all(near, OLD, ""))
                .as("of both sizes; the one that nobody manages is the first group's that holds it")
                .extracting(Ratings.Row::estateName)
                .containsExactly("老楼一", "老楼二");
        assertThat(all(near, OLD, "")).extracting(Ratings.Row::place).containsExactly(1, 2);
        assertThat(all(near, NONE, "")).extracting(Ratings.Row::place).containsExactly(1);

        var area = String.valueOf(near.district());
        assertThat(ratings.bands(YEAR, area, OLD)).containsExactly(new Ratings.Band(70, 1), new Ratings.Band(80, 1));
        assertThat(leagues.in(YEAR, area))
                .extracting(Leagues.League::code, Leagues.League::projects)
                .containsExactly(tuple(NONE, 1), tuple(OLD, 2), tuple(MIDDLE, 2));
        assertThat(got("/scores/" + best)).contains("排在第 <b class=\"num\">1</b> 位", "“老旧小区”这一类有评定的 2 个");

        assertThat(got("/ratings?year=" + YEAR + "&area=" + area + "&group=" + OLD))
                .contains("老楼一", "老旧小区（2）", "同类同规模才放在一起看")
                .doesNotContain("新楼一", "三无一");
        assertThat(all(near, MIDDLE, "楼")).as("a search looks everywhere").hasSize(4);
        assertThat(got("/ratings?year=" + YEAR + "&area=" + area + "&q=老楼一"))
                .contains("各在自己那一类里排位次", "老楼一", "group=" + OLD + "\">老旧小区")
                .doesNotContain("老楼二", "得分分布");
        assertThat(got("/ratings.csv?year=" + YEAR + "&area=" + area))
                .contains(",700,\"老旧、三无\",\"三无小区\",", ",90,\"单位房、老旧\",\"老旧小区\",");
    }

    @Test
    void an_estate_that_changes_its_kind_later_stays_in_the_league_it_was_rated_in() {
        var near = towns.make().near();
        var score = scored(near, things.campaign(near, "objection"), "改造花园", 700, 7000, 100, "老旧");
        jdbc.sql("update estate set kinds = array['商品房'] where id = (select p.estate from evaluation_score s "
                        + "join evaluation_project p on p.id = s.project where s.id = ?)")
                .param(score)
                .update();
        assertThat(all(near, OLD, "")).extracting(Ratings.Row::score).containsExactly(score);
    }

    @Test
    void bands_hold_each_score_once_and_the_trend_counts_by_year() {
        var near = towns.make().near();
        var campaign = things.campaign(near, "objection");
        for (var points : new Integer[] {0, 5999, 6000, 6999, 9999, 10000, null}) {
            scored(near, campaign, "分布" + points, 700, points, 0);
        }
        var area = String.valueOf(near.district());
        assertThat(ratings.bands(YEAR, area, MIDDLE))
                .containsExactly(
                        new Ratings.Band(0, 1),
                        new Ratings.Band(50, 1),
                        new Ratings.Band(60, 2),
                        new Ratings.Band(90, 2));
        var year = ratings.trend(area, MIDDLE).stream()
                .filter(one -> one.year() == YEAR)
                .findFirst()
                .orElseThrow();
        assertThat(year).isEqualTo(new Ratings.Year(YEAR, 4, 2, 1));
        assertThat(year.passed()).isEqualTo(100.0 * 4 / 6);
        assertThat(year.rated()).isEqualTo(100.0 * 6 / 7);
        assertThat(new Ratings.Year(YEAR, 0, 0, 3).passed()).as("of none").isNull();
    }

    private String got(String path) throws Exception {
        return mvc.perform(get(path)).andReturn().getResponse().getContentAsString();
    }

    @Test
    void the_list_goes_down_to_streets_and_communities_and_finds_names() throws Exception {
        var town = towns.make();
        var near = town.near();
        var score = scored(near, things.campaign(near, "objection"), "找得到花园", 700, 7000, 100);
        var link = "/scores/" + score + "\"";
        for (var area : List.of(String.valueOf(near.district()), near.street(), near.community())) {
            assertThat(got("/ratings?year=" + YEAR + "&area=" + area))
                    .as(area)
                    .contains(link)
                    .contains("value=\"" + area + "\" selected");
        }
        assertThat(got("/ratings?year=" + YEAR + "&area=" + near.district() + "&q=找得到"))
                .contains(link);
        assertThat(got("/ratings?year=" + YEAR + "&area=" + near.district() + "&q=找不到"))
                .doesNotContain(link)
                .contains("没有找到");
        assertThat(got("/ratings?year=" + YEAR + "&area=" + town.far().street()))
                .doesNotContain(link);
        assertThat(got("/scores/" + score)).as("the only one of its size").doesNotContain("排在第");
    }

    @Test
    void a_score_says_its_place_among_the_like() throws Exception {
        var near = towns.make().near();
        var campaign = things.campaign(near, "objection");
        var score = scored(near, campaign, "名次花园", 700, 7000, 100);
        scored(near, campaign, "前面花园", 700, 9000, 100);
        assertThat(got("/scores/" + score)).contains("排在第 <b class=\"num\">2</b> 位");
    }

    /** Whoever takes the data away can say of which campaign a score is, by which scheme, and why there is none. */
    @Test
    void open_data_name_campaign_scheme_version_and_reason() throws Exception {
        var near = towns.make().near();
        var campaign = things.campaign(near, "objection");
        var score = scored(near, campaign, "=开放\"花园\"", 700, null, 0);
        var query = "?year=" + YEAR + "&area=" + near.district();
        var lines = got("/ratings.csv" + query).lines().toList();
        assertThat(lines.getFirst())
                .isEqualTo(
                        "score,version,year,campaign,scheme,pass_line,district,estate,estate_name,company,company_name,households,"
                                + "kinds,group,stage,result,points,margin,ballots,why,heard");
        assertThat(lines)
                .filteredOn(line -> line.startsWith(score + ","))
                .singleElement()
                .asString()
                .startsWith(score + ",1," + YEAR + "," + campaign + ",")
                .contains(
                        ",60.00," + near.district() + ",",
                        "\"'=开放\"\"花园\"\"\"",
                        ",700,\"商品房\",\"商品房等小区，500—1499 户\",preliminary,not_rated,,,40,")
                .contains("有效票 3 张，不到 30 张");
        var one = json.readTree(got("/ratings.json" + query))
                .valueStream()
                .filter(node -> node.path("score").asLong() == score)
                .findFirst()
                .orElseThrow();
        assertThat(one.path("campaign").asLong()).isEqualTo(campaign);
        assertThat(one.path("passLine").asString()).isEqualTo("60.00");
        assertThat(one.path("why").asString()).contains("样本太少");
        assertThat(one.path("points").isNull()).isTrue();
    }

    @Test
    void years_of_companies_are_open_data_in_their_newest_version() throws Exception {
        var company = towns.make().near().company();
        for (var version : List.of(1, 2)) {
            jdbc.sql("""
                    insert into company_year (company, year, version, result, score, margin, margin_reaches_over_pass, final_at, inputs, reason)
                    values (:company, 2029, :version, 'fail', :score, 100, true, '2030-01-31 16:00:00+00', '{}', :reason)
                    """)
                    .param("company", company)
                    .param("version", version)
                    .param("score", 5900 + version)
                    .param("reason", version == 1 ? "" : "异议成立")
                    .update();
        }
        var lines = got("/open-data/company-years.csv?year=2029").lines().toList();
        assertThat(lines.getFirst())
                .isEqualTo(
                        "company,company_name,credit_code,year,version,result,points,margin,near_line,final_on,reason,heard");
        assertThat(lines)
                .filteredOn(line -> line.startsWith(company + ","))
                .singleElement()
                .asString()
                .endsWith(",2029,2,fail,59.02,1.00,true,2030-02-01,\"异议成立\",false");
        assertThat(got("/open-data/company-years.json?year=2029")).contains("\"company\":" + company);
        assertThat(got("/open-data/company-years.json?year=1999")).isEqualTo("[]");
        assertThat(got("/open-data")).contains("/open-data/company-years.csv").contains("/ratings.csv");
    }

    @Test
    void pages_by_key_miss_and_repeat_nothing() {
        var near = towns.make().near();
        var campaign = things.campaign(near, "objection");
        var scores = new Integer[] {7000, 8000, null, 7000, 7000, null, 9100};
        for (var n = 0; n < scores.length; n++) {
            scored(near, campaign, "评分小区" + n, 700, scores[n], 100);
        }
        var area = String.valueOf(near.district());
        var all = ratings.list(YEAR, area, MIDDLE, "", null, 100);
        assertThat(all.stream().map(Ratings.Row::points)).containsExactly(9100, 8000, 7000, 7000, 7000, null, null);
        var paged = new ArrayList<Ratings.Row>();
        Ratings.Key after = null;
        for (var page = ratings.list(YEAR, area, MIDDLE, "", null, 2);
                !page.isEmpty();
                page = ratings.list(YEAR, area, MIDDLE, "", after, 2)) {
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

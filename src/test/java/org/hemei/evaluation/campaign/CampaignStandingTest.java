package org.hemei.evaluation.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayInputStream;
import java.util.List;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.hemei.ballot.BallotThings;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Pump;
import org.hemei.testing.TakenLists;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** The lists behind a campaign's figures: who owes what, and what scores came of it before anybody else reads them. */
@HemeiTest
class CampaignStandingTest extends CampaignCase {

    private static final Pattern ROW = Pattern.compile("<a class=\"plain\" href=\"/(?:scores|estates)/(\\d+)\"");

    @Autowired
    CampaignDesk desk;

    @Autowired
    Owed owed;

    @Autowired
    BallotThings ballots;

    @Autowired
    TakenLists lists;

    @Autowired
    Pump pump;

    @Autowired
    MovableClock clock;

    @AfterEach
    void backInTime() {
        clock.reset();
    }

    private List<String> told(Reader reader, String link) {
        pump.run();
        return jdbc.sql("select title || ' ' || body from notice where account = ? and link = ? order by at, id")
                .params(reader.account(), link)
                .query(String.class)
                .list();
    }

    private String sheet(String list, long campaign, String name, String value) throws Exception {
        var bytes = lists.taken(mvc, keeper, list, "campaign", String.valueOf(campaign), name, value);
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(bytes))) {
            return book.getFirstSheet().read().toString();
        }
    }

    private List<Long> rows(String path) throws Exception {
        return ROW.matcher(page(path, keeper))
                .results()
                .map(row -> Long.valueOf(row.group(1)))
                .toList();
    }

    @Test
    void scores_are_read_by_whoever_runs_the_campaign_before_anybody_else_sees_them() throws Exception {
        var id = inReview();
        looked(id, near.assessor());
        var path = "/campaigns/" + id + "/scores";
        assertThat(page(path, keeper)).contains("还没有算");
        var colleague = near.districtDesk();
        desk.compute(keeper, id, campaign(id).version());
        assertThat(page("/campaigns/" + id, keeper)).contains(path);
        assertThat(page("/campaigns/" + id, near.manager())).doesNotContain(path);
        assertThat(page(path, keeper)).contains("还没公示").contains("样本太少").contains("不评定（1）");
        for (var stranger : List.of(near.manager(), near.streetDesk(), near.assessor())) {
            mvc.perform(get(path).with(as(stranger))).andExpect(status().isForbidden());
        }
        mvc.perform(get(path).with(as(town.far().housingDesk()))).andExpect(status().isNotFound());
        assertThat(lists.ordered(mvc, town.far().housingDesk(), "campaign-scores", "campaign", String.valueOf(id)))
                .contains("不归您管");
        // whoever pressed the button knows; the others hear that there is something to read
        assertThat(told(colleague, path)).singleElement().asString().startsWith("初评算好了，请看一遍");
        assertThat(told(keeper, path)).isEmpty();
    }

    @Test
    void what_has_no_result_stands_first_then_the_lowest_and_a_page_goes_on_where_the_last_one_ended()
            throws Exception {
        var id = inReview();
        looked(id, near.assessor());
        desk.compute(keeper, id, campaign(id).version());
        var path = "/campaigns/" + id + "/scores";
        var first = rows(path).getFirst();
        Integer[] points = new Integer[55];
        for (int n = 0; n < points.length; n++) {
            points[n] = 9000 - n;
        }
        for (var one : points) {
            scored(id, one);
        }
        var shown = rows(path);
        assertThat(shown).hasSize(50).startsWith(first);
        var next = Pattern.compile("href=\"([^\"]*after=[^\"]*)\"").matcher(page(path, keeper));
        assertThat(next.find()).isTrue();
        var rest = rows(next.group(1).replace("&amp;", "&"));
        assertThat(rest).hasSize(6).doesNotContainAnyElementsOf(shown);
        var all = new java.util.ArrayList<>(shown.subList(1, 50));
        all.addAll(rest);
        assertThat(jdbc.sql("""
                        select s.id from evaluation_score s join evaluation_project p on p.id = s.project
                        where p.campaign = ? and s.score is not null order by s.score, s.id
                        """).param(id).query(Long.class).list()).isEqualTo(all);
        assertThat(rows(path + "?result=not_rated")).containsExactly(first);
        assertThat(rows(path + "?result=fail")).isEmpty();
        assertThat(rows(path + "?q=看分小区8950")).hasSize(1);
        assertThat(sheet("campaign-scores", id, "result", "pass"))
                .contains("看分小区8950", "看分小区9000")
                .doesNotContain("试和美花园");
    }

    private void scored(long campaign, int points) {
        var estate =
                towns.estate("看分小区" + points, String.valueOf(near.district()), near.street(), near.community(), "商品房");
        jdbc.sql("""
                with p as (
                    insert into evaluation_project (campaign, district, estate, company, households, kinds, days, counts, bodies)
                    values (:campaign, :district, :estate, :company, 700, array['商品房'], 365, true, array[cast(:company as bigint)]) returning id)
                insert into evaluation_score (project, version, stage, result, score, margin, ballots, inputs, made_at)
                select p.id, 1, 'preliminary', 'pass', :points, 100, 40,
                       (select s.inputs from evaluation_score s join evaluation_project q on q.id = s.project
                        where q.campaign = :campaign order by s.id limit 1), now()
                from p
                """)
                .param("campaign", campaign)
                .param("district", near.district())
                .param("estate", estate)
                .param("company", near.company())
                .param("points", points)
                .update();
    }

    @Test
    void each_figure_opens_the_estates_behind_it() throws Exception {
        var id = things.campaign(near, "collecting");
        var path = "/campaigns/" + id + "/estates";
        assertThat(rows(path)).containsExactly(near.garden());
        assertThat(page(path, keeper)).contains("没有测评员").contains("街道 0 / 1").contains("社区 0 / 2");
        assertThat(rows(path + "?lacks=votes")).as("nobody is asked yet").isEmpty();
        var poll = ballots.open(near, near.unit(), near.emptyUnit());
        set(id, "poll = " + poll);
        ballots.handOut(near, poll, near.unit());
        assertThat(page(path, keeper))
                .contains("/ballots/" + poll + "/" + near.garden())
                .contains("1 / 2 户");
        assertThat(rows(path + "?lacks=votes")).containsExactly(near.garden());
        // who runs it reads how many, and no door
        assertThat(page("/ballots/" + poll + "/" + near.garden(), keeper)).contains("看不到哪户");
        var look = things.inspection(near, id, 1, near.assessor().account());
        assertThat(rows(path + "?lacks=looks")).containsExactly(near.garden());
        see(look, "met");
        assertThat(rows(path + "?lacks=looks")).isEmpty();
        assertThat(rows(path + "?lacks=points")).containsExactly(near.garden());
        given(id);
        assertThat(rows(path + "?lacks=points")).isEmpty();
        assertThat(rows(path + "?area=" + near.community())).containsExactly(near.garden());
        assertThat(rows(path + "?area=" + town.far().community())).isEmpty();
        assertThat(rows(path + "?lacks=objections")).isEmpty();
        assertThat(sheet("campaign-estates", id, "lacks", "votes"))
                .contains("没答复的异议")
                .contains("试和美花园");
        assertThat(page("/campaigns/" + id, keeper))
                .contains(path + "?lacks=votes")
                .contains("/objections?campaign=" + id);
        assertThat(page("/campaigns/" + id, near.resident())).doesNotContain(path);
        mvc.perform(get(path).with(as(near.streetDesk()))).andExpect(status().isForbidden());
        mvc.perform(get(path).with(as(town.far().districtDesk()))).andExpect(status().isNotFound());
    }

    @Test
    void objections_are_listed_by_campaign_and_the_estates_they_wait_at() throws Exception {
        var objection = things.objection(near);
        var campaign = jdbc.sql("""
                        select p.campaign from evaluation_objection o join evaluation_project p on p.id = o.project where o.id = ?
                        """).param(objection).query(Long.class).single();
        assertThat(rows("/campaigns/" + campaign + "/estates?lacks=objections")).containsExactly(near.garden());
        assertThat(page("/objections?campaign=" + campaign, keeper)).contains("/objections/" + objection);
        assertThat(page("/objections?campaign=" + (campaign + 1), keeper)).doesNotContain("/objections/" + objection);
    }

    private boolean reminds(long campaign) {
        var due = owed.due().stream().filter(one -> one.campaign() == campaign).toList();
        due.forEach(owed::remind);
        // another copy that found the same at once tells nobody a second time
        due.forEach(owed::remind);
        return !due.isEmpty();
    }

    @Test
    void whoever_owes_something_is_reminded_three_days_before_and_whoever_gave_it_is_not() {
        var id = things.campaign(near, "collecting");
        things.inspection(near, id, 1, near.assessor().account());
        var until = campaign(id).collectUntil();
        set(id, "review_until = collect_until + 10, objection_from = collect_until + 10");
        jdbc.sql("update evaluation_inspection set due_on = ? where campaign = ?")
                .params(until, id)
                .update();
        clock.set(CivilTime.startOf(until.minusDays(3)).minusSeconds(1));
        assertThat(reminds(id)).isFalse();
        clock.set(CivilTime.startOf(until.minusDays(3)));
        assertThat(reminds(id)).isTrue();
        assertThat(reminds(id)).as("once for a day").isFalse();
        assertThat(told(near.assessor(), "/inspections"))
                .singleElement()
                .asString()
                .startsWith("还有 1 个小区等您看");
        assertThat(told(near.streetDesk(), "/opinions"))
                .as("points are due later")
                .isEmpty();

        set(id, "state = 'review'");
        jdbc.sql("update evaluation_inspection set state = 'done', done_at = now() where campaign = ?")
                .param(id)
                .update();
        jdbc.sql("""
                insert into evaluation_opinion (campaign, estate, item, version, area, points, given_by, given_at)
                select :campaign, :estate, t, 1, :area, 80, :by, now() from unnest(array['t1', 't2']) t
                """)
                .param("campaign", id)
                .param("estate", near.garden())
                .param("area", near.community())
                .param("by", near.communityDesk().account())
                .update();
        clock.set(CivilTime.startOf(until.plusDays(7)));
        assertThat(reminds(id)).isTrue();
        assertThat(told(near.streetDesk(), "/opinions"))
                .singleElement()
                .asString()
                .startsWith("还有 1 个小区等您打分");
        assertThat(told(near.communityDesk(), "/opinions")).as("gave all of it").isEmpty();
        assertThat(told(town.far().streetDesk(), "/opinions")).isEmpty();
        assertThat(told(near.assessor(), "/inspections")).as("saw all of it").hasSize(1);
    }

    @Test
    void whoever_has_to_stand_aside_owes_no_points() {
        var id = things.campaign(near, "review");
        set(id, "review_until = current_date + 5, objection_from = current_date + 5");
        towns.grant(near.streetDesk().account(), org.hemei.access.Role.MANAGER, null, null, near.company(), null);
        clock.set(CivilTime.startOf(campaign(id).reviewUntil()));
        assertThat(reminds(id)).isTrue();
        assertThat(told(near.streetDesk(), "/opinions")).isEmpty();
        assertThat(told(near.communityDesk(), "/opinions")).hasSize(1);
    }
}

package org.hemei.evaluation.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import org.hemei.access.Role;
import org.hemei.evaluation.inspection.Sights;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.evaluation.score.Gathering.Period;
import org.hemei.evaluation.score.Scores;
import org.hemei.platform.Missing;
import org.hemei.testing.HemeiTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.annotation.Transactional;

/** Who looks at an estate, whose look counts, and who reads what was found there. */
@HemeiTest
@Transactional
class CampaignLooksTest extends CampaignCase {

    @Autowired
    CampaignDesk desk;

    @Autowired
    org.hemei.platform.attachment.Attachments attachments;

    @Autowired
    org.hemei.evaluation.inspection.Sights sights;

    @Autowired
    Progress progress;

    @Autowired
    Scores scores;

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

    /** As it is found once scores are public: on a document. */
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

    private void report(long look, int version, String level, String... more) throws Exception {
        var request = post("/inspections/" + look)
                .with(as(near.assessor()))
                .with(csrf())
                .param("version", String.valueOf(version));
        for (var item : scheme(campaignOf(look)).content().items(Kind.INSPECTION)) {
            request.param("level-" + item.code(), item.code().equals("i7") ? level : "met");
        }
        for (int n = 0; n < more.length; n += 2) {
            request.param(more[n], more[n + 1]);
        }
        mvc.perform(request).andExpect(status().isSeeOther());
    }

    private long campaignOf(long look) {
        return jdbc.sql("select campaign from evaluation_inspection where id = ?")
                .param(look)
                .query(Long.class)
                .single();
    }

    /** What was reported first is neither lost nor changed by what was put right in the office. */
    @Test
    void a_report_that_is_put_right_keeps_what_was_said_first_and_where() throws Exception {
        var id = things.campaign(near, "collecting");
        var look = things.inspection(near, id, 1, near.assessor().account());
        report(look, 0, "not", "note-i7", "电话没人接", "longitude", "117.226", "latitude", "31.82");
        var path = "/inspections/" + look;
        assertThat(page(path, near.assessor())).doesNotContain("以前报过");
        report(look, 1, "met");
        assertThat(page(path, near.assessor())).contains("以前报过 1 次").contains("原来报“没做到，电话没人接”，改为“做到”");
        var sight = sights.of(List.of(look), true).getFirst();
        assertThat(sight.place()).as("the second report came without a place").isEqualTo("东经 117.226000，北纬 31.820000");
        assertThat(sight.earlier()).hasSize(1);
        assertThat(sights.of(List.of(look), false)).as("only whoever decides").isEmpty();
        report(look, 2, "met", "longitude", "117.3", "latitude", "31.9");
        assertThat(sights.of(List.of(look), true).getFirst().place()).isEqualTo("东经 117.300000，北纬 31.900000");
        assertThatThrownBy(() -> jdbc.sql("update evaluation_inspection_report set found = '{}' where inspection = ?")
                        .param(look)
                        .update())
                .hasMessageContaining("never changed");
    }

    /** Neither outside China nor half a place is one. */
    @Test
    void a_place_that_is_none_is_not_kept() throws Exception {
        var id = things.campaign(near, "collecting");
        var look = things.inspection(near, id, 1, near.assessor().account());
        int version = 0;
        for (var wrong : new String[][] {
            {"72.999999", "31.82"},
            {"136.1", "31.82"},
            {"117.2", "2.999999"},
            {"117.2", "54.1"},
            {"117.2", ""},
            {"", ""},
            {"x", "y"}
        }) {
            report(look, version++, "met", "longitude", wrong[0], "latitude", wrong[1]);
            assertThat(sights.of(List.of(look), true).stream().map(Sights.Sight::place))
                    .as(String.join(" ", wrong))
                    .allMatch(java.util.Objects::isNull);
        }
        report(look, version, "met", "longitude", "73.0", "latitude", "3.0");
        assertThat(sights.of(List.of(look), true).getFirst().place()).isEqualTo("东经 73.000000，北纬 3.000000");
    }

    @Test
    void a_photo_that_shows_too_much_is_withdrawn_with_a_reason_and_nobody_sees_it_any_more() throws Exception {
        var id = things.campaign(near, "collecting");
        var look = things.inspection(near, id, 1, near.assessor().account());
        report(look, 0, "met");
        var photo = java.util.UUID.randomUUID();
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
        assertThat(attachments.find(near.assessor(), near.district(), photo)).isNotNull();
        withdraw(look, photo, "").andExpect(status().isUnprocessableContent());
        mvc.perform(post("/inspections/" + look + "/withdraw")
                        .with(as(near.assessor()))
                        .with(csrf())
                        .param("photo", "")
                        .param("reason", ""))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("请选要撤的照片")))
                .andExpect(content().string(containsString("请写为什么撤")));
        withdraw(look, java.util.UUID.randomUUID(), "拍到了人脸").andExpect(status().isUnprocessableContent());
        withdraw(look, photo, "拍到了人脸").andExpect(status().isSeeOther());
        for (var reader : List.of(near.assessor(), keeper, near.manager())) {
            assertThatThrownBy(() -> attachments.find(reader, near.district(), photo))
                    .isInstanceOf(Missing.class);
        }
        assertThat(page("/inspections/" + look, near.assessor())).doesNotContain(photo.toString());
        assertThat(jdbc.sql(
                                "select detail ->> 'reason' from audit_entry where action = 'evaluation_inspection.photo_withdrawn' and subject_id = ?")
                        .param(String.valueOf(look))
                        .query(String.class)
                        .single())
                .isEqualTo("拍到了人脸");
        set(id, "state = 'cancelled'");
        withdraw(look, photo, "再撤").andExpect(status().isUnprocessableContent());
    }

    private org.springframework.test.web.servlet.ResultActions withdraw(long look, java.util.UUID photo, String reason)
            throws Exception {
        return mvc.perform(post("/inspections/" + look + "/withdraw")
                .with(as(near.assessor()))
                .with(csrf())
                .param("photo", photo.toString())
                .param("reason", reason));
    }

    /** What was put right after a version was made is not put into its mouth. */
    @Test
    void an_earlier_version_shows_what_was_written_by_then() throws Exception {
        var id = inReview();
        var look = things.inspection(near, id, 1, near.assessor().account());
        report(look, 0, "not", "note-i7", "电话没人接");
        scoreDesk.compute(keeper, new Period(id, FROM, UNTIL), scheme(id), java.util.Map.of());
        var first = scores.ofCampaign(id).getFirst();
        report(look, 1, "partly", "note-i7", "电话打了三次才接");
        jdbc.sql("""
                insert into evaluation_opinion (campaign, estate, item, version, area, points, why, given_by, given_at)
                values (?, ?, 't3', 2, ?, 50, '后来才发现的', ?, now() + interval '1 hour')
                """)
                .params(id, near.garden(), near.street(), near.streetDesk().account())
                .update();
        jdbc.sql("alter table evaluation_inspection_report disable trigger user")
                .update();
        jdbc.sql(
                        "update evaluation_inspection_report set at = at + interval '1 hour' where inspection = ? and version = 2")
                .param(look)
                .update();
        assertThat(page(first.path(), keeper)).contains("电话没人接").doesNotContain("打了三次", "后来才发现的");
        jdbc.sql("""
                insert into evaluation_score (project, version, stage, result, score, margin, ballots, inputs, reason, made_at)
                select project, 2, stage, result, score, margin, ballots, inputs, '再算', now() + interval '2 hours' from evaluation_score where id = ?
                """).param(first.id()).update();
        var second = scores.latest(first.project()).orElseThrow();
        assertThat(page(second.path(), keeper)).contains("打了三次", "后来才发现的").doesNotContain("电话没人接");
    }

    @Test
    void an_assessor_finds_looks_by_area_and_those_of_campaigns_that_are_over() throws Exception {
        var assessor = assessor();
        assertThat(page("/inspections", assessor))
                .as("before anything was given")
                .contains("还没有分给您的小区")
                .doesNotContain("都看完了");
        var id = things.campaign(near, "collecting");
        var look = things.inspection(near, id, 1, assessor.account());
        var link = "href=\"/inspections/" + look + "\"";
        assertThat(page("/inspections", assessor)).contains(link);
        assertThat(page("/inspections?area=" + near.community(), assessor)).contains(link);
        assertThat(page("/inspections?area=" + town.far().community(), assessor))
                .doesNotContain(link)
                .contains("这里没有还没看的小区");
        for (var called : List.of(name("estate", near.garden()), name("body", near.company()))) {
            assertThat(page("/inspections?q=" + called.substring(1, 3), assessor))
                    .contains(link)
                    .contains("value=\"" + called.substring(1, 3) + "\"");
        }
        assertThat(page("/inspections?q=没有这样的名字", assessor))
                .doesNotContain(link)
                .contains("这里没有还没看的小区");
        see(look, "met");
        assertThat(page("/inspections", assessor)).contains("都看完了");
        set(id, "state = 'final', final_at = now()");
        assertThat(page("/inspections", assessor)).contains("还没有分给您的小区");
        assertThat(page("/inspections?all=1", assessor)).contains(link).contains("试着测评");
    }

    private String name(String table, long id) {
        return jdbc.sql("select name from " + table + " where id = ?")
                .param(id)
                .query(String.class)
                .single();
    }

    @Test
    void whoever_runs_it_hears_which_companies_nobody_reads_for() throws Exception {
        var id = things.campaign(near, "objection");
        assertThat(page("/campaigns/" + id, keeper)).doesNotContain("没有人能登录");
        jdbc.sql("update access_grant set until = since + interval '1 millisecond' where role = 'MANAGER' and body = ?")
                .param(near.company())
                .update();
        assertThat(page("/campaigns/" + id, keeper)).contains("有 1 家企业没有人能登录");
        assertThat(page("/campaigns/" + id, near.resident())).doesNotContain("没有人能登录");
    }
}

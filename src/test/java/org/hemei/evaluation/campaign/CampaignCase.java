package org.hemei.evaluation.campaign;

import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.evaluation.scheme.Scheme;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.evaluation.score.Gathering.Ballots;
import org.hemei.evaluation.score.Gathering.Period;
import org.hemei.evaluation.score.ScoreDesk;
import org.hemei.platform.Reader;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** A campaign of the near district, brought as far as a test of its edges needs it. */
abstract class CampaignCase {

    static final LocalDate FROM = LocalDate.of(2026, 1, 1);
    static final LocalDate UNTIL = LocalDate.of(2200, 1, 1);

    @Autowired
    Campaigns campaigns;

    @Autowired
    EvaluationThings things;

    @Autowired
    Schemes schemes;

    @Autowired
    ScoreDesk scoreDesk;

    @Autowired
    MockMvc mvc;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    Towns towns;

    Town town;
    Town.Side near;
    Reader keeper;

    @BeforeEach
    void town() {
        town = towns.make();
        near = town.near();
        keeper = near.housingDesk();
    }

    final Campaign campaign(long id) {
        return campaigns.find(id).orElseThrow();
    }

    final Scheme scheme(long campaign) {
        return schemes.find(campaign(campaign).scheme()).orElseThrow();
    }

    final void set(long campaign, String what) {
        jdbc.sql("update evaluation_campaign set " + what + " where id = ?")
                .param(campaign)
                .update();
    }

    /** In review, the ballots counted, every opinion given; nobody has looked yet. */
    final long inReview() {
        var id = things.campaign(near, "collecting");
        var poll = jdbc.sql("""
                        insert into poll (purpose, title, about, area, state, opens_at, closes_at, count_by, minimum, root)
                        values (:purpose, '满意度', '满意度', :area, 'counted', '2016-01-01', '2016-02-01', '2016-02-01', 5, sha256(''))
                        returning id
                        """)
                .param("purpose", "evaluation:" + id)
                .param("area", String.valueOf(near.district()))
                .query(Long.class)
                .single();
        jdbc.sql("""
                insert into audit_entry (district, id, at, action, subject_kind, subject_id, detail)
                select 0, nextval('audit_seq'), now(), 'poll.counted', 'poll', id, jsonb_build_object('root', encode(root, 'hex'))
                from poll where id = ?
                """).param(poll).update();
        jdbc.sql("update evaluation_campaign set state = 'review', poll = ? where id = ?")
                .params(poll, id)
                .update();
        given(id);
        return id;
    }

    /** The street gives 80 to each item that is its own to score. */
    final void given(long campaign) {
        given(campaign, "");
    }

    /** All but one. */
    final void given(long campaign, String without) {
        for (var item : scheme(campaign).content().items(Kind.TERRITORY)) {
            if (item.code().equals(without)) {
                continue;
            }
            jdbc.sql("""
                    insert into evaluation_opinion (campaign, estate, item, version, area, points, given_by, given_at)
                    values (?, ?, ?, 1, ?, 80, ?, now())
                    """)
                    .params(
                            campaign,
                            near.garden(),
                            item.code(),
                            near.street(),
                            near.streetDesk().account())
                    .update();
        }
    }

    final long looked(long campaign, Reader assessor) {
        return looked(campaign, assessor, 1, "partly");
    }

    final long looked(long campaign, Reader assessor, int turn, String level) {
        return see(things.inspection(near, campaign, turn, assessor.account()), level);
    }

    final long see(long look, String level) {
        var campaign = jdbc.sql("select campaign from evaluation_inspection where id = ?")
                .param(look)
                .query(Long.class)
                .single();
        for (var item : scheme(campaign).content().items(Kind.INSPECTION)) {
            jdbc.sql(
                            "insert into evaluation_inspection_item (inspection, item, level, note) values (?, ?, ?, '电梯口堆了纸箱')")
                    .params(look, item.code(), level)
                    .update();
        }
        jdbc.sql("update evaluation_inspection set state = 'done', done_at = now() where id = ?")
                .param(look)
                .update();
        return look;
    }

    final Reader assessor() {
        return towns.account(Role.ASSESSOR, String.valueOf(near.district()), null, null, null);
    }

    final List<Long> open(long campaign) {
        return jdbc.sql("select assessor from evaluation_inspection where campaign = ? and state = 'open' order by id")
                .param(campaign)
                .query(Long.class)
                .list();
    }

    final long open(long campaign, Reader assessor) {
        return jdbc.sql("select id from evaluation_inspection where campaign = ? and assessor = ? and state = 'open'")
                .params(campaign, assessor.account())
                .query(Long.class)
                .single();
    }

    static Ballots votes(Scheme scheme, char grade) {
        var counts = new HashMap<Integer, Map<Character, Integer>>();
        for (int n = 1; n <= scheme.content().items(Kind.SATISFACTION).size(); n++) {
            counts.put(n, Map.of(grade, 40));
        }
        return new Ballots(100, 40, counts);
    }

    /** The near district's campaign, ended: all satisfied, or nobody. */
    final long ended(char grade) {
        return ended(things.campaign(near, "final"), grade);
    }

    final long ended(long id, char grade) {
        looked(id, near.assessor());
        given(id);
        scoreDesk.compute(
                keeper, new Period(id, FROM, UNTIL), scheme(id), Map.of(near.garden(), votes(scheme(id), grade)));
        scoreDesk.conclude(keeper, id, 2033, scheme(id));
        return id;
    }

    /** The time to object to a score that was changed since is over. */
    final void heard(long project) {
        jdbc.sql("update evaluation_hearing set opened_on = opened_on - 60, until = until - 60 where project = ?")
                .param(project)
                .update();
        scoreDesk.heard(project);
    }

    final String page(String path, Reader reader) throws Exception {
        return mvc.perform(get(path).with(as(reader))).andReturn().getResponse().getContentAsString();
    }

    /** Whoever runs it wrote down that its assessor is tied to the garden's company. */
    final ResultActions found(long campaign) throws Exception {
        return mvc.perform(post("/campaigns/" + campaign + "/ties")
                .with(as(keeper))
                .with(csrf())
                .param("assessor", String.valueOf(near.assessor().account()))
                .param("company", String.valueOf(near.company()))
                .param("kind", "owner")
                .param("why", "股权登记里有他"));
    }
}

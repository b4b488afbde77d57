package org.hemei.evaluation.objection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;

import java.io.ByteArrayInputStream;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.hemei.evaluation.campaign.EvaluationThings;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.attachment.Attachments.Purpose;
import org.hemei.platform.attachment.Samples;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.KeptFiles;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/** Files of evaluations and listings end some time after what they belong to; what was decided stays. */
@HemeiTest
class FilesKeptTest {

    /** Older than anything another test makes. */
    private static final Instant LONG_AGO = Instant.parse("1999-03-01T00:00:00Z");

    @Autowired
    Towns towns;

    @Autowired
    EvaluationThings things;

    @Autowired
    EvaluationFiles evaluationFiles;

    @Autowired
    List<KeptFiles> all;

    @Autowired
    Attachments attachments;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    InstantSource clock;

    @Autowired
    EvaluationData data;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MockMvc mvc;

    private UUID file(Town.Side near, String kind, String owner, Instant at) {
        var reader = near.manager();
        var id = attachments.store(
                reader, near.district(), new ByteArrayInputStream(Samples.pdf()), "材料.pdf", Purpose.DOCUMENT);
        transaction.executeWithoutResult(
                status -> attachments.attach(near.district(), List.of(id), kind, owner, reader));
        jdbc.sql("update attachment set uploaded_at = ? where id = ?")
                .params(Timestamp.from(at), id)
                .update();
        return id;
    }

    private boolean there(UUID id) {
        return jdbc.sql("select exists (select from attachment where id = ?)")
                .param(id)
                .query(Boolean.class)
                .single();
    }

    private int erase(KeptFiles files, int district, Instant before) {
        return Objects.requireNonNull(transaction.execute(status -> files.erase(district, before, 200)));
    }

    @Test
    void of_a_campaign_they_are_given_up_when_it_has_been_over_for_long() throws Exception {
        var near = towns.make().near();
        var objection = things.objection(near);
        var old = file(near, ObjectionDesk.KIND, String.valueOf(objection), LONG_AGO);
        var before = LONG_AGO.plus(Duration.ofDays(40));
        assertThat(erase(evaluationFiles, near.district(), before))
                .as("it runs still")
                .isZero();
        jdbc.sql("""
                update evaluation_campaign set state = 'final', final_at = ?
                where id = (select p.campaign from evaluation_objection o join evaluation_project p on p.id = o.project where o.id = ?)
                """)
                .params(Timestamp.from(LONG_AGO.plus(Duration.ofDays(20))), objection)
                .update();
        assertThat(evaluationFiles.ended(LONG_AGO.plus(Duration.ofDays(20)), before))
                .isEqualTo(1);
        assertThat(erase(evaluationFiles, near.district(), LONG_AGO.plus(Duration.ofDays(20))))
                .as("ended on that day")
                .isZero();
        assertThat(there(old)).isTrue();
        // what came later, with a late correction, has its own time
        var late = file(near, ObjectionDesk.KIND, String.valueOf(objection), clock.instant());
        assertThat(erase(evaluationFiles, near.district(), before)).isZero();
        jdbc.sql("delete from attachment where id = ?").param(late).update();
        assertThat(erase(evaluationFiles, near.district(), before)).isEqualTo(1);
        assertThat(there(old)).isFalse();
        mvc.perform(get("/objections/" + objection).with(as(near.housingDesk())))
                .andExpect(content().string(containsString("附过 1 份材料，保存期满")));
        assertThat(jdbc.sql("select words from evaluation_objection_words where objection = ?")
                        .param(objection)
                        .query(String.class)
                        .single())
                .isEqualTo("那天在检修。");
    }

    /** The law of the page “您的信息”: three years after the campaign, and not a day before. */
    @Test
    void ties_and_handovers_go_three_years_after_their_campaign() {
        var over = LocalDate.of(1999, 3, 10);
        data.forget(over.plusYears(200)); // what other tests left that is over
        var near = towns.make().near();
        var objection = things.objection(near);
        var campaign = jdbc.sql("""
                        select p.campaign from evaluation_objection o join evaluation_project p on p.id = o.project where o.id = ?
                        """).param(objection).query(Long.class).single();
        var one = near.assessor().account();
        jdbc.sql("""
                insert into evaluation_conflict (campaign, assessor, company, kind, declared_by, declared_at) values (?, ?, ?, 'owner', ?, now())
                """).params(campaign, one, near.company(), one).update();
        jdbc.sql(
                        "insert into evaluation_handover (campaign, assessor, given, why, done_by, done_at) values (?, ?, 1, '病了', ?, now())")
                .params(campaign, one, near.housingDesk().account())
                .update();
        assertThat(data.forget(over.plusYears(200))).as("it runs still").isZero();
        jdbc.sql("update evaluation_campaign set state = 'final', final_at = ? where id = ?")
                .params(Timestamp.from(CivilTime.startOf(over)), campaign)
                .update();
        assertThat(data.forget(over.plusYears(3))).isZero();
        assertThat(data.forget(over.plusYears(3).plusDays(1))).isEqualTo(2);
        assertThat(jdbc.sql("""
                        select detail ->> 'count' from audit_entry where action = 'evaluation_campaign.forgotten' and subject_id = ?
                        """)
                        .param(String.valueOf(campaign))
                        .query(String.class)
                        .list())
                .as("that they went, and when, stays to be read")
                .containsExactly("2");
        assertThat(data.forget(over.plusYears(3).plusDays(1))).isZero();
    }

    @Test
    void of_a_case_they_are_given_up_some_time_after_its_end() throws Exception {
        var near = towns.make().near();
        var listings =
                all.stream().filter(one -> one != evaluationFiles).findFirst().orElseThrow();
        var listing = jdbc.sql("""
                        insert into listing (company, area, first_year, first_version, second_year, second_version, first_seen, second_seen,
                                             state, frees, proposed_at, ended_on)
                        values (?, ?, 1996, 1, 1997, 1, 1, 1, 'dropped', true, ?, date '1999-03-10') returning id
                        """)
                .params(near.company(), String.valueOf(near.district()), Timestamp.from(LONG_AGO))
                .query(Long.class)
                .single();
        jdbc.sql("""
                        insert into listing_step (listing, seq, at, verb, from_state, to_state, party)
                        values (?, 2, ?, 'state', 'noticed', 'noticed', 'company')
                        """).params(listing, Timestamp.from(LONG_AGO)).update();
        var shown = file(near, "listing_step", listing + "-2", LONG_AGO);
        assertThat(erase(listings, near.district(), Instant.parse("1999-03-09T00:00:00Z")))
                .isZero();
        assertThat(erase(listings, near.district(), Instant.parse("1999-03-11T00:00:00Z")))
                .isEqualTo(1);
        assertThat(there(shown)).isFalse();
        // that something was shown stays to be read
        mvc.perform(get("/listings/" + listing).with(as(near.housingDesk())))
                .andExpect(content().string(containsString("附过 1 份材料，保存期满")));
        jdbc.sql("delete from listing_step where listing = ?").param(listing).update();
        jdbc.sql("delete from listing where id = ?").param(listing).update();
    }
}

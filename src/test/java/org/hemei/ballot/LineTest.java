package org.hemei.ballot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** A household's line on the roll: who takes it for them is told to them, a wrong door is put right, and nobody forgets theirs unreminded. */
@HemeiTest
class LineTest {

    @Autowired
    Towns towns;

    @Autowired
    BallotThings things;

    @Autowired
    SheetDesk desk;

    @Autowired
    DoorDesk door;

    @Autowired
    BallotBox box;

    @Autowired
    Polls polls;

    @Autowired
    PollStore store;

    @Autowired
    PollClock pollClock;

    @Autowired
    MovableClock clock;

    @Autowired
    Pump pump;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MockMvc mvc;

    private Town.Side near;
    private Reader worker;

    @BeforeEach
    void town() {
        near = towns.make().near();
        worker = near.communityDesk();
    }

    @AfterEach
    void putTheClockBack() {
        clock.reset();
    }

    private List<String> told(Reader reader) {
        pump.run();
        return jdbc.sql("select title from notice where account = ? order by at, id")
                .param(reader.account())
                .query(String.class)
                .list();
    }

    private byte[] phone(long poll) {
        return box.sign(
                near.resident(),
                poll,
                near.unit(),
                BallotBox.Channel.PHONE,
                new Voter(box.key(poll, near.garden())).blinded());
    }

    private void takeBack(long poll, long unit) {
        desk.takeBack(worker, poll, near.garden(), unit, "选错了户");
    }

    @Test
    void a_household_hears_that_a_sheet_was_handed_out_for_it_and_gets_its_line_back_on_that_day() throws Exception {
        var poll = things.open(near, near.unit(), near.emptyUnit());
        things.handOut(near, poll, near.unit());
        assertThat(told(near.resident())).containsExactly("请您家投一票", "您家登记领了纸票");
        assertThatThrownBy(() -> phone(poll)).hasMessageContaining("纸质");
        var take = "/ballots/" + poll + "/units/" + near.unit() + "/take";
        mvc.perform(get(take).with(as(near.resident())))
                .andExpect(content().string(containsString("您家登记领了纸质选票")))
                .andExpect(content().string(not(containsString("<form id=\"take\""))));
        var page = "/ballots/" + poll + "/" + near.garden();
        mvc.perform(get(page).with(as(worker))).andExpect(content().string(containsString("登记错了，退回")));
        mvc.perform(get(page).with(as(near.districtDesk())))
                .andExpect(content().string(not(containsString("登记错了，退回"))));
        mvc.perform(post(page + "/take-back")
                        .param("back", String.valueOf(near.unit()))
                        .with(as(worker))
                        .with(csrf()))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("请写为什么退")));
        mvc.perform(post(page + "/take-back")
                        .param("back", String.valueOf(near.unit()))
                        .param("reason", "选错了户")
                        .with(as(worker))
                        .with(csrf()))
                .andExpect(redirectedUrl(page + "?done=back"));
        assertThat(told(near.resident())).containsExactly("请您家投一票", "您家登记领了纸票", "您家登记的纸票退了");
        assertThat(jdbc.sql(
                                "select detail ->> 'reason' from audit_entry where action = 'ballot.taken_back' and subject_id = ?")
                        .param(String.valueOf(poll))
                        .query(String.class)
                        .single())
                .isEqualTo("选错了户");
        mvc.perform(get(take).with(as(near.resident()))).andExpect(content().string(containsString("领票，去投")));
        assertThat(phone(poll)).isNotEmpty();
        mvc.perform(get(take).with(as(near.resident())))
                .andExpect(content().string(containsString("不能补领")))
                .andExpect(content().string(not(containsString("领票，去投"))));
        // a line that was taken on a screen is nobody's to give back: the ballot may lie in the box
        things.handOut(near, poll, near.emptyUnit());
        assertThatThrownBy(() -> takeBack(poll, near.unit())).isInstanceOf(Refusal.class);
    }

    @Test
    void a_sheet_is_taken_back_on_its_day_only_and_never_after_one_was_read() {
        var poll = things.open(near, near.unit(), near.emptyUnit());
        things.handOut(near, poll, near.unit());
        desk.print(worker, poll, near.garden(), 1);
        var serial = desk.toPrint(worker, poll, near.garden()).getFirst().serial();
        things.handOut(near, poll, near.emptyUnit());
        clock.set(CivilTime.startOf(CivilTime.date(clock.instant()).plusDays(1)));
        assertThatThrownBy(() -> takeBack(poll, near.emptyUnit())).hasMessageContaining("过了今天不能退");
        clock.set(clock.instant().minusSeconds(1));
        takeBack(poll, near.emptyUnit());
        assertThat(store.entry(poll, near.emptyUnit()).orElseThrow().channel()).isNull();

        // whose sheet was read nobody can tell, so no line is free again: that household would have two ballots
        things.handOut(near, poll, near.emptyUnit());
        desk.key(worker, poll, near.garden(), serial, "4y", List.of(things.scan(near, worker)));
        for (var unit : List.of(near.unit(), near.emptyUnit())) {
            assertThatThrownBy(() -> takeBack(poll, unit)).hasMessageContaining("已经录过纸票");
        }
    }

    @Test
    void a_household_hears_once_that_somebody_cast_at_its_door() {
        var poll = things.open(near, near.unit());
        var blinded = new Voter(box.key(poll, near.garden())).blinded();
        var signed = door.sign(worker, poll, near.garden(), near.unit(), blinded);
        // the line broke, and the tablet asks again
        assertThat(door.sign(worker, poll, near.garden(), near.unit(), blinded)).isEqualTo(signed);
        assertThat(told(near.resident())).containsExactly("请您家投一票", "您家登记上门投过票");
    }

    @Test
    void who_has_no_ballot_three_days_before_the_close_is_reminded_once() {
        var poll = things.open(near, near.unit(), near.emptyUnit());
        var other = towns.resident(near.garden(), near.emptyUnit());
        phoneOf(other, poll);
        var near3 = closes(poll).minus(PollDue.SOON);
        clock.set(near3.minusSeconds(1));
        pollClock.run(poll);
        assertThat(told(near.resident())).doesNotContain("您家的票还没领");
        clock.set(near3);
        pollClock.run(poll);
        pollClock.run(poll);
        assertThat(told(near.resident())).containsOnlyOnce("您家的票还没领");
        assertThat(told(other)).doesNotContain("您家的票还没领");
    }

    private void phoneOf(Reader reader, long poll) {
        box.sign(
                reader,
                poll,
                near.emptyUnit(),
                BallotBox.Channel.PHONE,
                new Voter(box.key(poll, near.garden())).blinded());
    }

    private Instant closes(long poll) {
        return polls.find(poll).orElseThrow().closesAt();
    }

    /** Told that it opens and reminded of it within the hour would be one time too often. */
    @Test
    void a_short_poll_reminds_a_day_after_it_opened() {
        var poll = things.open(near, near.unit());
        jdbc.sql(
                        "update poll set closes_at = opens_at + interval '2 days', count_by = opens_at + interval '5 days' where id = ?")
                .param(poll)
                .update();
        pollClock.run(poll);
        assertThat(told(near.resident())).containsExactly("请您家投一票");
        clock.advance(Duration.ofDays(1));
        pollClock.run(poll);
        assertThat(told(near.resident())).containsExactly("请您家投一票", "您家的票还没领");
    }
}

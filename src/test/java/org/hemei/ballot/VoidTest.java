package org.hemei.ballot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** What becomes of a poll with a box that does not open (decision 55). */
@HemeiTest
class VoidTest {

    @Autowired
    Towns towns;

    @Autowired
    BallotThings things;

    @Autowired
    VoidDesk desk;

    @Autowired
    Polls polls;

    @Autowired
    Boxes boxes;

    @Autowired
    PollClock clock;

    @Autowired
    Pump pump;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MockMvc mvc;

    @Value("${hemei.keys}")
    Path keys;

    private Town town;
    private Town.Side near;

    @BeforeEach
    void town() {
        town = towns.make();
        near = town.near();
    }

    private Tally.Group group(long poll, long estate) {
        return polls.tally(poll).groups().stream()
                .filter(group -> group.estate() == estate)
                .findFirst()
                .orElseThrow();
    }

    private Poll poll(long id) {
        return polls.find(id).orElseThrow();
    }

    private List<String> told(Reader reader, String link) {
        pump.run();
        return jdbc.sql("select title from notice where account = ? and link = ?")
                .params(reader.account(), link)
                .query(String.class)
                .list();
    }

    private long twoEstatesOneAltered() {
        var id = polls.plan(
                near.districtDesk(),
                things.plan(
                        near,
                        Map.of(
                                near.garden(), List.of(near.unit(), near.emptyUnit()),
                                near.oldYard(), List.of(near.oldYardUnit()))));
        clock.run(id);
        things.cast(near, id, near.unit(), "5y");
        things.alter(id);
        polls.close(near.districtDesk(), id);
        clock.run(id);
        return id;
    }

    @Test
    void an_altered_box_is_told_given_up_with_a_reason_and_the_poll_comes_to_its_end() throws Exception {
        var id = twoEstatesOneAltered();
        assertThat(polls.stuck(id)).isEqualTo(1);
        assertThat(group(id, near.oldYard()).root()).as("others are counted").isNotEmpty();
        var page = "/ballots/" + id + "/void";
        assertThat(told(near.housingDesk(), page)).containsExactly("有票箱打不开，等您查清楚、定下来");
        clock.run(id);
        assertThat(told(near.housingDesk(), page)).as("told once").hasSize(1);
        mvc.perform(get(page).with(as(near.housingDesk()))).andExpect(content().string(containsString("1 张")));
        mvc.perform(get(page).with(as(town.far().housingDesk()))).andExpect(status().isNotFound());
        mvc.perform(get("/ballot-box/" + id + "/" + near.garden()))
                .andExpect(content().string(containsString("票箱打不开，主管单位在查")));

        var version = poll(id).version();
        assertThatThrownBy(() -> desk.giveUp(near.housingDesk(), id, version - 1, "查不清"))
                .isInstanceOf(Stale.class);
        assertThatThrownBy(() -> desk.giveUp(town.far().housingDesk(), id, version, "查不清"))
                .isInstanceOf(Missing.class);
        mvc.perform(post(page)
                        .param("version", String.valueOf(version))
                        .param("reason", " ")
                        .with(as(near.housingDesk()))
                        .with(csrf()))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("id=\"e-reason\"")));
        mvc.perform(post(page)
                        .param("version", String.valueOf(version))
                        .param("reason", "审计查到有人直接改了数据库，改了一张")
                        .with(as(near.housingDesk()))
                        .with(csrf()))
                .andExpect(status().isSeeOther());
        assertThat(jdbc.sql("select count(*) from ballot_box where poll = ?")
                        .param(id)
                        .query(Integer.class)
                        .single())
                .isZero();
        clock.run(id);

        assertThat(poll(id).state()).isEqualTo(PollState.COUNTED);
        var given = group(id, near.garden());
        assertThat(given.voided()).isNotNull();
        assertThat(given.valid()).isZero();
        assertThat(given.answers()).isEmpty();
        // that it was given up is under the root in the audit log, and so is how much lay there
        assertThat(Tallies.roots(boxes.all(id))).contains(near.garden() + ":void");
        assertThat(jdbc.sql("""
                        select concat_ws(' ', detail ->> 'estate', detail ->> 'lay', detail ->> 'shut')
                        from audit_entry where action = 'poll.voided' and subject_id = ?
                        """).param(String.valueOf(id)).query(String.class).single())
                .isEqualTo(near.garden() + " 1 1");
        var box = "/ballot-box/" + id + "/" + near.garden();
        mvc.perform(get(box)).andExpect(content().string(containsString("审计查到有人直接改了数据库")));
        mvc.perform(get("/ballot-box/" + id)).andExpect(content().string(containsString("票作废了")));
        assertThat(told(near.resident(), box)).containsExactly("您小区这次的票作废了");
        // those of the other estate hear of their count
        assertThat(told(near.oldYardResident(), "/ballot-box/" + id + "/" + near.oldYard()))
                .containsExactly("票点完了，来查您家的票");
    }

    @Test
    void what_can_be_counted_cannot_be_given_up() {
        var id = twoEstatesOneAltered();
        jdbc.sql("update ballot_box set sealed = substring(sealed for length(sealed) - 1) where poll = ?")
                .param(id)
                .update();
        assertThatThrownBy(() -> desk.giveUp(near.housingDesk(), id, poll(id).version(), "不想要这个结果"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("又能打开");
        clock.run(id);
        assertThat(poll(id).state()).isEqualTo(PollState.COUNTED);
        assertThat(group(id, near.garden()).valid()).isEqualTo(1);
        assertThat(group(id, near.garden()).stuck()).isFalse();
        assertThatThrownBy(() -> desk.giveUp(near.housingDesk(), id, poll(id).version(), "不想要这个结果"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("没有打不开");
    }

    @Test
    void a_key_that_is_found_again_counts_everything_after_all() throws IOException {
        var id = things.open(near, near.unit(), near.emptyUnit());
        things.cast(near, id, near.unit(), "4n");
        var file = keys.resolve("ballot-" + id + ".key");
        var away = keys.resolve("ballot-" + id + ".away");
        Files.move(file, away);
        polls.close(near.districtDesk(), id);
        clock.run(id);
        assertThat(desk.stuck(poll(id)))
                .singleElement()
                .satisfies(one -> assertThat(one.shut()).isEqualTo(one.lies()).isEqualTo(1));
        Files.move(away, file);
        clock.run(id);
        assertThat(poll(id).state()).isEqualTo(PollState.COUNTED);
        assertThat(group(id, near.garden()).valid()).isEqualTo(1);
    }
}

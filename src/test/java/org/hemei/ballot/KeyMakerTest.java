package org.hemei.ballot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;

import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Refusal;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** Keys are made behind everybody's back, and nothing is cast before all of them are published. */
@HemeiTest
class KeyMakerTest {

    @Autowired
    Towns towns;

    @Autowired
    BallotThings things;

    @Autowired
    KeyMaker maker;

    @Autowired
    Polls polls;

    @Autowired
    Boxes boxes;

    @Autowired
    PollClock clock;

    @Autowired
    BallotBox box;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MockMvc mvc;

    private Town.Side near;
    private long poll;

    @BeforeEach
    void plan() {
        near = towns.make().near();
        poll = polls.plan(
                near.districtDesk(),
                things.plan(
                        near,
                        Map.of(near.garden(), List.of(near.unit()), near.oldYard(), List.of(near.oldYardUnit()))));
    }

    private PollState state() {
        return polls.find(poll).orElseThrow().state();
    }

    private List<String> published() {
        return boxes.keys(polls.find(poll).orElseThrow());
    }

    @Test
    void a_poll_waits_for_its_last_key_and_opens_under_the_very_keys_that_were_published() throws Exception {
        clock.run();
        assertThat(state()).as("its time has come, its keys have not").isEqualTo(PollState.PLANNED);
        assertThat(polls.keys(poll)).isEqualTo(new Polls.Keys(0, 2));
        mvc.perform(get("/ballot-box/" + poll)).andExpect(content().string(containsString("都备齐、公布了，才开始投票")));
        assertThatThrownBy(() -> box.key(poll, near.garden())).isInstanceOf(Refusal.class);

        maker.run();
        assertThat(polls.keys(poll).ready()).isTrue();
        jdbc.sql("update poll_group set key_modulus = null, key_sealed = null where poll = ? and estate = ?")
                .params(poll, near.oldYard())
                .update();
        clock.run();
        assertThat(state()).as("one is missing").isEqualTo(PollState.PLANNED);
        assertThat(polls.keys(poll)).isEqualTo(new Polls.Keys(1, 2));
        var first = published();

        maker.run();
        var all = published();
        assertThat(all).hasSize(2).containsAll(first);
        clock.run();
        assertThat(state()).isEqualTo(PollState.OPEN);
        maker.run();
        assertThat(published()).as("a key that was seen stays").isEqualTo(all);
        assertThat(jdbc.sql("select detail ->> 'keys' from audit_entry where action = 'poll.opened' and subject_id = ?")
                        .param(String.valueOf(poll))
                        .query(String.class)
                        .single())
                .isEqualTo(HexFormat.of().formatHex(MerkleTree.root(all)));
    }

    @Test
    void a_cancelled_poll_gets_no_more_keys() {
        polls.cancel(near.districtDesk(), poll);
        assertThat(maker.batch(poll)).isFalse();
        assertThat(published()).isEmpty();
    }
}

package org.hemei.workorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.hemei.testing.Orders.Stage;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.measure.RateSql;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** Who phoned and has no account says 没联系 to the side that asks them, and to nobody who did the work (decision 61). */
@HemeiTest
class CallerStoryTest {

    @Autowired
    WorkOrderDesk desk;

    @Autowired
    RatingDesk ratings;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    MockMvc mvc;

    @Autowired
    JdbcClient jdbc;

    Town.Side here;

    @BeforeEach
    void build() {
        here = towns.make().near();
    }

    private OrderId contacted() {
        var id = orders.phoned(here, "水管漏水，请来看看。");
        desk.dispatch(here.communityDesk(), id, orders.version(id), here.company());
        desk.take(here.manager(), id, orders.version(id));
        desk.contact(here.manager(), id, orders.version(id), "phone", "打过电话了");
        return id;
    }

    private boolean denied(OrderId id) {
        return jdbc.sql("select contact_denied from work_order where district = ? and id = ?")
                .params(id.district(), id.id())
                .query(Boolean.class)
                .single();
    }

    private List<String> steps(OrderId id) {
        return jdbc.sql(
                        "select verb || ' ' || actor_as from work_order_step where district = ? and order_id = ? order by seq desc limit 2")
                .params(id.district(), id.id())
                .query(String.class)
                .list();
    }

    @Test
    void a_caller_who_rings_again_is_believed_before_the_log() throws Exception {
        var id = contacted();
        mvc.perform(get("/orders/" + id).with(as(here.communityDesk())))
                .andExpect(content().string(containsString("来电人说没联系他")));
        mvc.perform(get("/orders/" + id).with(as(here.manager())))
                .andExpect(content().string(not(containsString("not-reached"))));
        mvc.perform(get("/orders/" + id + "/not-reached").with(as(here.communityDesk())))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("照他说的记下")));
        mvc.perform(post("/orders/" + id + "/not-reached")
                        .with(as(here.communityDesk()))
                        .with(csrf())
                        .param("version", "" + orders.version(id)))
                .andExpect(status().isSeeOther());
        assertThat(denied(id)).isTrue();
        assertThat(steps(id)).first().isEqualTo("deny_contact community");
        mvc.perform(get("/orders/" + id).with(as(here.manager())))
                .andExpect(content().string(containsString("社区记下：来电人说没联系")))
                .andExpect(content().string(containsString("重新联系，记一笔")));
        assertThatThrownBy(() -> desk.denyContact(here.communityDesk(), id, orders.version(id)))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("已经记过");
    }

    @Test
    void nobody_says_it_for_others_or_for_themselves() {
        var id = contacted();
        for (var other : List.of(here.manager(), here.streetDesk(), alsoManager())) {
            assertThatThrownBy(() -> desk.denyContact(other, id, orders.version(id)))
                    .isInstanceOf(Refusal.class);
        }
        var own = orders.at(Stage.CONTACTED, here, here.resident(), "灯不亮，请来看看。");
        assertThatThrownBy(() -> desk.denyContact(here.communityDesk(), own, orders.version(own)))
                .hasMessageContaining("点单人自己说");
        var patrol = orders.patrolled(here, "井盖松动。");
        desk.dispatch(here.communityDesk(), patrol, orders.version(patrol), here.company());
        desk.take(here.manager(), patrol, orders.version(patrol));
        assertThatThrownBy(() -> desk.denyContact(here.communityDesk(), patrol, orders.version(patrol)))
                .isInstanceOf(Refusal.class);
        assertThat(denied(id) || denied(own) || denied(patrol)).isFalse();
    }

    @Test
    void where_nobody_can_be_contacted_no_answer_is_said_to_be_owed() throws Exception {
        var patrol = orders.patrolled(here, "井盖松动，请来看看。");
        mvc.perform(get("/orders/" + patrol).with(as(here.communityDesk())))
                .andExpect(content().string(containsString("没有人可联系")))
                .andExpect(content().string(not(containsString("还没回应"))));
        mvc.perform(get("/orders/" + orders.phoned(here, "水管漏水，请来看看。")).with(as(here.communityDesk())))
                .andExpect(content().string(containsString("还没回应")));
    }

    /** Their own word under their own order, as somebody with an account has it. */
    @Test
    void whoever_phoned_and_was_joined_is_asked_as_well() throws Exception {
        var kept = orders.at(Stage.WORKING, here, here.resident(), "水管漏水，请来看看。");
        var solved = joined(kept);
        var unsolved = joined(kept);
        assertThatThrownBy(() -> ratings.rate(here.communityDesk(), solved, orders.version(solved), true, 4, ""))
                .hasMessageContaining("还没有结果");
        mvc.perform(get("/orders/" + solved).with(as(here.communityDesk())))
                .andExpect(content().string(not(containsString("call-back"))));
        desk.contact(here.staff(), kept, orders.version(kept), "phone", "约好了");
        desk.resolve(here.staff(), kept, orders.version(kept), "换了水管", List.of(), List.of());
        desk.verify(here.communityDesk(), kept, orders.version(kept), "");

        mvc.perform(get("/todo?need=call_back").with(as(here.communityDesk())))
                .andExpect(content().string(containsString(solved.toString())))
                .andExpect(content().string(containsString(unsolved.toString())));
        mvc.perform(get("/orders/" + solved).with(as(here.communityDesk())))
                .andExpect(content().string(containsString("打电话问问修没修好")))
                .andExpect(content().string(containsString("看电话")));
        for (var other : List.of(here.manager(), here.streetDesk(), alsoManager())) {
            assertThatThrownBy(() -> ratings.rate(other, solved, orders.version(solved), true, 4, ""))
                    .isInstanceOfAny(Refusal.class, Missing.class);
        }
        mvc.perform(post("/orders/" + solved + "/call-back")
                        .with(as(here.communityDesk()))
                        .with(csrf())
                        .param("version", "" + orders.version(solved))
                        .param("solved", "yes")
                        .param("satisfied", "4"))
                .andExpect(status().isSeeOther());
        assertThat(orders.state(solved)).isEqualTo("merged");
        assertThat(steps(solved)).first().isEqualTo("rate community");
        ratings.rate(here.communityDesk(), unsolved, orders.version(unsolved), false, 1, "我家还漏");
        assertThat(orders.state(unsolved)).isEqualTo("awaiting_dispatch");
        assertThat(resolution(solved)).isEqualTo("solved");
        assertThat(resolution(unsolved)).isEqualTo("unsolved");
        assertThat(orders.state(kept)).as("its reporter speaks for themselves").isEqualTo("awaiting_rating");
        mvc.perform(get("/todo?need=call_back").with(as(here.communityDesk())))
                .andExpect(content().string(not(containsString(solved.toString()))));
        assertThatThrownBy(() -> ratings.rate(here.communityDesk(), solved, orders.version(solved), true, 5, ""))
                .isInstanceOf(Refusal.class);
    }

    private OrderId joined(OrderId kept) {
        var id = orders.phoned(here, "水管漏水，我家也是。");
        desk.merge(here.communityDesk(), id, orders.version(id), kept);
        return id;
    }

    private String resolution(OrderId id) {
        return jdbc.sql("select part from (" + RateSql.cases("o.district = :district and o.id = :id")
                        + ") x where rate = 'resolution'")
                .param("now", Timestamp.from(Instant.now()))
                .param("district", id.district())
                .param("id", id.id())
                .query(String.class)
                .single();
    }

    /** Of the community's desk, and of the holder's. */
    private Reader alsoManager() {
        var account = towns.account();
        towns.grant(account, Role.COMMUNITY, here.community(), null, null, null);
        towns.grant(account, Role.MANAGER, null, null, here.company(), null);
        return towns.reader(account);
    }

    @Test
    void whoever_is_called_back_is_asked_for_the_contact_first() throws Exception {
        var id = orders.at(Stage.CALLED, here, here.resident(), "门禁坏了，进不来。");
        mvc.perform(get("/orders/" + id + "/call-back").with(as(here.communityDesk())))
                .andExpect(content().string(containsString("name=\"contacted\"")));
        mvc.perform(post("/orders/" + id + "/call-back")
                        .with(as(here.communityDesk()))
                        .with(csrf())
                        .param("version", "" + orders.version(id))
                        .param("contacted", "no")
                        .param("solved", "yes")
                        .param("satisfied", "4"))
                .andExpect(status().isSeeOther());
        assertThat(steps(id)).containsExactly("rate community", "deny_contact community");
        assertThat(denied(id)).isTrue();
        assertThat(orders.state(id)).isEqualTo("closed");

        var again = orders.at(Stage.CALLED, here, here.resident(), "门禁又坏了，进不来。");
        ratings.rate(here.communityDesk(), again, orders.version(again), false, false, 1, "没人来过");
        assertThat(orders.state(again)).isEqualTo("in_progress");
        mvc.perform(get("/todo").with(as(here.manager()))).andExpect(content().string(containsString("联系居民")));

        var asked = orders.at(Stage.CALLED, here, here.resident(), "门禁还坏着，进不来。");
        ratings.rate(here.communityDesk(), asked, orders.version(asked), true, true, 5, "");
        assertThat(denied(asked)).isFalse();
        assertThat(steps(asked)).containsExactly("rate community", "verify community");
    }
}

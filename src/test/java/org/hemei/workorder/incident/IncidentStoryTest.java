package org.hemei.workorder.incident;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Orders;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.Joiners;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.RatingDesk;
import org.hemei.workorder.SubmissionDesk.Submission;
import org.hemei.workorder.WorkOrderDesk;
import org.hemei.workorder.list.Span;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** 停水: one notice, twenty orders, one end; and each of the twenty still verified and rated for itself. */
@HemeiTest
class IncidentStoryTest {

    @Autowired
    IncidentDesk desk;

    @Autowired
    IncidentOrders attaching;

    @Autowired
    IncidentSettling settling;

    @Autowired
    IncidentQueries queries;

    @Autowired
    IncidentThings things;

    @Autowired
    WorkOrderDesk orderDesk;

    @Autowired
    RatingDesk ratings;

    @Autowired
    Pump pump;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    Joiners joiners;

    @Autowired
    FieldCipher cipher;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    @AfterEach
    void now() {
        clock.reset();
    }

    @Test
    void one_notice_answers_twenty() {
        var here = towns.make().near();
        var leaf = leaf();
        var filed = new ArrayList<OrderId>();
        for (int i = 0; i < 20; i++) {
            var resident = i == 0 ? here.resident() : towns.resident(here.garden(), here.unit());
            filed.add(orders.file(resident, Orders.said(here.garden(), here.building(), leaf, "家里没水了，第 " + i + " 家。")));
        }
        // eight wait at the community, six were sent, six are in hand
        for (int i = 8; i < 20; i++) {
            orderDesk.dispatch(here.communityDesk(), filed.get(i), orders.version(filed.get(i)), here.company());
            if (i >= 14) {
                orderDesk.take(here.manager(), filed.get(i), orders.version(filed.get(i)));
            }
        }
        var elsewhere = orders.file(here.oldYardResident(), Orders.said(here.oldYard(), null, leaf, "老院子也没水。"));

        var id = things.publish(here, leaf.split("\\.")[0]);
        pump();
        assertThat(told(here.neighbour(), id)).containsExactly("您那里有一个通知");

        // somebody about to file sees it and joins instead
        var running = queries.running(here.neighbour(), here.garden(), here.building(), leaf.split("\\.")[0], leaf);
        assertThat(running)
                .singleElement()
                .satisfies(one -> assertThat(one.joined()).isFalse());
        desk.join(here.neighbour(), id);
        desk.join(here.neighbour(), id);
        assertThatThrownBy(() -> desk.join(here.oldYardResident(), id)).isInstanceOf(Missing.class);

        // seen before it is done: the twenty of the place, not the one of the old yard
        var fitting = queries.fitting(queries.find(id).orElseThrow());
        assertThat(fitting).extracting(Incident.Order::id).containsExactlyInAnyOrderElementsOf(filed);
        var all = new ArrayList<>(filed);
        all.add(elsewhere);
        // one more follows by the order of somebody else
        var joined = towns.resident(here.garden(), here.unit());
        joiners.join(joined, filed.getFirst());
        assertThat(attaching.attach(here.communityDesk(), id, version(id), all)).isEqualTo(20);

        desk.note(
                here.communityDesk(), id, version(id), "新泵下午到", clock.instant().plus(Duration.ofHours(8)));
        pump();
        assertThat(told(here.resident(), id)).contains("您的单和这个通知是同一件事", "通知有更新");
        assertThat(told(here.neighbour(), id)).contains("通知有更新");
        assertThat(told(joined, id)).containsExactly("通知有更新");
        assertThat(queries.follows(joined, id)).isTrue();
        assertThat(queries.follows(here.oldYardResident(), id)).isFalse();

        // one act of the community answers what waits at its desk; the company's own wait for the company
        assertThat(settling.end(here.communityDesk(), id, version(id), "19 点来水了，先放几分钟"))
                .isEqualTo(8);
        assertThat(states(filed)).filteredOn("answered"::equals).hasSize(8);
        assertThat(settling.settle(here.manager(), id, "")).isEqualTo(12);
        assertThat(states(filed)).filteredOn("resolved"::equals).hasSize(12);
        assertThatThrownBy(() -> settling.settle(here.manager(), id, "")).isInstanceOf(Refusal.class);

        // each by its own rule: verified by the community, rated by its reporter
        orderDesk.verify(here.communityDesk(), filed.get(19), orders.version(filed.get(19)), "有水");
        ratings.rate(here.resident(), filed.getFirst(), orders.version(filed.getFirst()), true, 4, "");
        assertThat(orders.state(filed.get(19))).isEqualTo("awaiting_rating");
        assertThat(orders.state(elsewhere)).isEqualTo("submitted");
        assertThat(queries.running(here.neighbour(), here.garden(), null, "", ""))
                .isEmpty();
    }

    @Test
    void the_words_it_ends_with_reach_those_whose_order_they_count_for() {
        var here = towns.make().near();
        var leaf = leaf();
        var own = orders.file(here.resident(), Orders.said(here.garden(), here.building(), leaf, "家里没水了。"));
        var phoned = orders.file(here.communityDesk(), filed(here, leaf, "phone", "13977700001"));
        var seen = orders.file(here.communityDesk(), filed(here, leaf, "patrol", null));
        var id = things.publish(here, leaf.split("\\.")[0]);
        var all = List.of(own, phoned, seen);
        for (var one : all) {
            orderDesk.dispatch(here.communityDesk(), one, orders.version(one), here.company());
        }
        attaching.attach(here.communityDesk(), id, version(id), all);
        settling.end(here.communityDesk(), id, version(id), "19 点来水了");
        settling.settle(here.manager(), id, "换了水泵，先放几分钟");
        pump();
        assertThat(said(here.resident(), id)).contains("通知的事结束了 小区停水：19 点来水了", "通知的事，您的单办好了 小区停水：换了水泵，先放几分钟");
        assertThat(jdbc.sql("select body_cipher from sms_message order by id desc limit 20")
                        .query((r, n) -> cipher.decrypt(r.getBytes(1)))
                        .list())
                .filteredOn(text -> text.contains("换了水泵，先放几分钟。"))
                .hasSize(1);
        assertThat(all)
                .extracting(one -> jdbc.sql("select contacted_at is not null from work_order where id = ?")
                        .param(one.id())
                        .query(Boolean.class)
                        .single())
                .as("whom the words reach")
                .containsExactly(true, true, false);
    }

    @Test
    void one_that_was_attached_by_mistake_goes_its_own_way_and_is_not_answered_by_the_end() {
        var here = towns.make().near();
        var leaf = leaf();
        var own = orders.file(here.resident(), Orders.said(here.garden(), here.building(), leaf, "自家水管爆了。"));
        var other = orders.file(here.neighbour(), Orders.said(here.garden(), here.building(), leaf, "家里没水了。"));
        var id = things.publish(here, leaf.split("\\.")[0]);
        attaching.attach(here.communityDesk(), id, version(id), List.of(own, other));
        assertThatThrownBy(() -> attaching.detach(here.communityDesk(), id, version(id), List.of(own), " "))
                .hasMessageContaining("还没写为什么撤出来");
        assertThatThrownBy(() -> attaching.detach(here.communityDesk(), id, version(id), List.of(), "不是一回事"))
                .hasMessageContaining("请至少选一张");
        assertThatThrownBy(() -> attaching.detach(here.manager(), id, version(id), List.of(own), "不是一回事"))
                .hasMessageContaining("来更新和结束");

        attaching.detach(here.communityDesk(), id, version(id), List.of(own), "是他自家的水管");
        assertThat(queries.find(id).orElseThrow().attached()).isEqualTo(1);
        assertThat(jdbc.sql("select words from work_order_remark where order_id = ?")
                        .param(own.id())
                        .query(String.class)
                        .single())
                .isEqualTo("从群体通知“小区停水”里撤出来，单独办：是他自家的水管");
        settling.end(here.communityDesk(), id, version(id), "19 点来水了");
        assertThat(orders.state(own)).isEqualTo("submitted");
        assertThat(orders.state(other)).isEqualTo("answered");
        assertThatThrownBy(() -> attaching.detach(here.communityDesk(), id, version(id), List.of(other), "晚了"))
                .hasMessageContaining("已经结束了，不用再撤");
    }

    @Test
    void a_company_takes_out_what_it_holds_and_reads_whose_the_others_are() {
        var here = towns.make().near();
        var leaf = leaf();
        var own = orders.file(here.resident(), Orders.said(here.garden(), here.building(), leaf, "自家水管爆了。"));
        var other = orders.file(here.neighbour(), Orders.said(here.garden(), here.building(), leaf, "家里没水了。"));
        orderDesk.dispatch(here.communityDesk(), own, orders.version(own), here.company());
        var id = desk.publish(
                here.manager(),
                new IncidentDesk.Draft(
                        "",
                        here.garden(),
                        null,
                        leaf.split("\\.")[0],
                        "小区停水",
                        "水泵坏了，正在抢修。",
                        clock.instant().plus(Duration.ofHours(6))));
        attaching.attach(here.manager(), id, version(id), List.of(own, other));
        assertThatThrownBy(() -> attaching.detach(here.manager(), id, version(id), List.of(own, other), "不是一回事"))
                .isInstanceOf(Refusal.class)
                .hasMessageContaining("“家里没水了”（")
                .hasMessageContaining("请社区来撤")
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("自家水管爆了"));
        assertThat(queries.find(id).orElseThrow().attached()).isEqualTo(2);
        attaching.detach(here.manager(), id, version(id), List.of(own), "不是一回事");
        attaching.detach(here.communityDesk(), id, version(id), List.of(other), "不是一回事");
        assertThat(queries.find(id).orElseThrow().attached()).isZero();
    }

    @Test
    void the_end_settles_what_is_chosen_and_leaves_the_rest_as_it_is() {
        var here = towns.make().near();
        var leaf = leaf();
        var first = orders.file(here.resident(), Orders.said(here.garden(), here.building(), leaf, "家里没水了。"));
        var second = orders.file(here.neighbour(), Orders.said(here.garden(), here.building(), leaf, "水很小。"));
        var id = things.publish(here, leaf.split("\\.")[0]);
        attaching.attach(here.communityDesk(), id, version(id), List.of(first, second));
        assertThat(settling.end(here.communityDesk(), id, version(id), "19 点来水了", List.of(first)))
                .isEqualTo(1);
        assertThat(states(List.of(first, second))).containsExactly("answered", "submitted");
        assertThatThrownBy(() -> settling.settle(here.communityDesk(), id, "", List.of()))
                .hasMessageContaining("请至少选一张");
        attaching.detach(here.communityDesk(), id, version(id), List.of(second), "水压的事，还要查");
        assertThatThrownBy(() -> settling.settle(here.communityDesk(), id, "")).hasMessageContaining("没有要您这一方办的单");
    }

    private static Submission filed(Town.Side here, String leaf, String channel, @Nullable String phone) {
        return new Submission(
                here.garden(),
                here.building(),
                null,
                leaf,
                "停水了，来人看看。",
                "",
                false,
                List.of(),
                channel,
                phone == null ? null : "来电人",
                phone);
    }

    private List<String> said(Reader reader, IncidentId id) {
        return jdbc.sql("select title || ' ' || body from notice where account = ? and link = ? order by at, id")
                .params(reader.account(), "/incidents/" + id)
                .query(String.class)
                .list();
    }

    @Test
    void who_may_write_it_and_nobody_else() {
        var town = towns.make();
        var here = town.near();
        var id = things.publish(here, "utility");
        assertThatThrownBy(() ->
                        desk.note(here.manager(), id, 1, "我来更新", clock.instant().plusSeconds(3600)))
                .hasMessageContaining("来更新和结束");
        assertThatThrownBy(() -> desk.note(
                        town.far().communityDesk(), id, 1, "看看", clock.instant().plusSeconds(3600)))
                .isInstanceOf(Missing.class);
        assertThatThrownBy(() -> desk.publish(here.manager(), draft(here.oldYard())))
                .isInstanceOf(Refusal.class);
        var own = desk.publish(here.manager(), draft(here.garden()));
        settling.end(here.manager(), own, 1, "好了");
        assertThatThrownBy(() -> desk.join(here.resident(), own)).hasMessageContaining("已经结束");
        desk.note(here.communityDesk(), id, 1, "快好了", clock.instant().plusSeconds(3600));
        assertThatThrownBy(() -> settling.end(here.communityDesk(), id, 1, "旧页面上点的"))
                .isInstanceOf(Stale.class);
    }

    @Test
    void who_manages_one_project_has_no_say_in_another_of_the_same_company() {
        var here = towns.make().near();
        towns.contract(here.company(), here.oldYard());
        var own = desk.publish(here.manager(), draft(here.garden()));
        var elsewhere = towns.account(Role.MANAGER, null, here.oldYard(), here.company(), null);
        assertThatThrownBy(() ->
                        desk.note(elsewhere, own, 1, "别的项目来改", clock.instant().plusSeconds(3600)))
                .isInstanceOf(Missing.class);
        assertThat(queries.list(elsewhere, true, "", Span.ALL, null, 51)).isEmpty();
        var whole = towns.account(Role.MANAGER, null, null, here.company(), null);
        assertThat(queries.list(whole, true, "", Span.ALL, null, 51))
                .extracting(Incident::id)
                .containsExactly(own);
        desk.note(whole, own, 1, "公司来更新", clock.instant().plusSeconds(3600));
    }

    private IncidentDesk.Draft draft(long estate) {
        return new IncidentDesk.Draft(
                "", estate, null, "utility", "停电检修", "今晚检修", clock.instant().plusSeconds(7200));
    }

    private String leaf() {
        return jdbc.sql("select code from category where parent = 'utility' order by code limit 1")
                .query(String.class)
                .single();
    }

    private int version(IncidentId id) {
        return queries.find(id).orElseThrow().version();
    }

    private List<String> states(List<OrderId> ids) {
        return ids.stream().map(orders::state).toList();
    }

    private List<String> told(Reader reader, IncidentId id) {
        return jdbc.sql("select title from notice where account = ? and link = ? order by at, id")
                .params(reader.account(), "/incidents/" + id)
                .query(String.class)
                .list();
    }

    /** Until nobody who follows the log is behind. */
    private void pump() {
        pump.through("work-order-news", "supervision-follow", "incident-news");
    }
}

package org.hemei.workorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.hemei.platform.Missing;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Orders;
import org.hemei.testing.Orders.Stage;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.dispute.DisputeThings;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What happens when they differ about who does it, when it is not solved, when it is not for the mechanism, when it is the same matter. */
@HemeiTest
class DisputeStoryTest {

    @Autowired
    WorkOrderDesk desk;

    @Autowired
    DisputeDesk disputes;

    @Autowired
    SupervisionDesk supervisions;

    @Autowired
    InstructionDesk instructions;

    @Autowired
    JointDesk joint;

    @Autowired
    AssistDesk assists;

    @Autowired
    TransferDesk transfers;

    @Autowired
    RatingDesk ratings;

    @Autowired
    Joiners joiners;

    @Autowired
    DisputeThings things;

    @Autowired
    Pump pump;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    Town town;
    Town.Side here;

    @BeforeEach
    void build() {
        town = towns.make();
        here = town.near();
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    @Test
    void returned_redispatched_returned_again_and_ruled_to_the_backstop_team() {
        var id = orders.at(Stage.WORKING, here, here.resident(), "水管漏水，楼道全是水。");

        // the company says it is not its pipe; the community sends it to the water company in the same stroke
        disputes.request(here.manager(), id, orders.version(id), "not_ours", "是供水集团的管子");
        assertThat(orders.state(id)).isEqualTo("return_requested");
        disputes.grantTo(here.communityDesk(), id, orders.version(id), "请供水来看", here.helperBody());
        assertThat(orders.state(id)).isEqualTo("dispatched");
        assertThat(holder(id)).isEqualTo(here.helperBody());

        // the water company says it neither; the community has no say any more
        disputes.request(here.utilityManager(), id, orders.version(id), "contract", "表后管归业主共有");
        assertThatThrownBy(() -> disputes.grant(here.communityDesk(), id, orders.version(id), ""))
                .hasMessageContaining("由街道来裁定");
        assertThatThrownBy(() -> disputes.refuse(here.communityDesk(), id, orders.version(id), "不行"))
                .hasMessageContaining("由街道来裁定");
        assertThatThrownBy(() -> disputes.rule(here.communityDesk(), id, orders.version(id), here.backstop(), "试试"))
                .hasMessageContaining("不归您办");

        // the street names the community's backstop team, and that is the last word
        disputes.rule(here.streetDesk(), id, orders.version(id), here.backstop(), "先止水，费用另行分担");
        assertThat(holder(id)).isEqualTo(here.backstop());
        assertThatThrownBy(() -> disputes.request(here.backstopManager(), id, orders.version(id), "other", "我们也忙不过来"))
                .hasMessageContaining("街道已经裁定");

        // what the backstop team did is verified by the street
        desk.take(here.backstopManager(), id, orders.version(id));
        desk.resolve(here.backstopManager(), id, orders.version(id), "关阀换管", List.of(), List.of());
        assertThatThrownBy(() -> desk.verify(here.communityDesk(), id, orders.version(id), ""))
                .hasMessageContaining("由街道来核验");
        desk.verify(here.streetDesk(), id, orders.version(id), "不漏了");
        ratings.rate(here.resident(), id, orders.version(id), true, 4, "总算好了");

        assertThat(orders.state(id)).isEqualTo("closed");
        assertThat(verbs(id))
                .containsSubsequence(
                        "take",
                        "request_return",
                        "grant_return",
                        "dispatch",
                        "request_return",
                        "rule",
                        "take",
                        "resolve",
                        "verify",
                        "rate");
        assertThat(jdbc.sql("select outcome from order_dispute where order_id = ? order by number")
                        .param(id.id())
                        .query(String.class)
                        .list())
                .containsExactly("granted", "ruled");
    }

    @Test
    void a_refused_return_goes_back_to_where_it_was_and_is_the_holders_only_one() {
        var taken = orders.at(Stage.WORKING, here, here.resident(), "单元门坏了。");
        var due = resolveDue(taken);
        disputes.request(here.manager(), taken, orders.version(taken), "contract", "合同没写门");
        clock.advance(Duration.ofHours(2));
        disputes.refuse(here.communityDesk(), taken, orders.version(taken), "合同第三条写了");
        assertThat(orders.state(taken)).isEqualTo("in_progress");
        assertThat(resolveDue(taken)).as("the wait was not the holder's").isAfterOrEqualTo(due);
        assertThatThrownBy(() -> disputes.request(here.manager(), taken, orders.version(taken), "other", "再退一次"))
                .hasMessageContaining("只能退一次");

        var sent = orders.at(Stage.DISPATCHED, here, here.resident(), "路灯不亮。");
        disputes.request(here.manager(), sent, orders.version(sent), "not_ours", "是市政的");
        disputes.refuse(here.communityDesk(), sent, orders.version(sent), "在小区里面");
        assertThat(orders.state(sent)).isEqualTo("dispatched");
        desk.take(here.manager(), sent, orders.version(sent));
    }

    @Test
    void the_time_for_a_return_runs_out() {
        var id = orders.at(Stage.DISPATCHED, here, here.resident(), "地砖松了。");
        clock.advance(Duration.ofDays(12));
        assertThatThrownBy(() -> disputes.request(here.manager(), id, orders.version(id), "not_ours", "不是我们的"))
                .hasMessageContaining("过了退单的期限");
    }

    @Test
    void what_the_backstop_team_returns_is_the_streets_at_once() {
        var id = orders.file(here.oldYardResident(), here.oldYard(), "院墙裂了缝。");
        desk.dispatch(here.communityDesk(), id, orders.version(id), here.backstop());
        disputes.request(here.backstopManager(), id, orders.version(id), "outside", "要鉴定房屋安全");
        assertThatThrownBy(() -> disputes.grant(here.communityDesk(), id, orders.version(id), ""))
                .hasMessageContaining("由街道来裁定");
        disputes.rule(here.streetDesk(), id, orders.version(id), here.backstop(), "先围挡，鉴定另办");
        assertThat(orders.state(id)).isEqualTo("dispatched");
    }

    @Test
    void of_thirty_two_rulings_at_once_one_stands() throws Exception {
        var id = orders.at(Stage.DISPUTED, here, here.resident(), "下水道堵了。");
        var seen = orders.version(id);
        var start = new CyclicBarrier(32);
        var outcomes = new ArrayList<String>();
        try (var pool = Executors.newVirtualThreadPerTaskExecutor()) {
            var futures = IntStream.range(0, 32)
                    .mapToObj(i -> pool.submit(() -> {
                        start.await();
                        try {
                            disputes.rule(
                                    here.streetDesk(),
                                    id,
                                    seen,
                                    i % 2 == 0 ? here.company() : here.backstop(),
                                    "第 " + i + " 份裁定");
                            return "ruled";
                        } catch (Stale told) {
                            return "told";
                        }
                    }))
                    .toList();
            for (var future : futures) {
                outcomes.add(future.get());
            }
        }
        assertThat(outcomes).filteredOn("ruled"::equals).hasSize(1);
        assertThat(outcomes).filteredOn("told"::equals).hasSize(31);
        assertThat(verbs(id)).filteredOn("rule"::equals).hasSize(1);
        assertThat(count("order_dispute where order_id = " + id.id() + " and outcome = 'ruled' and named = "
                        + holder(id)))
                .isEqualTo(1);
    }

    @Test
    void not_solved_twice_is_supervised_answered_sent_back_and_lifted() {
        var id = orders.at(Stage.VERIFIED, here, here.resident(), "电梯又停了。");
        ratings.rate(here.resident(), id, orders.version(id), false, 2, "还是停");
        pump();
        assertThat(supervised(id)).isFalse();
        again(id);
        ratings.rate(here.resident(), id, orders.version(id), false, 1, "又停了");
        pump();
        assertThat(supervised(id)).isTrue();
        assertThat(verbs(id)).filteredOn("supervise"::equals).hasSize(1);

        // the holder answers in writing; nobody else does
        assertThatThrownBy(() -> supervisions.answer(here.communityDesk(), id, orders.version(id), "我们替他答"))
                .hasMessageContaining("由处理单位来答复");
        assertThatThrownBy(() -> supervisions.sendBack(here.streetDesk(), id, orders.version(id), "没答就退"))
                .hasMessageContaining("还没答复");
        supervisions.answer(here.manager(), id, orders.version(id), "等配件");
        supervisions.sendBack(here.streetDesk(), id, orders.version(id), "没写哪天到");
        supervisions.answer(here.manager(), id, orders.version(id), "配件周五到，周六换");
        supervisions.lift(here.streetDesk(), id, orders.version(id), "写清楚了");
        assertThat(supervised(id)).isFalse();
        assertThat(jdbc.sql("select state from supervision where order_id = ?")
                        .param(id.id())
                        .query(String.class)
                        .single())
                .isEqualTo("lifted");
    }

    @Test
    void an_order_that_ends_ends_its_supervision() {
        var id = orders.at(Stage.SUPERVISED, here, here.resident(), "消防栓没水。");
        assertThatThrownBy(() -> supervisions.supervise(here.streetDesk(), id, orders.version(id), "再来"))
                .hasMessageContaining("已经在督办");
        again(id);
        ratings.rate(here.resident(), id, orders.version(id), true, 5, "");
        pump();
        assertThat(supervised(id)).isFalse();
        assertThat(jdbc.sql("select state from supervision where order_id = ?")
                        .param(id.id())
                        .query(String.class)
                        .single())
                .isEqualTo("ended");
    }

    @Test
    void a_leaders_mark_is_answered_by_whom_it_names() {
        var id = orders.at(Stage.MARKED, here, here.resident(), "树挡了窗。");
        var mark = jdbc.sql("select id from leader_mark where order_id = ?")
                .param(id.id())
                .query(Long.class)
                .single();
        assertThatThrownBy(() -> instructions.answer(here.communityDesk(), id, orders.version(id), mark, "社区答"))
                .hasMessageContaining("由他们答复");
        instructions.answer(here.manager(), id, orders.version(id), mark, "周三修剪");
        assertThatThrownBy(() -> instructions.answer(here.manager(), id, orders.version(id), mark, "再答"))
                .hasMessageContaining("已经答复");
        assertThat(jdbc.sql("select answer from leader_mark_words where mark_id = ?")
                        .param(mark)
                        .query(String.class)
                        .single())
                .isEqualTo("周三修剪");
    }

    @Test
    void the_lead_waits_for_the_parts_of_the_others() {
        var id = orders.at(Stage.SHARED, here, here.resident(), "地面塌陷。");
        assertThatThrownBy(() -> desk.resolve(here.manager(), id, orders.version(id), "填好了", List.of(), List.of()))
                .hasMessageContaining("还没办完自己那部分");
        var part = orders.assist(id, here.helperBody());
        assists.accept(here.helper(), id, orders.version(id), part);
        assists.done(here.helper(), id, orders.version(id), part, "水管没漏", List.of());
        joint.share(
                here.communityDesk(),
                id,
                orders.version(id),
                here.otherHelperBody(),
                "查空洞",
                clock.instant().plus(Duration.ofDays(1)));
        joint.release(here.communityDesk(), id, orders.version(id), orders.assist(id, here.otherHelperBody()), "已查过");
        desk.resolve(here.manager(), id, orders.version(id), "填好了", List.of(), List.of());
        assertThat(orders.state(id)).isEqualTo("resolved");
    }

    @Test
    void a_matter_for_the_court_is_told_where_and_never_dropped() {
        var id = orders.file(here.resident(), here.garden(), "物业费要打官司。");
        assertThatThrownBy(() -> transfers.refer(here.communityDesk(), id, 1, 999_999, "归法院"))
                .hasMessageContaining("请选去哪儿办");
        transfers.refer(here.communityDesk(), id, 1, things.channel(town), "合同纠纷归法院");
        assertThat(orders.state(id)).isEqualTo("transferred");
        assertThatThrownBy(() -> desk.remark(here.communityDesk(), id, orders.version(id), "补", List.of()))
                .isInstanceOf(Refusal.class);
    }

    @Test
    void an_offered_order_stays_open_until_the_other_estate_takes_it() {
        var id = orders.file(here.resident(), here.garden(), "隔壁老院子的灯不亮。");
        offer(id);
        assertThat(orders.state(id)).isEqualTo("transfer_offered");
        assertThatThrownBy(() -> transfers.take(town.far().communityDesk(), id, orders.version(id)))
                .isInstanceOf(Missing.class);
        transfers.decline(here.communityDesk(), id, orders.version(id), "是花园的灯");
        assertThat(orders.state(id)).isEqualTo("awaiting_dispatch");

        var due = due(id);
        offer(id);
        clock.advance(Duration.ofMinutes(1));
        assertThatThrownBy(() -> transfers.recall(here.manager(), id, orders.version(id), "不转了"))
                .isInstanceOf(Missing.class);
        transfers.recall(here.communityDesk(), id, orders.version(id), "问清楚了，是花园的灯");
        assertThat(orders.state(id)).isEqualTo("awaiting_dispatch");
        assertThat(due(id)).as("offering gains no time").isEqualTo(due);
        assertThatThrownBy(() -> transfers.take(here.communityDesk(), id, orders.version(id)))
                .isInstanceOf(Missing.class);

        offer(id);
        var became = transfers.take(here.communityDesk(), id, orders.version(id));
        assertThat(orders.state(id)).isEqualTo("transferred");
        var there = OrderId.valueOf(became.substring("/orders/".length()));
        assertThat(orders.state(there)).isEqualTo("submitted");
        assertThat(jdbc.sql("select estate from work_order where id = ? and reporter = ?")
                        .params(there.id(), here.resident().account())
                        .query(Long.class)
                        .single())
                .isEqualTo(here.oldYard());
    }

    @Test
    void who_was_merged_is_told_and_rates_for_themselves() {
        var kept = orders.at(Stage.WORKING, here, here.resident(), "东门路灯不亮。");
        var twin = orders.file(here.neighbour(), here.garden(), "东门口的路灯坏了。");
        var third = towns.resident(here.garden(), here.emptyUnit());
        joiners.join(third, twin);
        desk.merge(here.communityDesk(), twin, 1, kept);
        // the reporter and whoever had joined the twin follow the kept order
        assertThat(joined(kept)).isEqualTo(2);
        assertThatThrownBy(() -> ratings.rate(here.neighbour(), twin, orders.version(twin), true, 5, ""))
                .hasMessageContaining("还没有结果");

        desk.resolve(here.manager(), kept, orders.version(kept), "换了灯", List.of(), List.of());
        desk.verify(here.communityDesk(), kept, orders.version(kept), "亮了");
        pump();
        assertThat(told(here.neighbour(), twin)).contains("合在一起的那件事核验过了，请您也评价");
        assertThat(told(third, kept)).contains("您也遇到的那件事办好了");

        ratings.rate(here.neighbour(), twin, orders.version(twin), true, 4, "亮了");
        ratings.rate(here.resident(), kept, orders.version(kept), true, 5, "");
        assertThatThrownBy(() -> ratings.rate(here.neighbour(), twin, orders.version(twin), true, 5, "再来"))
                .hasMessageContaining("已经评价过");
        assertThat(orders.state(twin)).isEqualTo("merged");
        assertThat(count("work_order_rating where order_id in (" + kept.id() + ", " + twin.id() + ")"))
                .isEqualTo(2);
    }

    @Test
    void not_solved_for_the_merged_one_goes_its_own_way() {
        var kept = orders.at(Stage.WORKING, here, here.resident(), "二楼水压小。");
        var twin = orders.file(here.neighbour(), here.garden(), "洗澡没水压。");
        desk.merge(here.communityDesk(), twin, 1, kept);
        desk.resolve(here.manager(), kept, orders.version(kept), "换了泵", List.of(), List.of());
        desk.verify(here.communityDesk(), kept, orders.version(kept), "");
        ratings.rate(here.neighbour(), twin, orders.version(twin), false, 2, "我家还是小");
        assertThat(orders.state(twin)).isEqualTo("awaiting_dispatch");
        assertThat(orders.state(kept)).isEqualTo("awaiting_rating");
        assertThat(joined(kept)).isZero();
    }

    @Test
    void a_merge_is_taken_back_while_the_kept_order_runs() {
        var kept = orders.at(Stage.WORKING, here, here.resident(), "西门道闸坏了。");
        var twin = orders.file(here.neighbour(), here.garden(), "西门口地砖松了。");
        desk.merge(here.communityDesk(), twin, 1, kept);
        desk.unmerge(here.communityDesk(), twin, orders.version(twin), "不是一件事");
        assertThat(orders.state(twin)).isEqualTo("awaiting_dispatch");
        assertThat(joined(kept)).isZero();

        desk.merge(here.communityDesk(), twin, orders.version(twin), kept);
        again(kept);
        ratings.rate(here.resident(), kept, orders.version(kept), true, 5, "");
        assertThatThrownBy(() -> desk.unmerge(here.communityDesk(), twin, orders.version(twin), "不是一件事"))
                .hasMessageContaining("已经结束");
    }

    @Test
    void where_the_kept_order_was_merged_itself_the_chain_is_followed() {
        var last = orders.at(Stage.WORKING, here, here.resident(), "地库进水了。");
        var middle = orders.file(here.neighbour(), here.garden(), "地库有水。");
        var first = orders.file(towns.resident(here.garden(), here.emptyUnit()), here.garden(), "车位上有水。");
        desk.merge(here.communityDesk(), first, 1, middle);
        desk.merge(here.communityDesk(), middle, 1, last);
        assertThat(joined(last)).isEqualTo(2);

        desk.unmerge(here.communityDesk(), first, orders.version(first), "是消防管漏的");
        assertThat(orders.state(first))
                .as("what the middle one was merged into still runs")
                .isEqualTo("awaiting_dispatch");
        assertThat(joined(middle)).isZero();
        assertThat(joined(last)).as("and is followed by the neighbour only").isEqualTo(1);

        desk.merge(here.communityDesk(), first, orders.version(first), last);
        desk.unmerge(here.communityDesk(), first, orders.version(first), "再分开");
        desk.merge(here.communityDesk(), first, orders.version(first), last);
        again(last);
        ratings.rate(here.resident(), last, orders.version(last), true, 5, "");
        assertThatThrownBy(() -> desk.unmerge(here.communityDesk(), first, orders.version(first), "不是一件事"))
                .hasMessageContaining("已经结束");
    }

    @Test
    void a_number_that_no_order_has_is_refused_at_its_field() {
        var id = orders.file(here.resident(), here.garden(), "东门路灯不亮。");
        for (var none : List.of(1L, 999_999_999_999L)) {
            assertThatThrownBy(() -> desk.merge(here.communityDesk(), id, 1, new OrderId(id.district(), none)))
                    .isInstanceOfSatisfying(
                            Refusal.class,
                            refused -> assertThat(refused.reasons())
                                    .extracting(Refusal.Reason::field)
                                    .containsExactly("kept"));
            assertThatThrownBy(() -> desk.merge(town.far().communityDesk(), id, 1, new OrderId(id.district(), none)))
                    .isInstanceOf(Missing.class);
        }
    }

    @Test
    void who_was_merged_into_an_order_that_ends_without_a_result_goes_their_own_way() {
        for (var end : List.of("withdraw", "reject", "refer")) {
            var kept = orders.file(towns.resident(here.garden(), here.unit()), here.garden(), "东门路灯不亮。" + end);
            var twin = orders.file(here.neighbour(), here.garden(), "东门口的路灯坏了。" + end);
            desk.merge(here.communityDesk(), twin, 1, kept);
            switch (end) {
                case "withdraw" -> {
                    // the first word goes on for the neighbour; the community asks and ends it
                    desk.withdraw(reporterOf(kept), kept, orders.version(kept), "自己换了灯");
                    assertThat(orders.state(kept)).isEqualTo("submitted");
                    desk.withdraw(here.communityDesk(), kept, orders.version(kept), "问过了");
                }
                case "reject" -> desk.reject(here.communityDesk(), kept, orders.version(kept), "是市政的灯", "市政热线");
                default ->
                    transfers.refer(here.communityDesk(), kept, orders.version(kept), things.channel(town), "归市政管");
            }
            pump();
            assertThat(orders.state(twin)).as(end).isEqualTo("awaiting_dispatch");
            assertThat(told(here.neighbour(), twin)).contains("合在一起的那一张没办成，您的单单独办");
            assertThat(told(here.communityDesk(), twin)).contains("合并保留的那张没办成，这一张等您派单");
            assertThat(joined(kept)).isZero();
            desk.withdraw(here.neighbour(), twin, orders.version(twin), "");
        }
    }

    @Test
    void what_was_transferred_away_gives_back_who_was_merged_into_it() {
        var kept = orders.file(here.resident(), here.garden(), "东门路灯不亮。");
        var twin = orders.file(here.neighbour(), here.garden(), "东门口的路灯坏了。");
        desk.merge(here.communityDesk(), twin, 1, kept);
        offer(kept);
        transfers.take(here.communityDesk(), kept, orders.version(kept));
        pump();
        assertThat(orders.state(twin)).isEqualTo("awaiting_dispatch");
    }

    @Test
    void one_reporters_withdrawal_does_not_stop_the_neighbours_matter() {
        var id = orders.at(Stage.HELPED, here, here.resident(), "没有热水。");
        joiners.join(here.neighbour(), id);
        desk.withdraw(here.resident(), id, orders.version(id), "我家好了");
        assertThat(orders.state(id)).isEqualTo("in_progress");
        assertThat(jdbc.sql("select state from assist_task where order_id = ?")
                        .param(id.id())
                        .query(String.class)
                        .single())
                .isEqualTo("asked");
        pump();
        assertThat(told(here.neighbour(), id)).contains("点单人说不用办了，您也遇到，单子接着办");
        assertThat(told(here.manager(), id)).contains("点单人说不用办了，邻居也遇到，请接着办").doesNotContain("居民撤单了，不用再办");
        assertThat(told(here.communityDesk(), id)).contains("点单人说不用办了，邻居也遇到，请问过他们再定");
        assertThatThrownBy(() -> desk.withdraw(here.resident(), id, orders.version(id), "再说一次"))
                .hasMessageContaining("您说过不用办了");
        desk.withdraw(here.communityDesk(), id, orders.version(id), "邻居也好了");
        assertThat(orders.state(id)).isEqualTo("withdrawn");
        pump();
        assertThat(told(here.neighbour(), id)).contains("您也遇到的那件事撤单了，还要办请重新点单");
    }

    /** The words of a contact were for somebody else; that there was one is theirs to know. */
    @Test
    void whose_order_was_merged_is_told_of_a_contact_and_never_in_its_words() {
        var kept = orders.at(Stage.WORKING, here, here.resident(), "水管漏水，请来看看。");
        var merged = orders.file(here.neighbour(), here.garden(), "水管也漏了，请来看看。");
        desk.merge(here.communityDesk(), merged, orders.version(merged), kept);
        desk.contact(here.staff(), kept, orders.version(kept), "phone", "约好周三上门");
        desk.contact(here.staff(), kept, orders.version(kept), "message", "周三上门");
        pump();
        assertThat(told(here.neighbour(), merged))
                .containsOnlyOnce("和您的单合在一起办的那件事，处理单位记了联系过点单人")
                .doesNotContain("处理单位给您留言了，请看看", "处理单位记了联系过您，没联系到请点“没联系”");
        assertThat(told(here.resident(), kept)).contains("处理单位记了联系过您，没联系到请点“没联系”", "处理单位给您留言了，请看看");
    }

    private org.hemei.platform.Reader reporterOf(OrderId id) {
        return towns.reader(jdbc.sql("select reporter from work_order where district = ? and id = ?")
                .params(id.district(), id.id())
                .query(Long.class)
                .single());
    }

    @Test
    void neighbours_are_counted_by_building() {
        var id = orders.file(here.resident(), here.garden(), "没有热水。");
        joiners.join(here.neighbour(), id);
        assertThat(jdbc.sql("select building from me_too where order_id = ?")
                        .param(id.id())
                        .query(Long.class)
                        .single())
                .isEqualTo(here.building());
    }

    private Instant due(OrderId id) {
        return jdbc.sql("select due_at from work_order where district = ? and id = ?")
                .params(id.district(), id.id())
                .query(Timestamp.class)
                .single()
                .toInstant();
    }

    private void offer(OrderId id) {
        transfers.offer(
                here.communityDesk(), id, orders.version(id), "other_estate", String.valueOf(here.oldYard()), "是老院子的灯");
    }

    /** Reported done and verified once more. */
    private void again(OrderId id) {
        desk.resolve(here.manager(), id, orders.version(id), "又修了一遍", List.of(), List.of());
        desk.verify(here.communityDesk(), id, orders.version(id), "");
    }

    /** Until nobody who follows the log is behind. */
    private void pump() {
        pump.through("work-order-news", "supervision-follow", "incident-news");
    }

    private List<String> verbs(OrderId id) {
        return jdbc.sql("select verb from work_order_step where district = ? and order_id = ? order by seq")
                .params(id.district(), id.id())
                .query(String.class)
                .list();
    }

    private List<String> told(org.hemei.platform.Reader reader, OrderId id) {
        return jdbc.sql("select title from notice where account = ? and link = ? order by at, id")
                .params(reader.account(), "/orders/" + id)
                .query(String.class)
                .list();
    }

    private long holder(OrderId id) {
        return jdbc.sql("select holder from work_order where id = ?")
                .param(id.id())
                .query(Long.class)
                .single();
    }

    private java.sql.Timestamp resolveDue(OrderId id) {
        return jdbc.sql("select resolve_due from work_order where id = ?")
                .param(id.id())
                .query(java.sql.Timestamp.class)
                .single();
    }

    private boolean supervised(OrderId id) {
        return jdbc.sql("select supervised from work_order where id = ?")
                .param(id.id())
                .query(Boolean.class)
                .single();
    }

    private int joined(OrderId id) {
        return jdbc.sql("select joined from work_order where id = ?")
                .param(id.id())
                .query(Integer.class)
                .single();
    }

    private int count(String from) {
        return jdbc.sql("select count(*) from " + from).query(Integer.class).single();
    }
}

package org.hemei.workorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.hemei.platform.Missing;
import org.hemei.workorder.dispute.DisputeThings;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** An order that somebody holds goes to another, or turns out to be for nobody here; and what the wait for a verifier does to its time. */
class RedispatchStoryTest extends ClockStories {

    @Autowired
    DisputeThings things;

    @Test
    void what_is_worked_on_goes_to_another_with_a_reason_and_a_clock_of_its_own() {
        var id = working();
        help(id);
        at("2026-11-26T17:31");
        assertThatThrownBy(() -> desk.dispatch(here.communityDesk(), id, orders.version(id), here.helperBody(), " "))
                .hasMessageContaining("还没写为什么改派");
        assertThatThrownBy(() -> desk.dispatch(here.communityDesk(), id, orders.version(id), here.company(), "换一家"))
                .hasMessageContaining("已经派给这一家了");
        assertThatThrownBy(() -> desk.dispatch(here.streetDesk(), id, orders.version(id), here.helperBody(), "我们来派"))
                .hasMessageContaining("改派由社区来定");

        desk.dispatch(here.communityDesk(), id, orders.version(id), here.otherHelperBody(), "合同到期，归维保单位");
        assertThat(orders.state(id)).isEqualTo("dispatched");
        assertThat(runs(id)).as("of its own").isEqualTo("2026-11-27 17:30 2026-12-03 17:30");
        assertThatThrownBy(() -> desk.resolve(here.manager(), id, orders.version(id), "换了锁", List.of(), List.of()))
                .isInstanceOf(Missing.class);
        follow();
        assertThat(told(here.manager().account())).contains("这一单改派给别家了，不用您办");
        assertThat(told(here.helper().account())).contains("处理单位换了，请您协办的事不用做了");
        assertThat(page(here.communityDesk(), "/orders/" + id))
                .contains("社区改派", "合同到期，归维保单位", "改派前没按时联系居民，期限是 2026年11月26日 周四 17:30");
        assertThat(page(here.resident(), "/orders/" + id)).contains("社区改派", "合同到期，归维保单位");
    }

    @Test
    void whoever_the_street_named_is_changed_by_the_street_alone() {
        var id = ruled();
        assertThatThrownBy(() ->
                        desk.dispatch(here.communityDesk(), id, orders.version(id), here.otherHelperBody(), "我们想换一家"))
                .hasMessageContaining("要换由街道来定");
        assertThat(page(here.communityDesk(), "/orders/" + id)).doesNotContain("改派…");
        assertThat(page(here.streetDesk(), "/orders/" + id)).contains("改派…");
        desk.dispatch(here.streetDesk(), id, orders.version(id), here.otherHelperBody(), "供水集团不干了");
        assertThat(jdbc.sql("select actor_as from work_order_step where order_id = ? order by seq desc limit 1")
                        .param(id.id())
                        .query(String.class)
                        .single())
                .isEqualTo("street");
        assertThat(page(here.communityDesk(), "/orders/" + id)).contains("街道改派");
    }

    /** ADR 70: orders on their way stay with the old company's accounts. They are not left there for ever. */
    @Test
    void orders_of_a_company_whose_contract_is_over_wait_for_the_community() {
        var id = working();
        assertThat(page(here.communityDesk(), "/todo?need=redispatch")).doesNotContain(id.toString());
        contractEnds();
        assertThat(page(here.communityDesk(), "/todo?need=redispatch")).contains(id.toString(), "原来的单位不管了");
        assertThat(waits(here.streetDesk(), id)).isFalse();
        desk.dispatch(here.communityDesk(), id, orders.version(id), here.backstop(), "合同到期");
        assertThat(page(here.communityDesk(), "/todo?need=redispatch")).doesNotContain(id.toString());
    }

    @Test
    void one_that_the_street_named_and_that_left_waits_for_the_street() {
        var id = disputedTwice();
        disputes.rule(here.streetDesk(), id, orders.version(id), here.company(), "合同里有");
        assertThat(waits(here.streetDesk(), id)).isFalse();
        contractEnds();
        assertThat(waits(here.streetDesk(), id)).isTrue();
        assertThat(page(here.communityDesk(), "/todo?need=redispatch")).doesNotContain(id.toString());
    }

    @Test
    void a_matter_for_the_police_leaves_also_when_somebody_holds_it() {
        var id = working();
        help(id);
        transfers.refer(here.communityDesk(), id, orders.version(id), channel(), "有人故意砸的，归公安");
        assertThat(orders.state(id)).isEqualTo("transferred");
        assertThat(responded(id)).isEqualTo("referred");
        follow();
        assertThat(told(here.manager().account())).contains("这件事归别处办，不用您办了");
        assertThat(told(here.helper().account())).contains("这一单归别处办，请您协办的事不用做了");
    }

    @Test
    void the_street_sends_elsewhere_what_it_would_have_ruled_on() {
        var id = disputedTwice();
        assertThatThrownBy(() -> transfers.refer(here.communityDesk(), id, orders.version(id), channel(), "归法院"))
                .hasMessageContaining("归街道来定");
        assertThat(page(here.streetDesk(), "/orders/" + id)).contains("归公安、法院这些地方办");
        transfers.refer(here.streetDesk(), id, orders.version(id), channel(), "开发商质保，归法院");
        assertThat(orders.state(id)).isEqualTo("transferred");
        assertThat(jdbc.sql("select outcome from order_dispute where order_id = ? order by number")
                        .param(id.id())
                        .query(String.class)
                        .list())
                .containsExactly("granted", "referred");
        assertThat(page(here.resident(), "/orders/" + id)).contains("街道告诉您去别处办");
        assertThat(page(here.streetDesk(), "/disputes?state=all")).contains("归外面办");
    }

    @Test
    void a_first_return_can_be_sent_elsewhere_by_the_community_but_not_its_own_teams_work() {
        var id = working();
        disputes.request(here.manager(), id, orders.version(id), "outside", "有人打架砸坏的");
        transfers.refer(here.communityDesk(), id, orders.version(id), channel(), "归公安");
        assertThat(orders.state(id)).isEqualTo("transferred");

        var own = submissions.submit(
                here.oldYardResident(), UUID.randomUUID().toString(), said(here.oldYard(), "院门被人砸了。"));
        desk.dispatch(here.communityDesk(), own, orders.version(own), here.backstop());
        assertThatThrownBy(() -> transfers.refer(here.communityDesk(), own, orders.version(own), channel(), "归公安"))
                .hasMessageContaining("由街道来定");
        transfers.refer(here.streetDesk(), own, orders.version(own), channel(), "归公安");
        assertThat(orders.state(own)).isEqualTo("transferred");
    }

    @Test
    void while_the_verifier_looks_the_holders_time_stands_still() {
        var id = working();
        desk.contact(here.manager(), id, orders.version(id), "phone", "约好了");
        at("2026-12-01T10:00");
        desk.resolve(here.manager(), id, orders.version(id), "换了锁", List.of(), List.of());
        assertThat(runs(id)).isEqualTo("2026-11-26 17:30 2026-12-02 17:30");
        at("2026-12-03T09:30");
        desk.sendBack(here.communityDesk(), id, orders.version(id), "还是关不上");
        // a day and a half of five were left; the two days of the verifier are nobody's delay
        assertThat(runs(id)).isEqualTo("2026-11-26 17:30 2026-12-04 17:00");
        assertThat(fired(id)).noneMatch(step -> step.startsWith("escalate resolve"));
        at("2026-12-04T17:01");
        assertThat(fired(id)).contains("escalate resolve community");
    }

    @Test
    void what_was_reported_late_stays_late() {
        var id = working();
        desk.contact(here.manager(), id, orders.version(id), "phone", "约好了");
        at("2026-12-02T17:31");
        assertThat(fired(id)).contains("escalate resolve community");
        desk.resolve(here.manager(), id, orders.version(id), "换了锁", List.of(), List.of());
        at("2026-12-04T10:00");
        desk.sendBack(here.communityDesk(), id, orders.version(id), "还是关不上");
        assertThat(runs(id)).isEqualTo("2026-11-26 17:30 2026-12-02 17:30");
        assertThat(fired(id)).filteredOn("escalate resolve community"::equals).hasSize(1);
    }

    @Test
    void help_ends_with_an_order_that_is_taken_elsewhere_and_whoever_declined_reads_no_more() {
        var id = working();
        help(id);
        var task = orders.assist(id, here.helperBody());
        assists.ask(
                here.manager(),
                id,
                orders.version(id),
                here.otherHelperBody(),
                "看看门轴",
                clock.instant().plus(Duration.ofDays(2)));
        var other = orders.assist(id, here.otherHelperBody());
        assists.decline(here.helper(), id, orders.version(id), task, "没有人手");
        assertThat(page(here.helper(), "/orders/" + id)).doesNotContain("单元门锁坏了");
        assertThat(page(here.helper(), "/orders")).doesNotContain("单元门锁坏了");
        assertThat(page(here.otherHelper(), "/orders/" + id)).contains("单元门锁坏了");

        transfers.offer(
                here.communityDesk(), id, orders.version(id), "other_estate", String.valueOf(here.oldYard()), "是老院子的");
        transfers.take(here.communityDesk(), id, orders.version(id));
        assertThat(jdbc.sql("select state from assist_task where id = ?")
                        .param(other)
                        .query(String.class)
                        .single())
                .isEqualTo("cancelled");
        follow();
        assertThat(told(here.otherHelper().account())).contains("这一单转到别处办，请您协办的事不用做了");
    }

    /** Decision 78: what a shut desk leaves lying is not left lying. */
    @Test
    void the_street_does_what_its_community_is_late_with_and_nothing_before() {
        var filed = submit("单元门锁坏了，关不严。");
        assertThat(page(here.streetDesk(), "/orders/" + filed)).doesNotContain("替社区办");
        assertThatThrownBy(() -> desk.accept(here.streetDesk(), filed, orders.version(filed)))
                .hasMessageContaining("先由社区来办");
        assertThatThrownBy(() -> desk.dispatch(here.streetDesk(), filed, orders.version(filed), here.company()))
                .hasMessageContaining("先由社区来办");
        at("2026-11-27T17:31");
        assertThat(fired(filed)).contains("escalate accept street");
        assertThat(page(here.streetDesk(), "/orders/" + filed)).contains("替社区办", "② 派单");
        desk.dispatch(here.streetDesk(), filed, orders.version(filed), here.company());
        assertThat(page(here.resident(), "/orders/" + filed)).contains("街道派单");

        desk.take(here.manager(), filed, orders.version(filed));
        disputes.request(here.manager(), filed, orders.version(filed), "not_ours", "是供水集团的管子");
        assertThatThrownBy(() -> disputes.refuse(here.streetDesk(), filed, orders.version(filed), "在合同里"))
                .hasMessageContaining("社区到期没定，您可以替社区定");
        at("2026-12-03T17:31");
        assertThat(fired(filed)).contains("escalate decide street");
        disputes.refuse(here.streetDesk(), filed, orders.version(filed), "在合同里");
        desk.resolve(here.manager(), filed, orders.version(filed), "换了锁", List.of(), List.of());
        assertThatThrownBy(() -> desk.verify(here.streetDesk(), filed, orders.version(filed), "锁好了"))
                .hasMessageContaining("由社区核验");
        at("2026-12-10T17:31");
        assertThat(fired(filed)).contains("escalate verify street");
        desk.verify(here.streetDesk(), filed, orders.version(filed), "锁好了");
        assertThat(orders.state(filed)).isEqualTo("awaiting_rating");
        assertThat(page(here.communityDesk(), "/orders/" + filed)).contains("街道核验通过");
    }

    private OrderId disputedTwice() {
        var id = working();
        disputes.request(here.manager(), id, orders.version(id), "not_ours", "是供水集团的管子");
        disputes.grantTo(here.communityDesk(), id, orders.version(id), "请供水来看", here.helperBody());
        disputes.request(here.utilityManager(), id, orders.version(id), "contract", "表后管归业主共有");
        return id;
    }

    private OrderId ruled() {
        var id = disputedTwice();
        disputes.rule(here.streetDesk(), id, orders.version(id), here.helperBody(), "先止水");
        return id;
    }

    private void contractEnds() {
        jdbc.sql("update contract set during = daterange(lower(during), ?) where company = ? and estate = ?")
                .params(LocalDate.of(2026, 11, 25), here.company(), here.garden())
                .update();
    }

    private void help(OrderId id) {
        var due = clock.instant().plus(Duration.ofDays(2));
        assists.ask(here.manager(), id, orders.version(id), here.helperBody(), "看一下", due);
    }

    private long channel() {
        return things.channel(here);
    }
}

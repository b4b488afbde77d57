package org.hemei.workorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.workorder.OrderClock.Part;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** Help that is not needed any more, and help that turned out to be more than one can give: always with a reason, and told. */
class HelpStoryTest extends ClockStories {

    @Autowired
    JointDesk joint;

    @Test
    void whoever_asked_takes_it_back_and_the_helper_reads_that() {
        var id = working();
        var task = ask(here.manager(), id);
        assists.accept(here.helper(), id, orders.version(id), task);
        assertThatThrownBy(() -> assists.recall(here.manager(), id, orders.version(id), task, " "))
                .hasMessageContaining("还没写为什么不用协办了");
        assertThatThrownBy(() -> assists.recall(here.communityDesk(), id, orders.version(id), task, "我们定的"))
                .hasMessageContaining("由它来撤回");
        assertThatThrownBy(() -> assists.recall(here.helper(), id, orders.version(id), task, "不想办"))
                .hasMessageContaining("由它来撤回");
        assertThat(page(here.manager(), "/orders/" + id)).contains("不用协办了，撤回…");
        assertThat(page(here.communityDesk(), "/orders/" + id)).doesNotContain("不用协办了，撤回…");

        assists.recall(here.manager(), id, orders.version(id), task, "自己的电工来了");
        assertThat(stamped.find(id, Part.HELP).orElseThrow().timers()).isEmpty();
        assertThat(waits(here.helper(), id)).isFalse();
        assertThat(page(here.manager(), "/orders/" + id)).contains("已取消", "撤回协办请求", "自己的电工来了");
        follow();
        assertThat(told(here.helper().account())).contains("请您协办的事不用做了，写了理由");
        assertThat(jdbc.sql("select body from notice where account = ? and title like '%不用做了%'")
                        .param(here.helper().account())
                        .query(String.class)
                        .list())
                .as("they can open the order no more")
                .singleElement()
                .asString()
                .endsWith("。理由：自己的电工来了");
        assertThatThrownBy(() -> assists.recall(here.manager(), id, orders.version(id), task, "再撤一次"))
                .hasMessageContaining("已经有结果了");
        assertThatThrownBy(() -> assists.done(here.helper(), id, orders.version(id), task, "办完了", List.of()))
                .isInstanceOf(Missing.class);
    }

    @Test
    void what_the_community_asked_for_is_the_communitys_to_take_back() {
        var id = working();
        var task = ask(here.communityDesk(), id);
        assertThatThrownBy(() -> assists.recall(here.manager(), id, orders.version(id), task, "不用了"))
                .hasMessageContaining("由它来撤回");
        assists.recall(here.communityDesk(), id, orders.version(id), task, "不用了");
        assertThat(state(task)).isEqualTo("cancelled");
    }

    @Test
    void accepted_help_is_given_up_with_a_reason_and_asked_for_anew() {
        var id = working();
        var task = ask(here.communityDesk(), id);
        assertThatThrownBy(() -> assists.giveUp(here.helper(), id, orders.version(id), task, "没有配件"))
                .hasMessageContaining("可以谢绝");
        assists.accept(here.helper(), id, orders.version(id), task);
        assertThat(page(here.helper(), "/orders/" + id)).contains("办不了了，退回…");
        assertThatThrownBy(() -> assists.giveUp(here.helper(), id, orders.version(id), task, ""))
                .hasMessageContaining("还没写为什么办不了了");

        assists.giveUp(here.helper(), id, orders.version(id), task, "没有配件，停产了");
        assertThat(state(task)).isEqualTo("given_up");
        assertThat(stamped.find(id, Part.HELP).orElseThrow().timers()).isEmpty();
        assertThat(page(here.helper(), "/orders/" + id))
                .as("nothing more to do with it")
                .doesNotContain("没有配件");
        for (var reader : List.of(here.manager(), here.communityDesk())) {
            assertThat(page(reader, "/orders/" + id)).contains("接了又退回", "没有配件，停产了", "另请一家…");
        }
        follow();
        assertThat(told(here.manager().account())).contains("接下协办的单位办不了了，写了理由").doesNotContain("请来协办的单位办不了了，写了理由");
        assertThat(told(here.communityDesk().account())).contains("请来协办的单位办不了了，写了理由");
        assertThat(state(ask(here.manager(), id)))
                .as("the same one can be asked anew")
                .isEqualTo("asked");
    }

    @Test
    void a_part_of_a_joint_handling_is_released_not_taken_back_as_help() {
        var id = working();
        joint.share(
                here.communityDesk(),
                id,
                orders.version(id),
                here.otherHelperBody(),
                "查电线",
                clock.instant().plus(Duration.ofDays(3)));
        var part = orders.assist(id, here.otherHelperBody());
        assertThatThrownBy(() -> assists.recall(here.communityDesk(), id, orders.version(id), part, "不用了"))
                .isInstanceOf(Missing.class);
    }

    private long ask(Reader reader, OrderId id) {
        assists.ask(
                reader,
                id,
                orders.version(id),
                here.helperBody(),
                "查一查线路",
                clock.instant().plus(Duration.ofDays(3)));
        return jdbc.sql("select max(id) from assist_task where order_id = ?")
                .param(id.id())
                .query(Long.class)
                .single();
    }

    private String state(long task) {
        return jdbc.sql("select state from assist_task where district = ? and id = ?")
                .params(here.district(), task)
                .query(String.class)
                .single();
    }
}

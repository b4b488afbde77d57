package org.hemei.workorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hemei.workorder.CorrectingDesk.Right;
import org.hemei.workorder.SubmissionDesk.Submission;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** What was filed wrongly is put right before anybody works on it, with what it was in its history (decision 77). */
class CorrectionStoryTest extends ClockStories {

    @Autowired
    DisputeDesk disputes;

    @Autowired
    CorrectingDesk corrections;

    @Test
    void people_in_a_lift_filed_as_a_door_run_by_the_clock_of_people_in_a_lift() {
        var id = submit("电梯停在五楼，里面有人。");
        assertThat(due(id)).isEqualTo(moment("2026-11-26T17:30"));
        at("2026-11-25T10:20");
        correct(id, "facility.lift_trapped", "有人困在里面，不是门的事");

        assertThat(due(id)).as("an hour from when it was filed").isEqualTo(moment("2026-11-25T11:00"));
        assertThat(orders.state(id)).isEqualTo("submitted");
        at("2026-11-25T10:41");
        assertThat(fired(id)).containsExactly("warn accept community");
        desk.dispatch(here.communityDesk(), id, orders.version(id), here.company());
        assertThat(runs(id)).isEqualTo("2026-11-25 11:41 2026-11-25 12:41");
        follow();
        assertThat(told(here.resident().account())).contains("社区更正了您的单，写了改了什么、为什么");
        for (var reader : List.of(here.resident(), here.communityDesk(), here.manager())) {
            assertThat(page(reader, "/orders/" + id)).contains("有人困在里面，不是门的事", "分类：门禁和单元门 → 电梯困人", "紧急程度：一般 → 紧急");
        }
        assertThat(page(here.communityDesk(), "/orders?category=facility.lift_trapped"))
                .contains(id.toString());
    }

    @Test
    void whoever_corrects_late_gains_no_time_and_nobody_becomes_late_by_it() {
        var tightened = submit("单元门口一直漏水。");
        at("2026-11-25T15:00");
        correct(tightened, "facility.lift_trapped", "是困人");
        assertThat(due(tightened)).as("from now: the hour since filing is over").isEqualTo(moment("2026-11-25T16:00"));

        var loosened = submissions.submit(
                here.resident(), UUID.randomUUID().toString(), said("facility.lift_trapped", null, null, false));
        at("2026-11-25T15:30");
        correct(loosened, "facility.door", "没有人困着，门关不严");
        assertThat(due(loosened)).as("as if filed so").isEqualTo(moment("2026-11-26T17:30"));
        at("2026-11-26T17:31");
        assertThat(fired(loosened)).contains("escalate accept street");
        at("2026-11-27T09:00");
        assertThatThrownBy(() -> corrections.correct(
                        here.communityDesk(),
                        loosened,
                        orders.version(loosened),
                        new Right(null, null, null, null),
                        "再看"))
                .hasMessageContaining("没有要更正的");
        corrections.correct(
                here.communityDesk(),
                loosened,
                orders.version(loosened),
                new Right(null, Urgency.UTILITY, null, null),
                "门里有老人");
        assertThat(due(loosened)).as("late stays late").isBefore(clock.instant());
        assertThat(fired(loosened)).filteredOn("escalate accept street"::equals).hasSize(1);
    }

    @Test
    void what_was_sent_out_and_not_taken_yet_can_still_be_put_right_with_its_holder_told() {
        var id = submit("电梯停在五楼，里面有人。");
        desk.dispatch(here.communityDesk(), id, orders.version(id), here.company());
        at("2026-11-25T10:30");
        correct(id, "facility.lift_trapped", "有人困在里面");
        assertThat(orders.state(id)).isEqualTo("dispatched");
        assertThat(due(id)).isEqualTo(moment("2026-11-25T11:00"));
        assertThat(runs(id)).isEqualTo("2026-11-25 11:00 2026-11-25 12:00");
        follow();
        assertThat(told(here.manager().account())).contains("社区更正了这一单的分类或地点，时限可能变了");
        at("2026-11-25T11:01");
        assertThat(fired(id)).contains("escalate take community");

        desk.take(here.manager(), id, orders.version(id));
        assertThatThrownBy(() -> correct(id, "facility.door", "太晚了")).hasMessageContaining("不能更正分类和地点");
        assertThat(page(here.communityDesk(), "/orders/" + id)).doesNotContain("更正分类、地点…");
    }

    @Test
    void the_place_is_put_right_within_the_estate_and_the_company_learns_no_door() {
        var id = submissions.submit(
                here.resident(),
                UUID.randomUUID().toString(),
                said("facility.door", here.building(), here.unit(), true));
        assertThatThrownBy(() -> place(id, here.oldYardBuilding(), null)).hasMessageContaining("这幢楼不在这个小区");
        assertThatThrownBy(() -> place(id, here.building(), here.oldYardUnit())).hasMessageContaining("这个门牌不在这幢楼");
        place(id, here.building(), here.emptyUnit());
        desk.dispatch(here.communityDesk(), id, orders.version(id), here.company());
        assertThat(page(here.communityDesk(), "/orders/" + id)).contains("门牌：");
        assertThat(page(here.manager(), "/orders/" + id)).contains("社区更正了分类或地点").doesNotContain("门牌：");

        place(id, CorrectingDesk.NONE, null);
        assertThat(jdbc.sql("select building is null and unit is null from work_order where district = ? and id = ?")
                        .params(id.district(), id.id())
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(page(here.resident(), "/orders/" + id)).contains("→ 公共地方");
    }

    @Test
    void a_door_that_is_put_right_leaves_the_clock_alone_and_what_was_given_back_to_it() {
        var id = submissions.submit(
                here.resident(),
                UUID.randomUUID().toString(),
                said("facility.door", here.building(), here.unit(), false));
        desk.dispatch(here.communityDesk(), id, orders.version(id), here.company());
        disputes.request(here.manager(), id, orders.version(id), "not_ours", "这扇门归开发商");
        at("2026-11-27T10:00");
        disputes.refuse(here.communityDesk(), id, orders.version(id), "过了保修期");
        var runs = runs(id);
        place(id, here.building(), here.emptyUnit());
        assertThat(runs(id)).isEqualTo(runs);
    }

    @Test
    void a_category_that_is_put_right_keeps_the_time_for_which_the_clock_stood_still() {
        var id = submit("电梯停在五楼，里面有人。");
        desk.dispatch(here.communityDesk(), id, orders.version(id), here.company());
        disputes.request(here.manager(), id, orders.version(id), "not_ours", "这部电梯归开发商");
        at("2026-11-27T10:00");
        disputes.refuse(here.communityDesk(), id, orders.version(id), "已经移交了");
        var asDoor = runs(id);
        var toTake = due(id);
        at("2026-11-27T10:20");
        corrections.correct(
                here.communityDesk(), id, orders.version(id), new Right(null, Urgency.COMPLEX, null, null), "要换主机");
        assertThat(runs(id))
                .as("ten working days, and the two that the community took")
                .endsWith(" 2026-12-11 17:30");

        at("2026-11-27T10:30");
        correct(id, "facility.lift_trapped", "有人困在里面");
        assertThat(due(id)).as("an hour from the refusal").isEqualTo(moment("2026-11-27T11:00"));
        assertThat(runs(id)).isEqualTo("2026-11-27 11:00 2026-11-27 12:00");

        correct(id, "facility.door", "不是困人");
        assertThat(runs(id)).as("there and back gains and loses nothing").isEqualTo(asDoor);
        assertThat(due(id)).isEqualTo(toTake);
    }

    @Test
    void a_category_that_was_retired_is_offered_only_where_it_is_what_the_order_has() {
        var old = submit("门关不严，请来看看。");
        var other = submissions.submit(
                here.resident(), UUID.randomUUID().toString(), said("facility.lift_trapped", null, null, false));
        try {
            jdbc.sql("update category set active = false where code = 'facility.door'")
                    .update();
            assertThat(page(here.communityDesk(), "/orders/" + old + "/correct"))
                    .contains("value=\"facility.door\"");
            assertThat(page(here.communityDesk(), "/orders/" + other + "/correct"))
                    .contains("value=\"facility.lift_trapped\"")
                    .doesNotContain("value=\"facility.door\"");
            corrections.correct(
                    here.communityDesk(), old, orders.version(old), new Right(null, Urgency.UTILITY, null, null), "急");
            assertThatThrownBy(() -> correct(other, "facility.door", "改成门")).hasMessageContaining("请选是哪类事");
        } finally {
            jdbc.sql("update category set active = true where code = 'facility.door'")
                    .update();
        }
    }

    @Test
    void the_counts_follow_and_others_put_nothing_right() {
        var id = submit("楼上装修半夜还在敲。");
        pump.run();
        correct(id, "utility.water", "是水管响");
        pump.run();
        assertThat(jdbc.sql("select topic from order_fact where district = ? and order_id = ?")
                        .params(id.district(), id.id())
                        .query(String.class)
                        .single())
                .isEqualTo("utility");
        for (var other : List.of(here.streetDesk(), here.resident())) {
            assertThatThrownBy(() -> corrections.correct(
                            other, id, orders.version(id), new Right("facility.door", null, null, null), "改回去"))
                    .hasMessageContaining("不归您办");
        }
        assertThatThrownBy(() -> correct(id, "utility", "整类")).hasMessageContaining("请选是哪类事");
        assertThatThrownBy(() -> correct(id, "facility.door", " ")).hasMessageContaining("还没写为什么更正");
    }

    private void correct(OrderId id, String category, String reason) {
        corrections.correct(
                here.communityDesk(), id, orders.version(id), new Right(category, null, null, null), reason);
    }

    private void place(OrderId id, long building, @Nullable Long unit) {
        corrections.correct(
                here.communityDesk(), id, orders.version(id), new Right(null, null, building, unit), "地点选错了");
    }

    private Submission said(String category, @Nullable Long building, @Nullable Long unit, boolean anonymous) {
        return new Submission(
                here.garden(),
                building,
                unit,
                category,
                "门关不上，请来看看。",
                "",
                anonymous,
                List.of(),
                "resident",
                null,
                null);
    }

    private static Instant moment(String moment) {
        return java.time.LocalDateTime.parse(moment)
                .atZone(org.hemei.platform.time.CivilTime.ZONE)
                .toInstant();
    }
}

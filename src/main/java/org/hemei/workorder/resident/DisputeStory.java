package org.hemei.workorder.resident;

import java.time.Instant;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.Standing;
import org.hemei.workorder.resident.ResidentOrder.Event;
import org.jspecify.annotations.Nullable;

/**
 * How a resident reads that others differ about who does it, that somebody presses, or that it goes elsewhere.
 *
 * @param bad whether it is a setback for the resident
 */
record DisputeStory(String title, @Nullable String plain, boolean bad) {

    /** @param body the holder it is about */
    static DisputeStory of(Event e, String body) {
        return switch (e.verb()) {
            case REQUEST_RETURN -> new DisputeStory(body + "说这事不归它", "正在定由谁办，定之前没到期的先停着，已经超时的还算超时。您不用再报一次。", true);
            case GRANT_RETURN -> new DisputeStory("同意退单", "另找一家来办，重新计时。", false);
            case REFUSE_RETURN -> new DisputeStory("没同意退单", "还由" + body + "办，接着用剩下的时间。", false);
            case RULE -> new DisputeStory("街道裁定由" + body + "办", "这是最后的决定，不能再退。", false);
            case SUPERVISE ->
                new DisputeStory(
                        e.as() == Standing.CLOCK ? "自动列入街道督办" : "街道督办", "要求按期书面答复" + by(e.dueAt()) + "。", false);
            case ANSWER_SUPERVISION -> new DisputeStory("书面答复了督办", "这是答复，还不是解决。", false);
            case LIFT_SUPERVISION -> new DisputeStory("督办解除", "单子照常办。", false);
            case REFER -> new DisputeStory(e.as().words() + "告诉您去别处办", "去哪儿、电话、地址在上面。", false);
            case OFFER_TRANSFER -> new DisputeStory("提出转到别处办", "对方接下之前，还由这边负责。", false);
            case TAKE_TRANSFER -> new DisputeStory("对方接下了", "在那边是一张新单，您能接着看、接着评。", false);
            case RECALL_TRANSFER -> new DisputeStory("不转了", "社区收回来，还由这边办。", false);
            case DECLINE_TRANSFER -> new DisputeStory("对方没接", "还由这边接着办。", true);
            default -> new DisputeStory("和那一张分开，单独办", "不是同一件事，重新派单。", false);
        };
    }

    private static String by(@Nullable Instant due) {
        return due == null ? "" : "，" + CivilTime.full(due) + " 前";
    }
}

package org.hemei.workorder.resident;

import java.time.Instant;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;

/**
 * The clock of an order in a resident's words: which deadline runs, and what happens by itself when it passes. Only what
 * the application really does is promised.
 *
 * @param limit name of the deadline; @param by until when; @param then what happens if it passes
 */
record ResidentPromise(String limit, String by, String then) {

    static @Nullable ResidentPromise of(ResidentOrder order, Instant now) {
        var due = order.due();
        if (due == null || !order.facts().state().open()) {
            return null;
        }
        var at = CivilTime.near(due, now);
        var holder = order.facts().holder() == null ? "处理单位" : order.facts().holder();
        return switch (order.facts().state()) {
            case SUBMITTED -> new ResidentPromise("离受理期限", "应在 " + at + " 前受理", "排到社区待办最前面，标成超时，街道看得到。您不用再报一次。");
            case AWAITING_DISPATCH ->
                new ResidentPromise("离派单期限", "应在 " + at + " 前派出去", "排到社区待办最前面，标成超时，街道看得到。您不用再报一次。");
            case RETURN_REQUESTED -> new ResidentPromise("离定由谁办的期限", "应在 " + at + " 前定下由谁办", "标成超时，街道看得到。您不用再报一次。");
            case TRANSFER_OFFERED -> new ResidentPromise("离对方答复的期限", "对方应在 " + at + " 前答复", "标成超时。对方接下之前，单子不会结。");
            case DISPATCHED -> new ResidentPromise("离接单期限", "应在 " + at + " 前接单", "标成超时，社区和街道看得到，社区可以改派别家。");
            case IN_PROGRESS, EXTENSION_REQUESTED, SUSPENSION_REQUESTED ->
                order.contactOpen() && due.equals(order.facts().contactDue())
                        ? new ResidentPromise("离联系期限", holder + "应在 " + at + " 前联系您", "记作没有按时联系，写进" + holder + "的响应率。")
                        : new ResidentPromise("离处理期限", "应在 " + at + " 前处理好", "标成超时，街道、区里看得到。您不用再报一次。");
            case RESOLVED -> new ResidentPromise("离核验期限", "应在 " + at + " 前核验", "标成超时，上级看得到。没核验的，不算解决。");
            case AWAITING_RATING -> new ResidentPromise("离评价截止", "请在 " + at + " 前评价", "自动办结，记作没评价，不算满意。");
            default -> null;
        };
    }
}

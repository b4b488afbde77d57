package org.hemei.workorder.desk;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Another body's part in an order.
 *
 * @param mine whether the reader answers for this helper
 * @param joint a part of a joint handling
 */
record AssistLine(
        long id,
        long bodyId,
        String body,
        String what,
        String state,
        Instant askedAt,
        Instant dueAt,
        @Nullable Instant doneAt,
        @Nullable String result,
        boolean mine,
        boolean joint) {

    boolean open() {
        return state.equals("asked") || state.equals("accepted");
    }

    /** Whether somebody said that they cannot, so that another may be asked. */
    boolean refused() {
        return state.equals("declined") || state.equals("given_up");
    }

    String stateWords() {
        return switch (state) {
            case "asked" -> "等对方接";
            case "accepted" -> joint ? "联合办理中" : "协办中";
            case "declined" -> "谢绝了";
            case "given_up" -> "接了又退回";
            case "done" -> "已完成";
            default -> "已取消";
        };
    }
}

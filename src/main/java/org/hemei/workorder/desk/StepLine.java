package org.hemei.workorder.desk;

import java.time.Instant;
import java.util.List;
import org.hemei.workorder.OrderState;
import org.hemei.workorder.Standing;
import org.hemei.workorder.Verb;
import org.jspecify.annotations.Nullable;

/**
 * One step of an order's history, as a line of its timeline.
 *
 * @param who masked name, null where the reader must not know or the clock did it
 * @param notes what it did beside: the new day of an answer that is owed, a first contact that stays missed
 */
record StepLine(
        int seq,
        Instant at,
        Verb verb,
        OrderState to,
        Standing as,
        @Nullable String who,
        @Nullable String body,
        @Nullable Long assist,
        @Nullable Instant dueAt,
        @Nullable String words,
        @Nullable String how,
        @Nullable String elsewhere,
        @Nullable String assignee,
        @Nullable Integer satisfied,
        @Nullable Long kept,
        @Nullable String route,
        @Nullable String fired,
        List<String> notes) {

    /** What was done, as the heading of a line of the timeline. */
    String says() {
        return switch (verb) {
            case SUBMIT -> as == Standing.REPORTER ? "居民点单" : "社区代点单";
            case ACCEPT -> as.words() + "受理";
            case DISPATCH -> as.words() + (words == null ? "派单" : "改派");
            case CORRECT -> "社区更正了分类或地点";
            case TAKE -> "接单";
            case CONTACT -> "联系居民" + (how == null ? "" : "·" + how);
            case DENY_CONTACT -> onDuty(as) ? as.words() + "记下：来电人说没联系" : "居民说没联系";
            case RESOLVE -> "报处理好";
            case VERIFY -> as.words() + "核验通过";
            case SEND_BACK -> as.words() + "退回重办";
            case RATE -> onDuty(as) ? as.words() + "电话回访，记下评价" : "居民评价";
            case REOPEN -> onDuty(as) ? as.words() + "电话回访，来电人说没解决，重新办" : "居民说没解决，重新办";
            case URGE -> onDuty(as) ? as.words() + "催办" : "居民催办";
            case CLOSE_UNRATED -> "到期没评价，自动办结";
            case WARN -> fired == null ? "快到期，系统提醒" : fired;
            case ESCALATE -> fired == null ? "超时，系统上报" : fired;
            case ASK_EXTENSION -> "申请延期";
            case ASK_SUSPENSION -> "申请挂起，停止计时";
            case RESUME -> as == Standing.CLOCK ? "到日子，自动恢复计时" : "恢复计时";
            case RULE -> "街道裁定由谁办";
            case SUPERVISE -> as == Standing.CLOCK ? "自动列入街道督办" : "街道督办";
            case REQUEST_RETURN -> "处理单位申请退单";
            case GRANT_RETURN -> "同意退单";
            case REFUSE_RETURN -> "不同意退单";
            case SHARE -> "请联合办理";
            case REFER -> "告诉点单人去别处办";
            default -> verb.words();
        };
    }

    private static boolean onDuty(Standing as) {
        return as == Standing.COMMUNITY || as == Standing.STREET;
    }

    boolean bad() {
        return verb == Verb.SEND_BACK
                || verb == Verb.REOPEN
                || verb == Verb.DENY_CONTACT
                || verb == Verb.HELP_DECLINE
                || verb == Verb.HELP_GIVE_UP
                || verb == Verb.REJECT
                || verb == Verb.ESCALATE
                || verb == Verb.RETURN_ANSWER;
    }
}

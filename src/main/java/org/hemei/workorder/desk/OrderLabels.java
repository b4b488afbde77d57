package org.hemei.workorder.desk;

import org.hemei.workorder.Verb;
import org.jspecify.annotations.Nullable;

/** What links, forms and states of an order are called before somebody on duty. */
final class OrderLabels {

    private OrderLabels() {}

    /** A link to a form; what ends in … asks once more. */
    static String link(Verb verb) {
        return switch (verb) {
            case MERGE -> "合并到…";
            case CORRECT -> "更正分类、地点…";
            case REJECT -> "不予受理…";
            case WITHDRAW -> "替他撤单…";
            case DISPATCH -> "改派…";
            case RATE -> "打电话回访";
            case CONTACT -> "再联系一次";
            case DENY_CONTACT -> "来电人说没联系他…";
            case ASK_HELP -> "请别家协办";
            case ASK_EXTENSION -> "来不及，申请延期…";
            case ASK_SUSPENSION -> "有障碍，申请挂起…";
            case REQUEST_RETURN -> "不归我们办，退单…";
            case SHARE -> "请几家联合办理";
            case REFER -> "归外面办，告诉他…";
            case OFFER_TRANSFER -> "转到别处…";
            case RECALL_TRANSFER -> "不转了，收回来…";
            case UNMERGE -> "取消合并…";
            case URGE -> "催一催…";
            case SUPERVISE -> "督办…";
            case LIFT_SUPERVISION -> "解除督办…";
            case INSTRUCT -> "记一条批示";
            default -> verb.words();
        };
    }

    /** The title of a form's own page. */
    static String title(Verb verb, boolean held) {
        return switch (verb) {
            case MERGE -> "合并到另一张单";
            case DENY_CONTACT -> "来电人说没联系他";
            case DISPATCH -> held ? "改派" : "派单";
            case CORRECT -> "更正分类、紧急程度、地点";
            case ASK_HELP -> "请别家协办";
            case CONTACT -> "联系居民";
            case RATE -> "电话回访";
            case URGE -> "催一催";
            case RESOLVE -> "处理好了，报结果";
            case HELP_DONE -> "协办完了，报结果";
            case HELP_GIVE_UP -> "办不了了，退回协办";
            case RECALL_HELP -> "不用协办了，撤回";
            case WITHDRAW -> "替他撤单";
            case GRANT_RETURN -> "同意退单，改派";
            case REFER -> "告诉点单人去哪儿办";
            case OFFER_TRANSFER -> "转到别处办";
            case RECALL_TRANSFER -> "不转了，收回来";
            case INSTRUCT -> "记一条领导批示";
            default -> verb.words();
        };
    }

    /** Whose turn it is. @param until when the step falls due, in words */
    static String next(OrderView.Head head, boolean mustContact, boolean street, @Nullable String until) {
        var holder = head.holder() == null ? "处理单位" : head.holder();
        return switch (head.state()) {
            case SUBMITTED, AWAITING_DISPATCH -> head.community() + "来受理、派单。";
            case DISPATCHED -> "等" + holder + "接单。";
            case RETURN_REQUESTED -> holder + "说这事不归它办，等" + (street ? "街道来裁定。" : head.community() + "来定。");
            case IN_PROGRESS -> holder + (mustContact ? "先联系居民，再处理。" : "正在处理。");
            case EXTENSION_REQUESTED -> holder + "申请延期，等" + decider(head) + "来定。定之前照原来的期限算。";
            case SUSPENSION_REQUESTED -> holder + "申请挂起，等" + decider(head) + "来定。定之前照常计时。";
            case SUSPENDED -> "有客观障碍，计时停了，到日子自动恢复。";
            case TRANSFER_OFFERED -> "提出移交，等对方接收。对方接收前还由" + (head.holder() == null ? head.community() : holder) + "负责。";
            case RESOLVED -> head.backstop() ? "社区自己办的，由街道来核验。" : "等" + head.community() + "到场核验，处理的人不能自己核验。";
            case AWAITING_RATING ->
                (head.called() ? "等" + decider(head) + "打电话回访，问修没修好。" : "等居民评价。")
                        + (until == null ? "到期" : until + " 前") + "没评价，自动办结，不算满意。";
            case CLOSED -> "居民评价过，已经办结。";
            case CLOSED_UNRATED -> "到期没评价，已经办结，不算满意。";
            case REJECTED -> "没有受理，告诉了点单人该去哪儿。";
            case ANSWERED -> "已经答复。评价期内，居民还可以评价。";
            case MERGED -> "跟着保留的那张单走。";
            case WITHDRAWN -> "点单人不用办了。";
            case TRANSFERRED -> "已经移交，告诉了点单人去哪儿、怎么联系。";
        };
    }

    /** Who decides what the holder asks for: the community, and the street where the community's own team holds it. */
    private static String decider(OrderView.Head head) {
        return head.backstop() ? "街道" : head.community();
    }
}

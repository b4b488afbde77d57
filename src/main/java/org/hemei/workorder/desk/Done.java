package org.hemei.workorder.desk;

import java.util.regex.Pattern;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.Verb;
import org.hemei.workorder.list.OrderFilter;
import org.jspecify.annotations.Nullable;

/**
 * What the reader has just done, said once on the page that follows. It travels in the address, so it is only a verb and
 * an order, never words.
 */
public record Done(Verb verb, OrderId order) {

    private static final Pattern INBOX = Pattern.compile("/todo(\\?[\\w=&%.\\-~]{0,300})?");
    private static final Pattern ID = Pattern.compile("\\d{6}-\\d{1,18}");

    public static @Nullable Done of(@Nullable String did, @Nullable String order) {
        var verb = OrderFilter.constant(Verb.class, did);
        return verb == null || order == null || !ID.matcher(order).matches()
                ? null
                : new Done(verb, OrderId.valueOf(order));
    }

    /** An address of the inbox, and nothing else: where a form may lead back to. */
    static String safe(String back) {
        return INBOX.matcher(back).matches() ? back : "";
    }

    /** Where to go after a verb: to the inbox it was used from, else to the order. */
    public static String next(String back, Verb verb, OrderId order) {
        // whoever declined to help, or gave it up, has nothing more to do with the order, nor a page of it
        var own = verb == Verb.HELP_DECLINE || verb == Verb.HELP_GIVE_UP ? "/todo" : "/orders/" + order;
        var to = safe(back).isEmpty() ? own : back;
        return to + (to.contains("?") ? "&" : "?") + "did=" + verb.code() + "&order=" + order;
    }

    String words() {
        return switch (verb) {
            case SUBMIT -> "代点好了。把单号报给本人，接着派单。";
            case DISPATCH -> "派出去了，对方会收到消息。改派的，原来的单位也会收到。";
            case REJECT -> "已告诉点单人不予受理，和该去哪儿。";
            case ANSWER -> "答复已发给点单人，他可以评价。";
            case MERGE -> "合并好了，点单人跟着保留的那张单。";
            case CORRECT -> "更正好了，点单人会收到消息。时限按更正后的算。";
            case TAKE -> "接下了。下一步：联系居民。";
            case ASSIGN -> "安排好了，对方会收到消息。";
            case CONTACT -> "记下了。居民能看到，也能说没联系。";
            case DENY_CONTACT -> "记下了，以他说的为准，处理单位要重新联系。";
            case ASK_HELP -> "请出去了，等对方接。牵头责任还在您这儿。";
            case HELP_ACCEPT -> "接下了协办。办完来报结果。";
            case HELP_DECLINE -> "谢绝了，处理单位看得到理由。";
            case HELP_GIVE_UP -> "退回去了，请您的一方看得到理由。";
            case RECALL_HELP -> "撤回了，对方会收到消息。";
            case HELP_DONE -> "报上去了，处理单位看得到。";
            case RESOLVE -> "报上去了，等核验。";
            case VERIFY -> "核验通过，请居民来评价。";
            case SEND_BACK -> "退回去了，对方要重新办。";
            case REMARK -> "补充上了。";
            case URGE -> "催了，对方会收到消息。同一张单一天催一次。";
            case ASK_EXTENSION -> "申请报上去了。定之前照原来的期限办。";
            case GRANT_EXTENSION -> "同意了，期限往后延。";
            case REFUSE_EXTENSION, REFUSE_SUSPENSION -> "没同意，处理单位看得到理由。";
            case ASK_SUSPENSION -> "申请报上去了。定之前照常计时。";
            case GRANT_SUSPENSION -> "同意了，计时停了，到日子自动恢复。";
            case RESUME -> "恢复计时了，接着办。";
            case WITHDRAW -> "记下了。没有邻居等着的，撤掉了；有邻居也遇到的，接着办。";
            case REQUEST_RETURN -> "退单报上去了，等对方来定。定之前单子还在您这儿。";
            case GRANT_RETURN -> "同意了，退单的单位不用办了。";
            case REFUSE_RETURN -> "没同意，对方会看到理由，接着办。";
            case RULE -> "裁定好了，各方都会收到消息。";
            case SHARE -> "请出去了，等对方接。";
            case RELEASE -> "撤下了，对方和牵头单位都会收到消息。";
            case REFER -> "告诉点单人了，他看得到地址和电话。";
            case OFFER_TRANSFER -> "提出去了，等对方答复。对方接下之前单子还在您这儿。";
            case RECALL_TRANSFER -> "收回来了，接着办。期限照原来的算。";
            case SUPERVISE -> "列入督办了，对方要按期书面答复。";
            case ANSWER_SUPERVISION -> "答复了，等街道看。";
            case RETURN_ANSWER -> "退回去了，对方要重新答复。";
            case LIFT_SUPERVISION -> "督办解除了。";
            case INSTRUCT -> "记下了，要答复的一方会收到消息。";
            case ANSWER_INSTRUCTION -> "答复了，记批示的人看得到。";
            case UNMERGE -> "分开了，这张单重新单独办。";
            default -> "办好了。";
        };
    }
}

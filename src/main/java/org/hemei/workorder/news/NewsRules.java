package org.hemei.workorder.news;

import java.util.Map;
import java.util.Set;

/** Which news there are: of what, for whom, and in which words. */
final class NewsRules {

    static final String PREFIX = "work_order.";

    /** An order urged by whoever is on duty above, which is told in other words than a resident's urging. */
    static final String PRESSED = "urge_on_duty";

    /** Withdrawn by whoever filed it, while neighbours who met the same still wait: the order goes on. */
    static final String GOES_ON = "withdraw_goes_on";

    /** Given back by itself, because the order that was kept ended without a result. */
    static final String GIVEN_BACK = "unmerge_given_back";

    /** Late is not the order but something on it: an answer, or help. Not the reporter's to worry about. */
    static final String ASIDE = "escalate_aside";

    /** The time for a rating is nearly over: to whoever may give it, who is on no duty. */
    static final String RATING_ENDS = "warn_rating";

    /** A contact that is the words themselves: whoever logs it counts on them being read. */
    static final String MESSAGE = "contact_message";

    /** Told by an incident, which tells its own. */
    static final String BY_INCIDENT = "contact_by_incident";

    /** Clocks of that sort. */
    static final Set<String> ASIDES = Set.of("transfer", "supervise", "mark", "help");

    /** What such a name of ours is called where somebody chooses words for it. */
    static final Map<String, String> OURS = Map.of(
            PRESSED, "社区或街道催办",
            GOES_ON, "点单人撤了、邻居还要办",
            GIVEN_BACK, "合并的那张没办成",
            ASIDE, "答复、协办超时",
            RATING_ENDS, "评价快截止",
            MESSAGE, "处理单位留言");

    /** verb, who is told, and in which words unless a place has set others ({@link OrderKinds}). */
    static final String[][] ALL = {
        {"submit", "community", "有新点单，等您受理"},
        {"accept", "reporter", "社区受理了您的单"},
        {"reject", "reporter", "社区没有受理，写了该去哪儿办"},
        {"answer", "reporter", "社区答复您了，请看看清楚没有"},
        {"merge", "reporter", "您的单和邻居的合在一起办了"},
        {"correct", "reporter", "社区更正了您的单，写了改了什么、为什么"},
        {"correct", "holder", "社区更正了这一单的分类或地点，时限可能变了"},
        {"dispatch", "holder", "社区派来一单，等您接单"},
        {"dispatch", "reporter", "社区受理了您的单，已经派出去"},
        {"dispatch", "previous", "这一单改派给别家了，不用您办"},
        {"dispatch", "cancelled", "处理单位换了，请您协办的事不用做了"},
        {"refer", "holder", "这件事归别处办，不用您办了"},
        {"refer", "cancelled", "这一单归别处办，请您协办的事不用做了"},
        {"reject", "cancelled", "这一单不受理，请您协办的事不用做了"},
        {"answer", "cancelled", "这一单答复了，请您协办的事不用做了"},
        {"merge", "cancelled", "这一单合并了，请您协办的事不用做了"},
        {"take_transfer", "cancelled", "这一单转到别处办，请您协办的事不用做了"},
        {"take", "reporter", "处理单位接单了"},
        {"assign", "assignee", "这一单安排给您了"},
        {"contact", "reporter", "处理单位记了联系过您，没联系到请点“没联系”"},
        {"contact", "merged", "和您的单合在一起办的那件事，处理单位记了联系过点单人"},
        {MESSAGE, "reporter", "处理单位给您留言了，请看看"},
        {MESSAGE, "caller", "处理单位的留言，转给来电人"},
        {"ask_help", "helper", "有一件事请您协办"},
        {"help_accept", "holder", "协办单位接下了"},
        {"help_decline", "holder", "协办单位来不了，写了理由"},
        {"help_done", "holder", "协办的事办完了"},
        {"help_give_up", "holder", "接下协办的单位办不了了，写了理由"},
        {"help_give_up", "asker", "请来协办的单位办不了了，写了理由"},
        {"recall_help", "helper", "请您协办的事不用做了，写了理由"},
        {"deny_contact", "holder", "居民说没联系上他，请再联系"},
        {"resolve", "verifier", "处理单位说办好了，等您核验"},
        {"resolve", "reporter", "处理单位说办好了，社区还要去看"},
        {"send_back", "holder", "核验没通过，退回重办"},
        {"verify", "reporter", "核验过了，请您评价"},
        {"verify", "joiner", "您也遇到的那件事办好了"},
        {"rate", "holder", "居民评价了这一单"},
        {"reopen", "holder", "居民说没解决，请再办"},
        {"reopen", "community", "居民说没解决，已再次交办"},
        {"close_unrated", "reporter", "评价期过了，这一单没评就办结了"},
        {"withdraw", "holder", "居民撤单了，不用再办"},
        {"withdraw", "joiner", "您也遇到的那件事撤单了，还要办请重新点单"},
        {GOES_ON, "holder", "点单人说不用办了，邻居也遇到，请接着办"},
        {GOES_ON, "community", "点单人说不用办了，邻居也遇到，请问过他们再定"},
        {GOES_ON, "joiner", "点单人说不用办了，您也遇到，单子接着办"},
        {GOES_ON, "merged", "合在一起的那件事，点单人说不用办了，单子接着办"},
        {"urge", "holder", "居民在催，请加快"},
        {"urge", "community", "居民在催，请看看"},
        {PRESSED, "holder", "社区或街道在催，请加快"},
        {PRESSED, "community", "街道在催，请看看"},
        {"remark", "holder", "有人补充了情况"},
        {"remark", "reporter", "您的单有新情况"},
        {"request_return", "decider", "处理单位申请退单，等您来定"},
        {"request_return", "reporter", "处理单位说这事不归它，正在定由谁办"},
        {"grant_return", "helper", "退单同意了，这一单不用您办"},
        {"refuse_return", "holder", "退单没有同意，写了理由，请接着办"},
        {"rule", "holder", "街道裁定这一单由您单位办"},
        {"rule", "previous", "街道裁定这一单由别家办，不用您办了"},
        {"rule", "cancelled", "处理单位换了，请您协办的事不用做了"},
        {"grant_return", "cancelled", "处理单位换了，请您协办的事不用做了"},
        {"resolve", "cancelled", "这一单报处理好了，请您协办的事不用做了"},
        {"withdraw", "cancelled", "这一单撤了，请您协办的事不用做了"},
        {"rule", "reporter", "街道定了由谁办您的单"},
        {"rule", "community", "有争议的这一单，街道裁定了"},
        {"share", "helper", "有一部分请您单位联合办理"},
        {"share", "holder", "社区请了别家联合办理，牵头还是您"},
        {"release", "helper", "联合办理的这一部分不用您办了，写了理由"},
        {"release", "holder", "联合办理有一家撤下了"},
        {"supervise", "answerer", "街道督办这一单，请书面答复"},
        {"supervise", "reporter", "街道在盯着您的单，要求书面答复"},
        {"answer_supervision", "street", "督办有答复了，请您看"},
        {"return_answer", "answerer", "督办答复退回来了，请重写"},
        {"lift_supervision", "answerer", "督办解除了"},
        {"instruct", "addressee", "有一条领导批示，请按期答复"},
        {"answer_instruction", "recorder", "批示有答复了，请您看"},
        {"refer", "reporter", "这件事归别处办，写了去哪儿、电话多少"},
        {"offer_transfer", "receiver", "有一张单想转给您，等您答复"},
        {"offer_transfer", "reporter", "您的单要转到更合适的地方，等对方接"},
        {"offer_transfer", "holder", "社区提出把这一单转到别处，等对方答复"},
        {"recall_transfer", "receiver", "想转给您的单收回了，不用答复"},
        {"recall_transfer", "reporter", "您的单不转了，还由这边办"},
        {"recall_transfer", "holder", "这一单不转了，请接着办"},
        {"take_transfer", "holder", "对方接走了这一单，不用您办了"},
        {"decline_transfer", "holder", "对方不接移交，这一单还请您接着办"},
        {"take_transfer", "reporter", "对方接下了您的单"},
        {"take_transfer", "community", "移交出去的单，对方接了"},
        {"decline_transfer", "community", "对方不接移交，写了理由"},
        {"unmerge", "reporter", "您的单和那一张分开了，单独办"},
        {GIVEN_BACK, "reporter", "合在一起的那一张没办成，您的单单独办"},
        {GIVEN_BACK, "community", "合并保留的那张没办成，这一张等您派单"},
        {"reject", "caller", "没有受理，告诉来电人该去哪儿办"},
        {"answer", "caller", "答复来电人"},
        {"refer", "caller", "归别处办，告诉来电人去哪儿"},
        {"verify", "caller", "核验过了，告诉来电人可能有回访"},
        {"merge", "caller", "合在一起办了，告诉来电人不用再报"},
        {"verify", "joined_caller", "合在一起的核验过了，告诉来电人"},
        {"answer", "joined_caller", "合在一起的答复了，告诉来电人"},
        {"refer", "joined_caller", "合在一起的归别处办，告诉来电人"},
        {"answer", "joiner", "您也遇到的那件事，社区答复了"},
        {"reject", "joiner", "您也遇到的那件事，社区没有受理，写了该去哪儿办"},
        {"refer", "joiner", "您也遇到的那件事归别处办，写了去哪儿"},
        {"take_transfer", "joiner", "您也遇到的那件事，转到别处办了"},
        {"refuse_return", "reporter", "退单没同意，还由原来的处理单位办"},
        {"decline_transfer", "reporter", "对方没接您的单，这边接着办"},
        {"lift_supervision", "reporter", "街道不再督办您的单，单子照常办"},
        {"dispatch", "merged", "合在一起的那件事派出去了"},
        {"take", "merged", "合在一起的那件事，处理单位接单了"},
        {"resolve", "merged", "合在一起的那件事，处理单位说办好了"},
        {"verify", "merged", "合在一起的那件事核验过了，请您也评价"},
        {"reopen", "merged", "合在一起的那件事，有人说没解决，重新办"},
        {"answer", "merged", "合在一起的那件事，社区答复了"},
        {"refer", "merged", "合在一起的那件事归别处办，写了去哪儿"},
        {"rule", "merged", "合在一起的那件事，街道定了由谁办"},
        {"escalate", "merged", "合在一起的那件事超时了，系统往上报了"},
        {"grant_extension", "merged", "合在一起的那件事要多用几天"},
        {"grant_suspension", "merged", "合在一起的那件事遇到客观障碍，写了哪天恢复"},
        {"resume", "merged", "合在一起的那件事恢复计时，接着办了"},
        {"warn", "level", "快到期了，请抓紧"},
        {RATING_ENDS, "reporter", "修没修好，请评一评，评价快截止了"},
        {"escalate", "level", "有一单超时，报到您这儿了"},
        {ASIDE, "level", "单子上有答复或协办超时，报到您这儿了"},
        {"warn", "helper_due", "请您协办的快到期了，请抓紧"},
        {"escalate", "holder", "这一单超时了，已经往上报"},
        {"escalate", "reporter", "您的单超时了，系统往上报了"},
        {"ask_extension", "verifier", "处理单位申请延期，等您来定"},
        {"grant_extension", "holder", "同意延期，请看新的期限"},
        {"grant_extension", "reporter", "处理单位要多用几天，社区同意了"},
        {"refuse_extension", "holder", "没同意延期，写了理由"},
        {"ask_suspension", "verifier", "处理单位申请挂起，等您来定"},
        {"grant_suspension", "holder", "同意挂起，计时停了"},
        {"grant_suspension", "reporter", "您的单遇到客观障碍，计时停了，写了哪天恢复"},
        {"refuse_suspension", "holder", "没同意挂起，写了理由"},
        {"resume", "holder", "恢复计时，请接着办"},
        {"resume", "reporter", "您的单恢复计时，接着办了"},
    };

    private NewsRules() {}
}

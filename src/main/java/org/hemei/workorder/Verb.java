package org.hemei.workorder;

import java.util.Locale;

/** What can be done with an order. Who may, and what becomes of it, is {@link Transitions}. */
public enum Verb {
    SUBMIT("点单"),
    ACCEPT("受理"),
    REJECT("不予受理"),
    ANSWER("直接答复"),
    MERGE("合并"),
    CORRECT("更正分类和地点"),
    DISPATCH("派单"),
    TAKE("接单"),
    ASSIGN("安排人员"),
    CONTACT("联系居民"),
    DENY_CONTACT("说没联系"),
    ASK_HELP("请协办"),
    HELP_ACCEPT("接协办"),
    HELP_DECLINE("谢绝协办"),
    HELP_DONE("完成协办"),
    HELP_GIVE_UP("退回协办"),
    RECALL_HELP("撤回协办请求"),
    RESOLVE("报处理好"),
    VERIFY("核验通过"),
    SEND_BACK("退回重办"),
    RATE("评价"),
    REOPEN("说没解决"),
    WITHDRAW("撤单"),
    REMARK("补充情况"),
    URGE("催办"),
    CLOSE_UNRATED("到期未评办结"),
    WARN("到期前提醒"),
    ESCALATE("超时升级"),
    ASK_EXTENSION("申请延期"),
    GRANT_EXTENSION("同意延期"),
    REFUSE_EXTENSION("不同意延期"),
    ASK_SUSPENSION("申请挂起"),
    GRANT_SUSPENSION("同意挂起"),
    REFUSE_SUSPENSION("不同意挂起"),
    RESUME("恢复计时"),
    REQUEST_RETURN("申请退单"),
    GRANT_RETURN("同意退单"),
    REFUSE_RETURN("不同意退单"),
    RULE("裁定由谁办"),
    SUPERVISE("督办"),
    ANSWER_SUPERVISION("答复督办"),
    RETURN_ANSWER("退回督办答复"),
    LIFT_SUPERVISION("解除督办"),
    INSTRUCT("批示"),
    ANSWER_INSTRUCTION("答复批示"),
    UNMERGE("取消合并"),
    OFFER_TRANSFER("提出移交"),
    TAKE_TRANSFER("接收移交"),
    DECLINE_TRANSFER("不接移交"),
    RECALL_TRANSFER("收回移交"),
    REFER("告知外部渠道"),
    SHARE("请联合办理"),
    RELEASE("撤下联合办理");

    private final String words;

    Verb(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    /** As stored in the history. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Verb of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}

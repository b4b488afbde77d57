package org.hemei.workorder;

import java.util.Locale;

/** What can be done with an order. Who may, and what becomes of it, is {@link Transitions}. */
public enum Verb {
    SUBMIT("点单"),
    ACCEPT("受理"),
    REJECT("不予受理"),
    ANSWER("直接答复"),
    MERGE("合并"),
    DISPATCH("派单"),
    TAKE("接单"),
    ASSIGN("安排人员"),
    CONTACT("联系居民"),
    DENY_CONTACT("说没联系"),
    ASK_HELP("请协办"),
    HELP_ACCEPT("接协办"),
    HELP_DECLINE("谢绝协办"),
    HELP_DONE("完成协办"),
    RESOLVE("报处理好"),
    VERIFY("核验通过"),
    SEND_BACK("退回重办"),
    RATE("评价"),
    REOPEN("说没解决"),
    WITHDRAW("撤单"),
    REMARK("补充情况"),
    URGE("催办"),
    CLOSE_UNRATED("到期未评办结");

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

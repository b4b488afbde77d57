package org.hemei.evaluation.listing;

import java.util.Locale;

/** What can be done with a case of the blacklist; where it leads and who may is {@link ListingMoves}. */
public enum ListingVerb {
    PROPOSE("提出拟列入", "flag"),
    NOTIFY("告知", "talk"),
    ASK_DECLINE("提出不予告知", "minus"),
    DECLINE("同意不予告知", "minus"),
    DELIVER("送达告知书", "send"),
    REDATE("更正送达日", "edit"),
    REOPEN("更正送达日，重新听取陈述", "edit"),
    STATE("陈述申辩", "edit"),
    CLOSE_DEFENCE("申辩期满", "clock"),
    LIST("集体决定列入", "scale"),
    SPARE("集体决定不列入", "check"),
    SERVE("送达，列入", "send"),
    APPLY_REPAIR("申请修复", "wrench"),
    WITHDRAW_REPAIR("撤回修复申请", "back"),
    VERIFY("核验整改", "eye"),
    REMOVE("同意修复，移出", "done"),
    REFUSE_REPAIR("不同意修复", "cross"),
    OBJECT("提出异议", "flag"),
    DENY_OBJECTION("异议不成立", "minus"),
    CORRECT("成绩更正，仍不合格", "info"),
    REVOKE("撤销", "cross"),
    ASK_OVERTURN("提出自行纠正", "cross"),
    DENY_OVERTURN("不作自行纠正", "minus"),
    APPEAL("登记复议、诉讼", "scale"),
    SUSPEND("停止执行，暂停公布", "clock"),
    RESUME("恢复公布", "back"),
    APPEAL_OVER("复议、诉讼结束，列入没有变", "check"),
    DROP("终止", "minus"),
    EXPIRE("到期结束", "dash");

    private final String words;
    private final String icon;

    ListingVerb(String words, String icon) {
        this.words = words;
        this.icon = icon;
    }

    public String words() {
        return words;
    }

    public String icon() {
        return icon;
    }

    /** Whether photos and documents can come along. */
    public boolean takesFiles() {
        return switch (this) {
            case PROPOSE, DECLINE, CLOSE_DEFENCE, CORRECT, DROP, EXPIRE -> false;
            default -> true;
        };
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static ListingVerb of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }
}

package org.hemei.workorder.inbox;

import java.util.Locale;

/** What an order waits for, from whoever reads it. */
public enum Need {
    DISPATCH("派单"),
    REDISPATCH("改派，原来的单位不管了"),
    DECIDE_EXTENSION("定延期"),
    DECIDE_SUSPENSION("定挂起"),
    DECIDE_RETURN("定退单"),
    RULE("裁定由谁办"),
    ANSWER_TRANSFER("接或不接移交"),
    ANSWER_SUPERVISION("书面答复督办"),
    REVIEW_ANSWER("看督办答复"),
    ANSWER_INSTRUCTION("答复批示"),
    ESCALATED("升级到您这一级，请过问"),
    VERIFY("到场核验"),
    CALL_BACK("打电话回访"),
    TAKE("接单"),
    CONTACT("联系居民"),
    RESOLVE("处理并报结果"),
    ASSIST_ANSWER("接或谢绝协办"),
    ASSIST("协办并报结果");

    private final String words;

    Need(String words) {
        this.words = words;
    }

    String words() {
        return words;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }
}

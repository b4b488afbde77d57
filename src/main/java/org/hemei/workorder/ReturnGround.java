package org.hemei.workorder;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Why a holder says that an order is not for it. */
public enum ReturnGround {
    NOT_OURS("不归我们管", "设施或地方由别家负责"),
    WRONG_PLACE("地点不对", "不在我们服务的小区或楼栋"),
    OUTSIDE("依法归部门办", "要执法、检测或审批，物业办不了"),
    CONTRACT("合同里没有这项", "服务合同和约定都不包括"),
    OTHER("别的理由", "在下面说明");

    private final String words;
    private final String more;

    ReturnGround(String words, String more) {
        this.words = words;
        this.more = more;
    }

    public String words() {
        return words;
    }

    /** What it means, beside its button. */
    public String more() {
        return more;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<ReturnGround> find(String code) {
        return Arrays.stream(values()).filter(g -> g.code().equals(code)).findFirst();
    }
}

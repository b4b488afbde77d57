package org.hemei.platform.privacy;

import java.util.Arrays;
import java.util.Optional;

/** Why something stays although it was asked to go: the cases in which the law or the duty in hand need it. */
public enum Ground {
    IN_OFFICE("还在岗位上", "任职、账号和姓名在任期内要留着，离任后可以再申请"),
    OPEN_ORDERS("有没办完的单", "办结之后再删：没办完就删，事情没法接着办"),
    PARTY_FILE("党员组织关系", "由党组织依党内法规保管，请找所在党组织"),
    LAW("法律要求保存", "《个人信息保护法》第四十七条第二款：法律规定的保存期没到"),
    NOT_THEIRS("说的不是您自己的信息", "只能更正、删除本人的信息"),
    TRUE_AS_IS("核对过，原来是对的", "附上核对的依据，请您再看看");

    private final String words;
    private final String more;

    Ground(String words, String more) {
        this.words = words;
        this.more = more;
    }

    public String words() {
        return words;
    }

    public String more() {
        return more;
    }

    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    static Optional<Ground> of(String code) {
        return Arrays.stream(values()).filter(g -> g.code().equals(code)).findFirst();
    }
}

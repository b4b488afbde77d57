package org.hemei.registry.people;

import java.util.Arrays;
import java.util.Optional;

/** Why somebody of the organisation needs the names; a code, because the record holds no words of people. */
public enum RevealReason {
    RELATIONS("办组织关系", "转接、核对组织关系"),
    LIFE("安排组织生活", "通知开会、记考勤"),
    ELECTION("换届选举", "核对有选举权的党员"),
    CARE("走访慰问", "困难党员、老党员");

    private final String words;
    private final String more;

    RevealReason(String words, String more) {
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

    static Optional<RevealReason> of(String code) {
        return Arrays.stream(values()).filter(r -> r.code().equals(code)).findFirst();
    }
}

package org.hemei.registry.people;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Why somebody leaves a post; a code, because the history holds no words of people. */
public enum EndReason {
    TERM_OVER("任期届满"),
    RESIGNED("本人辞去"),
    MOVED("调到别处"),
    RECALLED("被罢免、撤职"),
    LEFT_COMPANY("离开公司"),
    /** Nobody chooses it any more: what was entered wrongly is taken back. */
    ENTERED_WRONGLY("登记错了"),
    OTHER("其他"),
    /** Nobody chooses it: the body ended, and its posts with it. */
    BODY_ENDED("单位不在了");

    private final String words;

    EndReason(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    public String code() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }

    /** What somebody who ends an appointment can choose. */
    public static List<EndReason> chosen() {
        return Arrays.stream(values())
                .filter(r -> r != BODY_ENDED && r != ENTERED_WRONGLY)
                .toList();
    }

    static Optional<EndReason> of(String code) {
        return Arrays.stream(values()).filter(r -> r.code().equals(code)).findFirst();
    }
}

package org.hemei.registry.policy;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The kinds of document, with the series they can be part of (article: 完善制度设计). */
enum PolicyKind {
    LAW("法律法规"),
    OVERALL_PLAN("总体规划"),
    ONE_PLUS_EIGHT("“1+8”系列文件"),
    ACTION_PLAN("行动方案"),
    MEASURE("意见和办法"),
    NOTICE("通知"),
    PRACTICE("地方做法"),
    REPORT("公开报道");

    private final String words;

    PolicyKind(String words) {
        this.words = words;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    String words() {
        return words;
    }

    /** Whether others can be part of it: the plan, and the “1+8” series that belongs to it. */
    boolean series() {
        return this == OVERALL_PLAN || this == ONE_PLUS_EIGHT || this == ACTION_PLAN;
    }

    static PolicyKind of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    static @Nullable PolicyKind find(@Nullable String code) {
        return Arrays.stream(values())
                .filter(kind -> kind.code().equals(code))
                .findFirst()
                .orElse(null);
    }
}

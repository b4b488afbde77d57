package org.hemei.access.security;

import java.util.Locale;

/** What the review of grants looks for (等保三级 访问控制: what nobody needs any more is taken away). */
public enum Finding {
    UNUSED("90 天没登录", "有职责，人却不来"),
    LEFT("人已离任", "这个单位或地方的任职都结束了"),
    BROADER("比任职宽", "授权的范围比现在的任职大"),
    DUPLICATE("重复", "另一条授权已经包含它");

    private final String words;
    private final String meaning;

    Finding(String words, String meaning) {
        this.words = words;
        this.meaning = meaning;
    }

    public String words() {
        return words;
    }

    public String meaning() {
        return meaning;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** @return the first one for a code that is none */
    static Finding of(String code) {
        for (var finding : values()) {
            if (finding.code().equals(code)) {
                return finding;
            }
        }
        return UNUSED;
    }
}

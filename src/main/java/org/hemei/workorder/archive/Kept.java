package org.hemei.workorder.archive;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is kept for a time after an order has ended, and what happens to it then. */
public enum Kept {
    ORDER_ARCHIVE("整张工单", "移到归档，只读，照样查得到"),
    CALLER("代点人的姓名、电话", "删掉，工单留着"),
    ORDER_WORDS("居民和经办人写的话、照片", "删掉，只留办理的事实和数字");

    private final String words;
    private final String then;

    Kept(String words, String then) {
        this.words = words;
        this.then = then;
    }

    public static Optional<Kept> of(String code) {
        return Arrays.stream(values()).filter(kept -> kept.code().equals(code)).findFirst();
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String words() {
        return words;
    }

    /** What happens when the time is over. */
    public String then() {
        return then;
    }

    /** What is gone cannot be brought back. */
    public boolean erases() {
        return this != ORDER_ARCHIVE;
    }

    /** 5 年, 18 个月. */
    public static String time(int months) {
        return months % 12 == 0 ? months / 12 + " 年" : months + " 个月";
    }
}

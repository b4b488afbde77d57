package org.hemei.workorder;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What is kept for a time after an order, a campaign or a case has ended, and what happens to it then. */
public enum Kept {
    ORDER_ARCHIVE("整张工单", "移到归档，只读，照样查得到", "张单"),
    CALLER("代点人的姓名、电话", "删掉，工单留着", "张单"),
    ORDER_WORDS("居民和经办人写的话、照片", "删掉，只留办理的事实和数字", "张单"),
    HOTLINE_WORDS("热线件里来电人的姓名、电话、原话", "删掉，热线工单号和去向留着", "件热线件"),
    EVALUATION_FILES("测评的照片、位置，异议和更正的文件", "删掉，得分、答复和版本留着", "件的材料"),
    LISTING_FILES("“黑名单”陈述、修复、异议的照片和文件", "删掉，决定书和经过留着", "件的材料");

    private final String words;
    private final String then;
    private final String unit;

    Kept(String words, String then, String unit) {
        this.words = words;
        this.then = then;
        this.unit = unit;
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

    /** What is counted of it. */
    public String unit() {
        return unit;
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

package org.hemei.workorder;

import java.util.Arrays;
import java.util.List;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.jspecify.annotations.Nullable;

/** What a person writes or adds at a step, and how much of it there may be. */
public final class Said {

    public static final int MAX_WORDS = 500;
    public static final int MAX_PHOTOS = 6;

    private Said() {}

    /** @param what the thing that has to be written, as a Chinese noun */
    public static List<Reason> words(String field, @Nullable String words, String what) {
        return words == null || words.isBlank()
                ? List.of(new Reason(field, "还没写" + what + "。"))
                : atMost(field, words, what);
    }

    /** For words that may be left out. */
    public static List<Reason> atMost(String field, String words, String what) {
        return words.strip().length() > MAX_WORDS
                ? List.of(new Reason(field, what + "太长了，请缩到 " + MAX_WORDS + " 字以内。"))
                : List.of();
    }

    static List<Reason> photos(String field, int count) {
        return count > MAX_PHOTOS ? List.of(new Reason(field, "最多 " + MAX_PHOTOS + " 张照片，请去掉几张。")) : List.of();
    }

    /** @throws Refusal with all the reasons, when there is any */
    @SafeVarargs
    public static void check(List<Reason>... reasons) {
        var all = Arrays.stream(reasons).flatMap(List::stream).toList();
        if (!all.isEmpty()) {
            throw new Refusal(all);
        }
    }
}

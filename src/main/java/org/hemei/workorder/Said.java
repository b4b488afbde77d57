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

    /** Of what was said, so much goes into a text message. */
    private static final int TEXTED = 120;

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

    /** What was said as a sentence of a text message, cut where it is long; nothing where nothing was said. */
    public static String texted(String before, @Nullable String words) {
        if (words == null || words.isBlank()) {
            return "";
        }
        var bare = words.strip().replaceAll("\\s+", " ");
        var cut = bare.codePointCount(0, bare.length()) > TEXTED
                ? bare.substring(0, bare.offsetByCodePoints(0, TEXTED)) + "……"
                : bare;
        return before + cut + (cut.matches(".*[。！？…]") ? "" : "。");
    }
}

package org.hemei.workorder.measure;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The three rates (domain.md §2). They are three facts: answered, solved, satisfied; none stands for another. */
public enum Rate {
    RESPONSE("响应率", "按时联系", "次应有的联系", Part.IN_TIME, Part.MISSED),
    RESOLUTION("解决率", "居民说解决了", "份评价", Part.SOLVED, Part.UNSOLVED),
    SATISFACTION("满意率", "居民说满意", "份评价", Part.SATISFIED, Part.NOT_SATISFIED);

    private final String words;
    private final String gloss;
    private final String unit;
    private final Part good;
    private final Part poor;

    Rate(String words, String gloss, String unit, Part good, Part poor) {
        this.words = words;
        this.gloss = gloss;
        this.unit = unit;
        this.good = good;
        this.poor = poor;
    }

    public String words() {
        return words;
    }

    /** 响应 */
    public String brief() {
        return words.substring(0, 2);
    }

    public String gloss() {
        return gloss;
    }

    /** What its denominator counts: of the response rate contacts that were owed, of which an order that two held has two (decision 81). */
    public String unit() {
        return unit;
    }

    /** What its numerator holds. */
    public Part good() {
        return good;
    }

    /** The rest of its denominator. */
    public Part poor() {
        return poor;
    }

    /** All its parts: the good, the poor, then those outside. */
    public List<Part> parts() {
        return Parts.of(this);
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Rate of(String code) {
        return valueOf(code.toUpperCase(Locale.ROOT));
    }

    /** As it stands in an address; null for anything else. */
    public static @Nullable Rate named(@Nullable String code) {
        for (var rate : values()) {
            if (rate.code().equals(code)) {
                return rate;
            }
        }
        return null;
    }
}

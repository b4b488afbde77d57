package org.hemei.workorder.rates;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What figures are told apart by. */
public enum By {
    AREA("下级"),
    ESTATE("小区"),
    COMPANY("处理单位"),
    PROJECT("项目"),
    CATEGORY("类别"),
    MONTH("月份");

    private final String words;

    By(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }

    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    static @Nullable By named(@Nullable String code) {
        for (var by : values()) {
            if (by.code().equals(code)) {
                return by;
            }
        }
        return null;
    }

    /** What a filter's areas are told apart by: estates in a community and where no area is named. */
    By in(RateFilter filter) {
        return this == AREA && below(filter) == 0 ? ESTATE : this;
    }

    /** How many digits the codes one level below the filter's area have; 0 where estates are below. */
    static int below(RateFilter filter) {
        var area = filter.area();
        return switch (area == null ? 12 : area.length()) {
            case 4 -> 6;
            case 6 -> 9;
            case 9 -> 12;
            default -> 0;
        };
    }

    /** The key of {@code work_order o}: a code of the level below begins with the code of its area. */
    String key(RateFilter filter) {
        return switch (in(filter)) {
            case AREA -> "left(o.community, " + below(filter) + ")";
            case ESTATE -> "cast(o.estate as text)";
            case COMPANY -> "coalesce(cast(o.holder as text), '')";
            case PROJECT -> "coalesce(o.holder || '-' || o.estate, '')";
            case CATEGORY -> filter.category() == null ? "split_part(o.category, '.', 1)" : "o.category";
            case MONTH -> "to_char(o.submitted_at at time zone 'Asia/Shanghai', 'YYYY-MM')";
        };
    }
}

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

    /** The key of a case {@code c}: a code of the level below begins with the code of its area. */
    String key(RateFilter filter) {
        var area = filter.area();
        return switch (this) {
            case AREA ->
                switch (area == null ? 12 : area.length()) {
                    case 4 -> "left(c.community, 6)";
                    case 6 -> "left(c.community, 9)";
                    case 9 -> "c.community";
                    default -> ESTATE.key(filter);
                };
            case ESTATE -> "cast(c.estate as text)";
            case COMPANY -> "coalesce(cast(c.holder as text), '')";
            case PROJECT -> "coalesce(c.holder || '-' || c.estate, '')";
            case CATEGORY -> filter.category() == null ? "split_part(c.category, '.', 1)" : "c.category";
            case MONTH -> "to_char(c.submitted_at at time zone 'Asia/Shanghai', 'YYYY-MM')";
        };
    }
}

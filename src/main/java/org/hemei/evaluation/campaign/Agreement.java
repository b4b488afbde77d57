package org.hemei.evaluation.campaign;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * How far two assessors of the same estates agree beyond chance: Cohen's κ over all items both found applicable or not
 * (Cohen 1960). Shown to two digits; with nothing to compare there is none.
 */
@Component
public class Agreement {

    /** One item as the first and the second assessor found it. */
    record Pair(String first, String second) {}

    /**
     * @param kappa in hundredths, rounded half up; null when it cannot be computed, since both always found the same one thing
     */
    public record Kappa(int items, int same, @Nullable Integer kappa) {

        /** 0.78 */
        public String words() {
            return kappa == null
                    ? "算不出（两人都只给了一种结果）"
                    : BigDecimal.valueOf(kappa, 2).toPlainString();
        }
    }

    private final JdbcClient jdbc;

    Agreement(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Kappa of(long campaign) {
        return of(jdbc.sql("""
                        select x.level as first, y.level as second
                        from evaluation_inspection a
                                 join evaluation_inspection b on b.campaign = a.campaign and b.estate = a.estate and b.turn = 2
                                 join evaluation_inspection_item x on x.inspection = a.id
                                 join evaluation_inspection_item y on y.inspection = b.id and y.item = x.item
                        where a.campaign = ? and a.turn = 1 and a.state = 'done' and b.state = 'done'
                        """).param(campaign).query(Pair.class).list());
    }

    /** κ = (observed − expected) ÷ (1 − expected), in exact fractions until the one rounding. */
    static Kappa of(List<Pair> pairs) {
        long n = pairs.size();
        long same =
                pairs.stream().filter(pair -> pair.first.equals(pair.second)).count();
        Map<String, Integer> first = new HashMap<>();
        Map<String, Integer> second = new HashMap<>();
        pairs.forEach(pair -> {
            first.merge(pair.first, 1, Integer::sum);
            second.merge(pair.second, 1, Integer::sum);
        });
        long chance = first.entrySet().stream()
                .mapToLong(one -> (long) one.getValue() * second.getOrDefault(one.getKey(), 0))
                .sum();
        // expected = chance / n², observed = same / n
        if (n == 0 || chance == n * n) {
            return new Kappa((int) n, (int) same, null);
        }
        var kappa = BigDecimal.valueOf(100L * (same * n - chance))
                .divide(BigDecimal.valueOf(n * n - chance), MathContext.DECIMAL64)
                .setScale(0, RoundingMode.HALF_UP);
        return new Kappa((int) n, (int) same, kappa.intValueExact());
    }
}

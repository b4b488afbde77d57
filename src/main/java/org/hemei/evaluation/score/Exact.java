package org.hemei.evaluation.score;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/** Exact numbers: fractions of whole numbers, rounded once and half up where the rule says so. Nothing here floats. */
public final class Exact {

    private static final MathContext FINE = new MathContext(30);
    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private Exact() {}

    /** The whole number nearest to a fraction that is not negative; a half goes up. */
    public static long halfUp(long part, long whole) {
        if (part < 0 || whole <= 0) {
            throw new IllegalArgumentException(part + " / " + whole);
        }
        return (part + part + whole) / (whole + whole);
    }

    /** The least whole number that is not below a fraction. */
    public static long up(long part, long whole) {
        return (part + whole - 1) / whole;
    }

    /** The least whole number whose square is not below a fraction. */
    public static long rootUp(BigInteger part, BigInteger whole) {
        var least = part.divide(whole).sqrt();
        while (least.multiply(least).multiply(whole).compareTo(part) < 0) {
            least = least.add(BigInteger.ONE);
        }
        return least.longValueExact();
    }

    /** 72.35 */
    public static String points(long hundredths) {
        return BigDecimal.valueOf(hundredths, 2).toPlainString();
    }

    /** The Wilson interval of a share in tenths of a percent, each end rounded outwards. */
    public record Interval(int low, int high) {

        /** 71.2% 到 83.9% */
        public String words() {
            return BigDecimal.valueOf(low, 1) + "% 到 " + BigDecimal.valueOf(high, 1) + "%";
        }
    }

    /**
     * Wilson's score interval: it stays within 0 and 1 and is honest for small samples and shares near the ends.
     *
     * @param confidence the factor in hundredths, 196 for 95 %
     */
    public static Interval wilson(long part, long whole, int confidence) {
        var n = BigDecimal.valueOf(whole);
        var k = BigDecimal.valueOf(part);
        var z = BigDecimal.valueOf(confidence).divide(HUNDRED, FINE);
        var z2 = z.multiply(z, FINE);
        // (k + z²/2 ± z·√(k(n−k)/n + z²/4)) / (n + z²)
        var middle = k.add(z2.divide(BigDecimal.TWO, FINE));
        var reach = z.multiply(
                k.multiply(n.subtract(k))
                        .divide(n, FINE)
                        .add(z2.divide(BigDecimal.valueOf(4), FINE))
                        .sqrt(FINE),
                FINE);
        var all = n.add(z2);
        var thousand = BigDecimal.valueOf(1000);
        var low = middle.subtract(reach).multiply(thousand).divide(all, 0, RoundingMode.FLOOR);
        var high = middle.add(reach).multiply(thousand).divide(all, 0, RoundingMode.CEILING);
        return new Interval(Math.max(0, low.intValueExact()), Math.min(1000, high.intValueExact()));
    }
}

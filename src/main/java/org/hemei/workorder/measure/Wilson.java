package org.hemei.workorder.measure;

/**
 * The Wilson score interval at 95 %: where a share may well lie, given how few cases it is made of. Without cases it reaches
 * from nothing to everything.
 */
public record Wilson(double low, double high) {

    private static final double Z = 1.959963984540054;

    public static Wilson of(long part, long whole) {
        if (part < 0 || part > whole) {
            throw new IllegalArgumentException(part + " of " + whole);
        }
        if (whole == 0) {
            return new Wilson(0, 1);
        }
        double share = (double) part / whole;
        double z2 = Z * Z / whole;
        double middle = (share + z2 / 2) / (1 + z2);
        double half = Z * StrictMath.sqrt(share * (1 - share) / whole + z2 / (4 * whole)) / (1 + z2);
        return new Wilson(part == 0 ? 0 : Math.max(0, middle - half), part == whole ? 1 : Math.min(1, middle + half));
    }

    /** 82.4—93.1% */
    public String words() {
        return tenth(Math.floor(low * 1000)) + "—" + tenth(Math.ceil(high * 1000)) + "%";
    }

    private static String tenth(double permille) {
        return String.format(java.util.Locale.ROOT, "%.1f", permille / 10);
    }
}

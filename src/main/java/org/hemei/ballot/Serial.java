package org.hemei.ballot;

import java.security.SecureRandom;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The number of a sheet: eleven random characters that are not taken for each other (Crockford's base 32), and one that
 * checks them (Luhn mod 32: one wrong character, and nearly every two that changed places, are noticed).
 */
final class Serial {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int BASE = ALPHABET.length();
    private static final int RANDOM_PART = 11;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Serial() {}

    static String make() {
        var text = new StringBuilder();
        for (var n = 0; n < RANDOM_PART; n++) {
            text.append(ALPHABET.charAt(RANDOM.nextInt(BASE)));
        }
        return text.append(ALPHABET.charAt((BASE - sum(text, 2) % BASE) % BASE)).toString();
    }

    /** As it was typed: small letters, spaces, O for 0 and I or L for 1 are forgiven. Null when it is no serial. */
    static @Nullable String read(String typed) {
        var text = typed.replaceAll("[\\s-]", "")
                .toUpperCase(Locale.ROOT)
                .replace('O', '0')
                .replace('I', '1')
                .replace('L', '1');
        return text.length() == RANDOM_PART + 1
                        && text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)
                        && sum(text, 1) % BASE == 0
                ? text
                : null;
    }

    private static int sum(CharSequence text, int factor) {
        var sum = 0;
        var times = factor;
        for (var at = text.length() - 1; at >= 0; at--) {
            var addend = times * ALPHABET.indexOf(text.charAt(at));
            sum += addend / BASE + addend % BASE;
            times = 3 - times;
        }
        return sum;
    }

    /** K7QF 2M9D 0X4T */
    static String told(String serial) {
        return serial.substring(0, 4) + " " + serial.substring(4, 8) + " " + serial.substring(8);
    }
}

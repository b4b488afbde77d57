package org.hemei.access;

import java.security.SecureRandom;
import java.util.Locale;

/** The code on the slip that a community gives to a household. No character that is easily taken for another. */
record BindingCode(String value) {

    private static final String ALPHABET = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    private static final int LENGTH = 8;
    private static final SecureRandom RANDOM = new SecureRandom();

    static BindingCode fresh() {
        var code = new StringBuilder();
        for (var i = 0; i < LENGTH; i++) {
            code.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
        }
        return new BindingCode(code.toString());
    }

    /** Lower case, spaces and hyphens are forgiven. */
    static BindingCode typed(String typed) {
        return new BindingCode(typed.replaceAll("[^A-Za-z0-9]", "").toUpperCase(Locale.ROOT));
    }

    boolean complete() {
        return value.length() == LENGTH;
    }

    /** ABCD-2345, as printed. */
    String grouped() {
        return complete() ? value.substring(0, 4) + "-" + value.substring(4) : value;
    }
}

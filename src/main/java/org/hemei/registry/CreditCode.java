package org.hemei.registry;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * 统一社会信用代码, the 18 characters every company in China has: registering department, kind, six-digit area,
 * nine-character organisation code, check character. Rule: GB 32100-2015.
 *
 * <p>Some codes in use fail the check; those come in by a supervised override with a reason, never by this record.
 */
public record CreditCode(String value) {

    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final int LENGTH = 18;

    public CreditCode {
        var problems = problems(value);
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join(" ", problems));
        }
    }

    /** Reads what a person typed: spaces and lower case are forgiven, nothing else. */
    public static CreditCode parse(String typed) {
        return new CreditCode(tidy(typed));
    }

    public static String tidy(String typed) {
        return typed.replaceAll("[\\s　-]", "").toUpperCase(Locale.ROOT);
    }

    /** Every reason why this is not a credit code, in words for the person who typed it; empty if it is one. */
    public static List<String> problems(String code) {
        var problems = new ArrayList<String>();
        if (code.length() != LENGTH) {
            problems.add("统一社会信用代码是 18 位，这里有 %d 位。".formatted(code.length()));
        }
        code.chars()
                .filter(c -> ALPHABET.indexOf(c) < 0)
                .distinct()
                .forEach(c -> problems.add("代码里没有“%c”，请对照营业执照改正。".formatted((char) c)));
        if (code.length() >= 8 && !code.substring(2, 8).chars().allMatch(Character::isDigit)) {
            problems.add("第 3 至 8 位是登记地区，应全是数字。");
        }
        if (problems.isEmpty() && checkCharacter(code) != code.charAt(LENGTH - 1)) {
            problems.add("最后一位校验码不对，请逐位核对。");
        }
        return List.copyOf(problems);
    }

    /** Completes the first 17 characters with the check character. */
    public static CreditCode complete(String first17) {
        if (first17.length() != LENGTH - 1 || !first17.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)) {
            throw new IllegalArgumentException("17 characters of the code's alphabet expected: " + first17);
        }
        return new CreditCode(first17 + checkCharacter(first17));
    }

    private static char checkCharacter(String code) {
        int sum = 0;
        int weight = 1; // 3^(i-1) mod 31
        for (int i = 0; i < LENGTH - 1; i++) {
            sum += ALPHABET.indexOf(code.charAt(i)) * weight;
            weight = weight * 3 % 31;
        }
        return ALPHABET.charAt((31 - sum % 31) % 31);
    }

    @Override
    public String toString() {
        return value;
    }
}

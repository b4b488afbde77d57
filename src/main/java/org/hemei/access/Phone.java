package org.hemei.access;

import java.util.regex.Pattern;
import org.hemei.platform.Refusal;

/** A mobile number of mainland China. What people put between the digits is forgiven. */
record Phone(String number) {

    private static final Pattern MOBILE = Pattern.compile("1[3-9]\\d{9}");
    private static final int DIGITS = 11;

    static Phone parse(String typed) {
        var digits = new StringBuilder();
        typed.strip().codePoints().filter(Character::isDigit).forEach(c -> digits.append(Character.getNumericValue(c)));
        var number =
                digits.length() == DIGITS + 2 && digits.indexOf("86") == 0 ? digits.substring(2) : digits.toString();
        if (number.isEmpty()) {
            throw Refusal.of("phone", "请填手机号。");
        }
        if (number.length() < DIGITS) {
            throw Refusal.of("phone", "少了 " + (DIGITS - number.length()) + " 位。请填 11 位手机号。");
        }
        if (number.length() > DIGITS) {
            throw Refusal.of("phone", "多了 " + (number.length() - DIGITS) + " 位。请填 11 位手机号。");
        }
        if (!MOBILE.matcher(number).matches()) {
            throw Refusal.of("phone", "这不像手机号。请填 1 开头的 11 位手机号。");
        }
        return new Phone(number);
    }

    /** How its owner is shown as long as no name is known. */
    String masked() {
        return "尾号 " + number.substring(DIGITS - 4);
    }

    @Override
    public String toString() {
        return masked();
    }
}

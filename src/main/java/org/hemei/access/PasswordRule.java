package org.hemei.access;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** 等保三级 身份鉴别: a password has length and variety. Gives back everything that is wrong, not just the first. */
final class PasswordRule {

    private static final int LEAST = 8;
    private static final int MOST = 100;
    private static final int KINDS = 3;

    private PasswordRule() {}

    static List<String> reasons(String password, String username) {
        List<String> reasons = new ArrayList<>();
        if (password.codePointCount(0, password.length()) < LEAST) {
            reasons.add("太短了。请用至少 8 个字符。");
        }
        if (password.length() > MOST) {
            reasons.add("太长了。请不要超过 100 个字符。");
        }
        if (kinds(password) < KINDS) {
            reasons.add("请在大写字母、小写字母、数字、符号里至少用三种。");
        }
        if (!username.isEmpty() && password.toLowerCase(Locale.ROOT).contains(username.toLowerCase(Locale.ROOT))) {
            reasons.add("密码里不要带账号名。");
        }
        return reasons;
    }

    private static int kinds(String password) {
        var kinds = 0;
        kinds += password.chars().anyMatch(Character::isUpperCase) ? 1 : 0;
        kinds += password.chars().anyMatch(Character::isLowerCase) ? 1 : 0;
        kinds += password.chars().anyMatch(Character::isDigit) ? 1 : 0;
        kinds += password.codePoints()
                        .anyMatch(c -> !Character.isUpperCase(c)
                                && !Character.isLowerCase(c)
                                && !Character.isDigit(c)
                                && !Character.isWhitespace(c))
                ? 1
                : 0;
        return kinds;
    }
}

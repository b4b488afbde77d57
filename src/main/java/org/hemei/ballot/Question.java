package org.hemei.ballot;

import java.util.List;
import java.util.Locale;

/** One question of a poll. Each answer is one character, so that all filled-in ballots of a poll are of one length. */
public record Question(Kind kind, String words) {

    /** 不了解: an answer like any other, and no grade. */
    public static final char UNKNOWN = '0';

    /** An answer one can choose. */
    public record Option(char code, String words) {}

    /** The answers a question can have. */
    public enum Kind {
        GRADE(List.of(
                new Option('5', "很满意"),
                new Option('4', "满意"),
                new Option('3', "一般"),
                new Option('2', "不满意"),
                new Option('1', "很不满意"),
                new Option(UNKNOWN, "不了解"))),
        YES_NO(List.of(new Option('y', "是"), new Option('n', "不是"), new Option(UNKNOWN, "不了解")));

        private final List<Option> options;

        Kind(List<Option> options) {
            this.options = options;
        }

        public List<Option> options() {
            return options;
        }

        String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        static Kind of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    boolean takes(char answer) {
        return kind.options().stream().anyMatch(option -> option.code() == answer);
    }

    /** The answer in words. */
    public String words(char answer) {
        return kind.options().stream()
                .filter(option -> option.code() == answer)
                .map(Option::words)
                .findFirst()
                .orElse("");
    }
}

package org.hemei;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** What a broken or unkind client may put where something sensible is expected. */
final class HostileValues {

    /** Must never come back as markup. */
    static final String SCRIPT = "<script>hm9()</script>";

    static final String IMAGE = "\"><img src=x onerror=hm9()>";

    /** 8381919409, should anybody evaluate it: longer than any number that is there by itself. */
    static final String EXPRESSION = "${91373*91733}#{91373*91733}@{91373*91733}{{91373*91733}}";

    static final List<String> TEXTS = List.of(
            "",
            "   \t ",
            "\u3000\u200B",
            "长".repeat(33_000),
            "x".repeat(100_000),
            "前\0后",
            "\uD83D",
            "好\uDE00了",
            "😀👨‍👩‍👧‍👦🏳️‍🌈",
            "\u202E\u2066倒过来\u2069\u200F",
            "é̶̢̛͔̈́̀\uFFFF\uFEFF",
            "一行\r\nSet-Cookie: a=b\r\n\r\n",
            "'; drop table person; --",
            "\\' or 1=1 %_%\\",
            SCRIPT,
            IMAGE,
            EXPRESSION,
            "../../etc/passwd",
            "/\\evil.example/%2e%2e/",
            "//evil.example",
            "-1",
            "0",
            "2147483648",
            "999999999999999999",
            "9223372036854775807",
            "-9223372036854775808",
            "99999999999999999999999999",
            "1e400",
            "NaN",
            "0x10",
            "１２３",
            "3.5",
            "2026-02-30",
            "+999999-01-01",
            "9999-12-31",
            "0001-01-01",
            "-999999999-01-01T00:00:00Z",
            "+1000000000-12-31T23:59:59Z",
            "2026-11-23T25:61:00Z",
            "00000000-0000-0000-0000-000000000000",
            "not-a-uuid-not-a-uuid-not-a-uuid-not",
            "1-1-1-1-1",
            "340111-999999999999999999",
            "999999-1",
            "999999999999999999-999999999999999999-999999999999999999",
            "99999999999999999-999999999999999999",
            "NO_SUCH_THING",
            "null",
            "true",
            "[]",
            "{\"a\":1}",
            "a,b,,c");

    /** JSON that is no text, by how it is written. */
    static final List<String> JSON = List.of(
            "null",
            "true",
            "0",
            "-1",
            "1.5",
            "1e400",
            "123456789012345678901234567890",
            "[]",
            "[null]",
            "[[1],{}]",
            "{}",
            "{\"a\":{\"b\":[]}}",
            "[\"" + "x".repeat(100_000) + "\"]",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "[\"00000000-0000-0000-0000-000000000000\"]");

    static final List<String> BROKEN_BODIES = List.of(
            "",
            "{",
            "null",
            "[]",
            "\"x\"",
            "{\"version\":",
            "{\"version\":1,}",
            "{\"version\":1}}",
            "<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
            "[".repeat(20_000),
            "{\"a\":".repeat(5_000));

    /** Names that reach into objects, where somebody binds more than was meant. */
    static final List<String> PRYING = List.of(
            "class.module.classLoader.x",
            "photos[999999999]",
            "photos[x]",
            "photos[0",
            "grants[0].role",
            "_method",
            "a[b][c]",
            "[]",
            "名\u0085");

    private HostileValues() {}

    /** So many of them, another choice for every field, always the same for the same field. */
    static <T> List<T> some(List<T> all, String field, int count) {
        var shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, new java.util.Random(field.hashCode()));
        return shuffled.subList(0, Math.min(count, shuffled.size()));
    }
}

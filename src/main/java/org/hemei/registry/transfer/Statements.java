package org.hemei.registry.transfer;

import java.util.List;
import java.util.stream.Stream;
import org.hemei.platform.transfer.Check;

/** Statements and checks that sheets share, and putting lists of them together. */
final class Statements {

    /** As on the pages: it goes into a link that a phone dials. */
    static final Check PHONE = new Check("phone", "只填数字和横线，例如 0551-6220 0000。", "s.phone !~ '^[0-9][0-9 -]{2,29}$'");

    private Statements() {}

    /**
     * Looks up what rows name by its code, or as exports name what has none: # and its number. Two statements, each of which can use
     * an index; one with both conditions would compare every row with every row.
     *
     * @param column of stage that has the code; @param target column of stage for the id
     */
    static List<String> found(String table, String column, String target) {
        return List.of(
                "update stage s set %3$s = t.id from %1$s t where t.code = s.%2$s".formatted(table, column, target),
                """
                update stage s set %3$s = t.id from %1$s t
                where t.id = case when s.%2$s ~ '^#[0-9]{1,18}$' then substr(s.%2$s, 2)::bigint end
                """.formatted(table, column, target));
    }

    static List<String> all(List<String>... lists) {
        return Stream.of(lists).flatMap(List::stream).toList();
    }

    @SafeVarargs
    static <T> List<T> and(List<T> first, T... more) {
        return Stream.concat(first.stream(), Stream.of(more)).toList();
    }
}

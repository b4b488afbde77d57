package org.hemei.registry.transfer;

import java.util.List;
import java.util.stream.Stream;

/** Lists of statements and checks, put together. */
final class Statements {

    private Statements() {}

    @SafeVarargs
    static <T> List<T> and(List<T> first, T... more) {
        return Stream.concat(first.stream(), Stream.of(more)).toList();
    }
}

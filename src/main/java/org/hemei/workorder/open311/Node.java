package org.hemei.workorder.open311;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A document of the specification, of which both its formats are written: XML, and JSON by the Spark convention. */
sealed interface Node {

    String name();

    /** @param value text, a number or a truth; null is an empty element, and null in JSON */
    record Value(String name, @Nullable Object value) implements Node {}

    /** Things with different names: an object. */
    record Group(String name, List<Node> parts) implements Node {}

    /** Things with the same name: an array, also when there is one or none. */
    record Many(String name, List<? extends Node> parts) implements Node {}

    static Value value(String name, @Nullable Object value) {
        return new Value(name, value);
    }

    static Group group(String name, Node... parts) {
        return new Group(name, List.of(parts));
    }
}

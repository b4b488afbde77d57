package org.hemei.access.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hemei.platform.reference.ReferenceTable;

/** What actions, kinds of things and details are called on the screen; one without words shows its code. */
final class AuditWords {

    private static final String FILE = "reference/audit-words.csv";

    static final Map<String, String> ACTIONS = read("action");
    static final Map<String, String> KINDS = read("kind");
    private static final Map<String, String> DETAILS = read("detail");

    private AuditWords() {}

    static String action(String code) {
        return ACTIONS.getOrDefault(code, code);
    }

    static String kind(String code) {
        return KINDS.getOrDefault(code, code);
    }

    /** One value of an entry, with its name. */
    static String detail(String name, Object value) {
        return DETAILS.getOrDefault(name, name) + " " + (name.equals("kind") ? kind(value.toString()) : value);
    }

    private static Map<String, String> read(String sort) {
        Map<String, String> words = new LinkedHashMap<>();
        for (var row : ReferenceTable.read(FILE).records()) {
            if (row.get("sort").equals(sort)) {
                words.put(row.get("code"), row.get("words"));
            }
        }
        return words;
    }
}

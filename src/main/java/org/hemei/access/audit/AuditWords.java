package org.hemei.access.audit;

import java.util.LinkedHashMap;
import java.util.Map;
import org.hemei.platform.reference.ReferenceTable;

/** What actions and kinds of things are called on the screen; one without words shows its code. */
final class AuditWords {

    private static final String FILE = "reference/audit-words.csv";

    static final Map<String, String> ACTIONS = read("action");
    static final Map<String, String> KINDS = read("kind");

    private AuditWords() {}

    static String action(String code) {
        return ACTIONS.getOrDefault(code, code);
    }

    static String kind(String code) {
        return KINDS.getOrDefault(code, code);
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

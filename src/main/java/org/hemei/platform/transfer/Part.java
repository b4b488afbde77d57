package org.hemei.platform.transfer;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One table that rows of a sheet are written to.
 *
 * @param id its key column
 * @param target column of stage with the key of the row it stands for; null where there is none yet
 * @param generated whether new rows take their key from the table's sequence; otherwise the target is known beforehand
 * @param when SQL condition over stage s: which rows write here at all; it can ask what an earlier part does: s.p0 is c for
 *     create, u for update, s for the same
 * @param reversal not empty for a table of history, whose lines stay when an import is undone: each gets another one after it,
 *     the same but for these columns
 */
public record Part(
        String table,
        String id,
        String target,
        boolean generated,
        String when,
        boolean versioned,
        List<Field> fields,
        List<Field> reversal) {

    /**
     * @param value SQL expression over stage s
     * @param by columns of the sheet it follows: it changes only when the file has one of them; none: set once, when the row
     *     is made
     * @param differs SQL condition over stage s and the stored row t that stands for "another value"; null to compare
     * @param keep whether null leaves what is there
     */
    public record Field(
            String column,
            String value,
            Set<String> by,
            @Nullable String differs,
            boolean keep) {

        public static Field of(String column, String value, String... by) {
            return new Field(column, value, Set.of(by), null, false);
        }

        /** A column of the same name. */
        public static Field same(String column) {
            return of(column, "s." + column, column);
        }

        public Field differing(String condition) {
            return new Field(column, value, by, condition, keep);
        }

        public Field keeping() {
            return new Field(column, value, by, differs, true);
        }

        String updated() {
            return keep ? "coalesce(" + value + ", t." + column + ")" : value;
        }

        String changed() {
            return differs != null ? "(" + differs + ")" : "t." + column + " is distinct from " + updated();
        }
    }

    public static Part of(String table, String target, Field... fields) {
        return new Part(table, "id", target, true, "true", false, List.of(fields), List.of());
    }

    public Part key(String column) {
        return new Part(table, column, target, false, when, versioned, fields, reversal);
    }

    public Part when(String condition) {
        return new Part(table, id, target, generated, condition, versioned, fields, reversal);
    }

    /** A change counts up the row's version, so that a form opened before is stale. */
    public Part counted() {
        return new Part(table, id, target, generated, when, true, fields, reversal);
    }

    /** A line of history. The fields' values are SQL expressions over the line r that is taken back, and :account who does it. */
    public Part trail(Field... reversal) {
        return new Part(table, id, target, generated, when, versioned, fields, List.of(reversal));
    }

    boolean isTrail() {
        return !reversal.isEmpty();
    }
}

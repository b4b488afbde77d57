package org.hemei.platform.transfer;

import java.util.regex.Pattern;

/**
 * A condition under which a row is wrong.
 *
 * @param column to blame; empty for the whole row
 * @param words what to do about it; {key} stands for what the row has in that column of stage
 * @param wrong SQL condition over stage s
 */
public record Check(String column, String words, String wrong) {

    private static final Pattern PLACE = Pattern.compile("\\{(\\w+)}");

    /** The words as an SQL expression over s. */
    String expression() {
        var quoted = "'" + words.replace("'", "''") + "'";
        return PLACE.matcher(quoted).replaceAll("' || coalesce(s.$1::text, '') || '");
    }
}

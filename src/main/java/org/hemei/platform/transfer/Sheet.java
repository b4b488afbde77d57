package org.hemei.platform.transfer;

import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;

/**
 * A kind of spreadsheet: its columns, who may load it where, and what a row means. All rows lie in a temporary table
 * {@code stage} with one column for each of the sheet's (null where the cell is empty or the file has no such column) and
 * {@code line}; it is worked on with whole-table SQL, so that time and memory hardly grow with the rows.
 */
public interface Sheet {

    /** Stable, lower case Latin letters: stands in addresses and with every run. */
    String key();

    /** Such as 小区. */
    String title();

    /** What one row is and by what it is recognised when it comes again; a sentence for people. */
    String about();

    /** Rank on the page. */
    int order();

    /** The moment of the import or of its undoing, in an expression over rows: the application's clock, not the database's. */
    String NOW = "cast(current_setting('hemei.at') as timestamptz)";

    /** The account that has it written or taken back, in an expression over rows: the author of lines of history. */
    String AUTHOR = "cast(current_setting('hemei.account') as bigint)";

    /** Its day in Shanghai. */
    String TODAY = "cast(" + NOW + " at time zone 'Asia/Shanghai' as date)";

    List<Column> columns();

    /** Where this reader may load the sheet; empty for nowhere. */
    Scope scope(Reader reader);

    /**
     * The area a row of stage s belongs to, and the column to blame when it is not the importer's. A row of no area (null)
     * is checked by the sheet itself, against the temporary table {@code importer (area)}.
     */
    AreaOf area();

    record AreaOf(String expression, String column) {}

    /** Statements that look up ids of what rows name, into further columns of stage; null is what was not found. */
    List<String> resolve();

    List<Check> checks();

    /**
     * A sentence on how many (%s) rows come along with those of the file though it has not got them: {@link #resolve} puts them into
     * stage on lines below 0, where neither {@link #area} nor {@link #checks} may find fault with them. Empty for a sheet without such.
     */
    default String along() {
        return "";
    }

    /** Checks that no SQL can do. In the same transaction as the rest. */
    default void look(Findings findings) {}

    /**
     * Says what whoever has it written should know though every row is right: shown before it is written, and no bar to it. Asked when the
     * plan is made, so that {@code p0} tells what a row does; what does nothing needs no warning.
     */
    default void warn(Findings warnings) {}

    /** Looks again after everything is written, before it is kept: what is found takes it all back. */
    default void verify(Findings findings) {}

    /**
     * Asked before an import is taken back, in its transaction: whoever takes it back may have other grants than whoever loaded it.
     *
     * @throws org.hemei.platform.Refusal where by hand they could not do the same
     */
    default void mayUndo(long run) {}

    /**
     * Told when an import was written or undone, in its transaction: for whoever else has to know of such rows however they changed. What
     * they were and are stands in {@code import_change}.
     */
    default void told(long run, boolean undone) {}

    /** Expressions over stage s that no two rows may share, divided by commas; and the column to blame. */
    Identity identity();

    record Identity(String expressions, String column) {}

    /** What is written, in this order; the first one tells whether a row is new. */
    List<Part> parts();

    /**
     * The same columns, in their order, as they are stored, for a file that can be loaded again; names and phones masked.
     * {@code :areas} is a text[] of area codes, {@code :today} the civil day.
     */
    String export();

    default Column column(String key) {
        return columns().stream()
                .filter(column -> column.key().equals(key))
                .findFirst()
                .orElseThrow();
    }
}

package org.hemei.platform.transfer;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;

/**
 * A list page whose rows can be taken away as an Excel sheet, made behind the pages. A page has it by having a bean of this type
 * and the piece platform/ui/export in its head.
 */
public interface ListExport {

    /** Where rows go: words, numbers, days and instants; null leaves the cell empty. */
    interface Rows {
        void row(@Nullable Object... cells) throws IOException;

        /** A sentence that stands under the rows, before who took them and when: what the figures are of. */
        default void foot(String words) {}
    }

    /** Short and stable, for addresses: orders. */
    String key();

    /** In Chinese, for the sheet and the file: 工单. */
    String title();

    List<String> headings();

    /**
     * Refuses who has no business with the list, as its page does.
     *
     * @throws org.springframework.security.access.AccessDeniedException when the reader has none of its duties
     */
    void admit(Reader reader);

    /**
     * Refuses what cannot be exported as it was asked, such as chosen rows of which none was chosen.
     *
     * @throws org.hemei.platform.Refusal with the words for the asker
     */
    default void check(Map<String, String> query) {}

    /**
     * All rows of the list under the filter of its page, within the reader's scope, in a transaction; personal words masked, because
     * no scope follows a file. That somebody took it is put on record by the list.
     *
     * @param query the filter as it stands in the page's address; what was sent several times, as ticks are, with commas between
     * @param most no more rows than these
     */
    void write(Reader reader, Map<String, String> query, int most, Rows rows) throws IOException;
}

package org.hemei.platform.transfer;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.hemei.platform.Reader;
import org.hemei.platform.log.Audit;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes the exports of lists that need no class of their own: a list says what its sheet is called, who may have it and what its
 * rows are. That somebody took it is put on record here, the same way for all.
 */
@Component
public class ListSheets {

    private static final String ACTION = "list.export";
    private static final Pattern LONG_NUMBER = Pattern.compile("(?<!\\d)(\\d{3})\\d{4,}(\\d{2,4})(?!\\d)");

    /** Writes the rows of a list, as {@link ListExport#write}. */
    @FunctionalInterface
    public interface Source {
        void write(Reader reader, Map<String, String> query, int most, ListExport.Rows rows) throws IOException;
    }

    private record Plain(
            String key,
            String title,
            List<String> headings,
            Consumer<Reader> gate,
            Consumer<Reader> taken,
            Source source)
            implements ListExport {

        @Override
        public void admit(Reader reader) {
            gate.accept(reader);
        }

        @Override
        public void write(Reader reader, Map<String, String> query, int most, Rows rows) throws IOException {
            taken.accept(reader);
            source.write(reader, query, most, rows);
        }
    }

    private final Audit audit;
    private final TransactionTemplate transaction;

    ListSheets(Audit audit, TransactionTemplate transaction) {
        this.audit = audit;
        this.transaction = transaction;
    }

    /**
     * @param key short and stable, for addresses
     * @param title in Chinese, for the sheet and the file
     * @param gate refuses who has no business with the list, as its page does
     */
    public ListExport of(String key, String title, List<String> headings, Consumer<Reader> gate, Source source) {
        return new Plain(key, title, headings, gate, reader -> taken(reader, key), source);
    }

    /** 138****1234: a phone or an identity number that somebody wrote into their words. */
    public static String masked(String words) {
        return LONG_NUMBER.matcher(words).replaceAll("$1****$2");
    }

    private void taken(Reader reader, String key) {
        transaction.executeWithoutResult(
                status -> audit.record(reader, 0, ACTION, "list", reader.account(), null, Map.of("list", key)));
    }
}

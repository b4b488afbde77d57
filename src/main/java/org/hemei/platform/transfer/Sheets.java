package org.hemei.platform.transfer;

import java.util.Comparator;
import java.util.List;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.springframework.stereotype.Component;

/** All sheets there are, by key and by who may load them. */
@Component
class Sheets {

    private final List<Sheet> all;

    Sheets(List<Sheet> all) {
        this.all = all.stream().sorted(Comparator.comparingInt(Sheet::order)).toList();
    }

    List<Sheet> of(Reader reader) {
        return all.stream()
                .filter(sheet -> !sheet.scope(reader).areas().isEmpty())
                .toList();
    }

    /** @throws Missing when there is none, or when it is not the reader's to load */
    Sheet of(Reader reader, String key) {
        return of(reader).stream()
                .filter(sheet -> sheet.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new Missing("没有这张表，或者不归您导入。"));
    }

    Sheet named(String key) {
        return all.stream().filter(sheet -> sheet.key().equals(key)).findFirst().orElseThrow();
    }

    static String[] areas(Sheet sheet, Reader reader) {
        return sheet.scope(reader).areas().stream().distinct().sorted().toArray(String[]::new);
    }
}

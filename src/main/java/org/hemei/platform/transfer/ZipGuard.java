package org.hemei.platform.transfer;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/**
 * Looks through a whole .xlsx before the library does: it unpacks every entry once, counting, and refuses zip bombs, XML bombs
 * (any DOCTYPE), cell addresses past the last column of Excel (the library would reserve room for all before it), and tells
 * where cells are merged.
 */
final class ZipGuard {

    private static final int MOST_ENTRIES = 500;
    private static final long MOST_BYTES = 400L << 20;
    private static final long MOST_STRINGS =
            24L << 20; // the shared texts are the one part that the library keeps in memory
    private static final long MOST_FRAME = 16L << 20; // styles, relations, the list of sheets
    private static final int MOST_RATIO = 250;
    private static final long SMALL = 4L << 20;
    private static final int BUFFER = 1 << 16;
    private static final int OVERLAP = 80;

    private static final Pattern MERGED =
            Pattern.compile("mergeCell\\s[^>]{0,40}?ref\\s*=\\s*[\"']([A-Z]{1,3}\\d{1,7}:[A-Z]{1,3}\\d{1,7})");
    private static final Pattern FAR = Pattern.compile("\\sr\\s*=\\s*[\"'][A-Za-z]{4,}");

    private final Map<String, List<String>> merged = new HashMap<>();
    private long bytes;

    private ZipGuard() {}

    /** @return for each entry that has some, the first merged cells */
    static Map<String, List<String>> check(Path file) {
        var guard = new ZipGuard();
        try (var zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            var names = new HashSet<String>();
            if (zip.size() > MOST_ENTRIES) {
                throw bomb();
            }
            for (var entries = zip.entries(); entries.hasMoreElements(); ) {
                var entry = entries.nextElement();
                if (!names.add(entry.getName().toLowerCase(Locale.ROOT))) {
                    throw broken();
                }
                try (var in = zip.getInputStream(entry)) {
                    guard.look(entry, in);
                }
            }
            if (!names.contains("[content_types].xml") || names.stream().noneMatch(name -> name.startsWith("xl/"))) {
                throw Table.refusal("这个压缩包不是 Excel 表格。请选 .xlsx 或 .csv。");
            }
            return guard.merged;
        } catch (ZipException | IllegalArgumentException e) {
            throw broken();
        } catch (IOException e) {
            throw broken();
        }
    }

    private void look(ZipEntry entry, InputStream in) throws IOException {
        var name = entry.getName().toLowerCase(Locale.ROOT);
        var xml = name.endsWith(".xml") || name.endsWith(".rels");
        var sheet = name.startsWith("xl/worksheets/");
        var most =
                sheet ? MOST_BYTES : name.endsWith("sharedstrings.xml") ? MOST_STRINGS : xml ? MOST_FRAME : MOST_BYTES;
        var buffer = new byte[BUFFER];
        var tail = "";
        long size = 0;
        for (var n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            size += n;
            bytes += n;
            if (size > most
                    || bytes > MOST_BYTES
                    || size > SMALL && size / MOST_RATIO > Math.max(1, entry.getCompressedSize())) {
                throw bomb();
            }
            if (xml) {
                var text = tail + plain(buffer, n);
                inspect(entry.getName(), sheet, text);
                tail = text.substring(Math.max(0, text.length() - OVERLAP));
            }
        }
    }

    /** One character a byte; the zeros of UTF-16 are left out, so that a word is found in that as well. */
    private static String plain(byte[] buffer, int length) {
        var zeros = 0;
        for (var i = 0; i < length; i++) {
            if (buffer[i] == 0) {
                zeros++;
            }
        }
        var text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
        return zeros == 0 ? text : text.replace("\0", "");
    }

    private void inspect(String entry, boolean sheet, String text) {
        if (text.contains("<!DOCTYPE") || text.contains("<!ENTITY")) {
            throw Table.refusal("文件里有不该有的 XML 声明，可能是有人做过手脚。请在 Excel 里新建一张表，把内容粘贴成值，再存一次。");
        }
        if (!sheet) {
            return;
        }
        if (FAR.matcher(text).find()) {
            throw broken();
        }
        if (text.contains("mergeCell")) {
            var found = merged.computeIfAbsent(entry, e -> new ArrayList<>());
            var ranges = MERGED.matcher(text);
            while (found.size() < 4 && ranges.find()) {
                if (!found.contains(ranges.group(1))) {
                    found.add(ranges.group(1));
                }
            }
        }
    }

    private static RuntimeException bomb() {
        return Table.refusal("文件解开后太大，没有读。请分成几个文件，每个不超过 20 万行，并删掉多余的工作表和格式。");
    }

    static RuntimeException broken() {
        return Table.refusal("文件坏了，读不出来。请用 Excel 打开看看，另存为 .xlsx 再传。");
    }
}

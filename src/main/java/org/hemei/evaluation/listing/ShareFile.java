package org.hemei.evaluation.listing;

import de.siegmar.fastcsv.writer.CsvWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Listings that are shared as a file: JSON or CSV, with what has ended below what is in force. */
@Component
class ShareFile {

    private static final List<String> HEADINGS =
            List.of("编号", "企业", "统一社会信用代码", "不合格的年度", "列入那天", "最晚到哪天", "依据", "效力", "异议", "现在");

    /** @param ended what was handed on before and may not be used any more */
    record Content(List<Shareable> listings, List<Shareable.Ended> ended) {}

    private final JsonMapper json;

    ShareFile(JsonMapper json) {
        this.json = json;
    }

    byte[] of(String format, Content content) {
        return format.equals("csv") ? csv(content) : json.writeValueAsBytes(content);
    }

    private static byte[] csv(Content content) {
        var text = new StringWriter();
        text.write('\uFEFF'); // so that a spreadsheet reads it as UTF-8
        try (var csv = CsvWriter.builder().build(text)) {
            csv.writeRecord(HEADINGS);
            for (var one : content.listings) {
                csv.writeRecord(List.of(
                        one.number(),
                        cell(one.company()),
                        one.creditCode(),
                        one.firstYear() + "、" + one.secondYear(),
                        one.since().toString(),
                        one.until().toString(),
                        cell(one.basis() + " " + one.article()),
                        one.excludes() ? "列入期间不得参加投标" : "只供参考",
                        one.underObjection() ? "正在审查" : "",
                        "列入中"));
            }
            for (var one : content.ended) {
                csv.writeRecord(List.of(
                        one.number(),
                        cell(one.company()),
                        one.creditCode(),
                        "",
                        "",
                        one.endedOn() == null ? "" : one.endedOn().toString(),
                        "",
                        "",
                        "",
                        now(one.why())));
            }
        } catch (java.io.IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String now(String why) {
        return switch (why) {
            case "removed" -> "修复移出，请停用";
            case "revoked" -> "撤销，自始就是错的，请停用";
            case "suspended" -> "法院或复议机关定了停止执行，请暂停使用；恢复了会再出现在上面";
            case "expired" -> "到期结束，请停用";
            default -> "依据不再允许共享，请停用";
        };
    }

    /** A name that a spreadsheet would take for a formula is made plain text. */
    private static String cell(@Nullable String words) {
        return words == null ? "" : words.matches("^[=+\\-@\t\r].*") ? "'" + words : words;
    }
}

package org.hemei.platform.transfer;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.text.Normalizer;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.regex.Pattern;
import org.hemei.platform.crypto.FieldCipher;
import org.jspecify.annotations.Nullable;

/** What people type into cells, brought into the one form that is staged; or the reason why that cannot be. */
final class Cells {

    /** A cell in the form to stage, or what is wrong with it. Both null: empty. */
    record Read(@Nullable String value, @Nullable String wrong) {
        static final Read EMPTY = new Read(null, null);

        static Read of(String value) {
            return new Read(value, null);
        }

        static Read wrong(String words) {
            return new Read(null, words);
        }
    }

    /** Blanks of every kind, and marks that cannot be seen. */
    private static final Pattern EDGE =
            Pattern.compile("^[\\s\\u3000\\u00A0\\u200B-\\u200F\\uFEFF]+|[\\s\\u3000\\u00A0\\u200B-\\u200F\\uFEFF]+$");

    private static final Pattern HIDDEN =
            Pattern.compile("[\\p{Cntrl}\\u200B-\\u200F\\u202A-\\u202E\\u2066-\\u2069\\uFEFF\\uFFFD\\p{Co}]");
    private static final Pattern DAY = Pattern.compile(
            "(\\d{4})\\s*[-/.年]\\s*(\\d{1,2})\\s*[-/.月]\\s*(\\d{1,2})\\s*日?(?:[ T]+0{1,2}:00(?::00)?)?");
    private static final Pattern PLAIN_DAY = Pattern.compile("(\\d{4})(\\d{2})(\\d{2})");
    private static final Pattern PHONE = Pattern.compile("1[3-9]\\d{9}");
    private static final Pattern NAME = Pattern.compile("\\p{IsHan}[\\p{IsHan}·]{1,19}|[\\p{L} .'-]{2,40}");
    private static final Pattern BETWEEN = Pattern.compile("[、,，;；|/]");
    private static final LocalDate FIRST = LocalDate.of(1900, 1, 1);
    private static final LocalDate LAST = LocalDate.of(2200, 1, 1);

    private final FieldCipher cipher;
    private final boolean since1904;

    Cells(FieldCipher cipher, boolean since1904) {
        this.cipher = cipher;
        this.since1904 = since1904;
    }

    Read read(Column column, @Nullable Raw raw) {
        if (raw == null) {
            return missing(column);
        }
        if (raw.kind() == Raw.Kind.FORMULA) {
            return Read.wrong("这一格是公式。请复制后“选择性粘贴”成数值。");
        }
        if (raw.kind() == Raw.Kind.ERROR) {
            return Read.wrong("这一格是错误值（像 #N/A）。请改成正确的内容。");
        }
        var text = EDGE.matcher(Normalizer.normalize(raw.text(), Normalizer.Form.NFC))
                .replaceAll("");
        if (text.isEmpty()) {
            return missing(column);
        }
        if (column.kind() == Column.Kind.SAID) {
            return said(column, text);
        }
        if (HIDDEN.matcher(text).find()) {
            return Read.wrong("里面有换行或看不见的字符。请删掉重新打。");
        }
        return switch (column.kind()) {
            case TEXT -> words(column, text);
            case CODE -> code(column, text);
            case WHOLE -> whole(column, text);
            case DECIMAL -> decimal(column, text);
            case DAY -> day(raw.kind() == Raw.Kind.NUMBER, text);
            case CHOICE, FLAG -> choice(column, text);
            case CHOICES -> choices(column, text);
            case NAME -> name(column, text);
            case PHONE -> phone(column, text);
            case SAID -> said(column, text);
        };
    }

    private static Read missing(Column column) {
        return column.required() && !column.kind().secret() ? Read.wrong("这一格要填。" + column.hint()) : Read.EMPTY;
    }

    private static Read words(Column column, String text) {
        var plain = unquoted(text);
        return plain.codePointCount(0, plain.length()) > column.most()
                ? Read.wrong("太长了，最多 " + column.most() + " 个字。")
                : Read.of(plain);
    }

    /** Words of somebody, line breaks and all; characters that cannot be seen go. */
    private Read said(Column column, String text) {
        var plain = HIDDEN.matcher(
                        unquoted(text).replace("\r\n", "\n").replace('\r', '\n').replace('\n', '\u2028'))
                .replaceAll("")
                .replace('\u2028', '\n')
                .strip();
        if (plain.isEmpty()) {
            return missing(column);
        }
        return plain.codePointCount(0, plain.length()) > column.most()
                ? Read.wrong("太长了，最多 " + column.most() + " 个字。")
                : Read.of(HexFormat.of().formatHex(cipher.encrypt(plain)));
    }

    /** An export puts a quotation mark before what a spreadsheet could take for a formula; here it goes again. */
    private static String unquoted(String text) {
        return text.length() > 1 && text.charAt(0) == '\'' && "=+-@＝＋－＠".indexOf(text.charAt(1)) >= 0
                ? text.substring(1)
                : text;
    }

    private static Read code(Column column, String text) {
        var plain = Normalizer.normalize(unquoted(text), Normalizer.Form.NFKC).replaceAll("\\s", "");
        // a number that a spreadsheet keeps as 340104001001.0
        var tidy = plain.matches("\\d+\\.0+") ? plain.substring(0, plain.indexOf('.')) : plain;
        return tidy.length() <= column.most()
                        && (column.form() == null || column.form().matcher(tidy).matches())
                ? Read.of(tidy)
                : Read.wrong("样子不对。" + column.hint());
    }

    private static @Nullable BigDecimal number(String text) {
        var plain = Normalizer.normalize(text, Normalizer.Form.NFKC).replaceAll("[\\s,]", "");
        return plain.matches("-?\\d{1,15}(\\.\\d{1,15})?") ? new BigDecimal(plain) : null;
    }

    private static Read whole(Column column, String text) {
        var number = number(text);
        if (number == null || number.stripTrailingZeros().scale() > 0) {
            return Read.wrong("要填整数。");
        }
        var value = number.longValue();
        return value < column.least() || value > column.most()
                ? Read.wrong("要在 " + column.least() + " 到 " + column.most() + " 之间。")
                : Read.of(String.valueOf(value));
    }

    private static Read decimal(Column column, String text) {
        var number = number(text);
        if (number == null) {
            return Read.wrong("要填数字，不带单位。");
        }
        var rounded = number.setScale(2, RoundingMode.HALF_UP);
        if (rounded.signum() <= 0 || rounded.compareTo(BigDecimal.valueOf(column.most())) > 0) {
            return Read.wrong("要大于 0，不超过 " + column.most() + "。");
        }
        return Read.of(rounded.multiply(BigDecimal.valueOf(column.factor()))
                .toBigInteger()
                .toString());
    }

    private Read day(boolean number, String text) {
        try {
            var day = number && !PLAIN_DAY.matcher(text).matches() ? serial(text) : written(text);
            if (day != null && !day.isBefore(FIRST) && day.isBefore(LAST)) {
                return Read.of(day.toString());
            }
        } catch (DateTimeException | ArithmeticException e) {
            return Read.wrong("没有这一天。请写成 2026-03-01。");
        }
        return Read.wrong("日期认不出来。请写成 2026-03-01。");
    }

    /** Days since the last of 1899, with the 29 February 1900 that never was; or since 1904. */
    private @Nullable LocalDate serial(String text) {
        var days = new BigDecimal(text).intValue();
        if (days < 61 || days > 110_000) {
            return null;
        }
        return since1904
                ? LocalDate.of(1904, 1, 1).plusDays(days)
                : LocalDate.of(1899, 12, 30).plusDays(days);
    }

    private static @Nullable LocalDate written(String text) {
        var plain = Normalizer.normalize(text, Normalizer.Form.NFKC);
        var match = DAY.matcher(plain);
        var found = match.matches() ? match : PLAIN_DAY.matcher(plain);
        return found.matches()
                ? LocalDate.of(
                        Integer.parseInt(found.group(1)),
                        Integer.parseInt(found.group(2)),
                        Integer.parseInt(found.group(3)))
                : null;
    }

    private static Read choice(Column column, String text) {
        var value = column.choices().get(text);
        return value == null ? Read.wrong("只能填：" + listed(column) + "。") : Read.of(value);
    }

    private static Read choices(Column column, String text) {
        var values = new ArrayList<String>();
        for (var one : BETWEEN.split(text)) {
            var word = one.strip();
            if (word.isEmpty()) {
                continue;
            }
            var value = column.choices().get(word);
            if (value == null) {
                return Read.wrong("“" + cut(word) + "”认不出来。可以填：" + listed(column) + "，几个之间用顿号隔开。");
            }
            if (!values.contains(value)) {
                values.add(value);
            }
        }
        return values.isEmpty()
                ? missing(column)
                : Read.of(String.join("|", values.stream().sorted().toList()));
    }

    private static String cut(String word) {
        return word.length() > 12 ? word.substring(0, 12) + "…" : word;
    }

    private static String listed(Column column) {
        var words = column.choices().keySet().stream().limit(12).toList();
        return String.join("、", words) + (column.choices().size() > words.size() ? "等" : "");
    }

    /** Masked, as an export has it: stays as it is. */
    private Read name(Column column, String text) {
        if (text.contains("*")) {
            return Read.EMPTY;
        }
        return NAME.matcher(text).matches()
                ? Read.of(". " + HexFormat.of().formatHex(cipher.encrypt(text)) + " "
                        + text.substring(0, text.offsetByCodePoints(0, 1)) + "**")
                : Read.wrong("请填真实姓名，2 到 20 个字。" + column.hint());
    }

    private Read phone(Column column, String text) {
        if (text.contains("*")) {
            return Read.EMPTY;
        }
        var digits = Normalizer.normalize(text, Normalizer.Form.NFKC).replaceAll("[\\s()+-]|\\.0+$", "");
        var number = digits.length() == 13 && digits.startsWith("86") ? digits.substring(2) : digits;
        return (column.form() == null ? PHONE : column.form()).matcher(number).matches()
                ? Read.of(HexFormat.of().formatHex(cipher.blindIndex(number)) + " "
                        + HexFormat.of().formatHex(cipher.encrypt(number)))
                : Read.wrong(
                        column.form() == null ? "要填 1 开头的 11 位手机号。" + column.hint() : "电话只写数字，座机带区号。" + column.hint());
    }
}

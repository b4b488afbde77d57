package org.hemei.workorder;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Buildings, entrances, floors and dwellings as people write them, brought to one form: 3幢, 3 栋, 三号楼 and the 3 of 3-2-501 are
 * one building. A dwelling is its bare number, which is a term of any text. The migration that brought them says the same in SQL.
 *
 * @param terms 3幢, 2单, 6楼, 501
 * @param rest the text without them
 */
public record HouseNumbers(Set<String> terms, String rest) {

    private static final String DIGITS = "一二三四五六七八九";

    private static final Pattern FORM =
            Pattern.compile("(?<![a-z0-9-])(?:(\\d{1,3})-(?:(\\d{1,2})-)?(\\d{3,4})(?![a-z0-9-])"
                    + "|([a-z]?\\d{1,4}[a-z]?|[a-z])\\s?(?:幢|栋|座|号楼|#(?:楼|(?=[\\s\\d]|$)))"
                    + "|(\\d{1,2})\\s?单元|(\\d{1,2})\\s?[楼层]|(\\d{3,4})\\s?[室户])"
                    + "|(?<![一二三四五六七八九十百零])([一二三四五六七八九十]{1,3})(?:(幢|栋|号楼)|(单元)|楼)");

    public static HouseNumbers in(String text) {
        var terms = new LinkedHashSet<String>();
        var rest = FORM.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(found -> {
            add(terms, (Matcher) found);
            return " ";
        });
        return new HouseNumbers(terms, rest.strip());
    }

    /** Of a dwelling of the register: its building may be called 3, and its number not say the entrance. */
    static Set<String> of(@Nullable String building, @Nullable Integer entrance, @Nullable String unit) {
        var terms = new LinkedHashSet<String>();
        if (building != null) {
            terms.addAll(in(building.matches("[A-Za-z]?\\d{1,4}|[A-Za-z]") ? building + "幢" : building).terms);
            terms.addAll(Grams.terms(building));
        }
        if (entrance != null) {
            add(terms, String.valueOf(entrance), "单");
        }
        if (unit != null) {
            terms.addAll(Grams.terms(unit));
        }
        return terms;
    }

    private static void add(Set<String> terms, Matcher found) {
        if (found.group(8) != null) {
            var number = number(found.group(8));
            add(terms, number, found.group(9) != null ? "幢" : found.group(10) != null ? "单" : "楼");
            return;
        }
        add(terms, found.group(1), "幢");
        add(terms, found.group(2), "单");
        add(terms, found.group(3), "");
        add(terms, found.group(4), "幢");
        add(terms, found.group(5), "单");
        add(terms, found.group(6), "楼");
        add(terms, found.group(7), "");
    }

    private static void add(Set<String> terms, @Nullable String number, String kind) {
        if (number != null) {
            terms.add((kind.isEmpty() ? number : number.replaceFirst("^0+(?=.)", "")) + kind);
        }
    }

    /** 十 is 10, 十二 12, 二十 20, 二十三 23. */
    private static String number(String written) {
        var ten = written.indexOf('十');
        if (ten < 0) {
            return String.valueOf(digits(written));
        }
        var tens = ten == 0 ? 1 : digits(written.substring(0, ten));
        return String.valueOf(tens * 10 + digits(written.substring(ten + 1)));
    }

    private static int digits(String written) {
        return written.chars().reduce(0, (sum, digit) -> sum * 10 + DIGITS.indexOf(digit) + 1);
    }
}

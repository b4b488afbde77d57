package org.hemei.workorder;

import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.regex.Pattern;
import org.hemei.platform.Missing;
import org.hemei.platform.time.CivilTime;

/**
 * Names one order: the district it belongs to (six digits) and its number there. Written 340111-20412 in addresses.
 */
public record OrderId(int district, long id) {

    private static final Pattern FORM = Pattern.compile("(\\d{6})-(\\d{1,18})");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyMMdd");

    /** Reads an address; anything else names no order ({@link Missing}). Also the converter Spring uses. */
    public static OrderId valueOf(String text) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            throw new Missing("没有这张工单。");
        }
        return new OrderId(Integer.parseInt(match.group(1)), Long.parseLong(match.group(2)));
    }

    /** 单号, as people read it out: the day of submission and the number, 261123-20412. */
    public String number(Instant submittedAt) {
        return "%s-%04d".formatted(DAY.format(submittedAt.atZone(CivilTime.ZONE)), id);
    }

    @Override
    public String toString() {
        return district + "-" + id;
    }
}

package org.hemei.workorder.rates;

import java.util.regex.Pattern;
import org.hemei.platform.Missing;

/** Names one appeal: its district and its number there, written 340111-201. */
public record AppealId(int district, long id) {

    private static final Pattern FORM = Pattern.compile("(\\d{6})-(\\d{1,18})");

    /** Reads an address; also the converter Spring uses. */
    public static AppealId valueOf(String text) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            throw new Missing("没有这件申诉。");
        }
        return new AppealId(Integer.parseInt(match.group(1)), Long.parseLong(match.group(2)));
    }

    @Override
    public String toString() {
        return district + "-" + id;
    }
}

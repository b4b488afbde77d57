package org.hemei.workorder.incident;

import java.util.regex.Pattern;
import org.hemei.platform.Missing;

/** Names one incident: its district and its number there. Written 340111-12 in addresses. */
public record IncidentId(int district, long id) {

    private static final Pattern FORM = Pattern.compile("(\\d{6})-(\\d{1,18})");

    /** Reads an address; anything else names none. Also the converter Spring uses. */
    public static IncidentId valueOf(String text) {
        var match = FORM.matcher(text);
        if (!match.matches()) {
            throw new Missing("没有这个通知。");
        }
        return new IncidentId(Integer.parseInt(match.group(1)), Long.parseLong(match.group(2)));
    }

    String path() {
        return "/incidents/" + this;
    }

    @Override
    public String toString() {
        return district + "-" + id;
    }
}

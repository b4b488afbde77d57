package org.hemei.workorder.feed;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.hemei.workorder.feed.DeadlineCalendar.Deadline;

/** Writes deadlines as an iCalendar object (RFC 5545): numbers, states and kinds, nobody's words. */
final class ICalendar {

    private static final DateTimeFormatter UTC =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    /** Octets of a content line, without its end. */
    private static final int LINE = 75;

    private final StringBuilder out = new StringBuilder();

    private ICalendar() {}

    static String of(List<Deadline> deadlines, Instant now, String address, String host) {
        var calendar = new ICalendar();
        calendar.line("BEGIN:VCALENDAR");
        calendar.line("VERSION:2.0");
        calendar.line("PRODID:-//Hemei//Deadlines//ZH");
        calendar.line("CALSCALE:GREGORIAN");
        calendar.line("METHOD:PUBLISH");
        calendar.line("X-WR-CALNAME:" + text("和美：时限"));
        calendar.line("REFRESH-INTERVAL;VALUE=DURATION:PT1H");
        for (var deadline : deadlines) {
            calendar.event(deadline, now, address, host);
        }
        calendar.line("END:VCALENDAR");
        return calendar.out.toString();
    }

    private void event(Deadline deadline, Instant now, String address, String host) {
        line("BEGIN:VEVENT");
        line("UID:" + deadline.id() + "-" + deadline.code() + "@" + host);
        line("DTSTAMP:" + UTC.format(now));
        line("DTSTART:" + UTC.format(deadline.due()));
        line("SUMMARY:" + text(deadline.what() + " " + deadline.kind() + " " + deadline.number()));
        line("URL:" + address + "/orders/" + deadline.id());
        line("TRANSP:TRANSPARENT");
        line("END:VEVENT");
    }

    /** A value of type TEXT. */
    static String text(String words) {
        return words.replace("\\", "\\\\")
                .replace(";", "\\;")
                .replace(",", "\\,")
                .replaceAll("\\r\\n?|\\n", "\\\\n")
                .replaceAll("\\p{Cntrl}", "");
    }

    /** Folded by octets, never within a character. */
    private void line(String content) {
        var room = LINE;
        for (var i = 0; i < content.length(); ) {
            var character = content.codePointAt(i);
            var piece = Character.toString(character);
            var size = piece.getBytes(StandardCharsets.UTF_8).length;
            if (size > room) {
                out.append("\r\n ");
                room = LINE - 1;
            }
            out.append(piece);
            room -= size;
            i += Character.charCount(character);
        }
        out.append("\r\n");
    }
}

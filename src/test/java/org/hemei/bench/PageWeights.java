package org.hemei.bench;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.hemei.outside.Visitor;
import org.hemei.outside.Wire;

/** S8: what a resident's phone loads, compressed, heads included: first visit with all parts, then later pages. */
final class PageWeights {

    private static final Pattern PART = Pattern.compile(
            "<(?:link[^>]*?rel=\"(?:stylesheet|icon)\"[^>]*?href|link[^>]*?href|script[^>]*?src|img[^>]*?src)"
                    + "=\"(/[^\"]+)\"");
    private static final List<String> LATER = List.of("/orders/new", "/my/orders", "/me", "/notices");

    private final City city;

    PageWeights(City city) {
        this.city = city;
    }

    String measure() throws IOException {
        var seen = new LinkedHashSet<String>();
        try (var visitor = city.signInOneResident()) {
            var first = weigh(visitor, "/home", seen);
            var heaviest = 0;
            for (var path : LATER) {
                heaviest = Math.max(heaviest, weigh(visitor, path, seen));
            }
            return Bench.line("S8", first / 1e3, "KB", "later_kb", Bench.rounded(heaviest / 1e3));
        }
    }

    /** Bytes of a page and of those of its parts that the browser does not hold yet. */
    private static int weigh(Visitor visitor, String path, Set<String> seen) throws IOException {
        var page = visitor.getCompressed(path);
        if (page.status() != 200) {
            throw new IOException(path + " answers " + page.status());
        }
        var sum = page.bytes();
        Bench.say("S8: " + path + " " + page.bytes());
        var parts = PART.matcher(unpacked(page));
        while (parts.find()) {
            var address = parts.group(1).replaceFirst("#.*", "");
            if (seen.add(address)) {
                var part = visitor.getCompressed(address);
                Bench.say("S8:   " + address + " " + part.bytes() + " (" + part.status() + ")");
                sum += part.bytes();
            }
        }
        return sum;
    }

    private static String unpacked(Wire.Reply reply) throws IOException {
        if (!reply.encoding().equals("gzip")) {
            return reply.text();
        }
        try (var gzip = new GZIPInputStream(new ByteArrayInputStream(reply.body()))) {
            return new String(gzip.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}

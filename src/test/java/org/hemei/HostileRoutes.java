package org.hemei;

import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.hemei.access.Role;

/** The routes with a request that nothing is wrong with, so that one bad value at a time can be put into it. */
final class HostileRoutes {

    /** @param name tells variants of one route apart */
    record Start(String name, RouteTable.Line line, Map<String, String> with, boolean variant) {}

    private static final AtomicInteger COUNT = new AtomicInteger();

    private HostileRoutes() {}

    static List<Start> all() {
        var starts = new ArrayList<Start>();
        for (var line : RouteTable.read().lines()) {
            var sound = line.note("sound").map(RouteTable::with).orElse(line.with());
            starts.add(new Start(line.route(), line, sound, false));
            for (var note : line.notes()) {
                if (note.key().startsWith("sound ")) {
                    var with = RouteTable.with(note.text());
                    var role = Role.valueOf(note.key().substring("sound ".length()));
                    starts.add(new Start(
                            line.route() + " " + note.text().split(" ")[0], line.as(Set.of(role), with), with, true));
                }
            }
        }
        return starts;
    }

    /** Fills in what is said with % or, a thing of the town, with $. */
    static Map<String, String> filled(Map<String, String> with, RouteThings.Made made) {
        var filled = new LinkedHashMap<String, String>();
        with.forEach((name, text) -> filled.put(
                name,
                switch (text) {
                    case "%spot" -> made.value("$garden") + "-" + made.value("$building") + "-" + made.value("$unit");
                    case "%name" -> "hostile" + COUNT.incrementAndGet();
                    case "%phone" -> "198" + "%08d".formatted(COUNT.incrementAndGet());
                    case "%day" ->
                        LocalDate.now(java.time.ZoneOffset.UTC).plusDays(4).toString();
                    case "%instant" ->
                        Instant.now()
                                .plus(3, ChronoUnit.DAYS)
                                .truncatedTo(ChronoUnit.SECONDS)
                                .toString();
                    default -> made.value(text);
                }));
        return filled;
    }
}

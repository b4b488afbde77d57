package org.hemei;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.hemei.access.Role;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** The table of routes: one file a room in the folder routes; its README.txt says what the columns mean. */
public record RouteTable(List<Line> lines) {

    /** What somebody of the same role from elsewhere gets. */
    public enum Foreign {
        /** 403 or 404, as if the thing were not there. */
        SHUT,
        /** A list or form of their own, which shows nothing of the near side. */
        OWN,
        /** The route is about no place: the same as everybody with the role. */
        SAME
    }

    /**
     * @param refuses whether roles that are not listed may see the thing, so that they get a refusal and nothing is written
     * @param with parameters: name to value, where a value that begins with $ names a thing of {@link RouteThings}
     * @param notes what stands indented below the line
     */
    public record Line(
            String method,
            String path,
            boolean visitor,
            boolean gone,
            Set<Role> roles,
            boolean refuses,
            Foreign foreign,
            Map<String, String> with,
            List<Note> notes) {

        public String route() {
            return method + " " + path;
        }

        /** The path with its places by name only, without what may stand there. */
        public String plainPath() {
            return path.replaceAll(":[^{}]*(\\{[^{}]*\\}[^{}]*)*\\}", "}");
        }

        /** The address of a call: places filled in, and what is left over as parameters. */
        public Address address(UnaryOperator<String> value) {
            var filled = plainPath();
            var params = new LinkedHashMap<String, String>();
            for (var pair : with.entrySet()) {
                var place = "{" + pair.getKey() + "}";
                var made = value.apply(pair.getValue());
                if (filled.contains(place)) {
                    filled = filled.replace(place, made);
                } else {
                    params.put(pair.getKey(), made);
                }
            }
            return new Address(filled, params);
        }

        public Optional<String> note(String key) {
            return notes.stream()
                    .filter(note -> note.key.equals(key))
                    .map(Note::text)
                    .findFirst();
        }

        Line as(Set<Role> others, Map<String, String> parameters) {
            return new Line(method, path, false, false, others, refuses, foreign, parameters, notes);
        }

        @Override
        public String toString() {
            return route();
        }
    }

    /** What a test needs to know of a route beyond who may use it. */
    public record Note(String key, String text) {}

    public record Address(String path, Map<String, String> params) {}

    public static RouteTable read() {
        try {
            List<Line> lines = new ArrayList<>();
            for (var room : new PathMatchingResourcePatternResolver().getResources("classpath*:routes/*.csv")) {
                room.getContentAsString(StandardCharsets.UTF_8)
                        .lines()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .forEach(line -> {
                            if (line.startsWith(" ")) {
                                note(lines.getLast(), line.strip());
                            } else {
                                lines.add(line(line));
                            }
                        });
            }
            return new RouteTable(List.copyOf(lines));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void note(Line line, String text) {
        var at = text.indexOf(':');
        line.notes.add(new Note(text.substring(0, at), text.substring(at + 1).strip()));
    }

    private static Line line(String text) {
        var cells = text.split("\\|", -1);
        if (cells.length != 5) {
            throw new IllegalStateException("five columns expected: " + text);
        }
        var refuses = cells[2].strip().endsWith("~");
        var who = cells[2].replace("~", "").strip();
        var everybody = who.equals("anyone") || who.equals("signed-in");
        var roles = everybody
                ? Set.of(Role.values())
                : Arrays.stream(who.split("\\s+"))
                        .filter(name -> !name.isEmpty() && !name.equals("gone"))
                        .map(Role::valueOf)
                        .collect(Collectors.toSet());
        return new Line(
                cells[0].strip(),
                cells[1].strip(),
                who.equals("anyone"),
                who.equals("gone"),
                roles,
                refuses,
                Foreign.valueOf(cells[3].strip().toUpperCase(java.util.Locale.ROOT)),
                with(cells[4].strip()),
                new ArrayList<>());
    }

    static Map<String, String> with(String text) {
        Map<String, String> with = new LinkedHashMap<>();
        for (var piece : text.isEmpty() ? new String[0] : text.split("\\s+")) {
            var at = piece.indexOf('=');
            with.put(piece.substring(0, at), piece.substring(at + 1));
        }
        return with;
    }
}

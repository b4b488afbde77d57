package org.hemei.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.core.io.ClassPathResource;

/** Words for the demo city, kept in resource files: sections in square brackets, one phrase a line. */
final class Phrases {

    private final String path;
    private final Map<String, List<String>> sections = new LinkedHashMap<>();

    private Phrases(String path) {
        this.path = path;
    }

    static Phrases read(String path) {
        var phrases = new Phrases(path);
        try {
            var section = new ArrayList<String>();
            for (var line : new ClassPathResource(path)
                    .getContentAsString(StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList()) {
                if (line.startsWith("[")) {
                    section = new ArrayList<>();
                    phrases.sections.put(line.substring(1, line.length() - 1), section);
                } else {
                    section.add(line);
                }
            }
            return phrases;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + path, e);
        }
    }

    /** The lines of a section. */
    List<String> lines(String section) {
        var lines = sections.get(section);
        if (lines == null) {
            throw new IllegalStateException("no section [" + section + "] in " + path);
        }
        return lines;
    }

    /** The section of a code, facility.lift, or of its family, facility; nothing where there is neither. */
    Optional<List<String>> find(String code) {
        var own = sections.get(code);
        return Optional.ofNullable(own != null ? own : sections.get(code.replaceFirst("\\..*", "")));
    }

    /** The words of a section, parted by spaces. */
    List<String> words(String section) {
        return List.of(String.join(" ", lines(section)).split(" "));
    }

    /** The most special section there is: facility.lift, else facility, else the fallback. */
    List<String> closest(String prefix, String code, String fallback) {
        for (var name : List.of(prefix + "." + code, prefix + "." + code.replaceFirst("\\..*", ""))) {
            if (sections.containsKey(name)) {
                return lines(name);
            }
        }
        return lines(fallback);
    }
}

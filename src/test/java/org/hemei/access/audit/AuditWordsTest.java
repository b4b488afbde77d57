package org.hemei.access.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.hemei.evaluation.listing.ListingVerb;
import org.junit.jupiter.api.Test;

/** Nobody who reads the audit log should meet a code: what the sources write down has words in {@code audit-words.csv}. */
class AuditWordsTest {

    private static final Pattern RECORD = Pattern.compile("audit\\s*\\.record\\(");
    private static final Pattern CODE = Pattern.compile("\"([a-z_]+(?:\\.[a-z_]+)?)\"");
    private static final Pattern CONSTANT = Pattern.compile("String (\\w+) = (\"[a-z_.]+\");");
    private static final int ACTION = 2;
    private static final int KIND = 3;

    @Test
    void everyActionAndEveryKindThatIsWrittenDownHasWords() throws IOException {
        var without = new TreeSet<String>();
        var calls = 0;
        try (var sources = Files.walk(Path.of("src/main/java"))) {
            for (var source : sources.filter(file -> file.toString().endsWith(".java"))
                    .map(AuditWordsTest::read)
                    .toList()) {
                for (var call : calls(source)) {
                    calls++;
                    code(source, call.get(ACTION))
                            .filter(code -> !AuditWords.ACTIONS.containsKey(code))
                            .ifPresent(without::add);
                    code(source, call.get(KIND))
                            .filter(code -> !AuditWords.KINDS.containsKey(code))
                            .ifPresent(without::add);
                }
            }
        }
        assertThat(without).isEmpty();
        assertThat(calls).isGreaterThan(100);
    }

    @Test
    void everyStepOfACaseHasWords() {
        assertThat(Arrays.stream(ListingVerb.values()).map(verb -> "listing." + verb.code()))
                .allMatch(AuditWords.ACTIONS::containsKey);
    }

    /** A literal, or a constant of the same source; what is put together while it runs is not looked at. */
    private static Optional<String> code(String source, String argument) {
        var literal = CONSTANT.matcher(source)
                .results()
                .filter(constant -> constant.group(1).equals(argument))
                .map(constant -> constant.group(2))
                .findFirst()
                .orElse(argument);
        var code = CODE.matcher(literal);
        return code.matches() ? Optional.of(code.group(1)) : Optional.empty();
    }

    private static List<List<String>> calls(String source) {
        return RECORD.matcher(source)
                .results()
                .map(call -> arguments(source, call.end()))
                .toList();
    }

    /** The arguments of a call, from behind its bracket on. */
    private static List<String> arguments(String source, int from) {
        var arguments = new ArrayList<String>();
        var depth = 0;
        var begin = from;
        for (var at = from; ; at++) {
            var c = source.charAt(at);
            if (depth == 0 && (c == ',' || c == ')')) {
                arguments.add(source.substring(begin, at).strip());
                begin = at + 1;
                if (c == ')') {
                    return arguments;
                }
            } else if (c == '(') {
                depth++;
            } else if (c == ')') {
                depth--;
            }
        }
    }

    private static String read(Path source) {
        try {
            return Files.readString(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

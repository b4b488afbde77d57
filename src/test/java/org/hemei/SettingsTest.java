package org.hemei;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Whoever runs the system finds every setting in one place, and the place in the help. */
class SettingsTest {

    @Test
    void everyVariableIsExplainedAndTheHelpSaysWhere() throws IOException {
        var variables = Pattern.compile("\\$\\{(HEMEI_[A-Z_]+)")
                .matcher(Files.readString(Path.of("src/main/resources/application.yaml")))
                .results()
                .map(found -> found.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
        assertThat(variables).contains("HEMEI_PROXY", "HEMEI_DEMO");
        var explained = Files.readString(Path.of("docs/operations.md"));
        assertThat(variables).allSatisfy(one -> assertThat(explained).containsPattern(one + "\\b"));
        var script = Files.readString(Path.of("hemei"));
        var help = script.substring(script.indexOf("help_run()"), script.indexOf("help_test()"));
        assertThat(help).contains("docs/operations.md");
    }
}

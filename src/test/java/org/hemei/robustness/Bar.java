package org.hemei.robustness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What a run against one of the bars R1 to R4 found, as one line of JSON: {@code ./hemei robustness} prints it. */
public final class Bar {

    private static final Path FOLDER = Path.of("target", "robustness");

    private Bar() {}

    /** @param breaches how many times the bar was missed; 0 is the only good figure */
    public static void write(String id, long breaches, Map<String, ?> more) throws IOException {
        var line = new LinkedHashMap<String, Object>();
        line.put("bar", id);
        line.put("breaches", breaches);
        line.put("met", breaches == 0);
        line.putAll(more);
        Files.createDirectories(FOLDER);
        Files.writeString(
                FOLDER.resolve(id + ".json"), JsonMapper.builder().build().writeValueAsString(line) + "\n");
    }
}

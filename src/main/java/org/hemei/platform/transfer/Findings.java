package org.hemei.platform.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wrong cells found by code: gathered and written in batches. */
public final class Findings {

    private static final int BATCH = 1_000;

    private final long run;
    private final Map<String, Integer> positions;
    private final JdbcClient jdbc;
    private final List<Integer> lines = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();
    private final List<String> words = new ArrayList<>();

    Findings(long run, Map<String, Integer> positions, JdbcClient jdbc) {
        this.run = run;
        this.positions = positions;
        this.jdbc = jdbc;
    }

    public void add(int line, String column, String reason) {
        lines.add(line);
        places.add(positions.getOrDefault(column, 0));
        words.add(reason);
        if (lines.size() == BATCH) {
            write();
        }
    }

    void write() {
        if (lines.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into import_error (run, line, position, words, found)
                        select ?, line, position, words, 'checking' from unnest(?::int[], ?::int[], ?::text[]) e (line, position, words)
                        """)
                .param(run)
                .param(lines.toArray(Integer[]::new))
                .param(places.toArray(Integer[]::new))
                .param(words.toArray(String[]::new))
                .update();
        lines.clear();
        places.clear();
        words.clear();
    }
}

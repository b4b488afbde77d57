package org.hemei.platform.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Wrong cells, or cells to take note of, found by code: gathered and written in batches. */
public final class Findings {

    private static final int BATCH = 1_000;

    static final String WRONG = "checking";
    static final String NOTED = "warning";

    private final long run;
    private final String found;
    private final Map<String, Integer> positions;
    private final JdbcClient jdbc;
    private final List<Integer> lines = new ArrayList<>();
    private final List<Integer> places = new ArrayList<>();
    private final List<String> words = new ArrayList<>();

    /** @param found {@link #WRONG} or {@link #NOTED} */
    Findings(long run, String found, Map<String, Integer> positions, JdbcClient jdbc) {
        this.run = run;
        this.found = found;
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

    /** Whether the file has this column: what it has not stays as it is. */
    public boolean asks(String column) {
        return positions.containsKey(column);
    }

    void write() {
        if (lines.isEmpty()) {
            return;
        }
        jdbc.sql("""
                        insert into import_error (run, line, position, words, found)
                        select ?, line, position, words, ? from unnest(?::int[], ?::int[], ?::text[]) e (line, position, words)
                        """)
                .param(run)
                .param(found)
                .param(lines.toArray(Integer[]::new))
                .param(places.toArray(Integer[]::new))
                .param(words.toArray(String[]::new))
                .update();
        lines.clear();
        places.clear();
        words.clear();
    }
}

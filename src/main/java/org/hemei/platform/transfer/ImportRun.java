package org.hemei.platform.transfer;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One loading of a file, from reading it to undoing it. */
public record ImportRun(
        long id,
        String sheet,
        long account,
        List<String> areas,
        String fileName,
        List<String> columns,
        List<Integer> positions,
        List<String> notes,
        String state,
        int rows,
        int wrongRows,
        int wrongCells,
        int warnings,
        int creates,
        int updates,
        int same,
        String words,
        @Nullable Long job,
        Instant createdAt,
        @Nullable Instant appliedAt,
        @Nullable Instant undoneAt) {

    static ImportRun read(ResultSet r, int n) throws SQLException {
        return new ImportRun(
                r.getLong("id"),
                r.getString("sheet"),
                r.getLong("account"),
                List.of((String[]) r.getArray("areas").getArray()),
                r.getString("file_name"),
                List.of((String[]) r.getArray("columns").getArray()),
                List.of((Integer[]) r.getArray("positions").getArray()),
                List.of((String[]) r.getArray("notes").getArray()),
                r.getString("state"),
                r.getInt("rows"),
                r.getInt("wrong_rows"),
                r.getInt("wrong_cells"),
                r.getInt("warnings"),
                r.getInt("creates"),
                r.getInt("updates"),
                r.getInt("same"),
                r.getString("words"),
                r.getObject("job", Long.class),
                r.getTimestamp("created_at").toInstant(),
                instant(r, "applied_at"),
                instant(r, "undone_at"));
    }

    private static @Nullable Instant instant(ResultSet r, String column) throws SQLException {
        var at = r.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    public boolean busy() {
        return state.equals("checking") || state.equals("applying") || state.equals("undoing");
    }

    /** Where each column of the sheet stands in the file. */
    Map<String, Integer> places() {
        var places = new HashMap<String, Integer>();
        for (var n = 0; n < columns.size(); n++) {
            places.put(columns.get(n), positions.get(n));
        }
        return places;
    }
}

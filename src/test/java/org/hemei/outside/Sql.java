package org.hemei.outside;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Questions to the database past the application. */
public record Sql(Connection connection) implements AutoCloseable {

    /** All rows, each with its columns as text. */
    public List<List<String>> rows(String sql, String... parameters) throws SQLException {
        try (var statement = connection.prepareStatement(sql)) {
            for (var n = 0; n < parameters.length; n++) {
                statement.setString(n + 1, parameters[n]);
            }
            var result = statement.executeQuery();
            var rows = new ArrayList<List<String>>();
            while (result.next()) {
                var row = new ArrayList<String>();
                for (var column = 1; column <= result.getMetaData().getColumnCount(); column++) {
                    row.add(result.getString(column));
                }
                rows.add(row);
            }
            return rows;
        }
    }

    /** The first column of all rows. */
    public List<String> list(String sql, String... parameters) throws SQLException {
        return rows(sql, parameters).stream().map(List::getFirst).toList();
    }

    public long number(String sql, String... parameters) throws SQLException {
        return Long.parseLong(list(sql, parameters).getFirst());
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}

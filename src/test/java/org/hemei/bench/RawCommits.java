package org.hemei.bench;

import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.hemei.bench.City.Resident;
import org.hemei.outside.RunningApplication;

/**
 * The baseline of S1: plain JDBC that commits the same rows as one submission, into the same tables, with as many
 * connections as the application's pool has. As in a submission, all inserts travel in one round trip; measured with one
 * round trip each as well, for comparison. Its rows carry numbers of their own and are removed afterwards.
 */
final class RawCommits {

    /** Far above what the application's sequences reach. */
    private static final long FIRST_ID = 8_000_000_000_000_000L;

    private static final Map<String, String> OWNER_COLUMNS = Map.of(
            "district", "district",
            "community", "community",
            "area", "community",
            "estate", "estate",
            "building", "building",
            "unit", "unit",
            "reporter", "account",
            "filed_by", "account",
            "account", "account",
            "actor", "account");

    private final RunningApplication application;
    private final CommittedRows rows;
    private final Resident probe;
    private final String probeOrder;
    private final List<Resident> residents;
    private final AtomicLong ids = new AtomicLong(FIRST_ID);

    RawCommits(
            RunningApplication application,
            CommittedRows rows,
            Resident probe,
            String probeOrder,
            List<Resident> residents) {
        this.application = application;
        this.rows = rows;
        this.probe = probe;
        this.probeOrder = probeOrder;
        this.residents = residents;
    }

    /** @param together all inserts in one round trip, else one by one */
    Load.Result measure(int connections, double seconds, boolean together)
            throws IOException, InterruptedException, ExecutionException, SQLException {
        application.freeze();
        try {
            return Load.run(connections, 3, seconds, number -> new Client(application.connect(), number, together));
        } finally {
            remove();
            application.thaw();
        }
    }

    private void remove() throws SQLException, IOException {
        try (var connection = application.connect();
                var statement = connection.createStatement()) {
            statement.execute("set session_replication_role = replica");
            for (var table : rows.rows().stream()
                    .map(CommittedRows.Row::table)
                    .distinct()
                    .toList()) {
                statement.executeUpdate("delete from " + table + " where " + own(table));
            }
        }
    }

    private String own(String table) {
        var columns = rows.rows().stream()
                .filter(row -> row.table().equals(table))
                .findFirst()
                .orElseThrow()
                .values()
                .keySet();
        if (columns.contains("order_id")) {
            return "order_id >= " + FIRST_ID;
        }
        return columns.contains("id") ? "id >= " + FIRST_ID : "key like 'bench-%'";
    }

    /** One connection: prepared inserts for the rows, one commit for all. */
    private final class Client implements Load.Work {

        private final Connection connection;
        private final List<List<CommittedRows.Row>> trips;
        private final List<PreparedStatement> inserts = new ArrayList<>();
        private int next;

        Client(Connection connection, int number, boolean together) throws SQLException {
            this.connection = connection;
            this.next = number;
            connection.setAutoCommit(false);
            trips = together
                    ? List.of(rows.rows())
                    : rows.rows().stream().map(List::of).toList();
            for (var trip : trips) {
                inserts.add(connection.prepareStatement(
                        trip.stream().map(RawCommits::insert).collect(Collectors.joining("; "))));
            }
        }

        @Override
        public void once() throws SQLException {
            next += 7;
            var resident = residents.get(next % residents.size());
            var order = ids.getAndIncrement();
            for (var n = 0; n < inserts.size(); n++) {
                var insert = inserts.get(n);
                var parameter = 1;
                for (var row : trips.get(n)) {
                    for (var column : row.values().entrySet()) {
                        var value = vary(row.table(), column.getKey(), column.getValue(), resident, order);
                        // untyped text: the server reads it as the column's type
                        insert.setObject(parameter++, value, Types.OTHER);
                    }
                }
                insert.executeUpdate();
            }
            connection.commit();
        }

        @Override
        public void close() throws SQLException {
            connection.close();
        }
    }

    private static String insert(CommittedRows.Row row) {
        var columns = String.join(", ", row.values().keySet());
        var marks = row.values().keySet().stream().map(c -> "?").collect(Collectors.joining(", "));
        return "insert into " + row.table() + " (" + columns + ") values (" + marks + ")";
    }

    private String vary(String table, String column, String value, Resident resident, long order) {
        var number = probeOrder.substring(probeOrder.indexOf('-') + 1);
        if (value.equals(number)) {
            return String.valueOf(order);
        }
        if (value.contains(probeOrder)) {
            return value.replace(probeOrder, resident.home().district() + "-" + order);
        }
        if (column.equals("id")) {
            return String.valueOf(ids.getAndIncrement());
        }
        if (column.equals("key") && table.equals("idempotency_key")) {
            return "bench-" + UUID.randomUUID();
        }
        var part = OWNER_COLUMNS.get(column);
        return part != null && value.equals(part(probe, part)) ? part(resident, part) : value;
    }

    private static String part(Resident resident, String part) {
        var home = resident.home();
        return switch (part) {
            case "district" -> String.valueOf(home.district());
            case "community" -> home.community();
            case "estate" -> String.valueOf(home.estate());
            case "building" -> String.valueOf(home.building());
            case "unit" -> String.valueOf(home.unit());
            default -> String.valueOf(home.account());
        };
    }
}

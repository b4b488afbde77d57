package org.hemei.access;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.hemei.platform.Grant;
import org.hemei.platform.Reader;
import org.hemei.platform.ReaderOf;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.stereotype.Component;

/** Turns an account into the {@link Reader} of this moment. One query, on every request: a grant that ends, ends at once. */
@Component
public class Readers implements ReaderOf {

    private static final String SQL = """
            select a.person, p.masked_name, a.care, g.role, g.area, g.estate, g.body, g.unit,
                   case when g.delegation is not null then g.granted_by end
            from account a
                     join person p on p.id = a.person
                     left join access_grant g on g.account = a.id and g.since <= ? and (g.until is null or g.until > ?)
            where a.id = ? and a.disabled_at is null
            """;

    private final JdbcTemplate jdbc;
    private final InstantSource clock;

    Readers(JdbcTemplate jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @return empty when there is no such account, or it was closed */
    @Override
    public Optional<Reader> of(long account) {
        var now = Timestamp.from(clock.instant());
        ResultSetExtractor<Optional<Reader>> first =
                rows -> rows.next() ? Optional.of(read(account, rows)) : Optional.empty();
        return Objects.requireNonNull(jdbc.query(SQL, first, now, now, account));
    }

    private static Reader read(long account, ResultSet row) throws SQLException {
        var person = row.getLong(1);
        var name = row.getString(2);
        var care = row.getBoolean(3);
        List<Grant> grants = new ArrayList<>(2);
        do {
            var role = row.getString(4);
            if (role != null) {
                grants.add(new Grant(
                        role, row.getString(5), number(row, 6), number(row, 7), number(row, 8), number(row, 9)));
            }
        } while (row.next());
        return new Reader(account, person, name, List.copyOf(grants), care);
    }

    private static @Nullable Long number(ResultSet row, int column) throws SQLException {
        var value = row.getLong(column);
        return row.wasNull() ? null : value;
    }
}

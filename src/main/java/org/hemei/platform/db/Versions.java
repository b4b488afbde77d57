package org.hemei.platform.db;

import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Rules that hold from a day until the next of them, in a table with a column {@code valid}: one ends where the next begins. The
 * caller holds a lock, and says in which column what the rule is about stands.
 */
public record Versions(JdbcClient jdbc, String table, String column) {

    /** Whether a version begins on this very day. */
    public boolean begins(String value, LocalDate since) {
        return jdbc.sql("select exists (select from %s where %s = ? and lower(valid) = ?)".formatted(table, column))
                .params(value, since)
                .query(Boolean.class)
                .single();
    }

    /**
     * Makes room for a version from a day on: the one before ends there.
     *
     * @return the day on which the next begins; null when there is none
     */
    public @Nullable LocalDate cut(String value, LocalDate since) {
        jdbc.sql(
                        "update %s set valid = daterange(lower(valid), :since) where %s = :value and valid @> cast(:since as date)"
                                .formatted(table, column))
                .param("value", value)
                .param("since", since)
                .update();
        return jdbc.sql("select min(lower(valid)) from %s where %s = ? and lower(valid) > ?".formatted(table, column))
                .params(value, since)
                .query((r, n) -> Optional.ofNullable(r.getObject(1, LocalDate.class)))
                .single()
                .orElse(null);
    }

    /** A version was taken out: the one before goes on to where that one would have ended. */
    public void goOn(String value, LocalDate since, @Nullable LocalDate until) {
        jdbc.sql("update %s set valid = daterange(lower(valid), :until) where %s = :value and upper(valid) = :since"
                        .formatted(table, column))
                .param("value", value)
                .param("since", since)
                .param("until", until)
                .update();
    }
}

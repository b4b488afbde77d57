package org.hemei.platform.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hemei.testing.HemeiTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Statements sent as one are a transaction of their own, as filing an order counts on: the last one's failure undoes the first. */
@HemeiTest
class OneRoundTripTest {

    private static final String TWO =
            "insert into installation (name, value) values (:first, 'x'); insert into installation (name, value) values (:second, :value)";

    @Autowired
    private JdbcClient jdbc;

    @Test
    void all_of_it_or_nothing() {
        assertThatThrownBy(() -> write("trip-1", "trip-2", null)).isInstanceOf(DataIntegrityViolationException.class);
        assertThat(count("trip-1")).isZero();
        write("trip-1", "trip-2", "y");
        assertThat(count("trip-1") + count("trip-2")).isEqualTo(2);
    }

    private void write(String first, String second, @org.jspecify.annotations.Nullable String value) {
        jdbc.sql(TWO)
                .param("first", first)
                .param("second", second)
                .param("value", value)
                .update();
    }

    private long count(String name) {
        return jdbc.sql("select count(*) from installation where name = ?")
                .param(name)
                .query(Long.class)
                .single();
    }
}

package org.hemei.workorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.hemei.testing.HemeiTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What filing an order relies on: several statements in one batch, outside any other transaction, are all there or none. */
@HemeiTest
class OneBatchTest {

    private static final String BATCH = """
            insert into idempotency_key (account, key, body_hash, created_at) values (:a, :first, 'x', now());
            insert into idempotency_key (account, key, body_hash, created_at) values (:a, :second, 'x', now());
            insert into idempotency_key (account, key, body_hash, created_at) values (:a, :third, 'x', now())
            """;

    @Autowired
    JdbcClient jdbc;

    private void insert(String first, String second, String third) {
        jdbc.sql(BATCH)
                .param("a", -7L)
                .param("first", first)
                .param("second", second)
                .param("third", third)
                .update();
    }

    private int kept() {
        return jdbc.sql("select count(*) from idempotency_key where account = -7")
                .query(Integer.class)
                .single();
    }

    @Test
    void aFailureInTheLastStatementLeavesNothing() {
        // often enough for the driver to have prepared the statements on the server
        for (var n = 0; n < 8; n++) {
            var run = "the-run-" + n;
            assertThatThrownBy(() -> insert(run, run + "-other", run))
                    .isInstanceOf(DataIntegrityViolationException.class);
            assertThat(kept()).isZero();
        }
        insert("first-key", "second-key", "third-key");
        assertThat(kept()).isEqualTo(3);
        jdbc.sql("delete from idempotency_key where account = -7").update();
    }
}

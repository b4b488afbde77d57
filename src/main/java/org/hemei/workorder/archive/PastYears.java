package org.hemei.workorder.archive;

import java.util.Objects;
import java.util.function.Supplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs queries on the orders of past years. A schema of their own shows them under the names and with the columns of the
 * living tables, and stands first in the search path here: the queries are the same, and what is no part of an order is found where it always is.
 */
@Component
public class PastYears {

    private static final String THERE = "select set_config('search_path', 'archive, public', true)";
    private static final String HERE = "select set_config('search_path', 'public', true)";

    private final JdbcClient jdbc;
    private final TransactionTemplate apart;

    PastYears(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.apart = new TransactionTemplate(transactions);
        apart.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        apart.setReadOnly(true);
    }

    /** Reads there, in a transaction of its own that cannot write. */
    public <T> T read(Supplier<T> work) {
        return Objects.requireNonNull(apart.execute(status -> {
            jdbc.sql(THERE).query(String.class).single();
            return work.get();
        }));
    }

    /** Does there what the caller has done here, in the caller's transaction: erasing, which must reach everything. */
    public void also(Runnable work) {
        jdbc.sql(THERE).query(String.class).single();
        work.run();
        jdbc.sql(HERE).query(String.class).single();
    }
}

package org.hemei.workorder.archive;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Runs queries on the orders of past years. A schema of their own shows them under the names and with the columns of the
 * living tables, and stands first in the search path here: the queries are the same, and what is no part of an order is found where it always is.
 * What counts or lists over a span that reaches so far back asks both at once: {@link #both}.
 */
@Component
public class PastYears {

    private static final String THERE = "select set_config('search_path', 'archive, public', true)";
    private static final String HERE = "select set_config('search_path', 'public', true)";

    /** Of an order's parts, those that figures and their cases are made of. */
    private static final String BOTH = Stream.of(
                    "work_order",
                    "work_order_words",
                    "work_order_step",
                    "work_order_remark",
                    "work_order_rating",
                    "rate_ruling",
                    "rate_appeal",
                    "order_transfer",
                    "held_before")
            .map(part -> part + " as not materialized (select * from public." + part
                    + " union all select * from archive." + part + ")")
            .collect(Collectors.joining(", "));

    private static final Pattern WITH = Pattern.compile("with (?:recursive )?");

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

    /** Reads here what is here, and there what is not. @param here whether it is among the living */
    public <T> T read(boolean here, Supplier<T> work) {
        return here ? work.get() : read(work);
    }

    /**
     * The same statement over the living and the archived together where orders of the span are in the archive: under the names of the
     * tables it names, so that its words stay the same. A span of the last years costs one look into an index, and nothing more.
     *
     * @param sql a select, with or without expressions before it
     */
    public String both(String sql, Instant from, Instant to) {
        var there = jdbc.sql(
                        "select exists (select from archive.work_order where submitted_at >= ? and submitted_at < ?)")
                .params(Timestamp.from(from), Timestamp.from(to))
                .query(Boolean.class)
                .single();
        if (!there) {
            return sql;
        }
        var before = WITH.matcher(sql);
        return before.lookingAt()
                ? before.group() + BOTH + ", " + sql.substring(before.end())
                : "with " + BOTH + "\n" + sql;
    }

    /** Does there what the caller has done here, in the caller's transaction: erasing, which must reach everything. */
    public void also(Runnable work) {
        jdbc.sql(THERE).query(String.class).single();
        work.run();
        jdbc.sql(HERE).query(String.class).single();
    }
}

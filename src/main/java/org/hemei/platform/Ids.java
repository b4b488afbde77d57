package org.hemei.platform;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Numbers from database sequences that step by {@value #BLOCK}: one round trip gives a block, so a hot write knows its
 * ids beforehand. Gaps after a restart are normal; several copies of the process never share a block.
 */
@Component
public class Ids {

    static final int BLOCK = 100;

    /** A block is not used any longer than this: numbers stay roughly in the order of time, which the audit seal counts on. */
    static final Duration FRESH = Duration.ofMinutes(20);

    private static final class Block {
        private long next;
        private long end;
        private long taken;

        synchronized long take(LongSupplier start) {
            if (next >= end || System.nanoTime() - taken > FRESH.toNanos()) {
                next = start.getAsLong();
                end = next + BLOCK;
                taken = System.nanoTime();
            }
            return next++;
        }
    }

    private final JdbcClient jdbc;
    private final Map<String, Block> blocks = new ConcurrentHashMap<>();

    Ids(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param sequence name of a sequence created with {@code increment by 100} */
    public long next(String sequence) {
        return blocks.computeIfAbsent(sequence, s -> new Block())
                .take(() -> jdbc.sql("select nextval(cast(? as regclass))")
                        .param(sequence)
                        .query(Long.class)
                        .single());
    }
}

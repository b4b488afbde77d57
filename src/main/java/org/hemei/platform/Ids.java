package org.hemei.platform;

import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
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

        /** Empty when the block is used up or too old. */
        synchronized OptionalLong take() {
            return usable() ? OptionalLong.of(next++) : OptionalLong.empty();
        }

        /** A block that came while another caller brought one is let go: gaps are normal. */
        synchronized long begin(long start) {
            if (usable()) {
                return next++;
            }
            next = start + 1;
            end = start + BLOCK;
            taken = System.nanoTime();
            return start;
        }

        private boolean usable() {
            return next < end && System.nanoTime() - taken <= FRESH.toNanos();
        }
    }

    private final JdbcClient jdbc;
    private final Map<String, Block> blocks = new ConcurrentHashMap<>();

    Ids(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param sequence name of a sequence created with {@code increment by 100} */
    public long next(String sequence) {
        var block = blocks.computeIfAbsent(sequence, s -> new Block());
        var known = block.take();
        // the database is asked while no lock is held: whoever waits for a connection must not keep others from theirs
        return known.isPresent()
                ? known.getAsLong()
                : block.begin(jdbc.sql("select nextval(cast(? as regclass))")
                        .param(sequence)
                        .query(Long.class)
                        .single());
    }
}

package org.hemei.platform.transfer;

import java.io.OutputStream;
import java.util.Arrays;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Writes what it gets as rows of a table, one piece after the other. */
final class Pieces extends OutputStream {

    static final int SIZE = 1 << 20;

    private final JdbcClient jdbc;
    private final long run;
    private int next;

    Pieces(JdbcClient jdbc, long run) {
        this.jdbc = jdbc;
        this.run = run;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int length) {
        jdbc.sql("insert into export_piece (run, n, bytes) values (?, ?, ?)")
                .params(run, next++, Arrays.copyOfRange(bytes, from, from + length))
                .update();
    }
}

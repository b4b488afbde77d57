package org.hemei.registry.body;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Rows that run on a day, or are to begin later, go from one body to another, each for just the days it was to run. Where the other has
 * the same thing already, its own holds.
 */
@Component
class Carrying {

    /** @param before the row that ended, or the same one where it had not begun; @param until first day on which it no longer holds */
    record Carried(
            long before,
            long after,
            LocalDate from,
            @Nullable LocalDate until) {}

    /**
     * What became of all rows.
     *
     * @param cut those that ended on the day
     * @param gone those that were to begin later where the other has the same thing already, as they were
     */
    record Went(List<Carried> carried, List<Long> cut, List<String> gone) {}

    private record Piece(
            long id,
            boolean begun,
            LocalDate from,
            @Nullable LocalDate until) {}

    private final JdbcClient jdbc;

    Carrying(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Went carry(Going going, long from, long to, LocalDate day) {
        var pieces = pieces(going, from, to, day);
        var table = going.table();
        var owner = going.owner();
        var gone = jdbc.sql("delete from " + table + " t where " + owner
                        + " = :from and lower(during) >= :day and not id = any(:kept) returning to_jsonb(t)::text")
                .param("from", from)
                .param("day", day)
                .param("kept", pieces.stream().map(Piece::id).toArray(Long[]::new))
                .query(String.class)
                .list();
        var cut = jdbc.sql(
                        "update " + table + " set during = daterange(lower(during), :day)" + going.version() + " where "
                                + owner
                                + " = :from and lower(during) < :day and (upper(during) is null or upper(during) > :day) returning id")
                .param("from", from)
                .param("day", day)
                .query(Long.class)
                .list();
        List<Carried> carried = new ArrayList<>();
        Set<Long> moved = new HashSet<>();
        for (var piece : pieces) {
            var after = !piece.begun && moved.add(piece.id) ? moved(going, to, piece) : copied(going, to, piece);
            carried.add(new Carried(piece.id, after, piece.from, piece.until));
        }
        return new Went(carried, cut, gone);
    }

    /** The days that the other does not have it already, of every row that runs on the day or later. */
    private List<Piece> pieces(Going going, long from, long to, LocalDate day) {
        return jdbc.sql("""
                        select a.id, lower(a.during) < :day as begun, lower(piece) as "from", upper(piece) as until
                        from %1$s a
                                 cross join unnest(datemultirange(a.during * daterange(:day, null))
                                                   - coalesce((select range_agg(b.during) from %1$s b where b.%2$s = :to and %3$s),
                                                              datemultirange())) piece
                        where a.%2$s = :from and (upper(a.during) is null or upper(a.during) > :day)
                        order by a.id, piece
                        """.formatted(going.table(), going.owner(), going.alike()))
                .param("from", from)
                .param("to", to)
                .param("day", day)
                .query(Piece.class)
                .list();
    }

    private long moved(Going going, long to, Piece piece) {
        jdbc.sql("update " + going.table() + " set " + going.owner() + " = :to, during = daterange(:from, :until)"
                        + going.version() + " where id = :id")
                .param("to", to)
                .param("from", piece.from)
                .param("until", piece.until)
                .param("id", piece.id)
                .update();
        return piece.id;
    }

    private long copied(Going going, long to, Piece piece) {
        return jdbc.sql(
                        "insert into %1$s (%2$s, %3$s, during) select :to, %3$s, daterange(:from, :until) from %1$s where id = :id returning id"
                                .formatted(going.table(), going.owner(), going.copied()))
                .param("to", to)
                .param("from", piece.from)
                .param("until", piece.until)
                .param("id", piece.id)
                .query(Long.class)
                .single();
    }
}

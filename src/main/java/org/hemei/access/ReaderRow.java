package org.hemei.access;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.Grant;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;

/**
 * An account that still stands, with its grants and their times, as the look-up of its session brings it along: who asks is
 * known after one round trip, and a grant that ends still ends at once.
 */
record ReaderRow(long account, long person, String name, boolean care, List<Dated> grants) {

    /** @param since and until in microseconds since 1970; a grant holds from the first to before the second */
    private record Dated(Grant grant, long since, @Nullable Long until) {}

    /** The name of the session attribute that is none: nobody ever writes it. */
    static final String ATTRIBUTE = "reader";

    /** What {@link #read} takes, as one text for the account {@code a} and its person {@code p}. */
    static final String SQL = """
            concat_ws(chr(31), a.id, a.person, a.care, p.masked_name)
                || coalesce((select string_agg(concat(chr(30), g.role, chr(31), g.area, chr(31), g.estate, chr(31), g.body, chr(31),
                                 g.unit, chr(31), case when g.delegation is not null then g.granted_by end, chr(31),
                                 cast(extract(epoch from g.since) * 1000000 as bigint), chr(31),
                                 cast(extract(epoch from g.until) * 1000000 as bigint)), '' order by g.id)
                             from access_grant g where g.account = a.id), '')
            """;

    static ReaderRow read(String text) {
        var rows = text.split("\u001e", -1);
        var own = rows[0].split("\u001f", -1);
        var grants = new ArrayList<Dated>(rows.length - 1);
        for (var n = 1; n < rows.length; n++) {
            var cells = rows[n].split("\u001f", -1);
            var grant = new Grant(
                    cells[0],
                    cells[1].isEmpty() ? null : cells[1],
                    number(cells[2]),
                    number(cells[3]),
                    number(cells[4]),
                    number(cells[5]));
            grants.add(new Dated(grant, Long.parseLong(cells[6]), number(cells[7])));
        }
        return new ReaderRow(Long.parseLong(own[0]), Long.parseLong(own[1]), own[3], own[2].equals("t"), grants);
    }

    Reader at(Instant now) {
        var at = ChronoUnit.MICROS.between(Instant.EPOCH, now);
        var held = new ArrayList<Grant>(grants.size());
        for (var dated : grants) {
            if (dated.since <= at && (dated.until == null || dated.until > at)) {
                held.add(dated.grant);
            }
        }
        return new Reader(account, person, name, List.copyOf(held), care);
    }

    private static @Nullable Long number(String cell) {
        return cell.isEmpty() ? null : Long.valueOf(cell);
    }
}

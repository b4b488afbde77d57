package org.hemei.workorder.hotline;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.stream.IntStream;
import org.hemei.workorder.Kept;
import org.hemei.workorder.KeptFiles;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who called the hotline and what they said, for a time after the order that came of it, or after it went back. The number stays. */
@Component
class HotlineKept implements KeptFiles {

    /**
     * The matters that have ended, with the moment; the order may be in the archive by then. None ended before it came: those that came too
     * late for that are left out first.
     */
    private static final String ENDED = """
            select c.id, c.area, coalesce(w.closed_at, a.closed_at, c.returned_at) as ended
            from hotline_case c
                     left join hotline_order o on o.hotline_case = c.id
                     left join work_order w on w.district = o.district and w.id = o.order_id
                     left join archive.work_order a on w.id is null and a.district = o.district and a.id = o.order_id
            where not c.waits and (c.words_cipher is not null or c.caller_name_cipher is not null or c.caller_phone_cipher is not null)
              and c.imported_at < :until
            """;

    private final JdbcClient jdbc;
    private final HotlineData data;

    HotlineKept(JdbcClient jdbc, HotlineData data) {
        this.jdbc = jdbc;
        this.data = data;
    }

    @Override
    public Kept kept() {
        return Kept.HOTLINE_WORDS;
    }

    @Override
    public long ended(Instant from, Instant until) {
        return jdbc.sql("select count(*) from (" + ENDED + ") x where x.ended >= :from and x.ended < :until")
                .param("from", Timestamp.from(from))
                .param("until", Timestamp.from(until))
                .query(Long.class)
                .single();
    }

    /** What nobody placed in a district yet stands under its city or province. */
    private static String[] above(int district) {
        var code = String.valueOf(district);
        return IntStream.of(2, 4)
                .filter(digits -> code.substring(digits).chars().allMatch(c -> c == '0'))
                .mapToObj(digits -> code.substring(0, digits))
                .toArray(String[]::new);
    }

    @Override
    public int erase(int district, Instant before, int most) {
        var over = jdbc.sql("select x.id from (" + ENDED + """
                         and (c.area like :within or c.area = any(:above))) x where x.ended < :until order by x.id limit :most""")
                .param("within", district + "%")
                .param("above", above(district))
                .param("until", Timestamp.from(before))
                .param("most", most)
                .query(Long.class)
                .list();
        if (!over.isEmpty()) {
            data.erase(over);
        }
        return over.size();
    }
}

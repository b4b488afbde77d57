package org.hemei.workorder.hotline;

import java.sql.Timestamp;
import java.time.Instant;
import org.hemei.workorder.Kept;
import org.hemei.workorder.KeptFiles;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who called the hotline and what they said, for a time after the order that came of it, or after it went back. The number stays. */
@Component
class HotlineKept implements KeptFiles {

    /** The matters that have ended, with the moment; the order may be in the archive by then. */
    private static final String ENDED = """
            select c.id, c.area, coalesce(w.closed_at, a.closed_at, c.returned_at) as ended
            from hotline_case c
                     left join hotline_order o on o.hotline_case = c.id
                     left join work_order w on w.district = o.district and w.id = o.order_id
                     left join archive.work_order a on w.id is null and a.district = o.district and a.id = o.order_id
            where not c.waits and (c.words_cipher is not null or c.caller_name_cipher is not null or c.caller_phone_cipher is not null)
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
        return jdbc.sql("select count(*) from (" + ENDED + ") x where x.ended >= ? and x.ended < ?")
                .params(Timestamp.from(from), Timestamp.from(until))
                .query(Long.class)
                .single();
    }

    @Override
    public int erase(int district, Instant before, int most) {
        var over = jdbc.sql("select x.id from (" + ENDED + """
                        ) x where cast(rpad(left(x.area, 6), 6, '0') as int) = ? and x.ended < ? order by x.id limit ?""")
                .params(district, Timestamp.from(before), most)
                .query(Long.class)
                .list();
        if (!over.isEmpty()) {
            data.erase(over);
        }
        return over.size();
    }
}

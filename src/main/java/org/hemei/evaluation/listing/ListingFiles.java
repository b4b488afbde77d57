package org.hemei.evaluation.listing;

import java.sql.Timestamp;
import java.time.Instant;
import org.hemei.platform.attachment.Attachments;
import org.hemei.workorder.Kept;
import org.hemei.workorder.KeptFiles;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What a company and the bureau showed in a case, for a time after the case has ended. The story and the decisions stay. */
@Component
class ListingFiles implements KeptFiles {

    private static final String THINGS = """
            select a.district, a.owner_id, max(greatest(a.uploaded_at, cast(l.ended_on as timestamp) at time zone 'Asia/Shanghai')) as ended
            from attachment a join listing l on l.id = cast(split_part(a.owner_id, '-', 1) as bigint)
            where a.owner_kind = 'listing_step' and l.ended_on is not null group by 1, 2
            """;

    private final JdbcClient jdbc;
    private final Attachments attachments;

    ListingFiles(JdbcClient jdbc, Attachments attachments) {
        this.jdbc = jdbc;
        this.attachments = attachments;
    }

    @Override
    public Kept kept() {
        return Kept.LISTING_FILES;
    }

    @Override
    public long ended(Instant from, Instant until) {
        return jdbc.sql("select count(*) from (" + THINGS + ") t where ended >= ? and ended < ?")
                .params(Timestamp.from(from), Timestamp.from(until))
                .query(Long.class)
                .single();
    }

    @Override
    public int erase(int district, Instant before, int most) {
        var due = jdbc.sql("select owner_id from (" + THINGS
                        + ") t where district = ? and ended < ? order by ended limit ?")
                .params(district, Timestamp.from(before), most)
                .query(String.class)
                .list();
        attachments.delete(district, Evidence.OWNER_KIND, due);
        return due.size();
    }
}

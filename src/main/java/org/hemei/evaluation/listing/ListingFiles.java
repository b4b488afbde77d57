package org.hemei.evaluation.listing;

import java.time.Instant;
import org.hemei.evaluation.files.GivenUp;
import org.hemei.workorder.Kept;
import org.hemei.workorder.KeptFiles;
import org.springframework.stereotype.Component;

/** What a company and the bureau showed in a case, for a time after the case has ended. The story and the decisions stay. */
@Component
class ListingFiles implements KeptFiles {

    private static final String THINGS = """
            select a.district, a.owner_kind, a.owner_id,
                   max(greatest(a.uploaded_at, cast(l.ended_on as timestamp) at time zone 'Asia/Shanghai')) as ended
            from attachment a join listing l on l.id = cast(split_part(a.owner_id, '-', 1) as bigint)
            where a.owner_kind = 'listing_step' and l.ended_on is not null group by 1, 2, 3
            """;

    private final GivenUp files;

    ListingFiles(GivenUp files) {
        this.files = files;
    }

    @Override
    public Kept kept() {
        return Kept.LISTING_FILES;
    }

    @Override
    public long ended(Instant from, Instant until) {
        return files.ended(THINGS, from, until);
    }

    @Override
    public int erase(int district, Instant before, int most) {
        return files.erase(THINGS, district, before, most);
    }
}

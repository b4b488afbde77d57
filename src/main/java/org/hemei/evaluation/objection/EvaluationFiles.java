package org.hemei.evaluation.objection;

import java.sql.Timestamp;
import java.time.Instant;
import org.hemei.evaluation.files.GivenUp;
import org.hemei.workorder.Kept;
import org.hemei.workorder.KeptFiles;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Photos of inspections, also those that were withdrawn, with the spot they were reported from, and the documents of objections and corrections, for a time after their
 * campaign or their upload, whichever is later. What was found, decided and corrected stays.
 */
@Component
class EvaluationFiles implements KeptFiles {

    /** Each thing that has files, with the end of its campaign. */
    private static final String THINGS =
            """
            select a.district, a.owner_kind, a.owner_id, max(greatest(a.uploaded_at, %1$s)) as ended
            from attachment a join evaluation_inspection i on i.id = cast(a.owner_id as bigint) join evaluation_campaign c on c.id = i.campaign
            where a.owner_kind in ('evaluation_inspection', 'evaluation_inspection_withdrawn') and c.state in ('final', 'cancelled') group by 1, 2, 3
            union all
            select a.district, a.owner_kind, a.owner_id, max(greatest(a.uploaded_at, %1$s))
            from attachment a join evaluation_objection o on o.id = cast(a.owner_id as bigint) join evaluation_project p on p.id = o.project
                     join evaluation_campaign c on c.id = p.campaign
            where a.owner_kind = 'evaluation_objection' and c.state in ('final', 'cancelled') group by 1, 2, 3
            union all
            select a.district, a.owner_kind, a.owner_id, max(greatest(a.uploaded_at, %1$s))
            from attachment a join evaluation_score s on s.id = cast(a.owner_id as bigint) join evaluation_project p on p.id = s.project
                     join evaluation_campaign c on c.id = p.campaign
            where a.owner_kind = 'evaluation_score' and c.state in ('final', 'cancelled') group by 1, 2, 3
            union all
            select a.district, a.owner_kind, a.owner_id, max(greatest(a.uploaded_at, %1$s))
            from attachment a join evaluation_campaign c on c.id = cast(split_part(a.owner_id, '-', 1) as bigint)
            where a.owner_kind = 'evaluation_conflict' and c.state in ('final', 'cancelled') group by 1, 2, 3
            union all
            select a.district, a.owner_kind, a.owner_id, max(greatest(a.uploaded_at, %1$s))
            from attachment a join evaluation_project p on p.id = cast(split_part(a.owner_id, '-', 2) as bigint)
                     join evaluation_campaign c on c.id = p.campaign
            where a.owner_kind = 'evaluation_correction' and c.state in ('final', 'cancelled') group by 1, 2, 3
            """.formatted("coalesce(c.final_at, cast(c.final_by as timestamp) at time zone 'Asia/Shanghai')");

    private final GivenUp files;
    private final JdbcClient jdbc;

    EvaluationFiles(GivenUp files, JdbcClient jdbc) {
        this.files = files;
        this.jdbc = jdbc;
    }

    @Override
    public Kept kept() {
        return Kept.EVALUATION_FILES;
    }

    @Override
    public long ended(Instant from, Instant until) {
        return files.ended(THINGS, from, until);
    }

    @Override
    public int erase(int district, Instant before, int most) {
        spots(district, before);
        return files.erase(THINGS, district, before, most);
    }

    /** Where an assessor stood when they reported goes with the photos, also where there were none. */
    private void spots(int district, Instant before) {
        jdbc.sql("""
                update evaluation_inspection i set longitude = null, latitude = null
                from evaluation_campaign c
                where c.id = i.campaign and i.district = ? and i.longitude is not null
                  and c.state in ('final', 'cancelled')
                  and coalesce(c.final_at, cast(c.final_by as timestamp) at time zone 'Asia/Shanghai') < ?
                """).params(district, Timestamp.from(before)).update();
    }
}

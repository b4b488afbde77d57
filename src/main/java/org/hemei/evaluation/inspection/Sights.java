package org.hemei.evaluation.inspection;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.hemei.evaluation.files.GivenUp;
import org.hemei.platform.attachment.Attachment;
import org.hemei.platform.attachment.Attachments;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What assessors photographed and where they stood: the evidence of a look, for both sides of a score and for whoever decides about it. */
@Component
public class Sights {

    /**
     * What there is of one look.
     *
     * @param place longitude and latitude it was reported from; null when the assessor did not allow it, or it was erased
     * @param gone what was erased when its time to be kept was over; null where nothing was
     * @param earlier what was reported before it was put right, for whoever decides
     */
    public record Sight(
            int turn,
            List<Attachment> photos,
            @Nullable String place,
            GivenUp.@Nullable Gone gone,
            List<LookReports.Earlier> earlier) {}

    private record Row(
            long id,
            int district,
            int turn,
            @Nullable Integer longitude,
            @Nullable Integer latitude) {}

    private final JdbcClient jdbc;
    private final Attachments attachments;
    private final GivenUp givenUp;
    private final LookReports reports;

    Sights(JdbcClient jdbc, Attachments attachments, GivenUp givenUp, LookReports reports) {
        this.reports = reports;
        this.jdbc = jdbc;
        this.attachments = attachments;
        this.givenUp = givenUp;
    }

    /**
     * Of these looks, those that have something to show. The caller has checked that the reader may see what was found.
     *
     * @param placed whether the reader decides, and is told where the assessor stood and what was put right
     */
    public List<Sight> of(Collection<Long> inspections, boolean placed) {
        List<Sight> sights = new ArrayList<>();
        for (var row : rows(inspections)) {
            var id = String.valueOf(row.id);
            var photos = attachments.list(row.district, InspectionDesk.KIND, id);
            var gone = givenUp.of(row.district, InspectionDesk.KIND, row.id);
            var place = placed ? place(row) : null;
            var earlier = placed ? reports.earlier(row.id) : List.<LookReports.Earlier>of();
            if (!photos.isEmpty() || gone != null || place != null || !earlier.isEmpty()) {
                sights.add(new Sight(row.turn, photos, place, gone, earlier));
            }
        }
        return sights;
    }

    private List<Row> rows(Collection<Long> inspections) {
        return jdbc.sql("""
                        select id, district, turn, longitude, latitude from evaluation_inspection where id = any(?) order by turn, id
                        """)
                .param(inspections.toArray(Long[]::new))
                .query(Row.class)
                .list();
    }

    private static @Nullable String place(Row row) {
        return row.longitude == null || row.latitude == null
                ? null
                : "东经 " + BigDecimal.valueOf(row.longitude, 6) + "，北纬 " + BigDecimal.valueOf(row.latitude, 6);
    }
}

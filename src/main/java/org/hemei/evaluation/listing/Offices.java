package org.hemei.evaluation.listing;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Who decides about listings, where a paper is handed in and where whoever is not satisfied goes, as the bureaus entered it. */
@Repository
class Offices {

    private static final int MOST = 50;

    /**
     * @param address where papers are handed in
     * @param reviewBody who reviews its decisions (行政复议机关)
     * @param court before which it is sued
     */
    public record Office(
            String area, String areaName, String name, String address, String reviewBody, String court, Instant setAt) {

        /** Where a paper is brought to. */
        String desk() {
            return name + "（" + address + "）";
        }
    }

    private static final String SELECT =
            "select o.area, a.name as area_name, o.name, o.address, o.review_body, o.court, o.set_at"
                    + " from listing_office o join area a on a.code = o.area ";

    private final JdbcClient jdbc;

    Offices(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * What held for an area at a moment; the nearest area that had entered it decides. Where nothing was entered yet, what was entered first
     * afterwards: a paper of before names it rather than nothing.
     */
    Optional<Office> of(String area, Instant at) {
        return jdbc.sql(SELECT + """
                where starts_with(:area, o.area)
                order by o.set_at > :at, length(o.area) desc, abs(extract(epoch from o.set_at - cast(:at as timestamptz))), o.id desc limit 1
                """)
                .param("area", area)
                .param("at", java.sql.Timestamp.from(at))
                .query(Office.class)
                .optional();
    }

    /** What an area itself holds now; null where it goes by that of the area around it. */
    @Nullable
    Office own(String area) {
        return history(area).stream().findFirst().orElse(null);
    }

    /** Everything an area itself entered, the latest first. */
    List<Office> history(String area) {
        return jdbc.sql(SELECT + "where o.area = :area order by o.id desc limit :most")
                .param("area", area)
                .param("most", MOST)
                .query(Office.class)
                .list();
    }

    long insert(OfficeDesk.Draft draft, long by, Instant at) {
        return jdbc.sql("""
                insert into listing_office (area, name, address, review_body, court, set_by, set_at)
                values (:area, :name, :address, :review, :court, :by, :at) returning id
                """)
                .param("area", draft.area())
                .param("name", draft.name())
                .param("address", draft.address())
                .param("review", draft.reviewBody())
                .param("court", draft.court())
                .param("by", by)
                .param("at", java.sql.Timestamp.from(at))
                .query(Long.class)
                .single();
    }
}

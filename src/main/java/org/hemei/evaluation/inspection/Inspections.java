package org.hemei.evaluation.inspection;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.hemei.evaluation.inspection.Inspection.Found;
import org.hemei.registry.Areas;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** Inspections as they are kept; each reader asks for their own. */
@Repository
public class Inspections {

    private static final String SELECT = """
            select i.id, i.campaign, c.title, c.state in ('collecting', 'review') as takes, c.scheme, i.district, i.estate,
                   e.name as estate_name, a.name as community_name,
                   (select string_agg(distinct b.short_name, '、') from evaluation_project p join body b on b.id = p.company
                    where p.campaign = i.campaign and p.estate = i.estate) as companies,
                   i.turn, i.assessor, i.state, i.version, i.due_on, i.done_at
            from evaluation_inspection i
                     join evaluation_campaign c on c.id = i.campaign
                     join estate e on e.id = i.estate
                     join area a on a.code = e.community
            """;

    private final JdbcClient jdbc;

    Inspections(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Those of an assessor that are to be done, or all of the campaigns that run; those due first. */
    List<Inspection> list(long assessor, boolean all, long after, int most) {
        return jdbc.sql(SELECT + """
                        where i.assessor = :me and i.state <> 'replaced' and c.state in ('collecting', 'review')
                          and (:all or i.state = 'open') and i.id > :after
                        order by i.id limit :most
                        """)
                .param("me", assessor)
                .param("all", all)
                .param("after", after)
                .param("most", most)
                .query(Inspections::inspection)
                .list();
    }

    int open(long assessor) {
        return jdbc.sql("""
                        select count(*) from evaluation_inspection i join evaluation_campaign c on c.id = i.campaign
                        where i.assessor = ? and i.state = 'open' and c.state in ('collecting', 'review')
                        """).param(assessor).query(Integer.class).single();
    }

    Optional<Inspection> find(long id, long assessor) {
        return jdbc.sql(SELECT + "where i.id = ? and i.assessor = ? and i.state <> 'replaced'")
                .params(id, assessor)
                .query(Inspections::inspection)
                .optional();
    }

    Optional<Inspection> lock(long id, long assessor) {
        return jdbc.sql(SELECT + "where i.id = ? and i.assessor = ? and i.state <> 'replaced' for update of i")
                .params(id, assessor)
                .query(Inspections::inspection)
                .optional();
    }

    Map<String, Found> found(long id) {
        Map<String, Found> found = new HashMap<>();
        jdbc.sql("select item, level, note from evaluation_inspection_item where inspection = ?")
                .param(id)
                .query((RowCallbackHandler)
                        r -> found.put(r.getString("item"), new Found(r.getString("level"), r.getString("note"))));
        return found;
    }

    /** Where it was reported from stays where a later report says nothing of it: it is put right in the office. */
    void done(
            Inspection inspection,
            Map<String, Found> found,
            @Nullable Integer longitude,
            @Nullable Integer latitude,
            Instant now) {
        jdbc.sql("delete from evaluation_inspection_item where inspection = ?")
                .param(inspection.id())
                .update();
        found.forEach((item, one) -> jdbc.sql("""
                        insert into evaluation_inspection_item (inspection, item, level, note) values (?, ?, ?, ?)
                        """)
                .params(inspection.id(), item, one.level(), one.note())
                .update());
        jdbc.sql("""
                update evaluation_inspection set state = 'done', done_at = :now, version = version + 1,
                       longitude = coalesce(:longitude, longitude), latitude = coalesce(:latitude, latitude)
                where id = :id
                """)
                .param("now", Timestamp.from(now))
                .param("longitude", longitude, java.sql.Types.INTEGER)
                .param("latitude", latitude, java.sql.Types.INTEGER)
                .param("id", inspection.id())
                .update();
    }

    private static Inspection inspection(ResultSet r, int n) throws SQLException {
        var done = r.getTimestamp("done_at");
        return new Inspection(
                r.getLong("id"),
                r.getLong("campaign"),
                r.getString("title"),
                r.getBoolean("takes"),
                r.getLong("scheme"),
                r.getInt("district"),
                r.getLong("estate"),
                r.getString("estate_name"),
                Areas.plain(r.getString("community_name")),
                r.getString("companies"),
                r.getInt("turn"),
                r.getLong("assessor"),
                Inspection.State.valueOf(r.getString("state").toUpperCase(Locale.ROOT)),
                r.getInt("version"),
                r.getObject("due_on", LocalDate.class),
                done == null ? null : done.toInstant());
    }
}

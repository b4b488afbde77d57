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
import org.hemei.evaluation.Narrowing;
import org.hemei.evaluation.inspection.Inspection.Found;
import org.hemei.platform.db.Where;
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

    /**
     * Which of them are shown.
     *
     * @param all not only those that are to be done now
     * @param area code of an area that they lie in; null for all
     * @param q a part of the name of the estate or of a company there; empty for all
     */
    public record Wanted(boolean all, @Nullable String area, String q) {

        /** What is to be done now, wherever it is. */
        static final Wanted NOW = new Wanted(false, null, "");

        private static final int LONGEST = 40;

        static Wanted of(Map<String, String> query) {
            var q = query.getOrDefault("q", "").strip();
            return new Wanted(
                    "1".equals(query.get("all")),
                    Narrowing.of(query).area(),
                    q.substring(0, Math.min(q.length(), LONGEST)));
        }
    }

    /** Those of an assessor that are to be done, in the order they are to be seen in; or all they were ever given, the newest first. */
    List<Inspection> list(long assessor, Wanted wanted, long after, int most) {
        var where = new Where().and("i.assessor = :me", "me", assessor).and("i.state <> 'replaced'");
        if (!wanted.all) {
            where.and("i.state = 'open' and c.state in ('collecting', 'review')");
        }
        if (wanted.area != null) {
            where.and("starts_with(e.community, :area)", "area", wanted.area);
        }
        if (!wanted.q.isEmpty()) {
            where.and("""
                    (strpos(lower(e.name), lower(:q)) > 0
                     or exists (select from evaluation_project p join body b on b.id = p.company
                                where p.campaign = i.campaign and p.estate = i.estate
                                  and (strpos(lower(b.name), lower(:q)) > 0 or strpos(lower(b.short_name), lower(:q)) > 0)))
                    """, "q", wanted.q);
        }
        if (after != 0) {
            where.and("i.id " + (wanted.all ? "<" : ">") + " :after", "after", after);
        }
        return jdbc.sql(SELECT + "where " + where.sql() + " order by i.id " + (wanted.all ? "desc" : "")
                        + " limit :most")
                .params(where.params())
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

    /** Whether an assessor was given any that are, or were, to be seen in a campaign that runs. */
    boolean given(long assessor) {
        return jdbc.sql("""
                        select exists (select from evaluation_inspection i join evaluation_campaign c on c.id = i.campaign
                                       where i.assessor = ? and i.state <> 'replaced' and c.state in ('collecting', 'review'))
                        """).param(assessor).query(Boolean.class).single();
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

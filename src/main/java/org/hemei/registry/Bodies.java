package org.hemei.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Bodies for all rooms, as they were on a day. Reading only; changes are made on the pages of the registry. */
@Component
public class Bodies {

    /**
     * A body by the names it had on the day asked for.
     *
     * @param area code of the area it stood in then
     * @param until first day on which it was no more
     */
    public record Body(
            long id,
            BodyKind kind,
            String name,
            String shortName,
            String area,
            @Nullable Long estate,
            LocalDate since,
            @Nullable LocalDate until) {

        public boolean standsOn(LocalDate day) {
            return !since.isAfter(day) && (until == null || until.isAfter(day));
        }
    }

    /** Columns of body b as of :on, for {@link #read}. A body that was never renamed or moved has no rows for that. */
    public static final String COLUMNS = """
            b.id, coalesce(b.party_kind, b.kind) as kind, coalesce(bn.name, b.name) as name,
            coalesce(bn.short_name, b.short_name) as short_name, coalesce(ba.area, b.area) as area, b.estate, b.since, b.until
            """;

    /** Goes with {@link #COLUMNS}, after {@code from body b}. */
    public static final String NAMES = """
            left join body_name bn on bn.body = b.id and bn.during @> cast(:on as date)
            left join body_area ba on ba.body = b.id and ba.during @> cast(:on as date)
            """;

    /** Whether body b was there on :on. */
    public static final String STANDS = "b.since <= :on and (b.until is null or b.until > :on)";

    private final JdbcClient jdbc;

    Bodies(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The body with its names of that day, whether or not it was there then. */
    public Optional<Body> find(long id, LocalDate on) {
        return jdbc.sql("select " + COLUMNS + " from body b " + NAMES + " where b.id = :id")
                .param("id", id)
                .param("on", on)
                .query(Bodies::read)
                .optional();
    }

    /** What stood directly under it on that day. */
    public List<Body> children(long id, LocalDate on) {
        return jdbc.sql("select " + COLUMNS + " from body_parent bp join body b on b.id = bp.body " + NAMES
                        + " where bp.parent = :id and bp.during @> cast(:on as date) and " + STANDS
                        + " order by coalesce(ba.area, b.area), b.id")
                .param("id", id)
                .param("on", on)
                .query(Bodies::read)
                .list();
    }

    /** From the top of its line down to the body itself, as of that day. */
    public List<Body> path(long id, LocalDate on) {
        return jdbc.sql("""
                        with recursive line (body, depth) as (
                            select cast(:id as bigint), 0
                            union all
                            select bp.parent, l.depth + 1
                            from line l join body_parent bp on bp.body = l.body and bp.during @> cast(:on as date)
                            where l.depth < 20)
                        select %s from line l join body b on b.id = l.body %s order by l.depth desc
                        """.formatted(COLUMNS, NAMES))
                .param("id", id)
                .param("on", on)
                .query(Bodies::read)
                .list();
    }

    public static Body read(ResultSet r, int n) throws SQLException {
        return new Body(
                r.getLong("id"),
                BodyKind.of(r.getString("kind")),
                r.getString("name"),
                r.getString("short_name"),
                r.getString("area"),
                r.getObject("estate", Long.class),
                r.getObject("since", LocalDate.class),
                r.getObject("until", LocalDate.class));
    }
}

package org.hemei.registry.bulk;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hemei.platform.Reader;
import org.hemei.registry.Office;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** Changes of many estates, before and after they were made. */
@Component
class Batches {

    static final int PAGE = 100;

    private static final TypeReference<Map<String, String>> DETAIL = new TypeReference<>() {};
    private static final TypeReference<Map<String, Object>> HELD = new TypeReference<>() {};

    /**
     * @param state seen, waiting (in the background), done, refused or undone
     * @param who masked name of who asked
     */
    record Batch(
            long id,
            BatchKind kind,
            Map<String, String> detail,
            String reason,
            long account,
            String who,
            Instant askedAt,
            String state,
            @Nullable String words,
            @Nullable Instant doneAt,
            @Nullable Instant undoneAt) {

        String undoing() {
            return "撤回批量修改 " + id;
        }

        boolean open() {
            return state.equals("seen") || state.equals("refused");
        }
    }

    record Row(
            long estate,
            String name,
            String place,
            String before,
            String after,
            Map<String, Object> was,
            Map<String, Object> becomes,
            @Nullable String problem) {}

    /** A run in the background; its page tells how far it is. */
    record Run(long id, boolean going) {}

    /** @param problems how many of the estates cannot */
    record Count(int estates, int problems) {}

    private static final String SELECT = """
            select b.id, b.change, b.detail::text as detail, b.reason, b.account, p.masked_name as who, b.asked_at, b.state, b.words,
                   b.done_at, b.undone_at
            from estate_batch b join account a on a.id = b.account join person p on p.id = a.person
            """;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    Batches(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** One's own, and those about nothing but estates of one's area. */
    Optional<Batch> find(Reader reader, long id) {
        return jdbc.sql(SELECT + """
                        where b.id = :id
                          and (b.account = :me
                               or not exists (select from estate_batch_row r join estate e on e.id = r.estate
                                              where r.batch = b.id and not e.community like any(:patterns)))
                        """)
                .param("id", id)
                .param("me", reader.account())
                .param("patterns", reader.scope(Office.HOUSING, Office.STREET).patterns())
                .query((r, n) -> batch(r))
                .optional();
    }

    /** For work that goes on behind the pages. */
    Batch one(long id) {
        return jdbc.sql(SELECT + "where b.id = ?")
                .param(id)
                .query((r, n) -> batch(r))
                .single();
    }

    /** The latest run of a batch in the background. */
    Optional<Run> run(long batch) {
        return jdbc.sql("""
                        select id, state in ('waiting', 'running') as going from job_run
                        where kind = :kind and input ->> 'batch' = :batch order by id desc limit 1
                        """)
                .param("kind", BatchWork.KIND)
                .param("batch", String.valueOf(batch))
                .query(Run.class)
                .optional();
    }

    /** One's own, the newest first. */
    List<Batch> own(Reader reader) {
        return jdbc.sql(SELECT + "where b.account = ? and b.state <> 'seen' order by b.id desc limit 10")
                .param(reader.account())
                .query((r, n) -> batch(r))
                .list();
    }

    private Batch batch(ResultSet r) throws SQLException {
        return new Batch(
                r.getLong("id"),
                BatchKind.find(r.getString("change")).orElseThrow(),
                json.readValue(r.getString("detail"), DETAIL),
                r.getString("reason"),
                r.getLong("account"),
                r.getString("who"),
                r.getTimestamp("asked_at").toInstant(),
                r.getString("state"),
                r.getString("words"),
                instant(r, "done_at"),
                instant(r, "undone_at"));
    }

    private static @Nullable Instant instant(ResultSet r, String column) throws SQLException {
        var at = r.getTimestamp(column);
        return at == null ? null : at.toInstant();
    }

    Count count(long batch) {
        return jdbc.sql("select count(*) as estates, count(problem) as problems from estate_batch_row where batch = ?")
                .param(batch)
                .query(Count.class)
                .single();
    }

    /** Those that cannot come first. @param most null for all */
    List<Row> rows(long batch, long after, @Nullable Integer most) {
        return jdbc.sql("""
                        select r.estate, e.name, s.name as street, r.before, r.after, r.was::text as was, r.becomes::text as becomes,
                               r.problem
                        from estate_batch_row r join estate e on e.id = r.estate join area s on s.code = e.street
                        where r.batch = :batch
                          and (:after = 0 or (r.problem is null, r.estate)
                               > (select l.problem is null, l.estate from estate_batch_row l
                                  where l.batch = :batch and l.estate = :after))
                        order by r.problem is null, r.estate limit cast(:most as int)
                        """)
                .param("batch", batch)
                .param("after", after)
                .param("most", most)
                .query((r, n) -> new Row(
                        r.getLong("estate"),
                        r.getString("name"),
                        r.getString("street"),
                        r.getString("before"),
                        r.getString("after"),
                        json.readValue(r.getString("was"), HELD),
                        json.readValue(r.getString("becomes"), HELD),
                        r.getString("problem")))
                .list();
    }
}

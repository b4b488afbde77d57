package org.hemei.platform.task;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.hemei.platform.Grant;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Tasks in the database. A reader finds those of their own desks: to do, or given. */
@Component
class Tasks {

    static final int PAGE = 50;

    /** Which tasks a list shows: mine to do, or those given from my desk. */
    enum Box {
        TODO,
        GIVEN
    }

    /**
     * @param state running (null), or one state
     * @param late only what is past its day
     */
    record Filter(
            Box box,
            @Nullable TaskState state,
            boolean all,
            boolean late,
            String q,
            @Nullable UUID batch) {}

    /** A place in the list. */
    record Key(Instant at, long id) {}

    private static final String MINE_TODO = """
            (exists (select from unnest(:roles::text[], :areas::text[]) g (role, area)
                     where g.role = t.role and starts_with(t.area, g.area))
             or t.body = any (:bodies))
            """;
    private static final String MINE_GIVEN = """
            exists (select from unnest(:roles::text[], :areas::text[]) g (role, area)
                    where g.role = t.given_role and starts_with(t.given_area, g.area))
            """;

    private final JdbcClient jdbc;
    private final InstantSource clock;

    Tasks(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    long insert(Task task) {
        return jdbc.sql("""
                insert into task (district, batch, title, words, area, role, body, assigned, given_by, given_role, given_area,
                                  given_as, given_at, due_at, source, subject, link, evidence, state, changed_at)
                values (:district, :batch, :title, :words, :area, :role, :body, :assigned, :by, :givenRole, :givenArea,
                        :givenAs, :at, :due, :source, :subject, :link, :evidence, 'open', :at)
                returning id
                """)
                .param("district", task.district())
                .param("batch", task.batch())
                .param("title", task.title())
                .param("words", task.words())
                .param("area", task.area())
                .param("role", task.role())
                .param("body", task.body())
                .param("assigned", task.assigned())
                .param("by", task.givenBy())
                .param("givenRole", task.givenRole())
                .param("givenArea", task.givenArea())
                .param("givenAs", task.givenAs())
                .param("at", Timestamp.from(task.givenAt()))
                .param("due", Timestamp.from(task.dueAt()))
                .param("source", task.source())
                .param("subject", task.subject())
                .param("link", task.link())
                .param("evidence", task.evidence())
                .query(Long.class)
                .single();
    }

    /** Subjects of a source for which a task runs already. */
    Set<String> running(String source, Collection<String> subjects) {
        return jdbc
                .sql("select subject from task where source = ? and subject = any(?) and state in ('open', 'done')")
                .params(source, subjects.toArray(String[]::new))
                .query(String.class)
                .list()
                .stream()
                .collect(Collectors.toSet());
    }

    Optional<Task> find(long id) {
        return jdbc.sql("select * from task where id = ?")
                .param(id)
                .query(Tasks::row)
                .optional();
    }

    Optional<Task> lock(long id) {
        return jdbc.sql("select * from task where id = ? for update")
                .param(id)
                .query(Tasks::row)
                .optional();
    }

    List<Task> lockBatch(UUID batch) {
        return jdbc.sql("select * from task where batch = ? and state in ('open', 'done') order by id for update")
                .param(batch)
                .query(Tasks::row)
                .list();
    }

    void move(Task task, TaskState to, Instant now) {
        jdbc.sql("update task set state = ?, version = version + 1, changed_at = ? where id = ?")
                .params(to.code(), Timestamp.from(now), task.id())
                .update();
    }

    void step(long task, int seq, Instant at, String verb, Reader reader, String as, String words) {
        jdbc.sql("insert into task_step (task, seq, at, verb, actor, actor_as, words) values (?, ?, ?, ?, ?, ?, ?)")
                .params(task, seq, Timestamp.from(at), verb, reader.account(), as, words)
                .update();
    }

    List<Task.Step> steps(long task) {
        return jdbc.sql("""
                select s.at, s.verb, p.masked_name as actor, s.actor_as, s.words
                from task_step s join account a on a.id = s.actor join person p on p.id = a.person
                where s.task = ? order by s.seq
                """)
                .param(task)
                .query((r, n) -> new Task.Step(
                        r.getTimestamp("at").toInstant(),
                        r.getString("verb"),
                        r.getString("actor"),
                        r.getString("actor_as"),
                        r.getString("words")))
                .list();
    }

    /** What waits for this reader: to be done, and given tasks whose result waits to be looked at. */
    int waiting(Reader reader) {
        return jdbc.sql("select count(*) from task t where (t.state = 'open' and " + MINE_TODO
                        + ") or (t.state = 'done' and " + MINE_GIVEN + ")")
                .param("roles", roles(reader))
                .param("areas", areas(reader))
                .param("bodies", bodies(reader))
                .query(Integer.class)
                .single();
    }

    int count(Reader reader, Filter filter) {
        return spec(reader, filter, "select count(*) from task t where ", "")
                .query(Integer.class)
                .single();
    }

    /** Nearest deadline first. */
    List<Task> list(Reader reader, Filter filter, @Nullable Key after, int most) {
        var from = after == null ? new Key(Instant.parse("2000-01-01T00:00:00Z"), 0) : after;
        return spec(
                        reader,
                        filter,
                        "select * from task t where (t.due_at, t.id) > (:at, :id) and ",
                        " order by t.due_at, t.id limit :most")
                .param("at", Timestamp.from(from.at))
                .param("id", from.id)
                .param("most", most)
                .query(Tasks::row)
                .list();
    }

    private JdbcClient.StatementSpec spec(Reader reader, Filter filter, String head, String tail) {
        var sql = head + (filter.box == Box.TODO ? MINE_TODO : MINE_GIVEN) + """
                  and (cast(:state as text) is null and (:all or t.state in ('open', 'done')) or t.state = :state)
                  and (not :late or t.state = 'open' and t.due_at < :now)
                  and (:q = '' or strpos(t.title, :q) > 0 or strpos(t.assigned, :q) > 0)
                  and (cast(:batch as uuid) is null or t.batch = :batch)
                """ + tail;
        var spec = jdbc.sql(sql)
                .param("roles", roles(reader))
                .param("areas", areas(reader))
                .param("state", filter.state == null ? null : filter.state.code())
                .param("all", filter.all)
                .param("late", filter.late)
                .param("now", Timestamp.from(clock.instant()))
                .param("q", filter.q)
                .param("batch", filter.batch);
        return filter.box == Box.TODO ? spec.param("bodies", bodies(reader)) : spec;
    }

    private static List<Grant> placed(Reader reader) {
        return reader.grants().stream().filter(g -> g.area() != null).toList();
    }

    private static String[] roles(Reader reader) {
        return placed(reader).stream().map(Grant::role).toArray(String[]::new);
    }

    private static String[] areas(Reader reader) {
        return placed(reader).stream().map(Grant::area).toArray(String[]::new);
    }

    private static Long[] bodies(Reader reader) {
        return reader.grants().stream()
                .map(Grant::body)
                .filter(Objects::nonNull)
                .distinct()
                .toArray(Long[]::new);
    }

    private static Task row(ResultSet r, int n) throws SQLException {
        return new Task(
                r.getLong("id"),
                r.getInt("district"),
                r.getObject("batch", UUID.class),
                r.getString("title"),
                r.getString("words"),
                r.getString("area"),
                r.getString("role"),
                r.getObject("body", Long.class),
                r.getString("assigned"),
                r.getLong("given_by"),
                r.getString("given_role"),
                r.getString("given_area"),
                r.getString("given_as"),
                r.getTimestamp("given_at").toInstant(),
                r.getTimestamp("due_at").toInstant(),
                r.getString("source"),
                r.getString("subject"),
                r.getString("link"),
                r.getBoolean("evidence"),
                TaskState.of(r.getString("state")),
                r.getInt("version"),
                r.getTimestamp("changed_at").toInstant());
    }
}

package org.hemei.platform.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Objects;
import org.hemei.platform.Grant;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.hemei.platform.time.ToldTime;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** Asks for background work, and cancels it. */
@Service
public class Jobs {

    /** Name of the task in the scheduler's table; its instance is the id of the run. */
    static final String TASK = "background-work";

    /** Who looks after the running system, under the names that the room of accounts gives. */
    enum Overseer {
        SYSTEM,
        ADMIN
    }

    private final JdbcClient jdbc;
    private final ObjectProvider<Scheduler> scheduler;
    private final InstantSource clock;
    private final JsonMapper json;

    Jobs(JdbcClient jdbc, ObjectProvider<Scheduler> scheduler, InstantSource clock, JsonMapper json) {
        this.jdbc = jdbc;
        this.scheduler = scheduler;
        this.clock = clock;
        this.json = json;
    }

    /**
     * The work begins within a second or two after the transaction has committed; that of a story whoever tells it has to run.
     *
     * @param kind as a bean of {@link BackgroundWork} names it
     * @param title in plain Chinese, such as 导入小区; others may read it
     * @param input what the work needs to know: ids and codes, no words of people
     * @param link where to see what it is about, also while it runs; may be null
     * @return the id of the run; its page is {@code /jobs/id}
     */
    @Transactional(propagation = Propagation.MANDATORY)
    public long start(Reader reader, String kind, String title, Map<String, String> input, @Nullable String link) {
        var now = clock.instant();
        var id = jdbc.sql("""
                        insert into job_run (kind, title, account, area, input, link, created_at)
                        values (:kind, :title, :account, :area, cast(:input as jsonb), :link, :now) returning id
                        """)
                .param("kind", kind)
                .param("title", title)
                .param("account", reader.account())
                .param("area", area(reader))
                .param("input", json.writeValueAsString(input))
                .param("link", link)
                .param("now", Timestamp.from(now))
                .query(Long.class)
                .single();
        if (!ToldTime.telling()) {
            scheduler.getObject().schedule(new TaskInstance<>(TASK, String.valueOf(id)), now);
        }
        return id;
    }

    private static @Nullable String area(Reader reader) {
        return reader.grants().stream()
                .map(Grant::area)
                .filter(Objects::nonNull)
                .min(Comparator.comparingInt(String::length))
                .orElse(null);
    }

    /** One that waits never begins; one that runs stops at its next step and leaves nothing behind. */
    @Transactional
    public void cancel(Reader reader, long id) {
        var state = jdbc.sql("select state from job_run where id = :id and %s for update".formatted(VISIBLE))
                .param("id", id)
                .params(visible(reader))
                .query(String.class)
                .optional()
                .orElseThrow(() -> new Missing("没有这件后台任务。"));
        if (state.equals("waiting")) {
            jdbc.sql("update job_run set state = 'cancelled', message = '还没开始就取消了。', ended_at = ? where id = ?")
                    .params(Timestamp.from(clock.instant()), id)
                    .update();
        } else if (state.equals("running")) {
            jdbc.sql("update job_run set cancel_asked = true where id = ?")
                    .param(id)
                    .update();
        }
    }

    /** One's own runs, and for those who look after the system all that belong to their area. */
    static final String VISIBLE = "(account = :me or :oversees and (area is null or area like any(:patterns)))";

    static Map<String, Object> visible(Reader reader) {
        var scope = overseen(reader);
        return Map.of("me", reader.account(), "oversees", !scope.isEmpty(), "patterns", scope.patterns());
    }

    static Scope overseen(Reader reader) {
        return reader.scope(Overseer.values());
    }
}

package org.hemei.platform.job;

import java.util.List;
import org.hemei.platform.log.EventConsumer;
import org.hemei.platform.log.EventPump;
import org.hemei.platform.log.RestoredLog;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Wakes the event pump when a follower has something new to read; one small query tells. */
@Component
class EventTick implements Tick {

    private final EventPump pump;
    private final RestoredLog restored;
    private final String[] followers;
    private final JdbcClient jdbc;
    private volatile boolean opened;

    EventTick(EventPump pump, RestoredLog restored, List<EventConsumer> consumers, JdbcClient jdbc) {
        this.pump = pump;
        this.restored = restored;
        this.followers = consumers.stream().map(EventConsumer::name).toArray(String[]::new);
        this.jdbc = jdbc;
    }

    @Override
    public String name() {
        return "events";
    }

    @Override
    public void run() {
        if (!opened) {
            restored.adopt();
            opened = true;
        }
        if (followers.length > 0 && somethingNew()) {
            pump.run();
        }
    }

    private boolean somethingNew() {
        return jdbc.sql("""
                select exists (
                    select from unnest(?) f(name) left join event_cursor c on c.consumer = f.name
                    where exists (
                        select from event_log e
                        where (e.tx, e.id) > (coalesce(c.tx, '0'), coalesce(c.id, 0))
                          and e.tx < pg_snapshot_xmin(pg_current_snapshot())))
                """).param(followers).query(Boolean.class).single();
    }
}

package org.hemei.registry.body;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.FixedDelay;
import java.time.InstantSource;
import org.hemei.platform.time.CivilTime;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A name, an area or a branch's company that was entered ahead becomes the one of today when its day has come. */
@Configuration(proxyBeanMethods = false)
class BodyUpkeep {

    private final JdbcClient jdbc;
    private final InstantSource clock;

    BodyUpkeep(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Bean
    Task<Void> bodyUpkeepTask() {
        return Tasks.recurring("body-upkeep", FixedDelay.ofMinutes(10)).execute((task, context) -> bringUpToDate());
    }

    /** @return how many bodies changed */
    int bringUpToDate() {
        var today = CivilTime.date(clock.instant());
        return jdbc.sql("""
                        update body b set name = n.name, short_name = n.short_name
                        from body_name n
                        where n.body = b.id and n.during @> cast(:today as date)
                          and (b.name, b.short_name) is distinct from (n.name, n.short_name)
                        """).param("today", today).update()
                + jdbc.sql("""
                        update body b set area = a.area
                        from body_area a
                        where a.body = b.id and a.during @> cast(:today as date) and b.area <> a.area
                        """).param("today", today).update()
                + jdbc.sql("""
                        update body b set company = p.parent
                        from body_parent p
                        where p.body = b.id and p.during @> cast(:today as date) and b.company <> p.parent
                        """).param("today", today).update();
    }
}

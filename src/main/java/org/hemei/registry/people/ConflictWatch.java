package org.hemei.registry.people;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.task.schedule.Daily;
import java.time.InstantSource;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.time.CivilTime;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Looks every night for people who oversee the company that pays them. An appointment is checked when it is made; a contract
 * that begins later, or data from before the rule, is found here.
 */
@Service
public class ConflictWatch {

    private static final LocalTime AT_NIGHT = LocalTime.of(2, 30);

    /** Seat, job and contract that all hold on :day. */
    private static final String NOW = """
            select s.id as committee, j.id as employment, c.id as contract, oc.estate
            from body oc
                     join appointment s on s.body = oc.id and s.during @> :day
                     join contract c on c.estate = oc.estate and c.during @> :day
                     join appointment j on j.person = s.person and j.during @> :day
                     join body jb on jb.id = j.body and jb.kind in ('company', 'company_branch')
                                         and coalesce(jb.company, jb.id) = c.company
                     join post jp on jp.name = j.post and jp.duty <> 'adviser'
            where oc.kind = 'owners_committee'
            """;

    private final JdbcClient jdbc;
    private final EventLog events;
    private final InstantSource clock;

    ConflictWatch(JdbcClient jdbc, EventLog events, InstantSource clock) {
        this.jdbc = jdbc;
        this.events = events;
        this.clock = clock;
    }

    @Configuration(proxyBeanMethods = false)
    static class Nightly {
        @Bean
        Task<Void> appointmentConflictRecheck(ConflictWatch watch) {
            return Tasks.recurring("appointment-conflict-recheck", new Daily(CivilTime.ZONE, AT_NIGHT))
                    .execute((task, context) -> watch.recheck());
        }
    }

    private record Found(long id, long estate, int district) {}

    /** @return how many conflicts are new */
    @Transactional
    public int recheck() {
        var today = CivilTime.date(clock.instant());
        jdbc.sql("""
                        update appointment_conflict f set resolved_on = :day
                        where f.resolved_on is null and not exists (
                            select from (%s) n
                            where n.committee = f.committee and n.employment = f.employment and n.contract = f.contract)
                        """.formatted(NOW)).param("day", today).update();
        List<Found> found = jdbc.sql("""
                        with fresh as (
                            insert into appointment_conflict (committee, employment, contract, estate, found_on)
                            select n.committee, n.employment, n.contract, n.estate, cast(:day as date) from (%s) n
                            on conflict do nothing
                            returning id, estate)
                        select f.id, f.estate, e.district from fresh f join estate e on e.id = f.estate order by f.id
                        """.formatted(NOW))
                .param("day", today)
                .query(Found.class)
                .list();
        found.forEach(one ->
                events.announce(one.district, "appointment.conflict_found", one.id, Map.of("estate", one.estate)));
        return found.size();
    }
}

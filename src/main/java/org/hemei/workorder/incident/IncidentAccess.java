package org.hemei.workorder.incident;

import java.time.InstantSource;
import java.util.Objects;
import org.hemei.access.Role;
import org.hemei.platform.Grant;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Scope;
import org.hemei.platform.Stale;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who may read an incident, who may write it, and who lives where it is. */
@Component
class IncidentAccess {

    private final IncidentQueries queries;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    IncidentAccess(IncidentQueries queries, JdbcClient jdbc, InstantSource clock) {
        this.queries = queries;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** By area the administration, by work the holder's people, by home the residents. */
    boolean reads(Reader reader, Incident incident) {
        return onDuty(reader, incident) || lives(reader, incident);
    }

    boolean onDuty(Reader reader, Incident incident) {
        return reader.scope(Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY)
                        .covers(incident.community())
                || works(reader, incident, Role.MANAGER, Role.STAFF);
    }

    /** The community writes every one of its own; a holder the ones it published. */
    boolean writes(Reader reader, Incident incident) {
        return reader.scope(Role.COMMUNITY).covers(incident.community()) || published(reader, incident);
    }

    /** A manager of one project has no say in another project of the same body; who manages the whole body has in all. */
    private static boolean published(Reader reader, Incident incident) {
        var manager = reader.scope(Role.MANAGER);
        var estate = incident.estate();
        return estate != null
                ? manager.covers(incident.body(), estate)
                : manager.grants().stream()
                        .anyMatch(grant -> grant.estate() == null
                                && grant.body() != null
                                && grant.body().equals(incident.body()));
    }

    private boolean works(Reader reader, Incident incident, Role... roles) {
        var scope = reader.scope(roles);
        if (scope.isEmpty()) {
            return false;
        }
        return jdbc.sql("""
                select exists (select from estate e
                               where (e.id = :estate or cast(:estate as bigint) is null and e.community = :community)
                                 and (e.id = any(:estates) or default_holder(e.id, :today) = any(:bodies)))
                """)
                .param("community", incident.community())
                .param("estate", incident.estate())
                .param("estates", scope.estates())
                .param("bodies", wholeBodies(scope))
                .param("today", CivilTime.date(clock.instant()))
                .query(Boolean.class)
                .single();
    }

    /** The bodies of those grants that are not limited to an estate. */
    static Long[] wholeBodies(Scope scope) {
        return scope.grants().stream()
                .filter(grant -> grant.estate() == null)
                .map(Grant::body)
                .filter(Objects::nonNull)
                .distinct()
                .toArray(Long[]::new);
    }

    boolean lives(Reader reader, Incident incident) {
        var homes = reader.scope(Role.RESIDENT);
        if (homes.isEmpty()) {
            return false;
        }
        return jdbc.sql("""
                select exists (select from unit u join estate e on e.id = u.estate
                               where u.id = any(:units)
                                 and (e.id = :estate or cast(:estate as bigint) is null and e.community = :community)
                                 and (cast(:building as bigint) is null or u.building = :building))
                """)
                .param(
                        "units",
                        homes.grants().stream().map(grant -> grant.unit()).toArray(Long[]::new))
                .param("community", incident.community())
                .param("estate", incident.estate())
                .param("building", incident.building())
                .query(Boolean.class)
                .single();
    }

    /** Like {@link #written}, where it must not have ended. */
    Incident running(Reader reader, IncidentId id, int version) {
        var incident = written(reader, id, version);
        if (!incident.running()) {
            throw Refusal.of("这个通知已经结束了。");
        }
        return incident;
    }

    /** The incident under its lock, for one who writes it and saw it as it is. */
    Incident written(Reader reader, IncidentId id, int version) {
        var incident =
                queries.lock(id).filter(found -> onDuty(reader, found)).orElseThrow(() -> new Missing("没有这个通知。"));
        if (!writes(reader, incident)) {
            throw Refusal.of("这个通知由" + incident.publisher() + "来更新和结束。");
        }
        if (incident.version() != version) {
            var last = queries.notes(id).getLast();
            throw new Stale(last.who() == null ? "同事" : last.who(), last.says(), last.at());
        }
        return incident;
    }
}

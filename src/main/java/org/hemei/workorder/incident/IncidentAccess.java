package org.hemei.workorder.incident;

import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Who may read an incident, who may write it, and who lives where it is. */
@Component
class IncidentAccess {

    private final JdbcClient jdbc;

    IncidentAccess(JdbcClient jdbc) {
        this.jdbc = jdbc;
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
        return reader.scope(Role.COMMUNITY).covers(incident.community())
                || reader.scope(Role.MANAGER).grants().stream()
                        .anyMatch(grant -> grant.body() != null && grant.body().equals(incident.body()));
    }

    private boolean works(Reader reader, Incident incident, Role... roles) {
        var scope = reader.scope(roles);
        if (scope.isEmpty()) {
            return false;
        }
        return jdbc.sql("""
                select exists (select from estate e
                               where e.community = :community and (cast(:estate as bigint) is null or e.id = :estate)
                                 and (e.id = any(:estates)
                                      or default_holder(e.id, current_date) = any(:bodies)))
                """)
                .param("community", incident.community())
                .param("estate", incident.estate())
                .param("estates", scope.estates())
                .param("bodies", scope.bodies())
                .query(Boolean.class)
                .single();
    }

    boolean lives(Reader reader, Incident incident) {
        var homes = reader.scope(Role.RESIDENT);
        if (homes.isEmpty()) {
            return false;
        }
        return jdbc.sql("""
                select exists (select from unit u join estate e on e.id = u.estate
                               where u.id = any(:units) and e.community = :community
                                 and (cast(:estate as bigint) is null or e.id = :estate)
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
}

package org.hemei.registry.body;

import java.util.Optional;
import java.util.UUID;
import org.hemei.RoomThings;
import org.hemei.platform.Reader;
import org.hemei.registry.BodyKind;
import org.hemei.testing.Town;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Bodies for the route table. A thing that goes with another belongs to the one that was made last. */
@Component
class BodyThings implements RoomThings {

    private final JdbcClient jdbc;

    BodyThings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        if (!name.startsWith("$party.")) {
            return Optional.empty();
        }
        var network = new Network(jdbc, town);
        var fresh = "近处" + UUID.randomUUID().toString().substring(0, 8);
        return Optional.of(String.valueOf(
                switch (name.substring("$party.".length())) {
                    case "committee" -> network.committee();
                    case "branch" -> network.branch();
                    case "group", "other-group" -> network.group(fresh);
                    case "loose-group" ->
                        network.add(
                                BodyKind.BUILDING_GROUP,
                                fresh,
                                town.near().community(),
                                town.near().garden(),
                                null);
                    case "told-group" -> told(network.group(fresh));
                    case "ended-group" -> ended(network.group(fresh));
                    case "free-building" -> building(town.near().garden(), fresh);
                    case "change" -> last("body_change");
                    case "company" -> covering(network, fresh);
                    case "coverage" -> last("company_coverage");
                    case "free-company" -> network.company(fresh);
                    default -> throw new IllegalStateException(name);
                }));
    }

    /** One with an entry in its history. */
    private long told(long group) {
        jdbc.sql("insert into body_change (body, day, verb, at) values (?, ?, 'founded', now())")
                .params(group, Network.LONG_AGO)
                .update();
        return group;
    }

    private long ended(long group) {
        jdbc.sql("update body set until = '2025-01-05', ending = 'dissolved' where id = ?")
                .param(group)
                .update();
        return group;
    }

    private long building(long estate, String name) {
        return jdbc.sql("insert into building (estate, name, floors, position) values (?, ?, 6, 99) returning id")
                .params(estate, name)
                .query(Long.class)
                .single();
    }

    private static long covering(Network network, String name) {
        var organisation = network.organisation(name);
        network.coverage(network.company(name), organisation, "joint", Network.LONG_AGO);
        return organisation;
    }

    private long last(String table) {
        return jdbc.sql("select max(id) from " + table).query(Long.class).single();
    }
}

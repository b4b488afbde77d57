package org.hemei.workorder.incident;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.hemei.RoomThings;
import org.hemei.platform.Reader;
import org.hemei.testing.Town;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Incidents of the near side: its community told the garden. */
@Component
public class IncidentThings implements RoomThings {

    private final IncidentDesk desk;
    private final IncidentSettling settling;
    private final InstantSource clock;

    IncidentThings(IncidentDesk desk, IncidentSettling settling, InstantSource clock) {
        this.desk = desk;
        this.settling = settling;
        this.clock = clock;
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        return switch (name) {
            case "$incident" -> Optional.of(publish(town.near(), "utility").toString());
            case "$incident.ended" -> {
                var id = publish(town.near(), "utility");
                settling.end(town.near().communityDesk(), id, 1, "修好了，来水了");
                yield Optional.of(id.toString());
            }
            case "$estate-place" -> Optional.of("e:" + town.near().garden());
            default -> Optional.empty();
        };
    }

    IncidentId publish(Town.Side side, String category) {
        return desk.publish(
                side.communityDesk(),
                new IncidentDesk.Draft(
                        "",
                        side.garden(),
                        null,
                        category,
                        "小区停水",
                        "水泵坏了，正在抢修。急用水到东门取水点。",
                        clock.instant().plus(Duration.ofHours(6))));
    }
}

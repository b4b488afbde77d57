package org.hemei.workorder.routing;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.hemei.RoomThings;
import org.hemei.platform.Reader;
import org.hemei.registry.EstateKinds;
import org.hemei.testing.Town;
import org.hemei.workorder.Routing.Target;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Rules and sets of changes of the near district. */
@Component
class RoutingThings implements RoomThings {

    private final AtomicInteger calls = new AtomicInteger();
    private final RoutingDrafts drafts;

    RoutingThings(RoutingDrafts drafts) {
        this.drafts = drafts;
    }

    /** Kinds that no earlier rule was about. */
    private Set<String> another() {
        var bits = calls.incrementAndGet();
        return IntStream.range(0, EstateKinds.ALL.size())
                .filter(bit -> (bits >> bit & 1) == 1)
                .mapToObj(EstateKinds.ALL::get)
                .collect(Collectors.toSet());
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        var desk = town.near().districtDesk();
        var area = String.valueOf(town.near().district());
        var line = RoutingDrafts.line(town.near().community(), null, another(), Target.BACKSTOP, null, null);
        long id = switch (name) {
            case "$routing-rule" -> drafts.rule(town);
            case "$routing-draft" -> drafts.open(desk, area);
            case "$routing-draft.line", "$routing-draft.replayed" -> {
                var draft = drafts.open(desk, area);
                drafts.put(desk, draft, line);
                if (name.endsWith("replayed")) {
                    drafts.replay(desk, draft);
                }
                yield draft;
            }
            case "$routing-draft.adopted" -> drafts.adopted(desk, area, line);
            default -> -1;
        };
        return id < 0 ? Optional.empty() : Optional.of(String.valueOf(id));
    }
}

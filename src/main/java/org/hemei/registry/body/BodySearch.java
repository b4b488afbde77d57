package org.hemei.registry.body;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.Searchable;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.Areas;
import org.springframework.stereotype.Component;

/** Party organisations, committees, departments, teams from the search box, by the names they have or had. */
@Component
class BodySearch implements Searchable {

    private static final int RANK = 40;

    private final BodyLists lists;
    private final InstantSource clock;

    BodySearch(BodyLists lists, InstantSource clock) {
        this.lists = lists;
        this.clock = clock;
    }

    @Override
    public int order() {
        return RANK;
    }

    @Override
    public List<Group> find(Reader reader, String text) {
        var scope = Areas.seen(reader);
        if (scope.isEmpty() || text.length() < 2) {
            return List.of();
        }
        var filter = BodyFilter.of(Map.of("q", text), CivilTime.date(clock.instant()));
        var rows = lists.page(scope, filter, null, 3 * MOST).stream()
                .filter(row -> !row.kind().code().equals("company"))
                .toList();
        return rows.isEmpty()
                ? List.of()
                : List.of(new Group(
                        "组织和单位",
                        "org",
                        rows.stream()
                                .limit(MOST)
                                .map(row -> new Found(
                                        row.name(), row.kind().words() + "·" + row.areaName(), "/bodies/" + row.id()))
                                .toList(),
                        rows.size() > MOST ? filter.at("/bodies").toString() : null));
    }
}

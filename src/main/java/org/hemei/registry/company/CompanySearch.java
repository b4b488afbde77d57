package org.hemei.registry.company;

import java.util.List;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.Searchable;
import org.hemei.registry.Areas;
import org.springframework.stereotype.Component;

/** Companies from the search box, by name or credit code. */
@Component
class CompanySearch implements Searchable {

    private static final int RANK = 30;
    private static final int SHORTEST_CODE = 4;

    private final CompanyLists lists;

    CompanySearch(CompanyLists lists) {
        this.lists = lists;
    }

    @Override
    public int order() {
        return RANK;
    }

    @Override
    public List<Group> find(Reader reader, String text) {
        var scope = Areas.seen(reader);
        // every credit code begins with a digit: a short number would find every company
        if (scope.isEmpty() || text.length() < 2 || text.matches("[0-9 -]+") && text.length() < SHORTEST_CODE) {
            return List.of();
        }
        var filter = CompanyFilter.of(Map.of("q", text));
        var rows = lists.page(scope, filter, 0, MOST + 1);
        return rows.isEmpty()
                ? List.of()
                : List.of(new Group(
                        "物业企业",
                        "firm",
                        rows.stream()
                                .limit(MOST)
                                .map(row -> new Found(
                                        row.name(),
                                        row.area() + "，服务 " + row.estates() + " 个小区",
                                        "/companies/" + row.id()))
                                .toList(),
                        rows.size() > MOST ? filter.on("/companies").toString() : null));
    }
}

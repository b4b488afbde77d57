package org.hemei.ballot;

import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.NavEntry;
import org.hemei.platform.Reader;
import org.hemei.platform.TodoSource;
import org.hemei.registry.Areas;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** 投票 for those who work with them: every estate of every poll in their territory, and where something waits for them. */
@Controller
class PollListPages implements NavEntry, TodoSource {

    private final DeskQueries queries;
    private final Areas areas;
    private final InstantSource clock;

    PollListPages(DeskQueries queries, Areas areas, InstantSource clock) {
        this.queries = queries;
        this.areas = areas;
        this.clock = clock;
    }

    @Override
    public List<Item> items(Reader reader) {
        return reader.scope(DeskPages.READERS).isEmpty()
                ? List.of()
                : List.of(new Item("办事", 52, "/ballots", "投票", "vote", waiting(reader)));
    }

    /** Those who key sheets see to each estate; those above them to a poll that stands still. */
    @Override
    public int waiting(Reader reader) {
        var keys = reader.scope(Keyers.ROLES);
        var above = reader.scope(Role.DISTRICT, Role.CITY, Role.HOUSING);
        return (keys.isEmpty() ? 0 : queries.due(reader, keys, clock.instant()))
                + (above.isEmpty() ? 0 : queries.stalled(above, clock.instant()));
    }

    @GetMapping("/ballots")
    String list(Reader reader, @RequestParam Map<String, String> query, Model model) {
        var scope = Role.required(reader, DeskPages.READERS);
        var filter = PollFilter.of(query);
        model.addAttribute("page", queries.page(reader, scope, filter, clock.instant()));
        model.addAttribute("filter", filter);
        model.addAttribute("years", queries.years());
        model.addAttribute("picker", areas.picker(scope, filter.area()));
        return "ballot/desk-list";
    }
}

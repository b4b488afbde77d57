package org.hemei.ballot;

import gg.jte.Content;
import gg.jte.TemplateEngine;
import java.time.InstantSource;
import java.util.Map;
import org.hemei.access.Role;
import org.hemei.platform.PagePanel;
import org.hemei.platform.Reader;
import org.hemei.platform.TodoSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** 您家被抽中: on the first screen of whoever lives in a unit that is drawn, until its ballot was taken; and what runs around them. */
@Component
class BallotPanel implements PagePanel, TodoSource {

    private final BoxQueries queries;
    private final TemplateEngine templates;
    private final InstantSource clock;

    BallotPanel(BoxQueries queries, TemplateEngine templates, InstantSource clock) {
        this.queries = queries;
        this.templates = templates;
        this.clock = clock;
    }

    @Override
    public Place place() {
        return Place.RESIDENT_HOME;
    }

    @Override
    public int order() {
        return 4;
    }

    @Override
    public @Nullable Content panel(Reader reader, long subject) {
        var homes = queries.homes(reader, reader.scope(Role.RESIDENT), clock.instant());
        var around = queries.around(reader.scope(Role.RESIDENT), clock.instant());
        return homes.isEmpty() && around.isEmpty()
                ? null
                : out -> templates.render(
                        "ballot/panel.jte", Map.of("homes", homes, "around", around, "now", clock.instant()), out);
    }

    @Override
    public int waiting(Reader reader) {
        return (int) queries.homes(reader, reader.scope(Role.RESIDENT), clock.instant()).stream()
                .filter(home -> !home.closed() && home.channel() == null)
                .count();
    }
}

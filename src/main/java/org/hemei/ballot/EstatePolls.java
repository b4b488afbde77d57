package org.hemei.ballot;

import gg.jte.Content;
import gg.jte.TemplateEngine;
import java.time.InstantSource;
import java.util.Map;
import org.hemei.platform.PagePanel;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** 投票 on the public page of an estate: the way to its box while a poll runs, and to what came of it afterwards. */
@Component
class EstatePolls implements PagePanel {

    private final BoxQueries queries;
    private final TemplateEngine templates;
    private final InstantSource clock;

    EstatePolls(BoxQueries queries, TemplateEngine templates, InstantSource clock) {
        this.queries = queries;
        this.templates = templates;
        this.clock = clock;
    }

    @Override
    public Place place() {
        return Place.PUBLIC_ESTATE;
    }

    @Override
    public int order() {
        return 20;
    }

    @Override
    public @Nullable Content panel(Reader reader, long subject) {
        var polls = queries.at(subject, clock.instant());
        return polls.isEmpty()
                ? null
                : out -> templates.render(
                        "ballot/estate-panel.jte", Map.of("polls", polls, "now", clock.instant()), out);
    }
}

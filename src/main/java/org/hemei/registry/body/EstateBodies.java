package org.hemei.registry.body;

import gg.jte.Content;
import gg.jte.TemplateEngine;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.hemei.platform.PagePanel;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.Bodies;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** On an estate's public page: its Party branch with its groups, its committee of owners. Names of bodies, never of people. */
@Component
class EstateBodies implements PagePanel {

    private final JdbcClient jdbc;
    private final TemplateEngine templates;
    private final InstantSource clock;

    EstateBodies(JdbcClient jdbc, TemplateEngine templates, InstantSource clock) {
        this.jdbc = jdbc;
        this.templates = templates;
        this.clock = clock;
    }

    @Override
    public Place place() {
        return Place.PUBLIC_ESTATE;
    }

    @Override
    public int order() {
        return 30;
    }

    @Override
    public @Nullable Content panel(Reader reader, long estate) {
        var bodies = of(estate);
        if (bodies.isEmpty()) {
            return null;
        }
        return out -> templates.render("registry/body/estate.jte", Map.of("bodies", bodies), out);
    }

    private List<Bodies.Body> of(long estate) {
        return jdbc.sql("select " + Bodies.COLUMNS + " from body b " + Bodies.NAMES + " where b.estate = :estate and "
                        + Bodies.STANDS + " order by b.party_kind nulls last, b.id limit 60")
                .param("estate", estate)
                .param("on", CivilTime.date(clock.instant()))
                .query(Bodies::read)
                .list();
    }
}

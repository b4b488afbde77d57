package org.hemei.workorder.overview;

import gg.jte.Content;
import gg.jte.TemplateEngine;
import java.util.Map;
import org.hemei.platform.PagePanel;
import org.hemei.platform.Reader;
import org.hemei.workorder.OrderState;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What becomes of an estate's orders when another community answers for it: they stay where they were filed. */
@Component
class MovePanel implements PagePanel {

    /** @param open not yet seen to; @param past all others */
    record Orders(int open, int past) {}

    private final JdbcClient jdbc;
    private final TemplateEngine templates;

    MovePanel(JdbcClient jdbc, TemplateEngine templates) {
        this.jdbc = jdbc;
        this.templates = templates;
    }

    @Override
    public Place place() {
        return Place.ESTATE_MOVE;
    }

    @Override
    public int order() {
        return 10;
    }

    @Override
    public Content panel(Reader reader, long estate) {
        var orders = jdbc.sql("""
                        select count(*) filter (where o.state in (%1$s)) as open, count(*) filter (where o.state not in (%1$s)) as past
                        from work_order o
                        where o.district in (select district from estate_ground where estate = :estate) and o.estate = :estate
                        """.formatted(OrderState.OWED_SQL))
                .param("estate", estate)
                .query(Orders.class)
                .single();
        return out -> templates.render("workorder/overview/move.jte", Map.of("orders", orders), out);
    }
}

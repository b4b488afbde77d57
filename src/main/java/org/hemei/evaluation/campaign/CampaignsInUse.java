package org.hemei.evaluation.campaign;

import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.registry.EstateInUse;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Campaigns that have drawn households of an estate and are not over. One that is only planned leaves it out by itself. */
@Component
class CampaignsInUse implements EstateInUse {

    private static final int AFTER_ORDERS = 40;

    private final JdbcClient jdbc;

    CampaignsInUse(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public int order() {
        return AFTER_ORDERS;
    }

    @Override
    public List<Use> uses(Reader reader, Place place, LocalDate day) {
        return jdbc.sql("""
                        select c.id, c.title from evaluation_campaign c
                        where c.state not in ('planned', 'final', 'cancelled')
                          and exists (select from evaluation_project p where p.campaign = c.id and p.estate = ?)
                        order by c.id
                        """)
                .param(place.estate())
                .query((r, n) -> new Use(
                        "测评“" + r.getString("title") + "”正在测这个小区。请等它出终评，或先终止它。", "/campaigns/" + r.getLong("id")))
                .list();
    }
}

package org.hemei.workorder.bulk;

import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.workorder.list.ListAct;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Offers the acts on the list of orders. */
@Component
class BulkOffer implements ListAct {

    private final JdbcClient jdbc;

    BulkOffer(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public List<Offer> offers(Reader reader) {
        return BulkAct.of(reader).stream()
                .filter(act -> act != BulkAct.TAKE_TRANSFER)
                .filter(act -> act != BulkAct.HAND_ON || left(reader))
                .map(act -> new Offer(act.code(), act.words()))
                .toList();
    }

    /** Whether an estate ever left one of the communities, so that there can be something to hand on. */
    private boolean left(Reader reader) {
        return jdbc.sql("""
                        select exists (select from estate_change g join estate e on e.id = g.estate
                                       where g.verb = 'moved' and g.detail -> 'community' ->> 0 like any(:areas)
                                         and not e.community like any(:areas))
                        """)
                .param("areas", reader.scope(Role.COMMUNITY).patterns())
                .query(Boolean.class)
                .single();
    }
}

package org.hemei.access;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.registry.EstateInUse;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Residents who are bound to homes of an estate, or ask to be. */
@Component
class HomesInUse implements EstateInUse {

    private static final int AFTER_REGISTRY = 20;

    private final JdbcClient jdbc;

    HomesInUse(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public int order() {
        return AFTER_REGISTRY;
    }

    @Override
    public List<Use> uses(Reader reader, Place place, LocalDate day) {
        var uses = new ArrayList<Use>();
        var community = reader.scope(Role.COMMUNITY).covers(place.community());
        var bound =
                jdbc.sql("""
                        select count(distinct m.person) from household_member m join unit u on u.id = m.unit
                        where u.estate = ? and (upper(m.during) is null or upper(m.during) > ?)
                        """).params(place.estate(), day).query(Integer.class).single();
        if (bound > 0) {
            uses.add(new Use(
                    "还有 " + bound + " 位住户绑定着这里的房屋。请社区在“住户”里先解除。",
                    community ? "/community/households?estate=" + place.estate() : null));
        }
        var waiting = jdbc.sql("""
                        select count(*) from binding_request r join unit u on u.id = r.unit
                        where u.estate = ? and r.status = 'waiting'
                        """).param(place.estate()).query(Integer.class).single();
        if (waiting > 0) {
            uses.add(new Use("还有 " + waiting + " 个绑定房屋的申请等社区办。请社区先办。", community ? "/community/bindings" : null));
        }
        return uses;
    }
}

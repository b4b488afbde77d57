package org.hemei.workorder.open311;

import java.util.Optional;
import org.hemei.RoomThings;
import org.hemei.platform.Reader;
import org.hemei.testing.Orders;
import org.hemei.testing.Town;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** An order of a day that is over: a stranger sees no others. */
@Component
class GeoThings implements RoomThings {

    private final Orders orders;
    private final JdbcClient jdbc;

    GeoThings(Orders orders, JdbcClient jdbc) {
        this.orders = orders;
        this.jdbc = jdbc;
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        if (!name.equals("$yesterdays")) {
            return Optional.empty();
        }
        var id = orders.file(town.near().resident(), town.near().garden(), "楼道灯不亮，请来看看。");
        jdbc.sql("update work_order set submitted_at = submitted_at - interval '2 days' where district = ? and id = ?")
                .params(id.district(), id.id())
                .update();
        return Optional.of(id.toString());
    }
}

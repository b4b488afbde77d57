package org.hemei.workorder.tasks;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import org.hemei.RoomThings;
import org.hemei.platform.Reader;
import org.hemei.testing.Counting;
import org.hemei.testing.Orders;
import org.hemei.testing.Orders.Stage;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.OrderId;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** A company that contacted nobody in time, and a supervised order whose answer is late. */
@Component
@Lazy
public class OriginThings implements RoomThings {

    private final Orders orders;
    private final Towns towns;
    private final Counting counting;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    OriginThings(Orders orders, Towns towns, Counting counting, JdbcClient jdbc, InstantSource clock) {
        this.orders = orders;
        this.towns = towns;
        this.counting = counting;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        return switch (name) {
            case "$poor.company" -> Optional.of(String.valueOf(poor(town)));
            case "$late.supervised" -> Optional.of(late(town.near()).toString());
            default -> Optional.empty();
        };
    }

    public long poor(Town town) {
        var near = town.near();
        var id = orders.at(Stage.WORKING, near, resident(near), "近处才看得到的事，没人联系。");
        past("update work_order set contact_due = ? where district = ? and id = ?", id);
        counting.anew(town);
        return near.company();
    }

    OrderId late(Town.Side side) {
        var id = orders.at(Stage.SUPERVISED, side, resident(side), "近处才看得到的事，三天没动静。");
        past("update supervision set due_at = ? where district = ? and order_id = ?", id);
        return id;
    }

    private Reader resident(Town.Side side) {
        return towns.resident(side.garden(), side.unit());
    }

    private void past(String sql, OrderId id) {
        jdbc.sql(sql)
                .params(Timestamp.from(clock.instant().minus(Duration.ofHours(1))), id.district(), id.id())
                .update();
    }
}

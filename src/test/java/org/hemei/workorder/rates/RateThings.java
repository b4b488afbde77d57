package org.hemei.workorder.rates;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.hemei.RoomThings;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.testing.Orders;
import org.hemei.testing.Orders.Stage;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.measure.Rate;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Orders of the near side that weigh on somebody, and appeals of its manager about them. */
@Component
@Lazy // an application of another test has no orders to make
public class RateThings implements RoomThings {

    private final Orders orders;
    private final Towns towns;
    private final AppealDesk desk;
    private final JdbcClient jdbc;
    private final InstantSource clock;

    RateThings(Orders orders, Towns towns, AppealDesk desk, JdbcClient jdbc, InstantSource clock) {
        this.orders = orders;
        this.towns = towns;
        this.desk = desk;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        return switch (name) {
            case "$counted.missed" ->
                Optional.of(missed(town.near(), reporter(town, caller)).toString());
            case "$counted.rejected" ->
                Optional.of(rejected(town.near(), reporter(town, caller)).toString());
            case "$appeal" -> Optional.of(appeal(town, reporter(town, caller)).toString());
            case "$appeal.refused" -> {
                var id = appeal(town, reporter(town, caller));
                desk.decide(town.near().streetDesk(), id, 0, false, "看过了，不同意。");
                yield Optional.of(id.toString());
            }
            default -> Optional.empty();
        };
    }

    /** A resident may file so many orders an hour: a fresh one for each where the caller is none. */
    private Reader reporter(Town town, @Nullable Reader caller) {
        var own = caller != null
                && caller.scope(Role.RESIDENT).grants().stream()
                        .anyMatch(grant -> grant.unit() != null
                                && grant.unit() == town.near().unit());
        return own ? caller : towns.resident(town.near().garden(), town.near().unit());
    }

    /** Nobody contacted the resident in time. */
    OrderId missed(Town.Side side, Reader reporter) {
        var id = orders.at(Stage.WORKING, side, reporter, "近处才看得到的事，没人联系。");
        jdbc.sql("update work_order set contact_due = ? where district = ? and id = ?")
                .params(Timestamp.from(clock.instant().minus(Duration.ofHours(1))), id.district(), id.id())
                .update();
        return id;
    }

    OrderId rejected(Town.Side side, Reader reporter) {
        var id = orders.file(reporter, side.garden(), "近处才看得到的事，没有受理。");
        jdbc.sql("update work_order set state = 'rejected', closed_at = ? where district = ? and id = ?")
                .params(Timestamp.from(clock.instant()), id.district(), id.id())
                .update();
        return id;
    }

    AppealId appeal(Town town, Reader reporter) {
        return desk.file(
                town.near().manager(),
                missed(town.near(), reporter),
                null,
                List.of(Rate.RESPONSE),
                "repeated",
                "按前一张单办了，前一张联系过。",
                List.of());
    }
}

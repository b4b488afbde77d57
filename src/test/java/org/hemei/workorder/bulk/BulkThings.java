package org.hemei.workorder.bulk;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hemei.RoomThings;
import org.hemei.platform.Reader;
import org.hemei.platform.find.SavedViews;
import org.hemei.testing.Orders;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** An act on many and a kept view, for the table of routes: those of the near community's desk. */
@Component
@Lazy // an application of another test has no orders to make
class BulkThings implements RoomThings {

    private final BulkDesk desk;
    private final SavedViews views;
    private final Orders orders;
    private final Towns towns;

    BulkThings(BulkDesk desk, SavedViews views, Orders orders, Towns towns) {
        this.desk = desk;
        this.views = views;
        this.orders = orders;
        this.towns = towns;
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        var near = town.near();
        return switch (name) {
            case "$bulk" -> {
                var id = orders.file(towns.resident(near.garden(), near.unit()), near.garden(), "楼道灯不亮了");
                yield Optional.of(String.valueOf(
                        desk.plan(near.communityDesk(), BulkAct.DISPATCH, Map.of(), List.of(id), false)));
            }
            case "$view" ->
                Optional.of(String.valueOf(views.save(near.communityDesk(), "/orders", "没办完的", "state=open", "")));
            default -> Optional.empty();
        };
    }
}

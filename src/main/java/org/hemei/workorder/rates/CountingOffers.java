package org.hemei.workorder.rates;

import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.Standing;
import org.hemei.workorder.Standings;
import org.hemei.workorder.WorkOrders;
import org.hemei.workorder.measure.Rate;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** How an order counts, for those it concerns, and what they can appeal against. */
@Component
class CountingOffers {

    private static final Set<Standing> CONCERNED =
            EnumSet.of(Standing.REPORTER, Standing.COMMUNITY, Standing.STREET, Standing.MANAGER, Standing.OVERSEER);

    /** What can be appealed; side null: this reader has nothing to appeal. @param open whether they can at this moment */
    record Offer(
            @Nullable Side side,
            List<Rate> rates,
            List<Appeals.Reason> reasons,
            @Nullable Instant until,
            boolean open) {}

    private final WorkOrders orders;
    private final Standings standings;
    private final Appeals appeals;
    private final AppealDesk desk;
    private final InstantSource clock;

    CountingOffers(WorkOrders orders, Standings standings, Appeals appeals, AppealDesk desk, InstantSource clock) {
        this.orders = orders;
        this.standings = standings;
        this.appeals = appeals;
        this.desk = desk;
        this.clock = clock;
    }

    /**
     * @param before an earlier holder, whose first contact is meant; null for the order, or to whoever managed it before for their own part
     * @throws Missing for whoever it does not concern
     */
    Counted order(Reader reader, OrderId id, @Nullable Long before) {
        var held = reader.scope(Role.MANAGER);
        var order = orders.find(id).orElseThrow(CountingOffers::none);
        var counted = appeals.counted(id).orElseThrow(CountingOffers::none);
        var concerned = standings.of(reader, order).stream().anyMatch(CONCERNED::contains);
        if (before == null && concerned) {
            return counted;
        }
        return counted.before().stream()
                .filter(one -> before == null || before == one.holder())
                .filter(one -> concerned || held.covers(one.holder(), counted.estate()))
                .findFirst()
                .map(counted::of)
                .orElseThrow(CountingOffers::none);
    }

    private static Missing none() {
        return new Missing("没有这张工单。");
    }

    /** Of an order's appeals those that are about this case and that the reader can open; about the order, all that they can open. */
    static List<Appeal> shown(Reader reader, Counted order, List<Appeal> all) {
        return all.stream()
                .filter(appeal -> appeal.mayRead(reader) && (!order.former() || order.holders(appeal)))
                .toList();
    }

    Offer offer(Reader reader, Counted order, List<Appeal> all) {
        var side = AppealRule.side(reader, order);
        if (side == null) {
            return new Offer(null, List.of(), List.of(), null, false);
        }
        var rates = AppealRule.rates(order, side);
        var until = desk.until(order);
        var open = !rates.isEmpty()
                && (until == null || !clock.instant().isAfter(until))
                && all.stream().noneMatch(appeal -> appeal.state().waits() && order.holders(appeal));
        return new Offer(side, rates, appeals.reasons(side == Side.REPORTER), until, open);
    }
}

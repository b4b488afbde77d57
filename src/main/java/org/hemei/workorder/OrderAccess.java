package org.hemei.workorder;

import java.util.List;
import java.util.Optional;
import org.hemei.platform.AccessReason;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.springframework.stereotype.Component;

/** Why somebody can see an order: their standings to it. */
@Component
class OrderAccess implements AccessReason {

    private final WorkOrders orders;
    private final Standings standings;

    OrderAccess(WorkOrders orders, Standings standings) {
        this.orders = orders;
        this.standings = standings;
    }

    @Override
    public List<Kind> kinds() {
        return List.of(new Kind("order", "工单", "如 340111-20412"));
    }

    @Override
    public Optional<Answer> ask(String kind, String id, Reader reader) {
        try {
            return orders.find(OrderId.valueOf(id))
                    .map(order -> new Answer(
                            "工单 " + id,
                            standings.of(reader, order).stream()
                                    .map(Standing::words)
                                    .toList()));
        } catch (Missing noNumber) {
            return Optional.empty();
        }
    }
}

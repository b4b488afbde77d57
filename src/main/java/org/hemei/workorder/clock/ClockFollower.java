package org.hemei.workorder.clock;

import java.util.List;
import org.hemei.platform.log.EventConsumer;
import org.hemei.workorder.ClockDesk;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.OrderState;
import org.springframework.stereotype.Component;

/** Clears the clocks of an order that has ended. */
@Component
class ClockFollower implements EventConsumer {

    private static final String PREFIX = "work_order.";

    private final ClockDesk desk;

    ClockFollower(ClockDesk desk) {
        this.desk = desk;
    }

    @Override
    public String name() {
        return "order-clocks";
    }

    @Override
    public void handle(List<Event> events) {
        desk.end(events.stream()
                .filter(event -> event.kind().startsWith(PREFIX) && ended(event))
                .map(event -> OrderId.valueOf(event.subject()))
                .toList());
    }

    private static boolean ended(Event event) {
        var to = event.body().get("to");
        return to != null && to.isString() && !OrderState.of(to.asString()).open();
    }
}

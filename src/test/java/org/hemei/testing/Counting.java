package org.hemei.testing;

import java.util.List;
import org.hemei.platform.job.Tick;
import org.hemei.platform.log.EventPump;

/** Brings the counts of orders up to now, as the running application does by itself within seconds. */
public class Counting {

    private final EventPump pump;
    private final Tick clock;

    Counting(EventPump pump, List<Tick> ticks) {
        this.pump = pump;
        this.clock = ticks.stream()
                .filter(tick -> tick.name().equals("order-counts"))
                .findFirst()
                .orElseThrow();
    }

    public void catchUp() {
        pump.run();
        clock.run();
    }
}

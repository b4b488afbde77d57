package org.hemei.testing;

import java.util.List;
import org.hemei.platform.job.Tick;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Brings the counts of orders up to now, as the running application does by itself within seconds. */
public class Counting {

    private final Pump pump;
    private final Tick clock;
    private final JdbcClient jdbc;

    Counting(Pump pump, List<Tick> ticks, JdbcClient jdbc) {
        this.pump = pump;
        this.jdbc = jdbc;
        this.clock = ticks.stream()
                .filter(tick -> tick.name().equals("order-counts"))
                .findFirst()
                .orElseThrow();
    }

    public void catchUp() {
        pump.run();
        clock.run();
    }

    /** Looks at every order of a town again, for what a test has put into the tables past the desks. */
    public void anew(Town town) {
        pump.run();
        jdbc.sql("update order_fact set turns_at = '2000-01-01' where district in (?, ?)")
                .params(town.near().district(), town.far().district())
                .update();
        clock.run();
    }
}

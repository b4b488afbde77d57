package org.hemei.workorder.measure;

import java.time.LocalDate;
import java.util.EnumMap;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the rates should reach, in percent: data where somebody has set it, else the default. [D] */
@Component
public class RateTargets {

    private final JdbcClient jdbc;

    RateTargets(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The targets that hold for an area on a day. */
    public Map<Rate, Integer> of(String area, LocalDate day) {
        return jdbc.sql("""
                select threshold('order-response', 'target', :area, :day, 95) as response,
                       threshold('order-resolution', 'target', :area, :day, 85) as resolution,
                       threshold('order-satisfaction', 'target', :area, :day, 85) as satisfaction
                """)
                .param("area", area)
                .param("day", day)
                .query((r, n) -> {
                    var targets = new EnumMap<Rate, Integer>(Rate.class);
                    for (var rate : Rate.values()) {
                        targets.put(rate, r.getInt(rate.code()));
                    }
                    return targets;
                })
                .single();
    }
}

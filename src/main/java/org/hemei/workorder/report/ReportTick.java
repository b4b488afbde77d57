package org.hemei.workorder.report;

import java.time.InstantSource;
import java.time.LocalDate;
import java.time.YearMonth;
import org.hemei.platform.job.Tick;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Makes the reports of every month that is over, once a day. It asks which are missing, so being down for a while, even over
 * the end of a month, skips none.
 */
@Component
class ReportTick implements Tick {

    private final ReportDesk desk;
    private final JdbcClient jdbc;
    private final InstantSource clock;
    private volatile @Nullable LocalDate done;

    ReportTick(ReportDesk desk, JdbcClient jdbc, InstantSource clock) {
        this.desk = desk;
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "rate-reports";
    }

    @Override
    public void run() {
        var today = CivilTime.date(clock.instant());
        if (today.equals(done)) {
            return;
        }
        var cities = jdbc.sql("select code from area where level = 'city' order by code")
                .query(String.class)
                .list();
        for (var city : cities) {
            if (!makeUp(city)) {
                return; // nobody filed anything yet: look again later
            }
        }
        done = cities.isEmpty() ? null : today;
    }

    /** @return false when there is nothing to report on yet */
    boolean makeUp(String city) {
        var last = desk.lastDue(city);
        YearMonth month = desk.from(last);
        if (month == null) {
            return false;
        }
        for (; !month.isAfter(last); month = month.plusMonths(1)) {
            for (var level : Level.values()) {
                desk.produce(level, month, city);
            }
        }
        return true;
    }
}

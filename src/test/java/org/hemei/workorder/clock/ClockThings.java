package org.hemei.workorder.clock;

import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.hemei.RoomThings;
import org.hemei.platform.Reader;
import org.hemei.testing.Town;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Rules of a far year, so that they change nothing for anybody. */
@Component
class ClockThings implements RoomThings {

    private static final AtomicInteger DAYS = new AtomicInteger();

    private final JdbcClient jdbc;

    ClockThings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public Optional<String> thing(String name, Town town, @Nullable Reader caller) {
        var day = LocalDate.of(2150, 1, 1).plusDays(DAYS.getAndIncrement());
        return switch (name) {
            case "$deadline" -> Optional.of(made("""
                    insert into deadline_rule (category, clock, amount, measure, basis, valid)
                    values ('noise', 'take', 3, 'hour', '试区', daterange(?, ?)) returning id
                    """, day));
            case "$deadline-step" -> Optional.of(made("""
                    insert into escalation_rule (category, clock, moment, amount, measure, level, basis, valid)
                    values ('noise', 'take', 'after', 3, 'hour', 'street', '试区', daterange(?, ?)) returning id
                    """, day));
            default -> Optional.empty();
        };
    }

    private String made(String sql, LocalDate day) {
        return String.valueOf(
                jdbc.sql(sql).params(day, day.plusDays(1)).query(Long.class).single());
    }
}

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
            case "$handling" -> Optional.of(made("""
                    insert into handling_rule (name, amount, measure, basis, valid)
                    values ('return_decide', 3, 'hour', '试区', daterange(?, ?)) returning id
                    """, apart("handling_rule", "name", "return_decide", day)));
            case "$retention" -> Optional.of(made("""
                    insert into retention_rule (kind, months, basis, valid)
                    values ('order_archive', 60, '试区', daterange(?, ?)) returning id
                    """, apart("retention_rule", "kind", "order_archive", day)));
            case "$category" -> Optional.of(category(true));
            case "$category-stopped" -> Optional.of(category(false));
            case "$obstacle" -> Optional.of(made("""
                    insert into obstacle (code, name, waits, max_days, position, basis, valid)
                    values ('trial', '等试验', '试验', 3, 99, '试区', daterange(?, ?)) returning id
                    """, day));
            default -> Optional.empty();
        };
    }

    /** A leaf of its own, which no order is about. */
    private String category(boolean active) {
        return jdbc.sql("""
                insert into category (code, parent, name, icon, words, position, active, basis)
                values ('noise.trial' || nextval('work_order_seq'), 'noise', '试类' || lastval(), 'noise', '{试一试}', 95, ?, '试区')
                returning code
                """).param(active).query(String.class).single();
    }

    /** The open end of the version before makes room. */
    private LocalDate apart(String table, String key, String value, LocalDate day) {
        jdbc.sql("update " + table + " set valid = daterange(lower(valid), ?) where " + key
                        + " = ? and valid @> cast(? as date)")
                .params(day, value, day)
                .update();
        return day;
    }

    private String made(String sql, LocalDate day) {
        return String.valueOf(
                jdbc.sql(sql).params(day, day.plusDays(1)).query(Long.class).single());
    }
}

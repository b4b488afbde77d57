package org.hemei.workorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import org.hemei.testing.HemeiTest;
import org.hemei.workorder.OrderClock.Part;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What the database holds to be a sound order knows every word that the application writes, and refuses the others. */
@HemeiTest
class SoundOrderTest {

    @Autowired
    JdbcClient jdbc;

    @Test
    void everyStateClassAndChannelIsKnown() {
        for (var state : OrderState.values()) {
            var kept = state == OrderState.MERGED ? "7" : "null";
            assertThat(order("'%s', 'urgent', 'complex', 'resident', 5, %s, 1, true, 5".formatted(state.code(), kept)))
                    .as(state.name())
                    .isTrue();
        }
        assertThat(Arrays.stream(Urgency.values()).map(Urgency::code))
                .allMatch(code ->
                        order("'submitted', '%1$s', '%1$s', 'phone', null, null, 1, null, null".formatted(code)));
        assertThat(Arrays.stream(Channel.values()).map(Channel::code))
                .allMatch(
                        code -> order("'submitted', 'urgent', null, '%s', null, null, 1, null, null".formatted(code)));
        assertThat(Arrays.stream(Part.values()).map(Part::code))
                .allMatch(code -> clock("'%s', null, null, null, null".formatted(code)));
    }

    @Test
    void whatIsUnsoundIsRefused() {
        assertThat(Set.of(
                        "'elsewhere', 'urgent', null, 'resident', null, null, 1, null, null",
                        "'submitted', 'soon', null, 'resident', null, null, 1, null, null",
                        "'submitted', 'urgent', 'soon', 'resident', null, null, 1, null, null",
                        "'submitted', 'urgent', null, 'pigeon', null, null, 1, null, null",
                        "'in_progress', 'urgent', null, 'resident', null, null, 1, null, null",
                        "'suspended', 'urgent', null, 'resident', null, null, 1, null, null",
                        "'merged', 'urgent', null, 'resident', null, null, 1, null, null",
                        "'submitted', 'urgent', null, 'resident', null, 7, 1, null, null",
                        "'closed', 'urgent', null, 'resident', 5, null, 1, false, 1",
                        "'submitted', 'urgent', null, 'resident', null, null, 0, null, null",
                        "'closed', 'urgent', null, 'resident', 5, null, 1, true, 6"))
                .noneMatch(this::order);
        assertThat(Set.of(
                        "'lunch', null, null, null, null",
                        "'work', now(), null, '2026-01-01', '等配件'",
                        "'work', now(), 5, null, '等配件'",
                        "'work', now(), 5, '2026-01-01', null",
                        "'work', null, 5, null, null",
                        "'work', now(), -1, '2026-01-01', '等配件'"))
                .noneMatch(this::clock);
    }

    @Test
    void bothTablesAskThem() {
        assertThat(jdbc.sql("""
                        select conrelid::regclass::text from pg_constraint
                        where contype = 'c' and convalidated and conname in ('work_order_sound', 'order_clock_sound')
                        """).query(String.class).list()).containsExactlyInAnyOrder("work_order", "order_clock");
    }

    private boolean order(String row) {
        return jdbc.sql("select sound_order(" + row + ")").query(Boolean.class).single();
    }

    private boolean clock(String row) {
        return jdbc.sql("select sound_clock(" + row + ")").query(Boolean.class).single();
    }
}

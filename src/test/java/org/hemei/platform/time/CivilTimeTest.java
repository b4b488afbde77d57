package org.hemei.platform.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import org.junit.jupiter.api.Test;

class CivilTimeTest {

    private static final LocalDate DAY = LocalDate.of(2026, 12, 10);

    @Test
    void an_end_at_midnight_belongs_to_the_day_before() {
        var now = CivilTime.at(DAY, LocalTime.NOON);
        var midnight = CivilTime.startOf(DAY.plusDays(1));
        assertThat(CivilTime.nearEnd(midnight, now)).isEqualTo("12月10日 周四 24:00");
        assertThat(CivilTime.briefEnd(midnight, now)).isEqualTo("今天 24:00");
        assertThat(CivilTime.fullEnd(midnight)).isEqualTo("2026年12月10日 周四 24:00");
        assertThat(CivilTime.nearEnd(CivilTime.startOf(LocalDate.of(2027, 1, 1)), now))
                .as("the last day of the year")
                .isEqualTo("12月31日 周四 24:00");
        assertThat(CivilTime.nearEnd(CivilTime.at(DAY, LocalTime.of(18, 0)), now))
                .isEqualTo("12月10日 周四 18:00");
    }
}

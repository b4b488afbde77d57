package org.hemei.platform.time;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.hemei.testing.HemeiTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.annotation.Transactional;

@HemeiTest
class ReferenceCalendarTest {

    @Autowired
    ReferenceCalendar reference;

    @Autowired
    WorkCalendars calendars;

    @Test
    @Transactional
    void the_official_days_are_there_from_the_first_start() {
        assertThat(reference.load()).isZero();
        var calendar = calendars.current();
        assertThat(calendar.isWorkingDay(LocalDate.of(2026, 10, 1))).isFalse();
        // 2021-02-07, a Sunday worked for the Spring Festival
        assertThat(calendar.isWorkingDay(LocalDate.of(2021, 2, 7))).isTrue();
    }
}

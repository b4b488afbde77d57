package org.hemei.workorder;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.LocalTime;
import org.hemei.platform.time.CivilTime;
import org.junit.jupiter.api.Test;

/** Rules of deadlines and orders that run: which rule holds for which order. */
class RunningClockRulesTest extends ClockStories {

    @Test
    void changing_a_rule_leaves_running_clocks_alone() {
        var id = working();
        var before = stamped.all(id);
        var due = due(id);
        shift(-4);
        try {
            rules.changed();
            assertThat(stamped.all(id)).isEqualTo(before);
            assertThat(due(id)).isEqualTo(due);
            var later = working();
            assertThat(due(later)).isBefore(due);
        } finally {
            shift(4);
        }
    }

    @Test
    void a_category_or_its_branch_can_have_a_deadline_of_its_own() {
        var category = jdbc.sql("select category from work_order where id = ?");
        var plain = working();
        var code = category.param(plain.id()).query(String.class).single();
        var branch = code.substring(0, code.indexOf('.'));
        jdbc.sql("""
                insert into deadline_rule (category, clock, amount, measure, basis, valid)
                values (?, 'resolve', 3, 'working_day', 'test', daterange('2020-01-01', null)),
                       (?, 'resolve', 2, 'working_day', 'test', daterange('2020-01-01', null))
                """).params(branch, code).update();
        try {
            rules.changed();
            var leaf = working();
            assertThat(due(leaf)).isEqualTo(CivilTime.at(LocalDate.of(2026, 11, 27), LocalTime.of(17, 30)));
            jdbc.sql("delete from deadline_rule where category = ?").param(code).update();
            rules.changed();
            assertThat(due(working())).isEqualTo(CivilTime.at(LocalDate.of(2026, 11, 30), LocalTime.of(17, 30)));
        } finally {
            jdbc.sql("delete from deadline_rule where category is not null").update();
        }
    }

    @Test
    void a_rule_of_a_later_day_is_not_for_orders_that_ran_before_even_when_their_time_moves() {
        var id = working();
        desk.contact(here.manager(), id, orders.version(id), "phone", "约好了");
        var step = "clock = 'resolve' and urgency = 'ordinary' and moment = 'after' and level = 'street'";
        jdbc.sql("update escalation_rule set valid = daterange(lower(valid), '2026-11-26') where " + step)
                .update();
        jdbc.sql("""
                insert into escalation_rule (clock, urgency, moment, amount, measure, level, basis, valid)
                values ('resolve', 'ordinary', 'after', 4, 'hour', 'street', 'test', daterange('2026-11-26', null))
                """).update();
        try {
            clock.set(CivilTime.at(LocalDate.of(2026, 11, 27), LocalTime.of(10, 0)));
            rules.changed();
            time.askExtension(here.manager(), id, orders.version(id), 3, "门锁要订货");
            time.grantExtension(here.communityDesk(), id, orders.version(id), "");
            assertThat(toStreet(id)).isEqualTo(CivilTime.at(LocalDate.of(2026, 12, 8), LocalTime.of(17, 30)));
            assertThat(toStreet(working()))
                    .as("one that begins now")
                    .isEqualTo(CivilTime.at(LocalDate.of(2026, 12, 4), LocalTime.of(21, 30)));
        } finally {
            jdbc.sql("delete from escalation_rule where basis = 'test'").update();
            jdbc.sql("update escalation_rule set valid = daterange(lower(valid), null) where " + step)
                    .update();
        }
    }
}

package org.hemei.workorder.clock;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.Deadlines.Measure;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.Level;
import org.hemei.workorder.Urgency;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rules of time as their page shows them, with all their versions. */
@Component
class DeadlineQueries {

    /** @param name of the category; null when it is about all of them */
    record Category(String code, String name, @Nullable String parent) {}

    /** @param setBy masked name; null: came with the application */
    record Deadline(
            long id,
            Timer timer,
            @Nullable String category,
            @Nullable Urgency urgency,
            int amount,
            Measure measure,
            String basis,
            LocalDate since,
            @Nullable LocalDate until,
            @Nullable String setBy) {

        String words() {
            return amount + " " + measure.words();
        }

        boolean holds(LocalDate day) {
            return !since.isAfter(day) && (until == null || until.isAfter(day));
        }

        boolean ahead(LocalDate day) {
            return since.isAfter(day);
        }
    }

    record Step(
            long id,
            Timer timer,
            @Nullable String category,
            @Nullable Urgency urgency,
            boolean before,
            int amount,
            Measure measure,
            Level level,
            String basis,
            LocalDate since,
            @Nullable LocalDate until,
            @Nullable String setBy) {

        String words() {
            return DeadlineQueries.words(before, amount, measure, level);
        }

        boolean holds(LocalDate day) {
            return !since.isAfter(day) && (until == null || until.isAfter(day));
        }

        boolean ahead(LocalDate day) {
            return since.isAfter(day);
        }
    }

    /** An obstacle that a clock may stand still for. */
    record Obstacle(String name, String waits, int maxDays, String basis) {}

    private static final String SET_BY = """
            , lower(r.valid) as since, upper(r.valid) as until, p.masked_name
            """;

    private static final String WHO = """
                     left join category c on c.code = r.category
                     left join account a on a.id = r.set_by
                     left join person p on p.id = a.person
            """;

    private final JdbcClient jdbc;
    private final InstantSource clock;

    DeadlineQueries(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    LocalDate today() {
        return CivilTime.date(clock.instant());
    }

    List<Deadline> deadlines() {
        return jdbc.sql("select r.id, r.clock, r.urgency, r.amount, r.measure, r.basis, c.name as category" + SET_BY
                        + "from deadline_rule r " + WHO
                        + "order by c.code nulls first, r.clock, r.urgency, lower(r.valid) desc")
                .query((r, n) -> new Deadline(
                        r.getLong("id"),
                        Timer.of(r.getString("clock")),
                        r.getString("category"),
                        urgency(r),
                        r.getInt("amount"),
                        Measure.of(r.getString("measure")),
                        r.getString("basis"),
                        r.getObject("since", LocalDate.class),
                        r.getObject("until", LocalDate.class),
                        r.getString("masked_name")))
                .list();
    }

    List<Step> steps() {
        return jdbc.sql(
                        "select r.id, r.clock, r.urgency, r.moment, r.amount, r.measure, r.level, r.basis, c.name as category"
                                + SET_BY + "from escalation_rule r " + WHO
                                + "order by c.code nulls first, r.clock, r.moment desc, r.id, lower(r.valid) desc")
                .query((r, n) -> new Step(
                        r.getLong("id"),
                        Timer.of(r.getString("clock")),
                        r.getString("category"),
                        urgency(r),
                        r.getString("moment").equals("before"),
                        r.getInt("amount"),
                        Measure.of(r.getString("measure")),
                        Level.of(r.getString("level")),
                        r.getString("basis"),
                        r.getObject("since", LocalDate.class),
                        r.getObject("until", LocalDate.class),
                        r.getString("masked_name")))
                .list();
    }

    /** 到期前 2 小时提醒社区; 超时 1 个工作日报街道 */
    static String words(boolean before, int amount, Measure measure, Level level) {
        if (before) {
            return "到期前 " + amount + " " + measure.words() + "提醒" + level.words();
        }
        return (amount == 0 ? "到期没办，报" : "超时 " + amount + " " + measure.words() + "，报") + level.words();
    }

    private static @Nullable Urgency urgency(ResultSet r) throws SQLException {
        var code = r.getString("urgency");
        return code == null ? null : Urgency.of(code);
    }

    List<Category> categories() {
        return jdbc.sql("""
                select c.code, c.name, c.parent from category c left join category p on p.code = c.parent
                where c.active order by coalesce(p.position, c.position), c.parent nulls first, c.position
                """).query(Category.class).list();
    }

    List<Obstacle> obstacles() {
        return jdbc.sql("""
                select name, waits, max_days, basis from obstacle where valid @> cast(? as date) order by position
                """).param(today()).query(Obstacle.class).list();
    }
}

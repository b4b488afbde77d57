package org.hemei.workorder.handling;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.HandlingRules.Name;
import org.hemei.workorder.HandlingRules.Rule;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** The rules of handling and the obstacles with all their versions, as their page shows them. */
@Component
class HandlingQueries {

    /**
     * @param until first day on which it no longer holds; null: open end
     * @param setBy masked name; null: came with the application
     */
    record Version(
            long id,
            Rule rule,
            LocalDate since,
            @Nullable LocalDate until,
            @Nullable String setBy) {

        boolean holds(LocalDate day) {
            return !since.isAfter(day) && (until == null || until.isAfter(day));
        }

        boolean ahead(LocalDate day) {
            return since.isAfter(day);
        }
    }

    /** @param code stays the same through all versions: orders name it */
    record Obstacle(
            long id,
            String code,
            String name,
            String waits,
            int maxDays,
            String basis,
            LocalDate since,
            @Nullable LocalDate until,
            @Nullable String setBy) {

        boolean holds(LocalDate day) {
            return !since.isAfter(day) && (until == null || until.isAfter(day));
        }

        boolean ahead(LocalDate day) {
            return since.isAfter(day);
        }
    }

    /** Everything as it stands, today between what was and what is to come. */
    record Book(List<Version> versions, List<Obstacle> obstacles, LocalDate today) {

        List<Name> names() {
            return Arrays.asList(Name.values());
        }

        @Nullable
        Version now(Name name) {
            return on(name, today);
        }

        @Nullable
        Version on(Name name, LocalDate day) {
            return versions.stream()
                    .filter(one -> one.rule.name() == name && one.holds(day))
                    .findFirst()
                    .orElse(null);
        }

        List<Version> ahead() {
            return versions.stream().filter(one -> one.ahead(today)).toList();
        }

        List<Version> past() {
            return versions.stream()
                    .filter(one -> !one.holds(today) && !one.ahead(today))
                    .toList();
        }

        List<Obstacle> obstaclesNow() {
            return obstacles.stream().filter(one -> one.holds(today)).toList();
        }

        List<Obstacle> obstaclesAhead() {
            return obstacles.stream().filter(one -> one.ahead(today)).toList();
        }

        List<Obstacle> obstaclesPast() {
            return obstacles.stream()
                    .filter(one -> !one.holds(today) && !one.ahead(today))
                    .toList();
        }

        @Nullable
        Obstacle obstacle(String code, LocalDate day) {
            return obstacles.stream()
                    .filter(one -> one.code.equals(code) && one.holds(day))
                    .findFirst()
                    .orElse(null);
        }
    }

    private static final String WHO = """
             left join account a on a.id = r.set_by
             left join person p on p.id = a.person
            """;

    private final JdbcClient jdbc;
    private final InstantSource clock;

    HandlingQueries(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    LocalDate today() {
        return CivilTime.date(clock.instant());
    }

    Book book() {
        return new Book(versions(), obstacles(), today());
    }

    private List<Version> versions() {
        return jdbc.sql(
                        "select r.id, r.name, r.amount, r.measure, r.basis, lower(r.valid) as since, upper(r.valid) as until, p.masked_name"
                                + " from handling_rule r" + WHO + "order by r.name, lower(r.valid) desc")
                .query(HandlingQueries::version)
                .list();
    }

    private static Version version(ResultSet r, int n) throws SQLException {
        return new Version(
                r.getLong("id"),
                new Rule(
                        Name.valueOf(r.getString("name").toUpperCase(Locale.ROOT)),
                        r.getInt("amount"),
                        r.getString("measure"),
                        r.getString("basis")),
                r.getObject("since", LocalDate.class),
                r.getObject("until", LocalDate.class),
                r.getString("masked_name"));
    }

    private List<Obstacle> obstacles() {
        return jdbc.sql(
                        "select r.id, r.code, r.name, r.waits, r.max_days, r.basis, lower(r.valid) as since, upper(r.valid) as until,"
                                + " p.masked_name from obstacle r" + WHO
                                + "order by r.position, r.code, lower(r.valid) desc")
                .query((r, n) -> new Obstacle(
                        r.getLong("id"),
                        r.getString("code"),
                        r.getString("name"),
                        r.getString("waits"),
                        r.getInt("max_days"),
                        r.getString("basis"),
                        r.getObject("since", LocalDate.class),
                        r.getObject("until", LocalDate.class),
                        r.getString("masked_name")))
                .list();
    }

    /** How many open orders run by this rule as it is and go on with it: what the preview of a change says. */
    int running(Name name) {
        return jdbc.sql("select count(*) from ("
                        + switch (name) {
                            case RETURN_WITHIN -> "select from work_order where state in ('dispatched', 'in_progress')";
                            case RETURN_DECIDE, RETURN_RULE ->
                                "select from work_order where state = 'return_requested'";
                            case SUPERVISE_ANSWER -> "select from supervision where state = 'open'";
                            case SUPERVISE_AFTER ->
                                "select from work_order where state = 'awaiting_rating' or state = 'in_progress' and round > 1";
                            case TRANSFER_ANSWER -> "select from order_transfer where state = 'offered'";
                            case INSTRUCTION_ANSWER -> "select from leader_mark where state = 'open'";
                        }
                        + " limit 10000) running")
                .query(Integer.class)
                .single();
    }

    /** Orders whose clock stands still for it, or that asked for it. */
    int waiting(String code) {
        return jdbc.sql("""
                select (select count(*) from order_clock where obstacle = :code)
                     + (select count(*) from order_time_request where obstacle = :code and state = 'asked')
                """).param("code", code).query(Integer.class).single();
    }
}

package org.hemei.workorder.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.list.Fact;
import org.hemei.workorder.measure.Parts;
import org.hemei.workorder.measure.RateSql;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Counts the orders of some communities one by one, in plain Java, to hold against what is kept. */
final class Recount {

    private static final String FACTS = Columns.FACTS.stream()
            .map(fact -> "coalesce((%s), false) as %s".formatted(fact.condition(), fact.code()))
            .collect(Collectors.joining(", "));

    private final JdbcClient jdbc;
    private final Map<String, Integer> counts = new TreeMap<>();

    private Recount(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Scope, topic, month (or day) and column, with how many; nothing that is zero. */
    static Map<String, Integer> of(JdbcClient jdbc, String communities, Instant now) {
        var recount = new Recount(jdbc);
        recount.orders(communities, now);
        recount.rates(communities, now);
        return recount.counts;
    }

    private void orders(String communities, Instant now) {
        jdbc.sql("""
                select o.district, o.community, o.estate, o.holder, coalesce(c.parent, c.code) as topic, o.submitted_at, o.closed_at, %s
                from work_order o join category c on c.code = o.category where o.community like :like
                """.formatted(FACTS))
                .param("now", Timestamp.from(now))
                .param("like", communities + "%")
                .query((ResultSet r) -> order(r, now));
    }

    /** Case by case, as the lists show them. */
    private void rates(String communities, Instant now) {
        jdbc.sql("select c.*, coalesce(k.parent, k.code) as topic from (" + RateSql.cases("o.community like :like")
                        + ") c join category k on k.code = c.category")
                .param("like", communities + "%")
                .param("now", Timestamp.from(now))
                .query((ResultSet r) -> {
                    var month = CivilTime.date(r.getTimestamp("submitted_at").toInstant())
                            .withDayOfMonth(1);
                    var places = places(r);
                    var column = " " + month + " " + r.getString("rate") + "_" + r.getString("part");
                    var district = r.getString("district") + " ";
                    places.all().forEach(place -> add(district + place + " -" + column));
                    for (var wide : places.wide()) {
                        add(district + wide + " " + r.getString("topic") + column);
                    }
                });
    }

    /** @param wide areas and the holder; @param all those, the estate and the holder there */
    private record Places(List<String> wide, List<String> all) {}

    private static Places places(ResultSet r) throws SQLException {
        var community = r.getString("community");
        var holder = r.getObject("holder", Long.class);
        var wide = new ArrayList<>(
                List.of(community.substring(0, 4), community.substring(0, 6), community.substring(0, 9), community));
        if (holder != null) {
            wide.add("h" + holder);
        }
        var all = new ArrayList<>(wide);
        all.add("e" + r.getLong("estate"));
        if (holder != null) {
            all.add("h" + holder + "e" + r.getLong("estate"));
        }
        return new Places(wide, all);
    }

    private void order(ResultSet r, Instant now) throws SQLException {
        var filed = CivilTime.date(r.getTimestamp("submitted_at").toInstant());
        var end = r.getTimestamp("closed_at");
        var closed = end == null ? null : CivilTime.date(end.toInstant());
        var holder = r.getObject("holder", Long.class);
        var places = places(r);
        var areas = new ArrayList<>(places.wide());
        var days = new Days(filed, closed);
        var district = r.getString("district") + " ";
        var topic = r.getString("topic");
        for (var place : places.all()) {
            columns(r, district + place + " -", days);
        }
        for (var area : areas) {
            columns(r, district + area + " " + topic, days);
        }
        if (holder != null) {
            areas.add("h" + holder + "e" + r.getLong("estate"));
        }
        var since = CivilTime.date(now).minusDays(Tally.DAYS);
        for (var area : areas) {
            if (!filed.isBefore(since)) {
                add(district + area + " day " + filed + " filed");
            }
            if (closed != null && r.getBoolean("done") && !closed.isBefore(since)) {
                add(district + area + " day " + closed + " done");
            }
        }
    }

    private record Days(LocalDate filed, @Nullable LocalDate closed) {}

    private void columns(ResultSet r, String key, Days days) throws SQLException {
        add(key + " " + days.filed.withDayOfMonth(1) + " filed");
        for (var fact : Columns.FACTS) {
            if (r.getBoolean(fact.code())) {
                var month = fact == Fact.DONE ? days.closed : days.filed;
                if (month != null) {
                    add(key + " " + month.withDayOfMonth(1) + " " + fact.code());
                }
            }
        }
    }

    private void add(String key) {
        counts.merge(key, 1, Integer::sum);
    }

    /** Where the two differ: nowhere. */
    static void same(JdbcClient jdbc, String districts, Instant now) {
        var kept = kept(jdbc, districts, now);
        var counted = of(jdbc, districts, now);
        assertThat(kept).isNotEmpty();
        var different = new TreeMap<String, String>();
        kept.forEach((key, value) -> {
            if (!value.equals(counted.get(key))) {
                different.put(key, "kept " + value + ", counted " + counted.get(key));
            }
        });
        counted.forEach((key, value) -> {
            if (!kept.containsKey(key)) {
                different.put(key, "kept nothing, counted " + value);
            }
        });
        assertThat(different.entrySet().stream().limit(20)).isEmpty();
    }

    /** What is kept, in the same form: of districts whose code begins so. */
    static Map<String, Integer> kept(JdbcClient jdbc, String districts, Instant now) {
        var kept = new TreeMap<String, Integer>();
        var names = new ArrayList<>(List.of("filed"));
        Columns.FACTS.forEach(fact -> names.add(fact.code()));
        Parts.COLUMNS.forEach(column -> names.add(column.name()));
        jdbc.sql("select * from order_count where cast(district as text) like ?")
                .param(districts + "%")
                .query((ResultSet r) -> {
                    var topic = r.getString("topic");
                    for (var name : names) {
                        if (r.getInt(name) != 0) {
                            kept.merge(
                                    r.getString("district") + " " + r.getString("scope") + " "
                                            + (topic.isEmpty() ? "-" : topic) + " " + r.getDate("month") + " " + name,
                                    r.getInt(name),
                                    Integer::sum);
                        }
                    }
                });
        jdbc.sql("select * from order_day where cast(district as text) like ? and day >= ?")
                .params(districts + "%", CivilTime.date(now).minusDays(Tally.DAYS))
                .query((ResultSet r) -> {
                    for (var name : List.of("filed", "done")) {
                        if (r.getInt(name) != 0) {
                            kept.put(
                                    r.getString("district") + " " + r.getString("scope") + " day " + r.getDate("day")
                                            + " " + name,
                                    r.getInt(name));
                        }
                    }
                });
        return kept;
    }
}

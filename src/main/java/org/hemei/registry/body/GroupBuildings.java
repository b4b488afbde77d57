package org.hemei.registry.body;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Which buildings a group looks after, from day to day; a building has one group at a time. */
@Component
class GroupBuildings {

    private final JdbcClient jdbc;
    private final BodyFacts facts;

    GroupBuildings(JdbcClient jdbc, BodyFacts facts) {
        this.jdbc = jdbc;
        this.facts = facts;
    }

    List<Long> on(long group, LocalDate day) {
        return jdbc.sql(
                        "select building from body_building where body = ? and during @> cast(? as date) order by building")
                .params(group, day)
                .query(Long.class)
                .list();
    }

    /**
     * From the day on it looks after these and no others.
     *
     * @return what was added and what was taken away
     */
    Map<String, List<Long>> set(Body group, List<Long> wanted, LocalDate day, LocalDate today) {
        var before = on(group.id(), day);
        var added =
                wanted.stream().distinct().filter(id -> !before.contains(id)).toList();
        var gone = before.stream().filter(id -> !wanted.contains(id)).toList();
        var reasons = new ArrayList<Reason>();
        if (group.until() != null || day.isBefore(group.since())) {
            reasons.add(new Reason("day", "那一天它不在。请填它在的日子。"));
        }
        Body.ahead(day, today, reasons);
        var later = jdbc.sql("""
                        select max(greatest(lower(during), upper(during))) from body_building
                        where body = ? and (lower(during) > ? or upper(during) > ?)
                        """)
                .params(group.id(), day, day)
                .query((r, n) -> java.util.Optional.ofNullable(r.getObject(1, LocalDate.class)))
                .single();
        later.ifPresent(last -> reasons.add(new Reason("day", "要不早于上一次调整楼栋（" + CivilTime.day(last) + "）。请填那天或以后的日子。")));
        var estate = group.estate();
        if (estate == null || !added.isEmpty() && facts.wrongBuildings(added, estate, day) > 0) {
            reasons.add(new Reason("buildings", "有的楼栋不在这个小区，或已经归别的党小组。请重新选。"));
        }
        if (added.isEmpty() && gone.isEmpty()) {
            reasons.add(new Reason("buildings", "和现在管的一样。请勾选要加的，去掉不管的。"));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
        gone.forEach(building -> close(group.id(), building, day));
        added.forEach(building -> begin(group.id(), building, day));
        return Map.of("added", added, "gone", gone);
    }

    void begin(long group, long building, LocalDate day) {
        jdbc.sql("insert into body_building (body, building, during) values (?, ?, daterange(?, null))")
                .params(group, building, day)
                .update();
    }

    private void close(long group, long building, LocalDate day) {
        jdbc.sql("delete from body_building where body = ? and building = ? and lower(during) = ?")
                .params(group, building, day)
                .update();
        jdbc.sql("""
                        update body_building set during = daterange(lower(during), :day)
                        where body = :group and building = :building and during @> cast(:day as date)
                        """)
                .param("day", day)
                .param("group", group)
                .param("building", building)
                .update();
    }

    /** With the group itself. */
    void end(long group, LocalDate day) {
        jdbc.sql("delete from body_building where body = ? and lower(during) >= ?")
                .params(group, day)
                .update();
        jdbc.sql("""
                        update body_building set during = daterange(lower(during), :day)
                        where body = :group and (upper(during) is null or upper(during) > :day)
                        """).param("day", day).param("group", group).update();
    }
}

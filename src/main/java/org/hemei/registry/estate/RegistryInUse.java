package org.hemei.registry.estate;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.EstateInUse;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Contracts, bodies and posts of an estate that go on. */
@Component
class RegistryInUse implements EstateInUse {

    private static final int FIRST = 10;

    private final JdbcClient jdbc;
    private final InstantSource clock;

    RegistryInUse(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public int order() {
        return FIRST;
    }

    @Override
    public List<Use> uses(Reader reader, Place place, LocalDate day) {
        var today = CivilTime.date(clock.instant());
        var uses = new ArrayList<Use>();
        uses.addAll(jdbc.sql("""
                        select k.id, b.name, upper(k.during) - 1 as last
                        from contract k join body b on b.id = k.company
                        where k.estate = ? and (upper(k.during) is null or upper(k.during) > ?)
                        order by lower(k.during)
                        """)
                .params(place.estate(), day)
                .query((r, n) -> new Use(contract(r, today), "/contracts/" + r.getLong("id")))
                .list());
        uses.addAll(jdbc.sql("""
                        select id, name, until from body
                        where estate = ? and (until is null or until > ?) order by name, id limit 200
                        """)
                .params(place.estate(), day)
                .query((r, n) -> new Use(
                        "组织“" + r.getString("name") + "”" + upTo(r.getObject("until", LocalDate.class), today),
                        "/bodies/" + r.getLong("id")))
                .list());
        uses.addAll(posts(place, day, today));
        return uses;
    }

    /** Of each body those who are still there, and those who left after that day. */
    private List<Use> posts(Place place, LocalDate day, LocalDate today) {
        return jdbc.sql("""
                        select b.id, b.name, coalesce(upper(a.during) <= :today, false) as over, count(distinct a.person) as people, max(upper(a.during)) as gone
                        from appointment a join body b on b.id = a.body
                        where a.estate = :estate and (upper(a.during) is null or upper(a.during) > :day)
                        group by b.id, b.name, 3 order by b.name, b.id, 3
                        """)
                .param("estate", place.estate())
                .param("day", day)
                .param("today", today)
                .query((r, n) -> new Use(
                        r.getString("name")
                                + (r.getBoolean("over")
                                        ? "有 " + r.getInt("people") + " 人在这个小区的任职那天以后才结束。"
                                                + later(r.getObject("gone", LocalDate.class), "任职")
                                        : "还有 " + r.getInt("people") + " 人在这个小区任职。请先结束任职。"),
                        "/bodies/" + r.getLong("id")))
                .list();
    }

    private static String contract(ResultSet r, LocalDate today) throws SQLException {
        var last = r.getObject("last", LocalDate.class);
        var name = "和“" + r.getString("name") + "”的合同";
        if (last == null) {
            return name + "没定到期日。请先提前结束。";
        }
        return last.isBefore(today)
                ? name + "那天还没到期。" + later(last.plusDays(1), "合同")
                : name + "到 " + CivilTime.day(last) + "。请先提前结束。";
    }

    private static String upTo(@Nullable LocalDate until, LocalDate today) {
        if (until == null) {
            return "还在。请先撤销。";
        }
        return until.isAfter(today) ? " " + CivilTime.day(until) + " 才撤销。请先撤销。" : "那天还没撤销。" + later(until, "组织");
    }

    /** What is over by now cannot be ended once more: the day gives way, or what was entered wrong is put right. */
    private static String later(LocalDate gone, String what) {
        return "注销的日子请填 " + CivilTime.day(gone) + " 或以后；" + what + "的日子登记错了的，先更正。";
    }
}

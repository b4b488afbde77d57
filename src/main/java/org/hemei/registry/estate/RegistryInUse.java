package org.hemei.registry.estate;

import java.sql.ResultSet;
import java.sql.SQLException;
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

    RegistryInUse(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public int order() {
        return FIRST;
    }

    @Override
    public List<Use> uses(Reader reader, Place place, LocalDate day) {
        var uses = new ArrayList<Use>();
        uses.addAll(jdbc.sql("""
                        select k.id, b.name, upper(k.during) - 1 as last
                        from contract k join body b on b.id = k.company
                        where k.estate = ? and (upper(k.during) is null or upper(k.during) > ?)
                        order by lower(k.during)
                        """)
                .params(place.estate(), day)
                .query((r, n) -> new Use(contract(r), "/contracts/" + r.getLong("id")))
                .list());
        uses.addAll(jdbc.sql("""
                        select id, name, until from body
                        where estate = ? and (until is null or until > ?) order by name, id limit 200
                        """)
                .params(place.estate(), day)
                .query((r, n) -> new Use(
                        "组织“" + r.getString("name") + "”" + upTo(r.getObject("until", LocalDate.class)) + "。请先撤销。",
                        "/bodies/" + r.getLong("id")))
                .list());
        uses.addAll(jdbc.sql("""
                        select b.id, b.name, count(distinct a.person) as people
                        from appointment a join body b on b.id = a.body
                        where a.estate = ? and (upper(a.during) is null or upper(a.during) > ?)
                        group by b.id, b.name order by b.name, b.id
                        """)
                .params(place.estate(), day)
                .query((r, n) -> new Use(
                        r.getString("name") + "还有 " + r.getInt("people") + " 人在这个小区任职。请先结束任职。",
                        "/bodies/" + r.getLong("id")))
                .list());
        return uses;
    }

    private static String contract(ResultSet r) throws SQLException {
        var last = r.getObject("last", LocalDate.class);
        return "和“" + r.getString("name") + "”的合同" + (last == null ? "没定到期日" : "到 " + CivilTime.day(last)) + "。请先提前结束。";
    }

    private static String upTo(@Nullable LocalDate until) {
        return until == null ? "还在" : " " + CivilTime.day(until) + " 才撤销";
    }
}

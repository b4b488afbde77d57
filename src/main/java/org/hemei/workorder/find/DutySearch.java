package org.hemei.workorder.find;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.platform.Searchable;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.web.Address;
import org.hemei.registry.Areas;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * People on duty from the search box, by surname, duty, body or place (王, 维修, 竹西社区 王); each leads to the orders in their
 * hands. Names stay masked: whole names are encrypted and not searched for.
 */
@Component
class DutySearch implements Searchable {

    private static final int RANK = 50;

    private record Somebody(long account, String name, Role role, String where, String area) {}

    private final JdbcClient jdbc;
    private final InstantSource clock;

    DutySearch(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    @Override
    public int order() {
        return RANK;
    }

    @Override
    public List<Group> find(Reader reader, String text) {
        var bodies = reader.scope(Role.MANAGER).bodies();
        var areas = reader.scope(Role.COMMUNITY, Role.STREET, Role.DISTRICT, Role.CITY);
        if (areas.isEmpty() && bodies.length == 0 || text.matches("[0-9 -]+")) {
            return List.of();
        }
        var words = text.replace("*", "").split(" ");
        var rows = jdbc.sql("""
                select g.account, p.masked_name, g.role, coalesce(b.short_name, '') as body, coalesce(e.name, '') as estate,
                       coalesce(a.name, '') as place, coalesce(g.area, '') as area
                from access_grant g
                         join account c on c.id = g.account and c.disabled_at is null
                         join person p on p.id = c.person
                         left join body b on b.id = g.body
                         left join estate e on e.id = g.estate
                         left join area a on a.code = g.area
                where g.role in ('COMMUNITY', 'MANAGER', 'STAFF', 'STREET') and g.since <= :now and (g.until is null or g.until > :now)
                  and (g.area like any(:patterns) or e.community like any(:patterns) or g.body = any(:bodies)
                       or g.estate is null and exists (select from contract k join estate x on x.id = k.estate
                             where k.company = g.body and k.during @> cast(:today as date) and x.community like any(:patterns))
                       or b.kind = 'backstop_team' and b.area like any(:patterns))
                  and not exists (
                      select from unnest(cast(:words as text[])) w
                      where not (left(p.masked_name, 1) = w or position(w in coalesce(b.name, '')) > 0
                                 or position(w in coalesce(b.short_name, '')) > 0 or position(w in coalesce(e.name, '')) > 0
                                 or position(w in coalesce(a.name, '')) > 0 or g.role = any(cast(:roles as text[])) and w = any(:roleWords)))
                order by g.area nulls last, b.id, g.role, g.account
                limit 40
                """)
                .param("now", Timestamp.from(clock.instant()))
                .param("today", CivilTime.date(clock.instant()))
                .param("patterns", areas.patterns())
                .param("bodies", bodies)
                .param("words", words)
                .param("roles", roles(words))
                .param(
                        "roleWords",
                        Arrays.stream(words)
                                .filter(word -> roles(word).length > 0)
                                .toArray(String[]::new))
                .query(DutySearch::read)
                .list();
        var seen = new HashSet<String>();
        var found = new ArrayList<Found>();
        for (var one : rows) {
            var path = path(one);
            if (seen.add(one.account + path) && found.size() < MOST) {
                found.add(new Found(one.name + "，" + one.role.words(), one.where, path));
            }
        }
        return found.isEmpty() ? List.of() : List.of(new Group("在岗的人（看手上的工单）", "people", found, null));
    }

    /** The roles whose words hold a word that was typed: 经理 is a manager, 员工 the staff. */
    private static String[] roles(String... words) {
        return Arrays.stream(Role.values())
                .filter(role -> Arrays.stream(words)
                        .anyMatch(word -> word.length() > 1 && role.words().contains(word)))
                .map(Role::name)
                .toArray(String[]::new);
    }

    private static String path(Somebody one) {
        var list = Address.of("/orders");
        return (one.role == Role.COMMUNITY || one.role == Role.STREET
                        ? list.with("area", one.area)
                        : list.with("worker", one.account))
                .toString();
    }

    private static Somebody read(ResultSet r, int n) throws SQLException {
        var where = new ArrayList<String>();
        for (var name : new String[] {"body", "estate", "place"}) {
            if (!r.getString(name).isEmpty()) {
                where.add(Areas.plain(r.getString(name)));
            }
        }
        return new Somebody(
                r.getLong("account"),
                r.getString("masked_name"),
                Role.valueOf(r.getString("role")),
                String.join("·", where),
                r.getString("area"));
    }
}

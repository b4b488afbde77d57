package org.hemei.registry;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.db.Where;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads a place out of what somebody typed, as people write it: 梧桐苑, 梧桐苑4幢, 梧桐苑 4幢 2单元501 漏水. */
@Component
public class Places {

    /**
     * An estate, and the building and dwelling in it where they were named.
     *
     * @param rest what was typed beyond the place, without blanks around it
     */
    public record Place(
            long estate,
            String name,
            String where,
            @Nullable Long building,
            @Nullable String buildingName,
            @Nullable Long unit,
            @Nullable String unitName,
            String rest) {

        /** 梧桐苑 4幢 2单元501 */
        public String words() {
            return name + (buildingName == null ? "" : " " + buildingName) + (unitName == null ? "" : " " + unitName);
        }
    }

    private final JdbcClient jdbc;

    Places(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Places of the reader's area, body or home that the text names, the most exact first; at most so many. */
    public List<Place> named(Reader reader, String text, int most) {
        var where = within(reader)
                .and("position(:text in e.name) > 0 or position(:text in coalesce(e.alias, '')) > 0"
                        + " or left(:text, length(e.name)) = e.name"
                        + " or e.alias is not null and left(:text, length(e.alias)) = e.alias")
                .with("text", text)
                .with("most", most);
        return jdbc.sql("""
                select e.id, e.name, s.name as street, c.name as community, b.id as building, b.name as building_name, u.id as unit,
                       u.name as unit_name, coalesce(b.rest, r.rest) as rest, e.until is not null as gone
                from estate e
                         join area s on s.code = e.street
                         join area c on c.code = e.community
                         cross join lateral (select case
                             when left(:text, length(e.name)) = e.name then ltrim(substr(:text, length(e.name) + 1))
                             when e.alias is not null and left(:text, length(e.alias)) = e.alias
                                 then ltrim(substr(:text, length(e.alias) + 1))
                             else '' end as rest) r
                         left join lateral (select b.id, b.name, ltrim(substr(r.rest, length(b.name) + 1)) as rest from building b
                                            where b.estate = e.id and r.rest <> '' and left(r.rest, length(b.name)) = b.name
                                            order by length(b.name) desc limit 1) b on true
                         left join lateral (select u.id, u.name from unit u
                                            where u.building = b.id and b.rest <> '' and b.rest = u.name limit 1) u on true
                where %s
                order by e.until is not null, b.id is null, left(:text, length(e.name)) <> e.name, length(e.name), e.id
                limit :most
                """.formatted(where.sql()))
                .params(where.params())
                .query(Places::read)
                .list();
    }

    /** The administration's areas, the estates of a grant, those where a body works, and one's own home. */
    private static Where within(Reader reader) {
        var all = reader.grants();
        return new Where()
                .and("""
                        e.community like any(:patterns) or e.id = any(:estates)
                        or exists (select from contract k where k.estate = e.id and k.company = any(:bodies))
                        or exists (select from unit h where h.estate = e.id and h.id = any(:units))
                        """)
                .with("patterns", Areas.seen(reader).patterns())
                .with(
                        "estates",
                        all.stream()
                                .map(g -> g.estate())
                                .filter(java.util.Objects::nonNull)
                                .toArray(Long[]::new))
                .with(
                        "bodies",
                        all.stream()
                                .filter(g -> g.estate() == null && g.body() != null)
                                .map(g -> g.body())
                                .toArray(Long[]::new))
                .with(
                        "units",
                        all.stream()
                                .map(g -> g.unit())
                                .filter(java.util.Objects::nonNull)
                                .toArray(Long[]::new));
    }

    private static Place read(ResultSet r, int n) throws SQLException {
        var unit = r.getObject("unit", Long.class);
        return new Place(
                r.getLong("id"),
                r.getString("name"),
                r.getString("street") + " " + Areas.plain(r.getString("community"))
                        + (r.getBoolean("gone") ? "，已注销" : ""),
                r.getObject("building", Long.class),
                r.getString("building_name"),
                unit,
                r.getString("unit_name"),
                unit == null ? r.getString("rest") : "");
    }
}

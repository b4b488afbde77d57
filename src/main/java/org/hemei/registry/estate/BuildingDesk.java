package org.hemei.registry.estate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.db.Pointers;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Writing down buildings and dwellings, one by one or a whole building at a time. What somebody uses is never lost by it. */
@Service
class BuildingDesk {

    /** More dwellings than any building has; a slip of the hand ends here. */
    static final int MOST_UNITS = 2_000;

    record Draft(String name, int entrances, int floors, int position) {}

    /** @param area in cm² */
    record Range(int entrances, int from, int to, int perFloor, long area) {

        int units() {
            return entrances * (to - from + 1) * perFloor;
        }

        Map<String, Integer> params() {
            return Map.of("entrances", entrances, "from", from, "to", to, "perFloor", perFloor);
        }
    }

    /**
     * What generating would do.
     *
     * @param there how many of all are written down already, and stay as they are
     */
    record Preview(int allUnits, int there, String first, String last) {

        int made() {
            return allUnits - there;
        }
    }

    private static final String RANGE = """
            with wanted as (
                select n as entrance, f as floor, d as door, n || '单元' || f || lpad(d::text, 2, '0') as name
                from generate_series(1, :entrances) n, generate_series(:from, :to) f, generate_series(1, :perFloor) d
            )
            """;

    private final JdbcClient jdbc;
    private final EstateDesk estates;
    private final Buildings buildings;
    private final Pointers pointers;

    BuildingDesk(JdbcClient jdbc, EstateDesk estates, Buildings buildings, Pointers pointers) {
        this.jdbc = jdbc;
        this.estates = estates;
        this.buildings = buildings;
        this.pointers = pointers;
    }

    @Transactional
    long add(Reader reader, EstateView estate, int version, Draft draft) {
        estates.locked(reader, estate.id(), version);
        nameIsFree(estate.id(), draft.name, 0);
        var id = jdbc.sql(
                        "insert into building (estate, name, entrances, floors, position) values (?, ?, ?, ?, ?) returning id")
                .params(estate.id(), draft.name, draft.entrances, draft.floors, draft.position)
                .query(Long.class)
                .single();
        estates.touched(reader, estate, "buildings", Map.of("building", id, "did", "added", "name", draft.name), null);
        return id;
    }

    @Transactional
    void edit(Reader reader, EstateView estate, int version, Buildings.Building building, Draft draft) {
        estates.locked(reader, estate.id(), version);
        nameIsFree(estate.id(), draft.name, building.id());
        jdbc.sql("update building set name = ?, entrances = ?, floors = ?, position = ? where id = ?")
                .params(draft.name, draft.entrances, draft.floors, draft.position, building.id())
                .update();
        var changes = new HashMap<String, List<Object>>();
        differs(changes, "name", building.name(), draft.name);
        differs(changes, "entrances", building.entrances(), draft.entrances);
        differs(changes, "floors", building.floors(), draft.floors);
        differs(changes, "position", building.position(), draft.position);
        var detail = Map.of("building", building.id(), "did", "edited", "name", building.name(), "changes", changes);
        estates.touched(reader, estate, "buildings", detail, null);
    }

    private static void differs(Map<String, List<Object>> changes, String field, Object was, Object is) {
        if (!was.equals(is)) {
            changes.put(field, List.of(was, is));
        }
    }

    private void nameIsFree(long estate, String name, long self) {
        var taken = jdbc.sql("select exists (select from building where estate = ? and name = ? and id <> ?)")
                .params(estate, name, self)
                .query(Boolean.class)
                .single();
        if (taken) {
            throw Refusal.of("name", "已经有“" + name + "”了。请换个楼号。");
        }
    }

    /** Adds what is missing of 1—18 层 × 4 户 in every entrance; what is there stays as it is. Gives how many are new. */
    @Transactional
    int generate(Reader reader, EstateView estate, int version, Buildings.Building building, Range range) {
        estates.locked(reader, estate.id(), version);
        fits(range);
        var made = jdbc.sql(RANGE + """
                        insert into unit (building, estate, entrance, name, floor, area)
                        select :building, :estate, entrance, name, floor, :area from wanted
                        on conflict (building, name) do nothing
                        """)
                .param("building", building.id())
                .param("estate", estate.id())
                .param("area", range.area)
                .params(range.params())
                .update();
        jdbc.sql("update building set entrances = greatest(entrances, ?), floors = greatest(floors, ?) where id = ?")
                .params(range.entrances, range.to, building.id())
                .update();
        estates.touched(
                reader,
                estate,
                "buildings",
                Map.of("building", building.id(), "did", "generated", "units", made, "name", building.name()),
                null);
        return made;
    }

    private static void fits(Range range) {
        if (range.units() > MOST_UNITS) {
            throw Refusal.of("per_floor", "这样有 " + range.units() + " 户，一幢楼一次最多 " + MOST_UNITS + " 户。请核对层数和户数。");
        }
    }

    /** What generating would do; nothing is written. */
    @Transactional(readOnly = true)
    Preview preview(Buildings.Building building, Range range) {
        fits(range);
        return jdbc.sql(RANGE + """
                        select count(*)::int as all_units, count(u.id)::int as there,
                               (array_agg(w.name order by w.entrance, w.floor, w.door))[1] as first,
                               (array_agg(w.name order by w.entrance desc, w.floor desc, w.door desc))[1] as last
                        from wanted w left join unit u on u.building = :building and u.name = w.name
                        """)
                .param("building", building.id())
                .params(range.params())
                .query(Preview.class)
                .single();
    }

    /** What was written down wrongly goes, while nobody lives there and nothing was reported from it. */
    @Transactional
    void removeUnit(Reader reader, EstateView estate, int version, Buildings.Building building, long unit) {
        estates.locked(reader, estate.id(), version);
        gone("unit", List.of(unit), "", "这一户");
        var name = building.name()
                + buildings.unit(building.id(), unit).map(Buildings.Unit::name).orElse("");
        var done = jdbc.sql("delete from unit where id = ? and building = ?")
                .params(unit, building.id())
                .update();
        if (done == 0) {
            throw new Missing("没有这套房屋。");
        }
        estates.touched(
                reader,
                estate,
                "buildings",
                Map.of("building", building.id(), "did", "unit_removed", "unit", unit, "name", name),
                null);
    }

    /** A building with all its dwellings, while nothing hangs on any of them. */
    @Transactional
    void remove(Reader reader, EstateView estate, int version, Buildings.Building building) {
        estates.locked(reader, estate.id(), version);
        gone("building", List.of(building.id()), "unit", "这幢楼");
        var units = jdbc.sql("select id from unit where building = ?")
                .param(building.id())
                .query(Long.class)
                .list();
        gone("unit", units, "", "楼里的房屋");
        jdbc.sql("delete from unit where building = ?").param(building.id()).update();
        jdbc.sql("delete from building where id = ?").param(building.id()).update();
        estates.touched(
                reader,
                estate,
                "buildings",
                Map.of("building", building.id(), "did", "removed", "units", units.size(), "name", building.name()),
                null);
    }

    private void gone(String table, List<Long> rows, String but, String what) {
        var inTheWay = pointers.words(table, rows, but);
        if (!inTheWay.isEmpty()) {
            throw Refusal.of(what + "已经有" + String.join("、", inTheWay) + "用到，不能删。写错了请改。");
        }
    }

    /** @param unit null to add one; @param reason needed where the area changes: by the area votes are counted (民法典第二百七十八条) */
    @Transactional
    void unit(
            Reader reader,
            EstateView estate,
            int version,
            Buildings.Building building,
            @Nullable Long unit,
            int entrance,
            int floor,
            String name,
            long area,
            String reason) {
        estates.locked(reader, estate.id(), version);
        var known = unit == null ? null : buildings.unit(building.id(), unit).orElse(null);
        if (known != null && known.area() != area && reason.isEmpty()) {
            throw Refusal.of("unit_reason", "面积改了，请写凭什么，例如房产证。小区投票按面积算。");
        }
        var taken = jdbc.sql("select exists (select from unit where building = ? and name = ? and id <> ?)")
                .params(building.id(), name, unit == null ? 0 : unit)
                .query(Boolean.class)
                .single();
        if (taken) {
            throw Refusal.of("name", "这幢楼已经有“" + name + "”了。");
        }
        var done = unit == null
                ? jdbc.sql("insert into unit (building, estate, entrance, name, floor, area) values (?, ?, ?, ?, ?, ?)")
                        .params(building.id(), estate.id(), entrance, name, floor, area)
                        .update()
                : jdbc.sql("update unit set entrance = ?, name = ?, floor = ?, area = ? where id = ? and building = ?")
                        .params(entrance, name, floor, area, unit, building.id())
                        .update();
        if (done == 0) {
            throw new Missing("没有这套房屋。");
        }
        var changes = new HashMap<String, List<Object>>();
        if (known != null) {
            differs(changes, "name", known.name(), name);
            differs(changes, "entrance", known.entrance(), entrance);
            differs(changes, "floor", known.floor(), floor);
            differs(changes, "area", known.area(), area);
        }
        var detail = new HashMap<String, Object>();
        detail.put("building", building.id());
        detail.put("did", unit == null ? "unit_added" : "unit_edited");
        detail.put("name", building.name() + (known == null ? name : known.name()));
        detail.put("changes", changes);
        if (unit != null) {
            detail.put("unit", unit);
        }
        estates.touched(reader, estate, "buildings", detail, reason.isEmpty() ? null : reason);
    }
}

package org.hemei.registry.estate;

import java.util.Map;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Writing down buildings and dwellings, one by one or a whole building at a time. What is there is never lost by it. */
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
    }

    private final JdbcClient jdbc;
    private final EstateDesk estates;

    BuildingDesk(JdbcClient jdbc, EstateDesk estates) {
        this.jdbc = jdbc;
        this.estates = estates;
    }

    @Transactional
    long add(Reader reader, EstateView estate, Draft draft) {
        estates.locked(reader, estate.id(), estate.version());
        nameIsFree(estate.id(), draft.name, 0);
        var id = jdbc.sql(
                        "insert into building (estate, name, entrances, floors, position) values (?, ?, ?, ?, ?) returning id")
                .params(estate.id(), draft.name, draft.entrances, draft.floors, draft.position)
                .query(Long.class)
                .single();
        estates.touched(reader, estate, "buildings", Map.of("building", id, "did", "added"));
        return id;
    }

    @Transactional
    void edit(Reader reader, EstateView estate, Buildings.Building building, Draft draft) {
        estates.locked(reader, estate.id(), estate.version());
        nameIsFree(estate.id(), draft.name, building.id());
        jdbc.sql("update building set name = ?, entrances = ?, floors = ?, position = ? where id = ?")
                .params(draft.name, draft.entrances, draft.floors, draft.position, building.id())
                .update();
        estates.touched(reader, estate, "buildings", Map.of("building", building.id(), "did", "edited"));
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
    int generate(Reader reader, EstateView estate, Buildings.Building building, Range range) {
        estates.locked(reader, estate.id(), estate.version());
        if (range.units() > MOST_UNITS) {
            throw Refusal.of("per_floor", "这样有 " + range.units() + " 户，一幢楼一次最多 " + MOST_UNITS + " 户。请核对层数和户数。");
        }
        var made = jdbc.sql("""
                        insert into unit (building, estate, entrance, name, floor, area)
                        select :building, :estate, n, n || '单元' || f || lpad(d::text, 2, '0'), f, :area
                        from generate_series(1, :entrances) n, generate_series(:from, :to) f, generate_series(1, :perFloor) d
                        on conflict (building, name) do nothing
                        """)
                .param("building", building.id())
                .param("estate", estate.id())
                .param("area", range.area)
                .param("entrances", range.entrances)
                .param("from", range.from)
                .param("to", range.to)
                .param("perFloor", range.perFloor)
                .update();
        jdbc.sql("update building set entrances = greatest(entrances, ?), floors = greatest(floors, ?) where id = ?")
                .params(range.entrances, range.to, building.id())
                .update();
        estates.touched(
                reader, estate, "buildings", Map.of("building", building.id(), "did", "generated", "units", made));
        return made;
    }

    /** @param unit null to add one */
    @Transactional
    void unit(
            Reader reader,
            EstateView estate,
            Buildings.Building building,
            @Nullable Long unit,
            int entrance,
            int floor,
            String name,
            long area) {
        estates.locked(reader, estate.id(), estate.version());
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
        estates.touched(
                reader,
                estate,
                "buildings",
                Map.of("building", building.id(), "did", unit == null ? "unit_added" : "unit_edited"));
    }
}

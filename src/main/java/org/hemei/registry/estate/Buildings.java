package org.hemei.registry.estate;

import java.util.List;
import java.util.Optional;
import org.hemei.platform.Missing;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** An estate's buildings and the dwellings in them. */
@Component
public class Buildings {

    static final int PAGE = 200;

    /** The same on pages and in files. */
    public static final int MOST_ENTRANCES = 50;

    public static final int MOST_FLOORS = 150;
    public static final int DEEPEST = -5;

    record Building(long id, String name, int entrances, int floors, int position, int units) {}

    /** @param area in cm² */
    record Unit(long id, int entrance, String name, int floor, long area) {

        /** Square metres with two digits. */
        String squareMetres() {
            return java.math.BigDecimal.valueOf(area, 4).stripTrailingZeros().toPlainString();
        }
    }

    /** What is written down so far, to hold against what the estate should have. */
    record Stock(int buildings, int units) {}

    private final JdbcClient jdbc;

    Buildings(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Stock stock(long estate) {
        return jdbc.sql("""
                        select (select count(*) from building where estate = :estate) as buildings,
                               (select count(*) from unit where estate = :estate) as units
                        """).param("estate", estate).query(Stock.class).single();
    }

    List<Building> of(long estate) {
        return jdbc.sql("""
                        select b.id, b.name, b.entrances, b.floors, b.position,
                               (select count(*) from unit u where u.building = b.id) as units
                        from building b where b.estate = ? order by b.position, b.name, b.id
                        """).param(estate).query(Building.class).list();
    }

    Building find(long estate, long id) {
        return of(estate).stream()
                .filter(building -> building.id == id)
                .findFirst()
                .orElseThrow(() -> new Missing("这个小区没有这幢楼。"));
    }

    /** @param after last unit of the page before; 0 for the first page */
    List<Unit> units(long building, long after) {
        return jdbc.sql("""
                        select id, entrance, name, floor, area from unit u
                        where building = :building
                          and (:after = 0 or (u.entrance, u.floor, u.name, u.id)
                               > (select l.entrance, l.floor, l.name, l.id from unit l where l.id = :after))
                        order by entrance, floor, name, id limit :most
                        """)
                .param("building", building)
                .param("after", after)
                .param("most", PAGE + 1)
                .query(Unit.class)
                .list();
    }

    Optional<Unit> unit(long building, long id) {
        return jdbc.sql("select id, entrance, name, floor, area from unit where building = ? and id = ?")
                .params(building, id)
                .query(Unit.class)
                .optional();
    }
}

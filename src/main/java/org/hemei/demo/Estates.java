package org.hemei.demo;

import java.util.ArrayList;
import java.util.List;
import org.hemei.demo.City.Building;
import org.hemei.demo.City.Estate;
import org.hemei.demo.City.Unit;

/** Writes estates and their buildings, and the units of the showcase ones. */
final class Estates {

    final Rows estates = new Rows(
            "estate",
            "id, name, district, street, community, kinds, households, buildings, built_year, floor_area, phone");
    final Rows buildings = new Rows("building", "id, estate, name, entrances, floors, position");
    final Rows units = new Rows("unit", "id, building, estate, entrance, name, floor, area");

    private static final int TYPICAL_HOME = 950_000; // cm²

    private final Dice dice = new Dice("units");
    private final List<Unit> shown = new ArrayList<>();

    static City build(Places places, Estates rows) {
        var estates =
                EstateDrafts.of(places.communities()).stream().map(rows::estate).toList();
        return new City(places.districts(), places.streets(), places.communities(), estates, rows.shown);
    }

    private Estate estate(EstateDrafts.Draft draft) {
        var estate = new Estate(
                estates.nextId(),
                draft.name(),
                draft.community(),
                draft.kinds(),
                draft.built(),
                draft.layout().perFloor(),
                draft.showcase(),
                draft.managed(),
                draft.company(),
                new ArrayList<>());
        for (int n = 1; n <= draft.layout().buildings(); n++) {
            var building = new Building(
                    buildings.nextId(),
                    n + "幢",
                    draft.layout().entrances(),
                    draft.layout().floors());
            estate.buildings().add(building);
            buildings.add(building.id(), estate.id(), building.name(), building.entrances(), building.floors(), n);
        }
        long area = estate.showcase() ? units(estate) : (long) estate.households() * TYPICAL_HOME;
        var street = estate.community().street();
        estates.add(
                estate.id(),
                estate.name(),
                street.district().code(),
                street.code(),
                estate.community().code(),
                estate.kinds(),
                estate.households(),
                estate.buildings().size(),
                estate.built(),
                area,
                // an area code followed by 0 is never given out
                "0551-0%07d".formatted(estate.id()));
        return estate;
    }

    private long units(Estate estate) {
        int home = estate.built() < 2000 ? 620_000 : 780_000;
        long sum = 0;
        for (var building : estate.buildings()) {
            for (int entrance = 1; entrance <= building.entrances(); entrance++) {
                for (int floor = 1; floor <= building.floors(); floor++) {
                    for (int door = 1; door <= estate.perFloor(); door++) {
                        long area = home + door % 3 * 150_000L + dice.between(0, 40) * 1_000L;
                        sum += area;
                        var name = "%d单元%d%02d".formatted(entrance, floor, door);
                        var unit = new Unit(units.nextId(), estate, building, entrance, floor, name);
                        shown.add(unit);
                        units.add(unit.id(), building.id(), estate.id(), entrance, name, floor, area);
                    }
                }
            }
        }
        return sum;
    }
}

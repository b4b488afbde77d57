package org.hemei.demo;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hemei.demo.City.Community;
import org.hemei.demo.City.District;
import org.hemei.demo.City.Street;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The official divisions as the registry has them; special units (prisons, virtual ones) get no sample data. */
record Places(List<District> districts, List<Street> streets, List<Community> communities) {

    private record Area(String code, String name, String level, String parent, String kind) {}

    static Places read(JdbcClient jdbc) {
        var areas = jdbc.sql("select code, name, level, coalesce(parent, '') as parent, kind from area order by code")
                .query(Area.class)
                .list();
        Map<String, District> districts = new HashMap<>();
        Map<String, Street> streets = new HashMap<>();
        var places = new Places(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (var area : areas) {
            if (area.level.equals("district")) {
                var district = new District(area.code, area.name);
                districts.put(area.code, district);
                places.districts.add(district);
            }
        }
        for (var area : areas) {
            if (area.level.equals("street")) {
                var street = new Street(area.code, area.name, Known.in(districts, area.parent));
                streets.put(area.code, street);
                places.streets.add(street);
            }
        }
        for (var area : areas) {
            if (area.level.equals("community") && !area.kind.equals("special")) {
                places.communities.add(new Community(area.code, area.name, area.kind, Known.in(streets, area.parent)));
            }
        }
        return places;
    }
}

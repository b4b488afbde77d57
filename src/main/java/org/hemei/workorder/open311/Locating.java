package org.hemei.workorder.open311;

import java.math.BigDecimal;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Finds the estate that a report is about, among those of the community that the program files for. */
@Component
class Locating {

    /** How far from an estate a point may be and still mean it. */
    static final int METRES = 500;

    private record Near(long id, double metres) {}

    private final JdbcClient jdbc;

    Locating(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By its id, else by its name within an address, else by the nearest one to a point. */
    long estate(Reader reader, String addressId, String address, String lat, String lon) {
        if (!addressId.isEmpty()) {
            return byId(reader, addressId);
        }
        if (!address.isEmpty()) {
            return byName(reader, address);
        }
        if (!lat.isEmpty() && !lon.isEmpty()) {
            return byPoint(reader, lat, lon);
        }
        throw GeoError.wrong("地点没有说全：请给 address_id、address_string，或 lat 和 long。");
    }

    private long byId(Reader reader, String text) {
        if (!text.matches("\\d{1,18}")) {
            throw GeoError.wrong("address_id 是小区的编号，只有数字。");
        }
        return jdbc.sql("select id from estate_now where id = :id and community like any(:patterns)")
                .param("id", Long.valueOf(text))
                .param("patterns", patterns(reader))
                .query(Long.class)
                .optional()
                .orElseThrow(() -> GeoError.wrong("没有这个小区，或它不归这个程序办。"));
    }

    private long byName(Reader reader, String address) {
        // 和平花园二期 holds the words 和平花园 as well: the longest is meant
        var found = jdbc.sql("""
                select id from (
                    select e.id, max(length(n.said)) as long, max(max(length(n.said))) over () as longest
                    from estate_now e cross join lateral (values (e.name), (e.alias)) n(said)
                    where e.community like any(:patterns) and n.said <> '' and position(n.said in :address) > 0
                    group by e.id) e
                where long = longest order by id limit 2
                """)
                .param("patterns", patterns(reader))
                .param("address", address)
                .query(Long.class)
                .list();
        if (found.isEmpty()) {
            throw GeoError.wrong("address_string 里没有认出小区。请写全小区的名称，或给 address_id。");
        }
        if (found.size() > 1) {
            throw GeoError.wrong("address_string 里认出了几个小区。请给 address_id。");
        }
        return found.getFirst();
    }

    private long byPoint(Reader reader, String lat, String lon) {
        var y = degrees("lat", lat, 90);
        var x = degrees("long", lon, 180);
        return jdbc.sql("""
                select id, 111320 * sqrt(power(latitude / 1e6 - :lat, 2)
                                         + power((longitude / 1e6 - :lon) * cos(radians(:lat)), 2)) as metres
                from estate_now
                where community like any(:patterns) and latitude is not null
                order by metres limit 1
                """)
                .param("patterns", patterns(reader))
                .param("lat", y)
                .param("lon", x)
                .query(Near.class)
                .optional()
                .filter(near -> near.metres <= METRES)
                .map(Near::id)
                .orElseThrow(() -> GeoError.wrong("这个点旁边没有认出小区。请给 address_id 或 address_string。"));
    }

    private static double degrees(String name, String text, int most) {
        if (text.matches("-?\\d{1,3}(\\.\\d{1,12})?")) {
            var value = new BigDecimal(text).doubleValue();
            if (Math.abs(value) <= most) {
                return value;
            }
        }
        throw GeoError.wrong(name + " 要写成度，如 31.820591。");
    }

    /** By its name; null where none is said. */
    @Nullable
    Long building(long estate, String name) {
        if (name.isEmpty()) {
            return null;
        }
        List<Long> found = jdbc.sql("select id from building where estate = ? and replace(name, ' ', '') = ? limit 2")
                .params(estate, name.replace(" ", ""))
                .query(Long.class)
                .list();
        if (found.size() != 1) {
            throw GeoError.wrong("这个小区没有叫“" + name + "”的楼。不清楚就不填。");
        }
        return found.getFirst();
    }

    private static String[] patterns(Reader reader) {
        return reader.scope(Role.COMMUNITY).patterns();
    }
}

package org.hemei.oversight;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Scope;
import org.hemei.platform.log.Audit;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The outlines of areas, loaded as GeoJSON and kept in millionths of a degree. Nothing comes with the application:
 * official boundaries are the city's to give.
 */
@Service
class Boundaries {

    static final int MOST_POINTS = 200_000;

    private static final int WIDTH = 720;
    private static final int MICRO = 1_000_000;

    /**
     * An outline ready to be drawn.
     *
     * @param path of an SVG, in a drawing {@value #WIDTH} wide
     * @param x where its name stands
     */
    record Shape(String area, String path, long x, long y, long height) {}

    private final JdbcClient jdbc;
    private final Audit audit;
    private final InstantSource clock;
    private final JsonMapper json;

    Boundaries(JdbcClient jdbc, Audit audit, InstantSource clock, JsonMapper json) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.clock = clock;
        this.json = json;
    }

    /**
     * Takes in a FeatureCollection whose features name their area in the property code or adcode. All or nothing.
     *
     * @return how many areas have their outline now
     */
    @Transactional
    public int load(Reader reader, Scope scope, byte[] file) {
        var rings = read(file);
        var known = jdbc.sql("select code from area where code = any(?)")
                .param(rings.keySet().toArray(String[]::new))
                .query(String.class)
                .list();
        rings.keySet().stream()
                .filter(code -> !known.contains(code) || !scope.covers(code))
                .findFirst()
                .ifPresent(code -> {
                    throw Refusal.of("file", "代码 " + code + " 不是这里的地区。请改好再传，一处不对就都不存。");
                });
        rings.forEach((code, polygons) -> jdbc.sql("""
                insert into area_boundary (area, rings, set_by, set_at) values (:area, cast(:rings as jsonb), :by, :at)
                on conflict (area) do update set rings = excluded.rings, set_by = excluded.set_by, set_at = excluded.set_at
                """)
                .param("area", code)
                .param("rings", json.writeValueAsString(polygons))
                .param("by", reader.account())
                .param("at", Timestamp.from(clock.instant()))
                .update());
        audit.record(
                reader,
                0,
                "boundary.load",
                "area_boundary",
                scope.areas().getFirst(),
                scope.areas().getFirst(),
                Map.of("areas", rings.size()));
        return rings.size();
    }

    /** How many areas of a level have their outline. */
    record Level(String level, int drawn, int areas) {

        String words() {
            return switch (level) {
                case "city" -> "市";
                case "district" -> "区、县、开发区";
                case "street" -> "街道、乡镇";
                default -> "社区、村";
            };
        }
    }

    /** What has been loaded within the scope, widest level first. */
    List<Level> levels(Scope scope) {
        return jdbc.sql("""
                        select a.level, count(b.area) as drawn, count(*) as areas
                        from area a left join area_boundary b on b.area = a.code
                        where a.code like any(?) and a.kind <> 'special' group by a.level order by min(length(a.code))
                        """).param(scope.patterns()).query(Level.class).list();
    }

    private Map<String, List<List<int[]>>> read(byte[] file) {
        JsonNode root;
        try {
            root = json.readTree(file);
        } catch (JacksonException e) {
            throw Refusal.of("file", "这不是 GeoJSON 文件。请重新导出再传。");
        }
        if (!"FeatureCollection".equals(root.path("type").asString(""))) {
            throw Refusal.of("file", "文件要是一个 FeatureCollection。请重新导出再传。");
        }
        Map<String, List<List<int[]>>> all = new HashMap<>();
        int points = 0;
        for (var feature : root.path("features")) {
            var code = code(feature.path("properties"));
            var polygons = rings(feature.path("geometry"));
            points += polygons.stream().mapToInt(List::size).sum();
            if (points > MOST_POINTS) {
                throw Refusal.of("file", "点太多了，最多 " + MOST_POINTS + " 个。请简化后再传。");
            }
            all.put(code, polygons);
        }
        if (all.isEmpty()) {
            throw Refusal.of("file", "文件里没有地区。");
        }
        return all;
    }

    private static String code(JsonNode properties) {
        for (var name : List.of("code", "adcode")) {
            var value = properties.path(name);
            var text = value.isNumber() ? String.valueOf(value.asLong()) : value.asString("");
            if (text.matches("\\d{4}|\\d{6}|\\d{9}|\\d{12}")) {
                return text;
            }
        }
        throw Refusal.of("file", "有地区没写代码。每个地区的 code 要填统计用区划代码。");
    }

    private static List<List<int[]>> rings(JsonNode geometry) {
        var rings = new ArrayList<List<int[]>>();
        switch (geometry.path("type").asString("")) {
            case "Polygon" -> geometry.path("coordinates").forEach(ring -> rings.add(ring(ring)));
            case "MultiPolygon" ->
                geometry.path("coordinates").forEach(polygon -> polygon.forEach(ring -> rings.add(ring(ring))));
            default -> throw Refusal.of("file", "地区的形状要是 Polygon 或 MultiPolygon。");
        }
        if (rings.isEmpty()) {
            throw Refusal.of("file", "有地区没有形状。");
        }
        return rings;
    }

    private static List<int[]> ring(JsonNode ring) {
        var points = new ArrayList<int[]>();
        for (var point : ring) {
            var longitude = point.path(0).asDouble(Double.NaN);
            var latitude = point.path(1).asDouble(Double.NaN);
            if (!(longitude >= 73 && longitude <= 136 && latitude >= 3 && latitude <= 54)) {
                throw Refusal.of("file", "有的点不在中国境内。坐标要先经度后纬度。");
            }
            points.add(new int[] {(int) Math.round(longitude * MICRO), (int) Math.round(latitude * MICRO)});
        }
        if (points.size() < 4) {
            throw Refusal.of("file", "有的边界不到 4 个点，围不成一圈。");
        }
        return points;
    }

    /** The outlines of these areas in one drawing; none unless every one of them has its outline. */
    List<Shape> shapes(Collection<String> areas) {
        Map<String, int[][][]> rings = new HashMap<>();
        jdbc.sql("select area, rings from area_boundary where area = any(?)")
                .param(areas.toArray(String[]::new))
                .query((r, n) -> rings.put(r.getString("area"), json.readValue(r.getString("rings"), int[][][].class)))
                .list();
        if (areas.isEmpty() || rings.size() < areas.size()) {
            return List.of();
        }
        return new Projection(rings.values()).draw(rings);
    }

    /** Degrees to a drawing of fixed width; a degree of longitude is shorter by the cosine of the latitude. */
    private static final class Projection {

        private int west = Integer.MAX_VALUE;
        private int east = Integer.MIN_VALUE;
        private int south = Integer.MAX_VALUE;
        private int north = Integer.MIN_VALUE;

        Projection(Collection<int[][][]> all) {
            for (var rings : all) {
                for (var ring : rings) {
                    for (var point : ring) {
                        west = Math.min(west, point[0]);
                        east = Math.max(east, point[0]);
                        south = Math.min(south, point[1]);
                        north = Math.max(north, point[1]);
                    }
                }
            }
        }

        private double shrink() {
            return Math.cos(Math.toRadians((south + north) / 2.0 / MICRO));
        }

        private double scale() {
            return WIDTH / Math.max(1, (east - west) * shrink());
        }

        private long x(int longitude) {
            return Math.round((longitude - west) * shrink() * scale());
        }

        private long y(int latitude) {
            return Math.round((north - latitude) * scale());
        }

        List<Shape> draw(Map<String, int[][][]> rings) {
            return rings.entrySet().stream()
                    .sorted(Map.Entry.comparingByKey())
                    .map(each -> shape(each.getKey(), each.getValue()))
                    .toList();
        }

        private Shape shape(String area, int[][][] rings) {
            var path = new StringBuilder();
            long sumX = 0;
            long sumY = 0;
            long count = 0;
            for (var ring : rings) {
                var command = 'M';
                long lastX = Long.MIN_VALUE;
                long lastY = Long.MIN_VALUE;
                for (var point : ring) {
                    long x = x(point[0]);
                    long y = y(point[1]);
                    if (x != lastX || y != lastY) {
                        path.append(String.format(Locale.ROOT, "%c%d %d", command, x, y));
                        command = 'L';
                        sumX += x;
                        sumY += y;
                        count++;
                    }
                    lastX = x;
                    lastY = y;
                }
                path.append('Z');
            }
            return new Shape(area, path.toString(), sumX / count, sumY / count, y(south) + 1);
        }
    }
}

package org.hemei.demo;

import org.hemei.platform.reference.ReferenceTable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Where the estates of the demo city lie: made up, and marked so. Each district is a tile of a grid four wide, as on the
 * cockpit; its streets share the tile, its estates are strewn over their street's part.
 */
final class Locations {

    private static final int IN_A_ROW = 4;
    private static final int WEST = 116_900_000;
    private static final int NORTH = 32_150_000;
    private static final int WIDTH = 180_000;
    private static final int HEIGHT = 150_000;

    private Locations() {}

    static void build(JdbcClient jdbc) {
        var districts = ReferenceTable.read("reference/hefei-tiles.csv").records().stream()
                .map(row -> row.get("code"))
                .toArray(String[]::new);
        jdbc.sql("""
                with tile as (
                    select t.code, (t.n - 1) % :row as x, (t.n - 1) / :row as y
                    from unnest(cast(:districts as text[])) with ordinality t (code, n)),
                part as (
                    select s.code, t.x, t.y, row_number() over w - 1 as n, ceil(sqrt(count(*) over (partition by t.code))) as side
                    from area s join tile t on s.parent = t.code
                    window w as (partition by t.code order by s.code)),
                place as (
                    select e.id,
                           :west + p.x * :width + cast(:width / p.side * (p.n % cast(p.side as int) + (e.id * 7919 % 1000) / 1100.0) as int) as longitude,
                           :north - p.y * :height - cast(:height / p.side * (floor(p.n / p.side) + (e.id * 104729 % 1000) / 1100.0) as int) as latitude
                    from estate e join part p on p.code = e.street)
                update estate e set longitude = l.longitude, latitude = l.latitude, located = 'sample' from place l where l.id = e.id
                """)
                .param("row", IN_A_ROW)
                .param("districts", districts)
                .param("west", WEST)
                .param("north", NORTH)
                .param("width", WIDTH)
                .param("height", HEIGHT)
                .update();
    }
}

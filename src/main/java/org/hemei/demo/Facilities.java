package org.hemei.demo;

import org.springframework.jdbc.core.simple.JdbcClient;

/** What stands in the estates: as much as their size and age make likely, and nothing yet in one of nine. */
final class Facilities {

    private Facilities() {}

    static int build(JdbcClient jdbc) {
        return jdbc.sql("""
                        insert into estate_facility (estate, kind, count)
                        select e.id, f.kind, f.count
                        from estate e
                                 cross join lateral (values
                                     ('电梯', case when '老旧' = any(e.kinds) then 0 else e.buildings * 2 end),
                                     ('消防设施', e.buildings * 3 + 2),
                                     ('门禁', case when '三无' = any(e.kinds) then 0 else e.buildings + 2 end),
                                     ('监控', e.buildings * 4),
                                     ('水泵房', case when e.built_year >= 2000 then 1 else 0 end),
                                     ('配电房', 1 + e.households / 900),
                                     ('充电桩', case when e.built_year >= 2012 then e.households / 12 else 0 end),
                                     ('非机动车棚', 1 + e.buildings / 3),
                                     ('停车位', e.households * (35 + e.id % 40)::int / 100),
                                     ('健身器材', 6 + (e.id % 7)::int),
                                     ('垃圾分类点', 1 + e.households / 300)) as f (kind, count)
                        where f.count > 0 and e.id % 9 <> 4
                        """).update();
    }
}

package org.hemei.workorder.hotline;

/**
 * What matters of the hotline have become by now: another estate takes an order over as a new one, and a merged one goes on as the
 * one that is kept. The matters are found first; all of them are followed in one recursion, never one for each.
 */
final class Became {

    private static final String ONWARD = """
            , became (matter, district, id, hop, merged) as (
                select m.id, m.order_district, m.order_id, 0, false from matter m where m.order_id is not null
                union all
                select n.matter,
                       case when w.state = 'merged' then w.district else cast(split_part(t.became, '-', 1) as int) end,
                       case when w.state = 'merged' then w.kept else cast(split_part(t.became, '-', 2) as bigint) end,
                       n.hop + 1, n.merged or w.state = 'merged'
                from became n
                         join work_order w on w.district = n.district and w.id = n.id
                         left join lateral (
                             select replace(x.became, '/orders/', '') as became from order_transfer x
                             where x.district = w.district and x.order_id = w.id and x.state = 'taken'
                               and x.became ~ '^/orders/[0-9]{6}-[0-9]+$' limit 1) t on w.state = 'transferred'
                where n.hop < 20 and (w.state = 'merged' and w.kept is not null or t.became is not null)),
            last as (
                select matter, (array_agg(district order by hop desc))[1] as district, (array_agg(id order by hop desc))[1] as id,
                       bool_or(merged) as merged
                from became group by matter)
            """;

    /** Orders something happened to since an instant, and all that they came of, back to those of the hotline. */
    private static final String MOVED = """
            moved (district, id) as (
                select s.district, s.order_id from work_order_step s where s.at >= cast(:since as timestamptz)
                union
                select p.district, p.id
                from moved m cross join lateral (
                    select w.district, w.id from work_order w where w.district = m.district and w.kept = m.id
                    union all
                    select x.district, x.order_id from order_transfer x
                    where x.became = '/orders/' || m.district || '-' || m.id and x.state = 'taken') p),
            """;

    /** Matters that came, went back, were filed or moved since an instant. */
    static final String SINCE = """
            (c.imported_at >= cast(:since as timestamptz) or o.filed_at >= cast(:since as timestamptz)
             or greatest(c.returned_at, c.recalled_at) >= cast(:since as timestamptz)
             or (o.district, o.order_id) in (select district, id from moved))
            """;

    private Became() {}

    /**
     * What stands before a select: the matters (matter), and for each that is an order the last it has become (last).
     *
     * @param which of the matters (c) and their orders (o), with order and limit
     */
    static String of(String which) {
        return with("", which);
    }

    /** The same, where {@code which} names what {@linkplain #SINCE moved since} an instant. */
    static String moved(String which) {
        return with(MOVED, which);
    }

    private static String with(String before, String which) {
        return "with recursive " + before + """
                matter as (
                    select c.*, o.district as order_district, o.order_id, o.filed_at
                    from hotline_case c left join hotline_order o on o.hotline_case = c.id
                    where %s)
                """.formatted(which).stripTrailing() + ONWARD;
    }
}

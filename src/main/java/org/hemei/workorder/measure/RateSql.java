package org.hemei.workorder.measure;

/**
 * The one place that says how an order counts. A case is an order in one rate, a first contact that an earlier holder of it made or
 * missed (decision 81), or a rating in one of the two rates over ratings, with the part it falls into. Lists show {@link #cases}; {@link #packed} says the same of one order as one number,
 * which is kept beside the order and added up by month. Both are made of the same expressions.
 *
 * <p>A rating is valid when it is the last one its account gave for the order: what was reopened and then solved is solved,
 * and each of several reporters counts once, a caller who was asked by phone as well. A rating stands whatever becomes of the order later.
 */
public final class RateSql {

    /** What REFER writes into the history: the matter belongs elsewhere, and the reporter was told where. */
    private static final String REFERRED = """
            exists (select from work_order_step s where s.district = o.district and s.order_id = o.id and s.verb = 'refer')""";

    /** The part outside that a state alone leads to. */
    private static final String BY_STATE = """
            case when o.state = 'transferred' then case when %s then 'referred' else 'transferred' end else o.state end""".formatted(REFERRED);

    private static final String ENDED_OUTSIDE = "('rejected', 'answered', 'merged', 'withdrawn', 'transferred')";

    private static final String IN_TIME = """
            case when o.contacted_at <= o.contact_due and not o.contact_denied then 'in_time' else 'missed' end""";

    private static final String RESPONSE = """
            case when not g.counts then 'left_out'
                 when o.nobody and o.state not in %2$s then 'nobody'
                 when o.state not in %2$s and (o.contact_due is null or (o.contacted_at is null and o.contact_due >= :now)) then 'not_yet'
                 when g.counts and o.state <> 'withdrawn' then %1$s
                 when o.state in %2$s then %3$s
                 else %1$s end""".formatted(IN_TIME, ENDED_OUTSIDE, BY_STATE);

    private static final String WITHOUT_RATING = """
            case when o.state in %s then %s when o.state = 'closed_unrated' then 'unrated' else 'not_yet' end""".formatted(ENDED_OUTSIDE, BY_STATE);

    /** Whose word it is: whoever phoned is one, whoever of the desk asked them this time. */
    private static final String RATER = "(case when r.asked then 0 else r.account end)";

    /** The valid ratings among those that a condition on {@code work_order_rating r} names. */
    private static String valid(String which) {
        return """
                select distinct on (r.district, r.order_id, %2$s) r.order_id, r.account, r.solved, r.satisfied
                from work_order_rating r where %1$s
                order by r.district, r.order_id, %2$s, r.round desc, r.at desc""".formatted(which, RATER);
    }

    private static final String ITS_OWN = "r.district = o.district and r.order_id = o.id";

    private static final String SUMMED =
            "count(*) as ratings, count(*) filter (where l.solved) as solved, array_agg(l.satisfied) as stars";

    private static final String MONTH = "date_trunc('month', o.submitted_at at time zone 'Asia/Shanghai')";

    private static final String ORDER =
            "o.district, o.id, o.community, o.estate, o.holder, o.category, o.state, o.submitted_at";

    /**
     * Orders as each of their earlier holders left them, with the condition of a list in front: {@code o.holder} is who held it then,
     * and the first contact is theirs. With {@code g}, what an appeal came to.
     */
    private static final String HELD_BEFORE = """
            (select o.district, o.id, o.community, o.estate, h.holder, o.category, o.state, o.submitted_at,
                    h.contact_due, h.contacted_at, h.contact_denied, false as nobody, h.counts
             from held_before h join work_order o on o.district = h.district and o.id = h.order_id) o
            cross join lateral (select o.counts) g
            """;

    private RateSql() {}

    /**
     * A select to stand in brackets; its {@code former} is who held the order before, where the case is theirs. Parameter: {@code :now}.
     *
     * @param where which orders, on {@code work_order o}
     */
    public static String cases(String where) {
        return """
                select %1$s, 'response' as rate, %2$s as part, cast(null as bigint) as account, cast(null as bigint) as former
                from work_order o
                         left join rate_ruling g on g.district = o.district and g.order_id = o.id and g.rate = 'response'
                where %3$s
                union all
                select %1$s, 'response', %2$s, null, o.holder
                from %8$s
                where %3$s
                union all
                select %1$s, x.rate,
                       case when not g.counts then 'left_out'
                            when v.account is null then %4$s
                            when x.rate = 'resolution' then case when v.solved then 'solved' else 'unsolved' end
                            when v.satisfied >= m.satisfied_from then 'satisfied' else 'not_satisfied' end as part,
                       v.account, null
                from work_order o
                         left join lateral (%5$s) v on true
                         cross join (values ('resolution'), ('satisfaction')) as x (rate)
                         left join rate_ruling g on g.district = o.district and g.order_id = o.id and g.rate = x.rate
                         left join (%6$s) m on m.district = o.district and m.month = %7$s
                where %3$s
                """.formatted(
                        ORDER,
                        RESPONSE,
                        where,
                        WITHOUT_RATING,
                        valid(ITS_OWN),
                        measure("select distinct o.district, " + MONTH + " as month from work_order o where " + where),
                        MONTH,
                        HELD_BEFORE);
    }

    /**
     * What each earlier holder of an order adds to the counts, as {@link #packed} says it of the order: a select with
     * {@code o.holder}. Wants {@code :now}.
     *
     * @param columns of {@code o} and {@code c}, its category; {@code %s} is the number
     * @param from joins and conditions that say which orders
     */
    public static String heldBefore(String columns, String from) {
        return "select " + columns.formatted(Parts.response(RESPONSE)) + " from " + HELD_BEFORE
                + " join category c on c.code = o.category " + from;
    }

    /**
     * From how many of five a rating is satisfied, for each district and month: rule data, looked up once for each. Materialized, or the
     * server looks it up again for every order that it is joined to.
     */
    private static String measure(String months) {
        return """
                with measured as materialized (
                    select x.district, x.month,
                           threshold('%s', '%s', cast(x.district as text), cast(x.month as date), %d) as satisfied_from
                    from (%s) x)
                select * from measured""".formatted(
                RateRules.RULE, RateRules.Name.SATISFIED_FROM.code(), RateRules.Name.SATISFIED_FROM.value(), months);
    }

    /** How {@code work_order o} counts in all three rates, as one number; see {@link Parts}. Wants {@code :now} and one of the joins. */
    public static String packed() {
        return Parts.packed(
                "p.response",
                "p.resolution",
                "coalesce(v.ratings, 0)",
                "v.solved",
                "p.satisfaction",
                "(select count(*) from unnest(v.stars) s (stars) where s.stars >= m.satisfied_from)");
    }

    /** What {@link #packed} wants joined to a few orders. @param some those orders again, as a from clause with {@code o} */
    public static String joinsOfSome(String some) {
        return joins(
                "left join lateral (select " + SUMMED + " from (" + valid(ITS_OWN) + ") l) v on true",
                "select distinct o.district, " + MONTH + " as month from " + some);
    }

    /** The same for all orders of {@code :district}. */
    public static String joinsOfDistrict() {
        return joins(
                "left join (select l.order_id, " + SUMMED + " from (" + valid("r.district = :district")
                        + ") l group by l.order_id) v on v.order_id = o.id",
                """
                select cast(:district as int) as district, d.month
                from (select min(%1$s) as first, max(%1$s) as last from work_order o where o.district = :district) b,
                     generate_series(b.first, b.last, interval '1 month') d (month)""".formatted(MONTH));
    }

    private static String joins(String ratings, String months) {
        return """
                %s
                left join rate_ruling g on g.district = o.district and g.order_id = o.id and g.rate = 'response'
                left join rate_ruling gr on gr.district = o.district and gr.order_id = o.id and gr.rate = 'resolution'
                left join rate_ruling gs on gs.district = o.district and gs.order_id = o.id and gs.rate = 'satisfaction'
                left join (%s) m on m.district = o.district and m.month = %s
                cross join lateral (select %s as response, %s as resolution, %s as satisfaction) p
                """.formatted(ratings, measure(months), MONTH, RESPONSE, outside("gr"), outside("gs"));
    }

    /** The part outside of a rate over ratings; null where ratings count. */
    private static String outside(String ruling) {
        return "case when not %s.counts then 'left_out' when coalesce(v.ratings, 0) = 0 then %s end"
                .formatted(ruling, WITHOUT_RATING);
    }
}

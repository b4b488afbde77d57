package org.hemei.workorder.rates;

/**
 * The one place that says how an order counts. A row of it is a case: an order in one rate, or a rating in one of the two
 * rates over ratings, with the part it falls into. Every figure counts these rows and every list shows them, so they agree.
 *
 * <p>A rating is valid when it is the last one its account gave for the order: what was reopened and then solved is solved,
 * and each of several reporters counts once. A rating stands whatever becomes of the order later.
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
                 when g.counts and o.state <> 'withdrawn' then %1$s
                 when o.state in %2$s then %3$s
                 when o.contact_due is null or (o.contacted_at is null and o.contact_due >= :now) then 'not_yet'
                 else %1$s end""".formatted(IN_TIME, ENDED_OUTSIDE, BY_STATE);

    private static final String WITHOUT_RATING = """
            case when o.state in %s then %s when o.state = 'closed_unrated' then 'unrated' else 'not_yet' end""".formatted(ENDED_OUTSIDE, BY_STATE);

    private static final String VALID = """
            left join lateral (select distinct on (r.account) r.account, r.solved, r.satisfied, r.at
                               from work_order_rating r where r.district = o.district and r.order_id = o.id
                               order by r.account, r.round desc, r.at desc) v on true
            """;

    private static final String ORDER =
            "o.district, o.id, o.community, o.estate, o.holder, o.category, o.state, o.submitted_at";

    private RateSql() {}

    /**
     * A select to stand in brackets. Parameters: {@code :now}, and {@code :ruleFrom}, {@code :ruleTo}, the first days of
     * the first and the last month.
     *
     * @param where which orders, on {@code work_order o}
     */
    public static String cases(String where) {
        return """
                select %1$s, 'response' as rate, %2$s as part, cast(null as bigint) as account
                from work_order o
                         left join rate_ruling g on g.district = o.district and g.order_id = o.id and g.rate = 'response'
                where %3$s
                union all
                select %1$s, x.rate,
                       case when not g.counts then 'left_out'
                            when v.account is null then %4$s
                            when x.rate = 'resolution' then case when v.solved then 'solved' else 'unsolved' end
                            when v.satisfied >= m.satisfied_from then 'satisfied' else 'not_satisfied' end as part,
                       v.account
                from work_order o
                         %5$s
                         cross join (values ('resolution'), ('satisfaction')) as x (rate)
                         left join rate_ruling g on g.district = o.district and g.order_id = o.id and g.rate = x.rate
                         left join (%6$s) m on m.district = o.district
                              and m.month = date_trunc('month', o.submitted_at at time zone 'Asia/Shanghai')
                where %3$s
                """.formatted(ORDER, RESPONSE, where, WITHOUT_RATING, VALID, measure());
    }

    /** From how many of five a rating is satisfied, for each district and month: rule data, worked out once a query. */
    private static String measure() {
        return """
                select cast(a.code as int) as district, cast(f.first as timestamp) as month,
                       threshold('%s', '%s', a.code, cast(f.first as date), %d) as satisfied_from
                from area a, generate_series(cast(:ruleFrom as timestamp), cast(:ruleTo as timestamp), interval '1 month') f (first)
                where a.level = 'district'""".formatted(
                        RateRules.RULE, RateRules.Name.SATISFIED_FROM.code(), RateRules.Name.SATISFIED_FROM.value());
    }
}

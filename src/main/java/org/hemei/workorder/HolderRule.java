package org.hemei.workorder;

import java.time.InstantSource;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which body may hold an order: a company by its contract with the estate, any other by its area (domain.md §2). The same
 * for every way an order comes to a holder: dispatch, redispatch and ruling.
 */
@Component
public class HolderRule {

    private final JdbcClient jdbc;
    private final InstantSource clock;

    HolderRule(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** {@link #own} as a condition in SQL on {@code body b}: the one list of those whose work the street verifies and decides on. */
    public static final String OWN_SQL = "b.kind in ('backstop_team', 'residents_committee')";

    /** Whether {@code body b} may hold {@code work_order o} on {@code :today}: a company by its contract with the estate, any other by its area. */
    public static final String MAY_SQL = """
            b.kind <> 'party_organisation' and b.since <= :today and (b.until is null or b.until > :today)
            and case b.kind
                when 'company' then exists (select from contract c where c.company = b.id and c.estate = o.estate
                                              and c.during @> cast(:today as date))
                else o.community like b.area || '%' end
            """;

    /** Whether a body of this kind is the community itself or its team, so that the street verifies what it did. */
    public static boolean own(@Nullable String kind) {
        return "backstop_team".equals(kind) || "residents_committee".equals(kind);
    }

    /**
     * Whether the body is the community itself or its backstop team, so that the street verifies what it did.
     *
     * @throws Refusal when it may not hold this order today
     */
    boolean backstop(long body, WorkOrder order) {
        var today = CivilTime.date(clock.instant());
        return jdbc.sql("select " + OWN_SQL + """
                from body b
                where b.id = ? and b.kind <> 'party_organisation' and b.since <= ? and (b.until is null or b.until > ?)
                  and case b.kind
                      when 'company' then exists (select from contract c
                                                  where c.company = b.id and c.estate = ? and c.during @> cast(? as date))
                      else ? like b.area || '%' end
                """)
                .params(body, today, today, order.estate, today, order.community)
                .query(Boolean.class)
                .optional()
                .orElseThrow(() -> Refusal.of("holder", "这家单位不管这个小区。请另选一家。"));
    }
}

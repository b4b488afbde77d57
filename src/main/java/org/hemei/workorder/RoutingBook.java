package org.hemei.workorder;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import org.hemei.platform.Missing;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.Routing.About;
import org.hemei.workorder.Routing.Matter;
import org.hemei.workorder.Routing.Rule;
import org.hemei.workorder.Routing.Target;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * The routing rules in force, and what they say of an order. Changes take effect on a later day, so a copy that is half a
 * minute old is good enough but at midnight; each day has its own.
 */
@Component
public class RoutingBook {

    private static final int FRESH_SECONDS = 30;

    /**
     * Where an estate's orders can go on a day.
     *
     * @param holder the company under contract, else the community's backstop team
     * @param committee the residents' committee, where somebody of it takes orders
     */
    public record Ground(
            String community,
            Set<String> kinds,
            @Nullable Long holder,
            @Nullable Long backstop,
            @Nullable Long committee) {

        /** The body a target means here; null when there is none. */
        public @Nullable Long body(Target target, @Nullable Long named) {
            return switch (target) {
                case HOLDER -> holder;
                case BACKSTOP -> backstop;
                case COMMUNITY -> committee == null ? backstop : committee;
                case NAMED -> named;
            };
        }
    }

    /**
     * What the rules say.
     *
     * @param rule null when none is about it: then the estate's holder, in the order's own time
     * @param body whom to send it to; null only where nobody is there at all
     * @param instead whether whoever the rule names is not there, so that the estate's holder steps in
     * @param urgency the deadline class by which the clocks of the dispatched order run
     */
    public record Answer(@Nullable Rule rule, @Nullable Long body, boolean instead, Urgency urgency) {}

    private record Read(List<Rule> rules, LocalDate day, Instant at) {}

    private final JdbcClient jdbc;
    private final InstantSource clock;
    private volatile @Nullable Read last;

    RoutingBook(JdbcClient jdbc, InstantSource clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** The rules of today. */
    public Routing current() {
        return new Routing(today());
    }

    private List<Rule> today() {
        var now = clock.instant();
        var day = CivilTime.date(now);
        var read = last;
        if (read == null
                || !read.day.equals(day)
                || now.isBefore(read.at)
                || read.at.plusSeconds(FRESH_SECONDS).isBefore(now)) {
            read = new Read(on(day), day, now);
            last = read;
        }
        return read.rules;
    }

    /** After rules were changed: this copy of the process reads them anew. */
    public void changed() {
        last = null;
    }

    /** The rules as they are planned now for a day. */
    public List<Rule> on(LocalDate day) {
        return jdbc.sql("select " + COLUMNS + """
                        from routing_rule r left join body b on b.id = r.body
                        where r.valid @> cast(:on as date) and r.withdrawn_at is null
                        """)
                .param("on", day)
                .query((r, n) -> read(r))
                .list();
    }

    /** Columns for {@link #read}: of rule r and its body b as of :on. */
    public static final String COLUMNS = """
            r.id, r.area, r.category, r.kinds, r.target, r.urgency, r.basis,
            case when b.since <= :on and (b.until is null or b.until > :on) then b.id end as standing_body
            """;

    public static Rule read(ResultSet r) throws SQLException {
        var urgency = r.getString("urgency");
        return new Rule(
                r.getLong("id"),
                new About(r.getString("area"), r.getString("category"), texts(r.getArray("kinds"))),
                Target.of(r.getString("target")),
                r.getObject("standing_body", Long.class),
                urgency == null ? null : Urgency.of(urgency),
                r.getString("basis"));
    }

    public static Set<String> texts(Array array) throws SQLException {
        return Set.of((String[]) array.getArray());
    }

    /** Columns for {@link #ground}: of estate e on :on, for what is filed there today. */
    public static final String GROUND = ground("e.community");

    /** Columns for {@link #ground}: of estate e on :on, for order o. Its community answers for it also after the estate left. */
    public static final String GROUND_OF_ORDER = ground("o.community");

    private static String ground(String community) {
        return """
                %1$s as community, e.kinds, default_holder(e.id, %1$s, :on) as holder,
                (select b.id from body b where b.area = %1$s and b.kind = 'backstop_team' and b.since <= :on
                   and (b.until is null or b.until > :on) order by b.id limit 1) as backstop,
                (select b.id from body b where b.area = %1$s and b.kind = 'residents_committee' and b.since <= :on
                   and (b.until is null or b.until > :on)
                   and exists (select from access_grant g where g.body = b.id and g.role = 'MANAGER' and g.since <= :at
                                 and (g.until is null or g.until > :at))
                 order by b.id limit 1) as committee
                """.formatted(community);
    }

    public static Ground ground(ResultSet r) throws SQLException {
        return new Ground(
                r.getString("community"),
                texts(r.getArray("kinds")),
                r.getObject("holder", Long.class),
                r.getObject("backstop", Long.class),
                r.getObject("committee", Long.class));
    }

    /** What the rules of today say of an order. */
    public Answer answer(OrderId id) {
        return about(
                "select o.category, c.parent, o.urgency, " + GROUND_OF_ORDER + """
                from work_order o join estate e on e.id = o.estate join category c on c.code = o.category
                where o.district = :district and o.id = :id
                """,
                "没有这张工单。",
                "district",
                id.district(),
                "id",
                id.id());
    }

    /** What the rules of today would say of a matter of this category at an estate. */
    public Answer answer(long estate, String category) {
        return about(
                "select c.code as category, c.parent, c.urgency, " + GROUND + """
                from estate e join category c on c.code = :category
                where e.id = :estate
                """,
                "没有这个小区，或没有这一类。",
                "estate",
                estate,
                "category",
                category);
    }

    private Answer about(String sql, String otherwise, String first, Object one, String second, Object two) {
        var now = clock.instant();
        return jdbc.sql(sql)
                .param(first, one)
                .param(second, two)
                .param("on", CivilTime.date(now))
                .param("at", WorkOrders.stamp(now))
                .query((r, n) -> answer(
                        current(),
                        ground(r),
                        r.getString("category"),
                        r.getString("parent"),
                        Urgency.of(r.getString("urgency"))))
                .optional()
                .orElseThrow(() -> new Missing(otherwise));
    }

    /** What these rules say of a matter on this ground. */
    public static Answer answer(Routing routing, Ground ground, String category, @Nullable String branch, Urgency own) {
        var rule = routing.rule(new Matter(ground.community, category, branch, ground.kinds))
                .orElse(null);
        if (rule == null) {
            return new Answer(null, ground.holder, false, own);
        }
        var body = ground.body(rule.target(), rule.body());
        var urgency = rule.urgency() == null ? own : rule.urgency();
        return body == null ? new Answer(rule, ground.holder, true, urgency) : new Answer(rule, body, false, urgency);
    }
}

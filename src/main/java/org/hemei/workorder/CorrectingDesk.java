package org.hemei.workorder;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.workorder.OrderClock.Part;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 更正: puts an order's category, urgency or place right, with what it was in its history. What it does to its clocks is {@link Correcting}. */
@Service
public class CorrectingDesk {

    /** Common ground, or common parts of a building. */
    public static final long NONE = 0;

    /**
     * What is right; null leaves what there is.
     *
     * @param category a leaf of the tree; @param urgency null with a category: the one that the category has
     * @param building of the same estate, or {@link #NONE}; @param unit of that building, or {@link #NONE}
     */
    public record Right(
            @Nullable String category,
            @Nullable Urgency urgency,
            @Nullable Long building,
            @Nullable Long unit) {}

    /** What an order is about and where, as it stands or as it shall. */
    private record Facts(String category, Urgency urgency, long building, long unit) {}

    private final WorkOrders orders;
    private final Standings standings;
    private final ClockDesk clocks;
    private final DeadlineBook deadlines;
    private final RoutingBook routing;
    private final InstantSource clock;
    private final JdbcClient jdbc;

    CorrectingDesk(
            WorkOrders orders,
            Standings standings,
            ClockDesk clocks,
            DeadlineBook deadlines,
            RoutingBook routing,
            InstantSource clock,
            JdbcClient jdbc) {
        this.orders = orders;
        this.standings = standings;
        this.clocks = clocks;
        this.deadlines = deadlines;
        this.routing = routing;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    /** @param reason required; the reporter reads it */
    @Transactional
    public void correct(Reader reader, OrderId id, int version, Right said, String reason) {
        var admitted = standings.admit(reader, id, version);
        var order = admitted.order();
        var was = was(id);
        var reasons = new ArrayList<>(Said.words("reason", reason, "为什么更正"));
        var right = right(order, was, said, reasons);
        if (reasons.isEmpty() && right.equals(was)) {
            reasons.add(new Refusal.Reason("category", "和原来的一样，没有要更正的。"));
        }
        Said.check(reasons);
        // first, so that the routing rules are asked about what is right
        jdbc.sql("""
                update work_order set category = ?, urgency = ?, building = nullif(cast(? as bigint), 0),
                                      unit = nullif(cast(? as bigint), 0)
                where district = ? and id = ?
                """)
                .params(right.category, right.urgency.code(), right.building, right.unit, id.district(), id.id())
                .update();
        OrderTerms.renew(jdbc, id);
        var now = clock.instant();
        var part = order.holder == null ? Part.INTAKE : Part.WORK;
        var open = Transitions.find(order.state, Verb.CORRECT).isPresent();
        var step = open
                ? Correcting.correct(
                        order,
                        admitted.actor(),
                        now,
                        right.category,
                        right.urgency,
                        routing.answer(id).urgency(),
                        runs(order, part),
                        deadlines.current())
                : order.step(Verb.CORRECT, admitted.actor(), now);
        orders.save(order, changed(step, was, right), reason);
    }

    /** With the returns of its holder that were refused: only then can it be corrected again. */
    private Correcting.Runs runs(WorkOrder order, Part part) {
        var running = clocks.running(order, part);
        if (part == Part.INTAKE) {
            return new Correcting.Runs(running, List.of());
        }
        return new Correcting.Runs(
                running,
                jdbc.sql("""
                        select raised_at, decided_at from order_dispute
                        where district = ? and order_id = ? and holder = ? and outcome = 'refused' and raised_at >= ?
                        order by raised_at
                        """)
                        .params(order.id.district(), order.id.id())
                        .param(order.holder)
                        .param(WorkOrders.stamp(running.since()))
                        .query((r, n) -> new Correcting.Stood(
                                r.getTimestamp("raised_at").toInstant(),
                                r.getTimestamp("decided_at").toInstant()))
                        .list());
    }

    private Facts was(OrderId id) {
        return jdbc.sql("""
                select category, urgency, coalesce(building, 0) as building, coalesce(unit, 0) as unit from work_order
                where district = ? and id = ?
                """)
                .params(id.district(), id.id())
                .query((r, n) -> new Facts(
                        r.getString("category"),
                        Urgency.of(r.getString("urgency")),
                        r.getLong("building"),
                        r.getLong("unit")))
                .single();
    }

    private Facts right(WorkOrder order, Facts was, Right said, List<Refusal.Reason> reasons) {
        var category = Objects.requireNonNullElse(said.category, was.category);
        var building = Objects.requireNonNullElse(said.building, was.building);
        var moved = building != was.building;
        var unit = said.unit == null ? (moved ? NONE : was.unit) : said.unit;
        var own = jdbc.sql("select urgency from category where code = ? and active and parent is not null")
                .param(category)
                .query(String.class)
                .optional()
                .map(Urgency::of)
                .orElse(null);
        if (own == null && !category.equals(was.category)) {
            reasons.add(new Refusal.Reason("category", "请选是哪类事。"));
        }
        if (building != NONE
                && !exists(
                        "select exists (select from building where id = ? and estate = ?)", building, order.estate)) {
            reasons.add(new Refusal.Reason("building", "这幢楼不在这个小区。请重新选；是别的小区的，用“转到别处”。"));
        }
        if (unit != NONE && !exists("select exists (select from unit where id = ? and building = ?)", unit, building)) {
            reasons.add(new Refusal.Reason("unit", "这个门牌不在这幢楼。请重新填。"));
        }
        var urgency = said.urgency != null ? said.urgency : said.category == null || own == null ? was.urgency : own;
        return new Facts(category, urgency, building, unit);
    }

    private boolean exists(String sql, long one, long other) {
        return jdbc.sql(sql).params(one, other).query(Boolean.class).single();
    }

    /** Ids and codes only: their names are read when somebody reads the history. */
    private static Step changed(Step step, Facts was, Facts right) {
        var told = step;
        if (!was.category.equals(right.category)) {
            told = told.with("category_was", was.category).with("category", right.category);
        }
        if (was.urgency != right.urgency) {
            told = told.with("urgency_was", was.urgency.code()).with("urgency", right.urgency.code());
        }
        if (was.building != right.building) {
            told = told.with("building_was", was.building).with("building", right.building);
        }
        return was.unit == right.unit ? told : told.with("unit_was", was.unit).with("unit", right.unit);
    }
}

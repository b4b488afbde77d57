package org.hemei.workorder.clock;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.DeadlineBook;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.OrderClock;
import org.hemei.workorder.OrderClock.Planned;
import org.hemei.workorder.OrderClocks;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.TimeDesk;
import org.hemei.workorder.Verb;
import org.hemei.workorder.WorkOrder;
import org.hemei.workorder.clock.OrderTiming.Asked;
import org.hemei.workorder.clock.OrderTiming.Standstill;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads {@link OrderTiming}, and what the forms about time offer. */
@Component
public class TimingQueries {

    /**
     * What a form about time offers.
     *
     * @param days how many working days may be asked for at most; @param now the deadline that runs
     */
    public record Offer(int days, List<TimeDesk.Obstacle> obstacles) {
        public static final Offer NOTHING = new Offer(0, List.of());
    }

    private final OrderClocks clocks;
    private final TimeDesk desk;
    private final DeadlineBook deadlines;
    private final InstantSource clock;
    private final JdbcClient jdbc;

    TimingQueries(OrderClocks clocks, TimeDesk desk, DeadlineBook deadlines, InstantSource clock, JdbcClient jdbc) {
        this.clocks = clocks;
        this.desk = desk;
        this.deadlines = deadlines;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    public OrderTiming of(WorkOrder order) {
        var running = clocks.all(order.id());
        var ahead = running.stream()
                .flatMap(clock -> clock.ahead(order).stream())
                .sorted(Comparator.comparing(Planned::at))
                .toList();
        var requests = requests(order.id());
        return new OrderTiming(
                standstill(order, running),
                requests.stream()
                        .map(Request::asked)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                ahead,
                requests.stream().anyMatch(Request::extended));
    }

    private @Nullable Standstill standstill(WorkOrder order, List<OrderClock> running) {
        var stop = order.suspended()
                ? running.stream()
                        .map(OrderClock::stop)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null)
                : null;
        return stop == null
                ? null
                : jdbc.sql("select name, waits from obstacle where code = ?"
                                + " order by valid @> cast(? as date) desc, upper_inf(valid) desc limit 1")
                        .params(stop.obstacle(), CivilTime.date(stop.at()))
                        .query((r, n) -> new Standstill(r.getString("name"), r.getString("waits"), stop.resumes()))
                        .optional()
                        .orElse(new Standstill("客观障碍", "障碍消除", stop.resumes()));
    }

    /** @param extended whether it was a granted extension; @param asked when it still waits */
    private record Request(boolean extended, @Nullable Asked asked) {}

    private List<Request> requests(OrderId id) {
        return jdbc.sql("""
                select t.state, t.kind, t.days, t.until_day, t.asked_at, t.decide_due, m.words, o.resolve_due,
                       (select b.name from obstacle b where b.code = t.obstacle
                        order by b.valid @> cast(t.asked_at at time zone 'Asia/Shanghai' as date) desc, upper_inf(b.valid) desc
                        limit 1) as obstacle
                from order_time_request t
                         join work_order o on o.district = t.district and o.id = t.order_id
                         left join work_order_remark m on m.district = t.district and m.order_id = t.order_id and m.seq = t.seq
                where t.district = ? and t.order_id = ? and t.state in ('asked', 'granted')
                """)
                .params(id.district(), id.id())
                .query((r, n) -> {
                    var extension = r.getString("kind").equals("extension");
                    if (r.getString("state").equals("granted")) {
                        return new Request(extension, null);
                    }
                    var days = r.getObject("days", Integer.class);
                    var due = r.getTimestamp("resolve_due");
                    return new Request(
                            false,
                            new Asked(
                                    extension,
                                    days,
                                    days == null || due == null ? null : longer(due.toInstant(), days),
                                    r.getString("obstacle"),
                                    r.getObject("until_day", LocalDate.class),
                                    r.getTimestamp("asked_at").toInstant(),
                                    r.getTimestamp("decide_due").toInstant(),
                                    r.getString("words")));
                })
                .list();
    }

    private Instant longer(Instant due, int days) {
        return deadlines.current().extended(due, days, clock.instant());
    }

    public Offer offer(Verb verb, WorkOrder order) {
        return switch (verb) {
            case ASK_EXTENSION ->
                new Offer(deadlines.current().rule(order.about(), Timer.EXTEND).amount(), List.of());
            case ASK_SUSPENSION -> new Offer(0, desk.obstacles());
            default -> Offer.NOTHING;
        };
    }
}

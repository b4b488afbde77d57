package org.hemei.workorder;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.TimeRequest.Outcome;
import org.hemei.workorder.WorkOrder.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 延期、挂起: the holder asks for time, the community decides, the clock follows. One method a verb, as in {@link WorkOrderDesk}. */
@Service
public class TimeDesk {

    /** An objective obstacle that the rules know. */
    public record Obstacle(String code, String name, String waits, int maxDays, String basis) {}

    private final WorkOrders orders;
    private final ClockDesk clocks;
    private final TimeRequest.Rows requests;
    private final Standings standings;
    private final DeadlineBook deadlines;
    private final InstantSource clock;
    private final JdbcClient jdbc;

    TimeDesk(
            WorkOrders orders,
            ClockDesk clocks,
            TimeRequest.Rows requests,
            Standings standings,
            DeadlineBook deadlines,
            InstantSource clock,
            JdbcClient jdbc) {
        this.orders = orders;
        this.clocks = clocks;
        this.requests = requests;
        this.standings = standings;
        this.deadlines = deadlines;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    /** The obstacles that can be named today, in their order. */
    public List<Obstacle> obstacles() {
        return jdbc.sql("""
                select code, name, waits, max_days, basis from obstacle where valid @> cast(? as date) order by position, code
                """)
                .param(CivilTime.date(clock.instant()))
                .query(Obstacle.class)
                .list();
    }

    /** @param days working days more than the deadline that runs */
    @Transactional
    public void askExtension(Reader reader, OrderId id, int version, @Nullable Integer days, String reason) {
        var reasons = new ArrayList<>(Said.words("reason", reason, "为什么要延期"));
        if (days == null) {
            reasons.add(new Refusal.Reason("days", "请填要延几个工作日。"));
        }
        Said.check(reasons);
        var asked = Objects.requireNonNull(days);
        var admitted = standings.admit(reader, id, version);
        var order = admitted.order();
        var now = clock.instant();
        var step =
                OrderTime.askExtension(order, admitted.actor(), now, asked, requests.extended(id), deadlines.current());
        ask(
                order,
                step,
                new TimeRequest(step.seq(), true, asked, null, null, reader.account(), now, due(step)),
                reason);
    }

    /** @param until the day on which the clock goes on by itself */
    @Transactional
    public void askSuspension(
            Reader reader, OrderId id, int version, String obstacle, @Nullable LocalDate until, String reason) {
        var known = obstacles().stream().filter(o -> o.code.equals(obstacle)).findFirst();
        var reasons = new ArrayList<>(Said.words("reason", reason, "具体是什么情况"));
        if (known.isEmpty()) {
            reasons.add(new Refusal.Reason("obstacle", "请选是哪一种客观障碍。"));
        }
        if (until == null) {
            reasons.add(new Refusal.Reason("until", "请选哪天恢复计时。"));
        }
        Said.check(reasons);
        var day = Objects.requireNonNull(until);
        var most = known.orElseThrow().maxDays;
        var admitted = standings.admit(reader, id, version);
        var order = admitted.order();
        var now = clock.instant();
        var step = OrderTime.askSuspension(order, admitted.actor(), now, obstacle, day, most, deadlines.current());
        ask(
                order,
                step,
                new TimeRequest(step.seq(), false, null, obstacle, day, reader.account(), now, due(step)),
                reason);
    }

    private static Instant due(Step asked) {
        return Instant.parse((String) Objects.requireNonNull(asked.detail().get("decide")));
    }

    private void ask(WorkOrder order, Step step, TimeRequest request, String reason) {
        orders.save(order, step, reason.strip());
        requests.add(order.id, request);
    }

    @Transactional
    public void grantExtension(Reader reader, OrderId id, int version, String words) {
        Said.check(Said.atMost("words", words, "要说的话"));
        decide(reader, id, version, true, Outcome.GRANTED, words, (order, actor, now, request) -> {
            var work = clocks.work(order);
            return OrderTime.grantExtension(order, actor, now, request, work, deadlines.asOf(work.since()));
        });
    }

    @Transactional
    public void refuseExtension(Reader reader, OrderId id, int version, String reason) {
        Said.check(Said.words("reason", reason, "不同意的理由"));
        decide(reader, id, version, true, Outcome.REFUSED, reason, OrderTime::refuse);
    }

    @Transactional
    public void grantSuspension(Reader reader, OrderId id, int version, String words) {
        Said.check(Said.atMost("words", words, "要说的话"));
        decide(
                reader,
                id,
                version,
                false,
                Outcome.GRANTED,
                words,
                (order, actor, now, request) ->
                        OrderTime.grantSuspension(order, actor, now, request, clocks.work(order), deadlines.current()));
    }

    @Transactional
    public void refuseSuspension(Reader reader, OrderId id, int version, String reason) {
        Said.check(Said.words("reason", reason, "不同意的理由"));
        decide(reader, id, version, false, Outcome.REFUSED, reason, OrderTime::refuse);
    }

    /** The obstacle is gone before its day. */
    @Transactional
    public void resume(Reader reader, OrderId id, int version, String words) {
        Said.check(Said.atMost("words", words, "情况"));
        var admitted = standings.admit(reader, id, version);
        var order = admitted.order();
        order.expect(Verb.RESUME);
        var work = clocks.work(order);
        var then = deadlines.asOf(work.since());
        var step = OrderTime.resume(order, admitted.actor(), clock.instant(), work, then);
        orders.save(order, step, words.strip());
    }

    private interface Decision {
        Step on(WorkOrder order, Actor actor, Instant now, TimeRequest request);
    }

    private void decide(
            Reader reader,
            OrderId id,
            int version,
            boolean extension,
            Outcome outcome,
            String words,
            Decision decision) {
        var admitted = standings.admit(reader, id, version);
        var order = admitted.order();
        var request = requests.open(id)
                .filter(open -> open.extension() == extension)
                .orElseThrow(() -> Refusal.of("没有要定的申请。请刷新再看。"));
        var now = clock.instant();
        orders.save(order, decision.on(order, admitted.actor(), now, request), words.strip());
        requests.end(id, outcome, reader.account(), now);
    }
}

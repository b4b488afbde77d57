package org.hemei.workorder;

import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.workorder.WorkOrder.Actor;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * What people do with an order, one method a verb: lock, check, append, announce, in one transaction. Each takes the
 * version the person saw; an order outside their scope is {@link Missing}, a rule against it a {@link Refusal}, a change
 * in between {@link org.hemei.platform.Stale}.
 */
@Service
public class WorkOrderDesk {

    private final WorkOrders orders;
    private final Standings standings;
    private final DeadlineBook deadlines;
    private final RoutingBook routing;
    private final HolderRule holders;
    private final CancelledHelp help;
    private final ClockDesk clocks;
    private final Joiners joiners;
    private final Photos photos;
    private final TimeRequest.Rows requests;
    private final InstantSource clock;
    private final JdbcClient jdbc;

    WorkOrderDesk(
            WorkOrders orders,
            Standings standings,
            DeadlineBook deadlines,
            RoutingBook routing,
            HolderRule holders,
            CancelledHelp help,
            ClockDesk clocks,
            Joiners joiners,
            Photos photos,
            TimeRequest.Rows requests,
            InstantSource clock,
            JdbcClient jdbc) {
        this.orders = orders;
        this.standings = standings;
        this.deadlines = deadlines;
        this.routing = routing;
        this.holders = holders;
        this.help = help;
        this.clocks = clocks;
        this.joiners = joiners;
        this.photos = photos;
        this.requests = requests;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    /** One verb in its frame. */
    private interface Act {
        Step on(WorkOrder order, Actor actor, Instant now);
    }

    @Transactional
    public void accept(Reader reader, OrderId id, int version) {
        act(reader, id, version, null, WorkOrder::accept);
    }

    /** @param elsewhere where the resident should go instead; required, 不予受理 never just ends */
    @Transactional
    public void reject(Reader reader, OrderId id, int version, String reason, String elsewhere) {
        Said.check(Said.words("reason", reason, "不予受理的理由"), Said.words("elsewhere", elsewhere, "该去哪儿办"));
        act(
                reader,
                id,
                version,
                reason,
                (order, actor, now) ->
                        order.reject(actor, now, elsewhere.strip()).cancelling(help.all(order)));
    }

    @Transactional
    public void answer(Reader reader, OrderId id, int version, String answer) {
        Said.check(Said.words("words", answer, "答复"));
        act(
                reader,
                id,
                version,
                answer,
                (order, actor, now) -> order.answer(actor, now).cancelling(help.all(order)));
    }

    /** Merges into another open order of the same estate; its reporter follows that one from now on. */
    @Transactional
    public void merge(Reader reader, OrderId id, int version, OrderId into) {
        if (into.district() != id.district()) {
            throw Refusal.of("kept", "只能合并到同一个小区的工单。");
        }
        orders.lockInOrder(id.district(), id.id(), into.id());
        var admitted = standings.admit(reader, id, version);
        var order = admitted.order();
        var actor = admitted.actor();
        var kept = orders.lockIfAny(into)
                .filter(found -> !standings.of(reader, found).isEmpty())
                .orElseThrow(() -> Refusal.of("kept", "没有这张工单。请核对单号。"));
        orders.save(order, Leaving.merge(order, actor, clock.instant(), kept).cancelling(help.all(order)), null);
        joiners.follow(id, into);
    }

    /** It was another matter after all: while the kept order still runs, or when it ended without a result to rate. */
    @Transactional
    public void unmerge(Reader reader, OrderId id, int version, String reason) {
        Said.check(Said.words("reason", reason, "为什么取消合并"));
        orders.lockInOrder(id.district(), id.id());
        var admitted = standings.admit(reader, id, version);
        var order = admitted.order();
        var into = order.kept == null ? null : new OrderId(id.district(), order.kept);
        if (into != null && resultThere(into)) {
            throw Refusal.of("保留的那张单已经结束，不能再取消合并。点单人觉得没解决，可以在评价里说。");
        }
        orders.save(order, Leaving.unmerge(order, admitted.actor(), clock.instant(), deadlines.current()), reason);
        if (into != null) {
            joiners.unfollow(id, into);
        }
    }

    /** Whether what it was merged into, and that one maybe into another, has ended with something to rate. */
    private boolean resultThere(OrderId into) {
        var kept = orders.find(into).orElse(null);
        if (kept == null) {
            return false;
        }
        return kept.state == OrderState.MERGED && kept.kept != null
                ? resultThere(new OrderId(into.district(), kept.kept))
                : !kept.state.open() && !kept.state.withoutResult();
    }

    /** Names the first holder, see {@link #dispatch(Reader, OrderId, int, long, String)}. */
    @Transactional
    public void dispatch(Reader reader, OrderId id, int version, long holder) {
        dispatch(reader, id, version, holder, "");
    }

    /**
     * Names the holder. A submitted order is accepted in the same stroke, as its own step of the history. An order that somebody
     * holds is taken from them (改派): they and the reporter read why, and what they asked others for ends.
     *
     * @param reason required where somebody holds it; otherwise nothing is said
     */
    @Transactional
    public void dispatch(Reader reader, OrderId id, int version, long holder, String reason) {
        var admitted = standings.admit(reader, id, version);
        var order = admitted.order();
        var actor = admitted.actor();
        var backstop = holders.backstop(holder, order);
        var now = clock.instant();
        var held = order.holder != null;
        Said.check(held ? Said.words("reason", reason, "为什么改派") : List.of());
        var steps = 1;
        if (order.state == OrderState.SUBMITTED) {
            orders.note(order, order.accept(actor, now));
            steps++;
        }
        var step = Holding.dispatch(order, actor, now, holder, backstop, routing.answer(id), deadlines.current());
        orders.save(order, steps, held ? step.cancelling(help.asked(order)) : step, held ? reason : null);
    }

    private java.time.LocalDate today() {
        return CivilTime.date(clock.instant());
    }

    @Transactional
    public void take(Reader reader, OrderId id, int version) {
        act(reader, id, version, null, Holding::take);
    }

    /** Gives the work to somebody of the holder's own staff. */
    @Transactional
    public void assign(Reader reader, OrderId id, int version, long worker) {
        act(reader, id, version, null, (order, actor, now) -> {
            if (!worksFor(worker, order)) {
                throw Refusal.of("assignee", "这个人不在处理单位。请从名单里选。");
            }
            return Holding.assign(order, actor, now, worker);
        });
    }

    private boolean worksFor(long account, WorkOrder order) {
        return jdbc.sql("""
                select exists (select from access_grant
                               where account = ? and body = ? and role in ('MANAGER', 'STAFF')
                                 and (estate is null or estate = ?) and since <= ? and (until is null or until > ?))
                """)
                .param(account)
                .param(order.holder)
                .param(order.estate)
                .param(WorkOrders.stamp(clock.instant()))
                .param(WorkOrders.stamp(clock.instant()))
                .query(Boolean.class)
                .single();
    }

    /** @param how phone, visit or message */
    @Transactional
    public void contact(Reader reader, OrderId id, int version, String how, String words) {
        var reasons = new ArrayList<>(Said.words("words", words, "联系时说了什么"));
        if (!List.of("phone", "visit", "message").contains(how)) {
            reasons.add(new Refusal.Reason("how", "请选怎么联系的：电话、上门或留言。"));
        }
        Said.check(reasons);
        act(reader, id, version, words, (order, actor, now) -> Holding.contact(order, actor, now, how));
    }

    /** What an incident tells all of them is the contact: they have the words from there, and are not told twice. */
    @Transactional
    public void informed(Reader reader, OrderId id, int version, String words) {
        act(
                reader,
                id,
                version,
                words,
                (order, actor, now) ->
                        Holding.contact(order, actor, now, "message").with("by", "incident"));
    }

    /** 没联系, by the resident or in the words of a caller: it goes before the log. */
    @Transactional
    public void denyContact(Reader reader, OrderId id, int version) {
        act(reader, id, version, null, Holding::denyContact);
    }

    @Transactional
    public void resolve(Reader reader, OrderId id, int version, String words, List<UUID> before, List<UUID> after) {
        var reasons = new ArrayList<>(Said.words("words", words, "怎么处理的"));
        reasons.addAll(Said.photos("after", before.size() + after.size()));
        Said.check(reasons);
        act(reader, id, version, words, (order, actor, now) -> {
            photos.attach(reader, id, before, Photos.Use.BEFORE);
            photos.attach(reader, id, after, Photos.Use.AFTER);
            if (order.assisted) {
                noPartOpen(id);
            }
            lapse(order.id, order.state, now);
            return order.resolve(actor, now, deadlines.current()).cancelling(help.all(order));
        });
    }

    @Transactional
    public void verify(Reader reader, OrderId id, int version, String words) {
        Said.check(Said.atMost("words", words, "核验情况"));
        act(
                reader,
                id,
                version,
                words,
                (order, actor, now) -> Verifying.verify(order, actor, now, deadlines.current()));
    }

    @Transactional
    public void sendBack(Reader reader, OrderId id, int version, String reason) {
        Said.check(Said.words("reason", reason, "退回的理由"));
        act(reader, id, version, reason, (order, actor, now) -> {
            var reported = order.state == OrderState.RESOLVED ? order.resolvedAt : null;
            if (reported == null) {
                return order.step(Verb.SEND_BACK, actor, now);
            }
            var since = new OrderTime.Standstill(reported, clocks.work(order));
            return Verifying.sendBack(
                    order, actor, now, since, deadlines.asOf(since.work().since()));
        });
    }

    @Transactional
    public void withdraw(Reader reader, OrderId id, int version, String reason) {
        Said.check(Said.atMost("reason", reason, "撤单的理由"));
        act(reader, id, version, reason, (order, actor, now) -> {
            var state = order.state;
            var step = Leaving.withdraw(order, actor, now);
            if (order.state.open()) {
                return step;
            }
            lapse(order.id, state, now);
            return step.cancelling(help.all(order));
        });
    }

    @Transactional
    public void remark(Reader reader, OrderId id, int version, String words, List<UUID> pictures) {
        var reasons = new ArrayList<>(Said.words("words", words, "情况"));
        reasons.addAll(Said.photos("photos", pictures.size()));
        Said.check(reasons);
        act(reader, id, version, words, (order, actor, now) -> {
            photos.attach(reader, id, pictures, Photos.Use.REMARK);
            return order.remark(actor, now);
        });
    }

    /** 催办: at most once a day by the same person, so that it keeps its weight. */
    @Transactional
    public void urge(Reader reader, OrderId id, int version) {
        act(reader, id, version, null, (order, actor, now) -> {
            if (urgedSince(id, reader, CivilTime.startOf(today()))) {
                throw Refusal.of("您今天已经催过了，处理的人看得到。明天还没动静再催。");
            }
            return order.urge(actor, now);
        });
    }

    private boolean urgedSince(OrderId id, Reader reader, Instant since) {
        return jdbc.sql("""
                select exists (select from work_order_step
                               where district = ? and order_id = ? and verb = 'urge' and actor = ? and at >= ?)
                """)
                .params(id.district(), id.id(), reader.account(), WorkOrders.stamp(since))
                .query(Boolean.class)
                .single();
    }

    /** 联合办理: the lead cannot report the whole as done before the parts are. */
    private void noPartOpen(OrderId id) {
        var open =
                jdbc.sql("""
                select b.short_name from assist_task t join body b on b.id = t.body
                where t.district = ? and t.order_id = ? and t.joint and t.state in ('asked', 'accepted') order by t.id
                """).params(id.district(), id.id()).query(String.class).list();
        if (!open.isEmpty()) {
            throw Refusal.of("联合办理的" + String.join("、", open) + "还没办完自己那部分。等他们报了结果，或请社区撤下，再报处理好。");
        }
    }

    /** What the holder asked for has no point any more. */
    private void lapse(OrderId id, OrderState state, Instant now) {
        if (state == OrderState.EXTENSION_REQUESTED || state == OrderState.SUSPENSION_REQUESTED) {
            requests.end(id, TimeRequest.Outcome.LAPSED, null, now);
        }
    }

    private void act(Reader reader, OrderId id, int version, @Nullable String words, Act act) {
        var admitted = standings.admit(reader, id, version);
        var order = admitted.order();
        orders.save(order, act.on(order, admitted.actor(), clock.instant()), words);
    }
}

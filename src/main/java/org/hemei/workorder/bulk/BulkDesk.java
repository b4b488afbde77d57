package org.hemei.workorder.bulk;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.Stale;
import org.hemei.platform.job.Jobs;
import org.hemei.platform.log.Audit;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.Said;
import org.hemei.workorder.TransferDesk;
import org.hemei.workorder.WorkOrderDesk;
import org.hemei.workorder.bulk.Bulks.Bulk;
import org.hemei.workorder.bulk.Bulks.Row;
import org.hemei.workorder.list.OrderFilter;
import org.hemei.workorder.list.OrderListQueries;
import org.hemei.workorder.supervision.OfferedOrders;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * One act on many orders. The preview does the act with each and takes it back, so that it says exactly what the act itself will
 * say; then each order is a transaction of its own, on the version that was seen. What goes wrong with one concerns no other.
 */
@Service
class BulkDesk {

    /** As many as one plan holds. */
    static final int MOST = 500;

    /** More than this goes on behind the pages. */
    static final int AT_ONCE = 50;

    private final Bulks bulks;
    private final OrderListQueries lists;
    private final OfferedOrders offered;
    private final WorkOrderDesk desk;
    private final TransferDesk transfers;
    private final Jobs jobs;
    private final Audit audit;
    private final TransactionTemplate transaction;

    BulkDesk(
            Bulks bulks,
            OrderListQueries lists,
            OfferedOrders offered,
            WorkOrderDesk desk,
            TransferDesk transfers,
            Jobs jobs,
            Audit audit,
            TransactionTemplate transaction) {
        this.bulks = bulks;
        this.lists = lists;
        this.offered = offered;
        this.desk = desk;
        this.transfers = transfers;
        this.jobs = jobs;
        this.audit = audit;
        this.transaction = transaction;
    }

    /** Keeps what was chosen. Orders outside the reader's scope are not taken in. */
    @Transactional
    public long plan(Reader reader, BulkAct act, Map<String, String> query, List<OrderId> chosen, boolean all) {
        var ids = all
                ? found(reader, act, query)
                : within(
                        reader, act, chosen.stream().distinct().limit(MOST + 1L).toList());
        if (ids.isEmpty()) {
            throw Refusal.of("pick", "没有选中工单。请先勾选，或先筛选再选全部。");
        }
        if (ids.size() > MOST) {
            throw Refusal.of("pick", "一次最多办 " + MOST + " 件。请缩小筛选再选。");
        }
        return bulks.add(reader, act, back(act, query), ids);
    }

    private List<OrderId> found(Reader reader, BulkAct act, Map<String, String> query) {
        return act == BulkAct.TAKE_TRANSFER
                ? offered.found(reader, query, MOST + 1)
                : lists.ids(reader, OrderFilter.of(query), MOST + 1);
    }

    private List<OrderId> within(Reader reader, BulkAct act, List<OrderId> chosen) {
        return act == BulkAct.TAKE_TRANSFER ? offered.within(reader, chosen) : lists.within(reader, chosen);
    }

    /** The list that was chosen on, under its filter. */
    String back(@Nullable BulkAct act, Map<String, String> query) {
        return act == BulkAct.TAKE_TRANSFER
                ? offered.address(query).toString()
                : OrderFilter.of(query).on("/orders").toString();
    }

    /** @param target a body, a worker, or 0 for the default holder of each; @param reason why what somebody holds goes to another */
    @Transactional
    public void target(Reader reader, Bulk bulk, long target, String reason) {
        Said.check(Said.atMost("reason", reason, "为什么改派"));
        var known = bulk.act() == BulkAct.DISPATCH
                ? target == 0 || bulks.holders(bulk.id()).stream().anyMatch(t -> t.id() == target)
                : bulks.workers(bulk.id()).stream().anyMatch(t -> t.id() == target);
        if (!known) {
            throw Refusal.of("target", "请从名单里选。");
        }
        bulks.target(bulk.id(), target, reason.strip());
    }

    /** Looks at each order: does the act, and takes it back. */
    void look(Reader reader, Bulk bulk, Runnable step) {
        var holders = holders(bulk);
        for (var row : bulks.open(bulk.id())) {
            var problem = problem(
                    bulk.act(),
                    () -> transaction.executeWithoutResult(status -> {
                        status.setRollbackOnly();
                        act(reader, bulk, row, holders);
                    }));
            if (!problem.isEmpty()) {
                transaction.executeWithoutResult(status -> bulks.outcome(bulk.id(), row, "cannot", problem));
            }
            step.run();
        }
    }

    /** Takes the plan up; only the first of several gets it. Gives the run behind the pages, 0 when it was done at once. */
    long start(Reader reader, Bulk bulk) {
        var tally = bulks.tally(bulk.id());
        var job = Objects.requireNonNull(transaction.execute(status -> {
            if (!bulks.turn(bulk.id(), "planned", "running")) {
                throw new Stale("您自己", "办过这一批", bulk.createdAt());
            }
            return tally.can() > AT_ONCE ? hand(reader, bulk, false) : 0L;
        }));
        if (job == 0) {
            finish(reader, bulk, () -> {});
        }
        return job;
    }

    @Transactional
    public long hand(Reader reader, Bulk bulk, boolean looking) {
        var job = jobs.start(
                reader,
                BulkWork.KIND,
                (looking ? "预览批量" : "批量") + bulk.act().words(),
                Map.of("bulk", String.valueOf(bulk.id()), "look", looking ? "yes" : "no"),
                "/orders/bulk/" + bulk.id());
        bulks.job(bulk.id(), job);
        return job;
    }

    /** Each order in a transaction with the word that it was done: after a kill the rest is taken up, nothing twice. */
    void finish(Reader reader, Bulk bulk, Runnable step) {
        var holders = holders(bulk);
        for (var row : bulks.open(bulk.id())) {
            var problem = problem(
                    bulk.act(),
                    () -> transaction.executeWithoutResult(status -> {
                        if (bulks.claim(bulk.id(), row)) {
                            bulks.outcome(bulk.id(), row, "done", act(reader, bulk, row, holders));
                        }
                    }));
            if (!problem.isEmpty()) {
                transaction.executeWithoutResult(status -> bulks.outcome(bulk.id(), row, "failed", problem));
            }
            step.run();
        }
        transaction.executeWithoutResult(status -> {
            bulks.turn(bulk.id(), "running", "done");
            audit.record(
                    reader,
                    0,
                    "work_order.bulk",
                    "order_bulk",
                    bulk.id(),
                    null,
                    Map.of(
                            "act",
                            bulk.act().code(),
                            "done",
                            bulks.tally(bulk.id()).done()));
        });
    }

    private Map<OrderId, Long> holders(Bulk bulk) {
        return bulk.act() == BulkAct.DISPATCH && Objects.equals(bulk.target(), 0L)
                ? bulks.defaults(bulk.id())
                : Map.of();
    }

    /** @return the address of what it has become, where it is another order now; otherwise empty */
    private String act(Reader reader, Bulk bulk, Row row, Map<OrderId, Long> holders) {
        if (bulk.act() == BulkAct.TAKE_TRANSFER) {
            return transfers.take(reader, row.id(), row.version());
        }
        var target = bulk.target() == null ? 0 : bulk.target();
        switch (bulk.act()) {
            case ACCEPT -> desk.accept(reader, row.id(), row.version());
            case DISPATCH ->
                desk.dispatch(
                        reader,
                        row.id(),
                        row.version(),
                        target == 0 ? holders.getOrDefault(row.id(), 0L) : target,
                        bulk.reason());
            case TAKE -> desk.take(reader, row.id(), row.version());
            case ASSIGN -> desk.assign(reader, row.id(), row.version(), target);
            case URGE -> desk.urge(reader, row.id(), row.version());
            case HAND_ON -> transfers.handOn(reader, row.id(), row.version());
            case TAKE_TRANSFER -> throw new IllegalStateException();
        }
        return "";
    }

    /** Why it does not go, in the words of the one who refused; empty when it goes. */
    private static String problem(BulkAct act, Runnable work) {
        try {
            work.run();
            return "";
        } catch (Stale stale) {
            return "勾选以后有人动过：" + stale.getMessage();
        } catch (Refusal refusal) {
            return refusal.getMessage();
        } catch (Missing missing) {
            return act == BulkAct.TAKE_TRANSFER ? "对方收回了，或已经有人答复了。" : "没有这张工单，或它不归您办了。";
        }
    }
}

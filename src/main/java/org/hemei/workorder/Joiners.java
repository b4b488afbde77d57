package org.hemei.workorder;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.hemei.access.Role;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.EventLog;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** 我也遇到了: neighbours of the same estate who follow one order instead of filing it again. */
@Service
public class Joiners {

    private record Found(long estate, String community, OrderState state, long reporter) {}

    private final JdbcClient jdbc;
    private final Audit audit;
    private final EventLog events;
    private final InstantSource clock;

    Joiners(JdbcClient jdbc, Audit audit, EventLog events, InstantSource clock) {
        this.jdbc = jdbc;
        this.audit = audit;
        this.events = events;
        this.clock = clock;
    }

    /** A resident of the estate joins an open order; a second time changes nothing. */
    @Transactional
    public void join(Reader reader, OrderId id) {
        var order = jdbc.sql("""
                select estate, community, state, reporter from work_order where district = ? and id = ? for update
                """)
                .params(id.district(), id.id())
                .query((r, n) -> new Found(
                        r.getLong("estate"),
                        r.getString("community"),
                        OrderState.of(r.getString("state")),
                        r.getLong("reporter")))
                .optional()
                .filter(found -> livesThere(reader, found.estate))
                .orElseThrow(() -> new Missing("没有这张工单。"));
        if (order.reporter == reader.account()) {
            throw Refusal.of("这就是您点的单，不用再加。");
        }
        if (!order.state.open()) {
            throw Refusal.of("这张单已经办完了。还有问题请重新点单。");
        }
        if (add(id, reader, order.estate)) {
            audit.record(reader, id.district(), "work_order.join", "work_order", id, order.community, Map.of());
            events.announce(id.district(), "work_order.join", id, Map.of("actor", reader.account()));
        }
    }

    private static boolean livesThere(Reader reader, long estate) {
        return reader.scope(Role.RESIDENT).grants().stream()
                .anyMatch(grant -> grant.estate() != null && grant.estate() == estate);
    }

    /** @return whether the account is new among those who follow the order */
    private boolean add(OrderId id, Reader reader, long estate) {
        var added = jdbc.sql("""
                insert into me_too (district, order_id, account, building, at)
                values (:district, :id, :account, (select u.building from unit u where u.id = any(:units) and u.estate = :estate
                                                   order by u.id limit 1), :at)
                on conflict do nothing
                """)
                .param("district", id.district())
                .param("id", id.id())
                .param("account", reader.account())
                .param(
                        "units",
                        reader.scope(Role.RESIDENT).grants().stream()
                                .map(grant -> grant.unit())
                                .toArray(Long[]::new))
                .param("estate", estate)
                .param("at", Timestamp.from(clock.instant()))
                .update();
        count(id, added);
        return added == 1;
    }

    /** Whoever filed or followed an order that is merged follows the one that is kept, and is told what becomes of it. */
    @Transactional(propagation = Propagation.MANDATORY)
    void follow(OrderId merged, OrderId kept) {
        var added = jdbc.sql("""
                insert into me_too (district, order_id, account, building, at, via)
                select :district, :kept, f.account, f.building, :at, :merged
                from (select o.reporter as account, o.building from work_order o
                      where o.district = :district and o.id = :merged and o.reporter is not null
                      union
                      select t.account, t.building from me_too t where t.district = :district and t.order_id = :merged) f
                where f.account is distinct from
                      (select k.reporter from work_order k where k.district = :district and k.id = :kept)
                on conflict do nothing
                """)
                .param("district", kept.district())
                .param("kept", kept.id())
                .param("merged", merged.id())
                .param("at", Timestamp.from(clock.instant()))
                .update();
        count(kept, added);
    }

    /** The merge is taken back: those who came by it go with it, and where that order was merged itself, from there as well. */
    @Transactional(propagation = Propagation.MANDATORY)
    void unfollow(OrderId merged, OrderId kept) {
        var gone = jdbc.sql("delete from me_too where district = ? and order_id = ? and via = ?")
                .params(kept.district(), kept.id(), merged.id())
                .update();
        count(kept, -gone);
        var through = kept;
        for (var next = mergedInto(through); next.isPresent(); next = mergedInto(through)) {
            forget(through, next.get());
            through = next.get();
        }
    }

    private Optional<OrderId> mergedInto(OrderId id) {
        return jdbc.sql(
                        "select kept from work_order where district = ? and id = ? and state = 'merged' and kept is not null")
                .params(id.district(), id.id())
                .query((r, n) -> new OrderId(id.district(), r.getLong(1)))
                .optional();
    }

    /** Those who came to the further order by the nearer one, and have nothing to do with that one any more. */
    private void forget(OrderId nearer, OrderId further) {
        var gone = jdbc.sql("""
                delete from me_too t
                where t.district = :district and t.order_id = :further and t.via = :nearer
                  and not exists (select from me_too n where n.district = :district and n.order_id = :nearer and n.account = t.account)
                  and not exists (select from work_order o where o.district = :district and o.id = :nearer and o.reporter = t.account)
                """)
                .param("district", nearer.district())
                .param("nearer", nearer.id())
                .param("further", further.id())
                .update();
        count(further, -gone);
    }

    private void count(OrderId id, int more) {
        if (more != 0) {
            jdbc.sql("update work_order set joined = joined + ? where district = ? and id = ?")
                    .params(more, id.district(), id.id())
                    .update();
        }
    }
}

package org.hemei.workorder;

import java.sql.Timestamp;
import java.time.InstantSource;
import java.util.Map;
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
        if (add(id, reader.account())) {
            audit.record(reader, id.district(), "work_order.join", "work_order", id, order.community, Map.of());
            events.announce(id.district(), "work_order.join", id, Map.of("actor", reader.account()));
        }
    }

    private static boolean livesThere(Reader reader, long estate) {
        return reader.scope(Role.RESIDENT).grants().stream()
                .anyMatch(grant -> grant.estate() != null && grant.estate() == estate);
    }

    /** @return whether the account is new among those who follow the order */
    @Transactional(propagation = Propagation.MANDATORY)
    boolean add(OrderId id, long account) {
        var added = jdbc.sql("""
                insert into me_too (district, order_id, account, at) values (?, ?, ?, ?) on conflict do nothing
                """)
                .params(id.district(), id.id(), account, Timestamp.from(clock.instant()))
                .update();
        if (added == 1) {
            jdbc.sql("update work_order set joined = joined + 1 where district = ? and id = ?")
                    .params(id.district(), id.id())
                    .update();
        }
        return added == 1;
    }
}

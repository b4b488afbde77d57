package org.hemei.workorder;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import org.hemei.platform.Ids;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * 联合办理: the community names co-responsible bodies beside the lead, each with its own part, acceptance, deadline and
 * result. The lead answers for the whole, and cannot report it done while a part is open.
 */
@Service
public class JointDesk {

    private static final Duration LONGEST = Duration.ofDays(60);

    private record Part(long id, long body, String state) {}

    private final WorkOrders orders;
    private final Standings standings;
    private final HolderRule holders;
    private final HelpClock helps;
    private final Ids ids;
    private final InstantSource clock;
    private final JdbcClient jdbc;

    JointDesk(
            WorkOrders orders,
            Standings standings,
            HolderRule holders,
            HelpClock helps,
            Ids ids,
            InstantSource clock,
            JdbcClient jdbc) {
        this.helps = helps;
        this.orders = orders;
        this.standings = standings;
        this.holders = holders;
        this.ids = ids;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    /** @param body any body that could hold the order, but the lead; one open part a body */
    @Transactional
    public void share(Reader reader, OrderId id, int version, long body, String what, Instant due) {
        var now = clock.instant();
        var admitted = standings.admit(reader, id, version);
        var order = admitted.order();
        var reasons = new ArrayList<>(Said.words("what", what, "这一家负责哪一部分"));
        if (!due.isAfter(now) || due.isAfter(now.plus(LONGEST))) {
            reasons.add(new Refusal.Reason("due", "完成时间要在今后 60 天以内。"));
        }
        if (order.holder != null && order.holder == body) {
            reasons.add(new Refusal.Reason("body", "这一家就是牵头单位，请选别家。"));
        }
        Said.check(reasons);
        try {
            holders.backstop(body, order);
        } catch (Refusal unfit) {
            throw Refusal.of("body", unfit.reasons().getFirst().words());
        }
        var part = ids.next("assist_seq");
        orders.save(order, order.assist(Verb.SHARE, admitted.actor(), now, part, body), null);
        try {
            jdbc.sql("""
                    insert into assist_task (district, id, order_id, body, what, state, asked_by, asked_at, due_at, joint)
                    values (?, ?, ?, ?, ?, 'asked', ?, ?, ?, true)
                    """)
                    .params(
                            id.district(),
                            part,
                            id.id(),
                            body,
                            what.strip(),
                            reader.account(),
                            WorkOrders.stamp(now),
                            WorkOrders.stamp(due))
                    .update();
        } catch (DuplicateKeyException open) {
            throw Refusal.of("body", "这一家已经在办或在协办，还没办完。");
        }
        helps.anew(order, now);
    }

    /** The community takes a part back: the body need not do it, and the lead need not wait for it. */
    @Transactional
    public void release(Reader reader, OrderId id, int version, long assist, String reason) {
        Said.check(Said.words("reason", reason, "为什么不用它办了"));
        var admitted = standings.admit(reader, id, version);
        var order = admitted.order();
        var part = jdbc.sql("""
                select id, body, state from assist_task
                where district = ? and id = ? and order_id = ? and joint for update
                """)
                .params(id.district(), assist, id.id())
                .query((r, n) -> new Part(r.getLong("id"), r.getLong("body"), r.getString("state")))
                .optional()
                .orElseThrow(() -> new Missing("没有这一部分联合办理。"));
        if (!part.state.equals("asked") && !part.state.equals("accepted")) {
            throw Refusal.of("这一部分已经有结果了，不用撤。");
        }
        orders.save(order, order.assist(Verb.RELEASE, admitted.actor(), clock.instant(), part.id, part.body), reason);
        jdbc.sql("update assist_task set state = 'cancelled' where district = ? and id = ?")
                .params(id.district(), part.id)
                .update();
        helps.anew(order, clock.instant());
    }
}

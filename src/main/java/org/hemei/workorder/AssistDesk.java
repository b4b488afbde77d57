package org.hemei.workorder;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.UUID;
import org.hemei.access.Role;
import org.hemei.platform.Ids;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 多方助力: the lead asks other bodies for help; each accepts or declines, and reports, by itself. The lead stays responsible. */
@Service
public class AssistDesk {

    private static final Duration LONGEST = Duration.ofDays(60);

    /** Whether {@code body b} can be asked for help at {@code :community} on {@code :today}: whoever works there, a company by a contract in the street. */
    public static final String HELPS_SQL = """
            b.kind <> 'party_organisation' and b.since <= :today and (b.until is null or b.until > :today)
            and case b.kind
                when 'company' then exists (select from contract c join estate e on e.id = c.estate
                                            where c.company = b.id and c.during @> cast(:today as date)
                                              and e.community like left(:community, 9) || '%')
                else :community like b.area || '%' end
            """;

    private record Task(long id, long body, String state) {}

    /** @param by the side that asked for it */
    private record Asked(Task task, Standing by) {}

    private final WorkOrders orders;
    private final Standings standings;
    private final Photos photos;
    private final HelpClock helps;
    private final Ids ids;
    private final InstantSource clock;
    private final JdbcClient jdbc;

    AssistDesk(
            WorkOrders orders,
            Standings standings,
            Photos photos,
            HelpClock helps,
            Ids ids,
            InstantSource clock,
            JdbcClient jdbc) {
        this.helps = helps;
        this.orders = orders;
        this.standings = standings;
        this.photos = photos;
        this.ids = ids;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    /**
     * Asks one more body to help.
     *
     * @param body any body but the holder; one open task a body
     * @param what the part they are asked to do
     * @param due by when, in the future and within 60 days
     */
    @Transactional
    public void ask(Reader reader, OrderId id, int version, long body, String what, Instant due) {
        var now = clock.instant();
        var admitted = standings.admit(reader, id, version);
        var order = admitted.order();
        var reasons = new ArrayList<>(Said.words("what", what, "请他们做什么"));
        if (!due.isAfter(now) || due.isAfter(now.plus(LONGEST))) {
            reasons.add(new Refusal.Reason("due", "完成时间要在今后 60 天以内。"));
        }
        reasons.addAll(bodyReasons(body, order));
        Said.check(reasons);
        var task = ids.next("assist_seq");
        orders.save(order, order.assist(Verb.ASK_HELP, admitted.actor(), now, task, body), null);
        try {
            jdbc.sql("""
                    insert into assist_task (district, id, order_id, body, what, state, asked_by, asked_at, due_at)
                    values (?, ?, ?, ?, ?, 'asked', ?, ?, ?)
                    """)
                    .params(
                            id.district(),
                            task,
                            id.id(),
                            body,
                            what.strip(),
                            reader.account(),
                            WorkOrders.stamp(now),
                            WorkOrders.stamp(due))
                    .update();
        } catch (DuplicateKeyException open) {
            throw Refusal.of("body", "已经请过这一家，还没办完。");
        }
        helps.anew(order, now);
    }

    private List<Refusal.Reason> bodyReasons(long body, WorkOrder order) {
        if (order.holder != null && order.holder == body) {
            return List.of(new Refusal.Reason("body", "这一家就是处理单位，请选别家。"));
        }
        var fits = jdbc.sql("""
                select exists (select from body b where b.id = :body and %s)
                """.formatted(HELPS_SQL))
                .param("body", body)
                .param("community", order.community)
                .param("today", CivilTime.date(clock.instant()))
                .query(Boolean.class)
                .single();
        return fits ? List.of() : List.of(new Refusal.Reason("body", "没有这家单位，或它不管这一片。请重新选。"));
    }

    @Transactional
    public void accept(Reader reader, OrderId id, int version, long assist) {
        var admitted = standings.admit(reader, id, version);
        var order = admitted.order();
        var task = task(reader, id, assist, "asked", "已经回过了，不用再接。");
        orders.save(order, order.assist(Verb.HELP_ACCEPT, admitted.actor(), clock.instant(), task.id, task.body), null);
        move(id, task, "accepted");
    }

    @Transactional
    public void decline(Reader reader, OrderId id, int version, long assist, String reason) {
        Said.check(Said.words("reason", reason, "不能协办的理由"));
        var admitted = standings.admit(reader, id, version);
        var order = admitted.order();
        var task = task(reader, id, assist, "asked", "已经回过了，不能再谢绝。");
        orders.save(
                order, order.assist(Verb.HELP_DECLINE, admitted.actor(), clock.instant(), task.id, task.body), reason);
        move(id, task, "declined");
        helps.anew(order, clock.instant());
    }

    /** 退回协办: whoever accepted it cannot after all; whoever asked reads why, and asks somebody else or does it themselves. */
    @Transactional
    public void giveUp(Reader reader, OrderId id, int version, long assist, String reason) {
        Said.check(Said.words("reason", reason, "为什么办不了了"));
        var admitted = standings.admit(reader, id, version);
        var order = admitted.order();
        var task = task(reader, id, assist, "accepted", "没有接着的协办，不用退回。还没接的，可以谢绝。");
        orders.save(
                order, order.assist(Verb.HELP_GIVE_UP, admitted.actor(), clock.instant(), task.id, task.body), reason);
        move(id, task, "given_up");
        helps.anew(order, clock.instant());
    }

    /** 撤回协办请求: by the side that asked, while it is not done; the helper reads why. A part of a joint handling is released ({@link JointDesk}). */
    @Transactional
    public void recall(Reader reader, OrderId id, int version, long assist, String reason) {
        Said.check(Said.words("reason", reason, "为什么不用协办了"));
        var admitted = standings.admit(reader, id, version);
        var order = admitted.order();
        var task = jdbc.sql("""
                select t.id, t.body, t.state, s.actor_as
                from assist_task t join work_order_step s on s.district = t.district and s.order_id = t.order_id and s.assist = t.id
                                                             and s.verb = 'ask_help'
                where t.district = ? and t.id = ? and t.order_id = ? for update of t
                """)
                .params(id.district(), assist, id.id())
                .query((r, n) -> new Asked(
                        new Task(r.getLong("id"), r.getLong("body"), r.getString("state")),
                        Standing.of(r.getString("actor_as"))))
                .optional()
                .orElseThrow(() -> new Missing("没有请过这件协办。"));
        if (!task.task.state.equals("asked") && !task.task.state.equals("accepted")) {
            throw Refusal.of("这件协办已经有结果了，不用撤回。");
        }
        if (!admitted.actor().standings().contains(task.by)) {
            throw Refusal.of("这件协办是" + task.by.words() + "请的，由它来撤回。");
        }
        orders.save(
                order,
                order.assist(
                        Verb.RECALL_HELP,
                        new WorkOrder.Actor(reader.account(), EnumSet.of(task.by)),
                        clock.instant(),
                        task.task.id,
                        task.task.body),
                reason);
        jdbc.sql("update assist_task set state = 'cancelled' where district = ? and id = ?")
                .params(id.district(), task.task.id)
                .update();
        helps.anew(order, clock.instant());
    }

    @Transactional
    public void done(Reader reader, OrderId id, int version, long assist, String result, List<UUID> pictures) {
        Said.check(Said.words("result", result, "办得怎么样"), Said.photos("photos", pictures.size()));
        var admitted = standings.admit(reader, id, version);
        var order = admitted.order();
        var task = task(reader, id, assist, "accepted", "先接下协办，才能报完成。");
        var now = clock.instant();
        orders.save(order, order.assist(Verb.HELP_DONE, admitted.actor(), now, task.id, task.body), result);
        photos.attach(reader, id, pictures, Photos.Use.ASSIST);
        jdbc.sql("update assist_task set state = 'done', done_at = ?, result = ? where district = ? and id = ?")
                .params(WorkOrders.stamp(now), result.strip(), id.district(), task.id)
                .update();
        helps.anew(order, now);
    }

    private void move(OrderId id, Task task, String to) {
        jdbc.sql("update assist_task set state = ?, answered_at = ? where district = ? and id = ?")
                .params(to, WorkOrders.stamp(clock.instant()), id.district(), task.id)
                .update();
    }

    /** The reader's own body's task, in the state the verb needs. */
    private Task task(Reader reader, OrderId id, long assist, String state, String otherwise) {
        var task = jdbc.sql("""
                select id, body, state from assist_task
                where district = ? and id = ? and order_id = ? and body = any (?)
                for update
                """)
                .params(
                        id.district(),
                        assist,
                        id.id(),
                        reader.scope(Role.HELPER, Role.MANAGER).bodies())
                .query((r, n) -> new Task(r.getLong("id"), r.getLong("body"), r.getString("state")))
                .optional()
                .orElseThrow(() -> new Missing("没有请您协办的这件事。"));
        if (!task.state.equals(state)) {
            throw Refusal.of(otherwise);
        }
        return task;
    }
}

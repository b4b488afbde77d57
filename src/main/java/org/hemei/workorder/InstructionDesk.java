package org.hemei.workorder;

import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.Ids;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.time.WorkCalendar;
import org.hemei.workorder.HandlingRules.Name;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** 批示: what a leader wrote on an order, to whom, by when an answer is due, and the answer. Kept as words of a paper, not as a verb of the leader. */
@Service
public class InstructionDesk {

    public static final int LONGEST_NAME = 40;

    /**
     * What is written down.
     *
     * @param leader name and post; @param saidOn the day on the paper
     * @param addressee holder, community or street
     * @param due null for what the rule says
     * @param supervise whether the order is supervised as well
     */
    public record Instruction(
            String leader,
            @Nullable LocalDate saidOn,
            String words,
            String addressee,
            @Nullable LocalDate due,
            boolean supervise) {}

    private record Open(String addressee, String state, int version) {}

    private final WorkOrders orders;
    private final Standings standings;
    private final SupervisionDesk supervisions;
    private final HandlingRules rules;
    private final DeadlineBook deadlines;
    private final Ids ids;
    private final InstantSource clock;
    private final JdbcClient jdbc;

    InstructionDesk(
            WorkOrders orders,
            Standings standings,
            SupervisionDesk supervisions,
            HandlingRules rules,
            DeadlineBook deadlines,
            Ids ids,
            InstantSource clock,
            JdbcClient jdbc) {
        this.orders = orders;
        this.standings = standings;
        this.supervisions = supervisions;
        this.rules = rules;
        this.deadlines = deadlines;
        this.ids = ids;
        this.clock = clock;
        this.jdbc = jdbc;
    }

    @Transactional
    public void instruct(Reader reader, OrderId id, int version, Instruction said) {
        var now = clock.instant();
        Said.check(reasons(said, CivilTime.date(now)));
        var admitted = standings.admit(reader, id, version);
        var order = admitted.order();
        if (said.addressee.equals("holder") && order.holder == null) {
            throw Refusal.of("addressee", "这张单还没派出去，没有处理单位。请选社区或街道。");
        }
        var day = said.due;
        var due = day == null ? rules.due(Name.INSTRUCTION_ANSWER, now) : CivilTime.at(day, WorkCalendar.CLOSE);
        var mark = ids.next("leader_mark_seq");
        var first = first(id, 0);
        var owed = first != null && first.due().isBefore(due)
                ? null
                : Supervising.mark(order, now, Level.of(said.addressee), due, deadlines.current());
        orders.save(order, Supervising.instruct(order, admitted.actor(), now, mark, due, owed), null);
        write(reader, order, mark, said, due, now);
        if (said.supervise && !order.supervised) {
            // whoever wrote the mark down, the supervision is the street's: it follows by itself
            supervisions.put(order, WorkOrder.Actor.CLOCK, SupervisionGround.LEADER, null);
        }
    }

    private static List<Refusal.Reason> reasons(Instruction said, LocalDate today) {
        var reasons = new ArrayList<>(Said.words("words", said.words, "批示的内容"));
        if (said.leader.isBlank() || said.leader.strip().length() > LONGEST_NAME) {
            reasons.add(new Refusal.Reason("leader", "请写是谁批示的，姓名加职务，" + LONGEST_NAME + " 字以内。"));
        }
        if (said.saidOn == null || said.saidOn.isAfter(today)) {
            reasons.add(new Refusal.Reason("said_on", "请选批示的日子，不能晚于今天。"));
        }
        if (!List.of("holder", "community", "street").contains(said.addressee)) {
            reasons.add(new Refusal.Reason("addressee", "请选批给谁办。"));
        }
        if (said.due != null && (!said.due.isAfter(today) || said.due.isAfter(today.plusDays(60)))) {
            reasons.add(new Refusal.Reason("due", "答复期限要在明天到 60 天以后之间。"));
        }
        return reasons;
    }

    private void write(Reader reader, WorkOrder order, long mark, Instruction said, Instant due, Instant now) {
        jdbc.sql("""
                insert into leader_mark (district, id, version, order_id, level, said_on, addressee, body, due_at, state,
                                         recorded_by, recorded_at)
                values (:district, :mark, 1, :order, :level, :said, :to, :body, :due, 'open', :by, :now);
                insert into leader_mark_words (district, mark_id, leader, words)
                values (:district, :mark, :leader, :words)
                """)
                .param("district", order.id.district())
                .param("mark", mark)
                .param("order", order.id.id())
                .param("level", level(reader))
                .param("said", said.saidOn)
                .param("to", said.addressee)
                .param("body", said.addressee.equals("holder") ? order.holder : null, java.sql.Types.BIGINT)
                .param("due", WorkOrders.stamp(due))
                .param("by", reader.account())
                .param("now", WorkOrders.stamp(now))
                .param("leader", said.leader.strip())
                .param("words", said.words.strip())
                .update();
    }

    private static String level(Reader reader) {
        return reader.has(Role.CITY) ? "city" : reader.has(Role.DISTRICT) ? "district" : "street";
    }

    /** The answer of whoever it was addressed to. */
    @Transactional
    public void answer(Reader reader, OrderId id, int version, long mark, String words) {
        Said.check(Said.words("words", words, "答复"));
        var admitted = standings.admit(reader, id, version);
        var order = admitted.order();
        var open = jdbc.sql("""
                select addressee, state, version from leader_mark where district = ? and id = ? and order_id = ? for update
                """)
                .params(id.district(), mark, id.id())
                .query((r, n) -> new Open(r.getString("addressee"), r.getString("state"), r.getInt("version")))
                .optional()
                .orElseThrow(() -> new Missing("没有这条批示。"));
        if (!open.state.equals("open")) {
            throw Refusal.of("这条批示已经答复了。");
        }
        var owes = owes(open.addressee, order.holder != null);
        if (!admitted.actor().standings().contains(owes)) {
            throw Refusal.of("这条批示归" + owes.words() + "，由他们答复。");
        }
        var now = clock.instant();
        var left = first(id, mark);
        var next = left == null
                ? Supervising.mark(order, now, Level.COMMUNITY, null, deadlines.current())
                : Supervising.mark(order, now, left.addressee(), left.due(), deadlines.current());
        orders.save(order, Supervising.answerInstruction(order, admitted.actor(), now, mark, next), null);
        jdbc.sql("""
                update leader_mark set state = 'answered', version = version + 1, answered_by = :by, answered_at = :now
                where district = :district and id = :mark;
                update leader_mark_words set answer = :words where district = :district and mark_id = :mark
                """)
                .param("by", reader.account())
                .param("now", WorkOrders.stamp(now))
                .param("district", id.district())
                .param("mark", mark)
                .param("words", words.strip())
                .update();
    }

    private record Owed(Level addressee, Instant due) {}

    /** The open mark that falls due first, but for the one that is just being answered. */
    private @Nullable Owed first(OrderId id, long answered) {
        return jdbc.sql("""
                select addressee, due_at from leader_mark
                where district = ? and order_id = ? and state = 'open' and id <> ? order by due_at, id limit 1
                """)
                .params(id.district(), id.id(), answered)
                .query((r, n) -> new Owed(
                        Level.of(r.getString("addressee")),
                        r.getTimestamp("due_at").toInstant()))
                .optional()
                .orElse(null);
    }

    /** Whose answer a mark with this addressee waits for: the community's, where it was written to a holder and nobody holds the order. */
    public static Standing owes(String code, boolean held) {
        return switch (code) {
            case "holder" -> held ? Standing.MANAGER : Standing.COMMUNITY;
            case "community" -> Standing.COMMUNITY;
            default -> Standing.STREET;
        };
    }
}

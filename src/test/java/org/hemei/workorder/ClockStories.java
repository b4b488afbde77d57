package org.hemei.workorder;

import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Orders;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.OrderClock.Part;
import org.hemei.workorder.SubmissionDesk.Submission;
import org.hemei.workorder.measure.RateSql;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** Stories of one order, a clock that is set, and everybody who acts in them. */
@HemeiTest
abstract class ClockStories {

    /** A Wednesday with ordinary weeks behind and before it. */
    static final Instant START = CivilTime.at(LocalDate.of(2026, 11, 25), LocalTime.of(10, 0));

    @Autowired
    SubmissionDesk submissions;

    @Autowired
    WorkOrderDesk desk;

    @Autowired
    TimeDesk time;

    @Autowired
    SupervisionDesk supervisions;

    @Autowired
    InstructionDesk instructions;

    @Autowired
    AssistDesk assists;

    @Autowired
    TransferDesk transfers;

    @Autowired
    DisputeDesk disputes;

    @Autowired
    RatingDesk ratings;

    @Autowired
    MockMvc mvc;

    @Autowired
    ClockDesk clocks;

    @Autowired
    OrderClocks stamped;

    @Autowired
    Pump pump;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    MovableClock clock;

    @Autowired
    DeadlineBook rules;

    @Autowired
    JdbcClient jdbc;

    Town.Side here;

    @BeforeEach
    void build() {
        clock.set(START);
        // orders of other tests are not to run out here
        jdbc.sql("delete from order_clock").update();
        here = towns.make().near();
    }

    @AfterEach
    void now() {
        clock.reset();
        rules.changed();
    }

    /** How the order counts in the response rate, for whoever holds it now. */
    String responded(OrderId id) {
        return responded(id, null).orElseThrow();
    }

    /** The same for somebody who held it before, where anything of theirs counts. */
    Optional<String> responded(OrderId id, @Nullable Long former) {
        return jdbc.sql("select part from (" + RateSql.cases("o.district = :district and o.id = :id")
                        + ") x where rate = 'response' and former is not distinct from cast(:former as bigint)")
                .param("now", java.sql.Timestamp.from(clock.instant()))
                .param("district", id.district())
                .param("id", id.id())
                .param("former", former)
                .query(String.class)
                .optional();
    }

    Instant toStreet(OrderId id) {
        return stamped.find(id, Part.WORK).orElseThrow().planned(Deadlines.Timer.RESOLVE).stream()
                .filter(step -> step.level() == Level.STREET)
                .findFirst()
                .orElseThrow()
                .at();
    }

    /** The ends of the first contact and of the work, as they stand on the order. */
    String runs(OrderId id) {
        return jdbc.sql("""
                select format('%s %s', coalesce(to_char(contact_due at time zone 'Asia/Shanghai' + interval '30 seconds', 'YYYY-MM-DD HH24:MI'), 'null'),
                              coalesce(to_char(resolve_due at time zone 'Asia/Shanghai' + interval '30 seconds', 'YYYY-MM-DD HH24:MI'), 'null'))
                from work_order where district = ? and id = ?
                """).params(id.district(), id.id()).query(String.class).single();
    }

    OrderId heldBy(Reader holder, String words) {
        var id = submissions.submit(here.oldYardResident(), UUID.randomUUID().toString(), said(here.oldYard(), words));
        desk.dispatch(here.communityDesk(), id, orders.version(id), here.committee());
        desk.take(holder, id, orders.version(id));
        return id;
    }

    /** Whether it stands in the reader's inbox. */
    boolean waits(Reader reader, OrderId id) {
        return page(reader, "/todo").contains(id.toString());
    }

    String page(Reader reader, String path) {
        try {
            return mvc.perform(get(path).with(as(reader)))
                    .andReturn()
                    .getResponse()
                    .getContentAsString(StandardCharsets.UTF_8);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    boolean supervised(OrderId id) {
        return jdbc.sql("select supervised from work_order where district = ? and id = ?")
                .params(id.district(), id.id())
                .query(Boolean.class)
                .single();
    }

    /** Until what follows by itself and the news have caught up. */
    void follow() {
        pump.through("work-order-news", "supervision-follow");
    }

    OrderId submitFor(Town.Side side, String words) {
        return submissions.submit(side.resident(), UUID.randomUUID().toString(), said(side.garden(), words));
    }

    void shift(int days) {
        jdbc.sql("update deadline_rule set amount = amount + ? where clock = 'resolve' and urgency = 'ordinary'")
                .param(days)
                .update();
        jdbc.sql(
                        "update escalation_rule set amount = amount + ? where clock = 'resolve' and moment = 'after' and amount > 0")
                .param(-days)
                .update();
    }

    OrderId working() {
        var id = submit("单元门锁坏了，关不严。");
        desk.dispatch(here.communityDesk(), id, orders.version(id), here.company());
        desk.take(here.manager(), id, orders.version(id));
        return id;
    }

    OrderId submit(String words) {
        return submissions.submit(here.resident(), UUID.randomUUID().toString(), said(here.garden(), words));
    }

    Submission said(long estate, String words) {
        return new Submission(estate, null, null, "facility.door", words, "", false, List.of(), "resident", null, null);
    }

    /** Lets it be that moment (in Shanghai), and lets the clock do what is due. */
    void at(String moment) {
        clock.set(java.time.LocalDateTime.parse(moment).atZone(CivilTime.ZONE).toInstant());
        clocks.fireAll();
    }

    List<String> fired(OrderId id) {
        return jdbc.sql("""
                select verb || ' ' || (detail ->> 'timer') || ' ' || (detail ->> 'level') from work_order_step
                where order_id = ? and verb in ('warn', 'escalate') order by seq
                """).param(id.id()).query(String.class).list();
    }

    List<String> told(long account) {
        return jdbc.sql("select title from notice where account = ?")
                .param(account)
                .query(String.class)
                .list();
    }

    /** To the minute: the clock of a test goes on by itself. */
    @Nullable
    Instant due(OrderId id) {
        return jdbc.sql(
                        "select date_trunc('minute', due_at + interval '30 seconds') as due from work_order where district = ? and id = ?")
                .params(id.district(), id.id())
                .query((r, n) ->
                        java.util.Optional.ofNullable(r.getTimestamp("due")).map(java.sql.Timestamp::toInstant))
                .single()
                .orElse(null);
    }

    long count(String from) {
        return jdbc.sql("select count(*) from " + from).query(Long.class).single();
    }
}

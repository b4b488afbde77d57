package org.hemei.workorder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.platform.TodoSource;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.transfer.ListExport;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Orders;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.Deadlines.Timer;
import org.hemei.workorder.SubmissionDesk.Submission;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/** 升级到我这一级的: on the list, in the inbox, in the badge and in the file of each level as the clock goes up the line; gone when done. */
@HemeiTest
class EscalatedTest {

    private static final Instant START = CivilTime.at(LocalDate.of(2026, 11, 25), LocalTime.of(10, 0));

    @Autowired
    MockMvc mvc;

    @Autowired
    SubmissionDesk submissions;

    @Autowired
    WorkOrderDesk desk;

    @Autowired
    SupervisionDesk supervisions;

    @Autowired
    InstructionDesk instructions;

    @Autowired
    AssistDesk assists;

    @Autowired
    TransferDesk transfers;

    @Autowired
    ClockDesk clocks;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    List<TodoSource> todos;

    @Autowired
    List<ListExport> lists;

    @Autowired
    TransactionTemplate transaction;

    Town town;
    Town.Side here;
    OrderId id;

    @BeforeEach
    void build() {
        clock.set(START);
        // orders of other tests are not to run out here
        jdbc.sql("delete from order_clock").update();
        town = towns.make();
        here = town.near();
        id = submissions.submit(
                here.resident(),
                UUID.randomUUID().toString(),
                new Submission(
                        here.garden(),
                        null,
                        null,
                        "facility.door",
                        "单元门锁坏了，关不严。",
                        "",
                        false,
                        List.of(),
                        "resident",
                        null,
                        null));
        desk.dispatch(here.communityDesk(), id, orders.version(id), here.company());
        desk.take(here.manager(), id, orders.version(id));
        desk.contact(here.manager(), id, orders.version(id), "phone", "约好周五上门");
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    private void at(String moment) {
        clock.set(LocalDateTime.parse(moment).atZone(CivilTime.ZONE).toInstant());
        clocks.fireAll();
    }

    private String page(Reader reader, String path) throws Exception {
        return mvc.perform(get(path).with(as(reader)))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    private int waiting(Reader reader) {
        return todos.stream().mapToInt(todo -> todo.waiting(reader)).sum();
    }

    private String file(Reader reader, String list, java.util.Map<String, String> query) {
        var export =
                lists.stream().filter(l -> l.key().equals(list)).findFirst().orElseThrow();
        var said = new StringBuilder();
        transaction.executeWithoutResult(status -> {
            try {
                export.write(reader, query, 100, cells -> said.append(java.util.Arrays.toString(cells)));
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
        return said.toString();
    }

    private void sees(Reader reader, String level, boolean there) throws Exception {
        var link = "href=\"/orders/" + id;
        assertThat(page(reader, "/orders?up=" + level).contains(link))
                .as(level + " list")
                .isEqualTo(there);
        assertThat(page(reader, "/todo").contains("升级到您这一级"))
                .as(level + " inbox")
                .isEqualTo(there);
        assertThat(file(reader, "orders", java.util.Map.of("up", level)).contains("单元门锁坏了"))
                .as(level + " file")
                .isEqualTo(there);
        assertThat(file(reader, "inbox", java.util.Map.of("need", "escalated")).contains("单元门锁坏了"))
                .as(level + " file of the inbox")
                .isEqualTo(there);
    }

    @Test
    void eachLevelSeesWhatWentUpToItAndNoneSeesWhatIsDone() throws Exception {
        at("2026-12-02T17:29");
        sees(here.communityDesk(), "community", false);

        at("2026-12-02T17:30");
        var before = waiting(here.streetDesk());
        sees(here.communityDesk(), "community", true);
        sees(here.streetDesk(), "street", false);
        assertThat(waiting(here.communityDesk())).isEqualTo(1);
        assertThat(page(here.communityDesk(), "/orders")).contains("升级到我这一级的（社区）");

        at("2026-12-03T17:30");
        sees(here.streetDesk(), "street", true);
        sees(here.communityDesk(), "community", true);
        sees(here.districtDesk(), "district", false);
        assertThat(waiting(here.streetDesk())).isEqualTo(before + 1);

        at("2026-12-09T17:30");
        sees(here.districtDesk(), "district", true);
        sees(town.cityDesk(), "city", true);
        assertThat(waiting(here.districtDesk())).isEqualTo(1);
        assertThat(waiting(town.cityDesk())).isEqualTo(1);
        // of another street nobody learns anything
        sees(town.far().streetDesk(), "street", false);
        sees(town.far().districtDesk(), "district", false);
        // the holder has it in hand anyway, and finds what went over its head
        assertThat(page(here.manager(), "/orders?up=community")).contains("href=\"/orders/" + id);
        assertThat(page(here.manager(), "/todo")).doesNotContain("升级到您这一级");

        desk.resolve(here.manager(), id, orders.version(id), "换了新锁，关得严了。", List.of(), List.of());
        sees(here.streetDesk(), "street", false);
        sees(town.cityDesk(), "city", false);
    }

    @Test
    void theConditionOfTheListsIsTheClocksOwn() {
        supervisions.supervise(here.streetDesk(), id, orders.version(id), "请说清楚");
        instructions.instruct(
                here.streetDesk(),
                id,
                orders.version(id),
                new InstructionDesk.Instruction(
                        "周某 副区长", LocalDate.of(2026, 11, 25), "三天内办好", "holder", LocalDate.of(2026, 11, 27), false));
        assists.ask(here.manager(), id, orders.version(id), here.helperBody(), "查水管", START.plusSeconds(86_400));
        transfers.offer(
                here.communityDesk(), id, orders.version(id), "other_estate", String.valueOf(here.oldYard()), "是老院子的门");
        // nothing goes up the line when a rating stays away, and asking for more time is no clock
        var timers = EnumSet.complementOf(EnumSet.of(Timer.RATE, Timer.EXTEND));
        var found = jdbc.sql("""
                select t.timer || ' ' || s.state || ' ' || f.contacted || ' ' || f.held || ' ' || f.supervised || ' ' || f.denied || ' ' || f.nobody
                from unnest(:timers::text[]) t (timer)
                         cross join unnest(:states::text[]) s (state)
                         cross join (select a, b, c, d, e from (values (true), (false)) x (a), (values (true), (false)) y (b),
                                                               (values (true), (false)) z (c), (values (true), (false)) v (d),
                                                               (values (true), (false)) u (e))
                                    f (contacted, held, supervised, denied, nobody)
                         cross join lateral (
                             select w.district, w.id, w.community, s.state, f.supervised, f.denied as contact_denied, f.nobody,
                                    case when f.contacted then w.submitted_at end as contacted_at,
                                    case when f.held then w.holder end as holder
                             from work_order w where w.district = :district and w.id = :id) o
                         cross join lateral (
                             select 'street' as level,
                                    jsonb_build_array(jsonb_build_object('timer', t.timer, 'fired', 3, 'warning', false,
                                                                         'level', 'STREET')) as plan) k
                where %s
                """.formatted(Escalated.condition("up")))
                .param("timers", timers.stream().map(Timer::name).toArray(String[]::new))
                .param(
                        "states",
                        Arrays.stream(OrderState.values()).map(OrderState::code).toArray(String[]::new))
                .param("district", id.district())
                .param("id", id.id())
                .param("up", Escalated.levels(Level.STREET))
                .query(String.class)
                .set();
        var matters = new HashSet<String>();
        for (var timer : timers) {
            for (var state : OrderState.values()) {
                for (var n = 0; n < 32; n++) {
                    var order =
                            new WorkOrder(id, 1, state, here.community(), here.garden(), Urgency.ORDINARY, 7L, START);
                    order.contactedAt = (n & 1) == 0 ? null : START;
                    order.holder = (n & 2) == 0 ? null : 3L;
                    order.supervised = (n & 4) != 0;
                    order.contactDenied = (n & 8) != 0;
                    order.nobody = (n & 16) != 0;
                    if (OrderClock.matters(timer, order)) {
                        matters.add(timer + " " + state.code() + " " + (order.contactedAt != null) + " "
                                + (order.holder != null) + " " + order.supervised + " " + order.contactDenied + " "
                                + order.nobody);
                    }
                }
            }
        }
        assertThat(found).isNotEmpty().isEqualTo(matters);
    }

    @Test
    void aLateAnswerToAnOfferIsFoundByThoseAboveBothSides() throws Exception {
        transfers.offer(
                here.communityDesk(),
                id,
                orders.version(id),
                "other_estate",
                String.valueOf(town.far().garden()),
                "是那边的门");
        var link = "href=\"/orders/" + id;
        at("2026-11-26T18:00");
        assertThat(page(here.streetDesk(), "/orders?up=street"))
                .as("it went up to the other street")
                .doesNotContain(link);
        at("2026-12-10T10:00");
        assertThat(page(town.cityDesk(), "/orders?up=city")).contains(link);
    }

    @Test
    void aRuleCanSendAMatterToTheHolderAsAStepUp() throws Exception {
        at("2026-12-02T17:30");
        jdbc.sql("""
                update order_clock set level = 'holder', plan = replace(cast(plan as text), 'COMMUNITY', 'HOLDER')::jsonb
                where district = ? and order_id = ? and part = 'work'
                """).params(id.district(), id.id()).update();
        sees(here.manager(), "holder", true);
        sees(here.communityDesk(), "community", false);
    }

    @Test
    void whatHasBeenDoneSinceIsNotThereAlthoughTheClockOfItsPartRemembers() throws Exception {
        jdbc.sql("delete from order_clock").update();
        var slow = submissions.submit(
                here.resident(),
                UUID.randomUUID().toString(),
                new Submission(
                        here.garden(),
                        null,
                        null,
                        "facility.light",
                        "楼道灯不亮了。",
                        "",
                        false,
                        List.of(),
                        "resident",
                        null,
                        null));
        desk.dispatch(here.communityDesk(), slow, orders.version(slow), here.company());
        clock.advance(java.time.Duration.ofDays(2));
        clocks.fireAll();
        assertThat(page(here.communityDesk(), "/orders?up=community")).contains("href=\"/orders/" + slow);
        desk.take(here.manager(), slow, orders.version(slow));
        desk.contact(here.manager(), slow, orders.version(slow), "phone", "今天就来");
        assertThat(jdbc.sql("select level from order_clock where district = ? and order_id = ? and part = 'work'")
                        .params(slow.district(), slow.id())
                        .query(String.class)
                        .single())
                .isNotNull();
        assertThat(page(here.communityDesk(), "/orders?up=community")).doesNotContain("href=\"/orders/" + slow);
    }
}

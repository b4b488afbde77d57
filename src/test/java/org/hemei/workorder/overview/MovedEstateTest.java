package org.hemei.workorder.overview;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hemei.access.Role;
import org.hemei.platform.Command;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.registry.estate.EstateDesk;
import org.hemei.registry.estate.Estates;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.hemei.testing.Orders.Stage;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.Joiners;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.RoutingBook;
import org.hemei.workorder.SupervisionDesk;
import org.hemei.workorder.TransferDesk;
import org.hemei.workorder.WorkOrderDesk;
import org.hemei.workorder.rollup.OrderCounts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/**
 * What becomes of an estate's open orders when it comes under another community of the same district, or of another one: who
 * holds, verifies and supervises them, in whose lists they are, by which clocks they run, where they count, and how they are handed on.
 */
@HemeiTest
class MovedEstateTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    EstateDesk desk;

    @Autowired
    Estates estates;

    @Autowired
    WorkOrderDesk work;

    @Autowired
    SupervisionDesk supervisions;

    @Autowired
    TransferDesk transfers;

    @Autowired
    Joiners joiners;

    @Autowired
    RoutingBook routing;

    @Autowired
    OrderCounts counts;

    @Autowired
    Pump pump;

    @Autowired
    List<Command> commands;

    @Autowired
    JdbcClient jdbc;

    Town town;
    Town.Side near;
    Reader housing;

    /** A second street of the near district with one community, its desk, its team and its street's desk. */
    String nextDoor;

    Reader nextDesk;
    Reader nextStreet;
    long nextTeam;

    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
        housing = towns.account(Role.HOUSING, town.city(), null, null, null);
        var street = near.district() + "002";
        nextDoor = street + "001";
        jdbc.sql("""
                        insert into area (code, name, level, parent, kind)
                        values (:street, '隔壁街道', 'street', :district, 'ordinary'), (:code, '隔壁社区居民委员会', 'community', :street, 'residents')
                        """)
                .param("street", street)
                .param("district", String.valueOf(near.district()))
                .param("code", nextDoor)
                .update();
        nextTeam = towns.body("backstop_team", "隔壁兜底队", nextDoor);
        nextDesk = towns.account(Role.COMMUNITY, nextDoor, null, null, null);
        nextStreet = towns.account(Role.STREET, street, null, null, null);
    }

    private void move(long estate, String community) {
        var known = estates.find(estate).orElseThrow();
        desk.move(housing, known, known.version(), community, desk.today(), "区划调整，民函〔2026〕3号", null);
    }

    private String page(Reader reader, String path) throws Exception {
        return mvc.perform(get(path).with(as(reader)))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    private boolean shows(Reader reader, String path, OrderId id) throws Exception {
        return page(reader, path).contains("/orders/" + id);
    }

    private int status(Reader reader, String path) throws Exception {
        return mvc.perform(get(path).with(as(reader))).andReturn().getResponse().getStatus();
    }

    private void follow() throws InterruptedException {
        var until = Instant.now().plus(Duration.ofSeconds(20));
        boolean left;
        do {
            pump.run();
            left = jdbc.sql("""
                            select exists (select from event_log e, event_cursor c
                                           where c.consumer = 'estate-move-news' and (e.tx, e.id) > (c.tx, c.id))
                            """).query(Boolean.class).single();
        } while (left && Instant.now().isBefore(until));
    }

    private List<String> told(Reader reader) {
        return jdbc.sql("select title from notice where account = ? and link like '/orders?estate=%' order by at, id")
                .param(reader.account())
                .query(String.class)
                .list();
    }

    private String row(OrderId id, String columns) {
        return jdbc.sql("select concat_ws(' ', " + columns + ") from work_order where district = ? and id = ?")
                .params(id.district(), id.id())
                .query(String.class)
                .single();
    }

    @Test
    void openOrdersStayWithWhoeverBeganThemAndSoDoTheirListsClocksAndStreet() throws Exception {
        var working = orders.at(Stage.WORKING, near, near.resident(), "单元门合不拢声音很大");
        var resolved = orders.at(Stage.RESOLVED, near, near.neighbour(), "楼道灯不亮了");
        var clocks = "state, holder, due_at, contact_due, resolve_due, community";
        var before = row(working, clocks);
        move(near.garden(), nextDoor);

        assertThat(row(working, clocks)).as("nothing of it is rewritten").isEqualTo(before);
        for (var reader : List.of(
                near.resident(),
                near.communityDesk(),
                near.streetDesk(),
                near.manager(),
                near.staff(),
                near.districtDesk(),
                town.cityDesk())) {
            assertThat(status(reader, "/orders/" + working)).isEqualTo(200);
        }
        for (var stranger : List.of(nextDesk, nextStreet, town.far().communityDesk())) {
            assertThat(status(stranger, "/orders/" + working)).isEqualTo(404);
            assertThat(shows(stranger, "/orders", working)).isFalse();
        }
        assertThat(shows(near.communityDesk(), "/todo", resolved))
                .as("to verify")
                .isTrue();
        assertThat(shows(near.manager(), "/todo", working)).isTrue();
        assertThat(shows(near.communityDesk(), "/orders?estate=" + near.garden() + "&state=open", working))
                .isTrue();
        assertThat(shows(near.streetDesk(), "/orders?area=" + near.street() + "&state=open", working))
                .isTrue();
        assertThat(shows(near.manager(), "/orders?q=单元门合不拢", working))
                .as("its company finds it by its words where it was filed")
                .isTrue();
        assertThat(page(near.communityDesk(), "/orders?area=" + near.community()))
                .as("the estate can still be chosen in the community's list")
                .contains("value=\"" + near.garden() + "\"");
        assertThat(shows(nextDesk, "/todo", resolved)).isFalse();

        supervisions.supervise(near.streetDesk(), working, orders.version(working), "催一催");
        assertThatThrownBy(() -> supervisions.supervise(nextStreet, resolved, orders.version(resolved), "催一催"))
                .isInstanceOf(org.hemei.platform.Missing.class);
        work.verify(near.communityDesk(), resolved, orders.version(resolved), "看过了");
        work.resolve(near.staff(), working, orders.version(working), "修好了", List.of(), List.of());
        assertThat(orders.state(working)).isEqualTo("resolved");
    }

    @Test
    void whatWasNotDispatchedGoesToTheTeamOfTheCommunityThatTookIt() throws Exception {
        var id = orders.file(near.oldYardResident(), near.oldYard(), "院门锁坏了");
        move(near.oldYard(), nextDoor);
        assertThat(routing.answer(id).body()).as("by the order's community").isEqualTo(near.backstop());
        assertThat(routing.answer(near.oldYard(), orders.category()).body())
                .as("of a new matter")
                .isEqualTo(nextTeam);
        assertThat(page(near.communityDesk(), "/orders/" + id))
                .contains("兜底服务队")
                .doesNotContain("隔壁兜底队");
        assertThatThrownBy(() -> work.dispatch(near.communityDesk(), id, 1, nextTeam))
                .isInstanceOf(Refusal.class);
        var plan = plan(near.communityDesk(), id, "dispatch");
        mvc.perform(post(plan + "/target")
                .param("target", "0")
                .with(as(near.communityDesk()))
                .with(csrf()));
        assertThat(page(near.communityDesk(), plan)).contains("能办 1 件");
        act(near.communityDesk(), plan + "/do");
        assertThat(row(id, "holder")).isEqualTo(String.valueOf(near.backstop()));
        work.take(near.backstopManager(), id, orders.version(id));
        work.resolve(near.backstopManager(), id, orders.version(id), "换了锁", List.of(), List.of());
        assertThat(shows(near.streetDesk(), "/todo", id))
                .as("what the team did is its street's to verify")
                .isTrue();
        assertThat(shows(nextStreet, "/todo", id)).isFalse();
    }

    private String plan(Reader reader, OrderId picked, String act) throws Exception {
        return String.valueOf(mvc.perform(post("/orders/bulk")
                        .param("_once", UUID.randomUUID().toString())
                        .param("pick", picked.toString())
                        .param("act", act)
                        .with(as(reader))
                        .with(csrf()))
                .andReturn()
                .getResponse()
                .getRedirectedUrl());
    }

    private void act(Reader reader, String path) throws Exception {
        mvc.perform(post(path).with(as(reader)).with(csrf()));
    }

    @Test
    void theyAreHandedOnInOneGoWithPlaceAndNeighboursAndTheNewCommunityDecides() throws Exception {
        var said = new org.hemei.workorder.SubmissionDesk.Submission(
                near.garden(),
                near.building(),
                near.unit(),
                orders.category(),
                "屋顶漏水到楼道",
                "",
                false,
                List.of(),
                "resident",
                null,
                null);
        var id = orders.file(near.resident(), said);
        joiners.join(near.neighbour(), id);
        var stays = orders.at(Stage.WORKING, near, near.resident(), "单元门坏了");
        assertThat(page(near.communityDesk(), "/orders")).doesNotContain("转给新社区");
        assertThatThrownBy(() -> transfers.handOn(near.communityDesk(), id, orders.version(id)))
                .as("nothing has moved")
                .isInstanceOf(Refusal.class);
        move(near.garden(), nextDoor);
        follow();
        assertThat(told(near.communityDesk())).singleElement().asString().contains("归了 隔壁社区");
        assertThat(told(near.streetDesk())).hasSize(1);
        assertThat(told(near.manager())).hasSize(1);
        assertThat(told(nextDesk)).singleElement().asString().contains("归您这边了");
        assertThat(told(nextStreet)).hasSize(1);
        assertThat(jdbc.sql("""
                                select count(*) from notice n join event_log e on e.kind = 'estate.moved' and e.subject = ? and e.at = n.at
                                where n.account = ?
                                """)
                        .params(String.valueOf(near.garden()), nextStreet.account())
                        .query(Integer.class)
                        .single())
                .as("of the moment it happened, however late it is told")
                .isOne();
        assertThat(told(town.far().communityDesk())).isEmpty();
        assertThat(jdbc.sql("select body from notice where account = ? and link like '/orders?estate=%'")
                        .param(near.communityDesk().account())
                        .query(String.class)
                        .single())
                .contains("没办完的工单还有 2 件");

        assertThat(page(near.communityDesk(), "/orders")).contains("转给新社区");
        assertThat(page(nextDesk, "/orders")).doesNotContain("转给新社区");
        var plan = plan(near.communityDesk(), id, "hand_on");
        assertThat(page(near.communityDesk(), plan)).contains("批量转给新社区", "能办 1 件");
        act(near.communityDesk(), plan + "/do");
        assertThat(orders.state(id)).isEqualTo("transfer_offered");
        assertThat(shows(near.resident(), "/orders", id) || status(near.resident(), "/orders/" + id) == 200)
                .isTrue();
        assertThat(shows(nextDesk, "/transfers", id)).isTrue();
        assertThat(status(town.far().communityDesk(), "/orders/" + id)).isEqualTo(404);

        var became =
                OrderId.valueOf(transfers.take(nextDesk, id, orders.version(id)).substring("/orders/".length()));
        assertThat(row(became, "community, building, unit, joined, state"))
                .isEqualTo(nextDoor + " " + near.building() + " " + near.unit() + " 1 submitted");
        assertThat(status(near.neighbour(), "/orders/" + became))
                .as("who joined goes along")
                .isEqualTo(200);
        assertThat(shows(nextDesk, "/todo", became)).isTrue();
        assertThat(routing.answer(became).body()).isEqualTo(near.company());
        work.dispatch(nextDesk, became, 1, near.company());
        assertThat(shows(near.manager(), "/todo", became)).isTrue();
        assertThat(orders.state(stays)).isEqualTo("in_progress");
    }

    private String take(Reader reader, String... fields) throws Exception {
        var request = post("/orders/bulk")
                .param("_once", UUID.randomUUID().toString())
                .param("act", "take_transfer");
        for (var n = 0; n < fields.length; n += 2) {
            request.param(fields[n], fields[n + 1]);
        }
        var answer =
                mvc.perform(request.with(as(reader)).with(csrf())).andReturn().getResponse();
        return answer.getRedirectedUrl() == null
                ? answer.getContentAsString(StandardCharsets.UTF_8)
                : answer.getRedirectedUrl();
    }

    @Test
    void theNewCommunityTakesWhatIsOfferedInOneGoAfterAPreviewAndEachOutcomeIsNamed() throws Exception {
        var first = orders.file(near.resident(), near.garden(), "单元门锁坏了");
        var second = orders.file(near.neighbour(), near.garden(), "楼道灯不亮了");
        var third = orders.file(near.neighbour(), near.garden(), "雨水管裂开了");
        var kept = orders.file(near.resident(), near.garden(), "没有转出去的事");
        move(near.garden(), nextDoor);
        for (var id : List.of(first, second, third)) {
            transfers.handOn(near.communityDesk(), id, orders.version(id));
        }
        assertThat(page(nextDesk, "/transfers")).contains("一起接下，先看看");
        assertThat(page(near.communityDesk(), "/transfers")).contains("单元门锁坏了").doesNotContain("一起接下");
        assertThat(take(town.far().communityDesk(), "pick", first.toString())).contains("没有选中工单", "移交");
        assertThat(take(near.communityDesk(), "all", "1")).contains("没有选中工单");

        var plan = take(nextDesk, "pick", first.toString(), "pick", second.toString(), "pick", kept.toString());
        assertThat(page(nextDesk, plan))
                .contains("批量接下", "选了 2 件", "能办 2 件", "href=\"/orders/" + second + "\"")
                .doesNotContain("没有转出去的事");
        assertThat(orders.state(first)).as("a preview takes nothing").isEqualTo("transfer_offered");
        transfers.recall(near.communityDesk(), second, orders.version(second), "还是我们办完");
        act(nextDesk, plan + "/do");
        var became = jdbc.sql("select became from order_transfer where order_id = ? and state = 'taken'")
                .param(first.id())
                .query(String.class)
                .single();
        assertThat(page(nextDesk, plan))
                .contains("办成 1 件，没办成 1 件", "对方收回了", "href=\"" + became + "\"")
                .as("what they cannot open is no link")
                .doesNotContain("href=\"/orders/" + second + "\"");
        assertThat(status(nextDesk, became)).isEqualTo(200);
        assertThat(orders.state(first)).isEqualTo("transferred");
        assertThat(orders.state(second)).isEqualTo("awaiting_dispatch");

        var rest = take(nextDesk, "all", "1", "q", "雨水管");
        act(nextDesk, rest + "/do");
        act(nextDesk, rest + "/do");
        assertThat(page(nextDesk, rest)).contains("办成 1 件");
        assertThat(jdbc.sql("select count(*) from work_order where community = ? and state = 'submitted'")
                        .param(nextDoor)
                        .query(Integer.class)
                        .single())
                .as("each once")
                .isEqualTo(2);
        assertThat(page(nextDesk, "/transfers")).doesNotContain("一起接下");
        assertThat(jdbc.sql("""
                                select detail ->> 'act' || ' ' || (detail ->> 'done') from audit_entry
                                where action = 'work_order.bulk' and account = ? order by id
                                """).param(nextDesk.account()).query(String.class).list())
                .containsExactly("take_transfer 1", "take_transfer 1");
    }

    @Test
    void figuresStayWhereTheyWereEarnedAndTheEstateAddsUpOverBothDistricts() throws Exception {
        var old = orders.at(Stage.WORKING, near, near.resident(), "电梯按钮失灵");
        move(near.garden(), town.far().community());
        var fresh = orders.file(near.resident(), near.garden(), "换了以后的事");
        assertThat(fresh.district()).isEqualTo(town.far().district());
        var offered = orders.file(near.neighbour(), near.garden(), "又一件事");
        assertThat(status(near.communityDesk(), "/orders/" + offered)).isEqualTo(404);
        transfers.offer(
                near.communityDesk(), old, orders.version(old), "other_estate", String.valueOf(near.garden()), "归了那边");
        var far = town.far().communityDesk();
        var became =
                OrderId.valueOf(transfers.take(far, old, orders.version(old)).substring("/orders/".length()));
        assertThat(became.district()).isEqualTo(town.far().district());
        commands.stream()
                .filter(command -> command.name().equals("rebuild-rollups"))
                .findFirst()
                .orElseThrow()
                .run(List.of(), new PrintStream(OutputStream.nullOutputStream()));
        var today = desk.today();
        assertThat(counts.of(near.community(), today, today).filed()).isOne();
        assertThat(counts.of(near.community(), today, today).open()).isZero();
        assertThat(counts.of(town.far().community(), today, today).filed()).isEqualTo(3);
        assertThat(counts.of(OrderCounts.estate(near.garden()), today, today).filed())
                .isEqualTo(4);
        assertThat(counts.of(OrderCounts.project(near.company(), near.garden()), today, today)
                        .filed())
                .as("what the company held")
                .isOne();
        var list = page(town.cityDesk(), "/orders?estate=" + near.garden());
        assertThat(list).contains("/orders/" + old, "/orders/" + fresh, "/orders/" + became, "/orders/" + offered);
    }
}

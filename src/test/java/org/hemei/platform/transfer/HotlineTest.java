package org.hemei.platform.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hemei.platform.transfer.Files.excel;
import static org.hemei.platform.transfer.Files.row;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.redirectedUrl;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.hemei.platform.privacy.PersonalData;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Orders;
import org.hemei.testing.TakenLists;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.Kept;
import org.hemei.workorder.KeptFiles;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.TransferDesk;
import org.hemei.workorder.WorkOrderDesk;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/** The hotline's daily file: in, assigned, filed, told back; hostile cells; again; undone, or not any more. */
@HemeiTest
class HotlineTest {

    private static final Object[] HEADING = row("热线工单号*", "受理日期*", "办结时限", "诉求类别", "小区", "地址", "诉求内容*", "来电人", "来电号码");
    private static final String SAID = "三楼王大妈家\n水管漏了";

    @Autowired
    TakenLists taken;

    @Autowired
    MockMvc mvc;

    @Autowired
    Imports imports;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    WorkOrderDesk desk;

    @Autowired
    TransferDesk transfers;

    @Autowired
    MovableClock clock;

    @Autowired
    List<KeptFiles> kept;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    List<PersonalData> holders;

    @Autowired
    TransactionTemplate transaction;

    Town town;
    Town.Side near;
    String garden;
    String no;

    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
        garden = jdbc.sql("select name from estate where id = ?")
                .param(near.garden())
                .query(String.class)
                .single();
        no = "HL" + town.city() + "-";
    }

    @AfterEach
    void now() {
        clock.reset();
    }

    private ImportRun load(Object[]... rows) throws Exception {
        var all = new ArrayList<Object[]>(List.of(rows));
        all.addFirst(HEADING);
        return imports.checked(mvc, near.districtDesk(), "hotline", "热线.xlsx", excel(all.toArray(Object[][]::new)));
    }

    private Object[] matter(String number, String estate, String due) {
        return row(no + number, "2026-11-20", due, "", estate, "3幢门口", SAID, "王小明", "055162634567");
    }

    private long id(String number) {
        return jdbc.sql("select id from hotline_case where number = ?")
                .param(no + number)
                .query(Long.class)
                .single();
    }

    @Test
    void the_round_from_the_file_to_the_answer() throws Exception {
        var run = load(matter("1", garden, "2026-11-24"), matter("2", "不知道哪儿的小区", null));
        assertThat(imports.wrong(run)).isEmpty();
        run = imports.pressed(mvc, near.districtDesk(), run, "apply");
        assertThat(run.state()).isEqualTo("applied");
        assertThat(jdbc.sql("select h::text from hotline_case h where number = ?")
                        .param(no + "1")
                        .query(String.class)
                        .single())
                .as("nobody's words, name or phone in the clear")
                .doesNotContain(
                        "王大妈", "王小明", "055162634567", HexFormat.of().formatHex("王大妈".getBytes(StandardCharsets.UTF_8)));

        mvc.perform(get("/hotline").with(as(near.districtDesk())))
                .andExpect(content().string(containsString(no + "2")))
                .andExpect(content().string(containsString("不知道哪儿的小区")));
        mvc.perform(get("/hotline/" + id("2")).with(as(near.communityDesk()))).andExpect(status().isNotFound());
        var found = mvc.perform(get("/hotline/" + id("2")).param("q", garden).with(as(near.districtDesk())))
                .andExpect(status().isOk())
                .andExpect(content().string(containsString("三楼王大妈家")));
        found.andExpect(content().string(containsString(garden)));
        mvc.perform(post("/hotline/" + id("2"))
                        .param("estate", String.valueOf(town.far().garden()))
                        .param("category", "x")
                        .with(as(near.districtDesk()))
                        .with(csrf()))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("请选一个您管的小区")))
                .andExpect(content().string(containsString("请选是哪类事")));
        var category = jdbc.sql("select code from category where parent is not null and active order by code limit 1")
                .query(String.class)
                .single();
        mvc.perform(post("/hotline/" + id("2"))
                        .param("estate", String.valueOf(near.garden()))
                        .param("category", category)
                        .with(as(near.districtDesk()))
                        .with(csrf()))
                .andExpect(status().is3xxRedirection());
        jdbc.sql("update hotline_case set category = ? where number = ? and category is null")
                .params(category, no + "1")
                .update();
        mvc.perform(post("/hotline/file").with(as(near.communityDesk())).with(csrf()))
                .andExpect(redirectedUrl("/hotline?box=filed&done=1"));

        var order = jdbc.sql("""
                        select o.channel || ' ' || o.state || ' ' || w.words || ' ' || (w.caller_phone_cipher is not null)
                        from hotline_order h join work_order o on o.district = h.district and o.id = h.order_id
                                 join work_order_words w on w.district = o.district and w.order_id = o.id
                        where h.hotline_case = ?
                        """).param(id("1")).query(String.class).single();
        assertThat(order).isEqualTo("hotline submitted " + SAID + " true");

        mvc.perform(get("/api/v1/hotline/status")
                        .param("since", Instant.now().minus(1, ChronoUnit.HOURS).toString())
                        .with(as(near.districtDesk())))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items.length()").value(2))
                .andExpect(jsonPath("$.items[0].number").value(no + "1"))
                .andExpect(jsonPath("$.items[0].state").value("待受理"))
                .andExpect(jsonPath("$.items[0].late").value(true))
                .andExpect(jsonPath("$.items[1].late").value(false));
        mvc.perform(get("/api/v1/hotline/status")
                        .param("since", "2199-01-01T00:00:00Z")
                        .with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items.length()").value(0));
        mvc.perform(get("/api/v1/hotline/status").with(as(town.far().districtDesk())))
                .andExpect(jsonPath("$.items.length()").value(0));

        var table = taken.taken(mvc, near.districtDesk(), "hotline-status", "from", "2026-11-20", "to", "2026-11-20");
        try (var book = new ReadableWorkbook(new ByteArrayInputStream(table))) {
            var rows = book.getFirstSheet().read();
            assertThat(rows.get(1).getCellText(0)).isEqualTo(no + "1");
            assertThat(rows.get(1).getCellText(2)).isEqualTo("待受理");
            assertThat(rows.get(1).getCellText(11)).isEqualTo("是");
            assertThat(rows.toString()).doesNotContain("王大妈");
        }

        run = imports.pressed(mvc, near.districtDesk(), run, "undo");
        assertThat(run.state()).as("orders came of it").isEqualTo("applied");
        assertThat(run.words()).contains("热线转成的工单");
    }

    @Test
    void one_that_cannot_be_an_order_says_why_and_holds_up_no_other() throws Exception {
        imports.pressed(
                mvc,
                near.districtDesk(),
                load(
                        matter("1", garden, null),
                        row(no + "2", "2026-11-20", null, "供水", garden, "3幢", "没水了", "王小明", "055162634567"),
                        matter("3", garden, null),
                        matter("4", garden, null)),
                "apply");
        place();
        // the words of the oldest were erased, and the estate of another moved away
        jdbc.sql("update hotline_case set words_cipher = null where number = ?")
                .param(no + "1")
                .update();
        jdbc.sql("update hotline_case set estate = ? where number = ?")
                .params(town.far().garden(), no + "3")
                .update();
        mvc.perform(post("/hotline/file").with(as(near.districtDesk())).with(csrf()))
                .andExpect(redirectedUrl("/hotline?box=lacking&done=2&left=2"));
        assertThat(jdbc.sql("""
                        select w.words from hotline_order h join work_order_words w on w.district = h.district and w.order_id = h.order_id
                        where h.hotline_case = ?
                        """).param(id("2")).query(String.class).single()).isEqualTo("供水：没水了");
        mvc.perform(get("/hotline?box=lacking&done=2&left=2").with(as(near.districtDesk())))
                .andExpect(content().string(containsString("有 2 件没转成")))
                .andExpect(content().string(containsString("已经按本人要求删除")))
                .andExpect(content().string(containsString(no + "3")));
        // pressed again, nothing is tried twice
        mvc.perform(post("/hotline/file").with(as(near.districtDesk())).with(csrf()))
                .andExpect(redirectedUrl("/hotline?box=filed&done=0"));
    }

    @Test
    void the_hotline_hears_of_what_its_matter_has_become() throws Exception {
        imports.pressed(mvc, near.districtDesk(), load(matter("1", garden, null), matter("2", garden, null)), "apply");
        place();
        mvc.perform(post("/hotline/file").with(as(near.districtDesk())).with(csrf()));
        var moved = order("1");
        transfers.offer(
                near.communityDesk(),
                moved,
                orders.version(moved),
                "other_estate",
                String.valueOf(near.oldYard()),
                "是老院子的");
        var became = OrderId.valueOf(transfers
                .take(near.communityDesk(), moved, orders.version(moved))
                .substring("/orders/".length()));
        desk.answer(near.communityDesk(), became, orders.version(became), "已经约好明天修");
        var kept = orders.file(near.resident(), near.garden(), "三楼王大妈家水管漏了");
        desk.merge(near.communityDesk(), order("2"), 1, kept);
        desk.reject(near.communityDesk(), kept, orders.version(kept), "是市政的", "市政热线");
        for (var id : List.of(became, kept)) {
            jdbc.sql("update work_order set solved = true, satisfied = 5 where district = ? and id = ?")
                    .params(id.district(), id.id())
                    .update();
        }
        mvc.perform(get("/api/v1/hotline/status").with(as(near.districtDesk())))
                .andExpect(status().isOk())
                .andExpect(jsonPath("$.items.length()").value(2))
                .andExpect(jsonPath("$.items[0].state").value("已答复"))
                .andExpect(jsonPath("$.items[0].closedAt").isNotEmpty())
                .andExpect(jsonPath("$.items[0].satisfied").value(5))
                .andExpect(jsonPath("$.items[0].answer").value("已经约好明天修"))
                .andExpect(jsonPath("$.items[1].state").value("不予受理"))
                .andExpect(jsonPath("$.items[1].answer").doesNotExist())
                .andExpect(jsonPath("$.items[1].solved").doesNotExist())
                .andExpect(jsonPath("$.items[1].satisfied").doesNotExist());
        mvc.perform(get("/api/v1/hotline/status")
                        .param("since", Instant.now().minus(1, ChronoUnit.HOURS).toString())
                        .with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items.length()").value(2));
    }

    @Test
    void the_hotline_reads_what_was_written_for_its_caller_and_the_desk_the_day_that_it_gives() throws Exception {
        imports.pressed(
                mvc, near.districtDesk(), load(matter("1", garden, "2026-11-24"), matter("2", garden, null)), "apply");
        place();
        mvc.perform(post("/hotline/file").with(as(near.districtDesk())).with(csrf()));
        var refused = order("1");
        var done = order("2");
        desk.reject(near.communityDesk(), refused, orders.version(refused), "是市政的路", "打市政热线 12319");
        desk.dispatch(near.communityDesk(), done, orders.version(done), near.company());
        desk.take(near.manager(), done, orders.version(done));
        desk.resolve(near.manager(), done, orders.version(done), "换了水管", List.of(), List.of());
        mvc.perform(get("/api/v1/hotline/status").with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items[0].answer").value("是市政的路 该去：打市政热线 12319"))
                .andExpect(jsonPath("$.items[1].answer").doesNotExist());
        desk.verify(near.communityDesk(), done, orders.version(done), "");
        mvc.perform(get("/api/v1/hotline/status").with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items[1].answer").value("换了水管"));

        for (var reader : List.of(near.communityDesk(), near.districtDesk())) {
            mvc.perform(get("/orders/" + refused).with(as(reader)))
                    .andExpect(content().string(containsString(no + "1")))
                    .andExpect(content().string(containsString("热线要求 <b>2026年11月24日")));
        }
        mvc.perform(get("/orders/" + done).with(as(near.manager())))
                .andExpect(content().string(containsString(no + "2")));
    }

    /** Two matters of one chain: joined, joined again, taken over by another estate, joined there; and one beside it where nothing moves. */
    @Test
    void a_tangled_chain_is_followed_to_its_end_and_moves_whoever_began_it() throws Exception {
        imports.pressed(
                mvc,
                near.districtDesk(),
                load(
                        matter("1", garden, null),
                        matter("2", garden, null),
                        matter("3", garden, null),
                        matter("4", "不知道哪儿的小区", null)),
                "apply");
        place();
        mvc.perform(post("/hotline/file").with(as(near.districtDesk())).with(csrf()));
        var desk = near.communityDesk();
        this.desk.merge(desk, order("1"), 1, order("2"));
        var kept = orders.file(near.resident(), near.garden(), "三楼王大妈家水管漏了");
        this.desk.merge(desk, order("2"), orders.version(order("2")), kept);
        transfers.offer(desk, kept, orders.version(kept), "other_estate", String.valueOf(near.oldYard()), "是老院子的");
        var there =
                OrderId.valueOf(transfers.take(desk, kept, orders.version(kept)).substring("/orders/".length()));
        var last = orders.file(near.oldYardResident(), near.oldYard(), "老院子的水管漏了");
        this.desk.merge(desk, there, orders.version(there), last);
        var before = "2026-01-01T00:00:00Z";
        jdbc.sql("""
                update hotline_case set imported_at = :long where number like :no;
                update hotline_order set filed_at = :long where hotline_case in (select id from hotline_case where number like :no);
                update work_order_step set at = :long where district = :district
                """)
                .param("long", java.sql.Timestamp.from(Instant.parse(before)))
                .param("no", no + "%")
                .param("district", near.district())
                .update();
        var since = "2026-01-02T00:00:00Z";
        mvc.perform(get("/api/v1/hotline/status").param("since", since).with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items.length()").value(0));
        this.desk.reject(desk, last, orders.version(last), "是市政的", "市政热线");
        mvc.perform(get("/api/v1/hotline/status").param("since", since).with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items[*].number", contains(no + "1", no + "2")))
                .andExpect(jsonPath("$.items[0].state").value("不予受理"))
                .andExpect(jsonPath("$.items[1].state").value("不予受理"));
        mvc.perform(get("/api/v1/hotline/status")
                        .param("since", since)
                        .param("after", no + "1")
                        .with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items[*].number", contains(no + "2")));
        mvc.perform(get("/api/v1/hotline/status").with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items[*].state", contains("不予受理", "不予受理", "待受理", "未转工单")));
    }

    @Test
    void what_was_reported_done_in_time_is_in_time_whether_or_not_anybody_rates() throws Exception {
        imports.pressed(mvc, near.districtDesk(), load(matter("1", garden, "2026-12-31")), "apply");
        place();
        mvc.perform(post("/hotline/file").with(as(near.districtDesk())).with(csrf()));
        var id = order("1");
        desk.dispatch(near.communityDesk(), id, 1, near.company());
        desk.take(near.manager(), id, orders.version(id));
        desk.resolve(near.manager(), id, orders.version(id), "换了水管", List.of(), List.of());
        jdbc.sql("update hotline_case set due_on = (now() at time zone 'Asia/Shanghai')::date where number = ?")
                .param(no + "1")
                .update();
        desk.verify(near.communityDesk(), id, orders.version(id), "");
        clock.advance(Duration.ofDays(9));
        mvc.perform(get("/api/v1/hotline/status").with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items[0].late").value(false));
        mvc.perform(get("/hotline?box=filed").with(as(near.districtDesk())))
                .andExpect(content().string(not(containsString("超了"))));
    }

    @Test
    void one_that_is_not_ours_goes_back_with_a_reason_and_can_be_taken_back() throws Exception {
        imports.pressed(mvc, near.districtDesk(), load(matter("1", garden, null)), "apply");
        place();
        var one = "/hotline/" + id("1");
        mvc.perform(post(one + "/return").with(as(near.districtDesk())).with(csrf()))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(containsString("为什么退回")));
        mvc.perform(post(one + "/return")
                        .param("reason", "是市政道路，归城管局")
                        .with(as(near.districtDesk()))
                        .with(csrf()))
                .andExpect(redirectedUrl(one + "?done=returned"));
        mvc.perform(post("/hotline/file").with(as(near.districtDesk())).with(csrf()))
                .andExpect(redirectedUrl("/hotline?box=filed&done=0"));
        mvc.perform(get("/hotline?box=returned").with(as(near.districtDesk())))
                .andExpect(content().string(containsString("是市政道路，归城管局")));
        mvc.perform(get("/hotline").with(as(near.districtDesk())))
                .andExpect(content().string(not(containsString(no + "1"))));
        mvc.perform(get("/api/v1/hotline/status")
                        .param("since", Instant.now().minus(1, ChronoUnit.HOURS).toString())
                        .with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items[0].code").value("returned"))
                .andExpect(jsonPath("$.items[0].reason").value("是市政道路，归城管局"));
        // who called and what they said is given up some time after it went back; nothing earlier
        var longAgo = Instant.now().minus(700, ChronoUnit.DAYS);
        assertThat(erase(longAgo)).isZero();
        mvc.perform(post(one + "/recall").with(as(near.districtDesk())).with(csrf()))
                .andExpect(redirectedUrl(one + "?done=recalled"));
        mvc.perform(get("/api/v1/hotline/status").with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items[0].code").value("not_filed"));
        assertThat(erase(Instant.now().plus(1, ChronoUnit.DAYS)))
                .as("what waits is kept")
                .isZero();
        mvc.perform(post(one + "/return")
                .param("reason", "是市政道路，归城管局")
                .with(as(near.districtDesk()))
                .with(csrf()));
        assertThat(erase(Instant.now().plus(1, ChronoUnit.DAYS))).isEqualTo(1);
        assertThat(erase(Instant.now().plus(1, ChronoUnit.DAYS))).isZero();
        assertThat(jdbc.sql(
                                "select words_cipher is null and caller_phone_index is null from hotline_case where number = ?")
                        .param(no + "1")
                        .query(Boolean.class)
                        .single())
                .isTrue();
    }

    @Test
    void one_that_went_back_and_is_sent_again_waits_again() throws Exception {
        var run = imports.pressed(
                mvc, near.districtDesk(), load(matter("1", garden, null), matter("2", garden, null)), "apply");
        mvc.perform(post("/hotline/" + id("1") + "/return")
                .param("reason", "是市政道路，归城管局")
                .with(as(near.districtDesk()))
                .with(csrf()));
        assertThat(imports.pressed(mvc, near.districtDesk(), run, "undo").state())
                .as("what went back is on record")
                .isEqualTo("applied");
        var again = load(matter("1", garden, null), matter("2", garden, null));
        assertThat(List.of(again.creates(), again.updates(), again.same())).containsExactly(0, 1, 1);
        imports.pressed(mvc, near.districtDesk(), again, "apply");
        assertThat(jdbc.sql(
                                "select waits and returned_reason is null and recalled_at is not null from hotline_case where number = ?")
                        .param(no + "1")
                        .query(Boolean.class)
                        .single())
                .isTrue();
        assertThat(jdbc.sql("select count(*) from audit_entry where action = 'hotline.recalled' and subject_id = ?")
                        .param(String.valueOf(id("1")))
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    /** 回访不满意, 重办: the same number, received on a later day, after its order has ended. */
    @Test
    void one_whose_order_has_ended_and_that_is_sent_again_becomes_another_order_that_names_the_first()
            throws Exception {
        imports.pressed(mvc, near.districtDesk(), load(matter("1", garden, null), matter("2", garden, null)), "apply");
        place();
        mvc.perform(post("/hotline/file").with(as(near.districtDesk())).with(csrf()));
        var first = order("1");
        desk.answer(near.communityDesk(), first, orders.version(first), "已经约好明天修");

        // the second still runs; the first has ended, but nothing says that it was sent again
        var same = load(later("2", "2026-11-28"), matter("1", garden, null));
        assertThat(List.of(same.creates(), same.updates(), same.same())).containsExactly(0, 0, 2);
        var again = load(later("1", "2026-11-28"));
        assertThat(List.of(again.creates(), again.updates(), again.same())).containsExactly(0, 1, 0);
        again = imports.pressed(mvc, near.districtDesk(), again, "apply");
        mvc.perform(get("/api/v1/hotline/status").with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items[0].state").value("未转工单"))
                .andExpect(jsonPath("$.items[0].receivedOn").value("2026-11-28"));
        imports.pressed(mvc, near.districtDesk(), again, "undo");
        assertThat(order("1")).isEqualTo(first);

        imports.pressed(mvc, near.districtDesk(), load(later("1", "2026-11-28")), "apply");
        mvc.perform(post("/hotline/file").with(as(near.districtDesk())).with(csrf()));
        var second = order("1");
        assertThat(second).isNotEqualTo(first);
        assertThat(orders.state(second)).isEqualTo("submitted");
        mvc.perform(get("/orders/" + second).with(as(near.communityDesk())))
                .andExpect(content().string(containsString("又没修好")))
                .andExpect(content().string(containsString("href=\"/orders/" + first + "\">上一张")));
        mvc.perform(get("/orders/" + first).with(as(near.communityDesk())))
                .andExpect(content().string(containsString("href=\"/orders/" + second + "\">新的一张")));
    }

    private Object[] later(String number, String received) {
        return row(no + number, received, null, "", garden, "3幢门口", "水管又没修好，又漏了", "王小明", "055162634567");
    }

    private int erase(Instant before) {
        return java.util.Objects.requireNonNull(transaction.execute(status -> kept.stream()
                .filter(one -> one.kept() == Kept.HOTLINE_WORDS)
                .mapToInt(one -> one.erase(near.district(), before, 200))
                .sum()));
    }

    @Test
    void the_hotline_hears_of_its_matter_when_the_order_lies_in_the_archive() throws Exception {
        imports.pressed(mvc, near.districtDesk(), load(matter("1", garden, "2026-11-24")), "apply");
        place();
        mvc.perform(post("/hotline/file").with(as(near.districtDesk())).with(csrf()));
        var id = order("1");
        desk.answer(near.communityDesk(), id, 1, "已经约好明天修");
        jdbc.sql("""
                        update work_order set submitted_at = submitted_at - interval '6 years', closed_at = closed_at - interval '6 years'
                        where district = ? and id = ?
                        """).params(id.district(), id.id()).update();
        jdbc.sql("update hotline_case set imported_at = imported_at - interval '6 years' where number = ?")
                .param(no + "1")
                .update();
        jdbc.sql("select archive.move(?, now() - interval '5 years', 200)")
                .param(id.district())
                .query(Integer.class)
                .single();
        mvc.perform(get("/api/v1/hotline/status").with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items[0].state").value("已答复"))
                .andExpect(jsonPath("$.items[0].late").value(false));
        mvc.perform(get("/api/v1/hotline/status")
                        .param("since", Instant.now().minus(1, ChronoUnit.HOURS).toString())
                        .with(as(near.districtDesk())))
                .andExpect(jsonPath("$.items.length()").value(1));
        assertThat(erase(Instant.now().minus(700, ChronoUnit.DAYS))).isEqualTo(1);
    }

    /** Those whose kind the words do not tell. */
    private void place() {
        jdbc.sql("""
                        update hotline_case set category = (select code from category where parent is not null and active order by code limit 1)
                        where number like ? and category is null
                        """).param(no + "%").update();
    }

    private OrderId order(String number) {
        return jdbc.sql("select district, order_id from hotline_order where hotline_case = ?")
                .param(id(number))
                .query((r, n) -> new OrderId(r.getInt(1), r.getLong(2)))
                .single();
    }

    @Test
    void again_it_changes_nothing_but_a_deadline_that_moved_and_what_nothing_builds_on_is_undone() throws Exception {
        var run = imports.pressed(mvc, near.districtDesk(), load(matter("1", garden, "2026-11-24")), "apply");
        var again = load(matter("1", "别的名字", "2026-11-24"));
        assertThat(List.of(again.creates(), again.updates(), again.same())).containsExactly(0, 0, 1);
        var moved = load(matter("1", garden, "2026-11-30"), matter("3", garden, null));
        assertThat(List.of(moved.creates(), moved.updates(), moved.same())).containsExactly(1, 1, 0);
        moved = imports.pressed(mvc, near.districtDesk(), moved, "apply");
        assertThat(imports.pressed(mvc, near.districtDesk(), moved, "undo").state())
                .isEqualTo("undone");
        assertThat(jdbc.sql("select due_on::text from hotline_case where number = ?")
                        .param(no + "1")
                        .query(String.class)
                        .single())
                .isEqualTo("2026-11-24");
        assertThat(imports.pressed(mvc, near.districtDesk(), run, "undo").state())
                .isEqualTo("undone");
        assertThat(jdbc.sql("select count(*) from hotline_case where number like ?")
                        .param(no + "%")
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void every_wrong_cell_of_a_hostile_file_is_named_and_nothing_is_written() throws Exception {
        var run = load(
                row("号", "昨天", "2026-13-40", "", garden, "x", "", "王小明", "123"),
                row(
                        no + "9",
                        "2026-11-20",
                        "2026-11-01",
                        "",
                        garden,
                        "x".repeat(61),
                        "说".repeat(501),
                        "'; drop table hotline_case; --",
                        "055162634567"),
                row(no + "8", "2026-11-20", null, "", garden, "门口", "=cmd|' /C calc'!A0", null, null),
                row(no + "7", "2026-11-20", null, "", garden, "门口", "好好的一件事", null, null),
                row(no + "7", "2026-11-20", null, "", garden, "门口", "同一个号", null, null));
        assertThat(run.state()).isEqualTo("wrong");
        assertThat(imports.wrong(run))
                .contains("样子不对", "日期认不出来", "没有这一天", "电话只写数字", "太长了，最多 60 个字", "太长了，最多 500 个字", "请填真实姓名");
        assertThat(jdbc.sql("select count(*) from hotline_case where number like ?")
                        .param(no + "%")
                        .query(Integer.class)
                        .single())
                .isZero();
        var other = imports.pressed(mvc, near.districtDesk(), load(matter("1", garden, null)), "apply");
        assertThat(other.state()).isEqualTo("applied");
        var stolen = imports.checked(
                mvc, town.far().districtDesk(), "hotline", "x.xlsx", excel(HEADING, matter("1", garden, null)));
        assertThat(imports.wrong(stolen)).contains("已经转给别的地方了");
    }

    @Test
    void what_a_caller_said_can_be_erased_and_the_number_stays() throws Exception {
        imports.pressed(
                mvc,
                near.districtDesk(),
                load(row(no + "5", "2026-11-20", null, "", garden, "门口", SAID, "王小明", "13912345678")),
                "apply");
        var person = jdbc.sql("""
                        insert into person (name_cipher, masked_name, phone_index)
                        select caller_name_cipher, '王**', caller_phone_index from hotline_case where number = ? returning id
                        """).param(no + "5").query(Long.class).single();
        transaction.executeWithoutResult(status ->
                holders.stream().filter(holder -> holder.order() == 45).forEach(holder -> holder.erase(person, false)));
        assertThat(jdbc.sql("""
                        select (words_cipher is null and caller_name_cipher is null and caller_phone_cipher is null)::text
                               || (select bool_or(jsonb_exists(after, 'words_cipher') or jsonb_exists(after, 'caller_phone_index'))::text from import_change
                                   where tab = 'hotline_case' and row_id = c.id::text)
                        from hotline_case c where number = :number
                        """).param("number", no + "5").query(String.class).single())
                .isEqualTo("truefalse");
        jdbc.sql("update person set phone_index = null where id = ?")
                .param(person)
                .update();
    }
}

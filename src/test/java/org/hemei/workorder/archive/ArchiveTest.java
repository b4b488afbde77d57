package org.hemei.workorder.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Command;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.hemei.testing.Orders.Stage;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.AssistDesk;
import org.hemei.workorder.DisputeDesk;
import org.hemei.workorder.InstructionDesk;
import org.hemei.workorder.Joiners;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.RatingDesk;
import org.hemei.workorder.SupervisionDesk;
import org.hemei.workorder.TimeDesk;
import org.hemei.workorder.WorkOrderDesk;
import org.hemei.workorder.measure.Rate;
import org.hemei.workorder.rates.AppealDesk;
import org.hemei.workorder.rates.By;
import org.hemei.workorder.rates.RateFilter;
import org.hemei.workorder.rates.RateQueries;
import org.hemei.workorder.rollup.OrderCounts;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** Orders of past years: moved whole, read by the same pages, found by the same search, changed by nobody, erased in time. */
@HemeiTest
class ArchiveTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    Retention retention;

    @Autowired
    WorkOrderDesk desk;

    @Autowired
    Joiners joiners;

    @Autowired
    DisputeDesk disputes;

    @Autowired
    TimeDesk time;

    @Autowired
    AssistDesk assists;

    @Autowired
    SupervisionDesk supervisions;

    @Autowired
    InstructionDesk instructions;

    @Autowired
    RatingDesk ratings;

    @Autowired
    AppealDesk appeals;

    @Autowired
    Attachments attachments;

    @Autowired
    FieldCipher cipher;

    @Autowired
    OrderCounts counts;

    @Autowired
    RateQueries rates;

    @Autowired
    List<Command> commands;

    @Autowired
    Pump pump;

    @Autowired
    JdbcClient jdbc;

    Town town;
    Town.Side near;

    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
    }

    /** As if all of it had happened so many years before. */
    private void age(OrderId id, int years) {
        var back = "interval '" + years + " years'";
        jdbc.sql("""
                update work_order set submitted_at = submitted_at - %1$s, closed_at = closed_at - %1$s where district = :d and id = :i
                """.formatted(back))
                .param("d", id.district())
                .param("i", id.id())
                .update();
        jdbc.sql("update work_order_step set at = at - %s where district = :d and order_id = :i".formatted(back))
                .param("d", id.district())
                .param("i", id.id())
                .update();
    }

    private List<String> parts() {
        return jdbc.sql("select relname from archive.parts() join pg_class on pg_class.oid = part order by depth, 1")
                .query(String.class)
                .list();
    }

    /** The rows of the parts that name their order; the others hang on them and are seen through their pages. */
    private Map<String, List<String>> whole(OrderId id, String schema) {
        var rows = new LinkedHashMap<String, List<String>>();
        for (var part : parts()) {
            var column = part.equals("work_order") ? "id" : "order_id";
            if (columns("public", part).contains(column)) {
                rows.put(
                        part,
                        jdbc.sql("""
                                select cast(to_jsonb(x) - 'caller_name_cipher' - 'caller_phone_cipher' - 'caller_phone_index' as text)
                                from %s.%s x where district = ? and %s = ? order by 1
                                """.formatted(schema, part, column))
                                .params(id.district(), id.id())
                                .query(String.class)
                                .list());
            }
        }
        return rows;
    }

    private List<String> columns(String schema, String table) {
        return jdbc.sql(
                        "select column_name from information_schema.columns where table_schema = ? and table_name = ? order by ordinal_position")
                .params(schema, table)
                .query(String.class)
                .list();
    }

    private MockHttpServletResponse open(Reader reader, String path) throws Exception {
        return mvc.perform(get(path).with(as(reader))).andReturn().getResponse();
    }

    private String page(Reader reader, String path) throws Exception {
        return open(reader, path).getContentAsString(StandardCharsets.UTF_8);
    }

    @Test
    void theArchiveShowsEveryPartWithTheColumnsOfTheLivingTable() {
        assertThat(parts())
                .contains("work_order", "work_order_words", "work_order_step", "work_order_remark", "assist_task");
        for (var part : parts()) {
            assertThat(columns("archive", part)).as(part).isEqualTo(columns("public", part));
        }
    }

    @Test
    void anOrderMovesWholeAndOnlyWhenItsTimeHasCome() {
        var old = orders.at(Stage.CLOSED, near, near.resident(), "楼道灯不亮了，请来看看。");
        var young = orders.at(Stage.CLOSED, near, near.resident(), "电梯里按钮失灵，请来看看。");
        var open = orders.at(Stage.WORKING, near, near.resident(), "水管漏了，请来看看。");
        age(old, 6);
        age(young, 4);
        age(open, 6);
        var before = whole(old, "public");
        assertThat(before.get("work_order_step")).hasSizeGreaterThan(3);
        assertThat(retention.move(near.district())).isEqualTo(1);
        assertThat(whole(old, "archive")).isEqualTo(before);
        assertThat(whole(old, "public").values())
                .allSatisfy(rows -> assertThat(rows).isEmpty());
        assertThat(orders.state(young)).isEqualTo("closed");
        assertThat(orders.state(open)).isEqualTo("in_progress");
        assertThat(retention.move(near.district())).isZero();
        assertThat(jdbc.sql(
                                "select detail ->> 'orders' from audit_entry where action = 'work_order.archived' and district = ?")
                        .param(near.district())
                        .query(String.class)
                        .list())
                .containsExactly("1");
    }

    @Test
    void thePagesSearchAndListsOfAnArchivedOrderAreAsBeforeAndReadOnly() throws Exception {
        var id = orders.at(Stage.CLOSED, near, near.resident(), "凉亭顶棚塌了一角，请来看看。");
        age(id, 6);
        var submitted = jdbc.sql("select submitted_at from work_order where district = ? and id = ?")
                .params(id.district(), id.id())
                .query((r, n) -> r.getTimestamp(1).toInstant())
                .single();
        retention.move(near.district());
        var path = "/orders/" + id;
        for (var reader : List.of(near.communityDesk(), near.resident(), near.manager(), town.cityDesk())) {
            assertThat(page(reader, path)).contains("凉亭顶棚塌了", "已经归档").doesNotContain("rate-form");
        }
        for (var stranger :
                List.of(town.far().communityDesk(), near.neighbour(), town.far().resident())) {
            assertThat(open(stranger, path).getStatus()).isEqualTo(404);
        }
        assertThat(mvc.perform(post(path + "/remark")
                                .param("version", "9")
                                .param("words", "补一句")
                                .with(as(near.resident()))
                                .with(csrf()))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(404);
        for (var text : List.of("凉亭顶棚", "顶棚", id.number(submitted))) {
            assertThat(page(near.communityDesk(), "/find?q=" + text)).as(text).contains("归档的工单", path);
            assertThat(page(town.far().communityDesk(), "/find?q=" + text)).doesNotContain(path);
        }
        assertThat(page(near.resident(), "/find?q=顶棚")).contains("五年以前", path);
        assertThat(page(near.resident(), "/my/orders"))
                .contains("近五年没有点过单", "看五年前的")
                .doesNotContain(path);
        assertThat(page(near.resident(), "/my/orders?past=1")).contains("五年前的工单", path);
        assertThat(page(near.neighbour(), "/my/orders?past=1"))
                .contains("没有归档的工单")
                .doesNotContain(path);
        throughTheDoors(id);
        assertThat(page(near.communityDesk(), "/orders")).doesNotContain(path);
        assertThat(page(near.communityDesk(), "/orders?past=1")).contains(path, "筛出 1 件");
        assertThat(page(near.communityDesk(), "/orders?past=1&q=顶棚")).contains(path);
        assertThat(page(town.far().communityDesk(), "/orders?past=1")).doesNotContain(path);
        assertThat(page(town.cityDesk(), "/retention")).contains("归档里有什么", "件");
    }

    /** The same by the API and by Open311: to be read, and nothing to be done. */
    private void throughTheDoors(OrderId id) throws Exception {
        var api = "/api/v1/orders/" + id;
        assertThat(page(near.communityDesk(), "/api/v1/orders?past=1")).contains(id.toString());
        assertThat(page(near.communityDesk(), "/api/v1/orders")).doesNotContain(id.toString());
        assertThat(page(near.communityDesk(), api))
                .contains("凉亭顶棚塌了", "\"archived\":true", "\"verbs\":[]", "\"ahead\":[]");
        assertThat(page(near.resident(), api + "/history")).contains("dispatch", "resolve");
        assertThat(open(near.communityDesk(), api + "/photos").getStatus()).isEqualTo(200);
        assertThat(open(town.far().communityDesk(), api).getStatus()).isEqualTo(404);
        assertThat(page(Reader.VISITOR, "/open311/v2/requests/" + id + ".json")).contains("\"closed\"");
    }

    @Test
    void wordsAreErasedHereAndInTheArchiveWhenTheirTimeIsOverAndTheFactsStay() throws Exception {
        var ids = new ArrayList<OrderId>();
        for (var years : new int[] {1, 3, 11}) {
            var id = orders.at(Stage.CLOSED, near, near.resident(), "垃圾房门坏了，请来看看。");
            age(id, years);
            ids.add(id);
        }
        jdbc.sql("update work_order_words set caller_phone_cipher = ?, caller_phone_index = 'y' where district = ?")
                .params(cipher.encrypt("13800001111"), near.district())
                .update();
        retention.move(near.district());
        assertThat(retention.erase(near.district(), "caller")).isEqualTo(1);
        assertThat(retention.erase(near.district(), "order_words")).isEqualTo(1);
        assertThat(retention.erase(near.district(), "order_words")).isZero();
        assertThat(page(near.communityDesk(), "/orders/" + ids.get(0))).contains("垃圾房门坏了");
        assertThat(page(near.communityDesk(), "/orders/" + ids.get(1))).contains("垃圾房门坏了");
        assertThat(page(near.communityDesk(), "/orders/" + ids.get(2)))
                .contains("保存期满", "核验")
                .doesNotContain("垃圾房门坏了", "换了灯", "修好了，试过了");
        assertThat(jdbc.sql(
                                "select count(*) from work_order_words where district = ? and caller_phone_cipher is not null")
                        .param(near.district())
                        .query(Integer.class)
                        .single())
                .as("of one year ago only")
                .isEqualTo(1);
    }

    /** Whatever people wrote anywhere on an order is gone when its words' time is over, here and in the archive, and on their own request. */
    @Test
    void noWordThatHangsOnAnOrderIsLeftWhenTheirTimeIsOver() throws Exception {
        for (var schema : List.of("public", "archive")) {
            var id = all();
            age(id, 11);
            assertThat(left(id, "public")).hasSizeGreaterThan(8);
            if (schema.equals("archive")) {
                retention.move(near.district());
            }
            retention.erase(near.district(), "order_words");
            assertThat(left(id, schema)).as(schema).isEmpty();
        }
    }

    /** Whoever is not needed any more as a helper reads why in their messages, and nowhere else. */
    @Test
    void whyAHelperIsNotNeededGoesFromTheirMessagesTooAndTheTitleFromEverybodys() {
        for (var schema : List.of("public", "archive")) {
            var id = orders.at(Stage.CONTACTED, near, near.resident(), "水管漏了，请来看看。");
            var due = java.time.Instant.now().plus(java.time.Duration.ofDays(2));
            assists.ask(near.manager(), id, orders.version(id), near.helperBody(), "来看看线路", due);
            assists.recall(
                    near.manager(), id, orders.version(id), orders.assist(id, near.helperBody()), "王师傅自己会修，" + schema);
            desk.resolve(near.manager(), id, orders.version(id), "换了管子", List.of(), List.of());
            desk.verify(near.communityDesk(), id, orders.version(id), "看过了");
            ratings.rate(near.resident(), id, orders.version(id), true, 5, "");
            pump.run();
            assertThat(told(near.helper())).anyMatch(body -> body.endsWith("理由：王师傅自己会修，" + schema));
            age(id, 11);
            assertThat(about(id)).hasSizeGreaterThan(3).allMatch(body -> body.startsWith("水管漏了，请来看看"));
            if (schema.equals("archive")) {
                retention.move(near.district());
            }
            retention.erase(near.district(), "order_words");
            assertThat(told(near.helper())).noneMatch(body -> body.contains("王师傅") || body.contains("水管"));
            assertThat(about(id)).hasSizeGreaterThan(3).allMatch(Retention.ERASED::equals);
        }
    }

    /** What those were told of the order who can open it. */
    private List<String> about(OrderId id) {
        return jdbc.sql("select body from notice where link = ?")
                .param("/orders/" + id)
                .query(String.class)
                .list();
    }

    private List<String> told(Reader reader) {
        return jdbc.sql("select title || '：' || body from notice where account = ?")
                .param(reader.account())
                .query(String.class)
                .list();
    }

    /** Where somebody was told to go is written into the step itself. */
    @Test
    void whereSomebodyWasToldToGoIsErasedAndTheStepStays() throws Exception {
        for (var schema : List.of("public", "archive")) {
            var id = orders.file(near.resident(), near.garden(), "门口的路坑坑洼洼。");
            desk.reject(near.communityDesk(), id, orders.version(id), "不归小区", "找城管局的张师傅");
            var steps = whole(id, "public").get("work_order_step").size();
            age(id, 11);
            if (schema.equals("archive")) {
                retention.move(near.district());
            }
            assertThat(whole(id, schema).get("work_order_step").toString()).contains("张师傅");
            retention.erase(near.district(), "order_words");
            assertThat(whole(id, schema).values().toString()).doesNotContain("张师傅", "不归小区");
            assertThat(whole(id, schema).get("work_order_step")).hasSize(steps);
            assertThat(page(near.communityDesk(), "/orders/" + id)).contains("不予受理", "保存期满");
        }
    }

    /** Which columns of the order's parts still hold something that {@link #all} wrote. */
    private List<String> left(OrderId id, String schema) {
        var said = List.of(
                "水管漏了", "供水集团", "合同里写着", "约好了", "配件要订货", "来看看线路", "查过线路", "还没动静", "明天换管子", "请抓紧办", "问了一次物业", "换了管子",
                "看过了", "太慢", "同一处");
        var left = new ArrayList<String>();
        whole(id, schema)
                .forEach((part, rows) -> said.stream()
                        .filter(words -> rows.stream().anyMatch(row -> row.contains(words)))
                        .forEach(words -> left.add(part + ": " + words)));
        for (var words : said) {
            var apart = jdbc.sql("""
                    select (select count(*) from %1$s.leader_mark_words x join %1$s.leader_mark m on m.district = x.district and m.id = x.mark_id
                            where m.district = :district and m.order_id = :order and x.words || x.answer like :like)
                         + (select count(*) from %1$s.rate_appeal_remark x join %1$s.rate_appeal a on a.district = x.district and a.id = x.appeal
                            where a.district = :district and a.order_id = :order and x.words like :like)
                    """.formatted(schema))
                    .param("district", id.district())
                    .param("order", id.id())
                    .param("like", "%" + words + "%")
                    .query(Integer.class)
                    .single();
            if (apart > 0) {
                left.add("beside: " + words);
            }
        }
        return left;
    }

    /** Everything an order can have, moved with it and readable there; and counted as before when all is counted anew. */
    @Test
    void anOrderWithAllThatCanHangOnItMovesIsReadAndStaysCounted() throws Exception {
        var id = all();
        age(id, 6);
        var before = whole(id, "public");
        for (var part : List.of(
                "order_time_request",
                "order_dispute",
                "supervision",
                "leader_mark",
                "assist_task",
                "work_order_rating",
                "work_order_remark",
                "me_too",
                "rate_appeal")) {
            assertThat(before.get(part)).as(part).isNotEmpty();
        }
        rebuild();
        var counted = counted();
        assertThat(counted.toString()).contains("filed=1");

        assertThat(retention.move(near.district())).isEqualTo(1);
        assertThat(whole(id, "archive")).isEqualTo(before);
        assertThat(whole(id, "public").values())
                .allSatisfy(rows -> assertThat(rows).isEmpty());

        var desk = page(near.communityDesk(), "/orders/" + id);
        assertThat(desk)
                .contains(
                        "已经归档",
                        "这是供水集团的管子",
                        "合同里写着归你们",
                        "配件要订货",
                        "三天了还没动静",
                        "明天换管子",
                        "李某某 副区长",
                        "居民催办",
                        "查过线路，没有问题",
                        "又问了一次物业");
        assertThat(page(near.resident(), "/orders/" + id)).contains("已经归档", "街道");
        var photo = jdbc.sql(
                        "select id from attachment where district = ? and owner_kind = 'work_order' and owner_id = ?")
                .params(id.district(), id.toString())
                .query(java.util.UUID.class)
                .single();
        assertThat(desk).contains(photo.toString());
        assertThat(open(near.communityDesk(), "/attachments/" + id.district() + "/" + photo)
                        .getStatus())
                .isEqualTo(200);
        assertThat(open(town.far().communityDesk(), "/attachments/" + id.district() + "/" + photo)
                        .getStatus())
                .isEqualTo(404);
        var appeal = jdbc.sql(
                        "select district || '-' || id from archive.rate_appeal where district = ? and order_id = ?")
                .params(id.district(), id.id())
                .query(String.class)
                .single();
        assertThat(page(near.manager(), "/rates/appeals/" + appeal)).contains("和另一张单是同一处");
        assertThat(open(town.far().manager(), "/rates/appeals/" + appeal).getStatus())
                .isEqualTo(404);

        assertThat(counted()).as("after the move").isEqualTo(counted);
        casesAndReports(id);
        rebuild();
        assertThat(counted()).as("after counting all anew").isEqualTo(counted);
    }

    /** A figure of an archived month leads to its cases, and is the same however it is asked for. */
    private void casesAndReports(OrderId id) throws Exception {
        var filed = jdbc.sql("select submitted_at from archive.work_order where district = ? and id = ?")
                .params(id.district(), id.id())
                .query((r, n) -> r.getTimestamp(1).toInstant())
                .single();
        var month = java.time.YearMonth.from(org.hemei.platform.time.CivilTime.date(filed));
        for (var reader : List.of(near.communityDesk(), near.manager())) {
            assertThat(page(reader, "/rates/cases?rate=response&month=" + month))
                    .contains("水管漏了", "/orders/" + id);
        }
        // a leaf of the tree of categories is not kept by month: it is added up over the orders, wherever they lie
        var leaf = RateFilter.of(
                Map.of("area", near.community(), "category", orders.category(), "month", month.toString()),
                java.time.LocalDate.now(java.time.ZoneOffset.UTC));
        assertThat(RateQueries.sum(rates.by(leaf, By.ESTATE, near.communityDesk()))
                        .orders())
                .isEqualTo(1);
    }

    /** Filed, joined, urged, returned, refused, extended, helped, supervised, marked, done, rated badly and appealed. */
    private OrderId all() throws Exception {
        var id = orders.file(near.resident(), near.garden(), "水管漏了，请来看看。");
        joiners.join(near.neighbour(), id);
        desk.dispatch(near.communityDesk(), id, orders.version(id), near.company());
        desk.urge(near.neighbour(), id, orders.version(id));
        disputes.request(near.manager(), id, orders.version(id), "not_ours", "这是供水集团的管子");
        disputes.refuse(near.communityDesk(), id, orders.version(id), "合同里写着归你们");
        desk.take(near.manager(), id, orders.version(id));
        desk.contact(near.manager(), id, orders.version(id), "phone", "约好了明天");
        time.askExtension(near.manager(), id, orders.version(id), 3, "配件要订货");
        time.grantExtension(near.communityDesk(), id, orders.version(id), "");
        var due = java.time.Instant.now().plus(java.time.Duration.ofDays(2));
        assists.ask(near.manager(), id, orders.version(id), near.helperBody(), "来看看线路", due);
        assists.accept(near.helper(), id, orders.version(id), orders.assist(id, near.helperBody()));
        assists.done(
                near.helper(), id, orders.version(id), orders.assist(id, near.helperBody()), "查过线路，没有问题", List.of());
        supervisions.supervise(near.streetDesk(), id, orders.version(id), "三天了还没动静");
        supervisions.answer(near.manager(), id, orders.version(id), "明天换管子");
        supervisions.lift(near.streetDesk(), id, orders.version(id), "可以");
        instructions.instruct(
                near.districtDesk(),
                id,
                orders.version(id),
                new InstructionDesk.Instruction(
                        "李某某 副区长",
                        org.hemei.platform.time.CivilTime.date(java.time.Instant.now()),
                        "请抓紧办",
                        "holder",
                        null,
                        false));
        var photo = attachments.store(
                near.communityDesk(),
                id.district(),
                new org.springframework.mock.web.MockMultipartFile(
                        "file", "x.png", "image/png", org.hemei.testing.Pictures.of("png", 40, 30)),
                Attachments.Purpose.PHOTO);
        desk.remark(near.communityDesk(), id, orders.version(id), "又问了一次物业", List.of(photo));
        desk.resolve(near.manager(), id, orders.version(id), "换了管子，不漏了", List.of(), List.of());
        desk.verify(near.communityDesk(), id, orders.version(id), "看过了");
        ratings.rate(near.resident(), id, orders.version(id), true, 1, "太慢");
        appeals.file(near.manager(), id, null, List.of(Rate.SATISFACTION), "repeated", "和另一张单是同一处", List.of());
        return id;
    }

    private void rebuild() {
        commands.stream()
                .filter(command -> command.name().equals("rebuild-rollups"))
                .findFirst()
                .orElseThrow()
                .run(List.of(), new java.io.PrintStream(java.io.OutputStream.nullOutputStream()));
    }

    /** Of the near side's places and bodies, whatever the month. */
    private Map<String, Object> counted() {
        var first = java.time.LocalDate.of(2000, 1, 1);
        var last = java.time.LocalDate.of(2199, 12, 31);
        var all = new LinkedHashMap<String, Object>();
        for (var scope : List.of(
                String.valueOf(near.district()),
                near.community(),
                OrderCounts.estate(near.garden()),
                OrderCounts.holder(near.company()),
                OrderCounts.project(near.company(), near.garden()))) {
            all.put(scope, counts.of(scope, first, last));
            all.put(scope + " months", counts.months(scope, first, last));
        }
        all.put("topics", counts.topics(near.community(), first, last));
        return all;
    }

    @Test
    void whatWasAddedToOrdersTheArchiveFollows() {
        jdbc.sql("""
                create table test_part (district int not null, order_id bigint not null, n int not null, primary key (district, order_id, n),
                                        foreign key (district, order_id) references work_order (district, id));
                do $$ begin perform archive.follow(); end $$;
                alter table test_part add column words text;
                do $$ begin perform archive.follow(); end $$
                """).update();
        try {
            var id = orders.at(Stage.CLOSED, near, near.resident(), "路面有坑，请来看看。");
            age(id, 7);
            jdbc.sql("insert into test_part values (?, ?, 1, 'kept')")
                    .params(id.district(), id.id())
                    .update();
            retention.move(near.district());
            assertThat(jdbc.sql("select words from archive.test_part where district = ? and order_id = ?")
                            .params(id.district(), id.id())
                            .query(String.class)
                            .single())
                    .isEqualTo("kept");
        } finally {
            jdbc.sql("drop view archive.test_part; drop table archive_years.test_part; drop table test_part")
                    .update();
        }
    }
}

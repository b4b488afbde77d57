package org.hemei.workorder.find;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.CorrectingDesk;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.SubmissionDesk;
import org.hemei.workorder.SubmissionDesk.Submission;
import org.hemei.workorder.TransferDesk;
import org.hemei.workorder.WorkOrderDesk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** The search box: what each reader finds by words, number, place, person and phone, and what they never find. */
@HemeiTest
class FindTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    SubmissionDesk submissions;

    @Autowired
    WorkOrderDesk desk;

    @Autowired
    TransferDesk transfers;

    @Autowired
    CorrectingDesk correcting;

    @Autowired
    PhoneIndexing indexing;

    @Autowired
    org.hemei.platform.job.JobRunner runner;

    @Autowired
    JdbcClient jdbc;

    Town town;
    Town.Side near;
    Reader stranger;

    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
        stranger = town.far().communityDesk();
    }

    private String find(Reader reader, String text) throws Exception {
        return mvc.perform(get("/find").param("q", text).with(as(reader)))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    private String ask(Reader reader, String text) throws Exception {
        return mvc.perform(post("/find").param("q", text).with(as(reader)).with(csrf()))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    private static String link(OrderId id) {
        return "href=\"/orders/" + id + "\"";
    }

    private OrderId called(String phone, String words, boolean anonymous) {
        return submissions.submit(
                near.communityDesk(),
                UUID.randomUUID().toString(),
                new Submission(
                        near.garden(),
                        near.building(),
                        null,
                        "facility.lift",
                        words,
                        "",
                        anonymous,
                        List.of(),
                        "phone",
                        "张大妈",
                        phone));
    }

    @Test
    void byWordsOfTwoCharactersAndMoreInOnesOwnAreaOnly() throws Exception {
        var id = orders.file(near.resident(), near.garden(), "电梯半夜异响，像拖铁链。");
        for (var text : List.of("异响", "电梯", "半夜异响", "电梯 铁链", "像拖铁链")) {
            assertThat(find(near.communityDesk(), text)).as(text).contains(link(id));
            assertThat(find(stranger, text)).as(text).doesNotContain(link(id));
        }
        assertThat(find(near.communityDesk(), "异铁")).doesNotContain(link(id)).contains("没有找到");
        assertThat(find(near.communityDesk(), "梯电")).doesNotContain(link(id));
        assertThat(find(near.resident(), "异响")).contains(link(id), "我点的单");
        assertThat(find(near.neighbour(), "异响")).doesNotContain(link(id));
        // a single character is answered with what was done
        assertThat(find(near.communityDesk(), "链")).contains(link(id));
        assertThat(find(near.communityDesk(), "鼍")).contains("一个字太多地方有");
    }

    @Test
    void whatAnotherPlaceTookOverIsFoundThere() throws Exception {
        var phone = "1391234" + (1000 + (int) (System.nanoTime() % 9000));
        var far = town.far();
        var id = called(phone, "电梯半夜尖叫，像吹哨子。", false);
        transfers.offer(near.communityDesk(), id, 1, "other_estate", String.valueOf(far.garden()), "是那边的电梯");
        var became = OrderId.valueOf(transfers.take(far.communityDesk(), id, 2).substring("/orders/".length()));
        assertThat(find(far.communityDesk(), "尖叫")).contains(link(became));
        assertThat(ask(far.communityDesk(), phone)).contains(link(became));
    }

    /** Orders of before there was an index of phones: found once the job has been through, which may run twice. */
    @Test
    void ordersFiledBeforeThereWasAnIndexOfPhonesAreFoundAfterTheJob() throws Exception {
        var phone = "1391234" + (1000 + (int) (System.nanoTime() % 9000));
        var id = called(phone, "电梯门关不上，请来看看。", false);
        jdbc.sql("update work_order_words set caller_phone_index = null where district = ? and order_id = ?")
                .params(id.district(), id.id())
                .update();
        assertThat(ask(near.communityDesk(), phone)).doesNotContain(link(id));
        assertThat(page(town.system(), "/system/counts")).contains("按来电号码还找不到");
        var run = mvc.perform(
                        post("/system/phone-index").with(as(town.system())).with(csrf()))
                .andReturn()
                .getResponse()
                .getRedirectedUrl();
        runner.run(Long.parseLong(run.substring("/jobs/".length())));
        assertThat(jdbc.sql("select state || ' ' || (done = total) from job_run where id = ?")
                        .param(Long.parseLong(run.substring("/jobs/".length())))
                        .query(String.class)
                        .single())
                .isEqualTo("done true");
        assertThat(ask(near.communityDesk(), phone)).contains(link(id));
        assertThat(ask(stranger, phone)).doesNotContain(link(id));
        assertThat(indexing.left()).isZero();
        assertThat(indexing.batch()).isZero();
        assertThat(mvc.perform(post("/system/phone-index")
                                .with(as(town.system()))
                                .with(csrf()))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(422);
        assertThat(page(town.system(), "/system/counts")).contains("都能按来电号码找到");
    }

    @Test
    void byNumberAsWrittenOrReadOut() throws Exception {
        var id = orders.file(near.resident(), near.garden(), "门禁刷不开");
        for (var text : List.of(id.number(Instant.now()), String.valueOf(id.id()))) {
            assertThat(find(near.communityDesk(), text)).contains(link(id));
            assertThat(find(town.cityDesk(), text)).contains(link(id));
            assertThat(find(near.resident(), text)).contains(link(id));
            assertThat(find(stranger, text)).doesNotContain(link(id));
        }
    }

    @Test
    void byPhoneOfReporterOrCallerOnRecordAndForNobodyWithoutThatDuty() throws Exception {
        var phone = "1391" + (1_000_000 + System.nanoTime() % 8_999_999);
        var open = called(phone, "三楼的灯不亮", false);
        var hidden = called(phone, "有人在楼道抽烟", true);
        for (var id : List.of(open, hidden)) {
            desk.dispatch(near.communityDesk(), id, orders.version(id), near.company());
        }
        assertThat(ask(near.communityDesk(), phone)).contains(link(open), link(hidden));
        assertThat(ask(near.streetDesk(), phone.substring(0, 3) + " " + phone.substring(3)))
                .contains(link(open), link(hidden));
        assertThat(ask(near.manager(), phone)).contains(link(open)).doesNotContain(link(hidden));
        assertThat(ask(stranger, phone)).contains("没有找到").doesNotContain(link(open));
        assertThat(ask(near.helper(), phone)).doesNotContain(link(open));
        assertThat(ask(near.resident(), phone)).doesNotContain(link(open));
        // also for whoever may not look for phones it stays out of the address
        for (var reader : List.of(near.helper(), near.resident())) {
            assertThat(mvc.perform(post("/find")
                                    .param("q", phone)
                                    .with(as(reader))
                                    .with(csrf()))
                            .andReturn()
                            .getResponse())
                    .satisfies(answer -> assertThat(answer.getStatus()).isEqualTo(200))
                    .satisfies(answer -> assertThat(answer.getRedirectedUrl()).isNull());
        }
        assertThat(find(near.communityDesk(), phone)).contains("按电话找").doesNotContain(link(open));
        assertThat(jdbc.sql(
                                "select detail ->> 'found' from audit_entry where action = 'work_order.find_by_phone' and account = ?")
                        .param(near.communityDesk().account())
                        .query(String.class)
                        .list())
                .containsExactly("2");
        assertThat(jdbc.sql("select count(*) from audit_entry where detail::text like '%' || ? || '%'")
                        .param(phone)
                        .query(Integer.class)
                        .single())
                .isZero();
    }

    @Test
    void whoeverFiledAnonymouslyIsNotFoundByTheirDoor() throws Exception {
        var said = new Submission(
                near.garden(),
                near.building(),
                near.unit(),
                "facility.lift",
                "楼上装修太吵",
                "",
                true,
                List.of(),
                "resident",
                null,
                null);
        var id = orders.file(near.resident(), said);
        desk.dispatch(near.communityDesk(), id, orders.version(id), near.company());
        var list = "/orders?unit=" + near.unit();
        assertThat(page(near.communityDesk(), list)).contains(link(id));
        assertThat(page(near.manager(), list)).doesNotContain(link(id));
        assertThat(page(near.manager(), "/orders?building=" + near.building())).contains(link(id));
    }

    /** Two characters are looked up by their pair alone, which the place has as well. */
    @Test
    void whoeverFiledAnonymouslyIsNotFoundByTheWordsOfTheirPlace() throws Exception {
        var id = orders.file(near.resident(), at("地下车库西角九号位", true));
        var open = orders.file(near.resident(), at("地下车库东角八号位", false));
        for (var one : List.of(id, open)) {
            desk.dispatch(near.communityDesk(), one, orders.version(one), near.company());
        }
        for (var text : List.of("西角", "九号位", "地下车库", "装修 西角", "库")) {
            assertThat(find(near.communityDesk(), text)).as(text).contains(link(id));
            assertThat(find(near.manager(), text)).as(text).doesNotContain(link(id));
            assertThat(page(near.manager(), "/orders?q=" + text + "&sort=due"))
                    .as(text)
                    .doesNotContain(link(id));
        }
        for (var text : List.of("东角", "地下车库", "装修 东角")) {
            assertThat(find(near.manager(), text)).as(text).contains(link(open));
        }
        assertThat(find(near.manager(), "装修")).contains(link(id), link(open));
        assertThat(find(near.resident(), "九号位")).contains(link(id));
    }

    @Test
    void aHouseIsFoundHoweverItIsWrittenAndNoOtherOneWithTheSameFigures() throws Exception {
        var eleven = jdbc.sql(
                        "insert into building (estate, name, entrances, floors, position) values (?, '11号楼', 2, 18, 2) returning id")
                .param(near.garden())
                .query(Long.class)
                .single();
        var dwelling = towns.unit(eleven, near.garden(), 5);
        var home = filed(eleven, dwelling, "楼上漏水到我家", "");
        var written = filed(null, null, "3栋2单元门口堆了 11 袋垃圾", "");
        var spoken = filed(null, null, "十二号楼三楼的灯坏了", "");
        var placed = filed(near.building(), null, "电梯异响第 3 次了", "1 单元 6 楼");
        var all = List.of(home, written, spoken, placed);
        var wanted = new java.util.LinkedHashMap<String, List<OrderId>>();
        wanted.put("1幢", List.of(placed));
        wanted.put("1号楼", List.of(placed));
        wanted.put("11幢", List.of(home));
        wanted.put("11栋 1单元", List.of(home));
        wanted.put("11-1-501", List.of(home));
        wanted.put("11-501", List.of(home));
        wanted.put("11幢1单元501室", List.of(home));
        wanted.put("11幢漏水", List.of(home));
        wanted.put("3幢", List.of(written));
        wanted.put("三幢二单元", List.of(written));
        wanted.put("3#2单元", List.of(written));
        wanted.put("3幢1单元", List.of());
        wanted.put("2单元", List.of(written));
        wanted.put("12幢", List.of(spoken));
        wanted.put("12号楼3楼", List.of(spoken));
        wanted.put("6楼", List.of(placed));
        wanted.put("3次", List.of(placed));
        wanted.put("11袋", List.of(written));
        var got = new java.util.LinkedHashMap<String, List<OrderId>>();
        for (var text : wanted.keySet()) {
            var page = find(near.communityDesk(), text);
            got.put(text, all.stream().filter(id -> page.contains(link(id))).toList());
        }
        assertThat(got).isEqualTo(wanted);
        for (var text : List.of("1幢", "11号楼", "三幢二单元", "11-501", "11幢漏水", "3幢1单元")) {
            var inbox = mvc.perform(get("/todo").param("q", text).with(as(near.communityDesk())))
                    .andReturn()
                    .getResponse()
                    .getContentAsString(StandardCharsets.UTF_8);
            assertThat(all.stream()
                            .filter(id -> inbox.contains("/orders/" + id))
                            .toList())
                    .as("waiting, " + text)
                    .isEqualTo(wanted.getOrDefault(text, List.of(home)));
        }
        // put right, it is found at its house
        desk.accept(near.communityDesk(), written, orders.version(written));
        correcting.correct(
                near.communityDesk(),
                written,
                orders.version(written),
                new CorrectingDesk.Right(null, null, eleven, null),
                "是十一号楼的");
        assertThat(find(near.communityDesk(), "11幢")).contains(link(written), link(home));
    }

    private OrderId filed(Long building, Long unit, String words, String place) {
        return submissions.submit(
                near.communityDesk(),
                UUID.randomUUID().toString(),
                new Submission(
                        near.garden(),
                        building,
                        unit,
                        "facility.lift",
                        words,
                        place,
                        false,
                        List.of(),
                        "patrol",
                        null,
                        null));
    }

    /** A company that may not know whose it is finds it by its building, not by entrance and dwelling. */
    @Test
    void whoeverFiledAnonymouslyIsNotFoundByTheirHouseNumber() throws Exception {
        var id = orders.file(
                near.resident(),
                new Submission(
                        near.garden(),
                        near.building(),
                        near.unit(),
                        "facility.lift",
                        "楼上装修太吵",
                        "7楼",
                        true,
                        List.of(),
                        "resident",
                        null,
                        null));
        desk.dispatch(near.communityDesk(), id, orders.version(id), near.company());
        for (var text : List.of("1-1-101", "1单元", "101", "101室", "7楼", "1幢1单元")) {
            assertThat(find(near.communityDesk(), text)).as(text).contains(link(id));
            assertThat(find(near.manager(), text)).as(text).doesNotContain(link(id));
        }
        assertThat(find(near.manager(), "1幢")).contains(link(id));
    }

    private Submission at(String place, boolean anonymous) {
        return new Submission(
                near.garden(),
                near.building(),
                null,
                "facility.lift",
                "楼上装修太吵",
                place,
                anonymous,
                List.of(),
                "resident",
                null,
                null);
    }

    private String page(Reader reader, String path) throws Exception {
        return mvc.perform(get(path).with(as(reader)))
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    @Test
    void byPlaceWithBuildingAndWords() throws Exception {
        var garden = jdbc.sql("select name from estate where id = ?")
                .param(near.garden())
                .query(String.class)
                .single();
        var here =
                orders.file(near.resident(), Orders.said(near.garden(), near.building(), "facility.lift", "电梯关人了，快来。"));
        var elsewhere = orders.file(near.resident(), near.garden(), "车位被占了一整天");
        assertThat(find(near.communityDesk(), garden))
                .contains("/estates/" + near.garden() + "/desk", link(here), link(elsewhere));
        assertThat(find(near.communityDesk(), garden + "1幢"))
                .contains(link(here))
                .doesNotContain(link(elsewhere));
        assertThat(find(near.communityDesk(), garden + " 1幢 电梯"))
                .contains(link(here))
                .doesNotContain(link(elsewhere));
        assertThat(find(near.communityDesk(), garden + " 车位"))
                .contains(link(elsewhere))
                .doesNotContain(link(here));
        assertThat(find(stranger, garden)).contains("没有找到").doesNotContain("/estates/" + near.garden());
        assertThat(find(near.resident(), garden)).contains("/estates/" + near.garden() + "\"");
    }

    @Test
    void companiesBodiesAndPeopleOfTheOwnAreaLeadToTheirPages() throws Exception {
        var mark = town.city() + "-1";
        assertThat(find(near.streetDesk(), "试物业有限公司" + mark)).contains("/companies/" + near.company());
        assertThat(find(near.streetDesk(), "兜底服务队" + mark)).contains("/bodies/" + near.backstop());
        assertThat(find(stranger, "试物业有限公司" + mark)).doesNotContain("/companies/" + near.company());
        assertThat(find(near.streetDesk(), "物业员工 试物业"))
                .contains("/orders?worker=" + near.staff().account());
        assertThat(find(stranger, "物业员工 试物业"))
                .doesNotContain("worker=" + near.staff().account());
        var id = orders.at(Orders.Stage.WORKING, near, near.resident(), "水管漏了，请来看看。");
        assertThat(page(near.streetDesk(), "/orders?worker=" + near.staff().account()))
                .contains(link(id));
    }

    @Test
    void anEmptyOrHostileQuestionIsAnsweredPlainly() throws Exception {
        for (var text : List.of(
                "", "  ", "%", "'; drop table work_order; --", "<script>alert(1)</script>", "\\", "0", "？", "_")) {
            for (var reader : List.of(near.communityDesk(), near.resident(), town.system())) {
                assertThat(mvc.perform(get("/find").param("q", text).with(as(reader)))
                                .andReturn()
                                .getResponse())
                        .satisfies(answer -> assertThat(answer.getStatus()).isEqualTo(200))
                        .satisfies(answer ->
                                assertThat(answer.getContentAsString()).doesNotContain("<script>alert"));
            }
        }
    }
}

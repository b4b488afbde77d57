package org.hemei.workorder.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.allOf;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.not;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.jsonPath;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.hemei.access.Role;
import org.hemei.platform.Reader;
import org.hemei.testing.Counting;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.hemei.testing.TakenLists;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.RatingDesk;
import org.hemei.workorder.SubmissionDesk;
import org.hemei.workorder.WorkOrderDesk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.ResultActions;

/** Lists and figures: filters, pages by key, scope, hostile addresses, an export that no spreadsheet can be tricked by. */
@HemeiTest
class OrderListPagesTest {

    @Autowired
    TakenLists taken;

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    Counting counting;

    @Autowired
    SubmissionDesk submissions;

    @Autowired
    WorkOrderDesk desk;

    @Autowired
    RatingDesk ratings;

    @Autowired
    JdbcClient jdbc;

    Town town;
    Town.Side near;

    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
    }

    private OrderId file(long estate, Reader who, String category, String words) {
        return orders.file(who, Orders.said(estate, null, category, words));
    }

    private OrderId file(String category, String words) {
        return file(near.garden(), near.resident(), category, words);
    }

    private ResultActions see(Reader reader, String path) throws Exception {
        return mvc.perform(get(path).with(as(reader)));
    }

    private String page(Reader reader, String path) throws Exception {
        return see(reader, path)
                .andExpect(status().isOk())
                .andReturn()
                .getResponse()
                .getContentAsString(StandardCharsets.UTF_8);
    }

    @Test
    void filtersNarrowAndSayHowMany() throws Exception {
        var light = file("facility.light", "楼道灯不亮了很久");
        file("facility.lift", "电梯上下有异响");
        file(near.oldYard(), near.oldYardResident(), "dog.leash", "大狗追着孩子跑");
        var reader = near.communityDesk();
        assertThat(page(reader, "/orders")).contains("楼道灯不亮", "电梯上下", "大狗追着", "筛出 3 件");
        assertThat(page(reader, "/orders?q=楼道灯")).contains("筛出 1 件").doesNotContain("电梯上下");
        assertThat(page(reader, "/orders?q=" + light.number(java.time.Instant.now())))
                .contains("筛出 1 件", "楼道灯不亮");
        assertThat(page(reader, "/orders?category=facility")).contains("筛出 2 件");
        assertThat(page(reader, "/orders?category=dog.leash")).contains("大狗追着", "筛出 1 件");
        assertThat(page(reader, "/orders?estate=" + near.oldYard())).contains("筛出 1 件", "大狗追着");
        desk.dispatch(reader, light, orders.version(light), near.company());
        assertThat(page(reader, "/orders?state=dispatched")).contains("筛出 1 件", "楼道灯不亮");
        assertThat(page(reader, "/orders?holder=" + near.company())).contains("筛出 1 件", "处理单位：试物业");
        assertThat(page(reader, "/orders?state=open")).contains("筛出 3 件");
        assertThat(page(reader, "/orders?state=finished")).contains("没有符合的");
        jdbc.sql("update work_order set due_at = now() - interval '1 hour' where district = ? and id = ?")
                .params(light.district(), light.id())
                .update();
        assertThat(page(reader, "/orders?late=1")).contains("筛出 1 件", "待接单·超时");
        assertThat(page(near.manager(), "/orders")).contains("楼道灯不亮").doesNotContain("电梯上下", "大狗追着");
        assertThat(page(near.districtDesk(), "/orders?area=" + near.street())).contains("筛出 3 件");
        assertThat(page(town.far().districtDesk(), "/orders?area=" + near.street()))
                .contains("没有符合的");
    }

    @Test
    void whoManagesForTwoCompaniesSeesOfEachOnlyTheEstateOfThatGrant() throws Exception {
        var id = orders.at(Orders.Stage.RETURNED, near, near.resident(), "只归花园经理看的退单。");
        var other = towns.body("company", "另一家物业" + near.garden(), String.valueOf(near.district()));
        var crossed = towns.account(Role.MANAGER, null, near.oldYard(), near.company(), null);
        towns.grant(crossed.account(), Role.MANAGER, null, near.garden(), other, null);
        see(towns.reader(crossed.account()), "/disputes")
                .andExpect(status().isOk())
                .andExpect(content().string(not(containsString("只归花园经理看的退单"))));
        see(near.manager(), "/disputes").andExpect(content().string(containsString("/orders/" + id)));
    }

    @Test
    void pagesByKeyMissAndRepeatNothing() throws Exception {
        var filed = new ArrayList<String>();
        for (int n = 0; n < OrderListQueries.PAGE + 3; n++) {
            // one limit of the house is 20 orders an hour by one person: the desk files these
            filed.add(submissions
                    .submit(
                            near.communityDesk(),
                            UUID.randomUUID().toString(),
                            new SubmissionDesk.Submission(
                                    near.garden(),
                                    null,
                                    null,
                                    "facility.road",
                                    "路面有坑第" + n + "处",
                                    "",
                                    false,
                                    List.of(),
                                    "patrol",
                                    null,
                                    null))
                    .toString());
        }
        var first = page(near.communityDesk(), "/orders?category=facility.road");
        var more = Pattern.compile("href=\"(/orders\\?[^\"]*after=[^\"]*)\"").matcher(first);
        assertThat(more.find()).isTrue();
        var second = page(near.communityDesk(), more.group(1).replace("&amp;", "&"));
        assertThat(second).contains("回到最前");
        for (var id : filed) {
            var link = "href=\"/orders/" + id + "\"";
            assertThat(first.contains(link) ^ second.contains(link)).as(id).isTrue();
        }
        byTimeLeft(filed);
    }

    /** The same ones by time left: many due at one time, and one whose clock stands still, which is left out. */
    private void byTimeLeft(List<String> filed) throws Exception {
        jdbc.sql("""
                update work_order set due_at = case id when :still then null
                    else timestamptz '2030-01-01 00:00+08' + id * 7919 % 5 * interval '1 hour' end
                where district = :district and estate = :estate
                """)
                .param("still", OrderId.valueOf(filed.getFirst()).id())
                .param("district", near.district())
                .param("estate", near.garden())
                .update();
        var expected = jdbc.sql("""
                select district || '-' || id from work_order
                where district = ? and estate = ? and due_at is not null order by due_at, id
                """)
                .params(near.district(), near.garden())
                .query(String.class)
                .list();
        assertThat(expected).hasSize(filed.size() - 1);
        for (var address :
                List.of("/orders?sort=due", "/orders?sort=due&q=路面有坑", "/orders?sort=due&area=" + near.street())) {
            for (var reader : List.of(near.communityDesk(), town.cityDesk())) {
                var top = page(reader, address);
                assertThat(top).contains("aria-sort=\"ascending\"", "停着计时的");
                var on = Pattern.compile("href=\"(/orders\\?[^\"]*after=[^\"]*)\"")
                        .matcher(top);
                assertThat(on.find()).as(address).isTrue();
                var shown = new ArrayList<>(linked(top));
                shown.addAll(linked(page(reader, decoded(on.group(1)))));
                assertThat(shown).as(address).containsExactlyElementsOf(expected);
            }
        }
        assertThat(unzipped(taken.taken(mvc, near.communityDesk(), "orders", "sort", "due")))
                .contains("共 " + expected.size() + " 行");
        assertThat(page(near.communityDesk(), "/orders?sort=due&state=closed")).contains("没有在计时的");
        see(near.communityDesk(), "/api/v1/orders?sort=due")
                .andExpect(jsonPath("$.orders[0].id").value(expected.getFirst()))
                .andExpect(jsonPath("$.next").isNotEmpty());
    }

    /** As a person would type it: what asks for a page here writes it as an address again. */
    private static String decoded(String link) {
        return java.net.URLDecoder.decode(link.replace("&amp;", "&"), StandardCharsets.UTF_8);
    }

    private static List<String> linked(String page) {
        return Pattern.compile("class=\"plain\" href=\"/orders/(\\d+-\\d+)\"")
                .matcher(page)
                .results()
                .map(one -> one.group(1))
                .toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "q=%00",
                "q='; drop table work_order; --",
                "q=%25%25%25",
                "q=。，！",
                "q=\\",
                "q=a%0D%0Ab",
                "area=34' or '1'='1",
                "area=999999999999",
                "estate=-1",
                "estate=99999999999999999999",
                "category=%25",
                "category=../../etc",
                "state=gone",
                "holder=x",
                "from=2026-13-45",
                "from=9999-99-99",
                "to=0000-00-00",
                "from=2026-01-01&to=2025-01-01",
                "late=yes",
                "fact=everything",
                "after=1.2.3",
                "sort=due&after=999999999999999999.999999999999999999",
                "sort=due&past=1&late=1",
                "after=999999999999999999.999999999999999999",
                "after=-5.1",
                "done_from=x",
                "selected=x",
                "view=%3Cscript%3E",
                "need=x",
                "due=x",
                "period=2026Q9",
                "period=99999Q1",
                "did=x&order=%3Cb%3E"
            })
    void hostileAddressesAreAnsweredPlainly(String query) throws Exception {
        var uri = query.replace(" ", "%20")
                .replace("'", "%27")
                .replace("\\", "%5C")
                .replace("。，！", "%E3%80%82");
        for (var path : List.of("/orders?", "/todo?")) {
            mvc.perform(get(java.net.URI.create(path + uri)).with(as(near.communityDesk())))
                    .andExpect(result ->
                            assertThat(result.getResponse().getStatus()).isIn(200, 400))
                    .andExpect(content().string(not(containsString("<script>"))));
        }
        mvc.perform(get(java.net.URI.create("/overview?" + uri)).with(as(near.districtDesk())))
                .andExpect(
                        result -> assertThat(result.getResponse().getStatus()).isIn(200, 400, 404));
    }

    @Test
    void anExportHoldsNoFormulaNoPhoneAndIsOnRecord() throws Exception {
        file("facility.light", "=HYPERLINK(\"http://x\")楼道灯坏了");
        file("facility.light", "请打13912345678联系我");
        var cells = unzipped(taken.taken(mvc, near.communityDesk(), "orders", "category", "facility"));
        assertThat(cells)
                .contains("'=HYPERLINK", "139****78", "共 2 行")
                .doesNotContain("<f>", "13912345678", ">=HYPERLINK");
        assertThat(jdbc.sql("select count(*) from audit_entry where account = ? and action = 'work_order.export'")
                        .param(near.communityDesk().account())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);
    }

    private static String unzipped(byte[] file) throws IOException {
        var all = new StringBuilder();
        var path = Files.createTempFile("orders", ".xlsx");
        Files.write(path, file);
        try (var zip = new ZipFile(path.toFile())) {
            for (var entry : (Iterable<ZipEntry>) zip.stream().map(ZipEntry.class::cast)::iterator) {
                all.append(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        Files.delete(path);
        return org.springframework.web.util.HtmlUtils.htmlUnescape(all.toString())
                .replace("&apos;", "'");
    }

    @Test
    void theFiguresAreWhatTheirListsHold() throws Exception {
        var solved = rated(true, 5);
        var unsolved = rated(false, 2);
        file("facility.lift", "电梯上下有异响");
        counting.catchUp();
        for (var reader : List.of(near.streetDesk(), near.districtDesk(), town.cityDesk())) {
            assertThat(figuresOpenTheirLists(reader, "/overview")).isGreaterThan(8);
            assertThat(figuresOpenTheirLists(reader, "/board")).isGreaterThan(8);
        }
        for (var reader : List.of(near.districtDesk(), town.cityDesk())) {
            assertThat(figuresOpenTheirLists(reader, "/cockpit")).isGreaterThan(8);
        }
        for (var reader : List.of(near.communityDesk(), near.manager())) {
            assertThat(figuresOpenTheirLists(reader, "/board")).isGreaterThan(5);
        }
        assertThat(page(near.streetDesk(), "/rates/cases?rate=resolution&part=solved"))
                .contains("/orders/" + solved)
                .doesNotContain("/orders/" + unsolved);
        assertThat(page(near.streetDesk(), "/rates/cases?rate=resolution&part=unsolved"))
                .contains("/orders/" + unsolved)
                .doesNotContain("/orders/" + solved);
        see(near.streetDesk(), "/overview?area=" + town.far().street()).andExpect(status().isNotFound());
        see(near.communityDesk(), "/overview").andExpect(status().isForbidden());
        see(near.districtDesk(), "/cockpit?area=" + town.far().district()).andExpect(status().isNotFound());
        see(near.streetDesk(), "/cockpit").andExpect(status().isForbidden());
        see(near.communityDesk(), "/board?area=" + town.far().community()).andExpect(status().isNotFound());
        see(near.manager(), "/board?body=" + town.far().company()).andExpect(status().isNotFound());
    }

    /** Each figure on the page that opens a list: the list holds just as many. */
    private int figuresOpenTheirLists(Reader reader, String path) throws Exception {
        var link = Pattern.compile(
                        "href=\"(/(?:orders|rates/cases)\\?[^\"]*)\">(?:<span class=\"rate-n d-block\">)?(?:共 |[\\d,]+ / )?([\\d,]+)( 件)?<")
                .matcher(page(reader, path));
        var seen = 0;
        while (link.find()) {
            seen++;
            var list = page(reader, link.group(1).replace("&amp;", "&"));
            if (link.group(1).startsWith("/rates")) {
                assertThat(list.split("data-label=\"怎么算\"").length - 1)
                        .as(path + " " + link.group(1))
                        .isEqualTo(Integer.parseInt(link.group(2)));
            } else {
                assertThat(list)
                        .as(link.group(1))
                        .contains(link.group(2).equals("0") ? "没有符合的" : "筛出 " + link.group(2) + " 件");
            }
        }
        return seen;
    }

    private OrderId rated(boolean solved, int stars) {
        var id = file("facility.light", "楼道灯不亮，晚上看不见路");
        desk.dispatch(near.communityDesk(), id, orders.version(id), near.company());
        desk.take(near.manager(), id, orders.version(id));
        desk.contact(near.manager(), id, orders.version(id), "phone", "约了今晚");
        desk.resolve(near.manager(), id, orders.version(id), "换了灯", List.of(), List.of());
        desk.verify(near.communityDesk(), id, orders.version(id), "");
        ratings.rate(near.resident(), id, orders.version(id), solved, stars, "");
        return id;
    }

    @Test
    void theCalendarIsKeptByTheCityAndReadByAllOnDuty() throws Exception {
        see(near.communityDesk(), "/calendar?year=2026")
                .andExpect(status().isOk())
                .andExpect(content().string(allOf(containsString("国庆节"), not(containsString("记下这段日子")))));
        see(near.resident(), "/calendar").andExpect(status().isForbidden());
        see(near.communityDesk(), "/calendar?year=2031").andExpect(content().string(containsString("还没有放假安排")));
        mvc.perform(post("/calendar")
                        .with(as(near.communityDesk()))
                        .with(csrf())
                        .param("first", "2031-01-01")
                        .param("kind", "holiday"))
                .andExpect(status().isForbidden());
        mvc.perform(post("/calendar")
                        .with(as(town.cityDesk()))
                        .with(csrf())
                        .param("first", "2031-05-01")
                        .param("last", "2031-01-01")
                        .param("kind", "feast"))
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(allOf(containsString("最后一天要在第一天以后"), containsString("请选放假还是上班"))));
        mvc.perform(post("/calendar/clear")
                        .with(as(town.cityDesk()))
                        .with(csrf())
                        .param("first", "x"))
                .andExpect(status().is4xxClientError());
    }

    @Test
    void filingForSomebodyKeepsTheirPhoneEncryptedAndTheFormWhenRefused() throws Exception {
        var form = post("/desk/orders/new")
                .with(as(near.communityDesk()))
                .with(csrf())
                .param("_once", UUID.randomUUID().toString())
                .param("channel", "phone")
                .param("callerName", "张大妈")
                .param("callerPhone", "0551-12")
                .param("words", "三楼的灯不亮")
                .param("estate", "" + near.garden())
                .param("category", "facility.light");
        mvc.perform(form)
                .andExpect(status().isUnprocessableContent())
                .andExpect(content().string(allOf(containsString("电话只写数字"), containsString("三楼的灯不亮"))));
        mvc.perform(post("/desk/orders/new")
                        .with(as(near.communityDesk()))
                        .with(csrf())
                        .param("_once", UUID.randomUUID().toString())
                        .param("channel", "resident")
                        .param("words", "三楼的灯不亮")
                        .param("estate", "" + town.far().garden())
                        .param("category", "facility.light"))
                .andExpect(status().isUnprocessableContent());
        see(near.manager(), "/desk/orders/new").andExpect(status().isForbidden());
    }
}

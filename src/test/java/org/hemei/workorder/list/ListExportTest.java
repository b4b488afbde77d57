package org.hemei.workorder.list;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.zip.ZipFile;
import org.hemei.evaluation.campaign.EvaluationThings;
import org.hemei.platform.Reader;
import org.hemei.platform.job.JobRunner;
import org.hemei.platform.transfer.ListExport;
import org.hemei.testing.Counting;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Orders;
import org.hemei.testing.TakenLists;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** Every list page as a sheet made behind the pages, read back: its headings, the asker's rows, nobody else's. */
@HemeiTest
class ListExportTest {

    @Autowired
    MockMvc mvc;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    EvaluationThings evaluations;

    @Autowired
    TakenLists taken;

    @Autowired
    JobRunner runner;

    @Autowired
    Counting counting;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MovableClock clock;

    @Autowired
    List<ListExport> lists;

    Town town;
    Town.Side near;

    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
    }

    @AfterEach
    void back() {
        clock.reset();
    }

    private MockHttpServletResponse load(Reader reader, String link) throws Exception {
        return mvc.perform(get(link).with(as(reader))).andReturn().getResponse();
    }

    private String sheet(Reader reader, String list, String... fields) throws Exception {
        return unzipped(taken.taken(mvc, reader, list, fields));
    }

    private static String unzipped(byte[] file) throws IOException {
        var all = new StringBuilder();
        var kept = Files.createTempFile("list", ".xlsx");
        try {
            Files.write(kept, file);
            try (var zip = new ZipFile(kept.toFile())) {
                for (var entry : Collections.list(zip.entries())) {
                    all.append(new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        } finally {
            Files.delete(kept);
        }
        return org.springframework.web.util.HtmlUtils.htmlUnescape(all.toString())
                .replace("&apos;", "'");
    }

    @Test
    void everyListIsReadBackWithItsHeadings() throws Exception {
        var mark = town.city() + "-1";
        orders.file(near.resident(), near.garden(), "楼道灯不亮，请打13912345678。");
        orders.at(Orders.Stage.RETURNED, near, near.neighbour(), "楼道里水管漏水，请打13912345678。");
        counting.catchUp();
        evaluations.objection(near);
        var campaign = evaluations.campaign(near, "collecting");
        evaluations.inspection(near, campaign, 1, near.assessor().account());
        var rated = jdbc.sql(
                        "select year from evaluation_campaign where area = ? and state = 'objection' order by id desc limit 1")
                .param(String.valueOf(near.district()))
                .query(String.class)
                .single();
        var area = near.community();
        var read = new HashSet<String>();
        record Case(String list, Reader who, String row, String... fields) {}
        for (var one : List.of(
                new Case("orders", near.communityDesk(), "楼道灯不亮，请打139****78"),
                new Case("inbox", near.communityDesk(), "受理、派单"),
                new Case("companies", near.housingDesk(), "试物业有限公司" + mark),
                new Case("estates", near.housingDesk(), "花园" + mark),
                new Case("bodies", near.communityDesk(), "兜底服务队" + mark),
                new Case("people", near.communityDesk(), ""),
                new Case("conflicts", near.housingDesk(), ""),
                new Case("policies", near.communityDesk(), ""),
                new Case("cross-appointments", near.communityDesk(), "试社区" + mark),
                new Case("staffing", near.communityDesk(), "试社区" + mark),
                new Case("tasks", near.communityDesk(), ""),
                new Case("disputes", near.streetDesk(), "楼道里水管漏水，请打139****78"),
                new Case("supervisions", near.streetDesk(), ""),
                new Case("instructions", near.streetDesk(), ""),
                new Case("transfers", near.streetDesk(), ""),
                new Case("handovers", near.housingDesk(), ""),
                new Case("rates", near.communityDesk(), "花园" + mark, "by", "estate"),
                new Case("rate-cases", near.communityDesk(), "楼道灯不亮，请打139****78", "rate", "response"),
                new Case("rate-appeals", near.streetDesk(), ""),
                new Case("ranking", near.streetDesk(), ""),
                new Case("reports", near.resident(), ""),
                new Case("incidents", near.communityDesk(), ""),
                new Case("channels", near.communityDesk(), ""),
                new Case("routing", near.districtDesk(), ""),
                new Case("deadlines", near.manager(), "到期没办，报街道"),
                new Case("categories", near.manager(), "电梯困人"),
                new Case("handling-rules", near.communityDesk(), "可以挂起：等配件"),
                new Case("retention", town.cityDesk(), ""),
                new Case("hotline", near.districtDesk(), "", "box", "ready"),
                new Case("hotline-status", near.districtDesk(), "受理的"),
                new Case("webhooks", near.districtDesk(), ""),
                new Case("integrations", town.system(), ""),
                new Case("grant-review", town.security(), ""),
                new Case("privacy-requests", near.communityDesk(), ""),
                new Case("mechanism", near.communityDesk(), "试社区" + mark, "area", area),
                new Case(
                        "mechanism-places",
                        near.streetDesk(),
                        near.street(),
                        "rule",
                        "staffing",
                        "area",
                        near.street()),
                new Case("mechanism-lacking", near.communityDesk(), "", "rule", "staffing", "area", area),
                new Case("mechanism-figures", near.communityDesk(), "", "area", area),
                new Case("rate-rules", near.communityDesk(), "没有另定的地方", "area", area),
                new Case("calendar", near.manager(), "国庆", "year", "2026"),
                new Case("overview", near.streetDesk(), "全部：", "area", near.street()),
                new Case("objections", near.housingDesk(), "花园" + mark),
                new Case("schemes", near.housingDesk(), ""),
                new Case("campaigns", near.housingDesk(), "试着测评"),
                new Case("campaign-scores", near.housingDesk(), "", "campaign", String.valueOf(campaign)),
                new Case("campaign-estates", near.housingDesk(), "花园" + mark, "campaign", String.valueOf(campaign)),
                new Case("opinions", near.communityDesk(), "花园" + mark),
                new Case("inspections", near.assessor(), "花园" + mark),
                new Case(
                        "ratings",
                        near.resident(),
                        "花园" + mark,
                        "year",
                        rated,
                        "area",
                        String.valueOf(near.district()),
                        "size",
                        "small"),
                new Case("listings", near.housingDesk(), ""),
                new Case("tender-references", near.housingDesk(), ""),
                new Case("notices", near.communityDesk(), ""),
                new Case("audit", town.audit(), "导出审计记录"))) {
            var list = lists.stream()
                    .filter(l -> l.key().equals(one.list))
                    .findFirst()
                    .orElseThrow();
            var sheet = sheet(one.who, one.list, one.fields);
            assertThat(sheet).as(one.list).contains(list.headings()).contains(one.row, "导出于");
            if (!one.list.equals("audit")) {
                assertThat(sheet).as(one.list).doesNotContain(town.city() + "-2", "13912345678");
            }
            read.add(one.list);
        }
        // the log of one webhook is read back where there is one
        read.add("webhook-log");
        assertThat(read)
                .as("a list that is not read back here")
                .containsAll(lists.stream().map(ListExport::key).toList());
    }

    @Test
    void theFilterOfThePageGoesAlong() throws Exception {
        orders.file(near.resident(), Orders.said(near.garden(), null, "facility.light", "楼道灯不亮很久了"));
        orders.file(near.resident(), Orders.said(near.garden(), null, "facility.lift", "电梯里按钮失灵"));
        assertThat(sheet(near.communityDesk(), "orders", "category", "facility.lift"))
                .contains("电梯里按钮失灵")
                .doesNotContain("楼道灯不亮");
        assertThat(sheet(near.communityDesk(), "orders", "q", "楼道灯"))
                .contains("楼道灯不亮")
                .doesNotContain("电梯里按钮");
    }

    @Test
    void theTickedOnesAloneAreTakenAlong() throws Exception {
        var first = orders.file(near.resident(), near.garden(), "楼道灯不亮很久了");
        var second = orders.file(near.resident(), near.garden(), "电梯里按钮失灵");
        orders.file(near.resident(), near.garden(), "单元门关不上");
        var foreign = orders.file(town.far().resident(), town.far().garden(), "远处的水管漏水");
        var picks = new String[] {
            "rows", "ticked", "act", "", "pick", first.toString(), "pick", second.toString(), "pick", foreign.toString()
        };
        assertThat(sheet(near.communityDesk(), "orders", picks))
                .contains("楼道灯不亮很久了", "电梯里按钮失灵", "共 2 行")
                .doesNotContain("单元门关不上", "远处的水管漏水");
        assertThat(sheet(near.communityDesk(), "orders", "rows", "ticked", "all", "1"))
                .contains("单元门关不上");
        var none = mvc.perform(post("/exports/lists/orders")
                        .param("rows", "ticked")
                        .with(as(near.communityDesk()))
                        .with(csrf()))
                .andReturn()
                .getResponse();
        assertThat(none.getStatus()).isEqualTo(422);
        assertThat(none.getContentAsString(StandardCharsets.UTF_8)).contains("没有选中工单");
        // the button is there without script, in the form of the ticks
        assertThat(mvc.perform(get("/orders").with(as(near.helper())))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(200);
        assertThat(mvc.perform(get("/orders").with(as(near.streetDesk())))
                        .andReturn()
                        .getResponse()
                        .getContentAsString(StandardCharsets.UTF_8))
                .contains("formaction=\"/exports/lists/orders\"", "form=\"bulk\" name=\"pick\"");
    }

    @Test
    void aFilterThatNamesWhatIsNotTheAskersMakesNoSheet() throws Exception {
        var said = taken.ordered(
                mvc, near.communityDesk(), "rates", "area", town.far().community());
        assertThat(said).contains("没有导出").doesNotStartWith("/exports/");
        assertThat(taken.ordered(mvc, near.districtDesk(), "webhook-log", "webhook", "999999999"))
                .contains("没有导出");
    }

    @Test
    void onlyTheAskerTakesItAndOnlyForADay() throws Exception {
        var link = taken.ordered(mvc, near.communityDesk(), "orders");
        assertThat(load(near.communityDesk(), link).getStatus()).isEqualTo(200);
        assertThat(load(near.streetDesk(), link).getStatus()).isEqualTo(404);
        assertThat(mvc.perform(post("/exports/lists/orders")
                                .with(as(near.resident()))
                                .with(csrf()))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(403);
        assertThat(mvc.perform(post("/exports/lists/nothing")
                                .with(as(near.communityDesk()))
                                .with(csrf()))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(404);
        clock.advance(Duration.ofHours(25));
        assertThat(load(near.communityDesk(), link).getStatus()).isEqualTo(404);
    }

    @Test
    void whoLostTheDutyInBetweenGetsNothing() throws Exception {
        var answer = mvc.perform(post("/exports/lists/orders")
                        .with(as(near.communityDesk()))
                        .with(csrf()))
                .andReturn()
                .getResponse();
        var job = Long.parseLong(answer.getRedirectedUrl().substring("/jobs/".length()));
        jdbc.sql("update access_grant set until = now() where account = ?")
                .param(near.communityDesk().account())
                .update();
        runner.run(job);
        assertThat(jdbc.sql("select state from job_run where id = ?")
                        .param(job)
                        .query(String.class)
                        .single())
                .isEqualTo("failed");
    }
}

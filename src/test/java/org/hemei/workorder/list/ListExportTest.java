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
import java.util.Set;
import java.util.zip.ZipFile;
import org.hemei.platform.Reader;
import org.hemei.platform.job.JobRunner;
import org.hemei.platform.transfer.ListExport;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Orders;
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
    JobRunner runner;

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

    private String ordered(Reader reader, String list, String... fields) throws Exception {
        var request = post("/exports/lists/" + list);
        for (var n = 0; n < fields.length; n += 2) {
            request.param(fields[n], fields[n + 1]);
        }
        var answer =
                mvc.perform(request.with(as(reader)).with(csrf())).andReturn().getResponse();
        assertThat(answer.getRedirectedUrl()).as(list).startsWith("/jobs/");
        var job = Long.parseLong(answer.getRedirectedUrl().substring("/jobs/".length()));
        runner.run(job);
        return jdbc.sql("select coalesce(link, message) from job_run where id = ?")
                .param(job)
                .query(String.class)
                .single();
    }

    private MockHttpServletResponse load(Reader reader, String link) throws Exception {
        return mvc.perform(get(link).with(as(reader))).andReturn().getResponse();
    }

    private String sheet(Reader reader, String list, String... fields) throws Exception {
        var answer = load(reader, ordered(reader, list, fields));
        assertThat(answer.getStatus()).as(list).isEqualTo(200);
        return unzipped(answer.getContentAsByteArray());
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
        var read = new HashSet<String>();
        record Case(String list, Reader who, String row) {}
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
                new Case("audit", town.audit(), "导出审计记录"))) {
            var list = lists.stream()
                    .filter(l -> l.key().equals(one.list))
                    .findFirst()
                    .orElseThrow();
            var sheet = sheet(one.who, one.list);
            assertThat(sheet).as(one.list).contains(list.headings()).contains(one.row, "导出于");
            if (!one.list.equals("audit")) {
                assertThat(sheet).as(one.list).doesNotContain(town.city() + "-2", "13912345678");
            }
            read.add(one.list);
        }
        assertThat(read).as("a list that is not read back here").containsAll(keys());
    }

    private Set<String> keys() {
        var keys = new HashSet<String>();
        lists.forEach(list -> keys.add(list.key()));
        // rooms that bring lists of their own read them back in their own tests
        keys.removeIf(key -> lists.stream()
                .noneMatch(list -> list.key().equals(key)
                        && List.of(
                                        "list",
                                        "inbox",
                                        "company",
                                        "contract",
                                        "estate",
                                        "body",
                                        "people",
                                        "supervision",
                                        "task",
                                        "audit")
                                .contains(list.getClass().getPackageName().replaceAll(".*\\.", ""))));
        return keys;
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
    void onlyTheAskerTakesItAndOnlyForADay() throws Exception {
        var link = ordered(near.communityDesk(), "orders");
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

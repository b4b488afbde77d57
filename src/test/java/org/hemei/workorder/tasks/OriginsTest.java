package org.hemei.workorder.tasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.YearMonth;
import java.util.List;
import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Orders;
import org.hemei.testing.Orders.Stage;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.report.Level;
import org.hemei.workorder.report.ReportDesk;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** 建任务 from a poor line of ranking or report and from a late supervised order: offered, given once, leading back. */
@HemeiTest
class OriginsTest {

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    OriginThings things;

    @Autowired
    ReportDesk reports;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    @Autowired
    MockMvc mvc;

    private Town town;
    private Town.Side near;

    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
    }

    private MockHttpServletResponse see(Reader reader, String path) throws Exception {
        return mvc.perform(get(path).with(as(reader))).andReturn().getResponse();
    }

    private String page(Reader reader, String path) throws Exception {
        var answer = see(reader, path);
        assertThat(answer.getStatus()).as(path).isEqualTo(200);
        return answer.getContentAsString().replace("&amp;", "&");
    }

    /** Sends the form of a page and opens the task that came of it, as whoever has to do it. */
    private String given(Reader giver, String path, String to, Reader doer) throws Exception {
        var answer = send(giver, path, to);
        assertThat(answer.getStatus()).isEqualTo(303);
        assertThat(page(giver, answer.getRedirectedUrl())).contains("/tasks/");
        var task = jdbc.sql("select max(id) from task").query(Long.class).single();
        return page(doer, "/tasks/" + task);
    }

    private MockHttpServletResponse send(Reader giver, String path, String to) throws Exception {
        return mvc.perform(post(path)
                        .with(as(giver))
                        .with(csrf())
                        .param("to", to)
                        .param("days", "5")
                        .param("words", "请逐件看。")
                        .param("_once", UUID.randomUUID().toString()))
                .andReturn()
                .getResponse();
    }

    @Test
    void aPoorLineOfTheRankingOffersATaskThatLeadsBackToItsCases() throws Exception {
        things.poor(town);
        jdbc.sql("""
                insert into rule_threshold (rule, name, area, value, basis, during)
                values ('rates', 'least', :area, 1, '试行', daterange('2020-01-01', null))
                """).param("area", town.city()).update();
        var ranking =
                page(near.streetDesk(), "/rates/ranking?what=company&rate=response&months=1&area=" + near.street());
        var path = "/rates/tasks?area=" + near.street() + "&month=" + YearMonth.from(CivilTime.date(clock.instant()))
                + "&rate=response&company=" + near.company();
        assertThat(ranking).contains("建任务").contains(path);
        assertThat(page(near.streetDesk(), path)).contains("目标 95%", "0 / 1");
        var task = given(near.streetDesk(), path, "BODY", near.manager());
        assertThat(task)
                .contains("响应率没到 95%", "/rates/cases?company=" + near.company())
                .contains("part=missed");
        assertThat(page(near.streetDesk(), path)).contains("已经有任务在办");
        assertThat(send(near.streetDesk(), path, "BODY").getStatus())
                .as("one runs")
                .isEqualTo(422);
    }

    @Test
    void nothingIsOfferedWhereTheTargetIsReachedAndNobodyGivesWhatIsNotTheirs() throws Exception {
        things.poor(town);
        var company = "/rates/tasks?rate=response&area=" + near.community() + "&company=" + near.company();
        assertThat(see(near.communityDesk(), company).getStatus()).isEqualTo(200);
        assertThat(see(near.communityDesk(), company.replace("response", "resolution"))
                        .getStatus())
                .as("nobody rated")
                .isEqualTo(404);
        var community = "/rates/tasks?rate=response&area=" + near.community();
        assertThat(see(near.streetDesk(), community).getStatus()).isEqualTo(200);
        assertThat(see(near.communityDesk(), community).getStatus())
                .as("not to oneself")
                .isEqualTo(404);
        for (var reader : List.of(town.far().streetDesk(), town.far().districtDesk())) {
            assertThat(see(reader, community).getStatus()).isEqualTo(404);
            assertThat(see(reader, company).getStatus()).isEqualTo(404);
        }
        assertThat(see(near.manager(), company).getStatus()).isEqualTo(403);
        assertThat(given(near.streetDesk(), community, "COMMUNITY", near.communityDesk()))
                .contains("响应率没到 95%");
        assertThat(see(near.streetDesk(), "/rates/tasks?rate=response&area=" + town.city())
                        .getStatus())
                .isEqualTo(404);
    }

    @Test
    void aPoorLineOfAReportOffersATaskToThoseAboveIt() throws Exception {
        things.poor(town);
        var month = YearMonth.from(CivilTime.date(clock.instant()));
        reports.produce(Level.STREET, month, near.street());
        var report = jdbc.sql("select id from rate_report where area = ? and level = 'street'")
                .param(near.street())
                .query(Long.class)
                .single();
        var path = "/rates/tasks?rate=response&month=" + month + "&area=" + near.community();
        assertThat(page(near.streetDesk(), "/reports/" + report)).contains(path);
        assertThat(see(near.streetDesk(), path).getStatus()).isEqualTo(200);
        assertThat(page(Reader.VISITOR, "/reports/" + report)).doesNotContain("建任务");
        assertThat(page(near.manager(), "/reports/" + report)).doesNotContain("建任务");
    }

    @Test
    void aSupervisedOrderThatIsLateOffersATask() throws Exception {
        var late = things.late(near);
        var inTime = orders.at(Stage.SUPERVISED, near, near.resident(), "灯还不亮");
        var path = "/orders/" + late + "/task";
        assertThat(page(near.streetDesk(), "/supervisions"))
                .contains(path)
                .doesNotContain("/orders/" + inTime + "/task");
        assertThat(page(near.streetDesk(), "/orders/" + late)).contains(path);
        assertThat(page(near.streetDesk(), "/orders/" + inTime)).doesNotContain("建任务");
        assertThat(page(near.communityDesk(), "/orders/" + late)).doesNotContain("建任务");
        assertThat(see(near.streetDesk(), "/orders/" + inTime + "/task").getStatus())
                .isEqualTo(404);
        assertThat(see(near.communityDesk(), path).getStatus()).isEqualTo(403);
        assertThat(see(town.far().streetDesk(), path).getStatus()).isEqualTo(404);
        assertThat(given(near.streetDesk(), path, "BODY", near.manager()))
                .contains("督办的单子超时", "href=\"/orders/" + late + "\"");
        assertThat(send(near.districtDesk(), path, "COMMUNITY").getStatus()).isEqualTo(422);
    }
}

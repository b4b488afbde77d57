package org.hemei.workorder.handling;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;

import java.time.Duration;
import java.time.LocalDate;
import java.util.UUID;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.MovableClock;
import org.hemei.testing.Orders;
import org.hemei.testing.Orders.Stage;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.hemei.workorder.HandlingRules;
import org.hemei.workorder.HandlingRules.Name;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpStatus;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** 办理规定: looked at before it is set, in versions, by the city; and what runs goes on by what it began with. */
@HemeiTest
class HandlingPagesTest {

    @Autowired
    MockMvcTester mvc;

    @Autowired
    Towns towns;

    @Autowired
    Orders orders;

    @Autowired
    HandlingRules rules;

    @Autowired
    MovableClock clock;

    @Autowired
    JdbcClient jdbc;

    Town town;
    LocalDate tomorrow;

    @BeforeEach
    void build() {
        town = towns.make();
        tomorrow = CivilTime.date(clock.instant()).plusDays(1);
    }

    @AfterEach
    void back() {
        clock.reset();
        // what was set here is taken back, so that other tests find the rules that came with the application
        jdbc.sql("delete from handling_rule where set_by is not null or basis = '试区'")
                .update();
        jdbc.sql("update handling_rule set valid = daterange(lower(valid), null)")
                .update();
        jdbc.sql("delete from obstacle where set_by is not null").update();
        jdbc.sql("update obstacle set valid = daterange(lower(valid), null) where code <> 'trial'")
                .update();
    }

    private MvcTestResult get(Reader reader, String path) {
        return mvc.get().uri(path).with(as(reader)).exchange();
    }

    private MvcTestResult post(Reader reader, String path, String... fields) {
        var request = mvc.post()
                .uri(path)
                .with(as(reader))
                .with(csrf())
                .param("_once", UUID.randomUUID().toString());
        for (var n = 0; n < fields.length; n += 2) {
            request.param(fields[n], fields[n + 1]);
        }
        return request.exchange();
    }

    private String[] limit(String go, String amount, LocalDate since) {
        return new String[] {
            "go",
            go,
            "name",
            "supervise_answer",
            "amount",
            amount,
            "measure",
            "working_day",
            "since",
            since.toString(),
            "basis",
            "督办办法（2026）1 号"
        };
    }

    @Test
    void theCitySeesWhatWouldChangeSetsItAndTakesItBack() {
        orders.at(Stage.SUPERVISED, town.near(), town.near().resident(), "楼道灯不亮了");
        var seen = post(town.cityDesk(), "/handling-rules/new", limit("look", "5", tomorrow));
        assertThat(seen).hasStatusOk().bodyText().contains("2 个工作日", "5 个工作日", "照原来的走完，一件也不改");
        assertThat(get(town.near().communityDesk(), "/handling-rules"))
                .hasStatusOk()
                .bodyText()
                .doesNotContain("督办办法（2026）1 号", "/handling-rules/new");

        assertThat(post(town.cityDesk(), "/handling-rules/new", limit("set", "5", tomorrow)))
                .hasStatus(HttpStatus.SEE_OTHER);
        assertThat(get(town.near().communityDesk(), "/handling-rules"))
                .bodyText()
                .contains("已经定好、还没到日子", "督办办法（2026）1 号");
        assertThat(post(town.cityDesk(), "/handling-rules/new", limit("set", "4", tomorrow)))
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
                .bodyText()
                .contains("这一天已经定过一次");
        assertThat(jdbc.sql("select count(*) from audit_entry where action = 'handling_rule.set' and account = ?")
                        .param(town.cityDesk().account())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);

        var id = jdbc.sql("select id from handling_rule where set_by is not null")
                .query(Long.class)
                .single();
        assertThat(post(town.cityDesk(), "/handling-rules/" + id + "/take-back"))
                .hasStatus(HttpStatus.SEE_OTHER);
        assertThat(jdbc.sql("select upper_inf(valid) from handling_rule where name = 'supervise_answer'")
                        .query(Boolean.class)
                        .single())
                .as("the one before goes on, without a gap")
                .isTrue();
        assertThat(post(town.cityDesk(), "/handling-rules/" + id + "/take-back"))
                .hasStatus(HttpStatus.NOT_FOUND);
    }

    @Test
    void refusesWithAllReasonsAndEverybodyButTheCity() {
        assertThat(post(town.cityDesk(), "/handling-rules/new", "go", "set"))
                .hasStatus(HttpStatus.UNPROCESSABLE_CONTENT)
                .bodyText()
                .contains("请选是哪一条", "请填多少", "请选按什么算", "请选从哪天起", "请写依据");
        assertThat(post(town.cityDesk(), "/handling-rules/new", limit("set", "5", tomorrow.minusDays(1))))
                .bodyText()
                .contains("从明天或以后哪天起");
        assertThat(post(
                        town.cityDesk(),
                        "/handling-rules/new",
                        "go",
                        "look",
                        "name",
                        "supervise_after",
                        "amount",
                        "2",
                        "measure",
                        "day",
                        "since",
                        tomorrow.toString(),
                        "basis",
                        "x"))
                .bodyText()
                .contains("这一条按次数算");
        assertThat(post(town.near().districtDesk(), "/handling-rules/new", limit("set", "5", tomorrow)))
                .hasStatus(HttpStatus.FORBIDDEN);
        assertThat(get(town.near().resident(), "/handling-rules")).hasStatus(HttpStatus.FORBIDDEN);
    }

    /** The limit of a return counts by the version of the day on which the order was sent. */
    @Test
    void whatRunsGoesOnByTheVersionItBeganWith() {
        var began = clock.instant();
        var before = rules.due(Name.RETURN_WITHIN, began);
        assertThat(post(
                        town.cityDesk(),
                        "/handling-rules/new",
                        "go",
                        "set",
                        "name",
                        "return_within",
                        "amount",
                        "1",
                        "measure",
                        "hour",
                        "since",
                        tomorrow.toString(),
                        "basis",
                        "试行"))
                .hasStatus(HttpStatus.SEE_OTHER);
        clock.advance(Duration.ofDays(2));
        assertThat(rules.due(Name.RETURN_WITHIN, began)).isEqualTo(before);
        var later = clock.instant();
        assertThat(rules.due(Name.RETURN_WITHIN, later)).isEqualTo(later.plus(Duration.ofHours(1)));
    }

    @Test
    void anObstacleIsAddedChangedAndEndedAndWhatStandsStillKeepsItsWords() {
        var stopped = orders.at(Stage.SUSPENDED, town.near(), town.near().resident(), "门锁坏了，等锁芯");
        var fields = new String[] {
            "go",
            "look",
            "code",
            "parts",
            "name",
            "等备件",
            "waits",
            "备件送到",
            "maxDays",
            "10",
            "since",
            tomorrow.toString(),
            "basis",
            "2027 年办法"
        };
        assertThat(post(town.cityDesk(), "/handling-rules/obstacles/new", fields))
                .hasStatusOk()
                .bodyText()
                .contains("等配件、材料到货，最多停 30 天", "最多停 10 天", "照原来的走完");
        fields[1] = "set";
        assertThat(post(town.cityDesk(), "/handling-rules/obstacles/new", fields))
                .hasStatus(HttpStatus.SEE_OTHER);
        var added = new String[] {
            "go",
            "set",
            "code",
            "",
            "name",
            "等疫情解除",
            "waits",
            "解除管控",
            "maxDays",
            "14",
            "since",
            tomorrow.toString(),
            "basis",
            "应急预案"
        };
        assertThat(post(town.cityDesk(), "/handling-rules/obstacles/new", added))
                .hasStatus(HttpStatus.SEE_OTHER);

        clock.advance(Duration.ofDays(1));
        var working = orders.at(Stage.CONTACTED, town.near(), town.near().resident(), "门锁又坏了");
        assertThat(get(town.near().manager(), "/orders/" + working + "/ask-suspension"))
                .bodyText()
                .contains("等备件", "最多停 10 天", "等疫情解除")
                .doesNotContain("等配件、材料到货");
        assertThat(get(town.near().communityDesk(), "/orders/" + stopped))
                .bodyText()
                .contains("计时已停，等配件、材料到货");
        assertThat(get(town.near().communityDesk(), "/orders?state=suspended"))
                .bodyText()
                .contains("计时已停，等配件、材料到货");

        var id = jdbc.sql("select id from obstacle where name = '等疫情解除'")
                .query(Long.class)
                .single();
        assertThat(post(town.cityDesk(), "/handling-rules/obstacles/" + id + "/end"))
                .hasStatus(HttpStatus.SEE_OTHER);
        clock.advance(Duration.ofDays(1));
        assertThat(get(town.near().manager(), "/orders/" + working + "/ask-suspension"))
                .bodyText()
                .doesNotContain("等疫情解除");
        assertThat(get(town.cityDesk(), "/handling-rules")).bodyText().contains("以前的规定", "等疫情解除");
        assertThat(post(town.cityDesk(), "/handling-rules/obstacles/" + id + "/end"))
                .hasStatus(HttpStatus.NOT_FOUND);
    }
}

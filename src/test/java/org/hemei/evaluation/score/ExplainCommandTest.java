package org.hemei.evaluation.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.content;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.hemei.evaluation.campaign.EvaluationThings;
import org.hemei.platform.Command;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Orders;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.web.servlet.MockMvc;

/** {@code ./hemei explain}: the same digits, or a message and an exit code that is not 0. */
@HemeiTest
class ExplainCommandTest {

    private static final Pattern SUM = Pattern.compile("重算：(.+)；存的：(.+)");

    @Autowired
    List<Command> commands;

    @Autowired
    EvaluationThings things;

    @Autowired
    Orders orders;

    @Autowired
    ScoreDesk desk;

    @Autowired
    MockMvc mvc;

    @Autowired
    org.hemei.evaluation.CompanyYears years;

    @Autowired
    CompanyResults companies;

    @Autowired
    org.springframework.transaction.support.TransactionTemplate transaction;

    @Autowired
    tools.jackson.databind.json.JsonMapper json;

    @Autowired
    Scores scores;

    @Autowired
    Towns towns;

    @Autowired
    JdbcClient jdbc;

    private String said = "";

    private int explain(String... words) {
        var out = new ByteArrayOutputStream();
        var code = commands.stream()
                .filter(one -> one.name().equals("explain"))
                .findFirst()
                .orElseThrow()
                .run(List.of(words), new PrintStream(out, true, StandardCharsets.UTF_8));
        said = out.toString(StandardCharsets.UTF_8);
        return code;
    }

    private long thing(Town town, String name) {
        return Long.parseLong(things.thing(name, town, null).orElseThrow());
    }

    @Test
    void a_stored_score_comes_out_equal_to_the_digit_and_an_altered_one_does_not() {
        var town = towns.make();
        var rated = thing(town, "$rated");
        var score = scores.latest(jdbc.sql("""
                        select p.id from evaluation_project p join evaluation_campaign c on c.id = p.campaign
                        where p.company = ? and c.state = 'final'
                        """).param(rated).query(Long.class).single())
                .orElseThrow();
        assertThat(explain(String.valueOf(score.id()))).isZero();
        var sum = SUM.matcher(said);
        assertThat(sum.find()).as(said).isTrue();
        assertThat(sum.group(1)).isEqualTo(sum.group(2));
        assertThat(sum.group(2))
                .isEqualTo(
                        "%s %s ± %s".formatted(score.result().words(), points(score.score()), points(score.margin())));
        assertThat(said).contains("内容校验 一致").endsWith("一致。\n");
        // the same inputs with a figure that does not follow from them
        jdbc.sql("""
                insert into evaluation_score (project, version, stage, result, score, margin, ballots, inputs, reason, made_at)
                select project, version + 1, stage, 'pass', 9999, 0, ballots, inputs, '改过', made_at from evaluation_score where id = ?
                """).param(score.id()).update();
        var altered = scores.latest(score.project()).orElseThrow();
        assertThat(explain(String.valueOf(altered.id()))).isEqualTo(1);
        assertThat(said).contains("99.99").endsWith("不一致！请查审计日志。\n");
    }

    /** What was counted is named by the score itself: also when the orders were archived, closed or filed since. */
    @Test
    void the_orders_of_a_score_are_those_that_were_counted() throws Exception {
        var town = towns.make();
        var near = town.near();
        var counted = orders.at(Orders.Stage.CLOSED, near, near.resident(), "路灯坏了");
        var score = scores.find(thing(town, "$score")).orElseThrow();
        orders.at(Orders.Stage.CLOSED, near, near.resident(), "后来才点的");
        jdbc.sql("update work_order set closed_at = now() - interval '9 years' where district = ? and id = ?")
                .params(counted.district(), counted.id())
                .update();
        var number = counted.district() + "-" + counted.id();
        assertThat(jdbc.sql("select archive.move(?, now() - interval '8 years', 10)")
                        .param(near.district())
                        .query(Integer.class)
                        .single())
                .isEqualTo(1);

        assertThat(explain(String.valueOf(score.id()))).as(said).isZero();
        assertThat(said).contains("算进去的工单 1 件，和算的一致：\n  " + number + " 确认办好，一次\n");
        var page = score.path() + "/cases";
        mvc.perform(get(page).with(as(near.manager())))
                .andExpect(content().string(containsString("/orders/" + number + "\"")))
                .andExpect(content().string(containsString("归档了")));
        // a version that puts something right counts the same orders; one of before they were kept says so
        transaction.executeWithoutResult(status -> scores.append(
                List.of(new Scores.Made(score.project(), score.inputs(), desk.again(score))),
                false,
                "再算一遍",
                0,
                score.madeAt()));
        var same = scores.latest(score.project()).orElseThrow();
        assertThat(scores.orders(same.id(), 0, 9).orElseThrow())
                .extracting(Counted::number)
                .containsExactly(number);
        assertThat(scores.orders(same.id(), 1, 9).orElseThrow()).isEmpty();
        jdbc.sql("""
                insert into evaluation_score (project, version, stage, result, score, margin, ballots, inputs, reason, made_at)
                select project, version + 1, stage, result, score, margin, ballots, inputs, '以前', made_at from evaluation_score where id = ?
                """).param(same.id()).update();
        var old = scores.latest(score.project()).orElseThrow();
        assertThat(explain(String.valueOf(old.id()))).as(said).isZero();
        assertThat(said).contains("没有存下是哪几件");
        mvc.perform(get(old.path() + "/cases").with(as(near.manager())))
                .andExpect(content().string(containsString("没有存下当时算了哪几件")));
    }

    private static String points(Integer hundredths) {
        return hundredths == null ? "—" : Exact.points(hundredths);
    }

    @Test
    void a_companys_year_is_explained_by_its_projects() {
        var rated = thing(towns.make(), "$rated");
        assertThat(explain(rated + "/2033")).as(said).isZero();
        assertThat(said).contains("项目 ").endsWith("一致。\n");
    }

    /** Input and score that were changed together come out the same; the seal of the version does not. */
    @Test
    void a_version_that_was_put_right_is_held_against_its_own_seal() throws Exception {
        var town = towns.make();
        var near = town.near();
        var first = scores.find(thing(town, "$score")).orElseThrow();
        var put = transaction.execute(status -> desk.correct(
                near.housingDesk(), first.project(), List.of(new ProjectInputs.Correction(0, "i7", "not")), "当天看错了楼"));
        assertThat(explain(String.valueOf(put.id()))).as(said).isZero();
        assertThat(said).contains("更正的这一版：没有不一样");
        assertThat(scores.seal(first)).isEqualTo(Scores.Seal.NONE);
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            jdbc.sql("alter table evaluation_score disable trigger user").update();
            jdbc.sql("update evaluation_score set inputs = jsonb_set(inputs, '{eligible}', '99') where id = ?")
                    .param(put.id())
                    .update();
            assertThat(explain(String.valueOf(put.id()))).isEqualTo(1);
            assertThat(said).contains("更正的这一版：和封存时不一样");
            assertThat(page(put.path())).contains("刚才又算了一遍，不一样");
        });
        assertThat(page(put.path())).contains("刚才又算了一遍，一样");
    }

    /** The digest stays what it was for versions sealed before; the days lie beside it. */
    @Test
    void for_how_many_days_a_company_held_an_estate_is_sealed_with_its_score() {
        var town = towns.make();
        var first = scores.find(thing(town, "$score")).orElseThrow();
        var put = transaction.execute(status -> desk.correct(
                town.near().housingDesk(),
                first.project(),
                List.of(new ProjectInputs.Correction(0, "i7", "not")),
                "当天看错了楼"));
        assertThat(scores.seal(put)).isEqualTo(Scores.Seal.SAME);
        var company = thing(town, "$rated");
        var rated = scores.find(jdbc.sql("""
                        select max(s.id) from evaluation_score s join evaluation_project p on p.id = s.project
                        where p.company = ? and s.stage = 'final'
                        """).param(company).query(Long.class).single())
                .orElseThrow();
        assertThat(scores.sealed(rated.campaign())).isTrue();
        transaction.executeWithoutResult(status -> {
            status.setRollbackOnly();
            jdbc.sql("alter table evaluation_score disable trigger user").update();
            jdbc.sql("update evaluation_score set days = coalesce(days, 0) + 1 where id in (?, ?)")
                    .params(put.id(), rated.id())
                    .update();
            assertThat(scores.seal(put)).isEqualTo(Scores.Seal.OTHER);
            assertThat(scores.sealed(rated.campaign())).isFalse();
        });
    }

    private String page(String path) {
        try {
            return mvc.perform(get(path)).andReturn().getResponse().getContentAsString();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** Whoever alters a figure that was copied, the score it was copied from, or both, is seen. */
    @Test
    void a_companys_year_is_held_against_its_scores_and_the_audit_log() {
        var town = towns.make();
        var rated = thing(town, "$rated");
        var year = years.latest(rated, 2033).orElseThrow();
        var inputs = companies.inputs(rated, 2033, year.version()).orElseThrow();
        var made = transaction.execute(status -> years.conclude(
                rated, 2033, year.campaign(), CompanyScore.of(inputs, json.writeValueAsString(inputs)), "再算一遍"));
        assertThat(explain(rated + "/2033")).as(said).isZero();
        assertThat(explain(rated + "/2033/1")).as("an earlier version: " + said).isZero();
        assertThat(explain(rated + "/2033/" + (made.version() + 1))).isEqualTo(2);
        assertThat(said).contains("没有第 " + (made.version() + 1) + " 版结果");
        for (var change : List.of(
                "update company_year set result = 'pass', score = 7000, margin = 1 where company = ? and version = "
                        + made.version(),
                "update company_year set inputs = jsonb_set(inputs, '{passLine}', '100') where company = ? and version = "
                        + made.version(),
                "update company_year set inputs = jsonb_set(inputs, '{projects,0,score}', '9999') where company = ? and version = "
                        + made.version())) {
            transaction.executeWithoutResult(status -> {
                status.setRollbackOnly();
                jdbc.sql("alter table company_year disable trigger user").update();
                assertThat(jdbc.sql(change).param(rated).update()).as(change).isEqualTo(1);
                assertThat(explain(rated + "/2033")).as(change).isEqualTo(1);
                assertThat(said).contains("和封存时不一样");
            });
        }
        assertThat(explain(rated + "/2033")).isZero();
    }

    @Test
    void an_unknown_number_is_said_and_does_not_end_well() {
        assertThat(explain("999999999999999999")).isEqualTo(2);
        assertThat(said).isEqualTo("没有编号 999999999999999999 的得分。\n");
        assertThat(explain("999999999999999999/2033")).isEqualTo(2);
        assertThat(said).contains("2033 年没有结果");
        for (var words : List.of(new String[] {}, new String[] {"和平花园"}, new String[] {"-1"})) {
            assertThat(explain(words)).isEqualTo(2);
            assertThat(said).contains("用法：./hemei explain");
        }
    }
}

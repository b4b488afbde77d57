package org.hemei.evaluation.campaign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.time.InstantSource;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.hemei.evaluation.CompanyYears;
import org.hemei.evaluation.score.Gathering.Period;
import org.hemei.evaluation.score.Hearings;
import org.hemei.evaluation.score.Scores;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.Samples;
import org.hemei.platform.log.EventLog;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.Pump;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.transaction.support.TransactionTemplate;

/** Published scores, and what changes them afterwards: their keepers, their companies, the register of contracts, and time. */
abstract class HearingCase extends CampaignCase {

    @Autowired
    CampaignDesk desk;

    @Autowired
    CampaignClock.Calendar calendar;

    @Autowired
    Hearings hearings;

    @Autowired
    Scores scores;

    @Autowired
    CompanyYears years;

    @Autowired
    EventLog events;

    @Autowired
    Pump pump;

    @Autowired
    TransactionTemplate transaction;

    @Autowired
    InstantSource clock;

    LocalDate today;

    @BeforeEach
    void today() {
        today = CivilTime.date(clock.instant());
    }

    /** Published, with a fail or a pass, and open to objections until a day. */
    final long published(char grade, LocalDate until) {
        var id = things.campaign(near, "objection");
        looked(id, near.assessor(), 1, grade == '1' ? "not" : "met");
        given(id);
        transaction.executeWithoutResult(status -> scoreDesk.compute(
                keeper, new Period(id, FROM, UNTIL), scheme(id), Map.of(near.garden(), votes(scheme(id), grade))));
        set(id, "objection_until = '" + until + "', final_by = '" + until.plusDays(10) + "'");
        return id;
    }

    final long over(char grade) {
        var id = things.campaign(near, "final");
        looked(id, near.assessor(), 1, grade == '1' ? "not" : "met");
        given(id);
        transaction.executeWithoutResult(status -> {
            scoreDesk.compute(
                    keeper, new Period(id, FROM, UNTIL), scheme(id), Map.of(near.garden(), votes(scheme(id), grade)));
            scoreDesk.conclude(keeper, id, 2033, scheme(id));
        });
        return id;
    }

    final Scores.Score score(long campaign, long company) {
        return scores.ofCampaign(campaign, near.garden()).stream()
                .filter(one -> one.company() == company)
                .findFirst()
                .orElseThrow();
    }

    /** The register is put right: another company came in January. */
    final void putRight(long by) {
        var on = LocalDate.of(2026, 1, 11);
        transaction.executeWithoutResult(status -> {
            jdbc.sql("""
                    update contract set during = daterange(least(lower(during), ?), ?) where estate = ? and upper_inf(during)
                    """).params(on.minusDays(100), on, near.garden()).update();
            jdbc.sql("insert into contract (company, estate, during, fee_fen) values (?, ?, daterange(?, null), 160)")
                    .params(by, near.garden(), on)
                    .update();
            events.announce(near.district(), "contract.signed", near.garden(), Map.of());
        });
        pump.run();
    }

    final MockHttpServletResponse reattributed(long campaign) throws Exception {
        return reattributed(campaign, List.of(Samples.pdf()));
    }

    final MockHttpServletResponse reattributed(long campaign, List<byte[]> documents) throws Exception {
        var path = "/campaigns/" + campaign + "/contracts";
        var form = page(path + "?estate=" + near.garden(), keeper);
        var at = form.indexOf("name=\"seen\" value=\"") + "name=\"seen\" value=\"".length();
        return sent(
                path,
                keeper,
                documents,
                "estate",
                String.valueOf(near.garden()),
                "seen",
                form.substring(at, form.indexOf('"', at)),
                "basis",
                "2026 年 1 月的物业服务合同",
                "why",
                "登记时把交接的日子写晚了一年");
    }

    /** With a document. */
    final MockHttpServletResponse sent(String path, Reader reader, String... values) throws Exception {
        return sent(path, reader, List.of(Samples.pdf()), values);
    }

    final MockHttpServletResponse sent(String path, Reader reader, List<byte[]> documents, String... values)
            throws Exception {
        var request = multipart(path);
        for (var document : documents) {
            request.file(new MockMultipartFile(field(path), "文书.pdf", "application/pdf", document));
        }
        for (int n = 0; n < values.length; n += 2) {
            request.param(values[n], values[n + 1]);
        }
        return mvc.perform(request.param("_once", UUID.randomUUID().toString())
                        .with(as(reader))
                        .with(csrf()))
                .andReturn()
                .getResponse();
    }

    private static String field(String path) {
        return path.endsWith("/service") ? "receipts" : path.endsWith("/withdrawal") ? "papers" : "documents";
    }

    final long objected(Scores.Score score, Reader manager, String part) throws Exception {
        var answer = sent(score.path() + "/objection", manager, "dimension", part, "words", "这一年不是我们管的。");
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(303);
        return Long.parseLong(Objects.requireNonNull(answer.getRedirectedUrl())
                .replaceAll("\\D", "")
                .replaceAll("1$", ""));
    }

    final void answered(long objection, String upheld) throws Exception {
        var answer = decided(objection, keeper, "upheld", upheld);
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(303);
    }

    final MockHttpServletResponse decided(long objection, Reader by, String... values) throws Exception {
        var request = post("/objections/" + objection + "/decide")
                .param("version", "0")
                .param("decision", "照合同原件核对过。");
        for (int n = 0; n < values.length; n += 2) {
            request.param(values[n], values[n + 1]);
        }
        return mvc.perform(request.with(as(by)).with(csrf())).andReturn().getResponse();
    }

    /** As if so many days had gone by. */
    final void later(long project) {
        jdbc.sql("update evaluation_hearing set opened_on = opened_on - 60, until = until - 60 where project = ?")
                .param(project)
                .update();
    }

    final List<String> told(Reader reader) {
        pump.run();
        return jdbc.sql("select title || ' ' || body from notice where account = ? order by id")
                .param(reader.account())
                .query(String.class)
                .list();
    }

    /** Its keeper puts an item of the community right. */
    final void points(Scores.Score score, String value) throws Exception {
        corrected(score, "territory", "t1", value, "审计结论", "打分的人和别的小区弄混了");
    }

    /** Its keeper voids the count of its households. */
    final void voided(Scores.Score score) throws Exception {
        corrected(score, "satisfaction", "satisfaction", "void", "复核记录", "录纸票的人没有回避");
    }

    private void corrected(Scores.Score score, String part, String item, String value, String basis, String why)
            throws Exception {
        var answer = sent(
                score.path() + "/correction",
                keeper,
                "version",
                String.valueOf(score.version()),
                "part",
                part,
                "item",
                item,
                "value",
                value,
                "basis",
                basis,
                "why",
                why);
        assertThat(answer.getStatus()).as(answer.getContentAsString()).isEqualTo(303);
    }

    final String shown(Scores.Score score, Reader reader) throws Exception {
        return mvc.perform(get(score.path()).with(as(reader)))
                .andReturn()
                .getResponse()
                .getContentAsString();
    }
}

package org.hemei.evaluation.objection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.text.PDFTextStripper;
import org.hemei.evaluation.campaign.EvaluationThings;
import org.hemei.platform.attachment.Samples;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Pictures;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

/** What a company shows with its objection, and the paper that answers it. */
@HemeiTest
class ObjectionPaperTest {

    private static final Pattern CHOSEN = Pattern.compile("name=\"(photos|docs)\" value=\"([0-9a-f-]{36})\"");

    @Autowired
    Towns towns;

    @Autowired
    EvaluationThings things;

    @Autowired
    MockMvc mvc;

    @Autowired
    JdbcClient jdbc;

    private Town town;
    private Town.Side near;

    @BeforeEach
    void town() {
        town = towns.make();
        near = town.near();
    }

    private long thing(String name) {
        return Long.parseLong(things.thing(name, town, null).orElseThrow());
    }

    private MockHttpServletResponse file(long score, List<MockMultipartFile> files, String... values) throws Exception {
        var request = multipart("/scores/" + score + "/objection");
        files.forEach(request::file);
        for (int n = 0; n < values.length; n += 2) {
            request.param(values[n], values[n + 1]);
        }
        return mvc.perform(request.param("_once", UUID.randomUUID().toString())
                        .param("dimension", "inspection")
                        .with(as(near.manager()))
                        .with(csrf()))
                .andReturn()
                .getResponse();
    }

    /** A manager at the gate has photos on the phone; a mistake elsewhere in the form loses none of what was sent. */
    @Test
    void photos_and_documents_come_with_an_objection_also_when_the_form_was_refused_first() throws Exception {
        var score = thing("$score");
        var refused = file(
                score,
                List.of(
                        new MockMultipartFile("files", "灯亮着.png", "image/png", Pictures.of("png", 40, 40)),
                        new MockMultipartFile("documents", "合同.pdf", "application/pdf", Samples.pdf())),
                "words",
                " ");
        assertThat(refused.getStatus()).isEqualTo(422);
        var chosen = CHOSEN.matcher(refused.getContentAsString()).results().toList();
        assertThat(chosen).extracting(one -> one.group(1)).containsExactlyInAnyOrder("photos", "docs");
        var sent = file(
                score,
                List.of(),
                "words",
                "那天灯是亮的。",
                chosen.getFirst().group(1),
                chosen.getFirst().group(2),
                chosen.getLast().group(1),
                chosen.getLast().group(2));
        assertThat(sent.getStatus()).isEqualTo(303);
        var path = Objects.requireNonNull(sent.getRedirectedUrl()).replaceAll("\\?.*", "");
        var page = mvc.perform(get(path).with(as(near.housingDesk())))
                .andReturn()
                .getResponse()
                .getContentAsString();
        for (var one : chosen) {
            assertThat(page).contains("/attachments/" + near.district() + "/" + one.group(2));
            mvc.perform(get("/attachments/" + near.district() + "/" + one.group(2))
                            .with(as(near.housingDesk())))
                    .andExpect(status().isOk());
            mvc.perform(get("/attachments/" + near.district() + "/" + one.group(2))
                            .with(as(near.streetDesk())))
                    .andExpect(status().isNotFound());
        }
    }

    @Test
    void a_photo_can_be_left_out_again_and_what_is_no_photo_is_refused_at_its_field() throws Exception {
        var score = thing("$score");
        var refused = file(
                score,
                List.of(new MockMultipartFile("files", "灯亮着.png", "image/png", Pictures.of("png", 40, 40))),
                "words",
                " ");
        var chosen = CHOSEN.matcher(refused.getContentAsString());
        assertThat(chosen.find()).isTrue();
        var dropped = file(score, List.of(), "photos", chosen.group(2), "drop", chosen.group(2), "words", "写好的话");
        assertThat(dropped.getStatus()).isEqualTo(200);
        assertThat(dropped.getContentAsString()).contains("写好的话").doesNotContain(chosen.group(2));
        var bomb = file(
                score,
                List.of(new MockMultipartFile("documents", "合同.pdf", "application/pdf", Samples.docxBomb(1))),
                "words",
                "那天灯是亮的。");
        assertThat(bomb.getStatus()).isEqualTo(422);
        assertThat(bomb.getContentAsString()).contains("id=\"e-photos\"");
    }

    @Test
    void the_answer_is_a_paper_for_both_sides_once_it_is_given() throws Exception {
        var id = thing("$objection");
        var path = "/objections/" + id;
        mvc.perform(get(path + "/decision.pdf").with(as(near.manager()))).andExpect(status().isNotFound());
        mvc.perform(post(path + "/decide")
                        .param("version", "0")
                        .param("upheld", "no")
                        .param("decision", "当天两位测评员都看了，灯没有亮。")
                        .with(as(near.housingDesk()))
                        .with(csrf()))
                .andExpect(status().isSeeOther());
        for (var side : List.of(near.manager(), near.housingDesk())) {
            var bytes = mvc.perform(get(path + "/decision.pdf").with(as(side)))
                    .andExpect(status().isOk())
                    .andReturn()
                    .getResponse()
                    .getContentAsByteArray();
            try (var paper = Loader.loadPDF(bytes)) {
                assertThat(new PDFTextStripper().getText(paper).replaceAll("\\s", ""))
                        .contains("测评异议答复书", "那天在检修。", "当天两位测评员都看了，灯没有亮。", "异议不成立，得分不变。", "测评异议" + id)
                        .contains("（盖章）", "办测评的单位：", "60日内依法申请行政复议", "还可以提异议：在系统里提，或者书面交到办测评的");
            }
        }
        // printed when the time is over it says what it said
        jdbc.sql("""
                update evaluation_campaign set objection_until = objection_from + 1 where id = (
                    select p.campaign from evaluation_objection o join evaluation_project p on p.id = o.project where o.id = ?)
                """).param(id).update();
        jdbc.sql("""
                insert into listing_office (area, name, address, review_body, court, set_by, set_at)
                values (?, '本区住建局', '和平路1号205室', '本区人民政府', '本区人民法院', ?, now())
                """)
                .params(String.valueOf(near.district()), near.housingDesk().account())
                .update();
        var named = mvc.perform(get(path + "/decision.pdf").with(as(near.manager())))
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        try (var paper = Loader.loadPDF(named)) {
            assertThat(new PDFTextStripper().getText(paper).replaceAll("\\s", ""))
                    .contains("对这个答复不服的", "60日内向本区人民政府申请行政复议", "6个月内向本区人民法院提起行政诉讼", "交到本区住建局（和平路1号205室）")
                    .contains("为止，对得分的别的部分还可以提异议")
                    .doesNotContain("办测评的单位：");
        }
        mvc.perform(get(path + "/decision.pdf").with(as(town.far().manager()))).andExpect(status().isNotFound());
        mvc.perform(get(path + "/decision.pdf").with(as(near.streetDesk()))).andExpect(status().isForbidden());
    }
}

package org.hemei.evaluation.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;
import static org.springframework.test.web.servlet.result.MockMvcResultMatchers.status;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.attachment.Attachment;
import org.hemei.platform.attachment.Samples;
import org.hemei.platform.notice.Notices;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

/** What is attached to a defence, a repair or an objection; and a repair that is taken back while it is undecided. */
@HemeiTest
class ListingEvidenceTest {

    @Autowired
    private Towns towns;

    @Autowired
    private ListingThings things;

    @Autowired
    private RepairDesk repairs;

    @Autowired
    private ListingQueries queries;

    @Autowired
    private Pump pump;

    @Autowired
    private Notices notices;

    @Autowired
    private MockMvc mvc;

    private Town town;
    private Town.Side near;

    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
    }

    private MockHttpServletResponse send(Reader reader, long id, String act, String words, MockMultipartFile... files)
            throws Exception {
        var request = multipart("/listings/" + id + "/" + act);
        for (var file : files) {
            request.file(file);
        }
        return mvc.perform(request.param("version", String.valueOf(things.version(id)))
                        .param("words", words)
                        .param("mended", "yes")
                        .with(as(reader))
                        .with(csrf()))
                .andReturn()
                .getResponse();
    }

    private static MockMultipartFile photo() {
        return new MockMultipartFile("files", "电梯.jpg", "image/jpeg", Samples.jpegWithPosition(60, 40));
    }

    private static MockMultipartFile document() {
        return new MockMultipartFile("documents", "合同.pdf", "application/pdf", Samples.pdf());
    }

    private List<Attachment> files(long id, ListingVerb verb) {
        return queries.find(id).orElseThrow().steps().stream()
                .filter(step -> step.verb() == verb)
                .flatMap(step -> step.files().stream())
                .toList();
    }

    @Test
    void the_bureau_shows_what_its_notice_its_answer_and_its_conclusion_rest_on() throws Exception {
        var noticed = things.at(ListingState.PROPOSED, near);
        assertThat(mvc.perform(multipart("/listings/" + noticed + "/notice")
                                .file(document())
                                .param("version", "0")
                                .param("weight", "ordinary")
                                .param("basis", String.valueOf(things.basis(near)))
                                .param("words", "两年不合格。")
                                .with(as(near.housingDesk()))
                                .with(csrf()))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(303);
        var file = files(noticed, ListingVerb.NOTIFY).getFirst();
        assertThat(page(things.manager(near), "/listings/" + noticed)).contains(file.address());
        mvc.perform(get(file.address()).with(as(things.manager(near)))).andExpect(status().isOk());

        var objected = things.at(ListingState.LISTED, near);
        things.object(objected, near);
        assertThat(shown(objected, "answer", "upheld", "no")).isEqualTo(303);
        assertThat(files(objected, ListingVerb.DENY_OBJECTION)).hasSize(1);
        var repaired = things.at(ListingState.REPAIR_VERIFIED, near);
        assertThat(shown(repaired, "conclusion", "agreed", "no")).isEqualTo(303);
        assertThat(files(repaired, ListingVerb.REFUSE_REPAIR)).hasSize(1);
    }

    private int shown(long id, String act, String field, String value) throws Exception {
        return mvc.perform(multipart("/listings/" + id + "/" + act)
                        .file(photo())
                        .param("version", String.valueOf(things.version(id)))
                        .param(field, value)
                        .param("words", "查过了。")
                        .with(as(near.housingDesk()))
                        .with(csrf()))
                .andReturn()
                .getResponse()
                .getStatus();
    }

    @Test
    void what_proves_a_defence_is_read_by_those_who_read_the_case_and_nobody_else() throws Exception {
        var id = things.at(ListingState.NOTICED, near);
        assertThat(send(near.manager(), id, "statement", "配件已经付款。", photo(), document())
                        .getStatus())
                .isEqualTo(303);
        assertThat(send(near.manager(), id, "statement", "再补一张。", photo()).getStatus())
                .as("as often as it wants")
                .isEqualTo(303);
        var files = files(id, ListingVerb.STATE);
        assertThat(files).hasSize(3);
        for (var may : List.of(near.manager(), near.housingDesk(), near.streetDesk(), near.districtDesk())) {
            var page = page(may, "/listings/" + id);
            for (var file : files) {
                mvc.perform(get(file.address()).with(as(may))).andExpect(status().isOk());
                assertThat(page).contains(file.address());
            }
        }
        for (var not : List.of(
                near.resident(),
                near.communityDesk(),
                town.far().manager(),
                town.far().housingDesk())) {
            mvc.perform(get(files.getFirst().address()).with(as(not))).andExpect(status().isNotFound());
        }
        mvc.perform(get(files.getFirst().address()).with(as(Reader.VISITOR)))
                .andExpect(status().isFound()); // to the door

        var kept = mvc.perform(get(files.stream()
                                .filter(Attachment::isPhoto)
                                .findFirst()
                                .orElseThrow()
                                .address())
                        .with(as(near.manager())))
                .andReturn()
                .getResponse()
                .getContentAsByteArray();
        assertThat(new String(kept, StandardCharsets.ISO_8859_1))
                .as("neither the place nor the camera")
                .doesNotContain("SecretCam", "Exif");
    }

    private String page(Reader reader, String path) throws Exception {
        return mvc.perform(get(path).with(as(reader))).andReturn().getResponse().getContentAsString();
    }

    @Test
    void a_file_is_what_its_content_says_and_a_refused_form_keeps_what_came_with_it() throws Exception {
        var id = things.at(ListingState.NOTICED, near);
        var zip = new MockMultipartFile("documents", "合同.pdf", "application/pdf", Samples.docxBomb(1));
        var refused = send(near.manager(), id, "statement", "见附件。", zip);
        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(refused.getContentAsString()).contains("请另存为 PDF", "见附件。");
        var again = send(near.manager(), id, "statement", " ", photo(), document());
        assertThat(again.getStatus()).isEqualTo(422);
        assertThat(again.getContentAsString()).contains("请写下要说明的", "name=\"photos\" value=\"", "已传好的文件");
        var many = new MockMultipartFile[Evidence.MOST + 1];
        java.util.Arrays.setAll(many, i -> photo());
        assertThat(send(near.manager(), id, "statement", "很多。", many).getContentAsString())
                .contains("一次最多附 12 个");
        assertThat(things.version(id)).as("nothing was handed in").isEqualTo(2);
    }

    @Test
    void files_come_with_an_objection_a_repair_and_its_verification() throws Exception {
        var objected = things.at(ListingState.LISTED, near);
        var manager = things.manager(near);
        assertThat(send(manager, objected, "objection", "样本不对。", document()).getStatus())
                .isEqualTo(303);
        assertThat(files(objected, ListingVerb.OBJECT)).hasSize(1);
        var asked = things.at(ListingState.REPAIR_APPLIED, near);
        assertThat(send(near.streetDesk(), asked, "verification", "去看过，都好了。", photo())
                        .getStatus())
                .isEqualTo(303);
        assertThat(files(asked, ListingVerb.VERIFY)).hasSize(1);
        assertThat(page(things.manager(near), "/listings/" + asked))
                .contains(files(asked, ListingVerb.VERIFY).getFirst().thumb());
        assertThat(send(near.streetDesk(), asked, "repair", "替企业申请。", photo()).getStatus())
                .as("only the company applies")
                .isEqualTo(422);
    }

    @Test
    void the_company_takes_its_repair_back_while_it_is_undecided_and_applies_again() throws Exception {
        for (var state : List.of(ListingState.REPAIR_APPLIED, ListingState.REPAIR_VERIFIED)) {
            var id = things.at(state, near);
            var manager = things.manager(near);
            assertThat(send(manager, id, "withdrawal", " ").getContentAsString())
                    .contains("请写为什么撤回");
            assertThatThrownBy(() -> repairs.withdraw(near.housingDesk(), id, things.version(id), "代撤。"))
                    .isInstanceOf(Refusal.class)
                    .hasMessageContaining("归企业办");
            assertThat(send(manager, id, "withdrawal", "3 号楼还差一盏灯，补好再申请。").getStatus())
                    .isEqualTo(303);
            assertThat(things.state(id)).isEqualTo(ListingState.LISTED);
            var view = queries.find(id).orElseThrow();
            assertThat(view.steps().getLast().words()).isEqualTo("3 号楼还差一盏灯，补好再申请。");
            assertThat(view.listing().dueAt).as("nobody owes anything").isNull();
            assertThat(view.listing().mended)
                    .as("what was seen before weighs on nothing")
                    .isNull();
            pump.run();
            assertThat(notices.list(near.streetDesk(), null, 20))
                    .extracting(notice -> notice.title())
                    .contains("企业撤回了修复申请，不用再去看");
            repairs.apply(manager, id, things.version(id), "灯也换好了。", List.of());
            assertThatThrownBy(() ->
                            repairs.conclude(near.housingDesk(), id, things.version(id), true, "上次看过了。", List.of()))
                    .as("looked at anew")
                    .isInstanceOf(Refusal.class);
            repairs.verify(near.streetDesk(), id, things.version(id), true, "都好了。", List.of());
            repairs.conclude(near.housingDesk(), id, things.version(id), true, "整改到位。", List.of());
            assertThatThrownBy(() -> repairs.withdraw(manager, id, things.version(id), "不要了。"))
                    .as("decided is decided")
                    .isInstanceOf(Refusal.class);
        }
    }
}

package org.hemei.evaluation.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import java.util.List;
import java.util.UUID;
import org.hemei.evaluation.listing.OfficeDesk.Draft;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.test.web.servlet.MockMvc;

/** Every paper of a case says who decided, until when its company can say what, and where it can go. */
@HemeiTest
class ListingRemedyTest {

    private static final String WAYS = "从收到之日起60日内向试区人民政府申请行政复议（《行政复议法》第二十条），也可以从收到之日起6个月内向试区人民法院提起行政诉讼（《行政诉讼法》第四十六条）";
    private static final String DESK = "书面交到试区住房保障局（试路1号二楼）";
    private static final String SEAL = "试区住房保障局（盖章）";

    @Autowired
    private Towns towns;

    @Autowired
    private ListingThings things;

    @Autowired
    private ListingSheets sheets;

    @Autowired
    private ListingDesk desk;

    @Autowired
    private RepairDesk repairs;

    @Autowired
    private ListingQueries queries;

    @Autowired
    private OfficeDesk offices;

    @Autowired
    private TermDesk terms;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvc mvc;

    private Town town;
    private Town.Side near;
    private Reader bureau;

    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
        bureau = near.housingDesk();
    }

    private String area() {
        return ListingThings.area(near);
    }

    private void serve(long id) {
        desk.serve(bureau, id, things.version(id), things.today(), "当面", List.of());
    }

    private static String plain(String words) {
        return words.replaceAll("\\s", "");
    }

    @Test
    void the_notice_and_the_decision_name_the_authority_the_days_and_both_ways() throws Exception {
        var id = things.at(ListingState.DECIDED, near);
        assertThat(sheets.text(id, "notice", near.manager()))
                .contains(DESK, SEAL)
                .as("nothing is decided yet")
                .doesNotContain("行政诉讼法");
        assertThat(sheets.text(id, "decision", bureau))
                .contains("从送达的第二天起20个工作日内：", DESK, WAYS, "收到复议决定书之日起15日内", SEAL);
        serve(id);
        var until = queries.find(id).orElseThrow().listing().objectUntil;
        assertThat(sheets.text(id, "decision", near.manager()))
                .contains("可以提一次异议，到" + plain(CivilTime.full(until)) + "为止：", WAYS)
                .doesNotContain("20个工作日内");
        assertThat(plain(sheets.page(near.manager(), "/listings/" + id)))
                .contains(WAYS, "试区住房保障局", plain(CivilTime.full(until)) + "为止可以提一次");
    }

    @Test
    void the_answers_to_an_objection_and_to_a_repair_and_a_revocation_name_both_ways() throws Exception {
        var objected = things.at(ListingState.LISTED, near);
        things.object(objected, near);
        things.answer(objected, near, false);
        assertThat(sheets.text(objected, "answer", things.manager(near))).contains(WAYS, SEAL);

        var fell = things.at(ListingState.LISTED, near);
        things.overturn(fell);
        assertThat(sheets.text(fell, "revocation", things.manager(near))).contains(WAYS, SEAL);

        var asked = things.at(ListingState.REPAIR_VERIFIED, near);
        repairs.conclude(bureau, asked, things.version(asked), false, "还差一样。", List.of());
        assertThat(sheets.text(asked, "repair", things.manager(near)))
                .contains("这次不同意移出。", "可以马上再申请", DESK, WAYS, SEAL);
        var removed = things.at(ListingState.REMOVED, near);
        assertThat(sheets.text(removed, "repair", things.manager(near)))
                .contains(SEAL)
                .as("it got what it asked for")
                .doesNotContain("行政诉讼法");
    }

    @Test
    void nothing_is_served_before_the_bureau_has_entered_whom_the_paper_names() throws Exception {
        var id = things.at(ListingState.DECIDED, near);
        things.noOffice(near);
        assertThatThrownBy(() -> serve(id)).hasMessageContaining("文书上还没有主管部门");
        assertThat(sheets.page(bureau, "/listings/" + id)).contains("填好才能送达", "/listings/rules/office");
        assertThat(sheets.text(id, "decision", bureau))
                .as("no name is made up")
                .contains("向行政复议机关申请行政复议", "向人民法院提起行政诉讼");

        var refused = enter("", "");
        assertThat(refused.getStatus()).isEqualTo(422);
        assertThat(refused.getContentAsString()).contains("请写主管部门的全称", "请写向哪个法院起诉");
        assertThat(enter("某区住建局", "某区人民法院").getRedirectedUrl()).isEqualTo("/listings/rules?done=office");
        assertThat(sheets.page(bureau, "/listings/rules")).contains("某区住建局", "某路 8 号", "某区人民法院，收到决定起 6 个月内");
        assertThat(sheets.page(bureau, "/listings/" + id)).doesNotContain("填好才能送达");
        serve(id);
        assertThat(things.state(id)).isEqualTo(ListingState.LISTED);
        assertThat(jdbc.sql(
                                "select detail ->> 'court' from audit_entry where action = 'listing_office.set' and area = ?")
                        .param(area())
                        .query(String.class)
                        .list())
                .containsExactly("某区人民法院");

        var notice = things.proposed(things.company(near));
        things.noOffice(near);
        desk.notify(bureau, notice, 0, Weight.ORDINARY, things.basis(near), "两年不合格。", List.of());
        assertThatThrownBy(() -> things.deliver(notice, near)).hasMessageContaining("文书上还没有主管部门");
    }

    private MockHttpServletResponse enter(String name, String court) throws Exception {
        return mvc.perform(post("/listings/rules/office")
                        .param("_once", UUID.randomUUID().toString())
                        .param("name", name)
                        .param("address", "某路 8 号")
                        .param("reviewBody", "某区人民政府")
                        .param("court", court)
                        .with(as(bureau))
                        .with(csrf()))
                .andReturn()
                .getResponse();
    }

    @Test
    void what_was_served_goes_on_naming_what_it_named_and_only_its_bureau_enters_it() throws Exception {
        var id = things.at(ListingState.LISTED, near);
        offices.set(bureau, new Draft(area(), "新的局", "新路 2 号", "新的政府", "新的法院"));
        assertThat(sheets.text(id, "decision", bureau)).contains(WAYS, SEAL).doesNotContain("新的");
        assertThat(sheets.page(bureau, "/listings/" + id))
                .as("but where to hand in is where it is now")
                .contains("新路 2 号");
        var later = things.at(ListingState.DECIDED, near);
        assertThat(sheets.text(later, "decision", bureau)).contains("新的局", "向新的法院提起行政诉讼");
        for (var other : List.of(town.far().housingDesk(), near.streetDesk(), near.manager(), town.cityDesk())) {
            assertThatThrownBy(() -> offices.set(other, new Draft(area(), "一", "二", "三", "四")))
                    .isInstanceOf(Missing.class);
        }
    }

    @Test
    void a_longer_time_is_told_with_its_own_basis_and_none_is_shorter_than_the_law() throws Exception {
        var today = things.today();
        terms.set(bureau, new TermDesk.Number(area(), ListingRules.Name.REVIEW_DAYS, 90, "某条例第七条", today));
        assertThatThrownBy(() -> terms.set(
                        bureau, new TermDesk.Number(area(), ListingRules.Name.SUIT_MONTHS, 5, "某条例第八条", today)))
                .hasMessageContaining("6 到 24");
        var id = things.at(ListingState.DECIDED, near);
        assertThat(sheets.text(id, "decision", bureau))
                .contains("从收到之日起90日内向试区人民政府申请行政复议（某条例第七条）", "6个月内向试区人民法院提起行政诉讼（《行政诉讼法》第四十六条）");
    }
}

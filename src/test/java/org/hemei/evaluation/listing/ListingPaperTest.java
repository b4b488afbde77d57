package org.hemei.evaluation.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.security.test.web.servlet.request.SecurityMockMvcRequestPostProcessors.csrf;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.multipart;

import java.sql.Timestamp;
import java.time.LocalDate;
import java.time.LocalTime;
import java.util.List;
import org.hemei.access.Role;
import org.hemei.evaluation.listing.PaperDesk.What;
import org.hemei.evaluation.listing.Votes.Choice;
import org.hemei.platform.Missing;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.attachment.Samples;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;

/** What a company says on paper counts as what it says in the system, by the day on which it arrived. */
@HemeiTest
class ListingPaperTest {

    @Autowired
    private Towns towns;

    @Autowired
    private ListingThings things;

    @Autowired
    private ListingDesk desk;

    @Autowired
    private DecisionDesk decisions;

    @Autowired
    private PaperDesk papers;

    @Autowired
    private SelfCorrectionDesk corrections;

    @Autowired
    private OverturnDesk overturns;

    @Autowired
    private ListingQueries queries;

    @Autowired
    private ListingSheets sheets;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvc mvc;

    private Town town;
    private Town.Side near;
    private Reader bureau;
    private LocalDate today;

    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
        bureau = near.housingDesk();
        today = things.today();
    }

    private void enter(Reader reader, long id, What what, LocalDate received, String words) {
        papers.enter(reader, id, things.version(id), what, received, words, sheets.scan(reader, near));
    }

    private Listing listing(long id) {
        return queries.find(id).orElseThrow().listing();
    }

    /** As if the defence had ended in the evening of this day. */
    private void heardUntil(long id, LocalDate day) {
        var at = Timestamp.from(CivilTime.at(day, LocalTime.of(17, 30)));
        jdbc.sql("update listing set heard_until = ?, noticed_on = ? where id = ?")
                .params(at, day.minusDays(14), id)
                .update();
        jdbc.sql("update listing_step set at = at - interval '30 days' where listing = ? and verb = 'notify'")
                .param(id)
                .update();
    }

    @Test
    void a_company_without_an_account_is_heard_on_paper_and_the_decision_says_what_it_said() throws Exception {
        var alone = things.company(near);
        var id = things.proposed(alone);
        things.notice(id, near, Weight.ORDINARY, things.basis(near));
        things.closeDefence(id);
        heardUntil(id, today.minusDays(3));
        assertThatThrownBy(() -> enter(bureau, id, What.STATEMENT, today.minusDays(2), "晚了一天。"))
                .as("it came the day after the last")
                .hasMessageContaining("已经过了");
        enter(bureau, id, What.STATEMENT, today.minusDays(3), "电梯配件四月已经付款。");
        assertThat(things.state(id)).as("heard, whenever it was entered").isEqualTo(ListingState.HEARD);
        assertThat(sheets.page(bureau, "/listings/" + id))
                .contains("企业：陈述申辩", CivilTime.day(today.minusDays(3)) + " 收到，主管部门录入");
        things.list(id, near);
        assertThat(sheets.text(id, "decision", bureau))
                .contains(CivilTime.day(today.minusDays(3)) + "书面收到：电梯配件四月已经付款。（附材料1份）")
                .doesNotContain("没有收到陈述申辩");

        // and so are its objection and its repair
        enter(bureau, id, What.OBJECTION, today, "样本里有不是我们的楼。");
        assertThat(listing(id).objection).isEqualTo(Listing.Objection.OPEN);
        assertThat(queries.waiting(bureau)).isEqualTo(1);
        desk.answer(things.members(near, 1).getFirst(), id, things.version(id), false, "查过合同了。", List.of());
        jdbc.sql(
                        "update listing set listed_on = listed_on - 180, least_last = least_last - 180, decided_on = decided_on - 180 where id = ?")
                .param(id)
                .update();
        assertThatThrownBy(() -> enter(bureau, id, What.REPAIR, listing(id).leastLast, "修好了。"))
                .hasMessageContaining("最短期限");
        enter(bureau, id, What.REPAIR, listing(id).leastLast.plusDays(1), "修好了。");
        assertThat(things.state(id)).isEqualTo(ListingState.REPAIR_APPLIED);
        assertThat(listing(id).dueAt)
                .as("ten working days from the day it arrived")
                .isBefore(CivilTime.startOf(listing(id).leastLast.plusDays(40)));
        assertThatThrownBy(() -> enter(bureau, id, What.WITHDRAWAL, listing(id).leastLast, "还差一样。"))
                .as("before it was asked for")
                .hasMessageContaining("不能早于");
        enter(bureau, id, What.WITHDRAWAL, today, "还差一样。");
        assertThat(things.state(id)).isEqualTo(ListingState.LISTED);
    }

    @Test
    void a_statement_that_came_in_time_undoes_a_decision_that_was_made_without_it() throws Exception {
        var id = things.at(ListingState.DECIDED, near);
        heardUntil(id, today.minusDays(5));
        assertThat(sheets.page(bureau, "/listings/" + id)).contains("录入企业书面交的材料");
        enter(bureau, id, What.STATEMENT, today.minusDays(6), "信压在收发室了。");
        var listing = listing(id);
        assertThat(listing.state).isEqualTo(ListingState.HEARD);
        assertThat(listing.decidedOn).isNull();
        assertThat(listing.dueAt).as("as urgent as it was").isEqualTo(listing.decideDue);
        assertThat(sheets.told(near.manager()))
                .contains("您书面交来的材料收到了，已经记进这一件")
                .noneMatch(title -> title.contains("重新讨论"));
        assertThat(sheets.page(bureau, "/listings/" + id)).contains("要重新讨论决定。");
        assertThat(sheets.page(near.manager(), "/listings/" + id))
                .as("what was not served is not the company's to read, also when it fell")
                .contains("信压在收发室了。")
                .doesNotContain("集体决定列入", "修好电梯");
        assertThatThrownBy(() -> desk.serve(bureau, id, things.version(id), today, "当面", List.of()))
                .hasMessageContaining("不能送达");
        decisions.decide(
                bureau,
                id,
                things.version(id),
                ListingThings.all(things.members(near, 3), Choice.AGAINST),
                "看了陈述，不列入。",
                List.of());
        assertThat(things.state(id)).isEqualTo(ListingState.SPARED);
        assertThat(listing(id).decidedOn).isEqualTo(today);
        assertThat(sheets.page(near.manager(), "/listings/" + id))
                .as("nor afterwards, beside the decision that stands")
                .contains("看了陈述，不列入。")
                .doesNotContain("集体决定列入", "修好电梯", "要重新讨论决定");
        assertThat(sheets.text(id, "decision", near.manager())).contains("书面收到：信压在收发室了。", "不列入");
    }

    @Test
    void a_statement_that_came_in_time_and_was_overlooked_until_service_is_told_and_is_a_reason_to_do_it_anew()
            throws Exception {
        var id = things.at(ListingState.LISTED, near);
        heardUntil(id, today.minusDays(5));
        assertThat(sheets.text(id, "decision", bureau)).contains("期限内没有收到陈述申辩");
        assertThatThrownBy(() -> enter(bureau, id, What.STATEMENT, today.minusDays(4), "晚了一天。"))
                .hasMessageContaining("已经过了");
        assertThatThrownBy(() -> desk.state(things.manager(near), id, things.version(id), "我现在说。", List.of()))
                .as("the company itself is not heard again")
                .hasMessageContaining("已经过了");
        enter(bureau, id, What.STATEMENT, today.minusDays(6), "信压在收发室了。");
        assertThat(things.state(id)).as("a person weighs it").isEqualTo(ListingState.LISTED);
        assertThat(sheets.text(id, "decision", near.manager()))
                .contains("作决定时没有听到陈述申辩。", "送达以后才录入，作决定时没有听到：信压在收发室了。（附材料1份）")
                .doesNotContain("期限内没有收到陈述申辩");
        assertThat(sheets.page(near.manager(), "/listings/" + id))
                .contains("作决定时没有听到", "集体决定列入", "修好电梯")
                .doesNotContain("请自行纠正");
        assertThat(sheets.page(bureau, "/listings/" + id)).contains("请自行纠正：撤销，这两年重新办");
        assertThat(sheets.told(bureau)).contains("录入了企业期限里交的陈述，作决定时没有听到，请看要不要撤销");

        var other = things.members(near, 1).getFirst();
        corrections.ask(other, id, things.version(id), "没听陈述。", sheets.scan(other, near));
        overturns.revoke(bureau, id, things.version(id), OverturnDesk.Cause.SELF, true, "重新听。", List.of());
        assertThat(things.state(id)).isEqualTo(ListingState.REVOKED);
        assertThat(jdbc.sql("select state from listing where company = ? order by id desc limit 1")
                        .param(listing(id).company)
                        .query(String.class)
                        .single())
                .isEqualTo("proposed");
    }

    @Test
    void a_paper_needs_its_scan_its_day_and_somebody_of_the_bureau_without_an_interest() throws Exception {
        var id = things.at(ListingState.NOTICED, near);
        assertThatThrownBy(() -> papers.enter(bureau, id, things.version(id), null, null, " ", List.of()))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        no -> assertThat(no.reasons())
                                .extracting(Refusal.Reason::field)
                                .containsExactly("what", "receivedOn", "words", "photos"));
        assertThatThrownBy(() -> enter(bureau, id, What.STATEMENT, today.plusDays(1), "明天的。"))
                .hasMessageContaining("今天以后");
        assertThatThrownBy(() -> enter(bureau, id, What.STATEMENT, today.minusDays(1), "告知以前的。"))
                .hasMessageContaining("不能早于");
        assertThatThrownBy(() -> enter(bureau, id, What.OBJECTION, today, "还没列入。"))
                .hasMessageContaining("不能提出异议");
        for (var other : List.of(things.manager(near), near.streetDesk(), town.cityDesk())) {
            assertThatThrownBy(() -> enter(other, id, What.STATEMENT, today, "我来录。"))
                    .hasMessageContaining("归主管部门");
        }
        assertThatThrownBy(() -> enter(town.far().housingDesk(), id, What.STATEMENT, today, "别处的。"))
                .isInstanceOf(Missing.class);
        var tied = towns.account(Role.HOUSING, ListingThings.area(near), null, null, null);
        towns.grant(tied.account(), Role.MANAGER, null, null, listing(id).company, null);
        var reader = towns.reader(tied.account());
        assertThatThrownBy(() -> enter(reader, id, What.STATEMENT, today, "我是这家的人。"))
                .hasMessageContaining("要回避");
        assertThat(things.version(id)).as("nothing was written").isEqualTo(2);
    }

    @Test
    void the_form_on_the_page_takes_the_paper_with_its_scan() throws Exception {
        var id = things.at(ListingState.NOTICED, near);
        var response = mvc.perform(multipart("/listings/" + id + "/paper")
                        .file(new MockMultipartFile("documents", "陈述.pdf", "application/pdf", Samples.pdf()))
                        .param("version", String.valueOf(things.version(id)))
                        .param("what", "statement")
                        .param("receivedOn", today.toString())
                        .param("words", "说明情况。")
                        .with(as(bureau))
                        .with(csrf()))
                .andReturn()
                .getResponse();
        assertThat(response.getRedirectedUrl()).isEqualTo("/listings/" + id + "?done=paper");
        assertThat(queries.find(id).orElseThrow().statements()).singleElement().satisfies(step -> {
            assertThat(step.party()).isEqualTo(Party.COMPANY);
            assertThat(step.documents()).hasSize(1);
        });
        assertThat(sheets.page(near.manager(), "/listings/" + id)).contains("说明情况。", "主管部门录入");
    }
}

package org.hemei.evaluation.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hemei.testing.SignedInAs.as;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.get;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.hemei.evaluation.listing.Votes.Choice;
import org.hemei.evaluation.listing.Votes.Vote;
import org.hemei.platform.Reader;
import org.hemei.platform.attachment.Attachments;
import org.hemei.platform.attachment.Attachments.Purpose;
import org.hemei.platform.attachment.Samples;
import org.hemei.platform.privacy.PersonalData;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.mock.web.MockMultipartFile;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.transaction.support.TransactionTemplate;

/** What several decided, as one wrote it down: who confirms or contests it, who reads it when, and what comes of it being wrong. */
@HemeiTest
class ListingVotesTest {

    @Autowired
    private ListingSheets sheets;

    @Autowired
    private Towns towns;

    @Autowired
    private ListingThings things;

    @Autowired
    private ListingDesk desk;

    @Autowired
    private DecisionDesk decisions;

    @Autowired
    private ListingQueries queries;

    @Autowired
    private ListingData data;

    @Autowired
    private Attachments attachments;

    @Autowired
    private Pump pump;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private MockMvc mvc;

    private Town town;
    private Town.Side near;
    private Reader bureau;
    private Reader manager;

    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
        bureau = near.housingDesk();
        manager = things.speaksFor(near, near.company());
    }

    private String read(String path, Reader reader) throws Exception {
        return mvc.perform(get(path).with(as(reader))).andReturn().getResponse().getContentAsString();
    }

    private int paper(long id, String paper, Reader reader) throws Exception {
        return mvc.perform(get("/listings/" + id + "/" + paper + ".pdf").with(as(reader)))
                .andReturn()
                .getResponse()
                .getStatus();
    }

    private void decide(long id, Votes votes, UUID... minutes) {
        decisions.decide(bureau, id, things.version(id), votes, "整改。", List.of(minutes));
    }

    private void contest(long id, Reader member, String remark) {
        decisions.confirm(member, id, things.version(id), false, remark);
    }

    @Test
    void what_was_spared_and_contested_after_its_years_were_put_right_is_never_stuck() throws Exception {
        var spared = things.at(ListingState.SPARED, near);
        var members = jdbc
                .sql("select account from listing_vote where listing = ? order by account")
                .param(spared)
                .query(Long.class)
                .list()
                .stream()
                .map(towns::reader)
                .toList();
        var company = listing(spared).company;
        things.failsWith(company, things.thisYear() - 1, 5_000);
        pump.run();
        contest(spared, members.getFirst(), "我投的是同意。");
        var two = with(ListingThings.all(members, Choice.AGAINST), members.getFirst(), Choice.FOR);
        decide(spared, two);
        assertThat(things.state(spared))
                .as("spared again: that rests on no figures")
                .isEqualTo(ListingState.SPARED);
        assertThat(listing(spared).contested).isFalse();

        assertThat(paper(spared, "decision", bureau)).as("not to list it").isEqualTo(200);
        contest(spared, members.get(1), "我投的也是同意。");
        decide(spared, with(two, members.get(1), Choice.FOR));
        assertThat(things.state(spared))
                .as("it should have been listed, on figures that are no more")
                .isEqualTo(ListingState.DROPPED);
        assertThat(paper(spared, "decision", bureau)).as("never served").isEqualTo(404);
        var again = jdbc.sql("select max(id) from listing where company = ?")
                .param(company)
                .query(Long.class)
                .single();
        assertThat(again).isNotEqualTo(spared);
        assertThat(things.state(again)).isEqualTo(ListingState.PROPOSED);
        assertThat(sheets.told(bureau)).contains("有企业连续两年不合格，请看要不要告知").doesNotContain("决定列入，请送达企业");
    }

    private static Votes with(Votes votes, Reader member, Choice choice) {
        var all = new ArrayList<>(votes.members());
        all.replaceAll(one -> one.account() == member.account() ? new Vote(member.account(), choice, "") : one);
        return new Votes(all);
    }

    private Listing listing(long id) {
        return queries.find(id).orElseThrow().listing();
    }

    @Test
    void members_say_whether_their_votes_were_written_down_right_and_the_company_reads_nothing_before_service()
            throws Exception {
        var id = things.at(ListingState.HEARD, near);
        var three = things.members(near, 3);
        decisions.decide(bureau, id, things.version(id), ListingThings.all(three, Choice.FOR), "整改。", List.of());
        var page = "/listings/" + id;
        assertThat(sheets.told(three.getFirst())).contains("集体决定记下了您的表决，请核对");
        assertThat(read(page, three.getFirst())).contains("核对表决记录", "本人还没核对");
        assertThat(read(page, manager)).contains("待集体决定").doesNotContain("待送达", "整改。", "同意 3");
        assertThat(read("/listings?state=decided", manager)).doesNotContain(page);
        assertThat(read("/listings?state=heard", manager)).contains(page);
        assertThat(paper(id, "decision", manager)).isEqualTo(404);

        var wrong = three.get(1);
        decisions.confirm(three.getFirst(), id, things.version(id), true, "");
        assertThatThrownBy(() -> decisions.confirm(wrong, id, things.version(id), false, " "))
                .hasMessageContaining("哪里记错了");
        decisions.confirm(wrong, id, things.version(id), false, "我投的是不同意。");
        assertThat(sheets.told(bureau)).contains("有成员说集体决定的表决记得不对，请核对");
        assertThatThrownBy(() -> decisions.confirm(bureau, id, things.version(id), true, ""))
                .hasMessageContaining("没有参加");
        assertThatThrownBy(() -> desk.serve(bureau, id, things.version(id), things.today(), "当面", List.of()))
                .hasMessageContaining("表决记得不对");
        var right = new Votes(List.of(
                new Vote(three.get(0).account(), Choice.FOR, ""),
                new Vote(wrong.account(), Choice.AGAINST, ""),
                new Vote(three.get(2).account(), Choice.FOR, "")));
        var left = new Votes(right.members().stream()
                .filter(vote -> vote.account() != wrong.account())
                .toList());
        var two = new Votes(java.util.stream.Stream.concat(
                        left.members().stream(),
                        java.util.stream.Stream.of(
                                new Vote(things.members(near, 1).getFirst().account(), Choice.FOR, "")))
                .toList());
        assertThatThrownBy(() -> decisions.decide(bureau, id, things.version(id), two, "整改。", List.of()))
                .as("without the one who contested it")
                .hasMessageContaining("说记错了的成员也要记上");
        var same = ListingThings.all(three, Choice.FOR);
        assertThatThrownBy(() -> decisions.decide(bureau, id, things.version(id), same, "整改。", List.of()))
                .hasMessageContaining("和上一次记的一样");
        assertThat(read(page, bureau)).contains("有成员说表决记得不对", "我投的是不同意。");
        jdbc.sql("update listing set decided_on = decided_on - 3 where id = ?")
                .param(id)
                .update();
        decisions.decide(bureau, id, things.version(id), right, "整改。", List.of());
        assertThat(listing(id).decidedOn)
                .as("it was decided when it was, however often it is written down")
                .isEqualTo(things.today().minusDays(3));
        assertThat(read(page, bureau)).contains("原来怎么记的", "我投的是不同意。");
        assertThat(read(page, near.streetDesk())).doesNotContain("原来怎么记的");
        assertThat(held(wrong))
                .hasSize(2)
                .anyMatch(text -> text.contains("您说记错了：我投的是不同意。") && text.contains("这一条不算"))
                .anyMatch(text -> text.equals("不同意列入"));
        data.erase(wrong.person(), false);
        assertThat(held(wrong)).noneMatch(text -> text.contains("我投的"));
        assertThatThrownBy(() -> decisions.decide(bureau, id, things.version(id), right, "整改。", List.of()))
                .hasMessageContaining("已经集体决定了");
        assertThat(queries.find(id).orElseThrow().voted().count(Choice.AGAINST)).isEqualTo(1);
        desk.serve(bureau, id, things.version(id), things.today(), "当面", List.of());
        assertThat(read(page, manager)).contains("同意 2").doesNotContain("本人还没核对");
        assertThat(paper(id, "decision", manager)).isEqualTo(200);
    }

    private List<String> held(Reader reader) {
        return data.held(reader.person()).stream()
                .flatMap(section -> section.entries().stream())
                .map(PersonalData.Entry::value)
                .toList();
    }

    @Test
    void a_decision_to_spare_that_was_written_down_wrongly_is_written_down_again() throws Exception {
        var id = things.at(ListingState.HEARD, near);
        var three = things.members(near, 3);
        var spared = with(ListingThings.all(three, Choice.AGAINST), three.getFirst(), Choice.FOR);
        decide(id, spared);
        assertThat(things.state(id)).isEqualTo(ListingState.SPARED);
        assertThat(read("/listings/" + id, three.get(1))).contains("主管部门核对以后重新记");
        assertThatThrownBy(() -> decide(id, spared)).hasMessageContaining("已经集体决定了");
        var before = queries.waiting(bureau);
        contest(id, three.get(1), "我是同意列入的。");
        assertThat(queries.waiting(bureau)).isEqualTo(before + 1);
        assertThat(read("/listings/" + id, bureau)).contains("记下集体决定");
        decide(id, with(spared, three.get(1), Choice.FOR));
        assertThat(things.state(id)).isEqualTo(ListingState.DECIDED);
        assertThat(listing(id).endedOn).isNull();
        assertThat(listing(id).serveDue).isNotNull();
        assertThat(sheets.told(manager)).contains("不列入的决定表决记错了，重新记过。结果以送达的决定书为准");

        // and back: what is spared after all is not late to be served
        contest(id, three.getFirst(), "我是不同意列入的。");
        decide(id, spared(three));
        assertThat(things.state(id)).isEqualTo(ListingState.SPARED);
        assertThat(listing(id).serveDue).isNull();
        // the same once more only with the minutes
        contest(id, three.getLast(), "我没有参加。");
        assertThatThrownBy(() -> decide(id, spared(three))).hasMessageContaining("附上会议记录");
        decide(
                id,
                spared(three),
                attachments.store(
                        bureau,
                        near.district(),
                        new MockMultipartFile("documents", "会议记录.pdf", "application/pdf", Samples.pdf()),
                        Purpose.DOCUMENT));
        assertThat(listing(id).contested).isFalse();
    }

    private static Votes spared(List<Reader> three) {
        return ListingThings.all(three, Choice.AGAINST);
    }

    @Test
    void whoever_has_to_withdraw_reads_nothing_of_it_before_service_and_says_only_whether_that_is_right()
            throws Exception {
        var id = things.at(ListingState.HEARD, near);
        var near2 = things.members(near, 1).getFirst();
        towns.post(near2.person(), near.company(), "物业员工");
        var three = things.members(near, 3);
        var votes = new ArrayList<>(ListingThings.all(three, Choice.FOR).members());
        votes.add(new Vote(near2.account(), Choice.RECUSED, "在这家企业任职"));
        var minutes = attachments.store(
                bureau,
                near.district(),
                new MockMultipartFile("documents", "会议记录.pdf", "application/pdf", Samples.pdf()),
                Purpose.DOCUMENT);
        decide(id, new Votes(votes), minutes);
        var page = "/listings/" + id;
        var file = queries.find(id).orElseThrow().steps().getLast().files().getFirst();
        assertThat(sheets.told(near2)).contains("集体决定记下了您的表决，请核对").doesNotContain("决定列入，请送达企业");
        assertThat(read(page, near2))
                .contains("要回避", "核对表决记录", "在这家企业任职")
                .doesNotContain("同意 3", "整改。", file.address(), "记下送达");
        assertThat(mvc.perform(get(file.address()).with(as(near2)))
                        .andReturn()
                        .getResponse()
                        .getStatus())
                .isEqualTo(404);
        assertThat(read("/listings?state=decided", near2)).doesNotContain(page);
        assertThat(paper(id, "decision", near2)).isEqualTo(404);
        assertThat(read(page, bureau)).contains("同意 3", file.address());
        decisions.confirm(near2, id, things.version(id), true, "");
        assertThat(read(page, near2)).doesNotContain("核对表决记录");
        desk.serve(bureau, id, things.version(id), things.today(), "当面", List.of());
        assertThat(read(page, near2))
                .as("served, it is everybody's who has part in it; the minutes are not")
                .contains("同意 3")
                .doesNotContain(file.address());
    }

    @Test
    void a_decision_that_is_contested_while_somebody_serves_it_is_not_served() {
        var id = things.at(ListingState.HEARD, near);
        var three = things.members(near, 3);
        decide(id, ListingThings.all(three, Choice.FOR));
        var version = things.version(id);
        var serving = transaction.execute(status -> {
            decisions.confirm(three.getFirst(), id, version, false, "我投的是不同意。");
            var other =
                    CompletableFuture.runAsync(() -> desk.serve(bureau, id, version, things.today(), "当面", List.of()));
            waiting();
            return other;
        });
        assertThatThrownBy(serving::join).hasMessageContaining("表决记得不对");
        assertThat(things.state(id)).isEqualTo(ListingState.DECIDED);
    }

    /** Until somebody waits for a row that this transaction has locked. */
    private void waiting() {
        var until = Instant.now().plus(Duration.ofSeconds(20));
        while (Instant.now().isBefore(until)) {
            var waits = jdbc.sql("""
                            select exists (select from pg_stat_activity a where pg_backend_pid() = any(pg_blocking_pids(a.pid)))
                            """).query(Boolean.class).single();
            if (waits) {
                return;
            }
            Thread.onSpinWait();
        }
        throw new AssertionError("nobody waited");
    }
}

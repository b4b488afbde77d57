package org.hemei.evaluation.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.hemei.evaluation.YearResult;
import org.hemei.evaluation.listing.OverturnDesk.Cause;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What a court, a review or the bureau itself makes of a listing, who may carry it out, and what its papers say. */
@HemeiTest
class ListingOverturnTest {

    @Autowired
    private Towns towns;

    @Autowired
    private ListingThings things;

    @Autowired
    private ListingSheets sheets;

    @Autowired
    private OverturnDesk overturns;

    @Autowired
    private SelfCorrectionDesk corrections;

    @Autowired
    private RepairDesk repairs;

    @Autowired
    private ListingDesk desk;

    @Autowired
    private PublicListings published;

    @Autowired
    private ListingQueries queries;

    @Autowired
    private Pump pump;

    @Autowired
    private JdbcClient jdbc;

    private Town town;
    private Town.Side near;
    private Reader bureau;

    @BeforeEach
    void build() {
        town = towns.make();
        near = town.near();
        bureau = near.housingDesk();
    }

    private void revoke(Reader reader, long id, Cause cause, boolean anew) {
        overturns.revoke(reader, id, things.version(id), cause, anew, "（2026）皖01行终9号：程序违法。", sheets.scan(reader, near));
    }

    /** One of the bureau means that it was wrong, another revokes it. */
    private void corrected(long id) {
        ask(things.members(near, 1).getFirst(), id);
        revoke(bureau, id, Cause.SELF, false);
    }

    private void ask(Reader reader, long id) {
        corrections.ask(reader, id, things.version(id), "样本里有别家的楼。", sheets.scan(reader, near));
    }

    private void appeal(long id, Appeal kind) {
        overturns.appeal(bureau, id, things.version(id), kind, "某区法院受理。", sheets.scan(bureau, near));
    }

    private Listing listing(long id) {
        return queries.find(id).orElseThrow().listing();
    }

    private Reader decided(long id) {
        return towns.reader(jdbc.sql("select min(account) from listing_vote where listing = ?")
                .param(id)
                .query(Long.class)
                .single());
    }

    @Test
    void a_suit_is_told_while_it_runs_and_a_judgment_revokes_from_the_start() throws Exception {
        var id = things.at(ListingState.LISTED, near);
        things.object(id, near);
        things.answer(id, near, false);
        assertThat(sheets.text(id, "answer", things.manager(near)))
                .contains("样本里有不是我们服务的楼。", "异议不成立", "查过合同了。", "行政诉讼");
        appeal(id, Appeal.SUIT);
        assertThat(published.published(listing(id).company)).singleElement().satisfies(one -> {
            assertThat(one.appealed()).isTrue();
            assertThat(one.wrong()).isFalse();
        });
        assertThat(sheets.page(Reader.VISITOR, "/blacklist")).contains("正在复议或者诉讼");
        assertThat(sheets.page(bureau, "/listings")).contains("正在行政诉讼");
        assertThat(sheets.told(things.manager(near))).contains("登记了行政诉讼，列入暂时不变");
        assertThatThrownBy(() -> appeal(id, Appeal.REVIEW)).hasMessageContaining("已经登记了行政诉讼");

        revoke(bureau, id, Cause.JUDGMENT, false);
        assertThat(listing(id).state).isEqualTo(ListingState.REVOKED);
        assertThat(listing(id).appeal).isEqualTo(Appeal.NONE);
        assertThat(published.published(listing(id).company)).singleElement().satisfies(one -> {
            assertThat(one.wrong()).isTrue();
            assertThat(one.appealed()).isFalse();
        });
        assertThat(sheets.told(things.manager(near))).contains("列入撤销了，自始就是错的");
        assertThat(sheets.text(id, "revocation", things.manager(near)))
                .contains("法院判决撤销。（2026）皖01行终9号：程序违法。", "自始就是错的")
                .doesNotContain("异议成立", "重新办");
        assertThat(sheets.status(id, "revocation", town.far().manager())).isEqualTo(404);
        pump.run();
        assertThat(cases(id)).as("the two years are not held against it again").hasSize(1);
    }

    private List<Long> cases(long id) {
        return jdbc.sql("select id from listing where company = ? order by id")
                .param(listing(id).company)
                .query(Long.class)
                .list();
    }

    @Test
    void a_judgment_that_wants_it_done_again_makes_another_case_from_the_notice_on() {
        var id = things.at(ListingState.LISTED, near);
        revoke(bureau, id, Cause.REVIEW, true);
        assertThat(cases(id)).hasSize(2);
        var again = cases(id).getLast();
        assertThat(listing(again).state).isEqualTo(ListingState.PROPOSED);
        pump.run();
        assertThat(cases(id)).as("and not a third").hasSize(2);
        things.year(listing(id).company, things.thisYear() - 1, YearResult.PASS, false);
        var other = things.at(ListingState.LISTED, near);
        things.year(listing(other).company, things.thisYear() - 1, YearResult.PASS, false);
        assertThatThrownBy(() -> revoke(bureau, other, Cause.JUDGMENT, true))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        no -> assertThat(no.reasons().getFirst().field()).isEqualTo("anew"));
    }

    @Test
    void the_bureau_corrects_itself_with_a_document_and_not_past_an_open_objection() throws Exception {
        var id = things.at(ListingState.REMOVED, near);
        assertThatThrownBy(() -> overturns.revoke(bureau, id, things.version(id), null, false, " ", List.of()))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        no -> assertThat(no.reasons())
                                .extracting(Refusal.Reason::field)
                                .containsExactly("cause", "words", "photos"));
        assertThatThrownBy(() -> ask(near.streetDesk(), id)).hasMessageContaining("归主管部门");
        corrected(id);
        assertThat(listing(id).state).as("also after it was repaired").isEqualTo(ListingState.REVOKED);

        var objected = things.at(ListingState.LISTED, near);
        things.object(objected, near);
        assertThatThrownBy(() -> ask(bureau, objected)).hasMessageContaining("异议还没有审查");
        things.answer(objected, near, true);
        assertThat(sheets.text(objected, "revocation", things.manager(near)))
                .contains("异议成立", "样本里有不是我们服务的楼。", "查过合同了。");
        assertThat(sheets.status(objected, "answer", things.manager(near)))
                .as("the revocation is the answer")
                .isEqualTo(404);

        var fell = things.at(ListingState.LISTED, near);
        things.overturn(fell);
        assertThat(sheets.text(fell, "revocation", things.manager(near))).contains("依据的成绩更正了", "现在是第2版，合格");
        for (var state : List.of(ListingState.NOTICED, ListingState.DECIDED)) {
            var early = things.at(state, near);
            assertThatThrownBy(() -> ask(bureau, early)).hasMessageContaining("不能提出自行纠正");
            assertThatThrownBy(() -> revoke(bureau, early, Cause.JUDGMENT, false))
                    .hasMessageContaining("不能撤销");
        }
    }

    /** A small bureau has nobody who took no part; a judgment is carried out all the same. */
    @Test
    void whoever_took_part_in_the_decision_carries_out_what_others_decided_and_corrects_nothing_themselves() {
        var id = things.at(ListingState.LISTED, near);
        var member = decided(id);
        assertThatThrownBy(() -> revoke(member, id, Cause.SELF, false))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        no -> assertThat(no.reasons()).singleElement().satisfies(one -> {
                            assertThat(one.field()).isEqualTo("cause");
                            assertThat(one.words()).contains("由没参加的人办");
                        }));
        assertThat(listing(id).state).isEqualTo(ListingState.LISTED);
        revoke(member, id, Cause.JUDGMENT, false);
        assertThat(listing(id).state).isEqualTo(ListingState.REVOKED);
        var reviewed = things.at(ListingState.LISTED, near);
        revoke(decided(reviewed), reviewed, Cause.REVIEW, false);
        assertThat(listing(reviewed).state).isEqualTo(ListingState.REVOKED);
        var other = things.at(ListingState.LISTED, near);
        var tied = things.members(near, 1).getFirst();
        towns.post(tied.person(), listing(other).company, "物业员工");
        assertThatThrownBy(() -> revoke(tied, other, Cause.JUDGMENT, false))
                .as("whoever is near to the company does nothing in its case")
                .hasMessageContaining("要回避");
    }

    @Test
    void what_several_decided_is_undone_by_two_who_took_no_part_and_nobody_outside_reads_of_it_before()
            throws Exception {
        var id = things.at(ListingState.LISTED, near);
        assertThatThrownBy(() -> revoke(bureau, id, Cause.SELF, false)).hasMessageContaining("要两个人定");
        assertThatThrownBy(() -> ask(decided(id), id)).hasMessageContaining("没参加的人提出");
        assertThatThrownBy(() -> corrections.ask(bureau, id, things.version(id), " ", List.of()))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        no -> assertThat(no.reasons())
                                .extracting(Refusal.Reason::field)
                                .containsExactly("words", "photos"));
        ask(bureau, id);
        assertThatThrownBy(() -> ask(things.members(near, 1).getFirst(), id)).hasMessageContaining("已经有人提出");
        assertThatThrownBy(() -> revoke(bureau, id, Cause.SELF, false)).hasMessageContaining("是您提出自行纠正的");
        assertThat(listing(id).state).isEqualTo(ListingState.LISTED);
        assertThat(sheets.page(bureau, "/listings/" + id)).contains("主管部门：提出自行纠正", "样本里有别家的楼。");
        assertThat(sheets.page(things.members(near, 1).getFirst(), "/listings/" + id + "?do=no-correction"))
                .contains("等另一位没参加决定的同事定", "为什么不同意纠正");
        assertThat(sheets.page(decided(id), "/listings/" + id + "?do=no-correction"))
                .contains("同不同意自行纠正要由没参加的人定")
                .doesNotContain("为什么不同意纠正");
        for (var outside : List.of(things.manager(near), near.streetDesk())) {
            assertThat(sheets.page(outside, "/listings/" + id)).doesNotContain("提出自行纠正", "样本里有别家的楼。");
        }
        var document = queries.find(id)
                .orElseThrow()
                .last(ListingVerb.ASK_OVERTURN)
                .photos()
                .getFirst();
        assertThat(sheets.opens(things.manager(near), document.address())).isEqualTo(404);

        var second = things.members(near, 1).getFirst();
        assertThat(sheets.told(things.manager(near))).noneMatch(title -> title.contains("自行纠正"));
        overturns.revoke(second, id, things.version(id), Cause.SELF, false, "核对过，确实错了。", List.of());
        assertThat(listing(id).state).isEqualTo(ListingState.REVOKED);
        assertThat(sheets.page(things.manager(near), "/listings/" + id))
                .as("now it is the company's to read, with what showed it")
                .contains("样本里有别家的楼。", "主管部门自行纠正。核对过，确实错了。");
        assertThat(sheets.opens(things.manager(near), document.address())).isEqualTo(200);
    }

    @Test
    void a_correction_that_was_asked_for_is_taken_back_or_refused_counts_no_more_and_can_be_asked_for_anew()
            throws Exception {
        var id = things.at(ListingState.LISTED, near);
        var second = things.members(near, 1).getFirst();
        assertThatThrownBy(() -> deny(bureau, id, "没有人提过。")).hasMessageContaining("没有等着定的自行纠正");
        ask(bureau, id);
        assertThatThrownBy(() -> deny(decided(id), id, "没有错。")).hasMessageContaining("由没参加的人定");
        assertThatThrownBy(() -> deny(second, id, " "))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        no -> assertThat(no.reasons())
                                .extracting(Refusal.Reason::field)
                                .containsExactly("words"));
        assertThat(sheets.page(second, "/listings/" + id + "?do=revocation"))
                .as("what is agreed to is read where it is agreed to")
                .contains("同事提出自行纠正：样本里有别家的楼。");
        deny(second, id, "样本没有错。");
        assertThat(listing(id).state).isEqualTo(ListingState.LISTED);
        assertThat(sheets.page(second, "/listings/" + id + "?do=revocation")).doesNotContain("同事提出自行纠正");
        assertThatThrownBy(() -> revoke(second, id, Cause.SELF, false)).hasMessageContaining("要两个人定");
        ask(second, id);
        assertThatThrownBy(() -> revoke(second, id, Cause.SELF, false))
                .as("only the last ask counts")
                .hasMessageContaining("是您提出自行纠正的");
        deny(second, id, "我看错了。");
        assertThat(sheets.page(bureau, "/listings/" + id)).contains("主管部门：不作自行纠正", "样本没有错。", "我看错了。");
        for (var outside : List.of(things.manager(near), near.streetDesk())) {
            assertThat(sheets.page(outside, "/listings/" + id)).doesNotContain("自行纠正", "样本没有错。", "我看错了。");
        }
        assertThat(sheets.told(things.manager(near))).noneMatch(title -> title.contains("自行纠正"));
    }

    private void deny(Reader reader, long id, String words) {
        corrections.deny(reader, id, things.version(id), words, List.of());
    }

    @Test
    void what_was_asked_for_and_never_agreed_to_stays_inside_also_when_a_judgment_revokes_it() throws Exception {
        var id = things.at(ListingState.LISTED, near);
        ask(bureau, id);
        revoke(bureau, id, Cause.JUDGMENT, false);
        var asked = queries.find(id).orElseThrow().last(ListingVerb.ASK_OVERTURN);
        assertThat(sheets.page(things.manager(near), "/listings/" + id))
                .contains("法院判决撤销。")
                .doesNotContain("提出自行纠正", "样本里有别家的楼。");
        assertThat(sheets.opens(things.manager(near), asked.photos().getFirst().address()))
                .isEqualTo(404);

        var agreed = things.at(ListingState.LISTED, near);
        var second = things.members(near, 1).getFirst();
        corrections.ask(second, agreed, things.version(agreed), "合同期算错了。", sheets.scan(second, near));
        deny(second, agreed, "没有算错。");
        var refused = queries.find(agreed).orElseThrow().last(ListingVerb.ASK_OVERTURN);
        corrected(agreed);
        assertThat(sheets.page(things.manager(near), "/listings/" + agreed))
                .as("only the ask that was agreed to")
                .contains("样本里有别家的楼。")
                .doesNotContain("合同期算错了。", "没有算错。");
        assertThat(sheets.opens(
                        things.manager(near), refused.photos().getFirst().address()))
                .isEqualTo(404);
    }

    @Test
    void whoever_verified_a_repair_does_not_agree_to_it_alone() {
        var id = things.at(ListingState.REPAIR_APPLIED, near);
        things.verify(id, bureau);
        assertThatThrownBy(() -> repairs.conclude(bureau, id, things.version(id), true, "到位了。", List.of()))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        no -> assertThat(no.reasons())
                                .extracting(Refusal.Reason::field)
                                .containsExactly("agreed"));
        repairs.conclude(things.members(near, 1).getFirst(), id, things.version(id), true, "到位了。", List.of());
        assertThat(listing(id).state).isEqualTo(ListingState.REMOVED);
        var other = things.at(ListingState.REPAIR_APPLIED, near);
        things.verify(other, bureau);
        repairs.conclude(bureau, other, things.version(other), false, "还差一样。", List.of());
        assertThat(listing(other).state).as("to say no, one is enough").isEqualTo(ListingState.LISTED);
    }

    @Test
    void a_suit_that_is_lost_or_taken_back_leaves_the_listing_and_another_can_follow() {
        var id = things.at(ListingState.LISTED, near);
        assertThatThrownBy(() -> overturns.over(bureau, id, things.version(id), "驳回。", sheets.scan(bureau, near)))
                .hasMessageContaining("没有登记过");
        assertThatThrownBy(() -> overturns.appeal(bureau, id, things.version(id), null, "受理。", List.of()))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        no -> assertThat(no.reasons())
                                .extracting(Refusal.Reason::field)
                                .containsExactly("kind", "photos"));
        appeal(id, Appeal.REVIEW);
        assertThatThrownBy(() -> overturns.over(bureau, id, things.version(id), "维持。", List.of()))
                .hasMessageContaining("请附");
        overturns.over(bureau, id, things.version(id), "维持。", sheets.scan(bureau, near));
        assertThat(listing(id).state).isEqualTo(ListingState.LISTED);
        assertThat(sheets.told(things.manager(near))).contains("复议、诉讼结束了，列入没有变");
        appeal(id, Appeal.SUIT);
        assertThat(listing(id).appeal).isEqualTo(Appeal.SUIT);
    }
}

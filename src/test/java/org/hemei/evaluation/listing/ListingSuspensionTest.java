package org.hemei.evaluation.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.hemei.evaluation.tender.TenderThings;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A court or a review stops a listing for the time being: it has no effect anywhere, its days go on, and everybody concerned reads why. */
@HemeiTest
class ListingSuspensionTest {

    @Autowired
    private Towns towns;

    @Autowired
    private ListingThings things;

    @Autowired
    private ListingSheets sheets;

    @Autowired
    private TenderThings tenders;

    @Autowired
    private OverturnDesk overturns;

    @Autowired
    private SuspensionDesk suspensions;

    @Autowired
    private PublicListings published;

    @Autowired
    private ListingQueries queries;

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

    private Listing listing(long id) {
        return queries.find(id).orElseThrow().listing();
    }

    private void suspend(Reader reader, long id) {
        suspensions.suspend(reader, id, things.version(id), "某区法院裁定停止执行。", sheets.scan(reader, near));
    }

    private void resume(long id) {
        suspensions.resume(bureau, id, things.version(id), "裁定已经撤销。", sheets.scan(bureau, near));
    }

    private void sued(long id) {
        overturns.appeal(bureau, id, things.version(id), Appeal.SUIT, "某区法院受理。", sheets.scan(bureau, near));
    }

    private String name(long id) {
        return queries.find(id).orElseThrow().companyName();
    }

    private String reference(long id) throws Exception {
        return sheets.page(near.streetDesk(), "/tender-references/" + tenders.make(near, listing(id).company));
    }

    private String shared() throws Exception {
        return sheets.page(bureau, "/api/v1/listings");
    }

    @Test
    void while_it_is_suspended_it_is_on_no_list_is_not_handed_on_and_keeps_nobody_out() throws Exception {
        var id = things.listedOn(near, things.law(near, true, true).basis());
        var before = tenders.make(near, listing(id).company);
        assertThat(shared()).contains(name(id));
        var most = listing(id).mostLast;
        sued(id);
        suspend(bureau, id);

        assertThat(published.published(listing(id).company)).isEmpty();
        assertThat(published.inForce(List.of(listing(id).company))).isEmpty();
        assertThat(sheets.page(Reader.VISITOR, "/blacklist")).doesNotContain(name(id));
        assertThat(sheets.page(Reader.VISITOR, "/companies/" + listing(id).company + "/public"))
                .doesNotContain("列入中");
        assertThat(shared()).contains("\"listings\":[]", "\"why\":\"suspended\"");
        assertThat(sheets.page(bureau, "/api/v1/listings.csv")).contains("定了停止执行，请暂停使用");
        assertThat(sheets.page(bureau, "/api/v1/listings/" + id)).contains("停止执行，暂停，不能共享");
        assertThat(sheets.page(bureau, "/listings/shares")).contains("停止执行，暂停", "能共享 0 件");
        assertThat(reference(id)).contains("停止执行，暂停公布", "正在行政诉讼", "那天不在公布的名单里").doesNotContain("<b>不得参加投标</b>");
        assertThat(sheets.page(near.streetDesk(), "/tender-references/" + before))
                .as("a report of before says what came later")
                .contains("<b>不得参加投标</b>", "的列入停止执行，暂停公布");
        assertThat(sheets.page(things.manager(near), "/listings/" + id)).contains("停止执行，暂停公布；期限照算");
        assertThat(sheets.page(bureau, "/listings")).contains("暂停公布");
        assertThat(sheets.told(things.manager(near))).contains("停止执行，“黑名单”暂停公布");

        var during = tenders.make(near, listing(id).company);
        resume(id);
        assertThat(listing(id).mostLast).as("its days went on").isEqualTo(most);
        assertThat(sheets.page(Reader.VISITOR, "/blacklist")).contains(name(id));
        assertThat(shared()).contains(name(id), "\"ended\":[]");
        assertThat(reference(id)).contains("<b>不得参加投标</b>").doesNotContain("暂停公布");
        assertThat(sheets.page(near.streetDesk(), "/tender-references/" + during))
                .contains("后来恢复公布了“黑名单”", "现在不再停止执行");
        assertThat(sheets.told(things.manager(near))).contains("“黑名单”恢复公布了，期限照算");
    }

    @Test
    void it_needs_the_order_and_a_review_or_a_suit_that_runs_and_ends_with_what_comes_of_it() {
        var id = things.at(ListingState.LISTED, near);
        assertThatThrownBy(() -> suspend(bureau, id)).hasMessageContaining("请先登记复议、诉讼");
        sued(id);
        assertThatThrownBy(() -> suspensions.suspend(bureau, id, things.version(id), " ", List.of()))
                .isInstanceOfSatisfying(
                        Refusal.class,
                        no -> assertThat(no.reasons())
                                .extracting(Refusal.Reason::field)
                                .containsExactly("words", "photos"));
        assertThatThrownBy(() -> resume(id)).hasMessageContaining("没有停止执行");
        for (var other : List.of(near.streetDesk(), things.manager(near), town.cityDesk())) {
            assertThatThrownBy(() -> suspend(other, id)).hasMessageContaining("归主管部门");
        }
        var member = towns.reader(jdbc.sql("select min(account) from listing_vote where listing = ?")
                .param(id)
                .query(Long.class)
                .single());
        suspend(member, id); // what a court ordered is carried out by anybody
        assertThatThrownBy(() -> suspend(bureau, id)).hasMessageContaining("已经停止执行");
        assertThatThrownBy(() -> overturns.over(bureau, id, things.version(id), "驳回。", sheets.scan(bureau, near)))
                .as("it would be back on the list without anybody saying so")
                .hasMessageContaining("请先记恢复公布");
        overturns.revoke(
                bureau, id, things.version(id), OverturnDesk.Cause.JUDGMENT, false, "判决撤销。", sheets.scan(bureau, near));
        assertThat(listing(id).suspended).isFalse();
        assertThat(published.published(listing(id).company))
                .singleElement()
                .satisfies(one -> assertThat(one.wrong()).isTrue());

        var ends = things.at(ListingState.LISTED, near);
        sued(ends);
        suspend(bureau, ends);
        things.runsOut(ends);
        assertThat(listing(ends).state).as("the longest term ends it").isEqualTo(ListingState.EXPIRED);
        assertThat(listing(ends).suspended).isFalse();
    }
}

package org.hemei.evaluation.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.hemei.platform.Reader;
import org.hemei.platform.notice.Notices;
import org.hemei.platform.time.CivilTime;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Pump;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

/** A proposal that makes no sense ends by two of the bureau, without a notice to anybody. */
@HemeiTest
class ListingDeclineTest {

    @Autowired
    private Towns towns;

    @Autowired
    private ListingThings things;

    @Autowired
    private ListingSheets sheets;

    @Autowired
    private DeclineDesk declines;

    @Autowired
    private ListingDesk desk;

    @Autowired
    private ListingQueries queries;

    @Autowired
    private ListingCheck check;

    @Autowired
    private Listings listings;

    @Autowired
    private Pump pump;

    @Autowired
    private Notices notices;

    private Town.Side near;
    private Reader bureau;
    private Reader colleague;

    @BeforeEach
    void build() {
        near = towns.make().near();
        bureau = near.housingDesk();
        colleague = things.members(near, 1).getFirst();
    }

    private void ask(long id, String words) {
        declines.ask(bureau, id, things.version(id), words, List.of());
    }

    private void agree(Reader reader, long id) {
        declines.agree(reader, id, things.version(id), "");
    }

    @Test
    void one_says_why_and_another_agrees() throws Exception {
        var id = things.at(ListingState.PROPOSED, near);
        assertThatThrownBy(() -> agree(colleague, id)).hasMessageContaining("还没有人提出");
        assertThatThrownBy(() -> ask(id, " ")).hasMessageContaining("为什么不予告知");
        ask(id, "企业 3 月注销了，没有人可以告知。");
        assertThat(sheets.page(colleague, "/listings/" + id)).contains("等另一位同意", "同意不予告知");
        assertThat(sheets.page(bureau, "/listings/" + id)).doesNotContain("do=declined");
        assertThatThrownBy(() -> ask(id, "再提一次。")).hasMessageContaining("已经有人提出");
        assertThatThrownBy(() -> agree(bureau, id)).hasMessageContaining("要两个人定");
        assertThat(queries.waiting(bureau)).isEqualTo(1);
        agree(colleague, id);
        var listing = listings.find(id).orElseThrow();
        assertThat(listing.state).isEqualTo(ListingState.DECLINED);
        assertThat(listing.endedOn).isEqualTo(things.today());
        assertThat(queries.waiting(bureau)).isZero();
        pump.run();
        assertThat(notices.list(things.manager(near), null, 20))
                .as("nobody told it of anything but its years")
                .allMatch(notice -> notice.link().endsWith("/years"));

        // its two years are not taken up again, and what was due is done
        things.failsWith(listing.company, things.thisYear() - 1, 5_100);
        pump.run();
        assertThat(things.proposed(listing.company)).isEqualTo(id);
        assertThat(things.state(id)).isEqualTo(ListingState.DECLINED);
        var late = CivilTime.date(rulesDue(id)).plusDays(1);
        assertThat(check.measure(late))
                .filteredOn(figure -> figure.area().equals(ListingThings.area(near)))
                .singleElement()
                .satisfies(figure -> assertThat(figure.part()).isEqualTo(figure.whole()));
    }

    private java.time.Instant rulesDue(long id) {
        return queries.find(id).orElseThrow().proposedAt().plus(java.time.Duration.ofDays(40));
    }

    @Test
    void whoever_does_not_agree_gives_notice_and_a_case_that_was_noticed_cannot_be_declined() throws Exception {
        var id = things.at(ListingState.PROPOSED, near);
        ask(id, "企业要注销了。");
        desk.notify(colleague, id, things.version(id), Weight.ORDINARY, things.basis(near), "还没有注销，照常告知。", List.of());
        assertThat(things.state(id)).isEqualTo(ListingState.NOTICED);
        assertThat(sheets.page(near.manager(), "/listings/" + id))
                .as("what somebody thought of inside")
                .contains("还没有注销，照常告知。")
                .doesNotContain("企业要注销了", "不予告知");
        assertThatThrownBy(() -> agree(colleague, id)).hasMessageContaining("不能同意不予告知");
        assertThatThrownBy(() -> ask(id, "现在提。")).hasMessageContaining("不能提出不予告知");
    }
}

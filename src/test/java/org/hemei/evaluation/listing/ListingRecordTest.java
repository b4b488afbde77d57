package org.hemei.evaluation.listing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.hemei.evaluation.listing.Votes.Choice;
import org.hemei.evaluation.listing.Votes.Vote;
import org.hemei.platform.Reader;
import org.hemei.testing.HemeiTest;
import org.hemei.testing.Town;
import org.hemei.testing.Towns;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

/** A member who says that the record of a decision is wrong is heard, and cannot hold it up for ever (decision 68). */
@HemeiTest
class ListingRecordTest {

    @Autowired
    private Towns towns;

    @Autowired
    private ListingThings things;

    @Autowired
    private ListingSheets sheets;

    @Autowired
    private ListingDesk desk;

    @Autowired
    private DecisionDesk decisions;

    @Autowired
    private ListingQueries queries;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private InstantSource clock;

    private Town.Side near;
    private Reader bureau;

    @BeforeEach
    void build() {
        near = towns.make().near();
        bureau = near.housingDesk();
    }

    /** A decision to list, of so many members, that the first of them contested and that was written down again with its minutes. */
    private long again(List<Reader> members) {
        var id = things.at(ListingState.HEARD, near);
        decisions.decide(bureau, id, things.version(id), ListingThings.all(members, Choice.FOR), "整改。", List.of());
        contest(id, members.getFirst(), "我投的是不同意。");
        writeAgain(id, ListingThings.all(members, Choice.FOR));
        return id;
    }

    private void writeAgain(long id, Votes votes) {
        decisions.decide(bureau, id, things.version(id), votes, "整改。", sheets.scan(bureau, near));
    }

    private void contest(long id, Reader member, String remark) {
        decisions.confirm(member, id, things.version(id), false, remark);
    }

    private void confirm(long id, Reader member) {
        decisions.confirm(member, id, things.version(id), true, "");
    }

    private boolean held(long id) {
        return queries.find(id).orElseThrow().listing().contested;
    }

    private void serve(long id) {
        desk.serve(bureau, id, things.version(id), things.today(), "当面", List.of());
    }

    @Test
    void whoever_contests_every_record_is_read_beside_it_once_most_of_those_who_voted_confirm_it() throws Exception {
        var three = things.members(near, 3);
        var id = again(three);
        var page = "/listings/" + id;
        assertThat(held(id)).as("written down again, nobody says anything").isFalse();
        assertThat(sheets.page(three.get(1), page)).contains("请核对整份记录");
        assertThat(sheets.page(three.getFirst(), page)).contains("您上次也说过不对");
        contest(id, three.getFirst(), "还是不对。");
        assertThat(sheets.told(three.get(1))).contains("重新记过的表决，有成员还说不对，请表决的成员核对整份记录");
        assertThat(sheets.page(three.get(1), page))
                .as("asked before anything else")
                .contains("name=\"agreed\"", "过半数确认记录没错，就能送达，现在 0 人");
        assertThatThrownBy(() -> serve(id)).hasMessageContaining("表决的成员过半数确认");
        confirm(id, three.get(1));
        assertThatThrownBy(() -> serve(id)).as("one of three is not most").hasMessageContaining("过半数确认");
        confirm(id, three.get(2));
        assertThat(held(id)).isFalse();
        assertThat(sheets.page(bureau, page)).contains("记下送达", "本人还是说记错了：还是不对。", "表决的 3 人里 2 人确认这份记录没错", "我投的是不同意。");
        assertThatThrownBy(() -> writeAgain(id, ListingThings.all(three, Choice.FOR)))
                .as("it stands")
                .hasMessageContaining("已经集体决定了");
        serve(id);
        assertThat(things.state(id)).isEqualTo(ListingState.LISTED);
        assertThat(sheets.page(bureau, page)).as("for good").contains("还是不对。");
        assertThat(sheets.page(things.manager(near), page)).doesNotContain("还是不对。", "我投的是不同意。");
    }

    @Test
    void exactly_half_and_whoever_withdrew_do_not_confirm_it() {
        var members = things.members(near, 4);
        var tied = things.members(near, 1).getFirst();
        var id = things.at(ListingState.HEARD, near);
        towns.post(tied.person(), queries.find(id).orElseThrow().listing().company, "物业员工");
        var voted = new ArrayList<>(ListingThings.all(members, Choice.FOR).members());
        voted.add(new Vote(tied.account(), Choice.RECUSED, "在这家企业任职"));
        var votes = new Votes(voted);
        decisions.decide(bureau, id, things.version(id), votes, "整改。", List.of());
        contest(id, members.getFirst(), "我投的是不同意。");
        writeAgain(id, votes);
        contest(id, members.getFirst(), "还是不对。");
        confirm(id, members.get(1));
        confirm(id, members.get(2));
        confirm(id, tied);
        assertThat(held(id)).as("two of four who voted").isTrue();
        confirm(id, members.get(3));
        assertThat(held(id)).isFalse();
    }

    @Test
    void another_members_first_word_is_heard_like_the_first_ones_was() {
        var five = things.members(near, 5);
        var id = again(five);
        contest(id, five.getFirst(), "还是不对。");
        five.subList(1, 4).forEach(member -> confirm(id, member));
        assertThat(held(id)).isFalse();
        contest(id, five.getLast(), "把我记错了。");
        assertThat(held(id)).as("also against most").isTrue();
        assertThatThrownBy(() -> serve(id)).hasMessageContaining("表决记得不对");
        var votes = new ArrayList<>(ListingThings.all(five, Choice.FOR).members());
        votes.set(4, new Vote(five.getLast().account(), Choice.AGAINST, ""));
        writeAgain(id, new Votes(votes));
        assertThat(held(id)).isFalse();
    }

    @Test
    void what_was_confirmed_is_not_taken_back_and_what_was_contested_can_be() {
        var three = things.members(near, 3);
        var id = again(three);
        confirm(id, three.get(1));
        assertThatThrownBy(() -> contest(id, three.get(1), "想了想，不对。")).hasMessageContaining("不能再改口");
        assertThat(held(id)).isFalse();
        contest(id, three.getFirst(), "还是不对。");
        assertThat(held(id)).isTrue();
        confirm(id, three.getFirst());
        assertThat(held(id)).as("it was right after all").isFalse();
        assertThatThrownBy(() -> contest(id, three.getFirst(), "又不对了。"))
                .as("and not back and forth for ever")
                .hasMessageContaining("不能再改口");
        serve(id);
        assertThat(things.state(id)).isEqualTo(ListingState.LISTED);
    }

    @Test
    void what_is_decided_anew_after_the_company_was_heard_is_another_decision() {
        var three = things.members(near, 3);
        var id = again(three);
        contest(id, three.getFirst(), "还是不对。");
        jdbc.sql("update listing set heard_until = ? where id = ?")
                .params(Timestamp.from(clock.instant().plus(Duration.ofDays(1))), id)
                .update();
        desk.state(things.manager(near), id, things.version(id), "电梯在换了。", List.of());
        decisions.decide(bureau, id, things.version(id), ListingThings.all(three, Choice.FOR), "整改。", List.of());
        three.subList(1, 3).forEach(member -> confirm(id, member));
        contest(id, three.getFirst(), "这次我也投了不同意。");
        assertThat(held(id)).as("a first word again").isTrue();
    }

    @Test
    void a_decision_to_spare_waits_for_nobody_any_more_once_most_confirm_its_record() {
        var three = things.members(near, 3);
        var id = things.at(ListingState.HEARD, near);
        var votes = ListingThings.all(three, Choice.AGAINST);
        decisions.decide(bureau, id, things.version(id), votes, "不列入。", List.of());
        contest(id, three.getFirst(), "我投的是同意。");
        writeAgain(id, votes);
        contest(id, three.getFirst(), "还是不对。");
        var waiting = queries.waiting(bureau);
        three.subList(1, 3).forEach(member -> confirm(id, member));
        assertThat(queries.waiting(bureau)).isEqualTo(waiting - 1);
        assertThat(things.state(id)).isEqualTo(ListingState.SPARED);
    }
}

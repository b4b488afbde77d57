package org.hemei.evaluation.scheme;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.hemei.evaluation.scheme.SchemeContent.Dimension;
import org.hemei.evaluation.scheme.SchemeContent.Item;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.junit.jupiter.api.Test;

/** A draft on the answers of before: what was asked is known by its words, not by its place. */
class TrialTest {

    private static final SchemeContent THEN = SchemeContent.template();

    private static SchemeContent with(List<Dimension> dimensions) {
        return new SchemeContent(
                dimensions,
                THEN.passLine(),
                THEN.leastBallots(),
                THEN.sampleUnits(),
                THEN.secondShare(),
                THEN.gradePoints(),
                THEN.confidence(),
                THEN.contractPolicy(),
                THEN.leastDays(),
                THEN.companyPolicy(),
                THEN.collectDays(),
                THEN.reviewDays(),
                THEN.objectionDays(),
                THEN.leastAnswers());
    }

    private static SchemeContent asking(Kind kind, List<Item> items) {
        return with(THEN.dimensions().stream()
                .map(one -> one.kind() == kind ? new Dimension(kind, one.weight(), items) : one)
                .toList());
    }

    private static List<Item> numbered(Kind kind, String... words) {
        List<Item> items = new ArrayList<>();
        for (int n = 0; n < words.length; n++) {
            items.add(Item.of(kind.code().substring(0, 1) + (n + 1), words[n], 100 / words.length));
        }
        return items;
    }

    @Test
    void the_same_is_tried_as_it_is() {
        var trial = Trial.of(THEN, THEN);
        assertThat(trial.content()).isEqualTo(THEN);
        assertThat(trial.notes()).isEmpty();
    }

    @Test
    void a_question_that_stands_in_another_place_keeps_its_answers() {
        var then = THEN.items(Kind.SATISFACTION);
        var turned = numbered(
                Kind.SATISFACTION, then.reversed().stream().map(Item::words).toArray(String[]::new));
        var trial = Trial.of(asking(Kind.SATISFACTION, turned), THEN);
        assertThat(trial.content().items(Kind.SATISFACTION))
                .extracting(Item::code)
                .containsExactly("s5", "s4", "s3", "s2", "s1");
        assertThat(trial.notes()).isEmpty();
    }

    @Test
    void other_words_are_tried_with_what_is_left_and_said() {
        var words = THEN.items(Kind.SATISFACTION).stream().map(Item::words).toArray(String[]::new);
        words[1] = "车停得怎么样？";
        var trial = Trial.of(asking(Kind.SATISFACTION, numbered(Kind.SATISFACTION, words)), THEN);
        assertThat(trial.content().items(Kind.SATISFACTION))
                .extracting(Item::code)
                .containsExactly("s1", "s2", "s3", "s4", "s5");
        assertThat(trial.notes()).singleElement().asString().contains("车停得怎么样？").contains("小区秩序和停车");
    }

    @Test
    void what_nobody_was_asked_is_left_out_and_its_weight_shared() {
        var words = new ArrayList<>(
                THEN.items(Kind.SATISFACTION).stream().map(Item::words).toList());
        words.addFirst("电梯稳不稳？");
        words.add("灯亮不亮？");
        var items = List.of(
                Item.of("s1", words.get(0), 10),
                Item.of("s2", words.get(1), 16),
                Item.of("s3", words.get(2), 16),
                Item.of("s4", words.get(3), 16),
                Item.of("s5", words.get(4), 16),
                Item.of("s6", words.get(5), 16),
                Item.of("s7", words.get(6), 10));
        var trial = Trial.of(asking(Kind.SATISFACTION, items), THEN);
        var tried = trial.content().items(Kind.SATISFACTION);
        assertThat(tried).extracting(Item::code).containsExactly("s1", "s2", "s3", "s4", "s5");
        assertThat(tried.stream().mapToInt(Item::weight)).containsExactly(20, 20, 20, 20, 20);
        assertThat(trial.notes()).singleElement().asString().contains("电梯稳不稳？").contains("灯亮不亮？");
    }

    @Test
    void points_of_a_side_are_not_given_by_the_other() {
        var items = List.of(
                new Item("t1", "整改落实，重点工作到位", 50, SchemeContent.Side.COMMUNITY, null, 0, 0),
                new Item("t2", "配合社区工作，参加联席会议", 50, SchemeContent.Side.COMMUNITY, null, 0, 0));
        var tried = Trial.of(asking(Kind.TERRITORY, items), THEN).content().items(Kind.TERRITORY);
        assertThat(tried).extracting(Item::code).containsExactly("t2", "t1");
    }

    @Test
    void a_part_that_was_not_measured_goes_to_the_others() {
        var then = with(THEN.dimensions().stream()
                .filter(one -> one.kind() != Kind.TERRITORY)
                .map(one -> one.kind() == Kind.SATISFACTION ? new Dimension(one.kind(), 60, one.items()) : one)
                .toList());
        var trial = Trial.of(THEN, then);
        assertThat(trial.content().dimension(Kind.TERRITORY)).isEmpty();
        assertThat(trial.content().dimensions()).extracting(Dimension::weight).containsExactly(51, 37, 12);
        assertThat(trial.notes()).singleElement().asString().contains("街道社区评价").contains("20%");
    }
}

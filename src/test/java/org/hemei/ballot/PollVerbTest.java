package org.hemei.ballot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PollVerbTest {

    private static int minutes(int questions) {
        return new Poll(
                        1,
                        "",
                        "",
                        "请您给小区的物业打分。一户一票，没有人知道谁投了什么；结果按小区公布。",
                        "3401",
                        PollState.OPEN,
                        0,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        Instant.EPOCH,
                        10,
                        null,
                        null,
                        false,
                        false,
                        Collections.nCopies(questions, new Question(Question.Kind.GRADE, "小区保洁您满意吗？")))
                .minutes();
    }

    /** What a household is promised follows from what there is to read and to press. */
    @Test
    void moreQuestionsTakeLonger() {
        assertThat(minutes(5)).isEqualTo(2);
        assertThat(minutes(12)).isEqualTo(3);
        assertThat(minutes(30)).isEqualTo(4);
    }

    /** What can happen, and that nothing else can. */
    @Test
    void theTableIsAllThereIs() {
        var moves = Arrays.stream(PollVerb.values())
                .flatMap(verb -> Arrays.stream(PollState.values())
                        .flatMap(from ->
                                verb.after(from).map(to -> from.code() + " " + verb.code() + " " + to.code()).stream()))
                .collect(Collectors.toSet());
        assertThat(moves)
                .isEqualTo(Set.of(
                        "planned open open",
                        "open close closed",
                        "closed count counted",
                        "planned cancel cancelled",
                        "open cancel cancelled",
                        "closed cancel cancelled"));
    }
}

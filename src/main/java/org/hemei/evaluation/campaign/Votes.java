package org.hemei.evaluation.campaign;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.hemei.ballot.Poll;
import org.hemei.ballot.PollPlan;
import org.hemei.ballot.PollState;
import org.hemei.ballot.Polls;
import org.hemei.ballot.Question;
import org.hemei.evaluation.scheme.SchemeContent.Item;
import org.hemei.evaluation.score.Gathering.Ballots;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a campaign asks of the room of ballots: a poll of the drawn households, and its count. */
@Component
class Votes {

    private static final int LONGEST = 1000;

    private final Polls polls;

    Votes(Polls polls) {
        this.polls = polls;
    }

    /** The n-th question is the n-th item. */
    long plan(Reader reader, Campaign campaign, List<Item> items, Map<Long, List<Long>> sample) {
        var questions = items.stream()
                .map(item -> new Question(Question.Kind.GRADE, item.words()))
                .toList();
        return polls.plan(
                reader,
                new PollPlan(
                        campaign.purpose(),
                        campaign.year() + " 年物业服务满意度",
                        "请您给小区的物业打分。一户一票，没有人知道谁投了什么；结果按小区公布，算进物业的年度得分。",
                        campaign.area(),
                        CivilTime.startOf(campaign.collectFrom()),
                        CivilTime.startOf(campaign.collectUntil().plusDays(1)),
                        questions,
                        sample,
                        true));
    }

    /** The estates whose boxes were given up are asked once more. @return how many */
    int again(Reader reader, long poll, LocalDate from, LocalDate until) {
        var again = polls.again(reader, poll, CivilTime.startOf(from), CivilTime.startOf(until.plusDays(1)));
        return polls.keys(again).wanted();
    }

    /** The poll that counts last: the one that was held again, where there was one. */
    long last(long poll) {
        return polls.again(poll).map(Poll::id).orElse(poll);
    }

    boolean counted(long poll) {
        return polls.find(last(poll))
                .map(one -> one.state() == PollState.COUNTED)
                .orElse(false);
    }

    /** How many boxes do not open, and wait for somebody to find the key or to give them up. */
    int stuck(long poll) {
        return polls.stuck(last(poll));
    }

    /** How many boxes were given up, whose households can be asked once more. */
    int givenUp(long poll) {
        return polls.again(poll).isPresent() ? 0 : polls.givenUp(poll);
    }

    Polls.Keys keys(long poll) {
        return polls.keys(last(poll));
    }

    /** What is wrong with the numbers that are kept, in words; null when they are those that were sealed. */
    @Nullable
    String wrong(long poll) {
        var wrong = Stream.of(poll, last(poll))
                .distinct()
                .flatMap(id -> polls.unsealed(id).stream())
                .collect(Collectors.joining(""));
        return wrong.isEmpty() ? null : wrong.substring(0, Math.min(wrong.length(), LONGEST));
    }

    /** What was asked again stands in the place of what was given up. Refused when it is not what was sealed at the count. */
    Map<Long, Ballots> ballots(long poll) {
        Map<Long, Ballots> ballots = new HashMap<>();
        for (var id : Stream.of(poll, last(poll)).distinct().toList()) {
            polls.sealed(id)
                    .groups()
                    .forEach(group -> ballots.put(
                            group.estate(),
                            new Ballots(group.eligible(), group.valid(), group.answers(), group.voided() != null)));
        }
        return ballots;
    }

    /** Points and looks are given without knowing the ballots; from here on everybody may read how the households answered. */
    void show(Reader reader, long poll) {
        polls.show(reader, poll);
    }

    /** What was counted before stays, and is no secret any more. */
    void cancel(Reader reader, long poll) {
        if (!counted(poll)) {
            polls.cancel(reader, last(poll));
        }
        polls.show(reader, poll);
    }
}

package org.hemei.ballot;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Refusal;
import org.hemei.platform.Refusal.Reason;

/**
 * What another room asks for: a poll over one or more estates, each with the units that may cast one ballot each.
 *
 * @param purpose whose poll it is, such as {@code evaluation:12}; planning the same purpose twice is refused
 * @param about one or two sentences for the voter: who asks, and what follows from the answers
 * @param area whose poll it is; whoever works there sees its desk
 * @param groups units by estate; their number is published, who they are is not
 * @param withheld whether the answers are told only when the room says so ({@link Polls#show}), since until then somebody else scores the same
 *     thing and could fit their points to them
 */
public record PollPlan(
        String purpose,
        String title,
        String about,
        String area,
        Instant opens,
        Instant closes,
        List<Question> questions,
        Map<Long, List<Long>> groups,
        boolean withheld) {

    static final int MOST_QUESTIONS = 30;

    /** Everything that is wrong with it. */
    List<Reason> reasons() {
        List<Reason> reasons = new ArrayList<>();
        if (purpose.isBlank() || purpose.length() > 80) {
            reasons.add(new Reason(null, "要写明是哪件事的投票。"));
        }
        if (title.isBlank() || title.length() > 40) {
            reasons.add(new Reason(null, "标题要有，最多 40 个字。"));
        }
        if (about.isBlank() || about.length() > 200) {
            reasons.add(new Reason(null, "说明要有，最多 200 个字。"));
        }
        if (!closes.isAfter(opens)) {
            reasons.add(new Reason(null, "截止要晚于开始。"));
        }
        if (questions.isEmpty() || questions.size() > MOST_QUESTIONS) {
            reasons.add(new Reason(null, "要有 1 到 " + MOST_QUESTIONS + " 个问题。"));
        }
        if (groups.isEmpty() || groups.values().stream().anyMatch(List::isEmpty)) {
            reasons.add(new Reason(null, "每个小区都要有能投票的住户。"));
        }
        var seen = new HashSet<Long>();
        if (!groups.values().stream().flatMap(List::stream).allMatch(seen::add)) {
            reasons.add(new Reason(null, "一户只能列一次。"));
        }
        return reasons;
    }

    void check() {
        var reasons = reasons();
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
    }
}

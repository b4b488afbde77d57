package org.hemei.evaluation.listing;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.hemei.platform.Refusal;
import org.jspecify.annotations.Nullable;

/**
 * A collective decision (集体讨论决定, Law on Administrative Penalties art. 57): who took part and how they voted. Whoever has an
 * interest withdraws (回避, art. 43) and is recorded as such; the others are at least so many, and more than half of them carry it.
 */
public record Votes(List<Vote> members) {

    /** How one of them voted. */
    public enum Choice {
        FOR("同意列入"),
        AGAINST("不同意列入"),
        RECUSED("回避");

        private final String words;

        Choice(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }

        public String code() {
            return name().toLowerCase(Locale.ROOT);
        }

        public static @Nullable Choice named(String code) {
            for (var choice : values()) {
                if (choice.code().equals(code)) {
                    return choice;
                }
            }
            return null;
        }

        public static Choice of(String code) {
            return valueOf(code.toUpperCase(Locale.ROOT));
        }
    }

    /** @param why what the interest is, of somebody who withdrew */
    public record Vote(long account, Choice choice, String why) {}

    public Votes {
        members = List.copyOf(members);
    }

    long of(Choice choice) {
        return members.stream().filter(member -> member.choice == choice).count();
    }

    /** How many decided. */
    long voting() {
        return of(Choice.FOR) + of(Choice.AGAINST);
    }

    /** In whole numbers: exactly half does not carry. */
    boolean carried() {
        return 2 * of(Choice.FOR) > voting();
    }

    /**
     * What stands against writing it down once more: whoever says that their vote was wrong is left out, or nothing is another. The same
     * votes are written down again only with the minutes that show them.
     */
    List<Refusal.Reason> again(List<VoteBook.Last> last, boolean minutes) {
        var reasons = new ArrayList<Refusal.Reason>();
        var accounts = members.stream().map(Vote::account).toList();
        if (last.stream().anyMatch(one -> one.contested() && !accounts.contains(one.vote().account))) {
            reasons.add(new Refusal.Reason("members", "说记错了的成员也要记上：他参加过这次集体决定。"));
        }
        var votes = last.stream().map(VoteBook.Last::vote).collect(Collectors.toSet());
        if (!minutes && votes.equals(Set.copyOf(members))) {
            reasons.add(new Refusal.Reason("members", "和上一次记的一样。没记错的，请说记错了的成员确认；他不确认的，附上会议记录再记。"));
        }
        return reasons;
    }

    /**
     * Everything that stands against this decision.
     *
     * @param may accounts that can be members
     * @param interested those of them who have to withdraw
     */
    List<Refusal.Reason> wrong(int least, Set<Long> may, Set<Long> interested) {
        var reasons = new ArrayList<Refusal.Reason>();
        if (members.stream().map(Vote::account).distinct().count() < members.size()
                || !may.containsAll(members.stream().map(Vote::account).toList())) {
            reasons.add(new Refusal.Reason("members", "有人不能参加这次决定。请从名单里选。"));
        }
        for (var member : members) {
            if (interested.contains(member.account) && member.choice != Choice.RECUSED) {
                reasons.add(new Refusal.Reason("members", "有成员和这家企业有利害关系，要回避。请给他选“回避”。"));
            }
            if (member.choice == Choice.RECUSED && member.why.isBlank()) {
                reasons.add(new Refusal.Reason("members", "回避的请写为什么。"));
            }
        }
        if (voting() < least) {
            reasons.add(new Refusal.Reason("members", "集体决定至少要 " + least + " 人表决，回避的不算。现在是 " + voting() + " 人。"));
        }
        return reasons.stream().distinct().toList();
    }
}

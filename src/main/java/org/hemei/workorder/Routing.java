package org.hemei.workorder;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose turn a matter is, by the routing rules of a day. Pure: the same rules and the same matter give the same rule.
 *
 * <p>The most specific rule wins, compared in this order: the nearer area; then the category's leaf before its branch
 * before no category; then the more kinds of estate it names. Two that are still level are a tie, which is refused when
 * rules are saved; should one arise later because an estate changed its kind, the older rule holds.
 */
public final class Routing {

    /** Who a rule names. */
    public enum Target {
        HOLDER("管这个小区的单位", "有物业的归物业，没有的归社区兜底队"),
        BACKSTOP("社区兜底队", "小区所在社区的"),
        COMMUNITY("社区居委会", "小区所在社区的；没有人接单就归兜底队"),
        NAMED("指定单位", "比如供水、供电、燃气公司");

        private final String words;
        private final String hint;

        Target(String words, String hint) {
            this.words = words;
            this.hint = hint;
        }

        public String words() {
            return words;
        }

        public String hint() {
            return hint;
        }

        public String code() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }

        public static Target of(String code) {
            return valueOf(code.toUpperCase(java.util.Locale.ROOT));
        }
    }

    /** What a rule is about; rules about the same are versions of one another. */
    public record About(String area, @Nullable String category, Set<String> kinds) {

        public About {
            kinds = Set.copyOf(kinds);
        }
    }

    /**
     * One version of a rule.
     *
     * @param body the named body; null for another target, and where the named one exists no more
     * @param urgency the deadline class it sets; null leaves the order's own
     */
    public record Rule(
            long id,
            About about,
            Target target,
            @Nullable Long body,
            @Nullable Urgency urgency,
            String basis) {

        /** Whether both lead to the same place in the same time. */
        public boolean sameAnswer(Rule other) {
            return target == other.target && java.util.Objects.equals(body, other.body) && urgency == other.urgency;
        }
    }

    /**
     * A matter to be routed.
     *
     * @param community twelve digits; those of the areas above it are its beginnings
     * @param branch the category's parent; null when it is a branch itself
     */
    public record Matter(
            String community, String category, @Nullable String branch, Set<String> kinds) {}

    private static final Comparator<Rule> OLDEST = Comparator.comparingLong(Rule::id);

    private static final int[] LEVELS = {12, 9, 6, 4};

    private record Slot(String area, @Nullable String category) {}

    private final Map<Slot, List<Rule>> slots = new HashMap<>();

    public Routing(Collection<Rule> rules) {
        for (var rule : rules) {
            slots.computeIfAbsent(new Slot(rule.about.area, rule.about.category), slot -> new ArrayList<>())
                    .add(rule);
        }
    }

    /** The rule that decides; empty when none is about this matter. */
    public Optional<Rule> rule(Matter matter) {
        return level(matter).stream().min(OLDEST);
    }

    /** The rules that nothing tells apart and that do not lead to the same; empty when one of them decides. */
    public List<Rule> tied(Matter matter) {
        var level = level(matter);
        return level.stream().allMatch(rule -> rule.sameAnswer(level.getFirst()))
                ? List.of()
                : level.stream().sorted(OLDEST).toList();
    }

    /** Every rule that is about this matter, the one that decides first. */
    public List<Rule> fitting(Matter matter) {
        var all = new ArrayList<Rule>();
        for (int length : LEVELS) {
            if (length <= matter.community.length()) {
                for (var category : categories(matter)) {
                    var slot = new Slot(matter.community.substring(0, length), category);
                    slots.getOrDefault(slot, List.of()).stream()
                            .filter(rule -> matter.kinds.containsAll(rule.about.kinds))
                            .sorted(Comparator.comparingInt((Rule r) -> -r.about.kinds.size())
                                    .thenComparing(OLDEST))
                            .forEach(all::add);
                }
            }
        }
        return all;
    }

    /** The most specific rules; several when nothing tells them apart. */
    private List<Rule> level(Matter matter) {
        for (int length : LEVELS) {
            if (length > matter.community.length()) {
                continue;
            }
            var area = matter.community.substring(0, length);
            for (var category : categories(matter)) {
                var fitting = mostKinds(slots.getOrDefault(new Slot(area, category), List.of()), matter);
                if (!fitting.isEmpty()) {
                    return fitting;
                }
            }
        }
        return List.of();
    }

    private static List<@Nullable String> categories(Matter matter) {
        var categories = new ArrayList<@Nullable String>();
        categories.add(matter.category);
        if (matter.branch != null) {
            categories.add(matter.branch);
        }
        categories.add(null);
        return categories;
    }

    private static List<Rule> mostKinds(List<Rule> rules, Matter matter) {
        var fitting = rules.stream()
                .filter(rule -> matter.kinds.containsAll(rule.about.kinds))
                .toList();
        var most = fitting.stream().mapToInt(r -> r.about.kinds.size()).max().orElse(0);
        return fitting.stream().filter(r -> r.about.kinds.size() == most).toList();
    }
}

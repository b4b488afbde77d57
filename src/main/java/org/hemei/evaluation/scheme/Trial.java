package org.hemei.evaluation.scheme;

import java.util.ArrayList;
import java.util.List;
import org.hemei.evaluation.scheme.SchemeContent.Dimension;
import org.hemei.evaluation.scheme.SchemeContent.Item;
import org.hemei.evaluation.scheme.SchemeContent.Kind;

/**
 * A draft as it can be tried on what was gathered under an earlier scheme. What was asked then is known by its words: an item that
 * stands in another place now keeps its answers. One that nobody asked for then cannot be tried, and its weight goes to the others.
 *
 * @param content the draft with the codes of then
 * @param notes what was not tried, or tried with the answers to other words
 */
record Trial(SchemeContent content, List<String> notes) {

    private static final int WHOLE = 100;

    static Trial of(SchemeContent draft, SchemeContent then) {
        List<String> notes = new ArrayList<>();
        List<Dimension> dimensions = new ArrayList<>();
        for (var dimension : draft.dimensions()) {
            var items = dimension.kind() == Kind.CASES
                    ? dimension.items()
                    : items(dimension, then.items(dimension.kind()), notes);
            if (items.isEmpty()) {
                notes.add("当时没有测“" + dimension.kind().words() + "”，这一部分没有算，占的 " + dimension.weight() + "% 分给了别的部分。");
            } else {
                dimensions.add(new Dimension(dimension.kind(), dimension.weight(), items));
            }
        }
        if (draft.sampleUnits() != then.sampleUnits() || draft.secondShare() != then.secondShare()) {
            notes.add("抽多少户、多少小区看两遍，当时已经定了，试不出来。");
        }
        return new Trial(
                new SchemeContent(
                        weighed(dimensions),
                        draft.passLine(),
                        draft.leastBallots(),
                        draft.sampleUnits(),
                        draft.secondShare(),
                        draft.gradePoints(),
                        draft.confidence(),
                        draft.contractPolicy(),
                        draft.leastDays(),
                        draft.companyPolicy(),
                        draft.collectDays(),
                        draft.reviewDays(),
                        draft.objectionDays(),
                        draft.leastAnswers()),
                notes);
    }

    /** Those with the same words first; what is left on both sides in its order, as the same thing in other words. */
    private static List<Item> items(Dimension dimension, List<Item> then, List<String> notes) {
        var left = new ArrayList<>(then);
        var known = dimension.items().stream()
                .map(item -> {
                    var same = left.stream()
                            .filter(one -> one.words().equals(item.words()) && one.side() == item.side())
                            .findFirst();
                    same.ifPresent(left::remove);
                    return same.orElse(null);
                })
                .toList();
        List<Item> items = new ArrayList<>();
        List<String> untried = new ArrayList<>();
        for (int n = 0; n < known.size(); n++) {
            var item = dimension.items().get(n);
            var one = known.get(n);
            if (one == null) {
                one = left.stream()
                        .filter(other -> other.side() == item.side())
                        .findFirst()
                        .orElse(null);
                left.remove(one);
                if (one != null) {
                    notes.add("“" + item.words() + "”照当时的“" + one.words() + "”算。");
                }
            }
            if (one == null) {
                untried.add("“" + item.words() + "”");
            } else {
                items.add(new Item(
                        one.code(),
                        item.words(),
                        item.weight(),
                        item.side(),
                        item.measure(),
                        item.full(),
                        item.zero()));
            }
        }
        if (!untried.isEmpty() && !items.isEmpty()) {
            notes.add("当时没有测" + String.join("、", untried) + "，没有算，占的分给了同一部分的别的项。");
        }
        return share(items);
    }

    /** Whole percents that come to a hundred again; what is lost in rounding goes to the first. */
    private static List<Item> share(List<Item> items) {
        var sum = items.stream().mapToInt(Item::weight).sum();
        if (sum == WHOLE || sum == 0) {
            return items;
        }
        List<Item> shared = new ArrayList<>();
        for (var item : items) {
            shared.add(weighing(item, item.weight() * WHOLE / sum));
        }
        var lost = WHOLE - shared.stream().mapToInt(Item::weight).sum();
        shared.set(0, weighing(shared.getFirst(), shared.getFirst().weight() + lost));
        return shared;
    }

    private static Item weighing(Item item, int weight) {
        return new Item(item.code(), item.words(), weight, item.side(), item.measure(), item.full(), item.zero());
    }

    private static List<Dimension> weighed(List<Dimension> dimensions) {
        var sum = dimensions.stream().mapToInt(Dimension::weight).sum();
        if (sum == WHOLE || sum == 0) {
            return dimensions;
        }
        List<Dimension> weighed = new ArrayList<>();
        for (var one : dimensions) {
            weighed.add(new Dimension(one.kind(), one.weight() * WHOLE / sum, one.items()));
        }
        var lost = WHOLE - weighed.stream().mapToInt(Dimension::weight).sum();
        var first = weighed.getFirst();
        weighed.set(0, new Dimension(first.kind(), first.weight() + lost, first.items()));
        return weighed;
    }
}

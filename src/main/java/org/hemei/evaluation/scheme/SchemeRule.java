package org.hemei.evaluation.scheme;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import org.hemei.evaluation.scheme.SchemeContent.Dimension;
import org.hemei.evaluation.scheme.SchemeContent.Item;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.platform.Refusal.Reason;

/**
 * What every scheme has to keep: residents' satisfaction weighs something (合肥做法: 居民满意度为重要内容), weights make a hundred,
 * and nothing in it is without sense. Gives all the reasons at once.
 */
final class SchemeRule {

    static final int WHOLE = 100;
    private static final int MOST_ITEMS = 20;

    private SchemeRule() {}

    static List<Reason> reasons(SchemeContent content) {
        List<Reason> reasons = new ArrayList<>();
        weights(content, reasons);
        var codes = new HashSet<String>();
        var kinds = EnumSet.noneOf(Kind.class);
        for (var dimension : content.dimensions()) {
            if (!kinds.add(dimension.kind())) {
                reasons.add(new Reason(
                        "weight-" + dimension.kind().code(),
                        "“" + dimension.kind().words() + "”写了两遍。"));
            }
            items(dimension, codes, reasons);
        }
        numbers(content, reasons);
        return reasons;
    }

    private static void weights(SchemeContent content, List<Reason> reasons) {
        if (content.dimension(Kind.SATISFACTION).map(Dimension::weight).orElse(0) <= 0) {
            reasons.add(new Reason("weight-satisfaction", "居民满意度要占分，不能是 0。"));
        }
        var sum = content.dimensions().stream().mapToInt(Dimension::weight).sum();
        if (sum != WHOLE) {
            reasons.add(new Reason("weight-satisfaction", "各部分的权重加起来是 " + sum + "，要正好 100。"));
        }
    }

    private static void items(Dimension dimension, HashSet<String> codes, List<Reason> reasons) {
        var field = "items-" + dimension.kind().code();
        var name = "“" + dimension.kind().words() + "”";
        if (dimension.items().isEmpty() || dimension.items().size() > MOST_ITEMS) {
            reasons.add(new Reason(field, name + "要有 1 到 " + MOST_ITEMS + " 项。"));
            return;
        }
        var sum = dimension.items().stream().mapToInt(Item::weight).sum();
        if (sum != WHOLE) {
            reasons.add(new Reason(field, name + "各项的权重加起来是 " + sum + "，要正好 100。"));
        }
        for (var item : dimension.items()) {
            if (!codes.add(item.code())) {
                reasons.add(new Reason(field, name + "里“" + item.code() + "”这个编号用了两次。"));
            }
            if (item.words().isBlank() || item.words().length() > 40 || item.weight() < 1) {
                reasons.add(new Reason(field, name + "每一项要有名称（40 字以内）和大于 0 的权重。"));
            }
            if (dimension.kind() == Kind.TERRITORY && item.side() == null) {
                reasons.add(new Reason(field, name + "的“" + item.words() + "”要写明由街道还是社区打分。"));
            }
            if (dimension.kind() == Kind.CASES && item.measure() == null) {
                reasons.add(new Reason(field, name + "的“" + item.words() + "”要写明怎么算。"));
            }
            if (item.measure() != null && item.measure().density() && item.zero() <= item.full()) {
                reasons.add(new Reason(field, "每百户工单数：得零分的数要大于得满分的数。"));
            }
        }
    }

    private static void numbers(SchemeContent content, List<Reason> reasons) {
        within(reasons, "passLine", content.passLine(), 1, 10_000, "合格线要在 0 到 100 分之间。");
        within(reasons, "leastBallots", content.leastBallots(), 10, 1_000, "最少票数要在 10 到 1000 之间。太少，一张票就能改变结果。");
        if (content.leastAnswers() != null) {
            var most = Math.max(5, content.leastBallots());
            within(reasons, "leastAnswers", content.leastAnswers(), 5, most, "一题最少几个人打分，要在 5 到最少票数之间。太少，一个人就能改变结果。");
        }
        within(reasons, "sampleUnits", content.sampleUnits(), content.leastBallots(), 5_000, "抽的户数不能少于最少票数，最多 5000。");
        within(reasons, "secondShare", content.secondShare(), 0, 100, "复查比例要在 0 到 100 之间。");
        within(reasons, "leastDays", content.leastDays(), 1, 366, "最少天数要在 1 到 366 之间。");
        within(reasons, "collectDays", content.collectDays(), 1, 120, "测评要在 1 到 120 天之间。");
        within(reasons, "reviewDays", content.reviewDays(), 1, 60, "复核要在 1 到 60 天之间。");
        within(reasons, "objectionDays", content.objectionDays(), 5, 60, "异议期要在 5 到 60 天之间。");
        within(reasons, "confidence", content.confidence(), 100, 400, "误差系数要在 1.00 到 4.00 之间。");
        var points = content.gradePoints();
        for (int n = 0; n < points.size(); n++) {
            if (points.get(n) < 0 || points.get(n) > WHOLE || n > 0 && points.get(n) <= points.get(n - 1)) {
                reasons.add(new Reason("gradePoints", "五档的分要从低到高，在 0 到 100 之间。"));
                break;
            }
        }
        if (points.size() != 5) {
            reasons.add(new Reason("gradePoints", "满意度有五档，要写五个分。"));
        }
    }

    private static void within(List<Reason> reasons, String field, int value, int least, int most, String words) {
        if (value < least || value > most) {
            reasons.add(new Reason(field, words));
        }
    }
}

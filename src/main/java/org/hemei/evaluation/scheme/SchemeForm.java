package org.hemei.evaluation.scheme;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hemei.evaluation.scheme.SchemeContent.CompanyPolicy;
import org.hemei.evaluation.scheme.SchemeContent.ContractPolicy;
import org.hemei.evaluation.scheme.SchemeContent.Dimension;
import org.hemei.evaluation.scheme.SchemeContent.Item;
import org.hemei.evaluation.scheme.SchemeContent.Kind;
import org.hemei.evaluation.scheme.SchemeContent.Measure;
import org.hemei.evaluation.scheme.SchemeContent.Side;
import org.hemei.platform.web.Form;
import org.jspecify.annotations.Nullable;

/**
 * A scheme as it is typed: a line for each item, {@code 名称 | 权重}, with 街道 or 社区 as a third part where they give the points. The
 * order of the lines gives the items their codes.
 */
final class SchemeForm {

    private static final Map<Kind, String> LETTER =
            Map.of(Kind.SATISFACTION, "s", Kind.INSPECTION, "i", Kind.TERRITORY, "t", Kind.CASES, "c");
    private static final int LONGEST = 2000;

    private SchemeForm() {}

    static SchemeDesk.Draft read(Form form) {
        var area = form.text("area", 12, "请选在哪里用。");
        var title = form.text("title", 60, "请填方案的名称。");
        var basis = form.text("basis", 200, "请填依据：文件名称、文号或会议。");
        List<Dimension> dimensions = new ArrayList<>();
        for (var kind : Kind.values()) {
            var weight = form.needed("weight-" + kind.code(), 0, 100, "请填权重，没有就填 0。");
            if (weight > 0) {
                dimensions.add(new Dimension(kind, weight, items(form, kind)));
            }
        }
        var content = new SchemeContent(
                dimensions,
                points(form, "passLine"),
                form.needed("leastBallots", 0, 9999, "请填最少几张有效票。"),
                form.needed("sampleUnits", 0, 9999, "请填每个小区抽几户。"),
                form.needed("secondShare", 0, 100, "请填复查比例，没有就填 0。"),
                grades(form),
                points(form, "confidence"),
                choice(form, "contractPolicy", ContractPolicy.LONGEST),
                form.needed("leastDays", 0, 999, "请填最少天数。"),
                choice(form, "companyPolicy", CompanyPolicy.HOUSEHOLDS),
                form.needed("collectDays", 0, 999, "请填测评多少天。"),
                form.needed("reviewDays", 0, 999, "请填复核多少天。"),
                form.needed("objectionDays", 0, 999, "请填异议期多少天。"),
                form.needed("leastAnswers", 0, 9999, "请填一题最少几个人打分。"));
        // what could not be read is not judged as well
        SchemeRule.reasons(content).stream()
                .filter(reason -> !form.isWrong(reason.field()))
                .toList()
                .forEach(reason -> form.wrong(reason.field(), reason.words()));
        form.check();
        return new SchemeDesk.Draft(area, title, basis, content);
    }

    private static List<Item> items(Form form, Kind kind) {
        var field = "items-" + kind.code();
        var lines = form.words(field, LONGEST)
                .lines()
                .map(String::strip)
                .filter(l -> !l.isEmpty())
                .toList();
        List<Item> items = new ArrayList<>();
        for (int n = 0; n < lines.size(); n++) {
            var item = item(kind, LETTER.get(kind) + (n + 1), lines.get(n));
            if (item == null) {
                form.wrong(field, "第 " + (n + 1) + " 行看不懂。请像提示里那样写：名称 | 权重。");
                return List.of();
            }
            items.add(item);
        }
        return items;
    }

    private static @Nullable Item item(Kind kind, String code, String line) {
        var parts = Arrays.stream(line.replace('｜', '|').split("\\|", -1))
                .map(String::strip)
                .toList();
        if (parts.size() < 2 || !parts.get(1).matches("\\d{1,3}")) {
            return null;
        }
        var weight = Integer.parseInt(parts.get(1));
        var third = parts.size() > 2 ? parts.get(2) : "";
        return switch (kind) {
            case SATISFACTION, INSPECTION -> Item.of(code, parts.getFirst(), weight);
            case TERRITORY ->
                new Item(
                        code,
                        parts.getFirst(),
                        weight,
                        third.equals("街道") ? Side.STREET : third.equals("社区") ? Side.COMMUNITY : null,
                        null,
                        0,
                        0);
            case CASES -> counted(code, parts, weight);
        };
    }

    private static @Nullable Item counted(String code, List<String> parts, int weight) {
        if (parts.size() == 2) {
            return new Item(code, parts.getFirst(), weight, null, Measure.RECTIFIED, 0, 0);
        }
        if (parts.size() != 4
                || !parts.get(2).matches("\\d{1,4}")
                || !parts.get(3).matches("\\d{1,4}")) {
            return null;
        }
        return new Item(
                code,
                parts.getFirst(),
                weight,
                null,
                Measure.DENSITY_HELD,
                Integer.parseInt(parts.get(2)) * 100,
                Integer.parseInt(parts.get(3)) * 100);
    }

    /** Hundredths of what was typed as 60 or 1.96; 0 stands in for what is wrong. */
    private static int points(Form form, String name) {
        var text = form.get(name);
        if (!text.matches("\\d{1,3}(\\.\\d{1,2})?")) {
            form.wrong(name, "请填数，最多两位小数，如 60 或 1.96。");
            return 0;
        }
        return new java.math.BigDecimal(text).movePointRight(2).intValueExact();
    }

    private static List<Integer> grades(Form form) {
        var text = form.get("gradePoints");
        if (!text.matches("\\d{1,3}([ 、,，]+\\d{1,3}){4}")) {
            form.wrong("gradePoints", "请写五个整数，从“很不满意”到“很满意”，用空格隔开，如 0 30 60 80 100。");
            return SchemeContent.template().gradePoints();
        }
        return Arrays.stream(text.split("[ 、,，]+", -1)).map(Integer::valueOf).toList();
    }

    private static <E extends Enum<E>> E choice(Form form, String name, E otherwise) {
        for (var one : otherwise.getDeclaringClass().getEnumConstants()) {
            if (one.name().equals(form.get(name))) {
                return one;
            }
        }
        form.wrong(name, "请选一种。");
        return otherwise;
    }

    static Form filled(@Nullable Scheme scheme, String area, String title, String basis, SchemeContent content) {
        var values = new HashMap<String, Object>();
        values.put("area", area);
        values.put("title", title);
        values.put("basis", basis);
        for (var kind : Kind.values()) {
            var dimension = content.dimension(kind);
            values.put("weight-" + kind.code(), dimension.map(Dimension::weight).orElse(0));
            values.put(
                    "items-" + kind.code(),
                    content.items(kind).stream().map(SchemeForm::line).collect(Collectors.joining("\n")));
        }
        values.put("passLine", decimal(content.passLine()));
        values.put("leastBallots", content.leastBallots());
        values.put(
                "leastAnswers", content.leastAnswers() == null ? SchemeContent.LEAST_ANSWERS : content.leastAnswers());
        values.put("sampleUnits", content.sampleUnits());
        values.put("secondShare", content.secondShare());
        values.put(
                "gradePoints",
                content.gradePoints().stream().map(String::valueOf).collect(Collectors.joining(" ")));
        values.put("confidence", decimal(content.confidence()));
        values.put("contractPolicy", content.contractPolicy().name());
        values.put("leastDays", content.leastDays());
        values.put("companyPolicy", content.companyPolicy().name());
        values.put("collectDays", content.collectDays());
        values.put("reviewDays", content.reviewDays());
        values.put("objectionDays", content.objectionDays());
        if (scheme != null) {
            values.put("version", scheme.version());
        }
        return Form.with(values);
    }

    static String decimal(int hundredths) {
        return java.math.BigDecimal.valueOf(hundredths, 2).stripTrailingZeros().toPlainString();
    }

    private static String line(Item item) {
        var line = item.words() + " | " + item.weight();
        if (item.side() != null) {
            return line + " | " + item.side().words();
        }
        return item.measure() != null && item.measure().density()
                ? line + " | " + item.full() / 100 + " | " + item.zero() / 100
                : line;
    }
}

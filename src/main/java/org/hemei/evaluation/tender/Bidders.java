package org.hemei.evaluation.tender;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import org.hemei.platform.Refusal;
import org.hemei.registry.CreditCode;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Who bids, as somebody wrote it: a line each, by name, by credit code or by both. A bidder from elsewhere, whom the register does not have,
 * comes with both: nobody here evaluated it, and the report says just that instead of not being there for all others.
 */
@Component
class Bidders {

    static final int MOST = 30;
    static final String NEEDED = "请写投标人，一行一家，最多 " + MOST + " 家。";
    private static final int LONGEST = 100;
    private static final int SHOWN = 30;
    private static final String CODE = "[0-9A-Z]{18}";

    /** @param id null where the register does not have it */
    record Named(@Nullable Long id, String name, String creditCode) {}

    /** A line as it was written: a name, a code, or both. */
    private record Line(String text, String name, @Nullable String code) {

        static Line of(String text) {
            var words = text.strip().split("[\\s　]+");
            var last = CreditCode.tidy(words[words.length - 1]);
            if (!last.toUpperCase(Locale.ROOT).matches(CODE)) {
                return new Line(text, text.strip(), null);
            }
            var name = text.strip();
            return new Line(
                    text,
                    name.substring(0, name.length() - words[words.length - 1].length())
                            .strip(),
                    last);
        }

        String shown() {
            return text.length() > SHOWN ? text.substring(0, SHOWN) + "…" : text;
        }
    }

    private final JdbcClient jdbc;

    Bidders(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** All of them, or everything that is wrong with the lines. */
    List<Named> read(List<String> said) {
        if (said.isEmpty() || said.size() > MOST) {
            throw Refusal.of("bidders", NEEDED);
        }
        var wrong = new ArrayList<Refusal.Reason>();
        var found = new ArrayList<Named>();
        for (var text : said) {
            var line = Line.of(text);
            var one = line.code == null ? byName(line, wrong) : byCode(line, line.code, wrong);
            if (one != null) {
                found.add(one);
            }
        }
        if (found.stream().map(Named::creditCode).distinct().count() < found.size()) {
            wrong.add(new Refusal.Reason("bidders", "有一家写了两次。请去掉一次。"));
        }
        if (!wrong.isEmpty()) {
            throw new Refusal(wrong);
        }
        return found;
    }

    private @Nullable Named byName(Line line, List<Refusal.Reason> wrong) {
        var found = jdbc.sql("""
                select b.id, b.name, c.credit_code from company c join body b on b.id = c.body where b.name = ? order by b.id limit 2
                """).param(line.name).query(Named.class).list();
        if (found.size() == 1) {
            return found.getFirst();
        }
        wrong.add(new Refusal.Reason(
                "bidders",
                found.isEmpty()
                        ? "名册里没有“" + line.shown() + "”。请写全称或统一社会信用代码；不在本市名册的，全称后面空一格，再写统一社会信用代码。"
                        : "有几家都叫“" + line.shown() + "”。请写统一社会信用代码。"));
        return null;
    }

    private @Nullable Named byCode(Line line, String code, List<Refusal.Reason> wrong) {
        var found = jdbc.sql("""
                select b.id, b.name, c.credit_code from company c join body b on b.id = c.body where c.credit_code = ?
                """).param(code).query(Named.class).optional();
        if (found.isPresent()) {
            if (line.name.isEmpty() || called(found.get(), line.name)) {
                return found.get();
            }
            wrong.add(new Refusal.Reason("bidders", "“" + line.shown() + "”：这个代码是" + found.get().name + "的。请核对名称和代码。"));
            return null;
        }
        var problems = CreditCode.problems(code);
        if (!problems.isEmpty()) {
            wrong.add(new Refusal.Reason(
                    "bidders", "“" + line.shown() + "”：" + problems.stream().collect(Collectors.joining())));
        } else if (line.name.isEmpty() || line.name.length() > LONGEST) {
            wrong.add(new Refusal.Reason(
                    "bidders", "名册里没有“" + line.shown() + "”。不在本市名册的，请在代码前面写上全称，" + LONGEST + " 字以内。"));
        } else {
            return new Named(null, line.name, code);
        }
        return null;
    }

    /** Also by a name that it had. */
    private boolean called(Named company, String name) {
        return company.name.equals(name)
                || jdbc.sql("select exists (select from body_name where body = ? and name = ?)")
                        .params(Objects.requireNonNull(company.id), name)
                        .query(Boolean.class)
                        .single();
    }
}

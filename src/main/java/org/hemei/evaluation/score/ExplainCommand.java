package org.hemei.evaluation.score;

import java.io.PrintStream;
import java.util.List;
import org.hemei.evaluation.CompanyYears;
import org.hemei.evaluation.scheme.Schemes;
import org.hemei.platform.Command;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * {@code ./hemei explain SCORE}: computes a stored score again from its stored inputs, says each step, and whether the digits are the
 * same. {@code COMPANY/YEAR} explains the newest result of a company's year, {@code COMPANY/YEAR/VERSION} another one.
 */
@Component
class ExplainCommand implements Command {

    private static final int NEWEST = 0;

    private final Scores scores;
    private final ScoreDesk desk;
    private final Schemes schemes;
    private final CompanyYears years;
    private final CompanyResults companies;

    ExplainCommand(Scores scores, ScoreDesk desk, Schemes schemes, CompanyYears years, CompanyResults companies) {
        this.scores = scores;
        this.desk = desk;
        this.schemes = schemes;
        this.years = years;
        this.companies = companies;
    }

    @Override
    public String name() {
        return "explain";
    }

    @Override
    public int run(List<String> words, PrintStream out) {
        var what = words.isEmpty() ? "" : words.getFirst();
        if (what.matches("\\d{1,18}")) {
            return score(Long.parseLong(what), out);
        }
        if (what.matches("\\d{1,18}/\\d{4}(/\\d{1,4})?")) {
            var parts = what.split("/", -1);
            return company(
                    Long.parseLong(parts[0]),
                    Integer.parseInt(parts[1]),
                    parts.length > 2 ? Integer.parseInt(parts[2]) : NEWEST,
                    out);
        }
        out.println("用法：./hemei explain 得分编号，或 ./hemei explain 企业编号/年份，要看以前的一版：企业编号/年份/版次");
        return 2;
    }

    private int score(long id, PrintStream out) {
        var score = scores.find(id).orElse(null);
        if (score == null) {
            out.println("没有编号 " + id + " 的得分。");
            return 2;
        }
        var scheme = schemes.find(score.scheme()).orElseThrow();
        out.printf("%s · %s，%d 年，第 %d 版%n", score.estateName(), score.companyName(), score.year(), score.version());
        var sealed = schemes.hash(scheme.content()).equals(score.inputs().schemeHash());
        out.printf("方案：%s，内容校验 %s%n", scheme.title(), sealed ? "一致" : "不一致");
        var again = desk.again(score);
        for (var part : again.parts()) {
            out.printf("%s %s 分，占 %d%%%n", part.kind().words(), points(part.points()), part.weight());
            part.lines()
                    .forEach(line -> out.printf(
                            "  %s（%d%%）：%s → %s%n", line.words(), line.weight(), line.shown(), points(line.points())));
        }
        var listed = orders(score, out);
        again.why().forEach(out::println);
        out.printf(
                "重算：%s %s ± %s；存的：%s %s ± %s%n",
                again.result().words(),
                points(again.score()),
                points(again.margin()),
                score.result().words(),
                points(score.score()),
                points(score.margin()));
        var audited = scores.sealed(score.campaign());
        out.printf("审计日志里这次测评的终评得分：%s%n", audited ? "没有不一样" : "和封存时不一样");
        return said(sealed && audited && own(score, out) && listed && desk.same(score), out);
    }

    /** Whether a version that replaced another is what it was when it was made; one without a seal says so. */
    private boolean own(Scores.Score score, PrintStream out) {
        if (score.reason().isEmpty()) {
            return true;
        }
        var seal = scores.seal(score);
        out.printf(
                "审计日志里更正的这一版：%s%n",
                switch (seal) {
                    case SAME -> "没有不一样";
                    case OTHER -> "和封存时不一样";
                    case NONE -> "没有封存过。以前更正的才没有，别的请查是谁写进去的";
                });
        return seal != Scores.Seal.OTHER;
    }

    /** The orders that were counted, by their numbers. @return whether they come to what was computed with */
    private boolean orders(Scores.Score score, PrintStream out) {
        var orders = scores.orders(score.id(), 0, Integer.MAX_VALUE).orElse(null);
        if (orders == null) {
            out.println("算进去的工单：这一版是以前算的，没有存下是哪几件。");
            return true;
        }
        var cases = score.inputs().cases();
        var same = orders.size() == cases.cases()
                && orders.stream().filter(Counted::confirmed).count() == cases.ended()
                && orders.stream().filter(one -> one.round() == 1).count() == cases.solved();
        out.printf("算进去的工单 %d 件，%s：%n", orders.size(), same ? "和算的一致" : "和算的不一致");
        orders.forEach(one -> out.printf("  %s %s%n", one.number(), one.words()));
        return same;
    }

    private int company(long company, int year, int version, PrintStream out) {
        var stored = years.history(company, year).stream()
                .filter(one -> version == NEWEST || one.version() == version)
                .findFirst()
                .orElse(null);
        if (stored == null) {
            out.println(
                    "企业 " + company + " " + year + " 年没有" + (version == NEWEST ? "" : "第 " + version + " 版") + "结果。");
            return 2;
        }
        var inputs = companies.inputs(company, year, stored.version()).orElse(null);
        if (inputs == null) {
            out.println("企业 " + company + " " + year + " 年的结果是另外录入的，没有存怎么算的。");
            return 2;
        }
        for (var project : inputs.projects()) {
            out.printf(
                    "项目 %d 第 %d 版：%s ± %s，权重 %d%n",
                    project.project(),
                    project.version(),
                    points(project.score()),
                    points(project.margin()),
                    inputs.weight(project));
        }
        out.printf("合格线：%s%n", points(inputs.passLine()));
        companies
                .others(inputs)
                .forEach(one -> out.printf("项目 %d 第 %d 版：和存着的那一版得分不一样%n", one.project(), one.version()));
        out.printf("方案：%s%n", companies.ruled(inputs) ? "一致" : "不一致");
        out.printf("审计日志：%s%n", years.sealed(stored) ? "没有不一样" : "和封存时不一样");
        var again = CompanyScore.of(inputs, "");
        out.printf(
                "重算：%s %s ± %s；存的：%s %s ± %s%n",
                again.result().words(),
                points(again.score()),
                points(again.margin()),
                stored.result().words(),
                points(stored.score()),
                points(stored.margin()));
        return said(companies.same(stored, inputs), out);
    }

    private static int said(boolean same, PrintStream out) {
        out.println(same ? "一致。" : "不一致！请查审计日志。");
        return same ? 0 : 1;
    }

    private static String points(@Nullable Integer hundredths) {
        return hundredths == null ? "—" : Exact.points(hundredths);
    }
}

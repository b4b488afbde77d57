package org.hemei.oversight;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.hemei.platform.MechanismCheck;
import org.hemei.platform.MechanismCheck.Shortfall;
import org.hemei.platform.Reader;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.transfer.ListSheets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The tables of 机制体检 as sheets made behind the pages: a rule's shortfalls in a whole city are many, and a day of the past is
 * counted on the spot. They hold counts and names of places and bodies, and of no person.
 */
@Configuration(proxyBeanMethods = false)
class CheckExports {

    private static final int STEP = 1_000;

    private final ListSheets sheets;
    private final CheckViews views;
    private final Checks checks;

    CheckExports(ListSheets sheets, CheckViews views, Checks checks) {
        this.sheets = sheets;
        this.views = views;
        this.checks = checks;
    }

    @Bean
    ListExport mechanismExport() {
        return sheets.of(
                "mechanism",
                "机制体检",
                List.of("规则", "体系", "地区", "结果", "达到", "总数", "单位", "没达到", "提示", "怎么算"),
                Standing::scope,
                (reader, query, most, rows) -> {
                    var board = CheckPages.shown(views, reader, query);
                    for (var card : board.cards()) {
                        line(rows, card.rule(), card.here());
                        for (var place : card.places()) {
                            line(rows, card.rule(), place);
                        }
                    }
                    rows.foot(board.here().name() + "，数据到 " + CivilTime.full(board.computedAt()) + "。");
                });
    }

    private static void line(ListExport.Rows rows, MechanismCheck.Rule rule, Place place) throws IOException {
        rows.row(
                rule.title(),
                rule.part().words(),
                place.area().name(),
                place.state().words(),
                place.figure().part(),
                place.figure().whole(),
                rule.unit(),
                place.lacking(),
                place.figure().notice(),
                rule.computed());
    }

    private RuleView rule(Reader reader, Map<String, String> query) {
        return views.rule(reader, query.getOrDefault("rule", ""), query.get("area"), query.get("on"), null);
    }

    private static String foot(RuleView view) {
        return view.area().name() + "，" + view.rule().title() + "，" + CivilTime.day(view.on()) + "。";
    }

    @Bean
    ListExport mechanismPlacesExport() {
        return sheets.of(
                "mechanism-places",
                "机制体检各地",
                List.of("地区", "代码", "结果", "达到", "总数", "没达到", "提示"),
                Standing::scope,
                (reader, query, most, rows) -> {
                    var view = rule(reader, query);
                    place(rows, view.here());
                    for (var place : view.places()) {
                        place(rows, place);
                    }
                    rows.foot(foot(view));
                });
    }

    private static void place(ListExport.Rows rows, Place place) throws IOException {
        rows.row(
                place.area().name(),
                place.area().code(),
                place.state().words(),
                place.figure().part(),
                place.figure().whole(),
                place.lacking(),
                place.figure().notice());
    }

    /** Those who fall short, each with what is missing; read page by page. */
    @Bean
    ListExport mechanismLackingExport() {
        return sheets.of(
                "mechanism-lacking",
                "机制体检没达到的",
                List.of("名称", "在哪儿", "缺什么", "结果"),
                Standing::scope,
                (reader, query, most, rows) -> {
                    var view = rule(reader, query);
                    var check = checks.of(view.rule().code());
                    var after = "";
                    for (var left = most; left > 0; left -= STEP) {
                        var some = check.shortfalls(view.area().code(), view.on(), after, Math.min(left, STEP));
                        var names = views.names(
                                some.stream().map(Shortfall::area).distinct().toList());
                        for (var one : some) {
                            rows.row(one.name(), names.get(one.area()), one.missing(), one.notice() ? "提示" : "没达到");
                        }
                        if (some.size() < STEP) {
                            break;
                        }
                        after = some.getLast().key();
                    }
                    rows.foot(foot(view));
                });
    }

    @Bean
    ListExport mechanismFiguresExport(FigurePages pages) {
        return sheets.of(
                "mechanism-figures",
                "总数",
                List.of("什么", "数", "单位", "公布的数", "公布的日期", "怎么数"),
                Standing::scope,
                (reader, query, most, rows) -> {
                    var totals = pages.totals(reader, query);
                    for (var figure : totals.figures()) {
                        var stated = figure.stated();
                        rows.row(
                                figure.kind().words(),
                                figure.covered() ? null : figure.counted(),
                                figure.kind().unit(),
                                stated == null ? null : stated.words(),
                                stated == null ? null : stated.asOf(),
                                figure.kind().definition());
                    }
                    for (var coverage : totals.coverages()) {
                        rows.row(
                                coverage.rule().title(),
                                coverage.row().part(),
                                "/ " + coverage.row().whole() + " "
                                        + coverage.rule().unit(),
                                null,
                                null,
                                coverage.rule().computed());
                    }
                    rows.foot(totals.here().name() + "，" + CivilTime.day(totals.on()) + "。");
                });
    }
}

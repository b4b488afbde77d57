package org.hemei.oversight;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import org.hemei.platform.MechanismCheck;
import org.hemei.platform.Reader;
import org.hemei.platform.table.ExcelTable;
import org.hemei.platform.time.CivilTime;
import org.springframework.stereotype.Component;

/** The tables of 机制体检 as spreadsheets. They hold counts and names of places and bodies, and of no person. */
@Component
class CheckExport {

    private final CheckViews views;
    private final InstantSource clock;

    CheckExport(CheckViews views, InstantSource clock) {
        this.views = views;
        this.clock = clock;
    }

    private String foot(Reader reader, String what) {
        return what + reader.name() + " 导出于 " + CivilTime.full(clock.instant());
    }

    void board(Reader reader, Board board, HttpServletResponse response) throws IOException {
        var heads = List.of("规则", "体系", "地区", "结果", "达到", "总数", "单位", "没达到", "提示", "怎么算");
        try (var table = ExcelTable.open(response, "mechanism-" + board.here().code(), "机制体检", heads)) {
            for (var card : board.all()) {
                line(table, card.rule(), card.here());
                for (var place : card.places()) {
                    line(table, card.rule(), place);
                }
            }
            table.foot(foot(reader, "数据到 " + CivilTime.full(board.computedAt()) + "。"));
        }
    }

    private static void line(ExcelTable table, MechanismCheck.Rule rule, Place place) throws IOException {
        table.row(
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

    void rule(Reader reader, RuleView view, MechanismCheck check, HttpServletResponse response) throws IOException {
        var heads = List.of("地区", "代码", "结果", "达到", "总数", "没达到", "提示");
        try (var table = ExcelTable.open(
                response, check.rule().code() + "-" + view.area().code(), "各地", heads)) {
            place(table, view.here());
            for (var place : view.places()) {
                place(table, place);
            }
            table.foot(foot(reader, check.rule().title() + "，" + CivilTime.day(view.on()) + "。"));
        }
    }

    private static void place(ExcelTable table, Place place) throws IOException {
        table.row(
                place.area().name(),
                place.area().code(),
                place.state().words(),
                place.figure().part(),
                place.figure().whole(),
                place.lacking(),
                place.figure().notice());
    }

    void lacking(Reader reader, RuleView view, MechanismCheck check, HttpServletResponse response) throws IOException {
        var found = check.shortfalls(view.area().code(), view.on(), "", ExcelTable.MOST + 1);
        var names = views.names(
                found.stream().map(MechanismCheck.Shortfall::area).distinct().toList());
        var heads = List.of("名称", "在哪儿", "缺什么", "结果");
        try (var table = ExcelTable.open(
                response, check.rule().code() + "-lacking-" + view.area().code(), "名单", heads)) {
            for (var one : found.subList(0, Math.min(found.size(), ExcelTable.MOST))) {
                table.row(one.name(), names.get(one.area()), one.missing(), one.notice() ? "提示" : "没达到");
            }
            var cut = found.size() > ExcelTable.MOST ? "只导出前 " + ExcelTable.MOST + " 行，请缩小地区再导。" : "";
            table.foot(foot(reader, check.rule().title() + "，" + CivilTime.day(view.on()) + "。" + cut));
        }
    }
}

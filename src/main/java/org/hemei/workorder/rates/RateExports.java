package org.hemei.workorder.rates;

import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.transfer.ListSheets;
import org.hemei.workorder.list.OrderListQueries;
import org.hemei.workorder.measure.Part;
import org.hemei.workorder.measure.Rate;
import org.hemei.workorder.measure.RateRules;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The lists of 三率 as sheets made behind the pages: the figures, their cases, the comparison and the appeals. */
@Configuration(proxyBeanMethods = false)
class RateExports {

    private static final int STEP = 2_000;

    private final ListSheets sheets;

    RateExports(ListSheets sheets) {
        this.sheets = sheets;
    }

    /** The page's table with all its lines; each part a column. */
    @Bean
    ListExport ratesExport(RatePages pages) {
        var heads = new ArrayList<>(List.of("哪里、哪家、哪类、哪月", "点单"));
        for (var rate : Rate.values()) {
            heads.addAll(List.of(
                    rate.words() + "（%）", rate.good().words(), rate.poor().words()));
            Part.outside().forEach(part -> heads.add(rate.words() + "不计：" + part.words()));
        }
        return sheets.of("rates", "三率", List.copyOf(heads), RateScope::admit, (reader, query, most, rows) -> {
            var view = pages.view(reader, query, most);
            for (var line : view.lines()) {
                rows.row(cells(line));
            }
            rows.foot(view.title() + "，" + view.filter().period().words() + "，分" + view.byWords(view.by()) + "，数据到 "
                    + CivilTime.full(view.asOf()) + "。");
        });
    }

    private static Object[] cells(RateView.Line line) {
        var cells = new ArrayList<Object>(List.of(line.name(), line.tallies().orders()));
        for (var rate : Rate.values()) {
            var tally = line.tallies().of(rate);
            cells.add(tally.denominator() == 0 ? "" : 100.0 * tally.numerator() / tally.denominator());
            cells.add(tally.numerator());
            cells.add(tally.of(rate.poor()));
            Part.outside().forEach(part -> cells.add(tally.of(part)));
        }
        return cells.toArray();
    }

    /** Read page by page, so that memory stays flat. */
    @Bean
    ListExport rateCasesExport(RatePages pages, RateCases cases) {
        return sheets.of(
                "rate-cases",
                "三率的单子",
                List.of("单号", "标题", "小区", "类别", "处理单位", "点单时间", "状态", "哪个率", "怎么算", "谁评的"),
                RateScope::admit,
                (reader, query, most, rows) -> {
                    var filter = pages.within(reader, query);
                    var wanted = RateCases.Wanted.of(query.get("rate"), query.get("part"));
                    RateCases.Key after = null;
                    for (var left = most; left > 0; left -= STEP) {
                        var some = cases.rows(reader, filter, wanted, after, Math.min(left, STEP));
                        for (var one : some) {
                            rows.row(cells(one, wanted.rate()));
                        }
                        if (some.size() < STEP) {
                            break;
                        }
                        after = some.getLast().key();
                    }
                    rows.foot(wanted.rate().words() + "，" + wanted.words() + "，"
                            + filter.period().words() + "。");
                });
    }

    private static Object[] cells(RateCases.Row row, Rate rate) {
        return new Object[] {
            row.number(),
            OrderListQueries.masked(row.title()),
            row.estate(),
            row.category(),
            row.holder() == null ? "还没派" : row.holder(),
            row.submittedAt(),
            row.state().words(),
            rate.words(),
            row.part().words(),
            row.asked() ? "电话回访" : row.own() == null ? "" : row.own() ? "点单人" : "合并来的点单人"
        };
    }

    @Bean
    ListExport rankingExport(RankingPages pages) {
        return sheets.of(
                "ranking",
                "同类比较",
                List.of("组", "位次", "并列几个", "名称", "户数", "比率（%）", "分子", "分母", "大约在"),
                RankingPages::admit,
                (reader, query, most, rows) -> {
                    var view = pages.view(reader, query);
                    var group = view.group() == null ? "" : view.group().name();
                    for (var place : view.ranking().places()) {
                        for (var entry : place.entries()) {
                            ranked(rows, group, entry, place.number(), place.shared());
                        }
                    }
                    for (var entry : view.ranking().few()) {
                        ranked(
                                rows,
                                group,
                                entry,
                                "不到 " + view.least() + " " + view.rate().unit(),
                                null);
                    }
                    rows.foot(view.picker().path().getLast().name() + "，"
                            + view.what().words() + "，" + view.rate().words() + "，"
                            + view.filter().period().words() + "。");
                });
    }

    private static void ranked(
            ListExport.Rows rows, String group, Ranking.Entry entry, Object place, @Nullable Integer shared)
            throws IOException {
        var tally = entry.tally();
        rows.row(
                group,
                place,
                shared,
                entry.name(),
                entry.households(),
                tally.denominator() == 0 ? "" : 100.0 * tally.numerator() / tally.denominator(),
                tally.numerator(),
                tally.denominator(),
                tally.interval().words());
    }

    /** What was set for the area, above and below it, and under that what holds where nothing was. */
    @Bean
    ListExport rateRulesExport(RateScope scope, RateRules rules, InstantSource clock) {
        return sheets.of(
                "rate-rules",
                "三率的口径",
                List.of("哪一项", "地区", "数", "从哪天起", "到哪天前", "依据"),
                RateScope::admit,
                (reader, query, most, rows) -> {
                    var picker = scope.picker(reader, RateFilter.of(query, RankingQueries.today(clock)));
                    var here = picker.here();
                    if (here != null) {
                        for (var one : rules.versions(here.code())) {
                            rows.row(
                                    one.name().words(),
                                    one.areaName(),
                                    one.value(),
                                    one.since(),
                                    one.until(),
                                    one.basis());
                        }
                    }
                    for (var name : RateRules.Name.values()) {
                        rows.row(name.words(), "没有另定的地方", name.value(), null, null, name.basis());
                    }
                });
    }

    @Bean
    ListExport appealsExport(AppealQueries queries) {
        return sheets.of(
                "rate-appeals",
                "三率申诉",
                List.of("单号", "标题", "小区", "申诉", "谁申诉", "理由", "申诉时间", "状态", "到期时间", "结果"),
                AppealPages::admit,
                (reader, query, most, rows) -> {
                    var shown = AppealPages.Shown.of(reader, query);
                    for (var one : queries.list(reader, shown, null, most)) {
                        rows.row(
                                one.number(),
                                OrderListQueries.masked(one.title()),
                                one.estateName(),
                                one.what(),
                                one.side().words(),
                                one.reasonWords(),
                                one.filedAt(),
                                one.state().words(),
                                one.state().waits() ? one.dueAt() : null,
                                one.outcome());
                    }
                });
    }
}

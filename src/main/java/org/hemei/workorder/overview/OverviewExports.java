package org.hemei.workorder.overview;

import java.util.ArrayList;
import java.util.List;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.transfer.ListSheets;
import org.hemei.workorder.measure.Part;
import org.hemei.workorder.measure.Rate;
import org.hemei.workorder.rollup.Counts;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The table of the overview as a sheet: a line for each place below, the last for the whole; a rate with its two numbers. */
@Configuration(proxyBeanMethods = false)
class OverviewExports {

    @Bean
    ListExport overviewExport(ListSheets sheets, OverviewPages pages) {
        var heads = new ArrayList<>(List.of("哪里", "没办完", "超时没办", "办结", "点单"));
        for (var rate : Rate.values()) {
            heads.addAll(List.of(rate.words() + "（%）", rate.words() + "分子", rate.words() + "分母"));
        }
        heads.add("没评价");
        return sheets.of("overview", "总览", List.copyOf(heads), OverviewPages::admit, (reader, query, most, rows) -> {
            var view = pages.view(reader, query);
            for (var line : view.lines()) {
                rows.row(cells(line.name(), line.counts()));
            }
            rows.row(cells("全部：" + view.here().name(), view.sum()));
            rows.foot(view.here().name() + "，" + view.quarter().words() + "（" + view.span()
                    + "）。没办完、超时是现在的，办结按办结那天，三个率按这个季度点的单。数据到 " + CivilTime.full(view.now()) + "。");
        });
    }

    private static Object[] cells(String name, Counts counts) {
        var cells =
                new ArrayList<Object>(List.of(name, counts.open(), counts.overdue(), counts.done(), counts.filed()));
        for (var rate : Rate.values()) {
            var tally = counts.of(rate);
            cells.add(tally.denominator() == 0 ? "" : 100.0 * tally.numerator() / tally.denominator());
            cells.add(tally.numerator());
            cells.add(tally.denominator());
        }
        cells.add(counts.of(Rate.RESOLUTION).of(Part.UNRATED));
        return cells.toArray();
    }
}

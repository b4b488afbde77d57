package org.hemei.workorder.calendar;

import java.util.List;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.transfer.ListSheets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The days of a year that differ from Monday to Friday, as a sheet. */
@Configuration(proxyBeanMethods = false)
class CalendarExports {

    @Bean
    ListExport calendarExport(ListSheets sheets, CalendarPages pages) {
        return sheets.of(
                "calendar",
                "工作日历",
                List.of("从哪天", "到哪天", "放假还是上班", "名称", "依据"),
                CalendarPages::admit,
                (reader, query, most, rows) -> {
                    var year = pages.year(query.get("year"));
                    for (var run : CalendarPages.runs(pages.days(year))) {
                        var day = run.day();
                        rows.row(run.first(), run.last(), day.holiday() ? "放假" : "上班", day.name(), day.basis());
                    }
                    rows.foot(year + " 年单独安排的日子，其余按周一到周五上班。");
                });
    }
}

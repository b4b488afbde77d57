package org.hemei.workorder.incident;

import java.util.List;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.transfer.ListSheets;
import org.hemei.workorder.list.OrderFilter;
import org.hemei.workorder.list.OrderListQueries;
import org.hemei.workorder.list.Span;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The list of 群体通知 can be taken away. */
@Configuration(proxyBeanMethods = false)
class IncidentExports {

    @Bean
    ListExport incidentsExport(ListSheets sheets, IncidentQueries queries) {
        return sheets.of(
                "incidents",
                "群体通知",
                List.of("标题", "哪里", "什么事", "谁发的", "发出时间", "预计结束", "状态", "结束时间", "几张单", "几户受影响"),
                IncidentPages::admit,
                (reader, query, most, rows) -> {
                    var all = "all".equals(query.get("state"));
                    for (var one :
                            queries.list(reader, all, OrderFilter.search(query.get("q")), Span.of(query), null, most)) {
                        rows.row(
                                OrderListQueries.masked(one.title()),
                                one.place(),
                                one.categoryName(),
                                one.publisher(),
                                one.publishedAt(),
                                one.expectedEnd(),
                                one.running() ? "进行中" : "已结束",
                                one.endedAt(),
                                one.attached(),
                                one.joined());
                    }
                });
    }
}

package org.hemei.evaluation.listing;

import java.util.List;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.transfer.ListSheets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The list of cases of the blacklist can be taken away, as far as its reader sees it. */
@Configuration(proxyBeanMethods = false)
class ListingExports {

    @Bean
    ListExport listingsExport(ListSheets sheets, ListingQueries queries) {
        return sheets.of(
                "listings",
                "黑名单",
                List.of("企业", "不合格的两年", "状态", "有没有异议", "复议诉讼", "最近的期限", "提出时间", "公示从", "最晚到", "结束"),
                ListingPages::admit,
                (reader, query, most, rows) -> {
                    for (var one : queries.all(reader, ListingQueries.Filter.of(query), most)) {
                        rows.row(
                                one.company(),
                                one.firstYear() + "、" + one.secondYear(),
                                one.state().words(),
                                one.objection() ? "有" : "没有",
                                one.appeal().words() + (one.suspended() ? "，停止执行" : ""),
                                one.nearest(),
                                one.proposedAt(),
                                one.listedOn(),
                                one.mostLast(),
                                one.endedOn());
                    }
                });
    }
}

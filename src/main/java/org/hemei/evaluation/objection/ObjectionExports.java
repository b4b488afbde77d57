package org.hemei.evaluation.objection;

import java.time.InstantSource;
import java.util.List;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.transfer.ListSheets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The list of 测评异议 can be taken away; without what anybody wrote. */
@Configuration(proxyBeanMethods = false)
class ObjectionExports {

    @Bean
    ListExport objectionsExport(ListSheets sheets, Objections objections, InstantSource clock) {
        return sheets.of(
                "objections",
                "测评异议",
                List.of("测评", "小区", "企业", "对哪部分", "状态", "提出时间", "答复不晚于", "答复时间"),
                ObjectionPages::admit,
                (reader, query, most, rows) -> {
                    for (var one : objections.list(reader, ObjectionPages.wanted(query), 0, most, clock.instant())) {
                        rows.row(
                                one.campaignTitle(),
                                one.estateName(),
                                one.companyName(),
                                one.part(),
                                one.state().words(),
                                one.filedAt(),
                                one.dueOn(),
                                one.decidedAt());
                    }
                });
    }
}

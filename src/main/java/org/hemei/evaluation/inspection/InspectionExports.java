package org.hemei.evaluation.inspection;

import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.transfer.ListSheets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An assessor's list of estates to see, to plan the days with; without what was found. */
@Configuration(proxyBeanMethods = false)
class InspectionExports {

    @Bean
    ListExport inspectionsExport(ListSheets sheets, Inspections inspections) {
        return sheets.of(
                "inspections",
                "现场检查",
                List.of("测评", "小区", "在哪里", "物业", "第几个人看", "状态", "看过的时间", "不晚于"),
                reader -> Role.required(reader, Role.ASSESSOR),
                (reader, query, most, rows) -> {
                    for (var one : inspections.list(reader.account(), Inspections.Wanted.of(query), 0, most)) {
                        rows.row(
                                one.campaignTitle(),
                                one.estateName(),
                                one.place(),
                                one.companies(),
                                one.turn(),
                                one.state().words(),
                                one.doneAt(),
                                one.dueOn());
                    }
                });
    }
}

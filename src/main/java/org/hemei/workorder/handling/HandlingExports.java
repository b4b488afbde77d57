package org.hemei.workorder.handling;

import java.util.List;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.transfer.ListSheets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** 办理规定 and the obstacles as a sheet, with all their versions. */
@Configuration(proxyBeanMethods = false)
class HandlingExports {

    @Bean
    ListExport handlingExport(ListSheets sheets, HandlingQueries queries) {
        return sheets.of(
                "handling-rules",
                "办理规定",
                List.of("哪一条", "多少", "依据", "从哪天起", "到哪天前", "谁定的"),
                HandlingPages::admit,
                (reader, query, most, rows) -> {
                    var book = queries.book();
                    for (var one : book.versions()) {
                        rows.row(
                                one.rule().name().words(),
                                one.rule().words(),
                                one.rule().basis(),
                                one.since(),
                                one.until(),
                                one.setBy() == null ? "系统自带" : one.setBy());
                    }
                    for (var one : book.obstacles()) {
                        rows.row(
                                "可以挂起：" + one.name(),
                                "最多停 " + one.maxDays() + " 天",
                                one.basis(),
                                one.since(),
                                one.until(),
                                one.setBy() == null ? "系统自带" : one.setBy());
                    }
                });
    }
}

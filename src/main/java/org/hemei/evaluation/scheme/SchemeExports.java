package org.hemei.evaluation.scheme;

import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.transfer.ListSheets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.AccessDeniedException;

/** The list of schemes can be taken away by whoever works with them; everybody reads it. */
@Configuration(proxyBeanMethods = false)
class SchemeExports {

    @Bean
    ListExport schemesExport(ListSheets sheets, Schemes schemes) {
        return sheets.of(
                "schemes",
                "测评方案",
                List.of("名称", "地区", "依据", "状态", "发布时间", "内容校验"),
                reader -> {
                    if (!Role.isStaff(reader)) {
                        throw new AccessDeniedException("the sheet is for those who work with it");
                    }
                },
                (reader, query, most, rows) -> {
                    for (var one : schemes.list(SchemeDesk.keeper(reader), Schemes.Wanted.of(query), 0, most)) {
                        rows.row(
                                one.title(),
                                one.areaName(),
                                one.basis(),
                                one.state().words(),
                                one.publishedAt(),
                                one.hash());
                    }
                });
    }
}

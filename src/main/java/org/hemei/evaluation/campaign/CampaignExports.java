package org.hemei.evaluation.campaign;

import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.transfer.ListSheets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.access.AccessDeniedException;

/** The list of 测评 can be taken away by whoever works with it; everybody reads it. */
@Configuration(proxyBeanMethods = false)
class CampaignExports {

    @Bean
    ListExport campaignsExport(ListSheets sheets, Campaigns campaigns) {
        return sheets.of(
                "campaigns",
                "测评",
                List.of("名称", "地区", "年份", "到哪一步", "开始收集", "收集到", "复核到", "公示从", "异议到", "终评不晚于", "终评时间"),
                reader -> {
                    if (!Role.isStaff(reader)) {
                        throw new AccessDeniedException("the sheet is for those who work with it");
                    }
                },
                (reader, query, most, rows) -> {
                    for (var one : campaigns.list(CampaignPages.wanted(query), 0, most)) {
                        rows.row(
                                one.title(),
                                one.areaName(),
                                one.year(),
                                one.state().words(),
                                one.collectFrom(),
                                one.collectUntil(),
                                one.reviewUntil(),
                                one.objectionFrom(),
                                one.objectionUntil(),
                                one.finalBy(),
                                one.finalAt());
                    }
                });
    }
}

package org.hemei.access.token;

import java.time.InstantSource;
import java.util.List;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.transfer.ListSheets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The list of 对接程序 as a sheet, for the yearly look at who may do what; tokens are not in it. */
@Configuration(proxyBeanMethods = false)
class IntegrationExports {

    @Bean
    ListExport integrationsExport(ListSheets sheets, Integrations integrations, InstantSource clock) {
        return sheets.of(
                "integrations",
                "对接程序",
                List.of("程序", "干什么用", "单位", "哪个地区", "保管人", "能办什么", "每分钟最多", "用到", "七天调用", "最近一次", "登记", "核准", "状态"),
                IntegrationPages::scope,
                (reader, query, most, rows) -> {
                    for (var one : integrations.list(IntegrationPages.scope(reader), 0, most)) {
                        rows.row(
                                one.name(),
                                one.purpose(),
                                one.owner(),
                                one.areaName(),
                                one.keeper(),
                                String.join("、", one.scopes()),
                                one.perMinute(),
                                CivilTime.date(one.until().minusSeconds(1)),
                                one.calls(),
                                one.lastUsed(),
                                one.openedAt(),
                                one.approvedAt(),
                                one.state(clock.instant()).words());
                    }
                });
    }
}

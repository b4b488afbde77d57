package org.hemei.access.security;

import java.util.List;
import org.hemei.access.Role;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.transfer.ListSheets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** All findings of 授权复核 and the delegations that run, as one sheet. */
@Configuration(proxyBeanMethods = false)
class ReviewExports {

    @Bean
    ListExport reviewExport(ListSheets sheets, Review review) {
        return sheets.of(
                "grant-review",
                "授权复核",
                List.of("谁", "问题", "职责", "地方或单位", "起", "最近登录", "编号"),
                reader -> Role.required(reader, Role.SECURITY),
                (reader, query, most, rows) -> {
                    var scope = Role.required(reader, Role.SECURITY);
                    for (var finding : Finding.values()) {
                        for (var row : review.rows(scope, finding, 0, most)) {
                            rows.row(
                                    row.name(),
                                    finding.words(),
                                    row.role().words(),
                                    row.place(),
                                    row.since(),
                                    row.lastSeen(),
                                    row.grant());
                        }
                    }
                    for (var one : review.running(scope)) {
                        rows.row(
                                one.taker(),
                                "正在代办",
                                one.what(),
                                "替 " + one.giver(),
                                one.since(),
                                one.until(),
                                one.id());
                    }
                });
    }
}

package org.hemei.platform.privacy;

import java.util.List;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.transfer.ListSheets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The list of requests about personal data as a sheet: which, when, by when and how it ended; names masked, nobody's words. */
@Configuration(proxyBeanMethods = false)
class PrivacyExports {

    @Bean
    ListExport privacyRequestsExport(ListSheets sheets, PrivacyRequests requests) {
        return sheets.of(
                "privacy-requests",
                "个人信息请求",
                List.of("请求", "谁", "提出", "最晚答复", "结果", "答复时间"),
                PrivacyPages::gate,
                (reader, query, most, rows) -> {
                    var open = !"answered".equals(query.get("state"));
                    for (var one : requests.waiting(reader, open, 0, most)) {
                        rows.row(
                                one.kind().words(),
                                one.name(),
                                one.askedAt(),
                                one.dueAt(),
                                one.state().words(),
                                one.answeredAt());
                    }
                });
    }
}

package org.hemei.workorder.archive;

import java.util.List;
import java.util.stream.Stream;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.transfer.ListSheets;
import org.hemei.workorder.Kept;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How long what is kept, today and from a day to come, as a sheet: a city publishes it as the basis of its archive. */
@Configuration(proxyBeanMethods = false)
class RetentionExports {

    @Bean
    ListExport retentionExport(ListSheets sheets, Retention retention, RetentionDesk desk) {
        return sheets.of(
                "retention",
                "保存期限",
                List.of("什么", "办结以后", "到期怎么办", "依据", "从哪天起"),
                RetentionPages::admit,
                (reader, query, most, rows) -> {
                    for (var one : Stream.concat(retention.rules().stream(), desk.coming().stream())
                            .toList()) {
                        rows.row(
                                one.kept().words(),
                                Kept.time(one.months()),
                                one.kept().then(),
                                one.basis(),
                                one.since());
                    }
                });
    }
}

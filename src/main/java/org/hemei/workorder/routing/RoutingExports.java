package org.hemei.workorder.routing;

import java.util.List;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.transfer.ListSheets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The list of 派单规则 can be taken away, to be read through before it is changed. */
@Configuration(proxyBeanMethods = false)
class RoutingExports {

    @Bean
    ListExport routingExport(ListSheets sheets, RuleLists rules) {
        return sheets.of(
                "routing",
                "派单规则",
                List.of("地区", "什么事", "什么小区", "派给谁", "时限", "从哪天起", "到哪天前", "依据", "谁定的"),
                Keepers::sees,
                (reader, query, most, rows) -> {
                    for (var one : rules.list(Keepers.sees(reader), RuleLists.Filter.of(query), 0, most)) {
                        var urgency = one.rule().urgency();
                        rows.row(
                                one.area(),
                                one.about(),
                                one.kinds(),
                                one.to(),
                                urgency == null ? "按事项" : urgency.words(),
                                one.since(),
                                one.until(),
                                one.rule().basis(),
                                one.setBy());
                    }
                });
    }
}

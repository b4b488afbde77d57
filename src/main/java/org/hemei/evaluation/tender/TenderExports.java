package org.hemei.evaluation.tender;

import java.util.List;
import java.util.stream.Collectors;
import org.hemei.evaluation.Narrowing;
import org.hemei.platform.time.CivilTime;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.transfer.ListSheets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The list of 招投标参考 can be taken away. */
@Configuration(proxyBeanMethods = false)
class TenderExports {

    @Bean
    ListExport tenderReferencesExport(ListSheets sheets, TenderReferences references) {
        return sheets.of(
                "tender-references",
                "招投标参考",
                List.of("编号", "招标项目", "招标编号", "招标人", "地区", "投标的企业", "出具时间", "作废"),
                TenderPages::readers,
                (reader, query, most, rows) -> {
                    for (var one :
                            references.list(TenderPages.readers(reader).patterns(), Narrowing.of(query), null, most)) {
                        var said = one.said();
                        rows.row(
                                one.number(),
                                one.tender(),
                                said.tenderNumber(),
                                said.purchaser(),
                                said.areaName(),
                                said.bidders().stream()
                                        .map(TenderContent.Bidder::name)
                                        .collect(Collectors.joining("、")),
                                one.madeAt(),
                                one.voidAt() == null ? "" : CivilTime.full(one.voidAt()));
                    }
                });
    }
}

package org.hemei.evaluation.opinion;

import java.util.List;
import org.hemei.evaluation.Narrowing;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.transfer.ListSheets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The list of estates that street and community score can be taken away, to see what is left. */
@Configuration(proxyBeanMethods = false)
class OpinionExports {

    @Bean
    ListExport opinionsExport(ListSheets sheets, Opinions opinions) {
        return sheets.of(
                "opinions",
                "给物业打分",
                List.of("测评", "小区", "物业", "社区", "打了几项", "要打几项", "截止", "要不要回避"),
                OpinionPages::admit,
                (reader, query, most, rows) -> {
                    var places = opinions.list(
                            reader, new Narrowing(Narrowing.of(query).area(), null, null), "", most);
                    var items = opinions.counts(reader, places);
                    for (int n = 0; n < places.size(); n++) {
                        var one = places.get(n);
                        rows.row(
                                one.campaignTitle(),
                                one.name(),
                                one.companies(),
                                one.communityName(),
                                one.given(),
                                items.get(n),
                                one.until(),
                                one.against() == null ? "" : "要回避");
                    }
                });
    }
}

package org.hemei.workorder.dispute;

import java.util.List;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.transfer.ListSheets;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The list of 外部渠道 can be taken away, to be put up in a hall. */
@Configuration(proxyBeanMethods = false)
class ChannelExports {

    @Bean
    ListExport channelsExport(ListSheets sheets, OutsideChannels channels) {
        return sheets.of(
                "channels",
                "外部渠道",
                List.of("名称", "哪一类", "在哪里管用", "管哪些事", "去哪儿", "电话", "依据", "从哪天起"),
                ChannelPages::admit,
                (reader, query, most, rows) -> {
                    for (var one : channels.open(reader)) {
                        rows.row(
                                one.name(),
                                one.kindWords(),
                                one.areaName(),
                                one.matters(),
                                one.address(),
                                one.phone(),
                                one.basis(),
                                one.since());
                    }
                });
    }
}

package org.hemei.platform.webhook;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.hemei.platform.Missing;
import org.hemei.platform.transfer.ListExport;
import org.hemei.platform.transfer.ListSheets;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What goes to other systems, and the log of one of them, as sheets; secrets are in neither. */
@Configuration(proxyBeanMethods = false)
class WebhookExports {

    private static final int STEP = 1_000;

    private final ListSheets sheets;
    private final Webhooks webhooks;

    WebhookExports(ListSheets sheets, Webhooks webhooks) {
        this.sheets = sheets;
        this.webhooks = webhooks;
    }

    private String words(String kind, Map<String, String> known) {
        return kind.equals("ping") ? "试发" : known.getOrDefault(kind, kind);
    }

    private Map<String, String> known() {
        return webhooks.kinds().stream()
                .collect(Collectors.toMap(WebhookSource.Kind::code, WebhookSource.Kind::words, (one, other) -> one));
    }

    @Bean
    ListExport webhooksExport() {
        return sheets.of(
                "webhooks",
                "数据推送",
                List.of("推给谁", "网址", "哪个地方的事", "推哪些", "现在", "停的原因", "从什么时候没发成", "谁设的", "什么时候设的"),
                webhooks::required,
                (reader, query, most, rows) -> {
                    var known = known();
                    for (var one : webhooks.list(reader)) {
                        rows.row(
                                one.name(),
                                one.url(),
                                one.areaName(),
                                one.kinds().stream()
                                        .map(kind -> words(kind, known))
                                        .collect(Collectors.joining("、")),
                                one.state().words(),
                                one.stoppedWhy(),
                                one.failingSince(),
                                one.owner(),
                                one.createdAt());
                    }
                });
    }

    /** A line for each message, with its last try; read page by page. */
    @Bean
    ListExport webhookLogExport() {
        return sheets.of(
                "webhook-log",
                "推送记录",
                List.of("消息编号", "什么事", "什么时候的", "结果", "试了几次", "最后一次", "对方回", "用时（毫秒）", "说明", "推的内容"),
                webhooks::required,
                (reader, query, most, rows) -> {
                    var id = query.getOrDefault("webhook", "");
                    if (!id.matches("\\d{1,18}")) {
                        throw new Missing("没有这个推送。");
                    }
                    var webhook = webhooks.one(reader, Long.parseLong(id));
                    var failed = "yes".equals(query.get("failed"));
                    var known = known();
                    Webhooks.Place before = null;
                    for (var left = most; left > 0; left -= STEP) {
                        var some = webhooks.log(webhook, failed, before, Math.min(left, STEP));
                        for (var one : some) {
                            rows.row(cells(one, words(one.kind(), known)));
                        }
                        if (some.size() < STEP) {
                            break;
                        }
                        before = some.getLast().place();
                    }
                    rows.foot("推给" + webhook.name() + "。");
                });
    }

    private static @Nullable Object[] cells(Webhooks.Delivery one, String kind) {
        var last = one.attempts().isEmpty() ? null : one.attempts().getFirst();
        return new Object[] {
            "msg_" + one.key().replace('-', '_'),
            kind,
            one.at(),
            one.words(),
            one.attempts().size(),
            last == null ? null : last.at(),
            last == null ? null : last.status() == null ? "没回应" : "HTTP " + last.status(),
            last == null ? null : last.millis(),
            last == null ? null : last.words(),
            one.body()
        };
    }
}

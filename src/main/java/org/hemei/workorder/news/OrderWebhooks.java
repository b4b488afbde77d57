package org.hemei.workorder.news;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hemei.platform.log.EventConsumer.Event;
import org.hemei.platform.webhook.WebhookSource;
import org.hemei.workorder.Verb;
import org.springframework.stereotype.Component;

/** What other systems may be told of an order: that something was done with it, and where to read the rest. */
@Component
class OrderWebhooks implements WebhookSource {

    private static final List<Kind> KINDS = Arrays.stream(Verb.values())
            .map(verb -> new Kind(NewsRules.PREFIX + verb.code(), "工单：" + verb.words()))
            .toList();

    @Override
    public List<Kind> kinds() {
        return KINDS;
    }

    @Override
    public Optional<Said> said(Event event) {
        var area = event.body().path("community").asString("");
        if (!event.kind().startsWith(NewsRules.PREFIX) || area.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> data = new LinkedHashMap<>();
        data.put("id", event.subject());
        data.put("state", event.body().path("to").asString(""));
        data.put("area", area);
        data.put("url", "/api/v1/orders/" + event.subject());
        return Optional.of(new Said(area, data));
    }
}

package org.hemei.platform.webhook;

import java.sql.Timestamp;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.hemei.platform.GrantHolders;
import org.hemei.platform.ReaderOf;
import org.hemei.platform.log.EventConsumer;
import org.hemei.platform.webhook.Webhook.State;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Puts each event into the queue of each webhook that wants it, once. A stopped one keeps its queue, for a replay later. */
@Component
class WebhookFollower implements EventConsumer {

    private final JdbcClient jdbc;
    private final Webhooks webhooks;
    private final ObjectProvider<WebhookSource> rooms;
    private final GrantHolders holders;
    private final ReaderOf readers;
    private final JsonMapper json;
    private final String address;

    WebhookFollower(
            JdbcClient jdbc,
            Webhooks webhooks,
            ObjectProvider<WebhookSource> rooms,
            GrantHolders holders,
            ReaderOf readers,
            JsonMapper json,
            @Value("${hemei.address}") String address) {
        this.jdbc = jdbc;
        this.webhooks = webhooks;
        this.rooms = rooms;
        this.holders = holders;
        this.readers = readers;
        this.json = json;
        this.address = address;
    }

    @Override
    public String name() {
        return "webhooks";
    }

    @Override
    public void handle(List<Event> events) {
        for (var state : List.of(State.ON, State.STOPPED)) {
            for (var webhook : webhooks.all(state)) {
                if (stillAnswers(webhook)) {
                    events.stream()
                            .filter(event -> webhook.kinds().contains(event.kind()))
                            .forEach(event -> said(event)
                                    .filter(said -> said.area().startsWith(webhook.area()))
                                    .ifPresent(said -> queue(webhook, event, said)));
                }
            }
        }
    }

    /** Whether whoever set it up still answers for the area: when they leave, nothing more goes out on their name. */
    private boolean stillAnswers(Webhook webhook) {
        if (webhook.program()) {
            return webhooks.withdrawn(webhook).isEmpty()
                    && readers.of(webhook.account()).stream()
                            .flatMap(reader -> reader.grants().stream())
                            .anyMatch(grant ->
                                    grant.area() != null && webhook.area().startsWith(grant.area()));
        }
        return Arrays.stream(Webhooks.Keeper.values())
                .anyMatch(role -> holders.accounts(role.name(), webhook.area()).contains(webhook.account()));
    }

    private Optional<WebhookSource.Said> said(Event event) {
        return rooms.stream().flatMap(room -> room.said(event).stream()).findFirst();
    }

    private void queue(Webhook webhook, Event event, WebhookSource.Said said) {
        Map<String, Object> data = new LinkedHashMap<>(said.data());
        data.computeIfPresent("url", (name, path) -> address + path);
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", event.kind());
        body.put("timestamp", event.at().toString());
        body.put("data", data);
        jdbc.sql("""
                        insert into webhook_delivery (district, event, webhook, kind, at, body, state, tries_left, next_try_at)
                        values (:district, :event, :webhook, :kind, :at, :body, :state, :tries, :at)
                        on conflict do nothing
                        """)
                .param("district", event.district())
                .param("event", event.id())
                .param("webhook", webhook.id())
                .param("kind", event.kind())
                .param("at", Timestamp.from(event.at()))
                .param("body", json.writeValueAsString(body))
                .param("state", webhook.state() == State.ON ? "waiting" : "held")
                .param("tries", WebhookPost.TRIES)
                .update();
    }
}

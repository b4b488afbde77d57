package org.hemei.demo;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.time.CivilTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Another system that the showcase's district told of its orders, with the log of its last days. It is off, and its address is one
 * that nobody can have: a demo city speaks to nobody.
 */
final class Receivers {

    private record Told(int district, long order, String community, Instant at) {}

    private final JdbcClient jdbc;
    private final FieldCipher cipher;
    private final JsonMapper json;

    Receivers(JdbcClient jdbc, FieldCipher cipher, JsonMapper json) {
        this.jdbc = jdbc;
        this.cipher = cipher;
        this.json = json;
    }

    void build(Instant now) {
        var webhook = jdbc.sql("""
                        insert into webhook (account, area, name, url, kinds, secret_cipher, state, version, created_at)
                        select g.account, g.area, '区城市运行中心', 'https://chengyun.example.invalid/hemei', :kinds, :secret, 'off', 1, :since
                        from access_grant g join account a on a.id = g.account and a.username = 'baohe'
                        where g.role = 'DISTRICT'
                        order by g.id limit 1 returning id
                        """)
                .param("kinds", new String[] {"work_order.submit"})
                .param("secret", cipher.encrypt("whsec_" + "A".repeat(32)))
                .param("since", Timestamp.from(now.minusSeconds(20 * 86_400)))
                .query(Long.class)
                .optional();
        webhook.ifPresent(id -> {
            var told = latest(id, now);
            for (var n = 0; n < told.size(); n++) {
                log(id, told.get(n), n);
            }
        });
    }

    private List<Told> latest(long webhook, Instant now) {
        return jdbc.sql("""
                        select o.district, o.id, o.community, o.submitted_at from work_order o
                        where o.district = (select cast(area as int) from webhook where id = ?) and o.submitted_at > ?
                        order by o.submitted_at desc, o.id desc limit 14
                        """)
                .params(webhook, Timestamp.from(now.minusSeconds(12 * 86_400)))
                .query((r, n) -> new Told(
                        r.getInt("district"),
                        r.getLong("id"),
                        r.getString("community"),
                        r.getTimestamp("submitted_at").toInstant()))
                .list();
    }

    /** The newest came after it was switched off; one the other side did not take at once, one it never took. */
    private void log(long webhook, Told told, int n) {
        var state = n < 2 ? "held" : n == 6 ? "failed" : "sent";
        var tries = tries(state, n);
        var id = told.district + "-" + told.order;
        jdbc.sql("""
                        insert into webhook_delivery (district, event, webhook, kind, at, body, state, attempts, tries_left, next_try_at, sent_at)
                        values (:district, :event, :webhook, 'work_order.submit', :at, :body, :state, :attempts, :left, :at,
                                case when :state = 'sent' then cast(:at as timestamptz) + interval '2 s' end)
                        """)
                .param("district", told.district)
                // numbers of their own, below those of the log: nothing here was an event of it
                .param("event", n + 1L)
                .param("webhook", webhook)
                .param("at", Timestamp.from(told.at))
                .param(
                        "body",
                        json.writeValueAsString(Map.of(
                                "type",
                                "work_order.submit",
                                "timestamp",
                                told.at
                                        .atZone(CivilTime.ZONE)
                                        .toOffsetDateTime()
                                        .toString(),
                                "data",
                                Map.of(
                                        "id",
                                        id,
                                        "state",
                                        "submitted",
                                        "area",
                                        told.community,
                                        "url",
                                        "/api/v1/orders/" + id))))
                .param("state", state)
                .param("attempts", tries.size())
                .param("left", state.equals("failed") ? 0 : 10 - tries.size())
                .update();
        for (var k = 0; k < tries.size(); k++) {
            var status = tries.get(k);
            jdbc.sql("""
                            insert into webhook_attempt (district, event, webhook, n, at, status, millis, words)
                            values (:district, :event, :webhook, :n, :at, :status, :millis, :words)
                            """)
                    .param("district", told.district)
                    .param("event", n + 1L)
                    .param("webhook", webhook)
                    .param("n", k + 1)
                    .param("at", Timestamp.from(told.at.plusSeconds(2 + 300L * k)))
                    .param("status", status == 0 ? null : status)
                    .param("millis", status == 0 ? 5_003 : 80 + 17 * n)
                    .param("words", status == 0 ? "SocketTimeoutException" : "")
                    .update();
        }
    }

    /** What each try was answered; 0 for nobody. */
    private static List<Integer> tries(String state, int n) {
        return switch (state) {
            case "held" -> List.of();
            case "failed" -> List.of(503, 503, 0, 0, 503, 503, 503, 503, 503, 503);
            default -> n == 9 ? List.of(0, 503, 200) : List.of(200);
        };
    }
}

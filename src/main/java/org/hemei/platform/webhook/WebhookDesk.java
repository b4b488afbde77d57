package org.hemei.platform.webhook;

import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.hemei.platform.Ids;
import org.hemei.platform.Reader;
import org.hemei.platform.Refusal;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.log.Audit;
import org.hemei.platform.log.LastChange;
import org.hemei.platform.web.Once;
import org.hemei.platform.webhook.Webhook.State;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;
import tools.jackson.databind.json.JsonMapper;

/** The verbs of a webhook. Each is for whoever answers for its area, and on record. */
@Service
public class WebhookDesk {

    /** @param area code; within the reader's own */
    public record Wanted(String name, String url, String area, List<String> kinds) {}

    /** How long the secret of before signs too after a change. */
    static final Duration OVERLAP = Duration.ofHours(24);

    static final Duration LOG_KEPT = Duration.ofDays(30);
    private static final int MOST = 20;
    private static final int MOST_REPLAYED = 10_000;

    /** What moves the version on; looking at the secret or sending again does not. */
    private static final String[] CHANGES = {
        "webhook.changed", "webhook.paused", "webhook.resumed", "webhook.secret_changed"
    };

    private final JdbcClient jdbc;
    private final Webhooks webhooks;
    private final Destination destination;
    private final FieldCipher cipher;
    private final Audit audit;
    private final Once once;
    private final Ids ids;
    private final JsonMapper json;
    private final InstantSource clock;
    private final LastChange lastChange;
    private final String address;

    WebhookDesk(
            JdbcClient jdbc,
            Webhooks webhooks,
            Destination destination,
            FieldCipher cipher,
            Audit audit,
            Once once,
            Ids ids,
            JsonMapper json,
            InstantSource clock,
            LastChange lastChange,
            @Value("${hemei.address}") String address) {
        this.jdbc = jdbc;
        this.webhooks = webhooks;
        this.destination = destination;
        this.cipher = cipher;
        this.audit = audit;
        this.once = once;
        this.ids = ids;
        this.json = json;
        this.clock = clock;
        this.lastChange = lastChange;
        this.address = address;
    }

    /** @return its id */
    @Transactional
    public String create(Reader reader, String key, Wanted wanted) {
        webhooks.required(reader);
        check(reader, wanted);
        return once.run(reader, key, wanted, () -> {
            if (webhooks.list(reader).size() >= MOST) {
                throw Refusal.of("已经有 " + MOST + " 个推送了。请先停用不要的。");
            }
            var id = jdbc.sql("""
                            insert into webhook (account, program, area, name, url, kinds, secret_cipher, state, created_at)
                            values (?, ?, ?, ?, ?, ?, ?, 'on', ?) returning id
                            """)
                    .params(
                            reader.account(),
                            webhooks.isProgram(reader),
                            wanted.area,
                            wanted.name,
                            wanted.url,
                            wanted.kinds.toArray(String[]::new),
                            cipher.encrypt(Signature.newSecret()),
                            Timestamp.from(clock.instant()))
                    .query(Long.class)
                    .single();
            record(reader, "webhook.created", id, wanted.area, Map.of());
            return String.valueOf(id);
        });
    }

    private void check(Reader reader, Wanted wanted) {
        var reasons = new ArrayList<Refusal.Reason>();
        if (wanted.name.isBlank() || wanted.name.length() > 40) {
            reasons.add(new Refusal.Reason("name", "请写名称，40 字以内，比如对方系统的名字。"));
        }
        if (wanted.url.length() > 500) {
            reasons.add(new Refusal.Reason("url", "网址太长了，最多 500 个字符。"));
        } else {
            destination.refuse(wanted.url).ifPresent(words -> reasons.add(new Refusal.Reason("url", words)));
        }
        if (webhooks.areas(reader).stream().noneMatch(area -> area.code().equals(wanted.area))) {
            reasons.add(new Refusal.Reason("area", "请选您负责的一个地方。"));
        }
        var known = webhooks.kinds().stream().map(WebhookSource.Kind::code).toList();
        if (wanted.kinds.isEmpty() || !known.containsAll(wanted.kinds)) {
            reasons.add(new Refusal.Reason("kinds", "请至少选一种事。"));
        }
        if (!reasons.isEmpty()) {
            throw new Refusal(reasons);
        }
    }

    private void record(Reader reader, String action, long id, String area, Map<String, ?> detail) {
        var district = area.length() < 6 ? 0 : Integer.parseInt(area.substring(0, 6));
        audit.record(reader, district, action, "webhook", id, area, detail);
    }

    /** What a program set up for itself, the program alone changes. People can look at it, and stop it. */
    private Webhook own(Reader reader, long id) {
        var webhook = webhooks.one(reader, id);
        if (webhook.program() && webhook.account() != reader.account()) {
            throw Refusal.of("这是程序“" + webhook.owner() + "”自己设的推送，由它来改。要拦住它，可以停下。");
        }
        return webhook;
    }

    private Webhook locked(Reader reader, long id, int version) {
        return locked(reader, own(reader, id), version);
    }

    private Webhook locked(Reader reader, Webhook webhook, int version) {
        var id = webhook.id();
        var now = jdbc.sql("select version from webhook where id = ? for update")
                .param(id)
                .query(Integer.class)
                .single();
        if (now != version) {
            throw lastChange.stale(reader, "webhook", id, "改了这个推送", CHANGES);
        }
        return webhook;
    }

    @Transactional
    public void change(Reader reader, long id, int version, Wanted wanted) {
        locked(reader, id, version);
        check(reader, wanted);
        jdbc.sql(
                        "update webhook set name = ?, url = ?, area = ?, kinds = ?, account = ?, version = version + 1 where id = ?")
                .params(wanted.name, wanted.url, wanted.area, wanted.kinds.toArray(String[]::new), reader.account(), id)
                .update();
        record(reader, "webhook.changed", id, wanted.area, Map.of());
    }

    /** Nothing more is sent; what comes meanwhile is not kept. */
    @Transactional
    public void pause(Reader reader, long id, int version) {
        var webhook = locked(reader, webhooks.one(reader, id), version);
        if (webhook.state() != State.ON) {
            throw Refusal.of("它已经停着了。");
        }
        jdbc.sql("update webhook set state = 'off', version = version + 1 where id = ?")
                .param(id)
                .update();
        jdbc.sql("update webhook_delivery set state = 'held' where webhook = ? and state = 'waiting'")
                .param(id)
                .update();
        record(reader, "webhook.paused", id, webhook.area(), Map.of());
    }

    /** Goes on with what comes from now on; what was missed can be replayed. */
    @Transactional
    public void resume(Reader reader, long id, int version) {
        var webhook = locked(reader, id, version);
        if (webhook.state() == State.ON) {
            throw Refusal.of("它正在推。");
        }
        jdbc.sql(
                        "update webhook set state = 'on', stopped_why = '', failing_since = null, account = ?, version = version + 1 where id = ?")
                .params(reader.account(), id)
                .update();
        record(reader, "webhook.resumed", id, webhook.area(), Map.of());
    }

    /** The secret, for whoever sets up the other side; who looked is on record. */
    @Transactional
    public String reveal(Reader reader, long id) {
        var webhook = own(reader, id);
        record(reader, "webhook.secret_shown", id, webhook.area(), Map.of());
        return jdbc.sql("select secret_cipher from webhook where id = ?")
                .param(id)
                .query((r, n) -> cipher.decrypt(r.getBytes(1)))
                .single();
    }

    /** A new secret; the one of before signs too for a day, so that the other side can change over. */
    @Transactional
    public void rotate(Reader reader, long id, int version) {
        var webhook = locked(reader, id, version);
        jdbc.sql("""
                        update webhook set old_secret_cipher = secret_cipher, old_until = ?, secret_cipher = ?, version = version + 1
                        where id = ?
                        """)
                .params(Timestamp.from(clock.instant().plus(OVERLAP)), cipher.encrypt(Signature.newSecret()), id)
                .update();
        record(reader, "webhook.secret_changed", id, webhook.area(), Map.of());
    }

    /** With its log, for good. */
    @Transactional
    public void remove(Reader reader, long id, int version) {
        var webhook = locked(reader, id, version);
        jdbc.sql("delete from webhook_attempt where webhook = ?").param(id).update();
        jdbc.sql("delete from webhook_delivery where webhook = ?").param(id).update();
        jdbc.sql("delete from webhook where id = ?").param(id).update();
        record(reader, "webhook.removed", id, webhook.area(), Map.of());
    }

    /** Sends something of no meaning, to see whether it arrives. */
    @Transactional
    public void ping(Reader reader, String key, long id) {
        var webhook = own(reader, id);
        if (webhook.state() != State.ON) {
            throw Refusal.of("它停着。请先恢复。");
        }
        once.run(reader, key, "ping " + id, () -> {
            var now = clock.instant();
            jdbc.sql("""
                            insert into webhook_delivery (district, event, webhook, kind, at, body, state, tries_left, next_try_at)
                            values (0, :event, :webhook, 'ping', :at, :body, 'waiting', 1, :at)
                            """)
                    .param("event", ids.next("event_seq"))
                    .param("webhook", id)
                    .param("at", Timestamp.from(now))
                    .param(
                            "body",
                            json.writeValueAsString(Map.of(
                                    "type", "ping", "timestamp", now.toString(), "data", Map.of("url", address))))
                    .update();
            record(reader, "webhook.pinged", id, webhook.area(), Map.of());
            return String.valueOf(id);
        });
    }

    /** Sends one again, under the id it had. */
    @Transactional
    public void replay(Reader reader, long id, int district, long event) {
        var webhook = running(reader, id);
        var again = jdbc.sql("""
                        update webhook_delivery set state = 'waiting', tries_left = :tries, next_try_at = :now
                        where webhook = :webhook and district = :district and event = :event and state <> 'waiting'
                        """)
                .param("tries", WebhookPost.TRIES)
                .param("now", Timestamp.from(clock.instant()))
                .param("webhook", id)
                .param("district", district)
                .param("event", event)
                .update();
        if (again == 0) {
            throw Refusal.of("这一条正等着发，或者已经不在记录里了。");
        }
        record(reader, "webhook.replayed", id, webhook.area(), Map.of("count", again));
    }

    private Webhook running(Reader reader, long id) {
        var webhook = own(reader, id);
        if (webhook.state() != State.ON) {
            throw Refusal.of("它停着。请先恢复，再补发。");
        }
        return webhook;
    }

    /**
     * Sends again what happened in a span of time, in its order.
     *
     * @param all those that arrived as well; otherwise only what failed or was held
     * @return how many
     */
    @Transactional
    public int replay(Reader reader, long id, Instant from, Instant until, boolean all) {
        var webhook = running(reader, id);
        var count = jdbc.sql("""
                        update webhook_delivery d set state = 'waiting', tries_left = :tries, next_try_at = cast(:now as timestamptz) + o.rank * interval '1 ms'
                        from (select district, event, row_number() over (order by at, event) as rank
                              from webhook_delivery
                              where webhook = :webhook and at >= :from and at < :until
                                and state = any(case when :all then array['sent', 'failed', 'held'] else array['failed', 'held'] end)
                              order by at, event limit :most) o
                        where d.webhook = :webhook and d.district = o.district and d.event = o.event
                        """)
                .param("tries", WebhookPost.TRIES)
                .param("now", Timestamp.from(clock.instant()))
                .param("webhook", id)
                .param("from", Timestamp.from(from))
                .param("until", Timestamp.from(until))
                .param("all", all)
                .param("most", MOST_REPLAYED)
                .update();
        if (count == 0) {
            throw Refusal.of("from", "这段时间里没有要补发的。");
        }
        record(reader, "webhook.replayed", id, webhook.area(), Map.of("count", count));
        return count;
    }

    /** The log is for finding out, not for keeping. */
    @Transactional
    public int forget(int most) {
        var before = Timestamp.from(clock.instant().minus(LOG_KEPT));
        var gone = jdbc.sql("""
                        delete from webhook_attempt where (district, event, webhook, n) in
                            (select district, event, webhook, n from webhook_attempt where at < ? limit ?)
                        """).params(before, most).update();
        return gone + jdbc.sql("""
                        delete from webhook_delivery where (district, event, webhook) in
                            (select district, event, webhook from webhook_delivery where at < ? and state <> 'waiting' limit ?)
                        """).params(before, most).update();
    }
}

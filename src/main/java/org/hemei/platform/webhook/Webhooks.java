package org.hemei.platform.webhook;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hemei.platform.Missing;
import org.hemei.platform.Programs;
import org.hemei.platform.Reader;
import org.hemei.platform.Scope;
import org.hemei.platform.webhook.Webhook.State;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.stereotype.Component;

/** What the pages show of webhooks and their log. Whoever answers for an area sees those of it and of everything below. */
@Component
class Webhooks {

    static final int PAGE = 30;

    /** Under the names that the room of accounts gives the roles: handing data to other systems is a district's decision. */
    enum Keeper {
        DISTRICT,
        CITY
    }

    /** One try. @param status null when nobody answered */
    record Attempt(int n, Instant at, @Nullable Integer status, int millis, String words) {}

    record Delivery(
            int district,
            long event,
            String kind,
            Instant at,
            String body,
            String state,
            @Nullable Instant nextTryAt,
            List<Attempt> attempts) {

        public String key() {
            return district + "-" + event;
        }

        Place place() {
            return new Place(at, event);
        }

        public String words() {
            return switch (state) {
                case "waiting" -> "等着发";
                case "sent" -> "对方收下了";
                case "held" -> "停着，没发";
                default -> "没发成";
            };
        }

        public String tone() {
            return switch (state) {
                case "waiting" -> "wait";
                case "sent" -> "ok";
                case "held" -> "";
                default -> "late";
            };
        }

        public String icon() {
            return switch (state) {
                case "waiting" -> "clock";
                case "sent" -> "check";
                case "held" -> "pause";
                default -> "cross";
            };
        }
    }

    private static final String ONE = """
            select w.*, a.name as area_name, coalesce(p.masked_name, '') as owner
            from webhook w
                     join area a on a.code = w.area
                     join account o on o.id = w.account
                     left join person p on p.id = o.person
            """;

    /** A program sees its own alone. */
    private static final String OWN = "(not ? or w.program and w.account = ?)";

    private final JdbcClient jdbc;
    private final Programs programs;
    private final ObjectProvider<WebhookSource> rooms;

    Webhooks(JdbcClient jdbc, Programs programs, ObjectProvider<WebhookSource> rooms) {
        this.jdbc = jdbc;
        this.programs = programs;
        this.rooms = rooms;
    }

    /**
     * Where the reader answers for what goes out: a person as a district or the city does, a program wherever it has a duty, since
     * what it may do was approved for it.
     */
    Scope required(Reader reader) {
        var scope = isProgram(reader)
                ? new Scope(reader.grants().stream()
                        .filter(grant -> grant.area() != null)
                        .toList())
                : reader.scope(Keeper.values());
        if (scope.isEmpty()) {
            throw new AccessDeniedException("for districts and the city");
        }
        return scope;
    }

    boolean isProgram(Reader reader) {
        return programs.of(reader.account()).isPresent();
    }

    List<WebhookSource.Kind> kinds() {
        return rooms.stream().flatMap(room -> room.kinds().stream()).toList();
    }

    record Area(String code, String name) {}

    /** Those the reader answers for, with the levels above a community below them. */
    List<Area> areas(Reader reader) {
        return jdbc.sql("""
                        select code, case when level = 'district' or level = 'city' then name
                                          else (select d.name from area d where d.code = left(a.code, 6)) || ' ' || name end as name
                        from area a
                        where code like any(?) and (level in ('city', 'district', 'street') or level = 'community' and ?)
                        order by code
                        """)
                .params(required(reader).patterns(), isProgram(reader))
                .query((r, n) -> new Area(r.getString(1), r.getString(2)))
                .list();
    }

    List<Webhook> list(Reader reader) {
        return jdbc.sql(ONE + "where w.area like any(?) and " + OWN + " order by w.name, w.id")
                .params(required(reader).patterns(), isProgram(reader), reader.account())
                .query(Webhook::read)
                .list();
    }

    /** @throws Missing when there is none, or it is not the reader's */
    Webhook one(Reader reader, long id) {
        return jdbc.sql(ONE + "where w.id = ? and w.area like any(?) and " + OWN)
                .params(id, required(reader).patterns(), isProgram(reader), reader.account())
                .query(Webhook::read)
                .optional()
                .orElseThrow(() -> new Missing("没有这个推送，或者不归您管。"));
    }

    /**
     * Why a program's webhook must not go on: none of its tokens works any longer, or none is good for this. Empty while it may, and
     * for those of people.
     */
    Optional<String> withdrawn(Webhook webhook) {
        if (!webhook.program()) {
            return Optional.empty();
        }
        return programs.of(webhook.account())
                        .filter(program -> program.may(WebhookScopes.WRITE))
                        .isPresent()
                ? Optional.empty()
                : Optional.of("设它的程序，令牌都作废或到期了，或不再许它推送。");
    }

    /** Whom to tell when it stops: a program's keeper. */
    long toTell(long account) {
        return programs.of(account).map(Programs.Program::keeper).orElse(account);
    }

    List<Webhook> all(State state) {
        return jdbc.sql(ONE + "where w.state = ?")
                .param(state.name().toLowerCase(Locale.ROOT))
                .query(Webhook::read)
                .list();
    }

    /** A place in the log. */
    record Place(Instant at, long event) {}

    /** Newest first, with each try; one more than a page where there are more. */
    List<Delivery> log(Webhook webhook, boolean onlyFailed, @Nullable Place before) {
        return log(webhook, onlyFailed, before, PAGE + 1);
    }

    /** At most so many. */
    List<Delivery> log(Webhook webhook, boolean onlyFailed, @Nullable Place before, int most) {
        return jdbc.sql("""
                        select d.district, d.event, d.kind, d.at, d.body, d.state, case when d.state = 'waiting' then d.next_try_at end as next_try,
                               (select array_agg(t.n || '|' || floor(extract(epoch from t.at) * 1000) || '|' || coalesce(t.status::text, '') || '|'
                                                 || t.millis || '|' || t.words order by t.n desc)
                                from webhook_attempt t
                                where t.district = d.district and t.event = d.event and t.webhook = d.webhook) as tries
                        from webhook_delivery d
                        where d.webhook = :webhook and (d.at, d.event) < (:at, :event)
                          and (not :failed or d.state in ('failed', 'held'))
                        order by d.at desc, d.event desc limit :most
                        """)
                .param("webhook", webhook.id())
                .param("at", Timestamp.from(before == null ? Instant.parse("9999-12-31T00:00:00Z") : before.at))
                .param("event", before == null ? 0L : before.event)
                .param("failed", onlyFailed)
                .param("most", most)
                .query((r, n) -> new Delivery(
                        r.getInt("district"),
                        r.getLong("event"),
                        r.getString("kind"),
                        r.getTimestamp("at").toInstant(),
                        r.getString("body"),
                        r.getString("state"),
                        Webhook.instant(r, "next_try"),
                        r.getArray("tries") == null
                                ? List.of()
                                : Arrays.stream((String[]) r.getArray("tries").getArray())
                                        .map(Webhooks::attempt)
                                        .toList()))
                .list();
    }

    private static Attempt attempt(String packed) {
        var parts = packed.split("\\|", 5);
        return new Attempt(
                Integer.parseInt(parts[0]),
                Instant.ofEpochMilli(Long.parseLong(parts[1])),
                parts[2].isEmpty() ? null : Integer.valueOf(parts[2]),
                Integer.parseInt(parts[3]),
                parts[4]);
    }
}

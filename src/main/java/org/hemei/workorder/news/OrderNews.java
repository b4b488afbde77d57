package org.hemei.workorder.news;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.hemei.platform.crypto.FieldCipher;
import org.hemei.platform.log.EventConsumer;
import org.hemei.platform.notice.Mails;
import org.hemei.platform.notice.NoticeChoices;
import org.hemei.platform.notice.NoticeKinds.Channel;
import org.hemei.platform.notice.NoticeKinds.Kind;
import org.hemei.platform.notice.NoticeKinds.Topic;
import org.hemei.platform.notice.NoticeKinds.Words;
import org.hemei.platform.notice.NoticeTemplates;
import org.hemei.platform.notice.Sms;
import org.hemei.platform.time.CivilTime;
import org.hemei.registry.Areas;
import org.hemei.workorder.OrderId;
import org.hemei.workorder.Said;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Tells people what happened to an order, by inbox, mail and text message: who is told what is the table {@link NewsRules}, a
 * whole batch of events is told in one statement ({@link NewsSql}), and nobody is told of what they did themselves.
 */
@Component
class OrderNews implements EventConsumer {

    private record Call(byte[] phone, long account, Topic topic, boolean urgent, String words) {}

    private record Text(byte[] phone, @Nullable Long account, String who, String verb, Map<String, String> values) {}

    /** Whoever filed the order, and whoever had it, or one that was joined to it, filed and has no account. */
    private static final Set<String> TO_REPORTERS = Set.of("reporter", OrderKinds.CALLER, OrderKinds.JOINED_CALLER);

    private final JdbcClient jdbc;
    private final Sms sms;
    private final Mails mails;
    private final NoticeTemplates templates;
    private final NoticeChoices choices;
    private final OrderKinds kinds;
    private final FieldCipher cipher;

    OrderNews(
            JdbcClient jdbc,
            Sms sms,
            Mails mails,
            NoticeTemplates templates,
            NoticeChoices choices,
            OrderKinds kinds,
            FieldCipher cipher) {
        this.jdbc = jdbc;
        this.sms = sms;
        this.mails = mails;
        this.templates = templates;
        this.choices = choices;
        this.kinds = kinds;
        this.cipher = cipher;
    }

    @Override
    public String name() {
        return "work-order-news";
    }

    @Override
    public void handle(List<Event> events) {
        var ours = withoutAcceptedAtOnce(events.stream()
                .filter(event -> event.kind().startsWith(NewsRules.PREFIX))
                .toList());
        if (ours.isEmpty()) {
            return;
        }
        var book = templates.book();
        inboxAndMail(ours, said(book, Channel.INBOX), mails.works() ? said(book, Channel.MAIL) : Map.of());
        var texts = said(book, Channel.SMS);
        text(ours, of(texts, true));
        call(ours, of(texts, false));
    }

    /** What is said on a channel, by kind. */
    private Map<Kind, Words> said(NoticeTemplates.Book book, Channel channel) {
        Map<Kind, Words> said = new LinkedHashMap<>();
        kinds.kinds().stream()
                .filter(kind -> kind.channels().contains(channel))
                .forEach(kind -> book.words(kind, channel).ifPresent(words -> said.put(kind, words)));
        return said;
    }

    private static Map<Kind, Words> of(Map<Kind, Words> said, boolean reporters) {
        Map<Kind, Words> some = new LinkedHashMap<>(said);
        some.keySet().removeIf(kind -> TO_REPORTERS.contains(kind.who()) != reporters);
        return some;
    }

    /**
     * By text message to whoever is on duty: of an urgent order at once, at night as well, unless they do not want that; of any
     * other only to those who asked for it.
     */
    private void call(List<Event> events, Map<Kind, Words> said) {
        if (said.isEmpty()) {
            return;
        }
        // most topics are wanted by nobody: then only urgent orders are looked at
        var every = choices.anyBySms(said.keySet().stream().map(Kind::topic).toList());
        var calls = NewsSql.bound(jdbc.sql(NewsSql.PHONES), events, said, Set.of())
                .param("every", every)
                .query((r, n) -> {
                    var kind = kind(said, r);
                    var id = new OrderId(r.getInt("district"), r.getLong("order_id"));
                    return new Call(
                            r.getBytes("phone"),
                            r.getLong("account"),
                            kind.topic(),
                            r.getString("urgency").equals("urgent"),
                            NoticeTemplates.filled(
                                    Objects.requireNonNull(said.get(kind)).text(), values(r, id)));
                })
                .list();
        var wanted = choices.bySms(calls.stream().map(Call::account).toList());
        for (var call : calls) {
            if (!wanted.wants(call.account, call.urgent ? OrderKinds.URGENT : call.topic)) {
                continue;
            }
            if (call.urgent) {
                sms.urgent(cipher.decrypt(call.phone), call.words, null);
            } else {
                sms.send(cipher.decrypt(call.phone), call.words);
            }
        }
    }

    private static Kind kind(Map<Kind, Words> said, ResultSet r) {
        return said.keySet().stream()
                .filter(k ->
                        k.event().equals(NewsRules.PREFIX + verb(r)) && k.who().equals(who(r)))
                .findFirst()
                .orElseThrow();
    }

    /** By mail to those who gave an address: no word of the order goes along, mail travels in the open. */
    private void inboxAndMail(List<Event> events, Map<Kind, Words> inbox, Map<Kind, Words> letters) {
        var news = NewsSql.bound(jdbc.sql(NewsSql.INBOX_AND_MAIL), events, inbox, letters.keySet())
                .param("every", true)
                .query((r, n) -> {
                    var kind = kind(letters, r);
                    var words = Objects.requireNonNull(letters.get(kind));
                    var id = new OrderId(r.getInt("district"), r.getLong("order_id"));
                    var values = values(r, id);
                    return new Mails.News(
                            r.getLong("account"),
                            id.district(),
                            kind.topic(),
                            kind.urgent() || presses(kind, r.getString("urgency")),
                            NoticeTemplates.filled(words.title(), values),
                            NoticeTemplates.filled(words.text(), values),
                            NewsSql.link(verb(r), who(r), id));
                })
                .list();
        mails.tell(news);
    }

    /** An urgent order presses whoever is told of it, but nobody to rate it. */
    private static boolean presses(Kind kind, String urgency) {
        return urgency.equals("urgent") && !kind.event().equals(NewsRules.PREFIX + NewsRules.RATING_ENDS);
    }

    private static String verb(ResultSet r) {
        return text(r, "verb");
    }

    private static String who(ResultSet r) {
        return text(r, "who");
    }

    private static String text(ResultSet r, String column) {
        try {
            return r.getString(column);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Map<String, String> values(ResultSet r, OrderId id) throws SQLException {
        var due = r.getTimestamp("due_at");
        var submitted = r.getTimestamp("submitted_at").toInstant();
        return Map.of(
                "order",
                id.number(submitted),
                "estate",
                r.getString("estate"),
                "urgency",
                "urgent".equals(r.getString("urgency")) ? "紧急" : "",
                "due",
                due == null ? "没有" : CivilTime.near(due.toInstant(), submitted));
    }

    /** With what was said to them, for they can read it nowhere else. */
    private static Map<String, String> toCaller(ResultSet r, OrderId id) throws SQLException {
        var values = new HashMap<>(values(r, id));
        values.put("community", Areas.plain(r.getString("community")));
        values.put(
                "said",
                Said.texted("", r.getString("said"))
                        + Said.texted("该去：", r.getString("elsewhere"))
                        + Said.texted("该找：", r.getString("channel")));
        return values;
    }

    private record Stroke(String order, Instant at) {}

    /** Accepted and dispatched in one stroke is one piece of news. */
    private static List<Event> withoutAcceptedAtOnce(List<Event> events) {
        var dispatched = events.stream()
                .filter(event -> event.kind().equals(NewsRules.PREFIX + "dispatch"))
                .map(event -> new Stroke(event.subject(), event.at()))
                .collect(Collectors.toSet());
        return events.stream()
                .filter(event -> !event.kind().equals(NewsRules.PREFIX + "accept")
                        || !dispatched.contains(new Stroke(event.subject(), event.at())))
                .toList();
    }

    /** By text message to whoever filed the order, or had it filed: what has words for it, and only if they want it. */
    private void text(List<Event> events, Map<Kind, Words> said) {
        var texted = events.stream()
                .filter(event -> said.keySet().stream()
                        .anyMatch(kind -> kind.event().equals(NewsRules.PREFIX + NewsSql.verb(event))))
                .toList();
        if (texted.isEmpty()) {
            return;
        }
        var texts = jdbc.sql("""
                with recursive h as (
                    select district, order_id, verb, step, at, false as joined
                    from unnest(:district::int[], :order::bigint[], :verb::text[], :step::text[], :at::timestamptz[])
                             as x (district, order_id, verb, step, at)
                    union all
                    select h.district, x.id, h.verb, h.step, h.at, true
                    from h join work_order x on x.district = h.district and x.kept = h.order_id)
                select h.verb, h.joined, o.district, o.id, o.submitted_at, o.due_at, o.reporter, e.name as estate,
                       coalesce(o.deadline_class, o.urgency) as urgency, c.name as community,
                       coalesce(p.phone_cipher, w.caller_phone_cipher) as phone,
                       m.words as said, s.detail ->> 'elsewhere' as elsewhere,
                       k.name || '，' || k.phone || '，' || k.address as channel
                from h join work_order o on o.district = h.district and o.id = h.order_id
                         join work_order_words w on w.district = o.district and w.order_id = o.id
                         join estate e on e.id = o.estate
                         join area c on c.code = o.community
                         left join account a on a.id = o.reporter
                         left join person p on p.id = a.person
                         left join work_order_step s on o.reporter is null and not h.joined and s.district = o.district and s.order_id = o.id
                                                    and s.verb = h.step and s.at = h.at and h.verb <> 'verify'
                         left join work_order_remark m on m.district = s.district and m.order_id = s.order_id and m.seq = s.seq
                         left join outside_channel k on k.id = cast(s.detail ->> 'channel' as bigint)
                where coalesce(p.phone_cipher, w.caller_phone_cipher) is not null
                  -- of those without an account only who phoned or came is asked, see decision 61
                  and (not h.joined or o.reporter is null)
                  and (h.verb <> 'verify' and not h.joined or o.reporter is not null or o.channel in ('phone', 'walk_in', 'hotline'))
                """)
                .param("district", texted.stream().map(Event::district).toArray(Integer[]::new))
                .param(
                        "order",
                        texted.stream().map(event -> NewsSql.id(event).id()).toArray(Long[]::new))
                .param("verb", texted.stream().map(NewsSql::verb).toArray(String[]::new))
                .param(
                        "step",
                        texted.stream()
                                .map(event -> event.kind().substring(NewsRules.PREFIX.length()))
                                .toArray(String[]::new))
                .param(
                        "at",
                        texted.stream().map(event -> Timestamp.from(event.at())).toArray(Timestamp[]::new))
                .query((r, n) -> {
                    var id = new OrderId(r.getInt("district"), r.getLong("id"));
                    var account = r.getObject("reporter", Long.class);
                    var caller = r.getBoolean("joined") ? OrderKinds.JOINED_CALLER : OrderKinds.CALLER;
                    return new Text(
                            r.getBytes("phone"),
                            account,
                            account == null ? caller : "reporter",
                            r.getString("verb"),
                            account == null ? toCaller(r, id) : values(r, id));
                })
                .list();
        var wanted = choices.bySms(
                texts.stream().map(Text::account).filter(Objects::nonNull).toList());
        texts.forEach(text -> said.forEach((kind, words) -> {
            if (kind.event().equals(NewsRules.PREFIX + text.verb)
                    && kind.who().equals(text.who)
                    && (text.account == null || wanted.wants(text.account, kind.topic()))) {
                sms.send(cipher.decrypt(text.phone), NoticeTemplates.filled(words.text(), text.values));
            }
        }));
    }
}
